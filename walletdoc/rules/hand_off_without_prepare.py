"""A hand-off that does not say what to have ready.

Whoever calls without the time, the amount or the number of the order is sent away to look for it, and waits in line again.

Bad:
    nodes:
      call-wallet: {prepare: ~}

Good:
    nodes:
      call-wallet: {prepare: [time, amount, method, trade-number]}
"""

from collections.abc import Iterator

from walletdoc.diagnostic import Severity
from walletdoc.flow import End
from walletdoc.subject import Finding, Subject
from walletdoc.text import Text

ZH = """没写要先准备什么的转交。

打通了电话，却说不出时间、金额、订单号，只好挂了去找，再重新排队。
"""
SEVERITY = Severity.ERROR


def check(subject: Subject) -> Iterator[Finding]:
    """Find hand-offs without anything to prepare."""
    for id_, node in subject.nodes.items():
        if isinstance(node, End) and node.end == "hand-off" and not node.prepare:
            text = Text(zh="转交要用“prepare”写明准备什么", en="a hand-off says by 'prepare' what to have ready")
            yield Finding(("nodes", id_), text, of_key=True)
