"""Truthful users walked through a flow as probability mass: who arrives where, at what cost, and who stops where.

A cause comes as often as its weight says; a listed truth and the values of an open fact come evenly. Users who are alike,
with the same cause and having told the same, are walked together, so that ways are never listed. What a fact was told is
known from then on and costs nothing again; steps that are called are walked; a switch ends the count.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from typing import NamedTuple, TypeAlias, assert_never

from walletdoc.flow import (
    UNSURE,
    Ask,
    Call,
    Do,
    End,
    Fact,
    FactNode,
    Flow,
    Node,
    Number,
    Pack,
    Step,
    Switch,
    Try,
    option_of,
)
from walletdoc.frozen import frozen
from walletdoc.graph import order, targets
from walletdoc.truth import answers, called, values

OUT = ""
"""Where a way goes that leads to no node of the flow: an option out of scope, an end of a step that is not mapped."""

Known: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]
"""The facts told that come up again, each with the values that it may have, evenly likely: a value that has made no
difference yet is not drawn yet."""

State: TypeAlias = tuple[str, Known]
"""Users who are alike: their cause, and what they told."""


@frozen
class Way:
    """The way of one user: its cause, its minutes, and its answers as `node=answer`; a step that is called is one answer."""

    cause: str
    minutes: int
    answers: tuple[str, ...]


@frozen
class Effort:
    """What users are expected to spend in a flow, and the way of a truthful user that takes longest (None without causes)."""

    minutes: float
    questions: float
    worst: Way | None


Move: TypeAlias = tuple[str, Known, float, float, float, int, str | None]
"""Where a share of those at a node goes: target, what they know there, share, minutes, questions, most minutes, answer.

