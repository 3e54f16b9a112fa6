"""Walks flows over every edge or at random: each question and end in both languages, each answer saved and loaded."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from walletdoc.chain import encode, good_lines
from walletdoc.ending import ending
from walletdoc.engine import Answer, Session, Tables, replay, respond, start
from walletdoc.failure import Failure
from walletdoc.flow import End
from walletdoc.flowtest.read import read_file
from walletdoc.flowtest.record import HEADER, recorded
from walletdoc.flowtest.suite import Suite
from walletdoc.flowtest.walk import Walk, random_walks, shortest, walks
from walletdoc.library import Library
from walletdoc.locales import say
from walletdoc.question import question
from walletdoc.text import Lang

DAY = date(2026, 1, 5)  # of a wait; any day would do
LANGS: tuple[Lang, ...] = ("zh", "en")


def walked(
    library: Library, paths: Sequence[Path], count: int, seed: int, write: Callable[[str], None], lang: Lang
) -> bool:
    """Walk the flows that these files test, and print what went wrong; `count` walks at random, or 0 for every edge.

    Returns whether all went well. Raises as reading the files and flows does.
    """
    well = True
    suite = Suite(library)
    benches = (suite.bench(read_file(path)) for path in paths)
    for id_, tables in {bench.flow.flow: bench.tables for bench in benches}.items():
        every = list(random_walks(tables, count, seed) if count else walks(tables))
        failing = next((each for each in every if mishap(tables, library, each) is not None), None)
        if failing is None:
            write(say(lang, "test.walked", flow=id_, count=len(every)))
            continue
        well = False
        for line in _told(tables, library, failing, seed if count else None, lang):
            write(line)
    return well


def _told(tables: Tables, library: Library, walk: Walk, seed: int | None, lang: Lang) -> Iterator[str]:
    """Yield what went wrong, the seed, and the shortest answers that show it as a test."""
    least = shortest(tables, lambda each: mishap(tables, library, each) is not None, walk)
    yield say(lang, "test.mishap", flow=tables.entry, wrong=mishap(tables, library, least))
    if seed is not None:
        yield say(lang, "test.seeded", seed=seed)
    yield say(lang, "test.ready")
    session = replay(tables, least).session
    yield from (HEADER.format(flow=tables.entry) + recorded("found", session, library)).splitlines()


def mishap(tables: Tables, library: Library, walk: Walk) -> str | None:
    """Return what goes wrong on a walk, None if nothing does."""
    try:
        session = start(tables)
        _show(session, library)
        lines, crc = b"", 0
        for key, answer in walk:
            if session.place.key != key:
                return f"{key}: {session.place.key}"
            session = respond(session, answer)
            _show(session, library)
            line, crc = encode({"add": [[key, answer]]}, crc)
            lines += line
    except Failure as failure:
        return failure.message.en
    except _Unfilled as unfilled:
        return str(unfilled)
    loaded = replay(tables, tuple(_loaded(lines))).session
    return (
        None if loaded.place is session.place and loaded.answers == session.answers else "loaded otherwise than saved"
    )


class _Unfilled(Exception):  # noqa: N818 - it says what a text is
    """A text that is empty, or in which a placeholder is left."""


def _show(session: Session, library: Library) -> None:
    """Word all that is shown at a place, in both languages."""
    for lang in LANGS:
        if isinstance(session.place.node, End):
            end = ending(session, library, lang, DAY)
            texts: Iterable[str] = (
                end.text,
                *(each.name for each in end.contacts),
                *(each.text for each in end.causes),
            )
        else:
            asked = question(session, library, lang)
            texts = (asked.text, *asked.steps, *(each.text for each in asked.choices))
        for each in texts:
            if not each.strip() or "{" in each or "}" in each:
                raise _Unfilled(f"{session.place.id}: {lang}: {each!r}")


def _loaded(lines: bytes) -> Iterator[Answer]:
    for record in good_lines(lines).records:
        added = record["add"]
        yield from ((key, answer) for key, answer in (added if isinstance(added, list) else ()))
