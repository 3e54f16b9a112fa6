"""A cause that is fixed or named again after what fixes it.

Whoever did what fixes a cause and still has the trouble has another cause. To name the first one again sends them round
in a circle of advice.

Bad:
    nodes:
      call-wallet: {causes: [stuck, never-paid]}

Good:
    nodes:
      call-wallet: {causes: [stuck]}
"""

from collections.abc import Iterator

from walletdoc.diagnostic import Severity
from walletdoc.subject import Finding, Subject

ZH = """原因已经处理过，后面又修一遍，或者又写上。

做完能解决这个原因的事，问题还在，那就是别的原因。再提一遍，只会让用户兜圈子。
"""
SEVERITY = Severity.ERROR
WHOLE = True


def check(subject: Subject) -> Iterator[Finding]:
    """Find causes that come up after they were treated."""
    for each in subject.proof.problems if subject.proof else ():
        if each.rule == "cause-again":
            yield Finding(each.where, each.message)
