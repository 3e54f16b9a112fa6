"""Flow tests as pytest items: `pytest tests/flows` collects each `*.test.yaml`, one item a test, at its line.

Nothing of walletdoc is imported before such a file is met.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from walletdoc.flowtest.read import CaseFile
    from walletdoc.flowtest.run import Bench, Failed
    from walletdoc.flowtest.suite import Suite

_SUFFIX = ".test.yaml"
_COVERED = "walletdoc_covered"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of flow coverage, and of the pack to test."""
    group = parser.getgroup("walletdoc", "flow tests")
    group.addoption("--flow-cov", action="store_true", help="report what of each flow its tests reached")
    group.addoption("--flow-cov-fail-under", type=float, metavar="N", help="fail below N per cent of that")
    group.addoption("--flows", metavar="DIR", help="a pack of flows beside walletdoc's own")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect a test file of a flow."""
    return FlowTestFile.from_parent(parent, path=file_path) if file_path.name.endswith(_SUFFIX) else None


class FlowTestError(Exception):
    """A flow test that failed, or a test file that can't be used, as it is shown."""


class FlowTestFile(pytest.File):
    """One test file."""

    def collect(self) -> Iterator[pytest.Item]:
        """Yield its tests, and what always holds."""
        from walletdoc.diagnostic import Faulty
        from walletdoc.failure import Failure
        from walletdoc.flowtest.read import read_file

        suite = _suite(self.config)
        try:
            file = read_file(self.path)
            bench = suite.bench(file)
        except Faulty as faulty:
            raise self.CollectError("\n".join(_told(faulty))) from None
        except Failure as failure:
            raise self.CollectError(failure.message.en) from None
        for name, case in file.cases.tests.items():
            item = FlowTest.from_parent(self, name=name, file=file, bench=bench)
            for mark in case.marks:
                item.add_marker(mark)
            yield item
        for name in file.cases.always:
            yield AlwaysTest.from_parent(self, name=name, file=file, bench=bench)


class FlowTest(pytest.Item):
    """One test of a flow."""

    table = "tests"

    def __init__(self, *, file: CaseFile, bench: Bench, **more: Any) -> None:  # noqa: ANN401 - what pytest hands on
        """Keep what it runs on."""
        super().__init__(**more)
        self.file = file
        self.bench = bench
        self.where: tuple[str | int, ...] = (self.table, self.name)

    def runtest(self) -> None:
        """Run it; raises `FlowTestError` if it fails."""
        from walletdoc.flowtest.coverage import taken

        session, failed = self.bench.run(self.name)
        if failed is not None:
            raise FlowTestError(self._said(failed))
        if _covers(self.config):
            _covered(self.config).setdefault(str(self.path), set()).update(taken(session))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:  # noqa: ANN401 - as pytest has it
        """Return a failure as the test's own words, without a traceback of ours."""
        if isinstance(excinfo.value, FlowTestError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return the file, the line from 0, and the name."""
        return self.path, self.file.line(self.where) - 1, self.name

    def _said(self, failed: Failed) -> str:
        from walletdoc.flowtest.run import beside

        line = self.file.line((*self.where, *failed.where))
        source = self.file.document.source.splitlines()[line - 1].strip()
        shown = "".join(f"\n    {each}" for each in beside(failed))
        return f"{self.path}:{line}: {failed.message.en}\n    {source}\nthe way taken, and the way expected:{shown}"


class AlwaysTest(FlowTest):
    """What always holds in a flow."""

    table = "always"

    def runtest(self) -> None:
        """Decide it over all ways."""
        from walletdoc.flowtest.suite import broken

        failed = broken(self.file.cases.always[self.name], self.bench)
        if failed is not None:
            raise FlowTestError(self._said(failed))


# --- the library, and the edges that were taken by the tests of each file, once a run


_suite_key = pytest.StashKey["Suite"]()
_covered_key = pytest.StashKey[dict[str, set[tuple[str, str, str]]]]()


def _suite(config: pytest.Config) -> Suite:
    from walletdoc.flowtest.suite import Suite
    from walletdoc.library import Library

    if _suite_key not in config.stash:
        pack = config.getoption("flows")
        config.stash[_suite_key] = Suite(Library(Path(pack) if pack else None))
    return config.stash[_suite_key]


def _told(faulty: Any) -> Iterator[str]:  # noqa: ANN401 - a `Faulty`, which is imported when there is one
    from walletdoc.complaint import of_diagnostic

    for each in faulty.diagnostics:
        yield from of_diagnostic(each, faulty.sources, "en")


def _covers(config: pytest.Config) -> bool:
    return bool(config.getoption("flow_cov") or config.getoption("flow_cov_fail_under") is not None)


def _covered(config: pytest.Config) -> dict[str, set[tuple[str, str, str]]]:
    return config.stash.setdefault(_covered_key, {})


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:  # noqa: ANN401 - of pytest-xdist
    """Take over what a worker has covered."""
    for path, reached in getattr(node, "workeroutput", {}).get(_COVERED, {}).items():
        _covered(node.config).setdefault(path, set()).update(tuple(each) for each in reached)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand over what was covered, where this is a worker; else fail where it is not enough."""
    config = session.config
    if not _covers(config):
        return
    output = getattr(config, "workeroutput", None)
    if output is not None:
        output[_COVERED] = {path: [list(each) for each in reached] for path, reached in _covered(config).items()}
        return
    least = config.getoption("flow_cov_fail_under")
    if least is not None and _total(config) < least and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:  # noqa: ANN401 - of pytest's own, not public
    """Show what was covered."""
    if not _covers(config):
        return
    from walletdoc.exporters.coverage_text import lines
    from walletdoc.flowtest.places import places

    covered = _coverages(config)
    library = _suite(config).library
    terminalreporter.section("flow coverage")
    for line in lines(covered, {each.id: places(library, each.id).nodes for each in covered}, "en"):
        terminalreporter.write_line(line)


def _total(config: pytest.Config) -> float:
    from walletdoc.exporters.coverage_text import total

    return total(_coverages(config))


def _coverages(config: pytest.Config) -> list[Any]:
    from walletdoc.flowtest.coverage import STEPS, causes_found, coverage
    from walletdoc.flowtest.read import read_file

    suite = _suite(config)
    # Under xdist only the workers have read the files, and a flow may be in no pack but beside its tests.
    flows = {path: suite.bench(read_file(Path(path))).flow for path in _covered(config)}
    every = {each for reached in _covered(config).values() for each in reached}
    found = {flow.flow: causes_found(flow, every) for flow in flows.values()}
    steps = sorted({id_ for id_, _, _ in every if id_.startswith(STEPS)})
    return [coverage(suite.library, name, every, found) for name in (*sorted(found), *steps)]
