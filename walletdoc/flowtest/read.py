"""From the bytes of a test file to its tests, every mistake at its place."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from walletdoc.diagnostic import Diagnostic, Faulty, Severity
from walletdoc.flowtest.case import MOVES, Case, Cases, Move
from walletdoc.frozen import frozen
from walletdoc.readfile import read
from walletdoc.schema import validate
from walletdoc.text import Text
from walletdoc.yamlfile import Document, parse

SUFFIX = ".test.yaml"
RULE = "test"
Where = tuple[str | int, ...]


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
    """Return the tests of a file; raises `Faulty` with every mistake in it, `Failure` where it can't be read."""
    document = parse(read(path), str(path))
    cases = validate(document, Cases)
    found = tuple(sorted(_mistakes(document, cases), key=lambda each: each.span))
    if found:
        raise Faulty(found, {document.path: document.source})
    return CaseFile(document, cases)


def _mistakes(document: Document, cases: Cases) -> Iterator[Diagnostic]:
    for name, case in cases.tests.items():
        at = ("tests", name)
        yield from _in_case(document, at, case)
        if case.after is not None and case.after not in cases.tests:
            text = Text(zh=f"没有测试“{case.after}”可以接着走", en=f"there is no test '{case.after}' to go on from")
            yield _found(document, (*at, "after"), text)
        elif _goes_round(cases.tests, name):
            text = Text(zh=f"“{name}”最后又接回自己", en=f"'{name}' goes on from itself in the end")
            yield _found(document, (*at, "after"), text)
    for name, always in cases.always.items():
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
    for index, move in enumerate(case.steps or ()):
        kinds = [key for key in MOVES if getattr(move, key) is not None]
        if len(kinds) != 1:
            every = ", ".join(MOVES)
            text = Text(zh=f"每一行有且只有一个：{every}", en=f"each line has just one of {every}")
            yield _found(document, (*at, "steps", index), text)
        elif _is_empty(move):
            text = Text(zh="change 里写一个要改的回答", en="change names one answer to change")
            yield _found(document, (*at, "steps", index, "change"), text)


def _is_empty(move: Move) -> bool:
    return move.change is not None and len(move.change) != 1


def _goes_round(tests: Mapping[str, Case], name: str) -> bool:
    seen: set[str] = set()
    at: str | None = name
    while at is not None and at in tests and at not in seen:
        seen.add(at)
        at = tests[at].after
    return at == name


def _found(document: Document, where: Where, text: Text, *, of_key: bool = False) -> Diagnostic:
    return Diagnostic(document.path, document.place(where, of_key=of_key), RULE, Severity.ERROR, text)
