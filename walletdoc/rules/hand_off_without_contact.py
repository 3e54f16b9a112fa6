"""A hand-off that names nobody to turn to.

It is there to lead people to someone who can help; without `to` they look for a number on the web, and find a fraud's.

Bad:
    nodes:
      call-wallet: {to: ~}

Good:
    nodes:
      call-wallet: {to: [wallet]}
"""

from collections.abc import Iterator

from walletdoc.diagnostic import Severity
from walletdoc.flow import End
from walletdoc.subject import Finding, Subject
from walletdoc.text import Text

ZH = """没写该找谁的转交。

转交就是要把人带到能帮忙的地方；不写“to”，用户就会上网搜电话，搜到骗子的。
"""
SEVERITY = Severity.ERROR


def check(subject: Subject) -> Iterator[Finding]:
    """Find hand-offs without a contact."""
    for id_, node in subject.nodes.items():
        if isinstance(node, End) and node.end == "hand-off" and not node.to:
            text = Text(zh="转交要用“to”写明找谁", en="a hand-off says by 'to' whom to turn to")
            yield Finding(("nodes", id_), text, of_key=True)
