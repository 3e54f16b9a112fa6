"""All ways of one flow, as a graph of states and never as a list.

A state is a place of the engine with the known facts that still matter there: those that may be asked again, and those
that decide whom a later text or end names. Of such a fact's values, those that lead to the same from there on are one. So
a flow has hardly more states than nodes, and what is proved over the states holds on every way. The ways of a flow stop
at its ends, and where a switch leaves it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from walletdoc.engine import Answer, Edge, Place, Tables, accepts
from walletdoc.failure import BAD_DATA, Failure
from walletdoc.flow import Number
from walletdoc.flowtest.passed import Passed, entered, passed
from walletdoc.flowtest.told import mattering, told
from walletdoc.text import Text

Bounds = tuple[int, int]
Parted = tuple[str, ...]  # for each option of a fact, in order, the first option that leads to the same
Facts = tuple[tuple[str, str], ...]


class State(NamedTuple):
    """A place with the known facts that still matter there, each with the first of the values that lead to the same."""

    place: Place
    facts: Facts

    @property
    def stops(self) -> bool:
        """Whether the ways of the flow stop here: at an end, or on leaving by a switch."""
        return self.place.leg > 0 or self.place.is_end

    @property
    def switched(self) -> bool:
        """Whether the flow was left here, by a switch."""
        return self.place.leg > 0


class Way(NamedTuple):
    """One way on: an answer that takes it, the position of the state it leads to, and the known facts passed to there.

    `bounds` are the least and the greatest number that take it, of a range.
    """

    answer: str
    to: int
    bounds: Bounds | None
    known: tuple[tuple[Place, str], ...]

    def takes(self, answer: str) -> bool:
        """Whether an answer takes this way."""
        if self.bounds is None or not re.fullmatch(r"0|-?[1-9][0-9]{0,8}", answer):
            return answer == self.answer
        return self.bounds[0] <= int(answer) <= self.bounds[1]


class Ways:
    """The states of one flow, the start first and each after one that is a question nearer to it, and the ways on of each."""

    def __init__(self, tables: Tables) -> None:
        """Walk them all; raises `Failure` (65) for a flow that can't be walked, or runs in a circle."""
        self.tables = tables
        self._graph = _Places(tables)
        self._at: dict[State, int] = {}
        self._came: list[tuple[int, str]] = []
        self.states: list[State] = []
        self.onward: list[tuple[Way, ...]] = []
        self._passed: dict[tuple[int, str], tuple[Passed, ...]] = {}
        _, _, _, first, _, _ = tables.first
        self._reach(first, {}, (-1, ""))
        for at, state in enumerate(self.states):  # grows while it is walked
            self.onward.append(tuple(self._ways(at, state)))

    def _ways(self, at: int, state: State) -> Iterator[Way]:
        for answer, bounds, edge in self._graph.edges[state.place]:
            _, _, _, to, _, learns = edge
            facts = dict(state.facts)
            if learns is not None:
                facts[learns[0]] = learns[1]
            known = []
            while to.fact in facts and not to.leg:
                value = facts[to.fact]
                known.append((to, value))
                to = to.edge(value)[3]
            yield Way(answer, self._reach(to, facts, (at, answer)), bounds, tuple(known))

    def _reach(self, place: Place, facts: Mapping[str, str], came: tuple[int, str]) -> int:
        """Return the position of a state, which is new if nobody came there before."""
        mattering = self._graph.mattering[place]
        state = State(place, tuple((fact, first[facts[fact]]) for fact, first in mattering.items() if fact in facts))
        at = self._at.get(state)
        if at is None:
            at = self._at[state] = len(self.states)
            self.states.append(state)
            self._came.append(came)
        return at

    @property
    def stops(self) -> tuple[int, ...]:
        """The positions of the states where ways stop."""
        return tuple(at for at, ways in enumerate(self.onward) if not ways)

    def answers(self, at: int) -> tuple[Answer, ...]:
        """Return the fewest answers that lead to a state."""
        found: list[Answer] = []
        before, answer = self._came[at]
        while before >= 0:
            found.append((self.states[before].place.key, answer))
            before, answer = self._came[before]
        return tuple(reversed(found))

    @cached_property
    def order(self) -> tuple[int, ...]:
        """The positions of the states, each before those that it leads to."""
        rank = {place: at for at, place in enumerate(reversed(self._graph.edges))}
        return tuple(sorted(range(len(self.states)), key=lambda at: rank[self.states[at].place]))

    @cached_property
    def longest(self) -> int:
        """How many questions a way has at most."""
        lengths = [0] * len(self.states)
        for at in reversed(self.order):
            lengths[at] = max((1 + lengths[way.to] for way in self.onward[at]), default=0)
        return lengths[0]

    @cached_property
    def entered(self) -> tuple[Passed, ...]:
        """What every way passes before its first question."""
        return tuple(entered(self.tables))

    def passed(self, at: int, way: Way) -> tuple[Passed, ...]:
        """Return the edges that a way takes: that of its answer, then what is passed to the next question."""
        places = ((self.states[at].place, way.answer), *way.known)
        return tuple(each for place, answer in places for each in self._at_place(place, answer))

    def _at_place(self, place: Place, answer: str) -> tuple[Passed, ...]:
        key = (id(place), answer)
        if key not in self._passed:
            self._passed[key] = tuple(passed(place, answer))
        return self._passed[key]


