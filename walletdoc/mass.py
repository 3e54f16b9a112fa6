"""All truthful users of a flow, walked through it at once: who arrives where, what that costs, and who stops where.

A user has a cause, a value for each fact that the flow parts on, and one of the answers wherever its truth lists several:
that is one bit of a mask, so that each goes one way. A cause comes as often as its weight says, and its users evenly.
What a fact was told is known from then on and costs nothing again; steps that are called are walked; a switch ends the
count.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import fsum, prod
from typing import TypeAlias, assert_never

from walletdoc.flow import (
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
    option_of,
)
from walletdoc.graph import order
from walletdoc.truth import called, values

MAX_USERS = 1 << 20
ALL = -1
"""The mask of whoever comes."""

OUT = ""
"""Where a way goes that leads to no node of the flow: an option out of scope, an end of a step that is not mapped."""

Arrivals: TypeAlias = dict[str, int]
"""Who arrives at a node, by its id."""

Told: TypeAlias = dict[str, int]
"""Who has been asked a fact, by its id."""

Ways: TypeAlias = tuple[tuple[str, str, int], ...]
"""The ways on of a node: the answer, the target, and who goes there if they come."""


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


@dataclass(slots=True)
class Spent:
    """What users spent: minutes with the mask of those who spent them, and who was asked something."""

    minutes: list[tuple[int, int]] = field(default_factory=list)
    questions: list[int] = field(default_factory=list)


class Walk:
    """The users of one flow, walked through it."""

    def __init__(self, flow: Flow, pack: Pack) -> None:
        """Walk the users of a flow; raises ValueError where it runs in a circle, or has more than `MAX_USERS`."""
        ids = order(flow)
        if ids is None:
            raise ValueError(flow.flow)
        self.flow = flow
        self.pack = pack
        self.ids = ids
        self.steps = called(flow, pack)
        self.of_cause: dict[str, int] = {}
        self._of_answer: dict[tuple[str, str, str], int] = {}
        self._of_value: dict[tuple[str, str], int] = {}
        self._draw()
        self._ways: dict[tuple[int, int | None], Ways] = {}
        self._under_way: set[str] = set()
        self.told_at: dict[str, Told] = {}
        self.arrivals: Arrivals = {flow.start: sum(self.of_cause.values())}
        self.spent = Spent()
        self.through(flow, ids, self.arrivals, {}, self.spent, snapshots=self.told_at)

    # --- the users

    def _draw(self) -> None:
        """Give each user its bit: for each combination of the facts all causes, each with all of its listed answers."""
        facts = self._parting()
        lists = {id_: self._lists(id_) for id_ in self.flow.causes}
        width = sum(prod(map(len, each.values())) for each in lists.values())
        blocks = prod(map(len, facts.values()))
        if width * blocks > MAX_USERS:
            raise ValueError(self.flow.flow)
        stride = width
        for fact, said in facts.items():
            for at, value in enumerate(said):
                self._of_value[fact, value] = _striped(stride, len(said), at, width * blocks)
            stride *= len(said)
        first = 0
        for cause, listed in lists.items():
            count = prod(map(len, listed.values()))
            here = (((1 << count) - 1) << first) * _ones(width, blocks)
            for fact in facts:
                here &= sum(self._of_value[fact, value] for value in self._values(fact, cause))
            self.of_cause[cause] = here
            stride = 1
            for id_, said in listed.items():
                for at, answer in enumerate(said):
                    stripes = (_striped(stride, len(said), at, count) << first) * _ones(width, blocks)
                    self._of_answer[cause, id_, answer] = self._of_answer.get((cause, id_, answer), 0) | stripes & here
                stride *= len(said)
            first += count
        weights = {id_: cause.weight for id_, cause in self.flow.causes.items()}
        total = sum(weights.values())
        self._weights = tuple(
            (mask, (weights[id_] / total if total else 1 / len(weights)) / mask.bit_count())
            for id_, mask in self.of_cause.items()
        )

    def _parting(self) -> dict[str, tuple[str, ...]]:
        """Return the facts that users part on, with all values that any of them may tell."""
        nodes = [node for owner in (self.flow, *self.steps.values()) for node in owner.nodes.values()]
        found: dict[str, tuple[str, ...]] = {}
        for fact in sorted({node.fact for node in nodes if isinstance(node, FactNode)}):
            said = dict.fromkeys(value for cause in self.flow.causes for value in self._values(fact, cause))
            options = self.pack.facts[fact].options
            parts = any(isinstance(node, FactNode) and node.fact == fact and node.to is not None for node in nodes)
            if said and (parts or any(options[value].outside for value in said)):
                found[fact] = tuple(said)
        return found

    def _values(self, fact: str, cause: str) -> tuple[str, ...]:
        return values(self.pack.facts[fact], self.flow.causes[cause].truth.get(f"fact.{fact}"))

    def _lists(self, cause: str) -> dict[str, tuple[str, ...]]:
        return {id_: said for id_, said in self.flow.causes[cause].truth.items() if len(said) > 1 and id_ in self.flow.nodes}

    def those_with(self, causes: Iterable[str]) -> int:
        """Return the mask of the users who have one of these causes."""
        mask = 0
        for cause in causes:
            mask |= self.of_cause.get(cause, 0)
        return mask

    def weight(self, mask: int) -> float:
        """Return how many of all users are in a mask."""
        return fsum([each * (mask & users).bit_count() for users, each in self._weights])

    def cost(self, spent: Spent, users: int = ALL) -> float:
        """Return the expected minutes of what was spent, by all or by some users only."""
        return fsum([minutes * self.weight(mask & users) for minutes, mask in spent.minutes])

    # --- the ways

    def through(
        self,
        owner: Flow | Step,
        ids: Sequence[str],
        arrivals: Arrivals,
        told: Told,
        spent: Spent,
        fixed: int | None = None,
        snapshots: dict[str, Told] | None = None,
    ) -> None:
        """Walk those who have arrived over these nodes, given each before those it leads to.

        Who goes on is added to `arrivals`, who was asked a fact to `told`, and what it cost to `spent`. `fixed` is who is
        fixed by every try of a step, None in a flow. `snapshots` keeps what had been told when a node was come to.
        """
        for id_ in ids:
            users = arrivals.get(id_, 0)
            if snapshots is not None:
                snapshots[id_] = dict(told)
            if users:
                for _, target, mask in self._onward(owner.nodes[id_], id_, users, told, spent, fixed):
                    there = users & mask
                    if there:
                        arrivals[target] = arrivals.get(target, 0) | there

    def _onward(
        self, node: Node, id_: str, users: int, told: Told, spent: Spent, fixed: int | None
    ) -> Iterable[tuple[str, str, int]]:
        """Charge those who come to a node, and return its ways on."""
        match node:
            case Ask() | Number():
                spent.minutes.append((node.minutes, users))
                spent.questions.append(users)
            case FactNode(fact=fact):
                asked = users & ~told.get(fact, 0)
                told[fact] = told.get(fact, 0) | users
                spent.minutes.append((self.pack.facts[fact].minutes, asked))
                spent.questions.append(asked)
            case Try() | Do():
                spent.minutes.append((node.minutes, users))
            case Call():
                return self._called(node, users, told, spent, fixed)
            case Switch() | End():
                return ()
            case _:
                assert_never(node)
        ways = self._ways.get((id(node), fixed))
        if ways is None:
            ways = self._ways[id(node), fixed] = tuple(self._parted(node, id_, fixed))
        return ways

    def _parted(self, node: Node, id_: str, fixed: int | None) -> Iterator[tuple[str, str, int]]:
        match node:
            case Ask() | Number():
                for answer, mask in self._answers(id_, node).items():
                    yield answer, _way(node, answer), mask
            case FactNode(fact=fact):
                options = self.pack.facts[fact].options
                known = {value: mask for (each, value), mask in self._of_value.items() if each == fact}
                for value, mask in (known or {"": ALL}).items():
                    outside = value and options[value].outside
                    yield value, OUT if outside else node.go or (node.to or {}).get(value, node.else_) or OUT, mask
            case Try(fixes=causes):
                mended = self.those_with(causes) if fixed is None else fixed
                yield "fixed", node.fixed, mended
                yield "not-fixed", node.not_fixed, ~mended
            case Do():
                yield "done", node.done, ALL
            case _:
                return

    def _answers(self, id_: str, node: Ask | Number) -> dict[str, int]:
        """Return who answers what at a question; whoever has no answer is not among them."""
        masks: dict[str, int] = {}
        usual = ALL
        for cause, users in self.of_cause.items():
            said = self.flow.causes[cause].truth.get(id_)
            if said:
                usual &= ~users
                for answer in said:
                    masks[answer] = masks.get(answer, 0) | self._of_answer.get((cause, id_, answer), users)
        if node.usual is not None:
            masks[str(node.usual)] = masks.get(str(node.usual), 0) | usual
        return masks

    def _called(
        self, node: Call, users: int, told: Told, spent: Spent, fixed: int | None
    ) -> Iterable[tuple[str, str, int]]:
        """Walk those who come to a call through its step, and return by which of its ends they leave."""
        if node.call in self._under_way:
            return ()  # a step that calls itself; a rule reports it
        self._under_way.add(node.call)
        step = self.steps[node.call]
        arrivals: Arrivals = {step.start: users}
        mended = self.those_with(node.fixes) if fixed is None else fixed
        self.through(step, order(step) or (), arrivals, told, spent, mended)
        self._under_way.discard(node.call)
        left: dict[str, int] = {}
        for id_, mask in arrivals.items():
            last = step.nodes.get(id_)
            if not isinstance(last, End | Switch | None):
                continue
            end = last.end if isinstance(last, End) else "switch"
            left[end] = left.get(end, 0) | mask
        targets = {"fixed": node.fixed, "not-fixed": node.not_fixed}
        return [(end, targets.get(end) or OUT, mask) for end, mask in left.items()]

    # --- what it costs

    def effort(self) -> Effort:
        """Return what the users spend."""
        questions = fsum([self.weight(mask) for mask in self.spent.questions])
        return Effort(self.cost(self.spent), questions, self._worst())

    def _worst(self) -> Way | None:
        """Return the longest way; the minutes of all users are added up at once, a mask for each binary digit."""
        digits: list[int] = []
        for minutes, mask in self.spent.minutes:
            _add(digits, minutes, mask)
        users, most = self.arrivals[self.flow.start], 0
        for at in reversed(range(len(digits))):
            if users & digits[at]:
                users &= digits[at]
                most += 1 << at
        if not users:
            return None
        user = users & -users
        cause = next(id_ for id_, mask in self.of_cause.items() if mask & user)
        return Way(cause, most, tuple(self._way_of(user, cause)))

    def _way_of(self, user: int, cause: str) -> Iterator[str]:
        told: Told = {}
        at = self.flow.start
        while at in self.flow.nodes:
            node = self.flow.nodes[at]
            known = isinstance(node, FactNode) and node.fact in told
            ways = self._onward(node, at, user, told, Spent(), None)
            answer, target = next(((answer, target) for answer, target, mask in ways if mask & user), ("", OUT))
            if isinstance(node, FactNode) and not known:
                yield f"fact.{node.fact}={answer or self._values(node.fact, cause)[0]}"
            elif answer and not known:
                yield f"{at}={answer}"
            at = target


def _ones(width: int, count: int) -> int:
    """Return a mask with every so many bits one, so many of them."""
    return ((1 << width * count) - 1) // ((1 << width) - 1) if width else 0


def _striped(width: int, count: int, at: int, whole: int) -> int:
    """Return a mask of so many bits in stripes of a width, every so many of them one, beginning with the one at a place."""
    period = width * count
    return (((1 << width) - 1) << (width * at)) * _ones(period, whole // period if period else 0)


def _add(digits: list[int], minutes: int, mask: int) -> None:
    """Add minutes to the sums of some users, kept as a mask for each binary digit."""
    for start in range(minutes.bit_length()):
        carry = mask if minutes >> start & 1 else 0
        at = start
        while carry:
            digits.extend([0] * (at + 1 - len(digits)))
            digits[at], carry = digits[at] ^ carry, digits[at] & carry
            at += 1


def _way(node: Ask | Number, answer: str) -> str:
    if isinstance(node, Ask):
        return node.options[answer].go
    return (node.unsure or OUT) if answer == UNSURE else node.ranges[option_of(node, int(answer))].go
