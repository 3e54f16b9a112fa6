"""Truthful users, and the proof that every cause of a flow is found.

A user has one cause and values for the open facts; that is one bit of a mask. Such a user answers `usual` save where the
cause's truth differs, `fixed` exactly where the cause is fixed, `done` at every do. The proof walks the nodes in
topological order with masks of who arrives, apart by what they have been unsure of: linear in edges, however many ways there are.
One cause at a time is assumed.

The states that a mask is kept under: SURE, never unsure; ONCE, unsure at one ask or number; `?fact`, unsure of that fact,
and so at each of its nodes; `!fact`, those of SURE who have not been asked that fact yet and so may still be unsure of it.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import prod

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
    edges,
    option_of,
)
from walletdoc.frozen import frozen
from walletdoc.graph import order, targets
from walletdoc.text import Text
from walletdoc.users import User, Users

SURE = ""
ONCE = "?"
MAX_USERS = 100_000
Where = tuple[str | int, ...]
Masks = dict[str, int]  # who arrives, by state
Onward = tuple[str, str, str, int]


@frozen
class Problem:
    """Why a proof fails: by which rule, where in the file, for which cause, and a way that shows it."""

    rule: str
    where: Where
    message: Text
    cause: str | None = None
    way: tuple[str, ...] = ()


@frozen
class Proof:
    """What was proved: the users, who arrives where (a mask of users by state), and the problems."""

    users: Sequence[User]
    arrivals: Mapping[str, Mapping[str, int]]
    problems: tuple[Problem, ...]


def prove(flow: Flow, pack: Pack) -> Proof:
    """Prove that every truthful user's cause is found; an unproved flow comes back with its problems."""
    nodes = order(flow)
    if nodes is None:
        text = Text(zh="流程里有圈，走不到头", en="the flow runs in a circle")
        return Proof((), {}, (Problem("circle", ("start",), text),))
    steps = called(flow, pack)
    owners: tuple[Flow | Step, ...] = (flow, *steps.values())
    asking = (node for owner in owners for node in owner.nodes.values() if isinstance(node, FactNode))
    parting = sorted({node.fact for node in asking})
    users = _users(flow, pack, parting)
    if users is None:
        text = Text(zh="事实的组合太多，无法证明", en="too many combinations of facts to prove anything")
        return Proof((), {}, (Problem("too-many-facts", ("nodes",), text),))
    walk = _Walk(flow, pack, users, parting)
    entry = {SURE: walk.everyone, **{f"!{fact}": walk.everyone for fact in parting}}
    arrivals = walk.through(flow, nodes, entry, None)
    problems = [*fixed_exits(flow), *_again(flow, nodes), *_never(flow, walk, arrivals), *_lost(flow, walk, arrivals)]
    for step in steps.values():
        problems += [_in_step(flow, step, each) for each in fixed_exits(step)]
    return Proof(users, arrivals, tuple(problems))


def called(owner: Flow | Step, pack: Pack) -> dict[str, Step]:
    """Return every step that a flow or step calls, and those that these call, by id."""
    found: dict[str, Step] = {}
    waiting: list[Flow | Step] = [owner]
    while waiting:
        for node in waiting.pop().nodes.values():
            if isinstance(node, Call) and node.call not in found:
                found[node.call] = pack.step(node.call)
                waiting.append(found[node.call])
    return found


def values(fact: Fact, cause_truth: tuple[str, ...] | None) -> tuple[str, ...]:
    """Return what a truthful user may answer to a fact: the cause's truth, else the usual value, else any that is in scope."""
    if cause_truth:
        return cause_truth
    if fact.usual is not None:
        return (fact.usual,)
    return tuple(id_ for id_, option in fact.options.items() if id_ != UNSURE and option.outside is None)


def _users(flow: Flow, pack: Pack, parting: Iterable[str]) -> Users | None:
    choices: dict[str, list[tuple[str, ...]]] = {}
    count = 0
    for id_, cause in flow.causes.items():
        choices[id_] = [values(pack.facts[fact], cause.truth.get(f"fact.{fact}")) for fact in parting]
        count += prod(map(len, choices[id_]))
    return Users(parting, choices) if count <= MAX_USERS else None


def answers(flow: Flow, id_: str, node: Ask | Number, cause: str) -> tuple[str, ...]:
    """Return what a truthful user with this cause may answer at a question; empty where the flow does not say."""
    said = flow.causes[cause].truth.get(id_)
    if said:
        return said
    return () if node.usual is None else (str(node.usual),)


