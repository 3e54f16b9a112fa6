"""What tests reached of flows, for people: a line a flow, with the lines that no test reached."""

from collections.abc import Iterator, Mapping, Sequence

from walletdoc.flowtest.coverage import Coverage, lines_of
from walletdoc.locales import say
from walletdoc.text import Lang

Places = Mapping[str, Mapping[str, tuple[int, int]]]
"""The first and last line of each node, by flow or step."""


def lines(coverages: Sequence[Coverage], places: Places, lang: Lang) -> Iterator[str]:
    """Yield a table of nodes, edges and causes reached, and below a flow what was missed."""
    wide = max((len(each.id) for each in coverages), default=0)
    yield f"{'':<{wide}}  {say(lang, 'test.cov-head')}"
    for each in coverages:
        parts = "  ".join(f"{part.reached:>4}/{part.of:<4}" for part in (each.nodes, each.edges, each.causes))
        yield f"{each.id:<{wide}}  {each.percent:6.1f}%  {parts}".rstrip()
        missed = lines_of(places.get(each.id, {}), each.missed_nodes)
        if missed:
            yield f"    {say(lang, 'test.missed-lines')} {missed}"
        if each.missed_edges:
            shown = ", ".join(f"{node}={answer}" if answer else node for node, answer in each.missed_edges)
            yield f"    {say(lang, 'test.missed-edges')} {shown}"
        if each.missed_causes:
            yield f"    {say(lang, 'test.missed-causes')} {', '.join(each.missed_causes)}"
    yield say(lang, "test.cov-total", percent=f"{total(coverages):.1f}")


def total(coverages: Sequence[Coverage]) -> float:
    """Return the share of all nodes, edges and causes that was reached, in per cent."""
    parts = [part for each in coverages for part in (each.nodes, each.edges, each.causes)]
    every = sum(part.of for part in parts)
    return 100 * sum(part.reached for part in parts) / every if every else 100.0
