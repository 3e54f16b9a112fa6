"""Flow tests as pytest items: `pytest tests/flows` collects each `*.test.yaml`, one item a test, at its line.

Nothing of walletdoc is imported before such a file is met.
"""

from __future__ import annotations

import json
import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from walletdoc.flowtest.case import Always
    from walletdoc.flowtest.coverage import Coverage
    from walletdoc.flowtest.places import Places
    from walletdoc.flowtest.read import CaseFile
    from walletdoc.flowtest.run import Bench, Failed
    from walletdoc.flowtest.suite import Suite
    from walletdoc.text import Lang

_SUFFIX = ".test.yaml"
_COVERED = "walletdoc_covered"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of flow coverage, and of the pack to test."""
    group = parser.getgroup("walletdoc", "flow tests")
    group.addoption("--flow-cov", action="store_true", help="report what of each flow its tests reached")
    group.addoption("--flow-cov-fail-under", type=float, metavar="N", help="fail below N per cent of that")
    group.addoption("--flow-cov-json", type=Path, metavar="FILE", help="write it as JSON")
    group.addoption("--flow-cov-lcov", type=Path, metavar="FILE", help="write it as an lcov trace file")
    group.addoption("--flows", metavar="DIR", help="a pack of flows beside walletdoc's own")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect a test file of a flow."""
    return FlowTestFile.from_parent(parent, path=file_path) if file_path.name.endswith(_SUFFIX) else None


class FlowTestError(Exception):
    """A flow test that failed."""

    def __init__(self, failed: Failed) -> None:
        """Keep how it failed."""
        super().__init__(failed.message.en)
        self.failed = failed


class FlowTestFile(pytest.File):
    """One test file."""

    def collect(self) -> Iterator[pytest.Item]:
        """Yield its tests, and what always holds."""
        from walletdoc.diagnostic import Faulty
        from walletdoc.flowtest.read import read_file

        try:
            file = read_file(self.path)
            bench = _suite(self.config).bench(file)
        except Faulty as faulty:
            raise self.CollectError("\n".join(_told(faulty))) from None
        # An item keeps its line and not the file: with thousands of files, what is kept costs more than what is run.
        for name, case in file.cases.tests.items():
            line = file.line((FlowTest.table, name))
            item = FlowTest.from_parent(self, name=name, line=line, bench=bench)
            for index, mark in enumerate(case.marks):
                self._mark(item, mark, file, ("tests", name, "marks", index))
            yield item
        for name, always in file.cases.always.items():
            line = file.line((AlwaysTest.table, name))
            yield AlwaysTest.from_parent(self, name=name, line=line, bench=bench, always=always)

    def _mark(self, item: pytest.Item, mark: str, file: CaseFile, where: tuple[str | int, ...]) -> None:
        """Add a marker; raises `CollectError` with its place for one that is not registered, if that is to be strict."""
        from walletdoc.diagnostic import Diagnostic, Faulty, Severity
        from walletdoc.text import Text

        try:
            item.add_marker(mark)
        except (pytest.fail.Exception, pytest.PytestUnknownMarkWarning) as unknown:
            path, said = file.document.path, str(unknown)
            found = Diagnostic(path, file.document.place(where), "test", Severity.ERROR, Text(zh=said, en=said))
            raise self.CollectError("\n".join(_told(Faulty((found,), {path: file.document.source})))) from None