class _Walk:
    """The masks of one proof, and the steps that were walked for it."""

    def __init__(self, flow: Flow, pack: Pack, users: Users, parting: Iterable[str]) -> None:
        self.flow = flow
        self.pack = pack
        self.parting = tuple(parting)
        self.everyone = users.everyone
        self.of_cause = users.of_cause
        self.of_value = users.of_value
        self.truths: dict[str, list[tuple[tuple[str, ...], int]]] = {}
        for id_, cause in flow.causes.items():
            for key, said in cause.truth.items():
                if said:
                    self.truths.setdefault(key, []).append((said, self.of_cause[id_]))
        self.orders: dict[str, tuple[str, ...]] = {}  # of the steps
        self.summaries: dict[tuple[str, int, str], list[tuple[str, str, int]] | None] = {}

    def those_with(self, causes: Iterable[str]) -> int:
        mask = 0
        for cause in causes:
            mask |= self.of_cause.get(cause, 0)
        return mask

    def through(self, owner: Flow | Step, nodes: Iterable[str], entry: Masks, fixes: int | None) -> dict[str, Masks]:
        """Return who arrives at each node; `fixes` is who is fixed by every try of a step, None in a flow."""
        arrivals: dict[str, Masks] = {owner.start: dict(entry)}
        for id_ in nodes:
            masks = arrivals.get(id_)
            if masks:
                for _, target, state, mask in self.onward(id_, owner.nodes[id_], masks, fixes):
                    if mask:
                        there = arrivals.setdefault(target, {})
                        there[state] = there.get(state, 0) | mask
        return arrivals

    def onward(self, id_: str, node: Node, masks: Masks, fixes: int | None) -> Iterator[Onward]:
        """Yield who goes on where: the answer, the target, the state there, and the mask."""
        match node:
            case Ask() | Number():
                yield from self._asked(id_, node, masks)
            case FactNode():
                yield from self._fact(node, masks)
            case Try() | Do() | Call():
                by_call = None if isinstance(node, Do) else fixes  # a call fixes by its step's tries, not by its dos
                fixed = self.those_with(node.fixes) if by_call is None else by_call
                yield from self._treated(node, masks, fixed)
            case Switch() | End():
                return

    def _treated(self, node: Try | Do | Call, masks: Masks, fixed: int) -> Iterator[Onward]:
        if isinstance(node, Call):
            for exit_, state, mask in self.leave(node.call, masks, fixed):
                target = node.fixed if exit_ == "fixed" else node.not_fixed
                if target is not None and exit_ != "switch":
                    yield exit_, target, state, mask
            return
        for state, mask in masks.items():
            if isinstance(node, Try):
                yield "fixed", node.fixed, state, mask & fixed
                yield "not-fixed", node.not_fixed, state, mask & ~fixed
            else:
                yield "done", node.done, state, mask & ~fixed

    def answering(self, id_: str, node: Ask | Number) -> tuple[list[tuple[str, int]], int]:
        """Return each truthful answer to a question with the users who may give it, and those for whom the flow has none."""
        given: list[tuple[str, int]] = []
        rest = self.everyone
        for said, bits in self.truths.get(id_, ()):
            rest &= ~bits
            given += [(answer, bits) for answer in said]
        return (given, rest) if node.usual is None else ([*given, (str(node.usual), rest)], 0)

    def _asked(self, id_: str, node: Ask | Number, masks: Masks) -> Iterator[Onward]:
        for answer, bits in self.answering(id_, node)[0]:
            target = _target(node, answer)
            if target is not None:
                for state, mask in masks.items():
                    yield answer, target, state, mask & bits
        unsure = _target(node, UNSURE)
        if unsure is not None:
            yield UNSURE, unsure, ONCE, masks.get(SURE, 0)

    def _fact(self, node: FactNode, masks: Masks) -> Iterator[Onward]:
        fact = node.fact
        options = self.pack.facts[fact].options
        for value in options:
            target = _fact_target(node, value)
            bits = self.of_value.get((fact, value), 0)
            if target is not None and bits:
                for state, mask in masks.items():
                    if state not in {f"?{fact}", f"!{fact}"}:
                        yield value, target, state, mask & bits
        unsure = _fact_target(node, UNSURE)
        if unsure is not None and UNSURE in options:
            yield UNSURE, unsure, f"?{fact}", masks.get(f"?{fact}", 0) | masks.get(f"!{fact}", 0)

    def leave(self, id_: str, masks: Masks, fixed: int) -> Iterator[tuple[str, str, int]]:
        """Yield who leaves a step: by which of its ends (or `switch`), in which state, and the mask."""
        for state, mask in masks.items():
            for exit_, after, allowed in self._summary(id_, fixed, state):
                yield exit_, after, mask & allowed

    def _summary(self, id_: str, fixed: int, state: str) -> list[tuple[str, str, int]]:
        """Return at which exit users who enter a step in a state leave it, in which state, and who."""
        key = (id_, fixed, state)
        if key in self.summaries:
            return self.summaries[key] or []  # nothing of a step that calls itself; a rule reports it
        self.summaries[key] = None
        step = self.pack.step(id_)
        if id_ not in self.orders:
            self.orders[id_] = order(step) or ()
        arrivals = self.through(step, self.orders[id_], {state: self.everyone}, fixed)
        summary = self.summaries[key] = [
            (node.end if isinstance(node, End) else "switch", after, mask)
            for at, node in step.nodes.items()
            if isinstance(node, End | Switch)
            for after, mask in arrivals.get(at, {}).items()
        ]
        return summary