Minutes and questions are what this costs each of them on average, most is what it costs at worst; the answer is None
where nothing is asked. A bare tuple, since one is made for each step of each kind of user.
"""


@dataclass(slots=True)
class Mass:
    """Users who are alike at one node: how many, what they spent (times how many), and the longest way to here."""

    users: float = 0.0
    minutes: float = 0.0
    questions: float = 0.0
    most: int = -1
    came: "tuple[Mass, str, str | None] | None" = None


class Stopped(NamedTuple):
    """Users who go no further."""

    at: str
    state: State
    mass: Mass


There: TypeAlias = dict[State, Mass]
Arrivals: TypeAlias = dict[str, There]
NOBODY: There = {}


class Walk:
    """The users of one flow, walked through it: who arrives where, and who stops where."""

    def __init__(self, flow: Flow, pack: Pack) -> None:
        """Walk the users of a flow; raises ValueError where it runs in a circle."""
        ids = order(flow)
        if ids is None:
            raise ValueError(flow.flow)
        self.flow = flow
        self.pack = pack
        self.ids = ids
        self.targets = {id_: frozenset(targets(flow.nodes[id_])) for id_ in ids}
        self.steps = called(flow, pack)
        self.asked = {id_: tuple(facts_asked(step, self.steps)) for id_, step in self.steps.items()}
        self.again = frozenset(fact for fact, times in Counter(facts_asked(flow, self.steps)).items() if times > 1)
        self._moves: dict[tuple[int, State, bool | None], tuple[Move, ...]] = {}
        self._told: dict[tuple[int, tuple[str, ...] | None, Known], tuple[Move, ...]] = {}
        self._called: dict[tuple[str, bool, Known, tuple[tuple[str, ...] | None, ...]], tuple[Move, ...]] = {}
        weights = {id_: cause.weight for id_, cause in flow.causes.items()}
        total = sum(weights.values())
        users = {id_: weight / total if total else 1 / len(weights) for id_, weight in weights.items()}
        self.arrivals: Arrivals = {flow.start: {(id_, ()): Mass(share, most=0) for id_, share in users.items()}}
        self.stopped = self.through(flow, ids, self.arrivals)

    def effort(self) -> Effort:
        """Return what the users spend."""
        worst = max(self.stopped, key=lambda each: each.mass.most, default=None)
        return Effort(
            fsum(each.mass.minutes for each in self.stopped),
            fsum(each.mass.questions for each in self.stopped),
            None if worst is None else Way(worst.state[0], worst.mass.most, self._answers(worst)),
        )

    def _answers(self, users: Stopped) -> tuple[str, ...]:
        told = dict(users.state[1])
        way: list[str] = []
        mass = users.mass
        while mass.came is not None:
            mass, id_, answer = mass.came
            node = self.flow.nodes[id_]
            if answer is not None and isinstance(node, FactNode):
                way.append(f"fact.{node.fact}={told.get(node.fact, (answer,))[0]}")
            elif answer is not None:
                way.append(f"{id_}={answer}")
        return tuple(reversed(way))

    def facts(self, node: Node) -> tuple[str, ...]:
        """Return the facts that a node of the flow asks, itself or in the step that it calls."""
        match node:
            case FactNode(fact=fact):
                return (fact,)
            case Call(call=step):
                return self.asked[step]
            case _:
                return ()

    def spent(self, ids: Iterable[str]) -> float:
        """Return the minutes that the users spend at some nodes of the flow."""
        return fsum(
            mass.users * share * minutes
            for id_ in ids
            for state, mass in self.arrivals.get(id_, NOBODY).items()
            for _, _, share, minutes, *_ in self.moves(self.flow.nodes[id_], id_, state)
        )

    def through(
        self, owner: Flow | Step, ids: Sequence[str], arrivals: Arrivals, *, fixed: bool | None = None
    ) -> list[Stopped]:
        """Walk those who have arrived over these nodes, given each before those it leads to; return those who stop.

        They stop at a node without a way on for them, or at one that is not among these.
        """
        stopped: list[Stopped] = []
        for id_ in ids:
            node = owner.nodes[id_]
            for state, mass in arrivals.get(id_, NOBODY).items():
                cause = state[0]
                moves = self.moves(node, id_, state, fixed=fixed)
                if not moves:
                    stopped.append(Stopped(id_, state, mass))
                for target, known, share, minutes, questions, most, answer in moves:
                    there = arrivals.get(target)
                    if there is None:
                        there = arrivals[target] = {}
                    after = (cause, known)
                    users = mass.users * share
                    minutes_, questions_ = (
                        mass.minutes * share + users * minutes,
                        mass.questions * share + users * questions,
                    )
                    met = there.get(after)
                    if met is None:
                        there[after] = Mass(users, minutes_, questions_, mass.most + most, (mass, id_, answer))
                        continue
                    met.users += users
                    met.minutes += minutes_
                    met.questions += questions_
                    if mass.most + most > met.most:
                        met.most = mass.most + most
                        met.came = (mass, id_, answer)
        walked = frozenset(ids)
        elsewhere = ((id_, there) for id_, there in arrivals.items() if id_ not in walked)
        return stopped + [Stopped(id_, state, mass) for id_, there in elsewhere for state, mass in there.items()]

    def moves(self, node: Node, id_: str, state: State, *, fixed: bool | None = None) -> tuple[Move, ...]:
        """Return where users go on; `fixed` says whether the tries of a step fix their cause, None in a flow."""
        key = (id(node), state, fixed)
        moves = self._moves.get(key)
        if moves is None:
            moves = self._moves[key] = self._onward(node, id_, *state, fixed=fixed)
        return moves

    def _onward(self, node: Node, id_: str, cause: str, known: Known, *, fixed: bool | None) -> tuple[Move, ...]:
        match node:
            case Ask(minutes=cost) | Number(minutes=cost):
                said = answers(self.flow, id_, node, cause)
                return tuple([(_way(node, each), known, 1 / len(said), cost, 1, cost, each) for each in said])
            case FactNode(fact=fact):
                return self._fact(node, self.flow.causes[cause].truth.get(f"fact.{fact}"), known)
            case Try(fixes=fixes, minutes=cost):
                mends = cause in fixes if fixed is None else fixed
                answer, target = ("fixed", node.fixed) if mends else ("not-fixed", node.not_fixed)
                return ((target, known, 1, cost, 0, cost, answer),)
            case Do(minutes=cost):
                return ((node.done, known, 1, cost, 0, cost, "done"),)
            case Call(fixes=fixes):
                left = self._call(node.call, cause, known, fixed=cause in fixes if fixed is None else fixed)
                return tuple([(_exit(node, each[0]), *each[1:6], each[0]) for each in left])
            case Switch() | End():
                return ()
            case _:
                assert_never(node)

    def _fact(self, node: FactNode, truth: tuple[str, ...] | None, known: Known) -> tuple[Move, ...]:
        key = (id(node), truth, known)
        moves = self._told.get(key)
        if moves is None:
            fact = self.pack.facts[node.fact]
            possible = dict(known).get(node.fact)
            cost, questions = (0, 0) if possible else (fact.minutes, 1)
            moves = self._told[key] = tuple(
                (
                    target,
                    self._with(known, node.fact, same),
                    share,
                    cost,
                    questions,
                    cost,
                    None if possible else same[0],
                )
                for target, share, same in _parts(node, fact, possible or values(fact, truth))
            )
        return moves

    def _with(self, known: Known, fact: str, told: tuple[str, ...]) -> Known:
        return tuple(sorted({**dict(known), fact: told}.items())) if fact in self.again else known

    def _call(self, id_: str, cause: str, known: Known, *, fixed: bool) -> tuple[Move, ...]:
        """Return how users leave a step; the target is the kind of its end."""
        asked, truth = self.asked[id_], self.flow.causes[cause].truth
        here = tuple(each for each in known if each[0] in asked)
        key = (id_, fixed, here, tuple(truth.get(f"fact.{fact}") for fact in asked))
        left = self._called.get(key)
        if left is None:
            self._called[key] = ()  # a step that calls itself; a rule reports it
            step = self.steps[id_]
            arrivals: Arrivals = {step.start: {(cause, here): Mass(1.0, most=0)}}
            stopped = self.through(step, order(step) or (), arrivals, fixed=fixed)
            left = self._called[key] = tuple(_leaving(step, each) for each in stopped)
        beside = tuple(each for each in known if each[0] not in asked)
        return tuple([(each[0], tuple(sorted((*beside, *each[1]))), *each[2:]) for each in left]) if beside else left


def facts_asked(owner: Flow | Step, steps: Mapping[str, Step], within: frozenset[str] = frozenset()) -> Iterator[str]:
    """Yield a fact each time that it is asked in a flow or step, those that it calls among them."""
    for node in owner.nodes.values():
        if isinstance(node, FactNode):
            yield node.fact
        elif isinstance(node, Call) and node.call not in within:
            yield from facts_asked(steps[node.call], steps, within | {node.call})


def _way(node: Ask | Number, answer: str) -> str:
    if isinstance(node, Ask):
        return node.options[answer].go
    return (node.unsure or OUT) if answer == UNSURE else node.ranges[option_of(node, int(answer))].go


def _exit(node: Call, end: str) -> str:
    return {"fixed": node.fixed, "not-fixed": node.not_fixed}.get(end) or OUT


def _parts(node: FactNode, fact: Fact, said: tuple[str, ...]) -> Iterator[tuple[str, float, tuple[str, ...]]]:
    """Yield where a fact parts its values, evenly likely: target, share and the values that go there."""
    alike: dict[str, list[str]] = {}
    for value in said:
        target = OUT if fact.options[value].outside else node.go or (node.to or {}).get(value, node.else_) or OUT
        alike.setdefault(target, []).append(value)
    for target, same in alike.items():
        yield target, len(same) / len(said), tuple(same)


def _leaving(step: Step, users: Stopped) -> Move:
    node = step.nodes.get(users.at)
    exit_ = node.end if isinstance(node, End) else "switch"
    mass = users.mass
    return exit_, users.state[1], mass.users, mass.minutes / mass.users, mass.questions / mass.users, mass.most, None
