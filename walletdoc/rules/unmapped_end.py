"""An end of a step that the call leads nowhere from.

The step may end `fixed` or `not-fixed`, and the call does not say what comes then; users would stand in the middle of the
flow with nothing more to read.

Bad:
    nodes:
      refresh: {not-fixed: network}
      network: {call: check-network, fixed: done}

Good:
    nodes:
      refresh: {not-fixed: network}
      network: {call: check-network, fixed: done, not-fixed: call-wallet}
"""

from collections.abc import Iterator

from walletdoc.diagnostic import Severity
from walletdoc.flow import Call, edges
from walletdoc.subject import Finding, Subject
from walletdoc.text import Text

ZH = """步骤的结尾，调用它的节点没写去处。

步骤可能以 `fixed` 或 `not-fixed` 结束，调用的节点没说之后去哪里，用户会停在半路，什么也看不到。
"""
SEVERITY = Severity.ERROR
WHOLE = True


def check(subject: Subject) -> Iterator[Finding]:
    """Find calls that leave an end of their step open."""
    for id_, node in subject.nodes.items():
        if isinstance(node, Call):
            mapped = {edge.answer for edge in edges(node)}
            for end in ("fixed", "not-fixed"):
                if end in subject.known.exits(node.call) and end not in mapped:
                    text = Text(
                        zh=f"步骤“{node.call}”会以“{end}”结束，这里没写去处",
                        en=f"the step '{node.call}' may end '{end}'; say by '{end}' where that leads",
                    )
                    yield Finding(("nodes", id_), text, of_key=True)
