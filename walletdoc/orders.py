"""The orders of one run of units: what users spend in each, and which is the best.

With one fault at a time and costs that do not depend on the order, to go by probability over cost, the highest first, is
optimal: J. B. Kadane and H. A. Simon, Optimal strategies for a class of constrained sequential problems, Annals of
Statistics 5 (1977) 237-255; for troubleshooting D. Heckerman, J. S. Breese and K. Rommelse, Decision-theoretic
troubleshooting, Communications of the ACM 38:3 (1995) 49-57. Where that does not hold, orders are tried.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import permutations
from math import fsum, inf, isclose
from typing import Literal, TypeAlias

from walletdoc.flow import Call, Do, End, Flow, Node, Switch, Try
from walletdoc.mass import NOBODY, Arrivals, Known, Mass, State, Walk
from walletdoc.units import Run, Unit, arranged, entered

MAX_TRIED = 5
"""Every order is tried of a run of at most so many units."""

DIGITS = 9
"""Minutes are compared to so many places: what differs less is equal, and the order nearer to the authored one is taken."""

Method = Literal["exhaustive", "p/c", "neighbour swaps"]
Allowed: TypeAlias = Callable[[Flow], bool]


@dataclass(slots=True)
class _Through:
    """What becomes of users of one kind in a unit: expected minutes, what who goes on knows, whether any stops there lost."""

    minutes: float = 0.0
    on: tuple[tuple[Known, float], ...] = ()
    lost: bool = False

    @property
    def stops(self) -> bool:
        """Whether any of them stop here."""
        return round(fsum(share for _, share in self.on), DIGITS) < 1


class Orders:
    """The orders of a run's units, and what users spend in the run and after it in each.

    What users know after some units, and who is left, does not depend on the order of these units: so it is kept by the
    set of them, a mask.
    """

    def __init__(self, walk: Walk, run: Run) -> None:
        """Take a flow that was walked, and a run of it."""
        self.walk = walk
        self.run = run
        self.authored = tuple(range(len(run)))
        self.ids = [[id_ for id_ in walk.ids if id_ in unit.nodes] for unit in run]
        self.inside = frozenset(id_ for unit in run for id_ in unit.nodes)
        self.entering = self._entering()
        self.causes = {cause for users in self.entering for cause, _ in users}
        self.found = {cause for node in walk.flow.nodes.values() if isinstance(node, Do) for cause in node.fixes}
        self.like = [self._alike(unit) for unit in run]
        self._units: dict[tuple[int, Known], dict[str, _Through]] = {}
        self._left: dict[tuple[int, int], dict[State, float]] = {}
        self._spent: dict[tuple[int, int, int], float] = {}
        self._tails: dict[tuple[int, int], float] = {}

    def _entering(self) -> list[dict[State, float]]:
        """Return for each unit who comes to its head from outside the run."""
        walk = self.walk
        heads = {unit.head: at for at, unit in enumerate(self.run)}
        users: list[dict[State, float]] = [{} for _ in heads]
        if walk.flow.start in heads:
            first = walk.arrivals[walk.flow.start]
            users[heads[walk.flow.start]] = {state: mass.users for state, mass in first.items()}
        for id_ in walk.ids:
            if id_ in self.inside or walk.targets[id_].isdisjoint(heads):
                continue
            node = walk.flow.nodes[id_]
            for state, mass in walk.arrivals.get(id_, NOBODY).items():
                for target, known, share, *_ in walk.moves(node, id_, state):
                    if target in heads:
                        here, after = users[heads[target]], (state[0], known)
                        here[after] = here.get(after, 0.0) + mass.users * share
        return users

    def gain(self) -> float:
        """Return a bound of the minutes that the best order can gain, were every order allowed.

        Who passes all units spends the same in any order; who stops at one spends at least what it takes by itself.
        """
        gain = 0.0
        for entry, users in enumerate(self.entering):
            for state, share in users.items():
                ways = [self.unit(unit, state) for unit in self.authored]
                stops = [unit for unit, way in enumerate(ways) if not way.lost and way.stops]
                if stops and stops[0] < entry:
                    return inf  # a unit that they do not come to now may keep them from what is after the run
                if stops:
                    gain += share * (self._alone(entry, state) - min(ways[unit].minutes for unit in stops))
        return gain

    def saved(self) -> float:
        """Return the minutes that the best order found saves, were every order allowed."""
        best, _ = self.best(lambda _: True)
        return self.minutes(self.authored) - self.minutes(best)

    def _alone(self, unit: int, state: State) -> float:
        """Return what users of one kind spend from a unit on to the end of the run, in the authored order."""
        if unit == len(self.run):
            return 0.0
        way = self.unit(unit, state)
        return way.minutes + fsum(share * self._alone(unit + 1, (state[0], after)) for after, share in way.on)

    def best(self, allowed: Allowed) -> tuple[tuple[int, ...], Method]:
        """Return the best order, as the places of the units in the run, and how it was looked for."""
        if len(self.run) <= MAX_TRIED:
            return self._tried(allowed), "exhaustive"
        ranked = self._ranked()
        if ranked is not None and (ranked == self.authored or self._allows(allowed, ranked)):
            return ranked, "p/c"
        return self._swapped(allowed), "neighbour swaps"

    def _allows(self, allowed: Allowed, ordered: Sequence[int]) -> bool:
        return allowed(arranged(self.walk.flow, self.run, ordered))

    def _tried(self, allowed: Allowed) -> tuple[int, ...]:
        """Try every order, the best first."""
        limit = self.minutes(self.authored)
        costs = ((self.minutes(each), each) for each in permutations(self.authored))
        better = sorted(each for each in costs if each[0] < limit)
        return next((each for _, each in better if self._allows(allowed, each)), self.authored)

    def _swapped(self, allowed: Allowed) -> tuple[int, ...]:
        """Swap neighbours, the best swap first, as long as one helps."""
        best = self.authored
        while True:
            limit = self.minutes(best)
            swaps = [(*best[:at], best[at + 1], best[at], *best[at + 2 :]) for at in range(len(best) - 1)]
            better = sorted((self.minutes(each), each) for each in swaps)
            next_ = next((each for cost, each in better if cost < limit and self._allows(allowed, each)), None)
            if next_ is None:
                return best
            best = next_

    def _ranked(self) -> tuple[int, ...] | None:
        """Return the order by probability over cost; None where that need not be the best.

        It is the best where users enter only at the first unit, stop in at most one of the units, and passing one costs
        all who pass it the same, whatever was before it.
        """
        if any(self.entering[1:]):
            return None
        ratios: list[float] = []
        stops: set[State] = set()
        for unit in self.authored:
            ways = {state: self.unit(unit, state) for state in self.entering[0]}
            passing = {state: way.minutes for state, way in ways.items() if way.on}
            stopping = ways.keys() - passing.keys()
            cost = next(iter(passing.values()), 0.0)
            plain = all(ways[state].on == ((state[1], 1.0),) and not ways[state].lost for state in passing)
            if not plain or stopping & stops or not all(isclose(each, cost) for each in passing.values()):
                return None
            stops |= stopping
            found = fsum(self.entering[0][state] for state in stopping)
            ratios.append(found / cost if cost else inf)
        return tuple(sorted(self.authored, key=lambda at: -ratios[at]))

    def minutes(self, ordered: Sequence[int]) -> float:
        """Return what all who enter the run spend in it and after it; infinite where a cause is lost in it.

        What is spent after it is left out for those who enter at the first unit: they pass all units in every order.
        """
        total = 0.0
        starts = entered(self.run, ordered)
        for entry, users in enumerate(self.entering):
            if users:
                passed = 0
                for unit in ordered[ordered.index(starts[entry]) :]:
                    total += self.spent(entry, unit, passed)
                    passed |= 1 << unit
                total += self.tail(entry, passed) if entry else 0.0
        return round(total, DIGITS)

    def spent(self, entry: int, unit: int, passed: int) -> float:
        """Return what users who entered at one unit spend in another, after those in the mask."""
        key = (entry, unit, passed)
        spent = self._spent.get(key)
        if spent is None:
            ways = [(users, self.unit(unit, state)) for state, users in self.left(entry, passed).items()]
            lost = any(way.lost for _, way in ways)
            spent = self._spent[key] = inf if lost else fsum(users * way.minutes for users, way in ways)
        return spent

    def left(self, entry: int, passed: int) -> dict[State, float]:
        """Return who is left of the users who entered at one unit after the units in the mask."""
        if not passed:
            return self.entering[entry]
        left = self._left.get((entry, passed))
        if left is None:
            left = self._left[entry, passed] = {}
            unit = passed.bit_length() - 1
            for state, before in self.left(entry, passed & ~(1 << unit)).items():
                for known, share in self.unit(unit, state).on:
                    after = (state[0], known)
                    left[after] = left.get(after, 0.0) + before * share
        return left

    def unit(self, unit: int, state: State) -> _Through:
        """Return what becomes of users of one kind in a unit."""
        cause, known = state
        like = self.like[unit]
        ways = self._units.get((unit, known))
        if ways is None:
            ways = self._units[unit, known] = {each: _Through() for each in like.values()}
            which = self.run[unit]
            arrivals: Arrivals = {which.head: {(each, known): Mass(1.0, most=0) for each in ways}}
            for at, after, mass in self.walk.through(self.walk.flow, self.ids[unit], arrivals):
                way = ways[after[0]]
                way.minutes += mass.minutes
                if at == which.on:
                    way.on = (*way.on, (after[1], mass.users))
                elif self._is_lost(at, after[0]):
                    way.lost = True
        return ways[like[cause]]

    def _alike(self, unit: Unit) -> dict[str, str]:
        """Return for each cause the first that has the same truth in a unit: most have nothing of what it looks for."""
        flow = self.walk.flow
        inside = {id_: flow.nodes[id_] for id_ in unit.nodes}
        keys = frozenset(inside).union(*(map(_fact, self.walk.facts(node)) for node in inside.values()))
        leaving = frozenset().union(*(self.walk.targets[id_] for id_ in inside)) - unit.nodes
        naming = [*inside.values(), *(flow.nodes[id_] for id_ in leaving if id_ in flow.nodes)]
        named = [each for each in map(_causes, naming) if each]
        first: dict[object, str] = {}
        return {
            cause: first.setdefault(
                (
                    tuple([(key, said) for key, said in flow.causes[cause].truth.items() if key in keys]),
                    tuple([cause in each for each in named]),
                    cause in self.found,
                ),
                cause,
            )
            for cause in self.causes
        }

    def _is_lost(self, id_: str, cause: str) -> bool:
        node = self.walk.flow.nodes.get(id_)
        match node:
            case None | End(end="fixed"):
                return False
            case End(causes=causes) | Switch(causes=causes):
                return cause not in causes and cause not in self.found
            case _:
                return cause not in self.found

    def tail(self, entry: int, passed: int) -> float:
        """Return what those who are left spend after the run."""
        tail = self._tails.get((entry, passed))
        if tail is None:
            there = {state: Mass(users, most=0) for state, users in self.left(entry, passed).items()}
            outside = [id_ for id_ in self.walk.ids if id_ not in self.inside]
            stopped = self.walk.through(self.walk.flow, outside, {self.run[-1].on: there})
            tail = self._tails[entry, passed] = fsum(each.mass.minutes for each in stopped)
        return tail


def _fact(id_: str) -> str:
    return f"fact.{id_}"


def _causes(node: Node) -> tuple[str, ...]:
    """Return the causes that a node tells from others by naming them: those that it fixes, or ends with."""
    match node:
        case Try(fixes=causes) | Do(fixes=causes) | Call(fixes=causes) | End(causes=causes) | Switch(causes=causes):
            return causes
        case _:
            return ()
