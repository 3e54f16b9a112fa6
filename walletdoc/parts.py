"""What a flow on paper is made of: its nodes in the order in which they are read, and the steps that it calls."""

from walletdoc.flow import Call, Flow, Step
from walletdoc.graph import order
from walletdoc.library import Library


def in_order(owner: Flow | Step) -> tuple[str, ...]:
    """Return all nodes, each before those that it leads to where that is possible, and what nothing leads to last."""
    return tuple(dict.fromkeys((owner.start, *(order(owner) or ()), *owner.nodes)))


def steps_of(flow: Flow, library: Library) -> tuple[Step, ...]:
    """Return the steps that a flow calls, each once, with those that they call."""
    found: dict[str, Step] = {}
    waiting = [flow.nodes[id_] for id_ in in_order(flow)]
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, Call) and node.call not in found:
            step = found[node.call] = library.step(node.call)
            waiting.extend(step.nodes[id_] for id_ in in_order(step))
    return tuple(found.values())


def owners(flow: Flow, library: Library) -> tuple[Flow | Step, ...]:
    """Return a flow and the steps that it calls."""
    return (flow, *steps_of(flow, library))
