"""What tests reached of flows, for people: a line a flow, with the lines that no test reached."""

from collections.abc import Iterator, Mapping, Sequence

from walletdoc.flowtest.coverage import Coverage
from walletdoc.flowtest.places import Places
from walletdoc.locales import say
from walletdoc.terminal import wrap
from walletdoc.text import Lang

WIDEST = 80


def lines(coverages: Sequence[Coverage], where: Mapping[str, Places], lang: Lang) -> Iterator[str]:
    """Yield a table of nodes, edges and causes reached, and below a flow what was missed; `where` has each by its id."""
    wide = max((len(each.id) for each in coverages), default=0)
    yield f"{'':<{wide}}  {say(lang, 'test.cov-head')}"
    for each in coverages:
        parts = "  ".join(f"{part.reached:>4}/{part.of:<4}" for part in (each.nodes, each.edges, each.causes))
        yield f"{each.id:<{wide}}  {each.percent:6.1f}%  {parts}".rstrip()
        for key, missed in _missed(each, where[each.id]):
            if missed:
                yield from wrap(f"{say(lang, key)} {', '.join(missed)}", WIDEST, "    ", "      ")
    yield say(lang, "test.cov-total", percent=f"{total(coverages):.1f}")


def _missed(found: Coverage, places: Places) -> Iterator[tuple[str, list[str]]]:
    ranges = places.ranges(found.missed_nodes)
    yield "test.missed-lines", [f"{first}-{last}" if last > first else str(first) for first, last in ranges]
    edges = [
        (f"{node}={answer}" if answer else node, places.edges[node, answer]) for node, answer in found.missed_edges
    ]
    yield "test.missed-edges", [f"{edge} ({line})" for edge, line in edges]
    yield "test.missed-causes", list(found.missed_causes)


def total(coverages: Sequence[Coverage]) -> float:
    """Return the share of all nodes, edges and causes that was reached, in per cent."""
    parts = [part for each in coverages for part in (each.nodes, each.edges, each.causes)]
    every = sum(part.of for part in parts)
    return 100 * sum(part.reached for part in parts) / every if every else 100.0
