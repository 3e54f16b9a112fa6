"""A placeholder or role whose fact is not known on every way there.

`{wallet.hotline}` and `to: [wallet]` mean the wallet that the user named. Whoever comes by a way on which nobody asked is
shown every wallet's contact, or none. Ask the fact before; where it is known already, that asks nothing. A step asks the
facts that its texts need by itself. A role with a contact of its own name, such as `bank`, falls back on that.

Bad:
    start: money
    nodes:
      which: ~

Good:
    start: which
    nodes:
      which: {fact: wallet, go: money}
"""

from collections.abc import Iterator, Mapping

from walletdoc.contacts import placeholders
from walletdoc.diagnostic import Severity
from walletdoc.flow import End
from walletdoc.known import UNASKED, State, values
from walletdoc.subject import Finding, Subject
from walletdoc.text import Text

ZH = """占位符或角色要用的事实，不是每条路上都问过。

`{wallet.hotline}` 和 `to: [wallet]` 指用户自己用的那个钱包。从没问过的路走来的人，看到的会是所有钱包的联系方式，或者什么也没有。
要先问这个事实；已经知道的不会再问。步骤里的文字要用的事实，由步骤自己问。有同名联系对象的角色（比如 `bank`）会退回到
那个联系对象，不用问。
"""
SEVERITY = Severity.ERROR
WHOLE = True


def check(subject: Subject) -> Iterator[Finding]:
    """Find what is said of a contact before it is known which."""
    states = subject.known.states
    registries = subject.library.registries
    open_ = {name for name in registries.facts if name not in registries.contacts}
    for id_, node in subject.nodes.items():
        if isinstance(node, End) and id_ in states:
            for index, who in enumerate(node.to):
                if who in open_ and UNASKED in values(states[id_], who):
                    yield _finding(subject, id_, ("to", index), who)
    yield from _in_texts(subject, states, open_)


def _in_texts(subject: Subject, states: Mapping[str, State], open_: set[str]) -> Iterator[Finding]:
    for each in subject.said:
        if each.where[0] == "nodes" and "{" in each.text:
            id_ = str(each.where[1])
            names = dict.fromkeys(name for name, _ in placeholders(each.text) if name in open_)
            for name in names:
                if id_ in states and UNASKED in values(states[id_], name):
                    yield _finding(subject, id_, each.where[2:], name)


def _finding(subject: Subject, id_: str, where: tuple[str | int, ...], fact: str) -> Finding:
    way = " ".join(subject.known.way(fact, id_, {UNASKED}))
    said = Text(zh=f"（{way}）", en=f" ({way})") if way else Text(zh="", en="")
    text = Text(zh=f"到这里不一定问过“{fact}”{said.zh}", en=f"'{fact}' is not known on every way to here{said.en}")
    return Finding(("nodes", id_, *where), text)
