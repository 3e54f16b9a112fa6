"""What of a flow tests have reached: its nodes, its edges, and its causes."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from walletdoc.engine import Session, visits
from walletdoc.flow import End, Flow, Pack, Step, Switch, edges
from walletdoc.flowtest.passed import begun, entered, passed
from walletdoc.frozen import frozen

Taken = tuple[str, str, str]
"""An edge that was taken: the flow or step (`steps/…`), the node, the answer as `edges` has it; the empty answer of an
end or switch says that it was reached."""

STEPS = "steps/"


@frozen
class Count:
    """How many of so many were reached."""

    reached: int
    of: int

    @property
    def percent(self) -> float:
        """The share in per cent, 100 of nothing."""
        return 100 * self.reached / self.of if self.of else 100.0


@frozen
class Coverage:
    """What of one flow or step was reached, and what was not: node ids, (node, answer), cause ids."""

    id: str
    nodes: Count
    edges: Count
    causes: Count
    missed_nodes: tuple[str, ...]
    missed_edges: tuple[tuple[str, str], ...]
    missed_causes: tuple[str, ...]

    @property
    def percent(self) -> float:
        """The share of nodes, edges and causes together, in per cent."""
        parts = (self.nodes, self.edges, self.causes)
        return Count(sum(each.reached for each in parts), sum(each.of for each in parts)).percent


def taken(session: Session) -> Iterator[Taken]:
    """Yield every edge that a session took, those over calls, switches and the ends of steps among them."""
    pack = session.tables.pack
    for each in chain(entered(session.tables), *(passed(visit.place, visit.answer) for visit in visits(session))):
        yield _name(each.owner), each.id, each.answer
        if isinstance(each.node, Switch):
            for first in begun(pack, pack.flow(each.node.switch)):
                yield _name(first.owner), first.id, first.answer
    if isinstance(session.place.node, End):
        yield _name(session.place.owner), session.place.id, ""


def _name(owner: Flow | Step) -> str:
    return owner.flow if isinstance(owner, Flow) else f"{STEPS}{owner.step}"


def coverages(pack: Pack, reached: Iterable[Taken], found: Mapping[str, frozenset[str]]) -> tuple[Coverage, ...]:
    """Return what was reached of each flow that has tests, those in `found`, and of the steps that these went through."""
    every = frozenset(reached)
    steps = sorted({id_ for id_, _, _ in every if id_.startswith(STEPS)})
    return tuple(coverage(pack, name, every, found) for name in (*sorted(found), *steps))


def coverage(pack: Pack, name: str, reached: Iterable[Taken], found: Mapping[str, frozenset[str]]) -> Coverage:
    """Return what was reached of a flow, or of a step named `steps/…`; `found` has the causes found, by flow."""
    step = name.startswith(STEPS)
    owner: Flow | Step = pack.step(name.removeprefix(STEPS)) if step else pack.flow(name)
    own = {(node, answer) for id_, node, answer in reached if id_ == name}
    seen = {node for node, _ in own}
    every = [(id_, edge.answer) for id_, node in owner.nodes.items() for edge in edges(node)]
    causes = tuple(owner.causes) if isinstance(owner, Flow) else ()
    missed_nodes = tuple(id_ for id_ in owner.nodes if id_ not in seen)
    missed_edges = tuple(each for each in every if each not in own)
    missed_causes = tuple(id_ for id_ in causes if id_ not in found.get(name, frozenset()))
    return Coverage(
        name,
        Count(len(owner.nodes) - len(missed_nodes), len(owner.nodes)),
        Count(len(every) - len(missed_edges), len(every)),
        Count(len(causes) - len(missed_causes), len(causes)),
        missed_nodes,
        missed_edges,
        missed_causes,
    )


def causes_found(flow: Flow, reached: Iterable[Taken]) -> frozenset[str]:
    """Return the causes of a flow that were fixed, or named where a test stopped or was handed over."""
    found: set[str] = set()
    for id_, at, answer in reached:
        node = flow.nodes.get(at) if id_ == flow.flow else None
        if isinstance(node, End | Switch):
            found.update(node.causes)
        elif answer in {"fixed", "done"}:
            found.update(getattr(node, "fixes", ()))
    return frozenset(found)
