"""From the bytes of a test file to its tests, every mistake at its place."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path

from walletdoc.diagnostic import Diagnostic, Faulty, Severity
from walletdoc.failure import Failure
from walletdoc.flowtest.case import MOVES, Case, Cases, Expect, Move
from walletdoc.frozen import frozen
from walletdoc.readfile import read
from walletdoc.schema import validate
from walletdoc.span import Span
from walletdoc.text import Text
from walletdoc.yamlfile import Document, parse

SUFFIX = ".test.yaml"
RULE = "test"
Where = tuple[str | int, ...]
_MARK = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


@frozen
class CaseFile:
    """A test file that was read: its tests, and where each thing in it stands."""

    document: Document
    cases: Cases

    def line(self, where: Where) -> int:
        """Return the line, from 1, of what stands there."""
        return self.document.place(where, of_key=True).line


def files(paths: Iterator[Path]) -> Iterator[Path]:
    """Yield the test files among paths and below folders, each once, in their order."""
    seen: set[Path] = set()
    for path in paths:
        found = sorted(path.rglob(f"*{SUFFIX}")) if path.is_dir() else [path]
        for each in found:
            if each not in seen:
                seen.add(each)
                yield each


def read_file(path: Path) -> CaseFile:
    """Return the tests of a file; raises `Faulty` with every mistake in it, also where it can't be read."""
    try:
        data = read(path)
    except Failure as failure:
        raise Faulty((Diagnostic(str(path), Span(1, 1, 1, 1), RULE, Severity.ERROR, failure.message),)) from None
    return cases_in(data, str(path))


def cases_in(data: bytes, path: str) -> CaseFile:
    """Return the tests in the bytes of a file; raises `Faulty` with every mistake in it."""
    document = parse(data, path)
    cases = validate(document, Cases)
    found = tuple(sorted(_mistakes(document, cases), key=lambda each: each.span))
    if found:
        raise Faulty(found, {document.path: document.source})
    return CaseFile(document, cases)


def _mistakes(document: Document, cases: Cases) -> Iterator[Diagnostic]:
    round_ = _in_circles(cases.tests)
    for name, case in cases.tests.items():
        at = ("tests", name)
        yield from _in_case(document, at, case)
        if case.after is not None and case.after not in cases.tests:
            text = Text(zh=f"没有测试“{case.after}”可以接着走", en=f"there is no test '{case.after}' to go on from")
            yield _found(document, (*at, "after"), text)
        elif name in round_:
            text = Text(zh=f"“{name}”最后又接回自己", en=f"'{name}' goes on from itself in the end")
            yield _found(document, (*at, "after"), text)
    for name, always in cases.always.items():
        if name in cases.tests:
            text = Text(zh=f"已经有一个测试叫“{name}”", en=f"a test goes by the name '{name}' already")
            yield _found(document, ("always", name), text, of_key=True)
        kinds = [always.never is not None, always.contact is not None, always.questions is not None]
        whole = (always.never is None) == (always.after is None) and (always.contact is None) == (always.at is None)
        if sum(kinds) != 1 or not whole:
            text = Text(
                zh="写 never 和 after，或者 contact 和 at，或者 questions",
                en="say never and after, or contact and at, or questions",
            )
            yield _found(document, ("always", name), text, of_key=True)


def _in_case(document: Document, at: Where, case: Case) -> Iterator[Diagnostic]:
    if case.steps is None and case.given is None and case.expect is None:
        text = Text(zh="测试里要有 given 和 expect，或者 steps", en="a test has given and expect, or steps")
        yield _found(document, at, text, of_key=True)
    elif case.steps is not None and (case.given is not None or case.expect is not None):
        text = Text(zh="steps 和 given、expect 只能写一种", en="a test has either steps or given and expect, not both")
        yield _found(document, (*at, "steps"), text, of_key=True)
    if case.steps == ():
        text = Text(zh="steps 里一行也没有", en="there are no lines in steps")
        yield _found(document, (*at, "steps"), text, of_key=True)
    for index, mark in enumerate(case.marks):
        if not _MARK.fullmatch(mark):
            text = Text(zh="标记用字母、数字、_ 和 -", en="a mark is letters, digits, _ and -")
            yield _found(document, (*at, "marks", index), text)
    if case.expect is not None:
        yield from _without_words(document, (*at, "expect"), case.expect)
    for index, move in enumerate(case.steps or ()):
        yield from _in_move(document, (*at, "steps", index), move)


def _in_move(document: Document, at: Where, move: Move) -> Iterator[Diagnostic]:
    kinds = [key for key in MOVES if getattr(move, key) is not None]
    if len(kinds) != 1:
        every = ", ".join(MOVES)
        yield _found(document, at, Text(zh=f"每一行有且只有一个：{every}", en=f"each line has just one of {every}"))
        return
    (kind,) = kinds
    for field in fields(move):
        if field.name not in {kind, *MOVES[kind]} and getattr(move, field.name) is not None:
            text = Text(zh=f"{kind} 这一行不能写 {field.name}", en=f"'{field.name}' doesn't go with '{kind}'")
            yield _found(document, (*at, field.name), text, of_key=True)
    if move.change is not None and len(move.change) != 1:
        text = Text(zh="change 里写一个要改的回答", en="change names one answer to change")
        yield _found(document, (*at, "change"), text)
    if move.back is False:
        text = Text(zh="写 back: true，或者删掉这一行", en="say back: true, or leave the line out")
        yield _found(document, (*at, "back"), text)
    yield from _without_words(document, at, move)


def _without_words(document: Document, at: Where, expect: Expect | Move) -> Iterator[Diagnostic]:
    if expect.text is not None and expect.text.zh is None and expect.text.en is None:
        text = Text(zh="text 里写 zh、en 或者两样都写", en="text says zh, en or both")
        yield _found(document, (*at, "text"), text)


def _in_circles(tests: Mapping[str, Case]) -> set[str]:
    """Return the tests that go on from themselves in the end, each looked at once."""
    found: set[str] = set()
    seen: set[str] = set()
    for name in tests:
        way: dict[str, int] = {}
        at: str | None = name
        while at is not None and at in tests and at not in seen:
            way[at] = len(way)
            seen.add(at)
            at = tests[at].after
        if at in way:
            found.update(each for each, place in way.items() if place >= way[at])
    return found


def _found(document: Document, where: Where, text: Text, *, of_key: bool = False) -> Diagnostic:
    return Diagnostic(document.path, document.place(where, of_key=of_key), RULE, Severity.ERROR, text)
