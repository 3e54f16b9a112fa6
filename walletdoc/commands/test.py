"""`walletdoc test [PATHS]`: scripted tests of flows, what they cover, walks, and mutants."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated

import typer

from walletdoc.context import current
from walletdoc.exporters import coverage_lcov, coverage_text, tests_json, tests_junit, tests_text
from walletdoc.failure import FINDINGS, USAGE, Failure
from walletdoc.flowtest.coverage import Coverage, coverages
from walletdoc.flowtest.places import Places, places
from walletdoc.flowtest.read import SUFFIX, files
from walletdoc.flowtest.suite import Suite, merged
from walletdoc.forked import processors
from walletdoc.frozen import frozen
from walletdoc.locales import both, say
from walletdoc.outfile import write_out
from walletdoc.streams import complain, write
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
RandomOption = Annotated[int, typer.Option("--random", metavar="N", min=0, help=say(_lang, "test.random"))]
SeedOption = Annotated[int | None, typer.Option("--seed", metavar="S", help=say(_lang, "test.seed"))]
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
    seed: SeedOption = None,
    mutate: MutateOption = False,
    under: UnderOption = None,
) -> None:
    """Run the tests of flows and print what failed; exit code 1 if anything did."""
    tests = {
        "--junit": junit, "-x": stop, "-k": name, "--flow-cov": cov, "--flow-cov-fail-under": cov_under is not None,
        "--flow-cov-lcov": lcov,
    }  # fmt: skip
    _refuse_beside("--mutate", mutate, {**tests, "--walk": walk, "--random": random})
    _refuse_beside("--walk", walk, {**tests, "--random": random, "--seed": seed is not None})
    _refuse_beside("--random", random, tests)
    _refuse_without("--seed", seed is not None, {"--random": random, "--mutate": mutate})
    _refuse_without("--fail-under", under is not None, {"--mutate": mutate})
    context = current()
    found = list(files(iter(_existing(paths or [_usual()]))))
    if not found:
        raise Failure(both("test.none", suffix=SUFFIX), USAGE)
    if mutate:
        from walletdoc.flowtest.survivors import report as mutated

        passed = mutated(context.library, found, seed or 0, under, write, context.lang, as_json=json_)
    elif walk or random:
        from walletdoc.flowtest.walked import report as walked

        passed = walked(context.library, found, random, seed or 0, write, context.lang, as_json=json_)
    else:
        covers = _Cover(cov_under, lcov) if cov or cov_under is not None or lcov is not None else None
        passed = _tested(found, name, junit, covers, stop=stop, as_json=json_)
    if not passed:
        raise typer.Exit(FINDINGS)


def _refuse_beside(option: str, given: object, others: Mapping[str, object]) -> None:
    """Raise Failure (2) where an option stands beside one that it would ignore."""
    other = next((each for each, given in others.items() if given), None)
    if given and other:
        raise Failure(both("test.not-beside", option=option, other=other), USAGE)


def _refuse_without(option: str, given: object, others: Mapping[str, object]) -> None:
    """Raise Failure (2) where an option stands alone that means something only with one of the others."""
    if given and not any(others.values()):
        raise Failure(both("test.not-without", option=option, others=", ".join(others)), USAGE)


def _usual() -> Path:
    return USUAL if USUAL.is_dir() else Path()


def _existing(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if not path.exists():
            raise Failure(both("file.missing", name=visible(str(path))), USAGE)
        if not path.is_dir() and not path.name.endswith(SUFFIX):
            raise Failure(both("test.no-test-file", name=visible(str(path)), suffix=SUFFIX), USAGE)
        yield path


@frozen
class _Cover:
    """What coverage must reach at least, in per cent, and where to write its lcov file."""

    least: float | None
    lcov: Path | None


def _tested(
    paths: list[Path], word: str, junit: Path | None, cover: _Cover | None, *, stop: bool, as_json: bool
) -> bool:
    """Run tests and print how they went; return whether all passed, and enough was reached."""
    context = current()
    lang = context.lang
    suite = Suite(context.library, cover=cover is not None, stop=stop)
    results = list(suite.all(paths, lambda path, name: _named(word, path, name), processors()))
    if not any(each.results or each.faults for each in results):
        raise Failure(both("test.none-named", word=visible(word)) if word else both("test.empty"), USAGE)
    covered = coverages(suite.library, *merged(results)) if cover is not None else ()
    where = {each.id: places(suite.library, each.id) for each in covered}
    if as_json:
        whole: dict[str, object] = {"tests": tests_json.plain(results, lang)}
        if cover is not None:
            whole["coverage"] = tests_json.covered(covered, where)
        write(json.dumps(whole, indent=2))
    else:
        for line in tests_text.lines(results, lang):
            write(line)
    if junit is not None:
        write_out(junit, _file(tests_junit.lines(results, lang)), shared=True)
    enough = cover is None or _reported(covered, where, cover, quiet=as_json)
    return enough and all(each.passed for each in results)


def _named(word: str, path: Path, name: str) -> bool:
    """Return whether a word is in the name of a test or of its file, in whatever case, as pytest has it."""
    return word.lower() in f"{path.name}::{name}".lower()


def _reported(covered: tuple[Coverage, ...], where: Mapping[str, Places], cover: _Cover, *, quiet: bool) -> bool:
    """Print coverage, write its lcov file, and return whether it is enough."""
    lang = current().lang
    if not quiet:
        write("")
        for line in coverage_text.lines(covered, where, lang):
            write(line)
    if cover.lcov is not None:
        write_out(cover.lcov, _file(coverage_lcov.lines(covered, where)), shared=True)
    reached = coverage_text.total(covered)
    if cover.least is not None and reached < cover.least:
        complain(say(lang, "test.cov-less", percent=f"{reached:.1f}", least=f"{cover.least:g}"))
        return False
    return True


def _file(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"
