"""A cause that is fixed or named where no truthful user with it gets.

Either the cause's truth is wrong, or the way there is, or the cause was written at the wrong node.

Bad:
    nodes:
      look-later: {causes: [slow-bank, never-paid]}

Good:
    nodes:
      look-later: {causes: [slow-bank]}
"""

from collections.abc import Iterator

from walletdoc.diagnostic import Severity
from walletdoc.subject import Finding, Subject

ZH = """原因写在了如实回答的用户到不了的地方。

要么它的 truth 写错了，要么路写错了，要么写错了节点。
"""
SEVERITY = Severity.ERROR
WHOLE = True


def check(subject: Subject) -> Iterator[Finding]:
    """Find causes that are named where they never are."""
    for each in subject.proof.problems if subject.proof else ():
        if each.rule == "cause-never-here":
            yield Finding(each.where, each.message)
