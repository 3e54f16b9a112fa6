"""Where the nodes and edges of flows and steps stand in their files, for reports that show what was missed."""

from collections.abc import Iterable
from pathlib import Path

from walletdoc.flow import Flow, Step, edges
from walletdoc.flowtest.coverage import STEPS
from walletdoc.frozen import frozen
from walletdoc.library import Library
from walletdoc.readfile import read
from walletdoc.yamlfile import Document, parse


@frozen
class Places:
    """The file of a flow or step, from here if it is below, the first and last line of each node, and the line of each edge."""

    path: str
    nodes: dict[str, tuple[int, int]]
    edges: dict[tuple[str, str], int]
    document: Document

    def ranges(self, missed: Iterable[str]) -> tuple[tuple[int, int], ...]:
        """Return the first and last lines of these nodes, joined where they touch."""
        found: list[tuple[int, int]] = []
        for first, last in sorted(self.nodes[id_] for id_ in missed):
            if found and first <= found[-1][1] + 1:
                found[-1] = found[-1][0], max(last, found[-1][1])
            else:
                found.append((first, last))
        return tuple(found)

    def line(self, where: tuple[str | int, ...]) -> int:
        """Return the line of what stands there, or of what is around it."""
        return self.document.place(where, of_key=True).line


def places(library: Library, name: str) -> Places:
    """Return where what stands in a flow, or in a step named `steps/…`; raises `Failure` or `Faulty` as reading does."""
    step = name.startswith(STEPS)
    file = library.files[name] if step else library.file(name)
    owner: Flow | Step = library.step(name.removeprefix(STEPS)) if step else library.flow(name)
    document = parse(read(file.path), str(file.path))
    firsts = {id_: document.place(("nodes", id_), of_key=True).line for id_ in owner.nodes}
    lasts = {id_: max(document.place(("nodes", id_)).end_line, first) for id_, first in firsts.items()}
    where = {
        (id_, edge.answer): document.place(("nodes", id_, *edge.where)).line
        for id_, node in owner.nodes.items()
        for edge in edges(node)
    }
    here = Path.cwd()
    path = file.path.relative_to(here) if file.path.is_relative_to(here) else file.path
    return Places(str(path), {id_: (first, lasts[id_]) for id_, first in firsts.items()}, where, document)
