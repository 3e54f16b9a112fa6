"""What of a flow may change places: units, the runs in which they follow one another, and the flow in another order.

A unit is a node, its head, with all that is reached only through it, and one way on; whatever else leaves it is an end or
a switch. Users who have nothing of what the unit looks for pass it: by the usual answer, by `not-fixed`, by `done`.
Protecting acts, the questions about money and scams, and what can destroy something stay where the author put them.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias, assert_never

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
    Step,
    Switch,
    Try,
    edges,
    option_of,
)
from walletdoc.graph import order

MAX_NODES = 60
"""A unit has at most so many nodes: what is larger is half a flow, and nobody moves that."""

SCAMS = frozenset({"verify-contact", "scammed", "account-stolen"})
"""The flows for people in danger; the questions that send them there stay put."""

Graph: TypeAlias = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Unit:
    """A node with all that is reached only through it, and the node that its one way on leads to."""

    head: str
    nodes: frozenset[str]
    on: str


Run: TypeAlias = tuple[Unit, ...]
"""Units that follow one another: the way on of each leads to the head of the next."""


def runs(flow: Flow, pack: Pack) -> tuple[Run, ...]:
    """Return the runs of two units or more that may move, those within a unit before the run that it stands in.

    None where the flow runs in a circle.
    """
    ids = order(flow) or ()
    inner = [id_ for id_ in ids if not isinstance(flow.nodes[id_], End | Switch)]
    onward = {id_: frozenset(edge.target for edge in edges(flow.nodes[id_])) & frozenset(inner) for id_ in inner}
    before = _turned(onward)
    units = {unit.head: unit for id_ in inner if (unit := _unit(flow, id_, onward, before, pack)) is not None}
    around = {id_: unit.head for unit in units.values() for id_ in unit.nodes - {unit.head}}
    found: list[Run] = []
    taken: set[str] = set()
    for start in inner:
        run: list[Unit] = []
        at = start
        while at in units and at not in taken and around.get(at) == around.get(start) and _may_move(flow, units[at], pack):
            taken.add(at)
            run.append(units[at])
            at = units[at].on
        if len(run) > 1:
            found.append(tuple(run))
    return tuple(reversed(found))


def _turned(onward: Graph) -> Graph:
    before: dict[str, set[str]] = {id_: set() for id_ in onward}
    for id_, targets in onward.items():
        for target in targets:
            before[target].add(id_)
    return {id_: frozenset(each) for id_, each in before.items()}


def _unit(flow: Flow, head: str, onward: Graph, before: Graph, pack: Pack) -> Unit | None:
    """Grow a unit from its head: take in what is reached only through it, until one way on is left."""
    nodes = {head}
    on = _passed(flow.nodes[head], onward[head], pack)
    while on is not None and len(nodes) <= MAX_NODES:
        beside = {target for id_ in nodes for target in onward[id_]} - nodes - {on}
        own = {id_ for id_ in beside if before[id_] <= nodes}
        if own:
            nodes |= own
        elif not beside:
            return Unit(head, frozenset(nodes), on)
        elif before[on] <= nodes:
            nodes.add(on)  # the ways meet again further on
            on = _passed(flow.nodes[on], onward[on], pack)
        else:
            return None
    return None


def _passed(node: Node, onward: Collection[str], pack: Pack) -> str | None:
    """Return where users go who have nothing of what a node looks for, or the only way on; None where there is no such."""
    ways = {edge.answer: edge.target for edge in edges(node)}
    usual: str | None = None
    match node:
        case Ask(usual=answer) if answer is not None:
            usual = ways.get(answer)
        case Number(usual=value) if value is not None:
            usual = ways.get(str(option_of(node, value)))
        case FactNode():
            fact = pack.facts.get(node.fact)
            value_ = fact.usual if fact is not None else None
            usual = ways.get(value_ or "", ways.get(""))
        case Try() | Call():
            usual = ways.get("not-fixed")
        case Do():
            usual = ways.get("done")
        case _:
            pass
    if usual in onward:
        return usual
    return next(iter(onward)) if len(onward) == 1 else None


def _may_move(flow: Flow, unit: Unit, pack: Pack) -> bool:
    return not any(_stays(flow, flow.nodes[id_], pack) for id_ in unit.nodes)


def _stays(flow: Flow, node: Node, pack: Pack) -> bool:
    """Whether a node keeps its place: it protects, can destroy something, or asks about money or a scam."""
    match node:
        case Do(protects=protects):
            return protects
        case Try(risk=risk):
            return risk == "destructive"
        case Call(call=step):
            return any(_stays_in_step(each) for each in _called(pack, step, frozenset()))
        case FactNode(fact=fact) if fact == MONEY_TAKEN:
            return True
        case Ask() | Number() | FactNode():
            return any(_is_danger(flow.nodes.get(edge.target)) for edge in edges(node))
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


def _stays_in_step(node: Node) -> bool:
    match node:
        case Do(protects=protects):
            return protects
        case Try(risk=risk):
            return risk == "destructive"
        case FactNode(fact=fact):
            return fact == MONEY_TAKEN
        case _:
            return False


def _called(pack: Pack, id_: str, within: frozenset[str]) -> Iterator[Node]:
    """Yield the nodes of a step and of the steps that it calls."""
    step: Step = pack.step(id_)
    for node in step.nodes.values():
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
    inside = {
        id_: {run[at].on: next_} for at, next_ in zip(ordered, following, strict=True) for id_ in run[at].nodes
    }
    nodes = {id_: _turned_to(node, inside.get(id_, outside)) for id_, node in flow.nodes.items()}
    return replace(flow, start=outside.get(flow.start, flow.start), nodes=nodes)


def _turned_to(node: Node, ways: Mapping[str, str]) -> Node:
    """Return the node with its ways leading elsewhere, those that are named by where they led."""
    if not any(edge.target in ways for edge in edges(node)):
        return node
    match node:
        case Ask(options=options):
            return replace(node, options={id_: replace(each, go=ways.get(each.go, each.go)) for id_, each in options.items()})
        case Number(ranges=ranges):
            turned = tuple(replace(each, go=ways.get(each.go, each.go)) for each in ranges)
            return replace(node, ranges=turned, unsure=_to(ways, node.unsure))
        case FactNode(to=to):
            told = None if to is None else {value: ways.get(go, go) for value, go in to.items()}
            return replace(node, go=_to(ways, node.go), to=told, else_=_to(ways, node.else_))
        case Try():
            fixed, not_fixed = ways.get(node.fixed, node.fixed), ways.get(node.not_fixed, node.not_fixed)
            return replace(node, fixed=fixed, not_fixed=not_fixed, taken=_to(ways, node.taken))
        case Call():
            fixed_, not_fixed_ = _to(ways, node.fixed), _to(ways, node.not_fixed)
            return replace(node, fixed=fixed_, not_fixed=not_fixed_, taken=_to(ways, node.taken))
        case Do():
            return replace(node, done=ways.get(node.done, node.done), cannot=_to(ways, node.cannot))
        case Switch() | End():
            return node
        case _:
            assert_never(node)


def _to(ways: Mapping[str, str], target: str | None) -> str | None:
    return None if target is None else ways.get(target, target)
