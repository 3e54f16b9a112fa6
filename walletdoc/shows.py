"""Which contacts and times a flow or step shows, and where; and until when what was verified counts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeAlias

from walletdoc.contacts import placeholders, resolve
from walletdoc.flow import End, Period
from walletdoc.library import Library
from walletdoc.subject import Subject

Shown: TypeAlias = tuple[str, str]
"""A role, a contact, or `time.<id>`, and the node that shows it."""

MOST = 10  # flows that one message names


def shown(subject: Subject) -> tuple[Shown, ...]:
    """Return what the nodes of a flow or step show, each thing once at each node."""
    return tuple(dict.fromkeys(_shown(subject)))


def _shown(subject: Subject) -> Iterator[Shown]:
    for id_, node in subject.nodes.items():
        if isinstance(node, End):
            yield from ((who, id_) for who in node.to)
        match node:
            case End(for_=Period(time=str() as time)):
                yield f"time.{time}", id_
            case _:
                pass
    for each in subject.said:
        if each.where[0] == "nodes" and "{" in each.text:
            for name, field in placeholders(each.text):
                yield f"time.{field}" if name == "time" else name, str(each.where[1])


def contacts_of(name: str, library: Library) -> frozenset[str]:
    """Return every contact that a role or contact may stand for, whatever the answers."""
    registry, fact = library.registries.contacts, library.facts.get(name)
    named = {option.contact for option in fact.options.values() if option.contact} if fact else set()
    ids = {id(contact): id_ for id_, contact in registry.items()}
    fallback = (
        {ids[id(contact)] for contact in resolve(name, {}, {}, registry)} if name in registry or not named else ()
    )
    return frozenset({*named, *fallback})


def where_shown(notes: Mapping[str, Sequence[Shown]], names: Iterable[str]) -> str:
    """Return the flows that show one of these names, each with its nodes: `pay-failed (call-wallet, call-risk)`."""
    wanted = frozenset(names)
    nodes = {key: tuple(dict.fromkeys(node for name, node in each if name in wanted)) for key, each in notes.items()}
    found = [f"{key} ({', '.join(each)})" for key, each in nodes.items() if each]
    more = [f"… (+{len(found) - MOST})"] if len(found) > MOST else []
    return "; ".join((*found[:MOST], *more))


def last_day(verified_on: str, valid_for: int) -> date:
    """Return the last day on which something counts as verified; raises ValueError where `verified_on` is no day."""
    last = date.fromisoformat(verified_on).toordinal() + valid_for
    return date.fromordinal(min(last, date.max.toordinal()))
