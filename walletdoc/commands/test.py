"""`walletdoc test [PATHS]`: scripted tests of flows, what they cover, walks, and mutants."""

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from walletdoc.context import current
from walletdoc.exporters import coverage_lcov, coverage_text, tests_json, tests_junit, tests_text
from walletdoc.failure import CANNOT_WRITE, FINDINGS, USAGE, Failure
from walletdoc.flowtest.coverage import STEPS, Coverage, coverage
from walletdoc.flowtest.places import places
from walletdoc.flowtest.read import SUFFIX, files
from walletdoc.flowtest.suite import FileResult, Suite, merged
from walletdoc.forked import processors
from walletdoc.library import Library
from walletdoc.locales import both, say
from walletdoc.streams import write
from walletdoc.text import visible

_lang = current().lang
USUAL = Path("tests/flows")

PathsArgument = Annotated[list[Path] | None, typer.Argument(metavar="PATHS", help=say(_lang, "test.paths"))]
JsonOption = Annotated[bool, typer.Option("--json", help=say(_lang, "help.json"))]
JunitOption = Annotated[Path | None, typer.Option("--junit", metavar="FILE", help=say(_lang, "test.junit"))]
StopOption = Annotated[bool, typer.Option("-x", help=say(_lang, "test.stop"))]
NameOption = Annotated[str, typer.Option("-k", metavar="WORD", help=say(_lang, "test.name"))]
CovOption = Annotated[bool, typer.Option("--flow-cov", help=say(_lang, "test.cov"))]
CovUnderOption = Annotated[
    float | None, typer.Option("--flow-cov-fail-under", metavar="N", help=say(_lang, "test.cov-under"))
]
LcovOption = Annotated[Path | None, typer.Option("--flow-cov-lcov", metavar="FILE", help=say(_lang, "test.lcov"))]
WalkOption = Annotated[bool, typer.Option("--walk", help=say(_lang, "test.walk"))]
RandomOption = Annotated[int, typer.Option("--random", metavar="N", help=say(_lang, "test.random"))]
SeedOption = Annotated[int, typer.Option("--seed", metavar="S", help=say(_lang, "test.seed"))]
MutateOption = Annotated[bool, typer.Option("--mutate", help=say(_lang, "test.mutate"))]
UnderOption = Annotated[float | None, typer.Option("--fail-under", metavar="N", help=say(_lang, "test.under"))]


def command(  # noqa: PLR0913, PLR0917 - one for each option
    paths: PathsArgument = None,
    json_: JsonOption = False,
    junit: JunitOption = None,
    stop: StopOption = False,
    name: NameOption = "",
    cov: CovOption = False,
    cov_under: CovUnderOption = None,
    lcov: LcovOption = None,
    walk: WalkOption = False,
    random: RandomOption = 0,
    seed: SeedOption = 0,
    mutate: MutateOption = False,
    under: UnderOption = None,
) -> None:
    """Run the tests of flows and print what failed; exit code 1 if anything did."""
    context = current()
    found = list(files(iter(_existing(paths or [_usual()]))))
    if not found:
        raise Failure(both("test.none", suffix=SUFFIX), USAGE)
    library = context.library
    if mutate:
        from walletdoc.flowtest.survivors import report

        passed = report(library, found, seed, under, write, context.lang, as_json=json_)
    elif walk or random:
        from walletdoc.flowtest.walked import walked

        passed = walked(library, found, random, seed, write, context.lang)
    else:
        covers = cov or cov_under is not None or lcov is not None
        passed = _tested(library, found, name, junit, (cov_under, lcov) if covers else None, stop=stop, as_json=json_)
    if not passed:
        raise typer.Exit(FINDINGS)


def _usual() -> Path:
    return USUAL if USUAL.is_dir() else Path()


def _existing(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if not path.exists():
            raise Failure(both("file.missing", name=visible(str(path))), USAGE)
        yield path


def _tested(
    library: Library,
    paths: list[Path],
    name: str,
    junit: Path | None,
    cover: tuple[float | None, Path | None] | None,
    *,
    stop: bool,
    as_json: bool,
) -> bool:
    """Run tests and print how they went; `cover` is what coverage must reach at least, and its lcov file."""
    lang = current().lang
    suite = Suite(library, cover=cover is not None)
    wanted: Callable[[str], bool] = (lambda each: name in each) if name else (lambda _: True)
    if stop:
        results = list(_until_one_fails(suite.run(path, wanted) for path in paths))
    else:
        results = list(suite.all(paths, wanted, processors()))
    passed = all(_passed(each) for each in results)
    covered = list(_covered(library, results)) if cover is not None else []
    if as_json:
        whole: dict[str, object] = {"tests": tests_json.plain(results, lang)}
        if cover is not None:
            whole["coverage"] = tests_json.covered(covered)
        write(json.dumps(whole, indent=2))
    else:
        for line in tests_text.lines(results, lang):
            write(line)
    if junit is not None:
        _put(junit, tests_junit.lines(results, lang))
    if cover is not None:
        passed &= _reported(library, covered, cover, quiet=as_json)
    return passed


def _until_one_fails(results: Iterable[FileResult]) -> Iterator[FileResult]:
    for each in results:
        yield each
        if not _passed(each):
            return


def _passed(file: FileResult) -> bool:
    return not file.faults and all(each.message is None for each in file.results)


def _covered(library: Library, results: Iterable[FileResult]) -> Iterator[Coverage]:
    """Yield the coverage of each flow that has tests, and of the steps that these went through."""
    reached, found = merged(results)
    steps = sorted({id_ for id_, _, _ in reached if id_.startswith(STEPS)})
    for name in (*sorted(found), *steps):
        yield coverage(library, name, reached, found)


def _reported(
    library: Library, covered: list[Coverage], cover: tuple[float | None, Path | None], *, quiet: bool
) -> bool:
    """Print coverage, write its lcov file, and return whether it is enough."""
    least, lcov = cover
    lang = current().lang
    where = {each.id: places(library, each.id) for each in covered}
    if not quiet:
        write("")
        for line in coverage_text.lines(covered, {id_: each.nodes for id_, each in where.items()}, lang):
            write(line)
    if lcov is not None:
        sources = {
            id_: (each.path, {node: first for node, (first, _) in each.nodes.items()}, each.edges)
            for id_, each in where.items()
        }
        _put(lcov, coverage_lcov.lines(covered, sources))
    reached = coverage_text.total(covered)
    if least is not None and reached < least:
        write(say(lang, "test.cov-less", percent=f"{reached:.1f}", least=f"{least:g}"))
        return False
    return True


def _put(path: Path, lines: Iterable[str]) -> None:
    try:
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    except OSError as error:
        why = visible(error.strerror or str(error))
        raise Failure(both("case.cannot-write", file=visible(str(path)), why=why), CANNOT_WRITE) from error
