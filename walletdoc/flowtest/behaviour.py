"""How a flow behaves on all its ways, as one number: two flows with the same number can't be told apart by answering.

What counts is what is asked and told, the answers taken, what of it protects and fixes, and at the ends their kind, text,
causes and contacts; not by which node or edge that came about.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TypeAlias

from walletdoc.engine import Place, Tables
from walletdoc.flow import Ask, Do, End, FactNode, Node, Number, Pack, Switch, Try
from walletdoc.flowtest.passed import Passed
from walletdoc.flowtest.told import told
from walletdoc.flowtest.ways import State, Ways

Sign: TypeAlias = tuple[object, ...]


class Behaviour:
    """Gives numbers to behaviours; what is compared must have its number from the same one."""

    def __init__(self) -> None:
        """Know none yet."""
        self._numbers: dict[Sign, int] = {}
        self._of_node: dict[int, tuple[Node, int]] = {}

    def of(self, pack: Pack, flow: str) -> int:
        """Return the number of how a flow behaves; raises `Failure` where it can't be walked."""
        ways = Ways(Tables(pack, flow))
        named = _named_by_ends(ways)
        found: dict[int, int] = {}
        for at in reversed(ways.order):
            state = ways.states[at]
            if state.stops:
                found[at] = self._number(self._stop(state, pack))
            else:
                place = state.place
                key = place.key if place.id in named else ""
                onward = tuple(self._onward(ways, at, found))
                found[at] = self._number(("ask", self._node(place.node), key, _fixed_by_call(place), onward))
        return self._number(("start", _effects(ways.entered), found[0]))

    def _number(self, sign: Sign) -> int:
        return self._numbers.setdefault(sign, len(self._numbers))

    def _stop(self, state: State, pack: Pack) -> Sign:
        node = state.place.node
        if state.switched or not isinstance(node, End):
            return ("switch", state.place.flow.flow, state.facts)
        facts = {fact: pack.facts[fact].options[value].contact for fact, value in state.facts}
        to = dict.fromkeys(facts.get(who) or who for who in node.to)
        said = tuple((fact, contact) for fact, contact in facts.items() if fact in told(replace(node, to=()), pack))
        return ("end", self._node(node), tuple(to), said)

    def _onward(self, ways: Ways, at: int, found: Mapping[int, int]) -> Iterator[Sign]:
        """Yield each answer with what comes of it; of numbers as few ranges as tell them apart."""
        before: Sign = ()
        for way in ways.onward[at]:
            after = (_effects(ways.passed(at, way)), found[way.to])
            if way.bounds is None:
                yield (way.answer, after)
            elif after != before:
                yield (way.bounds[0], after)
                before = after

    def _node(self, node: Node) -> int:
        """Return a number for what a node asks, tells and fixes, wherever it leads."""
        known = self._of_node.get(id(node))
        if known is None or known[0] is not node:
            known = self._of_node[id(node)] = (node, self._number(("node", _sign(_bare(node)))))
        return known[1]


def _bare(node: Node) -> Node:  # noqa: PLR0911 - one a kind of node
    """Return a node without where it leads, and an end without whom it names: that is looked up."""
    match node:
        case Ask(options=options):
            return replace(node, options={id_: replace(each, go="") for id_, each in options.items()})
        case Number():
            return replace(node, ranges=(), unsure=None)
        case FactNode():
            return FactNode(node.fact)
        case Try():
            return replace(node, fixed="", not_fixed="", taken=None)
        case Do():
            return replace(node, done="", cannot=None)
        case End():
            return replace(node, to=())
        case _:
            return node


def _sign(value: object) -> object:
    """Return a value of the model as something that can be looked up."""
    match value:
        case Mapping():
            return tuple((key, _sign(each)) for key, each in value.items())
        case tuple():
            return tuple(_sign(each) for each in value)
        case str() | int() | None:
            return value
        case _:
            names: tuple[str, ...] = getattr(value, "__match_args__", ())
            return (type(value).__name__, *(_sign(getattr(value, name)) for name in names))


def _effects(passed: tuple[Passed, ...]) -> Sign:
    """Return the causes that a switch passed names; what is asked stands for itself."""
    return tuple(each.node.causes for each in passed if isinstance(each.node, Switch))


def _fixed_by_call(place: Place) -> tuple[str, ...]:
    """Return the causes that a try fixes by the call that it stands in."""
    return place.frames[0].call.fixes if place.frames and isinstance(place.node, Try) else ()


def _named_by_ends(ways: Ways) -> frozenset[str]:
    """Return the nodes that an end names, since it counts on their answers."""
    ends = (state.place.node for state in ways.states if isinstance(state.place.node, End))
    return frozenset(id_ for end in ends for id_ in (end.since, end.again) if id_ is not None)
