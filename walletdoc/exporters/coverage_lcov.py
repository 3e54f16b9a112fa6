"""What tests reached of flows, as an lcov trace file, which editors and services show (geninfo(1) has the format)."""

from collections.abc import Iterator, Mapping, Sequence

from walletdoc.flowtest.coverage import Coverage

Sources = Mapping[str, tuple[str, Mapping[str, int], Mapping[tuple[str, str], int]]]
"""By flow or step: its file, the line of each node, and the line of each edge."""


def lines(coverages: Sequence[Coverage], sources: Sources) -> Iterator[str]:
    """Yield one record a file: a line a node, a branch an edge."""
    for each in coverages:
        path, nodes, edges = sources[each.id]
        yield "TN:"
        yield f"SF:{path}"
        branches = sorted((line, edge) for edge, line in edges.items())
        for number, (line, edge) in enumerate(branches):
            yield f"BRDA:{line},0,{number},{0 if edge in each.missed_edges else 1}"
        yield f"BRF:{each.edges.of}"
        yield f"BRH:{each.edges.reached}"
        for id_, line in nodes.items():
            yield f"DA:{line},{0 if id_ in each.missed_nodes else 1}"
        yield f"LF:{each.nodes.of}"
        yield f"LH:{each.nodes.reached}"
        yield "end_of_record"
