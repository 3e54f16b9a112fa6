"""How well tests notice that a flow was changed: each mutant of a flow, run through the tests of that flow.

A mutant that behaves as the flow does on every way is equivalent: no test can notice it, and it does not count.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from walletdoc.engine import Tables
from walletdoc.failure import FINDINGS, Failure
from walletdoc.flow import Flow
from walletdoc.flowtest.behaviour import Behaviour
from walletdoc.flowtest.case import Cases
from walletdoc.flowtest.mutate import Mutant, Replaced, mutants
from walletdoc.flowtest.places import places
from walletdoc.flowtest.read import CaseFile, read_file
from walletdoc.flowtest.run import Bench, Stage
from walletdoc.flowtest.shown import Shown
from walletdoc.flowtest.suite import Suite, broken
from walletdoc.forked import processors, spread
from walletdoc.frozen import frozen
from walletdoc.library import Library
from walletdoc.locales import both, say
from walletdoc.text import Lang, Text, visible

NOTICED, SURVIVED, SAME = "noticed", "survived", "same"


@frozen
class Survivor:
    """A change that no test noticed: in which file and line, and what it was."""

    path: str
    line: int
    what: Text


@frozen
class Score:
    """What became of the mutants of one flow."""

    flow: str
    noticed: int
    same: int
    survivors: tuple[Survivor, ...]

    @property
    def count(self) -> int:
        """How many mutants could be noticed."""
        return self.noticed + len(self.survivors)


def percent(noticed: int, count: int) -> float:
    """Return the share that was noticed, 100 of none."""
    return 100 * noticed / count if count else 100.0


def report(
    library: Library,
    paths: Sequence[Path],
    seed: int,
    least: float | None,
    write: Callable[[str], None],
    lang: Lang,
    *,
    as_json: bool,
) -> bool:
    """Mutate the flows that these files test, and print what their tests do not notice.

    Returns whether at least `least` per cent were noticed, of all where `least` is None. Raises as reading does.
    """
    scores = list(judged(library, paths, seed))
    noticed, count = sum(each.noticed for each in scores), sum(each.count for each in scores)
    share = percent(noticed, count)
    if as_json:
        write(json.dumps({"score": round(share, 2), "flows": [_plain(each, lang) for each in scores]}, indent=2))
    else:
        for line in _lines(scores, lang):
            write(line)
        write(say(lang, "test.mutants-all", count=count, killed=noticed, score=f"{share:.1f}"))
    enough = share >= (100.0 if least is None else least)
    if not enough and least is not None and not as_json:
        write(say(lang, "test.under-less", score=f"{share:.1f}", least=f"{least:g}"))
    return enough


def judged(library: Library, paths: Sequence[Path], seed: int) -> Iterator[Score]:
    """Yield the score of each flow that these files test, all its files together; the work is spread over processes.

    Raises `Failure` (1) where a test fails on the flow as it is: it would notice every mutant.
    """
    suite = Suite(library)
    files: dict[str, list[CaseFile]] = {}
    for path in paths:
        file = read_file(path)
        bench = suite.bench(file)
        failing = next((name for name in file.cases.tests if bench.run(name)[1] is not None), None)
        failing = failing or next((name for name, each in file.cases.always.items() if broken(each, bench)), None)
        if failing is not None:
            raise Failure(both("test.failing", test=f"{visible(str(path))}::{failing}"), FINDINGS)
        files.setdefault(file.cases.test, []).append(file)
    for id_, tests in files.items():
        flow = library.flow(id_)
        every = mutants(flow, library, seed)
        behaviour = Behaviour()
        as_it_is = behaviour.of(library, id_)
        work = _work(suite.shown, flow, [each.cases for each in tests], every, behaviour, as_it_is)
        results = spread(work, len(every), processors())
        where = places(library, id_)
        survivors = [mutant for mutant, result in zip(every, results, strict=True) if result == SURVIVED]
        yield Score(
            id_,
            results.count(NOTICED),
            results.count(SAME),
            tuple(Survivor(where.path, where.line(each.where), each.what) for each in survivors),
        )


def _work(
    shown: Shown, flow: Flow, tests: Sequence[Cases], every: Sequence[Mutant], behaviour: Behaviour, as_it_is: int
) -> Callable[[int], Any]:
    def work(at: int) -> str:
        pack = Replaced(shown.library, every[at].flow)
        if any(_notices(shown, pack, flow.flow, each) for each in tests):
            return NOTICED
        try:
            return SAME if behaviour.of(pack, flow.flow) == as_it_is else SURVIVED
        except Failure:  # it can't be walked as a whole, and no test came there
            return SURVIVED

    return work


def _notices(shown: Shown, pack: Replaced, flow: str, cases: Cases) -> bool:
    """Whether any of the tests fails on another flow than the one it was written for."""
    try:
        bench = Bench(Stage(shown, Tables(pack, flow)), cases.tests)
    except Failure:
        return True
    if any(bench.run(name)[1] is not None for name in cases.tests):
        return True
    return any(broken(each, bench) is not None for each in cases.always.values())


def _lines(scores: Sequence[Score], lang: Lang) -> Iterator[str]:
    for each in scores:
        for survivor in each.survivors:
            yield f"{visible(survivor.path)}:{survivor.line}: {survivor.what.of(lang)}"
    for each in scores:
        score = f"{percent(each.noticed, each.count):.1f}"
        yield say(
            lang, "test.mutants", flow=each.flow, count=each.count, killed=each.noticed, score=score, same=each.same
        )


def _plain(score: Score, lang: Lang) -> dict[str, object]:
    return {
        "flow": score.flow,
        "mutants": score.count,
        "noticed": score.noticed,
        "equivalent": score.same,
        "survivors": [{"file": each.path, "line": each.line, "what": each.what.of(lang)} for each in score.survivors],
    }
