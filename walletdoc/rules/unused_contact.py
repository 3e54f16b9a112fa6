"""A contact that no flow leads to.

It may be there on purpose, so that `walletdoc contacts` can say of a number that it is official; but a contact must be
verified again and again, so it had better help somebody. It is used by an end, by a text, by an option of a fact, or by
a role that no fact decides.

Bad:
    contacts:
      old-line:
        role: bank
        organisation: {zh: "旧专线", en: "an old line"}
        for: {zh: "旧卡", en: "Old cards"}
        kind: on-card
        way: {zh: "看卡背面", en: "look at the back of the card"}
        source: "https://example.org"
        tier: A
        verified-on: 2026-11-22
        valid-for: 365

Good:
    contacts:
      old-line:
        role: bank
        organisation: {zh: "旧专线", en: "an old line"}
        for: {zh: "旧卡", en: "Old cards"}
        kind: on-card
        way: {zh: "看卡背面", en: "look at the back of the card"}
        source: "https://example.org"
        tier: A
        verified-on: 2026-11-22
        valid-for: 365
    ---
    nodes:
      call-wallet: {to: [wallet, old-line]}
"""

from collections.abc import Iterator

from walletdoc.contacts import placeholders
from walletdoc.diagnostic import Severity
from walletdoc.flow import End
from walletdoc.subject import Finding, PackSubject, Subject, Texts
from walletdoc.text import Text

ZH = """没有流程会用到的联系对象。

也许是故意留的，好让 `walletdoc contacts` 认出这个号码是官方的；但联系方式要反复核实，最好能帮到人。结尾、文字、事实的选项，或者
没有事实来定的角色，都算用到。
"""
SEVERITY = Severity.ADVICE


def note(subject: Subject) -> tuple[str, ...]:
    """Return the roles and contacts that a flow or step turns to or speaks of."""
    used = _spoken(subject.texts)
    for node in subject.nodes.values():
        if isinstance(node, End):
            used.update(node.to)
    return tuple(sorted(used))


def check_pack(pack: PackSubject) -> Iterator[tuple[str, Finding]]:
    """Find contacts that nothing leads to."""
    facts, contacts = pack.library.registries.facts, pack.library.registries.contacts
    used = {name for names in pack.notes.values() for name in names}
    for texts in pack.texts.values():
        used |= _spoken(texts)
    used |= {option.contact for fact in facts.values() for option in fact.options.values() if option.contact}
    undecided = {name for name in used if name not in facts and name not in contacts}
    for id_, contact in pack.own("contacts").items():
        if id_ not in used and contact.role not in undecided:
            text = Text(zh=f"没有流程用到联系对象“{id_}”", en=f"no flow leads to the contact '{id_}'")
            yield "contacts.yaml", Finding(("contacts", id_), text, of_key=True)


def _spoken(texts: Texts) -> set[str]:
    return {name for prose in texts.prose.values() for name, _ in placeholders(prose.joined)}
