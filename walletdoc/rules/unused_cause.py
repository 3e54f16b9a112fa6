"""A cause that nothing in the flow fixes or names.

Somebody has that problem, and no way through the flow ends in an answer to it. Name it at a `try`, `call` or `do` that
fixes it, or at an end or switch; or take it out.

Bad:
    causes:
      wrong-account:
        title: {zh: "充到了别的账户", en: "It went to another account"}
        weight: 5
        basis: judgement
        truth: {fact.money-taken: yes, waited: 3}

Good:
    causes:
      wrong-account:
        title: {zh: "充到了别的账户", en: "It went to another account"}
        weight: 5
        basis: judgement
        truth: {fact.money-taken: yes, waited: 3}
    nodes:
      call-wallet: {causes: [stuck, wrong-account]}
"""

from collections.abc import Iterator

from walletdoc.diagnostic import Severity
from walletdoc.subject import Finding, Subject
from walletdoc.text import Text

ZH = """原因写了，流程里却没有一处解决它或提到它。

有人遇到的就是这个问题，可是走完流程也没有答案。在能解决它的 try、call 或 do 上写进“fixes”，或者写
进结尾、switch 的“causes”；不需要就删掉。
"""
SEVERITY = Severity.WARNING


def check(subject: Subject) -> Iterator[Finding]:
    """Find causes that no node names."""
    if subject.flow:
        named: set[str] = set()
        for node in subject.nodes.values():
            named.update(getattr(node, "fixes", ()), getattr(node, "causes", ()))
        for id_ in subject.flow.causes:
            if id_ not in named:
                text = Text(zh=f"没有节点解决或提到“{id_}”", en=f"no node fixes or names '{id_}'")
                yield Finding(("causes", id_), text, of_key=True)
