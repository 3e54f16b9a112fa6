"""A fact that no flow and no step asks.

Nothing parts by it, and no text can speak of its contacts: it is a question to keep right for nobody.

Bad:
    facts:
      phone-model:
        ask: {zh: "你用的是什么手机？", en: "Which phone do you use?"}
        how: {zh: "看手机背面。", en: "Look at the back of the phone."}
        why: {zh: "不同手机的设置不一样。", en: "Settings differ from phone to phone."}
        options:
          iphone: {say: {zh: "iPhone", en: "iPhone"}}
          unsure: {say: {zh: "不确定", en: "Not sure"}}

Good:
    facts:
      phone-model:
        ask: {zh: "你用的是什么手机？", en: "Which phone do you use?"}
        how: {zh: "看手机背面。", en: "Look at the back of the phone."}
        why: {zh: "不同手机的设置不一样。", en: "Settings differ from phone to phone."}
        options:
          iphone: {say: {zh: "iPhone", en: "iPhone"}}
          unsure: {say: {zh: "不确定", en: "Not sure"}}
    ---
    nodes:
      which: {fact: phone-model, go: which-wallet}
      which-wallet: {fact: wallet, go: money}
"""

from collections.abc import Iterator

from walletdoc.diagnostic import Severity
from walletdoc.flow import MONEY_TAKEN, Call, FactNode, Try
from walletdoc.subject import Finding, PackSubject, Subject
from walletdoc.text import Text

ZH = """没有流程也没有步骤问到的事实。

没有哪条路按它分，也没有文字能用到它的联系对象：留着一个没人会问的问题，还要一直改对它。
"""
SEVERITY = Severity.WARNING


def note(subject: Subject) -> tuple[str, ...]:
    """Return the facts that a flow or step asks or sets."""
    used: set[str] = set()
    for node in subject.nodes.values():
        match node:
            case FactNode(fact=fact):
                used.add(fact)
            case Try(taken=str()) | Call(taken=str()):
                used.add(MONEY_TAKEN)
            case _:
                pass
    return tuple(sorted(used))


def check_pack(pack: PackSubject) -> Iterator[tuple[str, Finding]]:
    """Find facts that nobody asks."""
    used = {fact for facts in pack.notes.values() for fact in facts}
    for id_ in pack.own("facts"):
        if id_ not in used:
            text = Text(zh=f"没有流程问到“{id_}”", en=f"no flow asks '{id_}'")
            yield "facts.yaml", Finding(("facts", id_), text, of_key=True)
