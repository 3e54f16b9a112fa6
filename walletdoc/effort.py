"""What a flow costs its users: expected minutes and questions, the worst way, and the order of its units that costs least.

Counted over truthful users (`truth.py`): a cause as often as its weight says, values of an open fact and of a listed truth
evenly. A user's session is walked to its end; a switch ends the count; a step that is called is walked. What a fact was
told is known from then on. Users are walked as probability mass, those who are alike together: ways are never listed.

With one fault at a time and costs that do not depend on the order, to go by probability over cost, the highest first, is
optimal: J. B. Kadane and H. A. Simon, Optimal strategies for a class of constrained sequential problems, Annals of
Statistics 5 (1977) 237-255; for troubleshooting D. Heckerman, J. S. Breese and K. Rommelse, Decision-theoretic
troubleshooting, Communications of the ACM 38:3 (1995) 49-57. Where that does not hold, orders are tried.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import permutations
from math import fsum, inf, isclose
from typing import Literal, NamedTuple, TypeAlias, assert_never

from walletdoc.flow import (
    MONEY_TAKEN,
    UNSURE,
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
from walletdoc.truth import answers, called, prove, values
from walletdoc.units import Run, arranged, entered, runs

OUT = ""
"""Where a way goes that leads to no node of the flow: an option out of scope, an end of a step that is not mapped."""

MAX_TRIED = 5
"""Every order is tried of a run of at most so many units."""

BETTER = 1e-9
"""Minutes by which an order must be better than another to count as better."""

Known: TypeAlias = tuple[tuple[str, str], ...]
State: TypeAlias = tuple[str, Known]
"""Users who are alike: their cause, and the facts told that may be asked again."""

Method = Literal["exhaustive", "p/c", "neighbour swaps"]
Allowed: TypeAlias = Callable[[Flow], bool]


@dataclass(frozen=True, slots=True)
class Way:
    """The way of one user: its cause, its minutes, and its answers as `node=answer`; a step that is called is one answer."""

    cause: str
    minutes: int
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Effort:
    """What users are expected to spend in a flow, and the way of a truthful user that takes longest (None without causes)."""

    minutes: float
    questions: float
    worst: Way | None


@dataclass(frozen=True, slots=True)
class Reordered:
    """A run of units, by their heads: as written, in the best order found, and how that was looked for."""

    authored: tuple[str, ...]
    best: tuple[str, ...]
    method: Method


@dataclass(frozen=True, slots=True)
class Order:
    """A flow as written beside its best order: what each costs, by how many per cent the authored order is worse.

    `method` is the weakest that was used for any of its runs: all orders tried, probability over cost, or swaps of
    neighbours until none helps. `order` holds each run; `flow` is the flow in the best order.
    """

    authored: Effort
    best: Effort
    method: Method
    worse_by: float
    order: tuple[Reordered, ...]
    flow: Flow


def effort(flow: Flow, pack: Pack) -> Effort:
    """Return what users are expected to spend in a flow; raises ValueError where it runs in a circle."""
    return _Walk(flow, pack).effort()


def policy_minutes(flow: Flow, cause: str, pack: Pack, said: Mapping[str, str] | None = None) -> float:
    """Return the expected minutes of a truthful user with one cause.

    `said` fixes what this user answers where more than one answer is true, keyed as in a cause's truth: a node, or
    `fact.<id>`. For the best policy give the flow of `best_order`. Raises KeyError for a cause that the flow does not
    have, ValueError where it runs in a circle.
    """
    user = flow.causes[cause]
    truth = {**user.truth, **{key: (answer,) for key, answer in (said or {}).items()}}
    return effort(replace(flow, causes={cause: replace(user, truth=truth)}), pack).minutes


def sound(flow: Flow, pack: Pack) -> bool:
    """Whether a flow is proved, and pays again only after no money was taken."""
    return money_first(flow, pack) and not prove(flow, pack).problems


def money_first(flow: Flow, pack: Pack) -> bool:
    """Whether every try that pays again is reached only after the user said that no money was taken."""
    states: dict[str, frozenset[str]] = {flow.start: frozenset({_UNASKED})}
    for id_ in order(flow) or ():
        node, before = flow.nodes[id_], states.get(id_, frozenset())
        if isinstance(node, Try | Call) and node.retries_payment and before - {"no"}:
            return False
        for edge in edges(node):
            after = _money_after(flow, pack, node, edge.answer, before)
            states[edge.target] = states.get(edge.target, frozenset()) | after
    return True


_UNASKED = ""


def _money_after(flow: Flow, pack: Pack, node: Node, answer: str, before: frozenset[str]) -> frozenset[str]:
    """Return what may be known of the money after an answer, by what was known before it."""
    match node:
        case FactNode(fact=fact, to=to) if fact == MONEY_TAKEN:
            told = frozenset(pack.facts[fact].options) if _UNASKED in before else before
            return told & {answer} if answer else told - frozenset(to or ())
        case Try() | Call() if answer == "taken":
            return frozenset({"yes"})
        case Call(call=step) if _UNASKED in before and MONEY_TAKEN in _asked(pack.step(step), called(flow, pack), frozenset()):
            return before | frozenset(pack.facts[MONEY_TAKEN].options)
        case _:
            return before


def best_order(flow: Flow, pack: Pack, allowed: Allowed | None = None, above: float = 0.0) -> Order:
    """Return the best order of what may change places in a flow (`units.py`).

    An order counts if `allowed` says so of the flow in it (default: `sound`). Orders are looked at more closely only if,
    all of them allowed, the authored one would be more than `above` per cent worse than the best. Raises ValueError
    where the flow runs in a circle.
    """
    walk = _Walk(flow, pack)
    found = runs(flow, pack)
    if above and _ordered(walk, found, lambda _: True).worse_by <= above:
        return _ordered(walk, (), lambda _: True)
    return _ordered(walk, found, allowed or (lambda each: sound(each, pack)))


def _ordered(walk: "_Walk", found: Iterable[Run], allowed: Allowed) -> Order:
    before = walk.effort()
    done: list[Reordered] = []
    for run in found:
        ordered, method = _Orders(walk, run, allowed).best()
        heads = tuple(unit.head for unit in run)
        done.append(Reordered(heads, tuple(heads[at] for at in ordered), method))
        if done[-1].best != heads:
            walk = _Walk(arranged(walk.flow, run, ordered), walk.pack)
    best = walk.effort()
    worse_by = 100 * (before.minutes / best.minutes - 1) if best.minutes else 0.0
    ranks: tuple[Method, ...] = ("exhaustive", "p/c", "neighbour swaps")
    method = max((each.method for each in done), key=ranks.index, default="exhaustive")
    return Order(before, best, method, worse_by, tuple(done), walk.flow)


# --- users as probability mass


_Move: TypeAlias = tuple[str, Known, float, float, float, int, str | None]
"""Where a share of those at a node goes: target, what they know there, share, minutes, questions, most minutes, answer.

