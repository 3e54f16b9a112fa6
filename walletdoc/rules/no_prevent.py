"""A `fixed` end without `prevent`.

The problem is solved and the reader is listening: one sentence now on how to keep it from coming back saves them, and
the support desk, the next time.

Bad:
    nodes:
      done: {prevent: ~}

Good:
    nodes:
      done:
        prevent: {zh: "充值以后先看充值记录。", en: "After a top-up look at its record first."}
"""

from collections.abc import Iterator

from walletdoc.diagnostic import Severity
from walletdoc.flow import End
from walletdoc.subject import Finding, Subject
from walletdoc.text import Text

ZH = """fixed 结尾没有写“prevent”。

问题刚解决，正是听得进去的时候：说一句怎么避免再发生，下次就不用再来，客服也省一通电话。
"""
SEVERITY = Severity.WARNING


def check(subject: Subject) -> Iterator[Finding]:
    """Find fixed ends of a flow that don't say how to prevent it."""
    for id_, node in subject.nodes.items() if subject.flow else ():
        if isinstance(node, End) and node.end == "fixed" and node.prevent is None:
            text = Text(
                zh="fixed 结尾要写“prevent”：怎么避免再发生", en="a fixed end says by 'prevent' how to avoid it"
            )
            yield Finding(("nodes", id_), text, of_key=True)
