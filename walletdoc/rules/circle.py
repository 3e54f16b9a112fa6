"""A way that comes back to where it was.

A flow has no circles: users would be asked the same again and again, and nothing about it could be proved. To have
somebody look again later, use an end `wait` with `again`.

Bad:
    nodes:
      refresh: {not-fixed: money}

Good:
    nodes:
      look-later: {again: waited}
"""

from collections.abc import Iterator, Sequence

from walletdoc.diagnostic import Severity
from walletdoc.flow import Edge, edges
from walletdoc.graph import order
from walletdoc.subject import Finding, Subject
from walletdoc.text import Text

ZH = """走着走着又回到原处的路。

流程里不能有圈：用户会被反复问同样的问题，什么也证明不了。要让人过一阵再看，用带“again”的 `wait` 结尾。
"""
SEVERITY = Severity.ERROR
WHOLE = True


def check(subject: Subject) -> Iterator[Finding]:
    """Find each edge that leads back to a node on the way to it."""
    if order(subject.owner) is not None:
        return
    done: set[str] = set()
    way: list[str] = [subject.owner.start]
    ways: list[Iterator[Edge]] = [iter(edges(subject.nodes[way[0]]))]
    on_way = {way[0]}
    while ways:
        edge = next(ways[-1], None)
        if edge is None:
            ways.pop()
            done.add(way[-1])
            on_way.remove(way.pop())
        elif edge.target in on_way:
            yield _finding(way[way.index(edge.target) :], edge)
        elif edge.target not in done:
            way.append(edge.target)
            on_way.add(edge.target)
            ways.append(iter(edges(subject.nodes[edge.target])))


def _finding(way: Sequence[str], edge: Edge) -> Finding:
    shown = " → ".join((*way, edge.target))
    text = Text(zh=f"这里又回到“{edge.target}”：{shown}", en=f"this leads back to '{edge.target}': {shown}")
    return Finding(("nodes", way[-1], *edge.where), text)