def _target(node: Ask | Number, answer: str) -> str | None:
    if isinstance(node, Ask):
        return node.options[answer].go if answer in node.options else None
    return node.unsure if answer == UNSURE else node.ranges[option_of(node, int(answer))].go


def _fact_target(node: FactNode, value: str) -> str | None:
    return node.go or (node.to or {}).get(value, node.else_)


def fixed_exits(owner: Flow | Step) -> Iterator[Problem]:
    """Yield where a `fixed` exit leads to another node than a `fixed` end, or another exit leads to one."""
    done = {id_ for id_, node in owner.nodes.items() if isinstance(node, End) and node.end == "fixed"}
    for id_, node in owner.nodes.items():
        if not isinstance(node, Try | Call) and done.isdisjoint(targets(node)):
            continue
        for edge in edges(node):
            mends = edge.answer == "fixed" and isinstance(node, Try | Call)
            ends = edge.target in done
            where: Where = ("nodes", id_, *edge.where)
            if mends and not ends:
                text = Text(
                    zh=f"“fixed”要通向一个 fixed 结尾，“{edge.target}”不是",
                    en=f"'fixed' leads to a fixed end; '{edge.target}' is none",
                )
                yield Problem("fixed-exit", where, text)
            if ends and not mends:
                text = Text(
                    zh=f"只有“fixed”出口能通向 fixed 结尾“{edge.target}”",
                    en=f"only a 'fixed' exit leads to the fixed end '{edge.target}'",
                )
                yield Problem("fixed-exit", where, text)


def _named(node: Node) -> tuple[tuple[str, ...], str]:
    match node:
        case Try(fixes=causes) | Do(fixes=causes) | Call(fixes=causes):
            return causes, "fixes"
        case Switch(causes=causes) | End(causes=causes):
            return causes, "causes"
        case _:
            return (), ""


def _again(flow: Flow, nodes: Iterable[str]) -> Iterator[Problem]:
    """Yield where a cause is fixed or named again after a try, call or do of the same way that fixes it."""
    bit_of = {cause: 1 << at for at, cause in enumerate(flow.causes)}
    treated: dict[str, int] = {}  # causes, as bits
    for id_ in nodes:
        node = flow.nodes[id_]
        before = treated.get(id_, 0)
        causes, key = _named(node)
        for at, cause in enumerate(causes):
            if before & bit_of.get(cause, 0):
                text = Text(
                    zh=f"前面已经处理过“{cause}”，这里不该再出现", en=f"'{cause}' was already treated on a way to here"
                )
                yield Problem("cause-again", ("nodes", id_, key, at), text, cause)
        fixed = sum({bit_of.get(cause, 0) for cause in causes}) if key == "fixes" else 0
        over = fixed and ("done" if isinstance(node, Do) else "not-fixed")
        if over:
            for edge in edges(node):
                treated[edge.target] = treated.get(edge.target, 0) | before | (fixed if edge.answer == over else 0)
        elif before:
            for target in targets(node):
                treated[target] = treated.get(target, 0) | before


def _never(flow: Flow, walk: _Walk, arrivals: Mapping[str, Masks]) -> Iterator[Problem]:
    """Yield where a cause is named whose truthful user, never unsure, does not get there."""
    for id_, node in flow.nodes.items():
        causes, key = _named(node)
        for at, cause in enumerate(causes):
            if not arrivals.get(id_, {}).get(SURE, 0) & walk.of_cause.get(cause, 0):
                text = Text(
                    zh=f"原因是“{cause}”的用户如实回答，走不到这里",
                    en=f"a truthful user with '{cause}' never gets here",
                )
                yield Problem("cause-never-here", ("nodes", id_, key, at), text, cause)


