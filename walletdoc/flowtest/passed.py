"""What an answer takes: its own edge, and the edges over calls, switches and the ends of steps to the next question.

The engine passes these over when it fills its tables; tests want to know them, for a call's exit or a switch is a
thing that an author wrote.
"""

from collections.abc import Iterator
from typing import NamedTuple

from walletdoc.engine import Place, Tables
from walletdoc.flow import UNSURE, Call, End, FactNode, Flow, Node, Number, Pack, Step, Switch, edges, option_of


class Passed(NamedTuple):
    """An edge that was taken: in which calls (by node), flow or step it stands, at which node, the answer as `edges` has it.

    The answer is empty where a call is entered, and at a switch or the end of a step.
    """

    calls: tuple[str, ...]
    owner: Flow | Step
    id: str
    node: Node
    answer: str


Frames = tuple[tuple[Flow | Step, str, Call], ...]


def entered(tables: Tables) -> Iterator[Passed]:
    """Yield what is passed from the start of a flow to its first question."""
    yield from begun(tables.pack, tables.pack.flow(tables.entry))


def begun(pack: Pack, flow: Flow) -> Iterator[Passed]:
    """Yield what is passed from the start of a flow, also of one that was switched to."""
    yield from _onward(pack, flow, flow.start, ())


def passed(place: Place, answer: str) -> Iterator[Passed]:
    """Yield the edge that an answer takes at a place, and what is passed from there to the next question.

    The option of a fact that is out of scope has no edge, and yields nothing.
    """
    pack, node = place.tables.pack, place.node
    frames: Frames = tuple((each.owner, each.id, each.call) for each in place.frames)
    if isinstance(node, FactNode) and pack.facts[node.fact].options[answer].outside is not None:
        return
    found = edge_of(node, answer)
    target = next((each.target for each in edges(node) if each.answer == found), None)
    if found == "taken" and frames:
        yield Passed(tuple(id_ for _, id_, _ in frames), place.owner, place.id, node, found)
        owner, id_, call = frames[0]
        yield Passed((), owner, id_, call, found)
        if call.taken is not None:
            yield from _onward(pack, owner, call.taken, ())
    elif target is not None:
        yield Passed(tuple(id_ for _, id_, _ in frames), place.owner, place.id, node, found)
        yield from _onward(pack, place.owner, target, frames)


def edge_of(node: Node, answer: str) -> str:
    """Return an answer as `edges` has it: a range by its position, an option without a case of its own as empty."""
    if isinstance(node, Number) and answer != UNSURE:
        return str(option_of(node, int(answer)))
    if isinstance(node, FactNode) and answer not in (node.to or {}):
        return ""
    return answer


def _onward(pack: Pack, owner: Flow | Step, id_: str, frames: Frames) -> Iterator[Passed]:
    while True:
        node = owner.nodes[id_]
        calls = tuple(each for _, each, _ in frames)
        match node:
            case Call(call=step):
                yield Passed(calls, owner, id_, node, "")
                frames = (*frames, (owner, id_, node))
                owner = pack.step(step)
                id_ = owner.start
            case End(end=end) if frames:
                yield Passed(calls, owner, id_, node, "")
                owner, id_, call = frames[-1]
                frames = frames[:-1]
                answer, target = ("fixed", call.fixed) if end == "fixed" else ("not-fixed", call.not_fixed)
                yield Passed(calls[:-1], owner, id_, call, answer)
                if target is None:
                    return
                id_ = target
            case Switch():
                yield Passed(calls, owner, id_, node, "")
                return
            case _:
                return
