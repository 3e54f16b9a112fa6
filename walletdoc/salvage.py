"""Reads the registries of packs, and saves what can be used of those that have mistakes.

One entry with a mistake must not take all others from the flows that refer to them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from walletdoc.contacts import Contact
from walletdoc.diagnostic import Diagnostic, Faulty
from walletdoc.flow import Fact, Prepare, Time
from walletdoc.frozen import frozen
from walletdoc.packfiles import REGISTRIES, is_home
from walletdoc.references import Broken, broken_dates, broken_facts, diagnostics
from walletdoc.registries import ALL, Registries
from walletdoc.schema import FILES, fits, validate
from walletdoc.text import Lines, Text
from walletdoc.yamlfile import Document, parse

ENTRIES: Mapping[str, type[Any]] = {"facts": Fact, "contacts": Contact, "prepare": Prepare, "times": Time}


@frozen
class Salvage:
    """What registries say, as far as they can be used; their files by registry, those of our pack first; the findings.

    `lost` has the entries that are there and can't be used, as (registry, id); the id is `ALL` where a file can't be
    read at all. `sources` is the text of the files that have findings.
    """

    registries: Registries
    documents: tuple[tuple[str, Document], ...]
    found: tuple[Diagnostic, ...]
    lost: frozenset[tuple[str, str]]
    sources: Mapping[str, str]


@dataclass(slots=True)
class _Reading:
    """What was read so far."""

    parts: dict[str, dict[str, Any]] = field(default_factory=lambda: {name: {} for name in REGISTRIES})
    never: Lines = field(default_factory=lambda: Lines((), ()))
    documents: list[tuple[str, Document]] = field(default_factory=list)
    found: list[Diagnostic] = field(default_factory=list)
    lost: set[tuple[str, str]] = field(default_factory=set)
    sources: dict[str, str] = field(default_factory=dict)

    def tell(self, faulty: Faulty) -> None:
        self.found += faulty.diagnostics
        self.sources.update(faulty.sources)

    def refuse(self, document: Document, broken: Iterable[Broken]) -> None:
        found = diagnostics(document, broken)
        if found:
            self.tell(Faulty(found, {document.path: document.source}))


def salvage(sources: Iterable[tuple[str, Path, bytes]]) -> Salvage:
    """Return what these files say together: (registry, path, content), those of our pack first; raises nothing.

    Another pack adds to ours but takes no id of it, and adds no contact.
    """
    reading = _Reading()
    for name, path, data in sources:
        try:
            document = parse(data, str(path))
        except Faulty as faulty:
            reading.tell(faulty)
            reading.lost.add((name, ALL))
        else:
            reading.documents.append((name, document))
            _take(reading, name, document, ours=is_home(path.parent))
    for name, document in reading.documents:
        if name == "facts" and ("contacts", ALL) not in reading.lost:
            own = {id_: fact for id_, fact in reading.parts["facts"].items() if ("facts", id_) in document.keys}
            reading.refuse(document, broken_facts(own, _contacts(reading)))
    return Salvage(
        Registries(never=reading.never, **reading.parts),
        tuple(reading.documents),
        tuple(reading.found),
        frozenset(reading.lost),
        reading.sources,
    )


def _contacts(reading: _Reading) -> Iterator[str]:
    """Yield every contact, also those with mistakes of their own."""
    yield from reading.parts["contacts"]
    yield from (id_ for name, id_ in reading.lost if name == "contacts")


def _take(reading: _Reading, name: str, document: Document, *, ours: bool) -> None:
    entries, never = _entries(reading, name, document)
    before = reading.parts[name]
    bad = {id_: Broken((name, id_), "id-of-ours", taken(id_), of_key=True) for id_ in entries if id_ in before}
    if name in {"contacts", "times"}:
        dated = {id_: each.verified_on for id_, each in entries.items()}
        bad |= {str(each.where[1]): each for each in broken_dates(name, dated)}
    if name == "contacts" and not ours:
        text = Text(zh="只有自带的流程包能写联系方式", en="only walletdoc's own pack has contacts")
        reading.refuse(document, [Broken((), "contacts-of-ours", text)])
        entries = {}
    reading.refuse(document, bad.values())
    reading.lost |= {(name, id_) for id_ in bad if id_ not in before}
    before |= {id_: each for id_, each in entries.items() if id_ not in bad}
    if never is not None and ours:
        reading.never = never


def _entries(reading: _Reading, name: str, document: Document) -> tuple[dict[str, Any], Lines | None]:
    """Return the entries of a file that are without mistakes, and what never to tell."""
    try:
        read = validate(document, FILES[name])
    except Faulty as faulty:
        reading.tell(faulty)
    else:
        return dict(getattr(read, name)), getattr(read, "never", None)
    raw = document.value.get(name) if isinstance(document.value, dict) else None
    if not isinstance(raw, dict):
        reading.lost.add((name, ALL))
        return {}, None
    entries = {id_: fits(ENTRIES[name], each) for id_, each in raw.items()}
    reading.lost |= {(name, id_) for id_, each in entries.items() if each is None}
    never = fits(Lines, document.value.get("never")) if isinstance(document.value, dict) else None
    return {id_: each for id_, each in entries.items() if each is not None}, never


def taken(id_: str) -> Text:
    """Return what is said of an id that another pack takes from ours."""
    return Text(zh=f"“{id_}”是自带的编号，请换一个", en=f"'{id_}' is an id of walletdoc's own; choose another")
