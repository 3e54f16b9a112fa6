"""A `try` or `do` that doesn't say how many minutes it takes.

It counts as one minute then. The minutes left are shown on the screen, and the order of the checks is judged by them: a
try of ten minutes that passes for one comes too early.

Bad:
    nodes:
      refresh: {minutes: ~}

Good:
    nodes:
      refresh: {minutes: 2}
"""

from collections.abc import Iterator
from typing import Any

from walletdoc.diagnostic import Severity
from walletdoc.flow import Do, Try
from walletdoc.subject import Finding, Subject
from walletdoc.text import Text

ZH = """try 或 do 没有写要几分钟。

不写就按一分钟算。屏幕上要显示还剩几分钟，检查的先后也按它来排：要十分钟的只算一分钟，就会排得太早。
"""
SEVERITY = Severity.ADVICE


def check(subject: Subject) -> Iterator[Finding]:
    """Find tries and dos whose minutes are not written."""
    written: Any = subject.document.value
    for id_, node in subject.nodes.items():
        if isinstance(node, Try | Do) and "minutes" not in written["nodes"][id_]:
            text = Text(zh="没写“minutes”，按一分钟算", en="it doesn't say 'minutes', and counts as one")
            yield Finding(("nodes", id_), text, of_key=True)
