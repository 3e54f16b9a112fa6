"""A contact that was last verified longer ago than it is valid for.

Numbers change hands. Look at the source again, then set `verified-on` anew, or take the contact out. The message names
the flows and nodes that show it.

Bad:
    contacts:
      alipay: {verified-on: 2020-01-01, valid-for: 365}

Good:
    contacts:
      alipay: {verified-on: 2026-11-22, valid-for: 365}
"""

from collections.abc import Iterator

from walletdoc.contacts import Contact, expires
from walletdoc.diagnostic import Severity
from walletdoc.shows import Shown, contacts_of, shown, where_shown
from walletdoc.subject import Finding, PackSubject, Subject
from walletdoc.text import Text

ZH = """过了有效期还没重新核实的联系方式。

号码会换主人。重新看一遍出处，再更新“verified-on”，或者删掉。信息里写出了会显示它的流程和节点。
"""
SEVERITY = Severity.WARNING


def note(subject: Subject) -> tuple[Shown, ...]:
    """Return the roles and contacts that a flow or step shows, with the node."""
    return tuple(each for each in shown(subject) if not each[0].startswith("time."))


def check_pack(pack: PackSubject) -> Iterator[tuple[str, Finding]]:
    """Find contacts past their validity."""
    late = {id_: last for id_, each in pack.own("contacts").items() if (last := _last(each)) < pack.as_of.isoformat()}
    if not late:
        return
    names = {name for shows in pack.notes.values() for name, _ in shows}
    meant = {name: contacts_of(name, pack.library) for name in names}
    for id_, last in late.items():
        places = where_shown(pack.notes, (name for name in names if id_ in meant[name]))
        text = Text(
            zh=f"“{id_}”只核实到 {last}；显示它的有：{places or '无'}",
            en=f"'{id_}' counts as verified only until {last}; shown by: {places or 'none'}",
        )
        yield "contacts.yaml", Finding(("contacts", id_, "verified-on"), text)


def _last(contact: Contact) -> str:
    return expires(contact).isoformat()
