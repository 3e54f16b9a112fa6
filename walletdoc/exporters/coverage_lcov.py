"""What tests reached of flows, as an lcov trace file, which editors and services show (geninfo(1) has the format)."""

from collections.abc import Iterator, Mapping, Sequence

from walletdoc.flowtest.coverage import Coverage
from walletdoc.flowtest.places import Places


def lines(coverages: Sequence[Coverage], where: Mapping[str, Places]) -> Iterator[str]:
    """Yield one record a file: each line of a node, and a branch an edge; `where` has each flow by its id."""
    for each in coverages:
        places = where[each.id]
        yield "TN:"
        yield f"SF:{places.path}"
        branches = sorted((line, edge) for edge, line in places.edges.items())
        for number, (line, edge) in enumerate(branches):
            yield f"BRDA:{line},0,{number},{_taken(each, edge)}"
        yield f"BRF:{each.edges.of}"
        yield f"BRH:{each.edges.reached}"
        reached = _reached(each, places)
        for line, count in sorted(reached.items()):
            yield f"DA:{line},{count}"
        yield f"LF:{len(reached)}"
        yield f"LH:{sum(reached.values())}"
        yield "end_of_record"


def _taken(found: Coverage, edge: tuple[str, str]) -> str:
    """Return whether a branch was taken, `-` where its node was never reached."""
    if edge in found.missed_edges:
        return "-" if edge[0] in found.missed_nodes else "0"
    return "1"


def _reached(found: Coverage, places: Places) -> dict[int, int]:
    """Return whether each line of a node was reached; one on which several stand, if any of them was."""
    reached: dict[int, int] = {}
    for id_, (first, last) in places.nodes.items():
        for line in range(first, last + 1):
            reached[line] = max(reached.get(line, 0), int(id_ not in found.missed_nodes))
    return reached
