"""A node that no way leads to.

Nobody ever sees it. Either something should lead here and leads elsewhere, or it was left behind by a change.

Bad:
    nodes:
      forgotten: {fact: wallet, go: call-wallet}

Good:
    nodes:
      which: {go: forgotten}
      forgotten: {fact: money-taken, go: money}
"""

from collections.abc import Iterator

from walletdoc.diagnostic import Severity
from walletdoc.flow import edges
from walletdoc.subject import Finding, Subject
from walletdoc.text import Text

ZH = """没有路通到的节点。

谁也看不到它。要么该通到这里的路通去了别处，要么是改动以后忘了删。
"""
SEVERITY = Severity.ERROR
WHOLE = True


def check(subject: Subject) -> Iterator[Finding]:
    """Find nodes that the start does not reach."""
    reached: set[str] = set()
    waiting = [subject.owner.start]
    while waiting:
        id_ = waiting.pop()
        if id_ not in reached:
            reached.add(id_)
            waiting += (edge.target for edge in edges(subject.nodes[id_]))
    for id_ in subject.nodes:
        if id_ not in reached:
            text = Text(zh=f"没有路通到“{id_}”", en=f"no way leads to '{id_}'")
            yield Finding(("nodes", id_), text, of_key=True)
