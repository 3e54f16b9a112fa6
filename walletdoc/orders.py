"""The orders of one run of units: what users spend in each, and which is the best.

With one fault at a time and costs that do not depend on the order, to go by probability over cost, the highest first, is
optimal: J. B. Kadane and H. A. Simon, Optimal strategies for a class of constrained sequential problems, Annals of
Statistics 5 (1977) 237-255; for troubleshooting D. Heckerman, J. S. Breese and K. Rommelse, Decision-theoretic
troubleshooting, Communications of the ACM 38:3 (1995) 49-57. Where that does not hold, orders are tried.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import permutations
from math import fsum, inf
from typing import Literal, TypeAlias

from walletdoc.flow import Do, End, FactNode, Flow, Switch, edges
from walletdoc.mass import Arrivals, Spent, Told, Walk
from walletdoc.units import Run, arranged, entered

MAX_TRIED = 5
"""Every order is tried of a run of at most so many units."""

DIGITS = 9
"""Minutes are compared to so many places: what differs less is equal, and the order nearer to the authored one is taken."""

Method = Literal["exhaustive", "p/c", "neighbour swaps"]
Allowed: TypeAlias = Callable[[Flow], bool]


@dataclass(frozen=True, slots=True)
class _Passage:
    """What becomes of users in a unit: what they spend, who goes on, who stops there lost, and what was told by then."""

    spent: Spent
    on: int
    lost: int
    told: Told


class Orders:
    """The orders of a run's units, and what users spend in the run and after it in each.

    Who is left after some units, and what they told, does not depend on the order of these units: so it is kept by the
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
        self.found = walk.those_with(
            cause for node in walk.flow.nodes.values() if isinstance(node, Do) for cause in node.fixes
        )
        self._left: dict[tuple[int, int], tuple[int, Told]] = {}
        self._spent: dict[tuple[int, int, int], float] = {}
        self._tails: dict[tuple[int, int], float] = {}

    def _entering(self) -> list[int]:
        """Return for each unit who comes to its head from outside the run."""
        walk = self.walk
        within: Arrivals = {}
        for unit, ids in zip(self.run, self.ids, strict=True):
            here = {unit.head: walk.arrivals.get(unit.head, 0)}
            walk.through(walk.flow, ids, here, dict(walk.told_at[unit.head]), Spent())
            within[unit.on] = here.get(unit.on, 0)
        return [walk.arrivals.get(unit.head, 0) & ~within.get(unit.head, 0) for unit in self.run]

    def gain(self) -> float:
        """Return a bound of the minutes that the best order can gain, were every order allowed.

        Who passes all units spends the same in any order; who stops at one unit whatever the order, at least what that
        takes by itself: so no more can be gained than what they spend in those before it.
        """
        gain = 0.0
        for entry, users in enumerate(self.entering):
            alone = [self._pass(unit, users, self._told(entry)) for unit in self.authored] if users else []
            stops = [users & ~each.on & ~each.lost for each in alone]
            if any(stops[:entry]):
                return inf  # a unit that they do not come to now may keep them from what is after the run
            left, told = users, self._told(entry)
            for unit in self.authored[entry:] if users else ():
                later, elsewhere = _any(stops[unit + 1 :]), _any(stops[:unit])
                passage = self._pass(unit, left, told)
                gain += self.walk.cost(passage.spent, later | stops[unit] & elsewhere)
                left, told = passage.on, passage.told
        return gain

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
        users, *late = self.entering
        facts = [{node.fact for id_ in ids if isinstance(node := self.walk.flow.nodes[id_], FactNode)} for ids in self.ids]
        if any(late) or sum(map(len, facts)) > len(set[str]().union(*facts)):
            return None
        ratios: list[float] = []
        stopped = 0
        for unit in self.authored:
            passage = self._pass(unit, users, self._told(0))
            stops = users & ~passage.on
            cost = _same(passage.spent, passage.on)
            if cost is None or stops & stopped:
                return None
            stopped |= stops
            found = self.walk.weight(stops)
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
            passage = self._pass(unit, *self.left(entry, passed))
            spent = self._spent[key] = inf if passage.lost else self.walk.cost(passage.spent)
        return spent

    def left(self, entry: int, passed: int) -> tuple[int, Told]:
        """Return who is left of the users who entered at one unit after the units in the mask, and what they told."""
        if not passed:
            return self.entering[entry], self._told(entry)
        left = self._left.get((entry, passed))
        if left is None:
            unit = passed.bit_length() - 1
            passage = self._pass(unit, *self.left(entry, passed & ~(1 << unit)))
            left = self._left[entry, passed] = (passage.on, passage.told)
        return left

    def tail(self, entry: int, passed: int) -> float:
        """Return what those who are left spend after the run."""
        tail = self._tails.get((entry, passed))
        if tail is None:
            users, told = self.left(entry, passed)
            outside = [id_ for id_ in self.walk.ids if id_ not in self.inside]
            spent = Spent()
            self.walk.through(self.walk.flow, outside, {self.run[-1].on: users}, dict(told), spent)
            tail = self._tails[entry, passed] = self.walk.cost(spent)
        return tail

    def _told(self, entry: int) -> Told:
        """Return what had been told by those who come to a unit, before the run."""
        users = self.entering[entry]
        return {fact: mask & users for fact, mask in self.walk.told_at[self.run[entry].head].items()}

    def _pass(self, unit: int, users: int, told: Told) -> _Passage:
        which = self.run[unit]
        arrivals: Arrivals = {which.head: users}
        spent, told = Spent(), dict(told)
        self.walk.through(self.walk.flow, self.ids[unit], arrivals, told, spent)
        ended = [(id_, mask) for id_, mask in arrivals.items() if id_ not in which.nodes and id_ != which.on]
        lost = _any([mask & ~self._finds(id_) for id_, mask in ended])
        on = arrivals.get(which.on, 0)
        silent = users & ~on & ~_any([mask for _, mask in ended])
        return _Passage(spent, on, (lost | silent) & ~self.found, told)

    def _finds(self, id_: str) -> int:
        """Return whose cause is found where a unit ends."""
        node = self.walk.flow.nodes.get(id_)
        match node:
            case End(end=kind, causes=causes) if kind != "fixed":
                return self.walk.those_with(causes)
            case Switch(causes=causes):
                return self.walk.those_with(causes)
            case _:
                return ~0


def _any(masks: Sequence[int]) -> int:
    found = 0
    for mask in masks:
        found |= mask
    return found


def _same(spent: Spent, users: int) -> int | None:
    """Return what all of these users spent; None where it is not the same."""
    digits: list[int] = []
    ...
