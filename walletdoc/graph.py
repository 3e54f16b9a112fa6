"""The graph of a flow: what is reachable, in which order, and the longest way from a node."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from walletdoc.flow import Ask, Call, Do, End, Fact, FactNode, Flow, Node, Number, Pack, Step, Switch, Try


class Length(NamedTuple):
    """At most so many questions (anything that stops for an answer), and at most so many minutes."""

    questions: int
    minutes: int


_KEPT = 24  # flows and steps
_ordered: list[tuple[Flow | Step, tuple[str, ...] | None]] = []


def order(owner: Flow | Step) -> tuple[str, ...] | None:
    """Return the nodes that the start reaches, each before those it leads to; None where a circle makes that impossible.

    The last ones are kept, since proofs, rules and effort all ask for the same.
    """
    for known, nodes in _ordered:
        if known is owner:
            return nodes
    nodes = _order(owner)
    _ordered.insert(0, (owner, nodes))
    del _ordered[_KEPT:]
    return nodes


def _order(owner: Flow | Step) -> tuple[str, ...] | None:
    post: list[str] = []
    state: dict[str, bool] = {}  # False while under way, True when done
    stack = [(owner.start, iter(_targets(owner, owner.start)))]
    state[owner.start] = False
    while stack:
        id_, targets = stack[-1]
        for target in targets:
            if target not in state:
                state[target] = False
                stack.append((target, iter(_targets(owner, target))))
                break
            if not state[target]:
                return None
        else:
            state[id_] = True
            post.append(id_)
            stack.pop()
    return tuple(reversed(post))


def targets(node: Node) -> list[str]:
    """Return where a node leads, in the order of its edges, at a third of what they cost."""
    match node:
        case Ask(options=options):
            return [option.go for option in options.values()]
        case Number(ranges=ranges, unsure=unsure):
            return _given(*(each.go for each in ranges), unsure)
        case FactNode(to=to, else_=else_, go=go):
            return _given(*(to or {}).values(), else_, go)
        case Try(fixed=fixed, not_fixed=not_fixed, taken=taken) | Call(fixed=fixed, not_fixed=not_fixed, taken=taken):
            return _given(fixed, not_fixed, taken)
        case Do(done=done, cannot=cannot):
            return _given(done, cannot)
        case Switch() | End():
            return []


def _given(*found: str | None) -> list[str]:
    return [each for each in found if each is not None]


def _targets(owner: Flow | Step, id_: str) -> list[str]:
    nodes = owner.nodes
    node = nodes.get(id_)
    return [] if node is None else [target for target in targets(node) if target in nodes]


def longest(owner: Flow | Step, pack: Pack, known: Collection[str] = ()) -> Mapping[str, Length] | None:
    """Return, for each node reached from the start, the longest way from it to an end; a switch ends the count.

    Facts in `known` ask nothing. A call counts as the longest way through its step. None where there is a circle.
    """
    return _longest(owner, pack, known, {})


def _longest(
    owner: Flow | Step, pack: Pack, known: Collection[str], steps: dict[str, Length | None]
) -> dict[str, Length] | None:
    nodes = order(owner)
    if nodes is None:
        return None
    lengths: dict[str, Length] = {}
    for id_ in reversed(nodes):
        own = _own(owner.nodes[id_], pack, known, steps)
        if own is None:
            return None
        after = [lengths[target] for target in _targets(owner, id_)]
        questions = max((each.questions for each in after), default=0)
        minutes = max((each.minutes for each in after), default=0)
        lengths[id_] = Length(own.questions + questions, own.minutes + minutes)
    return lengths


def _own(node: Node, pack: Pack, known: Collection[str], steps: dict[str, Length | None]) -> Length | None:
    """Return what one node costs; `steps` holds those measured, and None for one under way: a step that calls itself."""
    match node:
        case End() | Switch():
            return Length(0, 0)
        case FactNode(fact=fact):
            asked: Fact | None = pack.facts.get(fact)
            return Length(0, 0) if fact in known or asked is None else Length(1, asked.minutes)
        case Call(call=id_):
            if id_ not in steps:
                steps[id_] = None
                step = pack.step(id_)
                lengths = _longest(step, pack, known, steps)
                steps[id_] = lengths[step.start] if lengths else None
            return steps[id_]
        case _:
            return Length(1, node.minutes)
