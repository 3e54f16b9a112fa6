"""Which facts the words of a node depend on: those whose contact its texts or its `to` name."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from walletdoc.contacts import placeholders
from walletdoc.flow import Call, End, FactNode, Flow, Node, Pack, Step, Switch
from walletdoc.text import Lines, Text


class _Words(NamedTuple):
    """The placeholders in the texts of a node or fact, and all names in them or in its `to`."""

    of: object
    placeholders: tuple[tuple[str, str], ...]
    names: frozenset[str]


_KEPT = 4096  # nodes and facts
_told: dict[int, _Words] = {}


def told(node: Node, pack: Pack) -> frozenset[str]:
    """Return the names whose contact a node's texts or its `to` may say: facts, roles, ids."""
    return _words(pack.facts[node.fact] if isinstance(node, FactNode) else node).names


def filled_in(node: Node, pack: Pack) -> tuple[tuple[str, str], ...]:
    """Return the name and field of each placeholder in what a node asks or tells."""
    return _words(pack.facts[node.fact] if isinstance(node, FactNode) else node).placeholders


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


def _words(value: object) -> _Words:
    """Return what the texts of a node or fact name, kept for a while, since a flow's mutants share its nodes."""
    known = _told.get(id(value))
    if known is not None and known.of is value:
        return known
    if len(_told) >= _KEPT:
        _told.clear()
    roles = value.to if isinstance(value, End) else ()
    found = tuple(dict.fromkeys(each for text in _texts(value) for each in placeholders(text)))
    words = _told[id(value)] = _Words(value, found, frozenset((*roles, *(name for name, _ in found))))
    return words


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
