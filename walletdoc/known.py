"""What is known of the facts at each node of a flow or step, whatever the answers.

For each fact the values that it may have there, and UNASKED if there is a way on which nobody asked. The facts are looked
at one by one: what is possible here may be impossible together, but what is impossible here never happens.
"""

from collections import deque
from collections.abc import Collection, Iterator, Mapping
from typing import TypeAlias

from walletdoc.flow import MONEY_TAKEN, Call, End, FactNode, Flow, Node, Pack, Step, Switch, Try, edges
from walletdoc.graph import order

UNASKED = ""
Values: TypeAlias = frozenset[str]
State: TypeAlias = Mapping[str, Values]
"""The possible values by fact; a fact that is not there was asked on no way."""

_NEVER_ASKED = frozenset({UNASKED})
_TAKEN = frozenset({"yes"})


def values(state: State, fact: str) -> Values:
    """Return the values that a fact may have, UNASKED among them if it may not have been asked."""
    return state.get(fact, _NEVER_ASKED)


def after(before: State, through: State) -> State | None:
    """Return what is known after a part that makes `through` of nothing known; None where nobody gets through."""
    found = dict(before)
    for fact, passed in through.items():
        told = values(before, fact)
        if UNASKED in passed:
            found[fact] = told | passed if UNASKED in told else told
        elif UNASKED in told:
            found[fact] = passed
        else:  # paying again may have changed what was told of the money before
            found[fact] = told & passed | (passed & _TAKEN if fact == MONEY_TAKEN else frozenset())
        if not found[fact]:
            return None
    return found


class Known:
    """What is known at each node that some answers reach: `states`, by node; and at each way out of a step called.

    `pack` gives the facts, and the steps that are called; all of them must be there. A flow that runs in a circle has no
    states.
    """

    def __init__(self, owner: Flow | Step, pack: Pack) -> None:
        """Walk the nodes, each after those that lead to it."""
        self._owner = owner
        self._pack = pack
        self._steps: dict[str, Mapping[str, State]] = {}
        self.states: Mapping[str, State] = self._walk(owner)

    def _walk(self, owner: Flow | Step) -> dict[str, State]:
        nodes = order(owner)
        states: dict[str, State] = {owner.start: {}} if nodes else {}
        for id_ in nodes or ():
            if id_ in states:
                for _, target, state in self._onward(owner.nodes[id_], states[id_]):
                    states[target] = _either(states[target], state) if target in states else state
        return states

    def _onward(self, node: Node, state: State) -> Iterator[tuple[str, str, State]]:
        """Yield where answers lead: the answer, the node, and what is known there."""
        match node:
            case FactNode():
                yield from self._told(node, state)
            case Call(call=step):
                exits = self.exits(step)
                for edge in edges(node):
                    through = {MONEY_TAKEN: _TAKEN} if edge.answer == "taken" else exits.get(edge.answer)
                    known = None if through is None else after(state, through)
                    if known is not None:
                        yield edge.answer, edge.target, known
            case _:
                for edge in edges(node):
                    taken = edge.answer == "taken" and isinstance(node, Try)
                    yield edge.answer, edge.target, {**state, MONEY_TAKEN: _TAKEN} if taken else state

    def _told(self, node: FactNode, state: State) -> Iterator[tuple[str, str, State]]:
        told = values(state, node.fact)
        if UNASKED in told:
            options = self._pack.facts[node.fact].options
            told = told - {UNASKED} | {id_ for id_, each in options.items() if each.outside is None}
        targets: dict[str, set[str]] = {}
        for value in sorted(told):
            target = node.go or (node.to or {}).get(value, node.else_)
            if target is not None:
                targets.setdefault(target, set()).add(value)
        for target, some in targets.items():
            yield "|".join(sorted(some)), target, {**state, node.fact: frozenset(some)}

    def exits(self, step: str) -> Mapping[str, State]:
        """Return what a step adds to what is known, by the end that it comes to, and by `switch <flow>`."""
        if step not in self._steps:
            self._steps[step] = {}  # while under way: a step that calls itself comes to no end by that
            owner = self._pack.step(step)
            found: dict[str, State] = {}
            for id_, state in self._walk(owner).items():
                for name, known in self._leaving(owner.nodes[id_], state):
                    found[name] = _either(found[name], known) if name in found else known
            self._steps[step] = found
        return self._steps[step]

    def _leaving(self, node: Node, state: State) -> Iterator[tuple[str, State]]:
        match node:
            case End(end=kind):
                yield kind, state
            case Switch(switch=flow):
                yield f"switch {flow}", state
            case Call():
                yield from ((f"switch {flow}", known) for flow, known in self._switched(node, state))
            case _:
                return

    def _switched(self, node: Call, state: State) -> Iterator[tuple[str, State]]:
        for name, through in self.exits(node.call).items():
            known = after(state, through) if name.startswith("switch ") else None
            if known is not None:
                yield name.removeprefix("switch "), known

    def switches(self) -> Iterator[tuple[str, str, State]]:
        """Yield where a session goes on in another flow: the node, the flow, and what is known then."""
        for id_, state in self.states.items():
            match node := self._owner.nodes[id_]:
                case Switch(switch=flow):
                    yield id_, flow, state
                case Call():
                    yield from ((id_, flow, known) for flow, known in self._switched(node, state))
                case _:
                    pass

    def not_untaken(self, id_: str) -> tuple[bool, str] | None:
        """Return how users may come to a node without having said that no money was taken; None where nobody does.

        That is whether all of them were asked, and a shortest such way in words, empty for one without questions.
        """
        unwanted = values(self.states[id_], MONEY_TAKEN) - {"no"} if id_ in self.states else None
        if not unwanted:
            return None
        return UNASKED not in unwanted, " ".join(self.way(MONEY_TAKEN, id_, unwanted))

    def way(self, fact: str, end: str, unwanted: Collection[str]) -> tuple[str, ...]:
        """Return a shortest way to a node with an unwanted value of a fact (or UNASKED), as `node=answer`; () for none."""
        start = (self._owner.start, UNASKED)
        came: dict[tuple[str, str], tuple[tuple[str, str], str] | None] = {start: None}
        waiting = deque([start])
        while waiting:
            at = waiting.popleft()
            if at[0] == end and at[1] in unwanted:
                return _back(came, at)
            node = self._owner.nodes[at[0]]
            name = f"fact.{node.fact}" if isinstance(node, FactNode) else at[0]
            for answer, target, state in self._onward(node, {fact: frozenset({at[1]})}):
                for value in sorted(values(state, fact)):
                    said = value if isinstance(node, FactNode) and node.fact == fact else answer.partition("|")[0]
                    if (target, value) not in came:
                        came[target, value] = (at, f"{name}={said}")
                        waiting.append((target, value))
        return ()


def _either(one: State, other: State) -> State:
    if one is other or one == other:
        return one
    return {fact: values(one, fact) | values(other, fact) for fact in {**one, **other}}


def _back(came: Mapping[tuple[str, str], tuple[tuple[str, str], str] | None], at: tuple[str, str]) -> tuple[str, ...]:
    way: list[str] = []
    step = came[at]
    while step is not None:
        way.append(step[1])
        step = came[step[0]]
    return tuple(dict.fromkeys(reversed(way)))  # a fact that parts the ways twice is said once