Minutes and questions are what this costs each of them on average, most is what it costs at worst; the answer is None
where nothing is asked. A bare tuple, since one is made for each step of each kind of user.
"""


@dataclass(slots=True)
class _Mass:
    """Users who are alike at one node: how many, what they spent (times how many), and the longest way to here."""

    users: float = 0.0
    minutes: float = 0.0
    questions: float = 0.0
    most: int = -1
    came: "tuple[_Mass, str, str | None] | None" = None


class _Stopped(NamedTuple):
    """Users who go no further."""

    at: str
    state: State
    mass: _Mass


_There: TypeAlias = dict[State, _Mass]
_Arrivals: TypeAlias = dict[str, _There]
_NOBODY: _There = {}


class _Walk:
    """The users of one flow, walked through it: who arrives where, and who stops where."""

    def __init__(self, flow: Flow, pack: Pack) -> None:
        ids = order(flow)
        if ids is None:
            raise ValueError(flow.flow)
        self.flow = flow
        self.pack = pack
        self.ids = ids
        self.steps = called(flow, pack)
        self.asked = {id_: tuple(_asked(step, self.steps, frozenset({id_}))) for id_, step in self.steps.items()}
        asked = Counter(_asked(flow, self.steps, frozenset()))
        self.again = frozenset(fact for fact, times in asked.items() if times > 1)
        nodes = [node for owner in (flow, *self.steps.values()) for node in owner.nodes.values()]
        self.parting = frozenset(node.fact for node in nodes if isinstance(node, FactNode) and node.to is not None)
        self._ways = {id(node): {edge.answer: edge.target for edge in edges(node)} for node in nodes}
        self._told: dict[tuple[int, tuple[str, ...]], tuple[_Move, ...]] = {}
        self._called: dict[tuple[str, bool, Known, tuple[tuple[str, ...] | None, ...]], tuple[_Move, ...]] = {}
        weights = {id_: cause.weight for id_, cause in flow.causes.items()}
        total = sum(weights.values())
        users = {id_: weight / total if total else 1 / len(weights) for id_, weight in weights.items()}
        self.arrivals: _Arrivals = {flow.start: {(id_, ()): _Mass(share, most=0) for id_, share in users.items()}}
        self.stopped = self.through(flow, ids, self.arrivals)

    def effort(self) -> Effort:
        """Return what the users spend."""
        worst = max(self.stopped, key=lambda each: each.mass.most, default=None)
        return Effort(
            fsum(each.mass.minutes for each in self.stopped),
            fsum(each.mass.questions for each in self.stopped),
            None if worst is None else Way(worst.state[0], worst.mass.most, self._answers(worst.mass)),
        )

    def _answers(self, mass: _Mass) -> tuple[str, ...]:
        way: list[str] = []
        while mass.came is not None:
            mass, id_, answer = mass.came
            node = self.flow.nodes[id_]
            if answer is not None:
                way.append(f"{f'fact.{node.fact}' if isinstance(node, FactNode) else id_}={answer}")
        return tuple(reversed(way))

    def through(
        self, owner: Flow | Step, ids: Iterable[str], arrivals: _Arrivals, fixed: bool | None = None
    ) -> list[_Stopped]:
        """Walk those who have arrived over these nodes, given each before those it leads to; return those who stop.

        They stop at a node without a way on for them, or at one that is not among these.
        """
        stopped: list[_Stopped] = []
        walked = set()
        for id_ in ids:
            walked.add(id_)
            node = owner.nodes[id_]
            for state, mass in arrivals.get(id_, _NOBODY).items():
                cause = state[0]
                moves = self.moves(node, id_, cause, state[1], fixed)
                if not moves:
                    stopped.append(_Stopped(id_, state, mass))
                for target, known, share, minutes, questions, most, answer in moves:
                    there = arrivals.get(target)
                    if there is None:
                        there = arrivals[target] = {}
                    after = (cause, known)
                    next_ = there.get(after)
                    if next_ is None:
                        next_ = there[after] = _Mass()
                    users = mass.users * share
                    next_.users += users
                    next_.minutes += mass.minutes * share + users * minutes
                    next_.questions += mass.questions * share + users * questions
                    if mass.most + most > next_.most:
                        next_.most = mass.most + most
                        next_.came = (mass, id_, answer)
        elsewhere = [(id_, there) for id_, there in arrivals.items() if id_ not in walked]
        return stopped + [_Stopped(id_, state, mass) for id_, there in elsewhere for state, mass in there.items()]

    def moves(
        self, node: Node, id_: str, cause: str, known: Known, fixed: bool | None = None
    ) -> tuple[_Move, ...]:
        """Return where users go on; `fixed` says whether the tries of a step fix their cause, None in a flow."""
        match node:
            case Ask() | Number():
                said = answers(self.flow, id_, node, cause)
                minutes, share = node.minutes, 1 / (len(said) or 1)
                return tuple((self.way(node, each), known, share, minutes, 1, minutes, each) for each in said)
            case FactNode():
                return self._fact(node, cause, known)
            case Try(fixes=fixes):
                answer = "fixed" if (cause in fixes if fixed is None else fixed) else "not-fixed"
                return ((self.way(node, answer), known, 1, node.minutes, 0, node.minutes, answer),)
            case Do():
                return ((node.done, known, 1, node.minutes, 0, node.minutes, "done"),)
            case Call(fixes=fixes):
                left = self._call(node.call, cause, known, fixed=cause in fixes if fixed is None else fixed)
                return tuple((self.way(node, exit_), *spent, exit_) for exit_, *spent, _ in left)
            case Switch() | End():
                return ()
            case _:
                assert_never(node)

    def way(self, node: Node, answer: str) -> str:
        """Return where an answer leads."""
        ways = self._ways[id(node)]
        if isinstance(node, Number) and answer != UNSURE:
            answer = str(option_of(node, int(answer)))
        return ways.get(answer) or ways.get("", OUT)

    def _fact(self, node: FactNode, cause: str, known: Known) -> tuple[_Move, ...]:
        for fact, value in known:
            if fact == node.fact:
                return ((self.way(node, value), known, 1, 0, 0, 0, None),)
        said = values(self.pack.facts[node.fact], self.flow.causes[cause].truth.get(f"fact.{node.fact}"))
        told = self._told.get((id(node), said))
        if told is None:
            told = self._told[id(node), said] = tuple(self._tell(node, said))
        return tuple((target, _with(known, new), *spent) for target, new, *spent in told) if known else told

    def _tell(self, node: FactNode, said: tuple[str, ...]) -> Iterator[_Move]:
        """Yield the ways of those who tell a fact; values that make no difference from here on go together."""
        fact = self.pack.facts[node.fact]
        alike: dict[tuple[str, Known], list[str]] = {}
        for value in said:
            target = OUT if fact.options[value].outside is not None else self.way(node, value)
            keeps = value if node.fact in self.parting else ""
            alike.setdefault((target, ((node.fact, keeps),) if node.fact in self.again else ()), []).append(value)
        for (target, known), same in alike.items():
            yield target, known, len(same) / len(said), fact.minutes, 1, fact.minutes, same[0]

    def _call(self, id_: str, cause: str, known: Known, *, fixed: bool) -> tuple[_Move, ...]:
        """Return how users leave a step; the target is the kind of its end."""
        truth = self.flow.causes[cause].truth
        key = (id_, fixed, known, tuple(truth.get(f"fact.{fact}") for fact in self.asked[id_]))
        left = self._called.get(key)
        if left is None:
            self._called[key] = ()  # a step that calls itself; a rule reports it
            step = self.steps[id_]
            arrivals: _Arrivals = {step.start: {(cause, known): _Mass(1.0, most=0)}}
            stopped = self.through(step, order(step) or (), arrivals, fixed)
            left = self._called[key] = tuple(_leaving(step, each) for each in stopped)
        return left


def _asked(owner: Flow | Step, steps: Mapping[str, Step], within: frozenset[str]) -> Iterator[str]:
    """Yield a fact each time that it is asked, in the steps that are called too."""
    for node in owner.nodes.values():
        if isinstance(node, FactNode):
            yield node.fact
        elif isinstance(node, Call) and node.call not in within:
            yield from _asked(steps[node.call], steps, within | {node.call})


def _with(known: Known, new: Known) -> Known:
    return tuple(sorted((*known, *new))) if new else known


def _leaving(step: Step, users: _Stopped) -> _Move:
    node = step.nodes.get(users.at)
    exit_ = node.end if isinstance(node, End) else "switch"
    mass = users.mass
    return exit_, users.state[1], mass.users, mass.minutes / mass.users, mass.questions / mass.users, mass.most, None


# --- the orders of one run


@dataclass(frozen=True, slots=True)
class _Through:
    """What becomes of users of one kind in a unit: expected minutes, who goes on to the next, whether one stops there lost."""

    minutes: float
    on: tuple[tuple[State, float], ...]
    lost: bool


class _Orders:
    """The orders of a run's units, and what users spend in the run and after it in each.

    What users have spent after some units, and what they know then, does not depend on the order of these units: so it
    is kept by the set of them, a mask.
    """

    def __init__(self, walk: _Walk, run: Run, allowed: Allowed) -> None:
        self.walk = walk
        self.run = run
        self.allowed = allowed
        self.ids = [[id_ for id_ in walk.ids if id_ in unit.nodes] for unit in run]
        inside = frozenset(id_ for unit in run for id_ in unit.nodes)
        last = max(walk.ids.index(id_) for id_ in inside)
        self.after = walk.ids[last + 1 :]
        self.entering = [self._entering(unit.head, inside) for unit in run]
        self.found = {cause for node in walk.flow.nodes.values() if isinstance(node, Do) for cause in node.fixes}
        self._units: dict[tuple[int, State], _Through] = {}
        self._left: dict[tuple[int, int], dict[State, float]] = {}
        self._spent: dict[tuple[int, int, int], float] = {}
        self._tails: dict[tuple[int, int], float] = {}

    def _entering(self, head: str, inside: frozenset[str]) -> dict[State, float]:
        """Return who comes to a unit's head from outside the run."""
        walk = self.walk
        users: dict[State, float] = {}
        for id_, there in walk.arrivals.items():
            node = walk.flow.nodes.get(id_)
            if node is None or id_ in inside or all(edge.target != head for edge in edges(node)):
                continue
            for (cause, known), mass in there.items():
                for move in walk.moves(node, id_, cause, known):
                    if move.target == head:
                        state = (cause, move.known)
                        users[state] = users.get(state, 0.0) + mass.users * move.share
        if head == walk.flow.start:
            users = {state: mass.users for state, mass in walk.arrivals[head].items()}
        return users

    def best(self) -> tuple[tuple[int, ...], Method]:
        """Return the best order, as the places of the units in the run, and how it was looked for."""
        authored = tuple(range(len(self.run)))
        if len(authored) <= MAX_TRIED:
            better = sorted((self.minutes(each), each) for each in permutations(authored))
            limit = self.minutes(authored) - BETTER
            tried = (each for minutes, each in better if minutes < limit and self._allows(each))
            return next(tried, authored), "exhaustive"
        ranked = self._ranked()
        if ranked is not None and (ranked == authored or self._allows(ranked)):
            return ranked, "p/c"
        return self._swapped(authored), "neighbour swaps"

    def _allows(self, ordered: Sequence[int]) -> bool:
        return self.allowed(arranged(self.walk.flow, self.run, ordered))

    def _swapped(self, ordered: tuple[int, ...]) -> tuple[int, ...]:
        """Swap neighbours, the best swap first, as long as one helps."""
        while True:
            now = self.minutes(ordered) - BETTER
            swaps = [(*ordered[:at], ordered[at + 1], ordered[at], *ordered[at + 2 :]) for at in range(len(ordered) - 1)]
            better = sorted((self.minutes(each), each) for each in swaps)
            next_ = next((each for minutes, each in better if minutes < now and self._allows(each)), None)
            if next_ is None:
                return ordered
            ordered = next_

    def _ranked(self) -> tuple[int, ...] | None:
        """Return the order by probability over cost; None where that need not be the best.

        It is the best where users enter only at the first unit, stop in at most one of the units, and passing one costs
        all who pass it the same, whatever was before it.
        """
        if any(self.entering[1:]):
            return None
        ratios: list[float] = []
        stops: set[State] = set()
        for unit in range(len(self.run)):
            ways = {state: self.unit(unit, state) for state in self.entering[0]}
            passing = {state: way.minutes for state, way in ways.items() if way.on}
            stopping = ways.keys() - passing.keys()
            plain = all(ways[state].on == ((state, 1.0),) and not ways[state].lost for state in passing)
            alike = all(isclose(each, cost) for cost in list(passing.values())[:1] for each in passing.values())
            if not plain or not alike or stopping & stops:
                return None
            stops |= stopping
            found = fsum(self.entering[0][state] for state in stopping)
            cost = next(iter(passing.values()), 0.0)
            ratios.append(found / cost if cost else inf)
        return tuple(sorted(range(len(ratios)), key=lambda at: -ratios[at]))

    def minutes(self, ordered: Sequence[int]) -> float:
        """Return what all who enter the run spend in it and after it; infinite where a cause is lost in it."""
        total = 0.0
        starts = entered(self.run, ordered)
        for entry, users in enumerate(self.entering):
            if users:
                passed = 0
                for unit in ordered[ordered.index(starts[entry]) :]:
                    total += self.spent(entry, unit, passed)
                    passed |= 1 << unit
                total += self.tail(entry, passed)
        return total

    def spent(self, entry: int, unit: int, passed: int) -> float:
        """Return what users who entered at one unit spend in another, after those in the mask."""
        key = (entry, unit, passed)
        if key not in self._spent:
            ways = [(users, self.unit(unit, state)) for state, users in self.left(entry, passed).items()]
            lost = any(way.lost for _, way in ways)
            self._spent[key] = inf if lost else fsum(users * way.minutes for users, way in ways)
        return self._spent[key]

    def left(self, entry: int, passed: int) -> dict[State, float]:
        """Return who is left of the users who entered at one unit after the units in the mask."""
        if not passed:
            return self.entering[entry]
        key = (entry, passed)
        if key not in self._left:
            unit = passed.bit_length() - 1
            users: dict[State, float] = {}
            for state, before in self.left(entry, passed & ~(1 << unit)).items():
                for after, share in self.unit(unit, state).on:
                    users[after] = users.get(after, 0.0) + before * share
            self._left[key] = users
        return self._left[key]

    def unit(self, unit: int, state: State) -> _Through:
        """Return what becomes of users of one kind in a unit."""
        key = (unit, state)
        if key not in self._units:
            walk, which = self.walk, self.run[unit]
            arrivals: _Arrivals = {which.head: {state: _Mass(1.0, most=0)}}
            stopped = walk.through(walk.flow, self.ids[unit], arrivals)
            on = tuple((each.state, each.mass.users) for each in stopped if each.at == which.on)
            lost = any(self._is_lost(each.at, each.state[0]) for each in stopped if each.at != which.on)
            self._units[key] = _Through(fsum(each.mass.minutes for each in stopped), on, lost)
        return self._units[key]

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
        if not entry:
            return 0.0  # they pass all units in every order, and spend the same after it
        key = (entry, passed)
        if key not in self._tails:
            there = {state: _Mass(users, most=0) for state, users in self.left(entry, passed).items()}
            arrivals: _Arrivals = {self.run[-1].on: there}
            stopped = self.walk.through(self.walk.flow, self.after, arrivals)
            self._tails[key] = fsum(each.mass.minutes for each in stopped)
        return self._tails[key]
