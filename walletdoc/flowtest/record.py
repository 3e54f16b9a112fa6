"""A session as a test: what was answered is given, and where it stopped is expected."""

from collections import Counter
from collections.abc import Iterable
from itertools import count
from pathlib import Path

from walletdoc.diagnostic import Faulty
from walletdoc.engine import Session, visits
from walletdoc.failure import USAGE, Failure
from walletdoc.flow import End
from walletdoc.flowtest import names
from walletdoc.flowtest.read import CaseFile, cases_in, read_file
from walletdoc.flowtest.shown import Shown
from walletdoc.flowtest.stopped import protecting
from walletdoc.library import Library
from walletdoc.locales import both
from walletdoc.outfile import write_out
from walletdoc.text import visible

HEADER = "test: {flow}\nformat: 1\ntests:\n"


def recorded(name: str, session: Session, library: Library) -> str:
    """Return a session as the YAML of one test, below `tests:`; one that has not ended is told line by line."""
    given = list(_given(session))
    node = session.place.node
    if not isinstance(node, End):
        asked = [f"      - {{asked: {key}, answer: {answer}}}" for key, answer in given]
        return (
            "\n".join([f"  {name}:", "    steps:", *asked, f"      - {{asked: {names.asked(session.place).name}}}"])
            + "\n"
        )
    said = ", ".join(f"{key}: {answer}" for key, answer in given)
    return f"  {name}:\n    given: {{{said}}}\n    expect: {{{', '.join(_expected(session, node, library))}}}\n"


def _given(session: Session) -> Iterable[tuple[str, str]]:
    """Return each answer by the shortest name that no other question of the session shares."""
    asked = [names.asked(visit.place) for visit in visits(session) if not visit.known]
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
    protects = protecting(session)
    if protects:
        yield f"protects: [{', '.join(protects)}]"


def record(path: Path, session: Session, library: Library) -> str:
    """Add a session to a test file as a test, the first if there is no such file, and return the test's name.

    Raises Failure: 2 where the file tests another flow, or its tests do not stand one below the other; 74 where it can't
    be written; `Faulty` where it is no test file.
    """
    flow = session.tables.entry
    if not path.exists():
        write_out(path, HEADER.format(flow=flow) + recorded("recorded-1", session, library), shared=True)
        return "recorded-1"
    file = read_file(path)
    shown = visible(str(path))
    if file.cases.test != flow:
        raise Failure(both("test.other-flow", file=shown, flow=file.cases.test), USAGE)
    taken = {*file.cases.tests, *file.cases.always}
    name = next(each for number in count(1) if (each := f"recorded-{number}") not in taken)
    text = _with(file, recorded(name, session, library))
    try:
        added = name in cases_in(text.encode(), str(path)).cases.tests
    except Faulty:
        added = False
    if not added:
        raise Failure(both("test.no-block", file=shown), USAGE)
    write_out(path, text, shared=True)
    return name


def _with(file: CaseFile, test: str) -> str:
    """Return the text of a file with a test more, below its last."""
    source = file.document.source
    if not source.endswith("\n"):
        source += "\n"
    if not file.cases.tests:
        return f"{source}tests:\n{test}"
    last = file.document.place(("tests", list(file.cases.tests)[-1])).end_line  # a block ends before the next key
    lines = source.splitlines(keepends=True)
    at = next((at for at in range(last - 1, len(lines)) if at >= last or not lines[at][0].isspace()), len(lines))
    return "".join((*lines[:at], test, *lines[at:]))
