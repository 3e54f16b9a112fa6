"""Walks flows over every edge or at random: each question and end in both languages, each answer saved and loaded."""

import json
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
from walletdoc.flowtest.shown import LANGS, Shown
from walletdoc.flowtest.suite import Suite
from walletdoc.flowtest.walk import Walk, random_walks, shortest, walks
from walletdoc.frozen import frozen
from walletdoc.library import Library
from walletdoc.locales import say
from walletdoc.question import question
from walletdoc.text import Lang, Text

DAY = date(2026, 1, 5)  # of a wait; any day would do


@frozen
class Mishap:
    """What goes wrong on a walk: the session as far as it went, and the answer that it could not take, if it was one."""

    wrong: Text
    session: Session
    answer: str | None = None


@frozen
class Walked:
    """How the walks through a flow went: how many there were; what went wrong, and a test of the shortest that shows it."""

    flow: str
    count: int
    wrong: Text | None = None
    test: tuple[str, ...] = ()


def report(
    library: Library,
    paths: Sequence[Path],
    count: int,
    seed: int,
    write: Callable[[str], None],
    lang: Lang,
    *,
    as_json: bool,
) -> bool:
    """Walk the flows that these files test, and print what went wrong; `count` walks at random, or 0 for every edge.

    Returns whether all went well. Raises as reading the files and flows does.
    """
    drawn = seed if count else None
    found = list(walked(library, paths, count, seed))
    if as_json:
        write(json.dumps({"seed": drawn, "flows": [_plain(each, lang) for each in found]}, indent=2))
    else:
        for each in found:
            for line in _lines(each, drawn, lang):
                write(line)
    return all(each.wrong is None for each in found)


def walked(library: Library, paths: Sequence[Path], count: int, seed: int) -> Iterator[Walked]:
    """Yield how the walks went, of each flow that these files test."""
    suite = Suite(library)
    benches = (suite.bench(read_file(path)) for path in paths)
    for id_, tables in {bench.flow.flow: bench.tables for bench in benches}.items():
        try:
            every = list(random_walks(tables, count, seed) if count else walks(tables))
        except Failure as failure:  # a flow that runs in a circle has no walks
            yield Walked(id_, 0, failure.message)
            continue
        failing = next((each for each in every if mishap(tables, suite.shown, each) is not None), None)
        yield Walked(id_, len(every)) if failing is None else _wrong(tables, suite.shown, failing, len(every))


def _wrong(tables: Tables, shown: Shown, walk: Walk, count: int) -> Walked:
    """Return what went wrong, with the shortest answers that show it as a test that fails by the same."""
    least = shortest(tables, lambda each: mishap(tables, shown, each) is not None, walk)
    found = mishap(tables, shown, least)
    if found is None:
        raise ValueError(least)
    test = recorded("found", found.session, shown.library)
    if found.answer is not None:
        test = test.rstrip("\n}") + f", answer: {found.answer}}}\n"
    return Walked(tables.entry, count, found.wrong, tuple(f"{HEADER.format(flow=tables.entry)}{test}".splitlines()))


def _lines(found: Walked, seed: int | None, lang: Lang) -> Iterator[str]:
    if found.wrong is None:
        yield say(lang, "test.walked", flow=found.flow, count=found.count)
        return
    yield say(lang, "test.mishap", flow=found.flow, wrong=found.wrong.of(lang))
    if seed is not None:
        yield say(lang, "test.seeded", seed=seed)
    if found.test:
        yield say(lang, "test.ready")
        yield from found.test


def _plain(found: Walked, lang: Lang) -> dict[str, object]:
    well = {"flow": found.flow, "walks": found.count, "passed": found.wrong is None}
    return well if found.wrong is None else {**well, "message": found.wrong.of(lang), "test": "\n".join(found.test)}


def mishap(tables: Tables, shown: Shown, walk: Walk) -> Mishap | None:
    """Return what goes wrong on a walk, None if nothing does."""
    session = start(tables)
    wrong = _amiss(session, shown)
    lines, crc = b"", 0
    for key, answer in walk:
        if wrong is not None:
            break
        if session.place.key != key:
            return Mishap(_same(f"{key}: {session.place.key}"), session)
        try:
            session = respond(session, answer)
        except Failure as failure:
            return Mishap(failure.message, session, answer)
        wrong = _amiss(session, shown)
        line, crc = encode({"add": [[key, answer]]}, crc)
        lines += line
    if wrong is not None:
        return Mishap(wrong, session)
    loaded = replay(tables, tuple(_loaded(lines))).session
    same = loaded.place is session.place and loaded.answers == session.answers
    return None if same else Mishap(_same("loaded otherwise than saved"), session)


def _amiss(session: Session, shown: Shown) -> Text | None:
    """Word all that is shown at a place, in both languages, and return what of it lacks something."""
    lacking = shown.lacking(session)
    if lacking is not None:
        return lacking
    try:
        for lang in LANGS:
            for each in _texts(session, shown.library, lang):
                if not each.strip() or "{" in each or "}" in each:
                    return _same(f"{session.place.id}: {lang}: {each!r}")
    except Failure as failure:
        return failure.message
    return None


def _same(wrong: str) -> Text:
    return Text(zh=wrong, en=wrong)


def _texts(session: Session, library: Library, lang: Lang) -> Iterable[str]:
    if isinstance(session.place.node, End):
        end = ending(session, library, lang, DAY)
        return end.text, *(each.name for each in end.contacts), *(each.text for each in end.causes)
    asked = question(session, library, lang)
    return asked.text, *asked.steps, *(each.text for each in asked.choices)


def _loaded(lines: bytes) -> Iterator[Answer]:
    for record in good_lines(lines).records:
        added = record["add"]
        yield from ((key, answer) for key, answer in (added if isinstance(added, list) else ()))
