"""What of a flow may change places: units, the runs in which they follow one another, and the flow in another order.

A unit is a node, its head, with all that is reached only through it, and one way on; whatever else leaves it is an end or
a switch. Users who have nothing of what the unit looks for pass it: by the usual answer, by `not-fixed`, by `done`.
Protecting acts, the questions about money and scams, and what can destroy something stay where the author put them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from walletdoc.flow import (
    MONEY_TAKEN,
    Ask,
    Call,
    Do,
    End,
    FactNode,
    Flow,
    Node,
    Number,
    Pack,
    Switch,
    Try,
    edges,
    option_of,
)
from walletdoc.frozen import frozen
from walletdoc.graph import order

MAX_NODES = 60
"""A unit has at most so many nodes: what is larger is half a flow, and nobody moves that."""

SCAMS = frozenset({"verify-contact", "scammed", "account-stolen"})
"""The flows for people in danger; the questions that send them there stay put."""


@frozen
class Unit:
    """A node with all that is reached only through it, the node that its one way on leads to, and those that lead to it."""

    head: str
    nodes: frozenset[str]
    on: str
    before: frozenset[str]


Run: TypeAlias = tuple[Unit, ...]
"""Units that follow one another: the way on of each leads to the head of the next."""


def runs(flow: Flow, pack: Pack) -> tuple[Run, ...]:
    """Return the runs of two units or more that may move, those within a unit before the run that it stands in.

    A unit that two lead on to follows the outer of them, or the first. There is none where the flow runs in a circle.
    """
    graph = _Graph(flow, pack)
    grown = (_unit(graph, id_) for id_ in graph.ids)
    units = {unit.head: unit for unit in grown if unit is not None and graph.may_move(unit)}
    found: list[Run] = []
    taken: set[str] = set()
    for first in units.values():  # the outer before those within it
        run: list[Unit] = []
        unit: Unit | None = first
        while unit is not None and unit.head not in taken:
            taken.add(unit.head)
            run.append(unit)
            unit = units.get(unit.on)
        if len(run) > 1:
            found.append(tuple(run))
    return tuple(reversed(found))


class _Graph:
    """The ways of a flow: by answer, and between its nodes that are neither ends nor switches."""

    def __init__(self, flow: Flow, pack: Pack) -> None:
        self.flow = flow
        self.pack = pack
        self.ids = [id_ for id_ in order(flow) or () if not isinstance(flow.nodes[id_], End | Switch)]
        self.ways = {id_: {edge.answer: edge.target for edge in edges(flow.nodes[id_])} for id_ in self.ids}
        self.onward = {id_: self.ways.keys() & frozenset(ways.values()) for id_, ways in self.ways.items()}
        self.before: dict[str, set[str]] = {id_: set() for id_ in self.ids}
        for id_, targets in self.onward.items():
            for target in targets:
                self.before[target].add(id_)

    def usual(self, id_: str) -> str | None:
        """Return where users go who have nothing of what a node looks for; None where the flow does not say."""
        ways = self.ways[id_]
        node = self.flow.nodes[id_]
        match node:
            case Ask(usual=answer):
                return ways.get(answer or "")
            case Number(usual=value):
                return None if value is None else ways.get(str(option_of(node, value)))
            case FactNode():
                fact = self.pack.facts.get(node.fact)
                return ways.get((fact.usual if fact else None) or "", ways.get(""))
            case Try() | Call():
                return ways.get("not-fixed")
            case Do():
                return ways.get("done")
            case _:
                return None

    def on(self, id_: str) -> str | None:
        """Return the way on of a node: the usual one, but the only one that goes on before one that ends."""
        onward, usual = self.onward[id_], self.usual(id_)
        if usual in onward or not onward:
            return usual
        return next(iter(onward)) if len(onward) == 1 else None

    def may_move(self, unit: Unit) -> bool:
        """Whether nothing in a unit must keep its place."""
        return not any(self._stays(id_) for id_ in unit.nodes)

    def _stays(self, id_: str) -> bool:
        """Whether a node keeps its place: it protects, can destroy something, or asks about money or a scam."""
        node = self.flow.nodes[id_]
        match node:
            case Call(call=step):
                return any(_keeps_place(each) for each in _called(self.pack, step, frozenset()))
            case Ask() | Number() | FactNode() if any(
                _is_danger(self.flow.nodes.get(target)) for target in self.ways[id_].values()
            ):
                return True
            case _:
                return _keeps_place(node)


_NOWHERE = frozenset({""})


def _unit(graph: _Graph, head: str) -> Unit | None:
    """Return the unit of a head.

    Where users who pass it go to an end, and so do those who went another way in it, that end is its way on.
    """
    usual = graph.usual(head)
    if usual is not None and usual not in graph.before and graph.onward[head]:
        unit = _grown(graph, head, usual)
        if unit and any(usual in graph.ways[id_].values() for id_ in unit.nodes - {head}):
            return unit
    on = graph.on(head)
    return None if on is None else _grown(graph, head, on)


def _grown(graph: _Graph, head: str, on: str | None) -> Unit | None:
    """Grow a unit from its head: take in what is reached only through it, until one way on is left."""
    nodes = {head}
    while on is not None and len(nodes) <= MAX_NODES:
        beside = {target for id_ in nodes for target in graph.onward[id_]} - nodes - {on}
        own = {id_ for id_ in beside if graph.before[id_] <= nodes}
        if own:
            nodes |= own
        elif not beside:
            return Unit(head, frozenset(nodes), on, frozenset(graph.before[head]))
        elif graph.before.get(on, _NOWHERE) <= nodes:
            nodes.add(on)  # the ways meet again further on
            on = graph.on(on)
        else:
            return None
    return None


def _keeps_place(node: Node) -> bool:
    match node:
        case Do(protects=protects):
            return protects
        case Try(risk=risk):
            return risk == "destructive"
        case FactNode(fact=fact):
            return fact == MONEY_TAKEN
        case _:
            return False


def _is_danger(node: Node | None) -> bool:
    match node:
        case Switch(switch=flow):
            return flow in SCAMS
        case End(end=kind):
            return kind == "stop"
        case _:
            return False


def _called(pack: Pack, id_: str, within: frozenset[str]) -> Iterator[Node]:
    """Yield the nodes of a step and of the steps that it calls."""
    for node in pack.step(id_).nodes.values():
        yield node
        if isinstance(node, Call) and node.call not in within:
            yield from _called(pack, node.call, within | {id_})


# --- the flow in another order


def entered(run: Run, ordered: Sequence[int]) -> tuple[int, ...]:
    """Return for each unit of a run where users who enter the run at it enter it in another order.

    They had it and all after it before them, and still have: they enter at the first of these.
    """
    place = {unit: at for at, unit in enumerate(ordered)}
    return tuple(min(range(at, len(run)), key=place.__getitem__) for at in range(len(run)))


def arranged(flow: Flow, run: Run, ordered: Sequence[int]) -> Flow:
    """Return the flow with the units of a run in another order, given as their places in the run."""
    outside = {run[at].head: run[first].head for at, first in enumerate(entered(run, ordered))}
    following = [*(run[at].head for at in ordered[1:]), run[-1].on]
    inside = {id_: {run[at].on: next_} for at, next_ in zip(ordered, following, strict=True) for id_ in run[at].nodes}
    nodes = {id_: _turned(node, inside.get(id_, outside)) for id_, node in flow.nodes.items()}
    return replace(flow, start=outside.get(flow.start, flow.start), nodes=nodes)


_WAYS = ("go", "else_", "unsure", "fixed", "not_fixed", "taken", "done", "cannot")
"""The fields of nodes that lead to another node."""


def _turned(node: Node, ways: Mapping[str, str]) -> Node:
    """Return the node with its ways leading elsewhere, those that are named by where they led."""
    if not any(edge.target in ways for edge in edges(node)):
        return node
    turned: dict[str, Any] = {name: ways[way] for name in _WAYS if (way := getattr(node, name, "")) in ways}
    match node:
        case Ask(options=options):
            turned["options"] = {id_: replace(each, go=ways.get(each.go, each.go)) for id_, each in options.items()}
        case Number(ranges=ranges):
            turned["ranges"] = tuple(replace(each, go=ways.get(each.go, each.go)) for each in ranges)
        case FactNode(to=to) if to is not None:
            turned["to"] = {value: ways.get(go, go) for value, go in to.items()}
        case _:
            pass
    return replace(node, **turned)