def options(place: Place) -> Iterator[tuple[str, Bounds | None]]:
    """Yield an answer for each way on of a place, with the bounds of a range; a range that no number takes has none."""
    node = place.node
    if isinstance(node, Number):
        low, high = node.between
        for each in node.ranges:
            last = high if each.below is None else min(each.below - 1, high)
            if low <= last:
                usual = node.usual is not None and low <= node.usual <= last
                yield str(node.usual if usual else low), (low, last)
                low = last + 1
    yield from ((answer, None) for answer in accepts(place))


class _Places:
    """The places of a flow with their edges, each after those it leads to, and at each the facts that still matter."""

    def __init__(self, tables: Tables) -> None:
        self.pack = tables.pack
        self.edges: dict[Place, list[tuple[str, Bounds | None, Edge]]] = {}
        self.mattering: dict[Place, dict[str, dict[str, str]]] = {}
        self._values = {fact: tuple(each.options) for fact, each in self.pack.facts.items()}
        self._parted: dict[Place, dict[str, Parted]] = {}
        self._walk(tables.first[3])
        for place in self.edges:
            parted = self._parted[place] = self._matters(place)
            self.mattering[place] = {
                fact: dict(zip(self._values[fact], first, strict=True)) for fact, first in parted.items()
            }

    def _walk(self, first: Place) -> None:
        """Find the places, those that an edge leads to before the one it comes from."""
        under_way: set[Place] = set()
        waiting = [first]
        found: dict[Place, list[tuple[str, Bounds | None, Edge]]] = {}
        while waiting:
            place = waiting[-1]
            if place in self.edges:
                waiting.pop()
            elif place in under_way:
                under_way.discard(place)
                self.edges[place] = found[place]
                waiting.pop()
            else:
                under_way.add(place)
                found[place] = [] if place.leg else [(*each, place.edge(each[0])) for each in options(place)]
                for _, _, edge in found[place]:
                    if edge[3] in under_way:
                        raise Failure(Text(zh="流程里有圈，走不到头", en="the flow runs in a circle"), BAD_DATA)
                    if edge[3] not in self.edges:
                        waiting.append(edge[3])

    def _matters(self, place: Place) -> dict[str, Parted]:
        """Return, for each fact that still matters at a place, which of its values lead to the same."""
        if place.leg:
            return {fact: self._values[fact] for fact in mattering(place.flow, self.pack) if fact in self._values}
        parts: dict[str, set[Parted]] = {}
        for to in {edge[3] for _, _, edge in self.edges[place]}:
            for fact, parted in self._parted[to].items():
                if fact != place.fact:
                    parts.setdefault(fact, set()).add(parted)
        for fact in told(place.node, self.pack):
            if fact in self._values and fact != place.fact:
                parts.setdefault(fact, set()).add(self._by_contact(fact))
        found = {fact: self._joined(fact, each) for fact, each in parts.items()}
        if place.fact is not None:
            found[place.fact] = self._by_edge(place, place.fact)
        return found

    def _by_contact(self, fact: str) -> Parted:
        known = self.pack.facts[fact].options
        return self._first(fact, [known[value].contact for value in self._values[fact]])

    def _by_edge(self, place: Place, fact: str) -> Parted:
        """Part the values of a fact by where they lead from a node that asks it."""
        case = getattr(place.node, "to", None) or {}
        keys: list[object] = []
        for at, (value, _, edge) in enumerate(self.edges[place]):
            after = self._parted[edge[3]].get(fact)
            keys.append((value if value in case else "", id(edge[3]), None if after is None else after[at]))
        return self._first(fact, keys)

    def _joined(self, fact: str, parts: set[Parted]) -> Parted:
        if len(parts) == 1:
            return next(iter(parts))
        return self._first(fact, list(zip(*sorted(parts), strict=True)))

    def _first(self, fact: str, keys: Iterable[object]) -> Parted:
        first: dict[object, str] = {}
        return tuple(first.setdefault(key, value) for key, value in zip(keys, self._values[fact], strict=True))
