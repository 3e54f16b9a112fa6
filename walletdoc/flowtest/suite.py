"""All tests of some files, run; what comes back are plain frozen values, so that processes can hand them over."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from walletdoc.diagnostic import Diagnostic, Faulty
from walletdoc.engine import Tables
from walletdoc.failure import Failure
from walletdoc.flowtest.case import Always
from walletdoc.flowtest.coverage import Taken, causes_found, taken
from walletdoc.flowtest.read import CaseFile, read_file
from walletdoc.flowtest.run import Bench, Failed, Stage, lines
from walletdoc.forked import spread
from walletdoc.frozen import frozen
from walletdoc.library import Library
from walletdoc.text import Text
from walletdoc.verdict import diagnostic_from_plain, diagnostic_to_plain

ALWAYS = "always"
Wanted = Callable[[str], bool]


@frozen
class Result:
    """How one test went: its name and line; why it failed and the way it took, none if it passed."""

    name: str
    line: int
    message: Text | None = None
    way: tuple[str, ...] = ()
    expected: tuple[str, ...] = ()


@frozen
class FileResult:
    """How the tests of one file went, or what is wrong with the file; and the edges that its tests took, if asked."""

    path: str
    flow: str
    results: tuple[Result, ...]
    faults: tuple[Diagnostic, ...] = ()
    source: str = ""
    taken: frozenset[Taken] = frozenset()
    found: frozenset[str] = frozenset()


class Suite:
    """Runs the tests of files on one library."""

    def __init__(self, library: Library, *, cover: bool = False) -> None:
        """Take the library; `cover` notes the edges that are taken."""
        self.library = library
        self.cover = cover
        self._stages: dict[str, Stage] = {}

    def bench(self, file: CaseFile) -> Bench:
        """Return what the tests of a file run on; raises `Faulty` for the file where its flow can't be had."""
        id_ = file.cases.test
        if id_ not in self._stages:
            beside = Path(file.document.path).with_name(f"{id_}.yaml")
            try:
                if beside.is_file():  # a flow that is in no pack
                    self.library.add_file(beside)
                self._stages[id_] = Stage(self.library, Tables(self.library, id_))
            except Failure as failure:
                raise _at_flow(file, failure) from None
        return Bench(self._stages[id_], file.cases.tests)

    def run(self, path: Path, wanted: Wanted) -> FileResult:
        """Return how the tests of a file went."""
        try:
            file = read_file(path)
            bench = self.bench(file)
        except Faulty as faulty:
            return FileResult(str(path), "", (), faulty.diagnostics, next(iter(faulty.sources.values()), ""))
        except Failure as failure:
            return FileResult(str(path), "", (Result(path.name, 1, failure.message),))
        results: list[Result] = []
        reached: set[Taken] = set()
        for name in file.cases.tests:
            if wanted(name):
                session, failed = bench.run(name)
                results.append(_result(file, name, failed))
                if self.cover and failed is None:
                    reached.update(taken(session))
        for name, always in file.cases.always.items():
            if wanted(name):
                results.append(self.held(file, name, always, bench))
        found = causes_found(bench.flow, reached)
        return FileResult(str(path), bench.flow.flow, tuple(results), (), "", frozenset(reached), found)

    def held(self, file: CaseFile, name: str, always: Always, bench: Bench) -> Result:
        """Return whether what always holds does, with the way that shows it if not."""
        line = file.line((ALWAYS, name))
        failed = broken(always, bench)
        return Result(name, line) if failed is None else Result(name, line, failed.message, failed.way)

    def all(self, paths: Sequence[Path], wanted: Wanted, processes: int) -> Iterator[FileResult]:
        """Yield how the tests of some files went, in their order."""
        results = spread(lambda at: _to_plain(self.run(paths[at], wanted)), len(paths), processes)
        return (_from_plain(each) for each in results)


def broken(always: Always, bench: Bench) -> Failed | None:
    """Return how something that always holds in a flow is broken, with the way that shows it; None if it holds."""
    from walletdoc.flowtest.invariant import broken as decide  # costs more than most tests, and few files need it
    from walletdoc.flowtest.ways import Ways

    found = decide(always, Ways(bench.tables), bench.library)
    return None if found is None else Failed(found.message, (), lines(found.witness))


def _result(file: CaseFile, name: str, failed: Failed | None) -> Result:
    if failed is None:
        return Result(name, file.line(("tests", name)))
    return Result(name, file.line(("tests", name, *failed.where)), failed.message, failed.way, failed.expected)


def _at_flow(file: CaseFile, failure: Failure) -> Faulty:
    from walletdoc.diagnostic import Severity

    place = file.document.place(("test",))
    found = Diagnostic(file.document.path, place, "test", Severity.ERROR, failure.message)
    return Faulty((found,), {file.document.path: file.document.source})


def _to_plain(result: FileResult) -> object:
    faults = [diagnostic_to_plain(each) for each in result.faults]
    tests = [
        (each.name, each.line, each.message and (each.message.zh, each.message.en), each.way, each.expected)
        for each in result.results
    ]
    return result.path, result.flow, tests, faults, result.source, list(result.taken), list(result.found)


def _from_plain(plain: Any) -> FileResult:  # noqa: ANN401 - what `_to_plain` made
    path, flow, tests, faults, source, reached, found = plain
    results = tuple(
        Result(name, line, message and Text(zh=message[0], en=message[1]), tuple(way), tuple(expected))
        for name, line, message, way, expected in tests
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
