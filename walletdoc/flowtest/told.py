"""Which facts the words of a node depend on: those whose contact its texts or its `to` name."""

import re
from collections.abc import Iterator, Mapping

from walletdoc.flow import Call, End, FactNode, Flow, Node, Pack, Step, Switch
from walletdoc.text import Lines, Text

_NAME = re.compile(r"\{([a-z0-9-]+)\.")
_KEPT = 4096  # nodes and facts
_told: dict[int, tuple[object, frozenset[str]]] = {}


def told(node: Node, pack: Pack) -> frozenset[str]:
    """Return the names whose contact a node's texts or its `to` may say: facts, roles, ids."""
    return _names(pack.facts[node.fact] if isinstance(node, FactNode) else node)


def mattering(flow: Flow, pack: Pack) -> frozenset[str]:
    """Return the names that matter to a flow, to the steps it calls, and to the flows it leads to: asked or told."""
    found: set[str] = set()
    seen: set[str] = set()
    waiting: list[Flow | Step] = [flow]
    while waiting:
        owner = waiting.pop()
        name = owner.flow if isinstance(owner, Flow) else f"steps/{owner.step}"
        if name in seen:
            continue
        seen.add(name)
        for node in owner.nodes.values():
            found |= told(node, pack)
            match node:
                case FactNode(fact=fact):
                    found.add(fact)
                case Call(call=step):
                    waiting.append(pack.step(step))
                case Switch(switch=target):
                    waiting.append(pack.flow(target))
                case _:
                    pass
    return frozenset(found)


def _names(value: object) -> frozenset[str]:
    """Return the names in the texts of a node or fact, kept for a while, since a flow's mutants share its nodes."""
    known = _told.get(id(value))
    if known is not None and known[0] is value:
        return known[1]
    if len(_told) >= _KEPT:
        _told.clear()
    roles = value.to if isinstance(value, End) else ()
    found = frozenset((*roles, *(name for text in _texts(value) for name in _NAME.findall(text))))
    _told[id(value)] = (value, found)
    return found


def _texts(value: object) -> Iterator[str]:
    match value:
        case Text(zh=zh, en=en):
            yield from (zh, en)
        case Lines(zh=zhs, en=ens):
            yield from (*zhs, *ens)
        case Mapping():
            for each in value.values():
                yield from _texts(each)
        case _:
            for name in getattr(value, "__match_args__", ()):
                yield from _texts(getattr(value, name))
