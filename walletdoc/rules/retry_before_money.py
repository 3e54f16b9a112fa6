"""A try that pays again, on a way where nobody said that no money was taken.

Whoever pays again while the first payment is on its way pays twice. Ask the fact `money-taken` before, and lead only `no`
to such a try. The message shows a way without.

Bad:
    nodes:
      money: {to: {yes: record, no: pay-again, unsure: pay-again}}

Good:
    nodes:
      money: {to: {yes: record, no: pay-again, unsure: call-wallet}}
"""

from collections.abc import Iterator

from walletdoc.diagnostic import Severity
from walletdoc.flow import Call, Try
from walletdoc.subject import Finding, Subject
from walletdoc.text import Text

ZH = """还没说清钱没有扣，就让人再付一次的尝试。

上一笔还在路上就再付，会付两遍。前面要问过事实 `money-taken`，而且只有答 `no` 的才走到这里。信息里写出了一条没问清的路。
"""
SEVERITY = Severity.ERROR
WHOLE = True


def check(subject: Subject) -> Iterator[Finding]:
    """Find tries and calls that may pay twice."""
    for id_, node in subject.nodes.items():
        found = subject.known.not_untaken(id_) if isinstance(node, Try | Call) and node.retries_payment else None
        if found is not None:
            asked, way = found
            said = Text(zh=f"：{way}", en=f": {way}") if way else Text(zh="", en="")
            why = "though the money may be taken" if asked else "before asking whether the money was taken"
            text = Text(
                zh=f"走到这里再付一次的人，{'钱可能已经扣了' if asked else '没有被问过钱扣没扣'}{said.zh}",
                en=f"pays again {why}{said.en}",
            )
            yield Finding(("nodes", id_, "retries-payment"), text, of_key=True)