class FlowTest(pytest.Item):
    """One test of a flow; `line` is where it stands, from 1."""

    table = "tests"

    def __init__(self, *, line: int, bench: Bench, **more: Any) -> None:  # noqa: ANN401 - what pytest hands on
        """Keep what it runs on."""
        super().__init__(**more)
        self.line = line
        self.bench = bench

    def runtest(self) -> None:
        """Run it; raises `FlowTestError` if it fails."""
        session, failed = self.bench.run(self.name)
        if failed is not None:
            raise FlowTestError(failed)
        covered = self.config.stash.get(_covered_key, None)
        if covered is not None:
            from walletdoc.flowtest.coverage import taken

            covered.setdefault(str(self.path), set()).update(taken(session))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:  # noqa: ANN401 - as pytest has it
        """Return a failure as the test's own words, without a traceback of ours."""
        if isinstance(excinfo.value, FlowTestError):
            return "\n".join(self._said(excinfo.value.failed))
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return the file, the line from 0, and the name."""
        return self.path, self.line - 1, self.name

    @cached_property
    def location(self) -> tuple[str, int | None, str]:
        """Where it stands, for reports; its id has the file already, and to work that out again takes long."""
        return self.nodeid.partition("::")[0], self.line - 1, self.name

    def _said(self, failed: Failed) -> Iterator[str]:
        """Yield what was wrong, which is what a summary shows, then where, then the ways."""
        from walletdoc.flowtest.read import read_file
        from walletdoc.flowtest.suite import fault
        from walletdoc.flowtest.way import shown

        file = read_file(self.path)
        found = fault(file, (self.table, self.name), failed)
        place = f"{self.location[0]}:{found.span.line}:{found.span.column}"
        yield found.message.of(_lang())
        yield from shown(file.document.source, found.span, failed.rows, _lang())
        yield f"{place}: {self.name}"


class AlwaysTest(FlowTest):
    """What always holds in a flow."""

    table = "always"

    def __init__(self, *, always: Always, **more: Any) -> None:  # noqa: ANN401 - as above
        """Keep what is to hold."""
        super().__init__(**more)
        self.always = always

    def runtest(self) -> None:
        """Decide it over all ways."""
        from walletdoc.flowtest.suite import broken

        failed = broken(self.always, self.bench)
        if failed is not None:
            raise FlowTestError(failed)


# --- the library, and the edges that were taken by the tests of each file, once a run


_suite_key = pytest.StashKey["Suite"]()
_covered_key = pytest.StashKey[dict[str, set[tuple[str, str, str]]]]()


def _suite(config: pytest.Config) -> Suite:
    if _suite_key not in config.stash:
        from walletdoc.flowtest.suite import Suite
        from walletdoc.folders import cache_folder
        from walletdoc.library import Library

        pack = config.getoption("flows")
        config.stash[_suite_key] = Suite(Library(Path(pack) if pack else None, cache_folder(os.environ)))
    return config.stash[_suite_key]


def _lang() -> Lang:
    from walletdoc.config import language

    return language(None, os.environ, {})


def _told(faulty: Any) -> Iterator[str]:  # noqa: ANN401 - a `Faulty`, which is imported when there is one
    from walletdoc.complaint import of_diagnostic

    for each in faulty.diagnostics:
        yield from of_diagnostic(each, faulty.sources, _lang())


def pytest_configure(config: pytest.Config) -> None:
    """Begin to note what is covered, if that was asked for."""
    names = ("flow_cov", "flow_cov_json", "flow_cov_lcov")
    if any(config.getoption(name) for name in names) or config.getoption("flow_cov_fail_under") is not None:
        config.stash[_covered_key] = {}


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:  # noqa: ANN401 - of pytest-xdist
    """Take over what a worker has covered."""
    for path, reached in getattr(node, "workeroutput", {}).get(_COVERED, {}).items():
        node.config.stash[_covered_key].setdefault(path, set()).update(tuple(each) for each in reached)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand over what was covered, where this is a worker; else fail where it is not enough."""
    config = session.config
    covered = config.stash.get(_covered_key, None)
    if covered is None:
        return
    output = getattr(config, "workeroutput", None)
    if output is not None:
        output[_COVERED] = {path: [list(each) for each in reached] for path, reached in covered.items()}
        return
    least = config.getoption("flow_cov_fail_under")
    if least is not None and _total(_coverages(config)) < least and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:  # noqa: ANN401 - of pytest's own, not public
    """Show what was covered, and write it where that was asked for."""
    if _covered_key not in config.stash:
        return
    from walletdoc.exporters.coverage_text import lines
    from walletdoc.flowtest.places import places
    from walletdoc.locales import say

    covered = _coverages(config)
    where = {each.id: places(_suite(config).library, each.id) for each in covered}
    terminalreporter.section("flow coverage")
    for line in lines(covered, where, _lang()):
        terminalreporter.write_line(line)
    least = config.getoption("flow_cov_fail_under")
    if least is not None and _total(covered) < least:
        terminalreporter.write_line(say(_lang(), "test.cov-less", percent=f"{_total(covered):.1f}", least=f"{least:g}"))
    _write(config, covered, where)


def _write(config: pytest.Config, covered: tuple[Coverage, ...], where: dict[str, Places]) -> None:
    from walletdoc.exporters import coverage_lcov, tests_json
    from walletdoc.outfile import write_out

    as_json, as_lcov = config.getoption("flow_cov_json"), config.getoption("flow_cov_lcov")
    if as_json:
        write_out(as_json, json.dumps(tests_json.covered(covered, where), indent=2) + "\n", shared=True)
    if as_lcov:
        write_out(as_lcov, "\n".join(coverage_lcov.lines(covered, where)) + "\n", shared=True)


def _total(covered: Iterable[Coverage]) -> float:
    from walletdoc.exporters.coverage_text import total

    return total(tuple(covered))


def _coverages(config: pytest.Config) -> tuple[Coverage, ...]:
    from walletdoc.flowtest.coverage import causes_found, coverages
    from walletdoc.flowtest.read import read_file

    suite = _suite(config)
    # Under xdist only the workers have read the files, and a flow may be in no pack but beside its tests.
    covered = config.stash[_covered_key]
    flows = {path: suite.bench(read_file(Path(path))).flow for path in covered}
    every = {each for reached in covered.values() for each in reached}
    return coverages(suite.library, every, {flow.flow: causes_found(flow, every) for flow in flows.values()})
