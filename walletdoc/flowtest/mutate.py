"""Mutants: a flow with one small change, which its tests should notice.

Each kind of change is a function that yields what it could change at one node. The same seed gives the same mutants, and
a change elsewhere in the file does not give others here. Left out are those that could not be read or run, and those of
nodes that no answer reaches.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from itertools import pairwise
from typing import Any, NamedTuple

from walletdoc.flow import Ask, Call, Do, End, Fact, FactNode, Flow, Node, Number, Option, Pack, Range, Step, Try, edges
from walletdoc.frozen import frozen
from walletdoc.graph import order, targets
from walletdoc.references import ROLES
from walletdoc.text import Text

Where = tuple[str | int, ...]
RETARGETS = 2  # of each edge


@frozen
class Mutant:
    """A flow with one change: where in the file, what was changed in a line, the flow as it is then, the kind of change."""

    where: Where
    what: Text
    flow: Flow
    kind: str


class Replaced:
    """A pack with one flow as it is given."""

    def __init__(self, pack: Pack, flow: Flow) -> None:
        """Take the pack, and the flow that stands in for the one with its id."""
        self._pack = pack
        self._flow = flow

    @property
    def facts(self) -> Mapping[str, Fact]:
        """Every fact, by id."""
        return self._pack.facts

    def flow(self, id_: str) -> Flow:
        """Return the flow with this id."""
        return self._flow if id_ == self._flow.flow else self._pack.flow(id_)

    def step(self, id_: str) -> Step:
        """Return the step with this id."""
        return self._pack.step(id_)


class Change(NamedTuple):
    """What is changed at a node: where in it, in words, and the node as it is then."""

    where: Where
    what: Text
    node: Node


class _Around(NamedTuple):
    """What a change is drawn from: the seed, whom an end may name, what leads where."""

    seed: str
    contacts: frozenset[str]
    below: Mapping[str, frozenset[str]]  # by node that is reached, all that it leads to, itself among them


def mutants(flow: Flow, pack: Pack, seed: int) -> tuple[Mutant, ...]:
    """Return the mutants of a flow in the order of its nodes; none of a flow that runs in a circle."""
    nodes = order(flow) or ()
    reached = frozenset(nodes)
    ends = (node for id_, node in flow.nodes.items() if isinstance(node, End) and id_ in reached)
    options = (option for fact in pack.facts.values() for option in fact.options.values())
    contacts = {*ROLES, *(who for end in ends for who in end.to), *(each.contact for each in options if each.contact)}
    around = _Around(f"{seed} {flow.flow}", frozenset(contacts), _below(flow, nodes))
    return tuple(
        Mutant(("nodes", id_, *where), what, replace(flow, nodes={**flow.nodes, id_: changed}), kind)
        for id_, node in flow.nodes.items()
        if id_ in reached
        for kind, changes in KINDS.items()
        for where, what, changed in changes(id_, node, around)
    )


def _below(flow: Flow, nodes: tuple[str, ...]) -> Mapping[str, frozenset[str]]:
    below: dict[str, frozenset[str]] = {}
    for id_ in reversed(nodes):
        below[id_] = frozenset({id_}).union(*(below[target] for target in targets(flow.nodes[id_]) if target in below))
    return below


# --- the kinds of change


def _retarget(id_: str, node: Node, around: _Around) -> Iterator[Change]:
    """Lead an edge to another node, one that does not lead back here."""
    for edge in edges(node):
        free = [other for other in around.below if other != edge.target and id_ not in around.below[other]]
        for other in _drawn(free, RETARGETS, around.seed, id_, *edge.where):
            what = Text(
                zh=f"{id_} 的{_named(edge.where)}改为通向 {other}（原来是 {edge.target}）",
                en=f"{_named_en(edge.where)} of {id_} now leads to {other} (was: {edge.target})",
            )
            yield Change(edge.where, what, _put(node, edge.where, other))


def _swap(id_: str, node: Node, _around: _Around) -> Iterator[Change]:
    """Swap the targets of two neighbouring options, ranges or cases."""
    if not isinstance(node, Ask | Number | FactNode):
        return
    for one, other in pairwise(each for each in edges(node) if each.answer):
        if one.target != other.target:
            swapped = _put(_put(node, one.where, other.target), other.where, one.target)
            yield Change(one.where, _swapped(id_, one.where, other.where), swapped)


def _flip(id_: str, node: Node, _around: _Around) -> Iterator[Change]:
    """Let what is fixed be not fixed, and the other way round."""
    if isinstance(node, Try | Call) and node.fixed and node.not_fixed and node.fixed != node.not_fixed:
        flipped = replace(node, fixed=node.not_fixed, not_fixed=node.fixed)
        yield Change(("fixed",), _swapped(id_, ("fixed",), ("not-fixed",)), flipped)


def _swapped(id_: str, one: Where, other: Where) -> Text:
    return Text(
        zh=f"{id_} 的{_named(one)}和{_named(other)}互换了去处",
        en=f"{_named_en(one)} and {_named_en(other)} of {id_} have swapped targets",
    )


def _unfix(id_: str, node: Node, _around: _Around) -> Iterator[Change]:
    """Drop a cause that a try, call or do fixes."""
    if isinstance(node, Try | Call | Do):
        for at, cause in enumerate(node.fixes):
            what = Text(zh=f"{id_} 不再解决 {cause}", en=f"{id_} no longer fixes {cause}")
            yield Change(("fixes", at), what, replace(node, fixes=node.fixes[:at] + node.fixes[at + 1 :]))


def _rebound(id_: str, node: Node, _around: _Around) -> Iterator[Change]:
    """Move a bound between two ranges by one, either way."""
    if not isinstance(node, Number):
        return
    for at, each in enumerate(node.ranges):
        for bound in (each.below - 1, each.below + 1) if each.below is not None else ():
            ranges = (*node.ranges[:at], replace(each, below=bound), *node.ranges[at + 1 :])
            if _in_order(ranges, node.between):
                what = Text(
                    zh=f"{id_} 的界限改为 {bound}（原来是 {each.below}）",
                    en=f"a bound of {id_} is now {bound} (was: {each.below})",
                )
                yield Change(("ranges", at, "below"), what, replace(node, ranges=ranges))


def _in_order(ranges: tuple[Range, ...], between: tuple[int, int]) -> bool:
    """Whether the bounds ascend, and every number between is still taken."""
    bounds = [each.below for each in ranges if each.below is not None]
    whole = ranges[-1].below is None or ranges[-1].below > between[1]
    return whole and all(one < other for one, other in pairwise(bounds))


def _uncase(id_: str, node: Node, _around: _Around) -> Iterator[Change]:
    """Remove a case of a fact, where there is an `else` to take it."""
    if not isinstance(node, FactNode) or node.else_ is None:
        return
    cases = node.to or {}
    for case, target in cases.items():
        what = Text(
            zh=f"{id_} 的“{case}”改按 else 走，通向 {node.else_}（原来是 {target}）",
            en=f"'{case}' of {id_} goes by else, to {node.else_} (was: {target})",
        )
        left = {option: each for option, each in cases.items() if option != case}
        yield Change(("to", case), what, replace(node, to=left))


def _recontact(id_: str, node: Node, around: _Around) -> Iterator[Change]:
    """Send an end to another contact."""
    if not isinstance(node, End):
        return
    for at, who in enumerate(node.to):
        free = [other for other in around.contacts if other not in node.to]
        for other in _drawn(free, 1, around.seed, id_, "to", at):
            what = Text(zh=f"{id_} 改为联系 {other}（原来是 {who}）", en=f"{id_} now names {other} (was: {who})")
            yield Change(("to", at), what, replace(node, to=(*node.to[:at], other, *node.to[at + 1 :])))


def _unprotect(id_: str, node: Node, _around: _Around) -> Iterator[Change]:
    """Let a protective act be one no longer."""
    if isinstance(node, Do) and node.protects:
        what = Text(zh=f"{id_} 不再算保护措施", en=f"{id_} no longer protects")
        yield Change(("protects",), what, replace(node, protects=False))


KINDS: Mapping[str, Callable[[str, Node, _Around], Iterator[Change]]] = {
    "retarget": _retarget,
    "swap": _swap,
    "flip": _flip,
    "fix": _unfix,
    "bound": _rebound,
    "case": _uncase,
    "contact": _recontact,
    "protects": _unprotect,
}


# --- how they are made


def _drawn(free: Iterable[str], count: int, *key: str | int) -> list[str]:
    """Draw some names, the same for the same key; without regard to where they stand in the file."""
    return sorted(free, key=lambda each: sha256(" ".join(map(str, (*key, each))).encode()).digest())[:count]


def _put(node: Node, where: Where, target: str) -> Node:
    """Return a node with one edge, by where it is written, leading elsewhere."""
    changed: Any = None
    match node, where:
        case Ask(), ("options", str(id_), "go"):
            option: Option = replace(node.options[id_], go=target)
            changed = replace(node, options={**node.options, id_: option})
        case Number(), ("ranges", int(at), "go"):
            ranges = (*node.ranges[:at], replace(node.ranges[at], go=target), *node.ranges[at + 1 :])
            changed = replace(node, ranges=ranges)
        case FactNode(), ("to", str(case)):
            changed = replace(node, to={**(node.to or {}), case: target})
        case _, (str(name),):
            change: Any = {_FIELDS.get(name, name): target}
            changed = replace(node, **change)
        case _:
            raise ValueError(where)
    result: Node = changed
    return result


_FIELDS = {"not-fixed": "not_fixed", "else": "else_"}


def _key(where: Where) -> str:
    """Return what an edge is known by in the file: its option, its range, its key."""
    match where:
        case ("options", str(id_), "go") | ("to", str(id_)):
            return id_
        case ("ranges", int(at), "go"):
            return str(at + 1)
        case _:
            return str(where[0])


def _named(where: Where) -> str:
    return f"第 {_key(where)} 个区间" if where[0] == "ranges" else f"“{_key(where)}”"


def _named_en(where: Where) -> str:
    return f"range {_key(where)}" if where[0] == "ranges" else f"'{_key(where)}'"