def _lost(flow: Flow, walk: _Walk, arrivals: Mapping[str, Masks]) -> Iterator[Problem]:
    """Yield, for each cause and place, a user who stops there without the cause being found."""
    for id_, node in flow.nodes.items():
        masks = arrivals.get(id_, {})
        for state, lost in _stopped(walk, id_, node, masks):
            for cause, bits in walk.of_cause.items() if lost else ():
                if lost & bits:
                    user = (lost & bits & -(lost & bits)).bit_length() - 1
                    yield _lost_at(walk, id_, state, cause, user)


def _stopped(walk: _Walk, id_: str, node: Node, masks: Masks) -> Iterator[tuple[str, int]]:
    """Yield who stops at a node for good without being found, by state."""
    sure = masks.get(SURE, 0)
    match node:
        case End(end="fixed"):
            return
        case End() | Switch():
            missed = ~walk.those_with(node.causes)
            yield SURE, sure & missed
            if isinstance(node, End) and node.end not in {"hand-off", "wait", "stop"}:
                yield from ((state, mask & missed) for state, mask in masks.items() if state[:1] == "?")
        case Ask() | Number():
            yield SURE, sure & walk.answering(id_, node)[1]
        case Call(call=step, fixes=causes):
            for exit_, state, mask in walk.leave(step, {SURE: sure}, walk.those_with(causes)):
                mapped = node.fixed if exit_ == "fixed" else node.not_fixed
                if state == SURE and (exit_ == "switch" or mapped is None):
                    yield SURE, mask
        case _:
            return


def _lost_at(walk: _Walk, id_: str, state: str, cause: str, user: int) -> Problem:
    way = witness(walk, id_, state, user)
    unsure = state != SURE
    said = Text(zh=f"（{' '.join(way)}）", en=f" ({' '.join(way)})") if way else Text(zh="", en="")
    zh = f"原因“{cause}”没有找到：{'有一题答“不确定”的' if unsure else '如实回答的'}用户停在“{id_}”{said.zh}"
    en = f"cause '{cause}' is not found: a truthful user{', unsure once,' if unsure else ''} stops at '{id_}'{said.en}"
    if isinstance(walk.flow.nodes[id_], Ask | Number):
        zh += f"；那里没有 usual，truth 里也没有“{id_}”"
        en += f", which has no 'usual', and the truth has no '{id_}'"
    rule = "cause-lost-unsure" if unsure else "cause-lost"
    return Problem(rule, ("causes", cause), Text(zh=zh, en=en), cause, way)


def witness(walk: _Walk, end: str, state: str, user: int) -> tuple[str, ...]:
    """Return the shortest way of one user to a node in a state, as `node=answer`; a step called is one answer.

    A fact is said once, however often it parts the ways: a session asks it once.
    """
    bit = 1 << user
    flow = walk.flow
    starts = [(flow.start, SURE), *((flow.start, f"!{fact}") for fact in walk.parting)]
    came: dict[tuple[str, str], tuple[tuple[str, str], str] | None] = dict.fromkeys(starts)
    waiting = deque(starts)
    while waiting and (end, state) not in came:
        at = waiting.popleft()
        node = flow.nodes[at[0]]
        for answer, target, after, mask in walk.onward(at[0], node, {at[1]: bit}, None):
            if mask and (target, after) not in came:
                name = f"fact.{node.fact}" if isinstance(node, FactNode) else at[0]
                came[target, after] = (at, f"{name}={answer}")
                waiting.append((target, after))
    way: list[str] = []
    step = came.get((end, state))
    while step is not None:
        way.append(step[1])
        step = came[step[0]]
    return tuple(dict.fromkeys(reversed(way)))


def _in_step(flow: Flow, step: Step, problem: Problem) -> Problem:
    """Say a problem of a step at the call that brings it into this flow."""
    call = next((id_ for id_, node in flow.nodes.items() if isinstance(node, Call) and node.call == step.step), None)
    where: Where = ("nodes", call, "call") if call else ("nodes",)
    text = Text(zh=f"步骤“{step.step}”：{problem.message.zh}", en=f"step '{step.step}': {problem.message.en}")
    return Problem(problem.rule, where, text)
