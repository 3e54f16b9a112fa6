"""An end or switch that no answers reach.

There is a way on paper, but it needs two answers about the same fact that contradict each other, or an exit that a step
does not have.

Bad:
    nodes:
      refresh: {not-fixed: money-again}
      money-again: {fact: money-taken, to: {yes: call-wallet, unsure: call-wallet, no: not-taken}}
      not-taken:
        end: info
        say: {zh: "没有扣钱。", en: "Nothing was taken."}

Good:
    nodes:
      refresh: {not-fixed: money-again}
      money-again: {fact: money-taken, to: {yes: call-wallet}, else: call-wallet}
"""

from collections.abc import Iterator

from walletdoc.diagnostic import Severity
from walletdoc.flow import End, Switch
from walletdoc.graph import order
from walletdoc.subject import Finding, Subject
from walletdoc.text import Text

ZH = """怎么回答也到不了的结尾或跳转。

图上有路，但要对同一个事实给出互相矛盾的两个回答，或者要走步骤里没有的出口。
"""
SEVERITY = Severity.ERROR
WHOLE = True


def check(subject: Subject) -> Iterator[Finding]:
    """Find ends and switches that a way leads to but no answers do."""
    for id_ in order(subject.owner) or ():
        if id_ not in subject.known.states and isinstance(subject.nodes[id_], End | Switch):
            text = Text(zh=f"怎么回答也到不了“{id_}”", en=f"no answers lead to '{id_}'")
            yield Finding(("nodes", id_), text, of_key=True)
