"""A session as a test: what was answered is given, and where it stopped is expected."""

from collections import Counter
from collections.abc import Iterable
from itertools import count
from pathlib import Path

from walletdoc.answers import Asked
from walletdoc.engine import Session, visits
from walletdoc.failure import CANNOT_WRITE, USAGE, Failure
from walletdoc.flow import Do, End
from walletdoc.flowtest.read import read_file
from walletdoc.flowtest.shown import Shown
from walletdoc.library import Library
from walletdoc.locales import both
from walletdoc.text import visible

HEADER = "test: {flow}\nformat: 1\ntests:\n"


def recorded(name: str, session: Session, library: Library) -> str:
    """Return a session as the YAML of one test, below `tests:`; one that has not ended is told line by line."""
    given = list(_given(session))
    node = session.place.node
    if not isinstance(node, End):
        asked = [f"      - {{asked: {key}, answer: {answer}}}" for key, answer in given]
        return "\n".join([f"  {name}:", "    steps:", *asked, f"      - {{asked: {_next(session)}}}"]) + "\n"
    said = ", ".join(f"{key}: {answer}" for key, answer in given)
    return f"  {name}:\n    given: {{{said}}}\n    expect: {{{', '.join(_expected(session, node, library))}}}\n"


def _next(session: Session) -> str:
    place = session.place
    return Asked(place.key, place.flow.flow, place.id).name


def _given(session: Session) -> Iterable[tuple[str, str]]:
    """Return each answer by the shortest name that no other question of the session shares."""
    asked = [
        Asked(visit.place.key, visit.place.flow.flow, visit.place.id, getattr(visit.place.owner, "step", None))
        for visit in visits(session)
        if not visit.known
    ]
    shared = Counter(name for each in asked for name in set(each.names))
    answers = dict(session.answers)
    for each in asked:
        plain = [name for name in (each.name, *reversed(each.names)) if shared[name] == 1]
        yield (plain[0] if plain else each.key), answers[each.key]


def _expected(session: Session, end: End, library: Library) -> Iterable[str]:
    place = session.place
    yield f"end: {end.end}"
    yield f"at: {place.id}"
    if place.leg:
        yield f"flow: {place.flow.flow}"
    if end.causes:
        yield f"causes: [{', '.join(end.causes)}]"
    contacts = Shown(library).ids(end, session.facts)
    if contacts:
        yield f"contacts: [{', '.join(contacts)}]"
    if end.prepare:
        yield f"prepare: [{', '.join(end.prepare)}]"
    protects = [visit.place.id for visit in visits(session) if visit.answer == "done" and _protects(visit.place.node)]
    if protects:
        yield f"protects: [{', '.join(protects)}]"


def _protects(node: object) -> bool:
    return isinstance(node, Do) and node.protects


def record(path: Path, session: Session, library: Library) -> str:
    """Add a session to a test file as a test, the first if there is no such file, and return the test's name.

    Raises Failure: 2 where the file tests another flow, 74 where it can't be written; `Faulty` where it is no test file.
    """
    flow = session.tables.entry
    if not path.exists():
        _write(path, HEADER.format(flow=flow) + recorded("recorded-1", session, library))
        return "recorded-1"
    file = read_file(path)
    if file.cases.test != flow:
        shown = visible(str(path))
        raise Failure(both("test.other-flow", file=shown, flow=file.cases.test), USAGE)
    name = next(each for number in count(1) if (each := f"recorded-{number}") not in file.cases.tests)
    text, source = recorded(name, session, library), file.document.source
    if not file.cases.tests:
        _write(path, source.rstrip("\n") + f"\ntests:\n{text}")
        return name
    last = file.document.place(("tests", list(file.cases.tests)[-1])).end_line  # a block ends before the next key
    lines = source.splitlines(keepends=True)
    at = next((at for at in range(last - 1, len(lines)) if at >= last or not lines[at][0].isspace()), len(lines))
    _write(path, "".join((*lines[:at], text, *lines[at:])))
    return name


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        why = visible(error.strerror or str(error))
        raise Failure(both("case.cannot-write", file=visible(str(path)), why=why), CANNOT_WRITE) from error
