"""A try that can destroy something and does not warn of it.

Say by `warning` what will be lost, and what to save before.

Bad:
    nodes:
      refresh: {risk: destructive}

Good:
    nodes:
      refresh:
        risk: destructive
        warning: {zh: "聊天记录会没有，先备份。", en: "Your chats will be gone; make a backup first."}
"""

from collections.abc import Iterator

from walletdoc.diagnostic import Severity
from walletdoc.flow import Try
from walletdoc.subject import Finding, Subject
from walletdoc.text import Text

ZH = """会弄丢东西、却没有提醒的尝试。

用“warning”写清楚会丢什么，之前要先留下什么。
"""
SEVERITY = Severity.ERROR


def check(subject: Subject) -> Iterator[Finding]:
    """Find destructive tries without a warning."""
    for id_, node in subject.nodes.items():
        if isinstance(node, Try) and node.risk == "destructive" and node.warning is None:
            text = Text(zh="会弄丢东西的尝试要写“warning”", en="a destructive try says by 'warning' what will be lost")
            yield Finding(("nodes", id_, "risk"), text)
