"""All tests of some files, run; what comes back are plain frozen values, so that processes can hand them over."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from walletdoc.diagnostic import Diagnostic, Faulty, Severity
from walletdoc.engine import Session, Tables
from walletdoc.failure import USAGE, Failure
from walletdoc.flowtest.case import Always
from walletdoc.flowtest.coverage import Taken, causes_found, taken
from walletdoc.flowtest.names import answered
from walletdoc.flowtest.read import CaseFile, read_file
from walletdoc.flowtest.run import Bench, Failed, Stage
from walletdoc.flowtest.shown import Shown
from walletdoc.flowtest.way import Row
from walletdoc.forked import spread
from walletdoc.frozen import frozen
from walletdoc.library import Library
from walletdoc.locales import both
from walletdoc.text import visible
from walletdoc.verdict import diagnostic_from_plain, diagnostic_to_plain

TESTS, ALWAYS = "tests", "always"
Wanted = Callable[[Path, str], bool]
"""Whether to run a test, by its file and its name."""


@frozen
class Result:
    """How one test went: its name and line; of one that failed what was wrong, and the way taken beside the one expected."""

    name: str
    line: int
    fault: Diagnostic | None = None
    rows: tuple[Row, ...] = ()


@frozen
class FileResult:
    """How the tests of one file went, or what is wrong with the file; and the edges that its tests took, if asked.

    `source` is the text of a file in which something is wrong or failed.
    """

    path: str
    flow: str
    results: tuple[Result, ...]
    faults: tuple[Diagnostic, ...] = ()
    source: str = ""
    taken: frozenset[Taken] = frozenset()
    found: frozenset[str] = frozenset()

    @property
    def passed(self) -> bool:
        """Whether the file could be used, and none of its tests failed."""
        return not self.faults and all(each.fault is None for each in self.results)


class Suite:
    """Runs the tests of files on one library."""

    def __init__(self, library: Library, *, cover: bool = False, stop: bool = False) -> None:
        """Take the library; `cover` notes the edges that are taken, `stop` leaves a file at its first failure."""
        self.library = library
        self.cover = cover
        self.stop = stop
        self._stages: dict[str, tuple[Stage, Path]] = {}

    @cached_property
    def shown(self) -> Shown:
        """What the library has to show; asked for when a flow was added, since its pack may have more."""
        return Shown(self.library)

    def bench(self, file: CaseFile) -> Bench:
        """Return what the tests of a file run on; raises `Faulty` for the file where its flow can't be had."""
        id_ = file.cases.test
        try:
            stage = self._stage(id_, Path(file.document.path).with_name(f"{id_}.yaml"))
        except Failure as failure:
            raise _at_flow(file, failure) from None
        return Bench(stage, file.cases.tests)

    def _stage(self, id_: str, beside: Path) -> Stage:
        """Return what the tests of a flow run on; it may be in no pack, but in a file beside its tests."""
        if id_ not in self._stages:
            if beside.is_file():
                self.library.add_file(beside)
            self._stages[id_] = Stage(self.shown, Tables(self.library, id_)), self.library.file(id_).path
        stage, path = self._stages[id_]
        if beside != path and beside.is_file() and not beside.samefile(path):
            raise Failure(both("test.twin", flow=id_, file=visible(str(path))), USAGE)
        return stage

    def run(self, path: Path, wanted: Wanted) -> FileResult:
        """Return how the tests of a file went."""
        try:
            file = read_file(path)
            bench = self.bench(file)
        except Faulty as faulty:
            return FileResult(str(path), "", (), faulty.diagnostics, next(iter(faulty.sources.values()), ""))
        results: list[Result] = []
        reached: set[Taken] = set()
        for result, session in self._results(file, bench, lambda name: wanted(path, name)):
            results.append(result)
            if self.cover and session is not None and result.fault is None:
                reached.update(taken(session))
            if self.stop and result.fault is not None:
                break
        source = file.document.source if any(each.fault for each in results) else ""
        found = causes_found(bench.flow, reached)
        return FileResult(str(path), bench.flow.flow, tuple(results), (), source, frozenset(reached), found)

    def _results(
        self, file: CaseFile, bench: Bench, wanted: Callable[[str], bool]
    ) -> Iterator[tuple[Result, Session | None]]:
        for name in filter(wanted, file.cases.tests):
            session, failed = bench.run(name)
            yield _result(file, (TESTS, name), failed), session
        for name in filter(wanted, file.cases.always):
            yield _result(file, (ALWAYS, name), broken(file.cases.always[name], bench)), None

    def all(self, paths: Sequence[Path], wanted: Wanted, processes: int) -> Iterator[FileResult]:
        """Yield how the tests of some files went, in their order; of one that stops, up to the first that failed."""
        if self.stop:
            for path in paths:
                result = self.run(path, wanted)
                yield result
                if not result.passed:
                    return
            return
        results = spread(lambda at: _to_plain(self.run(paths[at], wanted)), len(paths), processes)
        yield from (_from_plain(each) for each in results)


def broken(always: Always, bench: Bench) -> Failed | None:
    """Return how something that always holds in a flow is broken, with the way that shows it; None if it holds."""
    from walletdoc.flowtest.invariant import broken as decide  # costs more than most tests, and few files need it
    from walletdoc.flowtest.ways import Ways

    found = decide(always, Ways(bench.tables), bench.stage.shown)
    if found is None:
        return None
    return Failed(found.message, (found.key,), tuple((answered(each), "") for each in found.witness))


def fault(file: CaseFile, at: tuple[str, str], failed: Failed) -> Diagnostic:
    """Return the failure of a test as a finding in its file, in the test's name."""
    span = file.document.place((*at, *failed.where), of_key=failed.key or not failed.where)
    return Diagnostic(file.document.path, span, at[1], Severity.ERROR, failed.message)


def _result(file: CaseFile, at: tuple[str, str], failed: Failed | None) -> Result:
    name = at[1]
    if failed is None:
        return Result(name, file.line(at))
    found = fault(file, at, failed)
    return Result(name, found.span.line, found, failed.rows)


def _at_flow(file: CaseFile, failure: Failure) -> Faulty:
    place = file.document.place(("test",))
    found = Diagnostic(file.document.path, place, "test", Severity.ERROR, failure.message)
    return Faulty((found,), {file.document.path: file.document.source})


def _to_plain(result: FileResult) -> object:
    faults = [diagnostic_to_plain(each) for each in result.faults]
    tests = [
        (each.name, each.line, each.fault and diagnostic_to_plain(each.fault), each.rows) for each in result.results
    ]
    return result.path, result.flow, tests, faults, result.source, list(result.taken), list(result.found)


def _from_plain(plain: Any) -> FileResult:  # noqa: ANN401 - what `_to_plain` made
    path, flow, tests, faults, source, reached, found = plain
    results = tuple(
        Result(name, line, failed and diagnostic_from_plain(failed), tuple(rows)) for name, line, failed, rows in tests
    )
    diagnostics = tuple(diagnostic_from_plain(each) for each in faults)
    return FileResult(path, flow, results, diagnostics, source, frozenset(map(tuple, reached)), frozenset(found))


def merged(results: Iterable[FileResult]) -> tuple[frozenset[Taken], Mapping[str, frozenset[str]]]:
    """Return the edges that all tests took, and the causes that they found, by flow."""
    reached: set[Taken] = set()
    found: dict[str, frozenset[str]] = {}
    for each in results:
        reached.update(each.taken)
        if each.flow:
            found[each.flow] = found.get(each.flow, frozenset()) | each.found
    return frozenset(reached), found
