"""How well people's own words find the right flow, and what that costs.

    python tests/bench/find.py [QUESTIONS.csv [MAP.csv]]

Without arguments the English questions of `../shared/data/banking77`, and those of our own in `questions-halves.csv`: they were
written from the titles of the flows alone, and one half of them, `held`, is only ever counted: nobody reads what it misses, and
nothing is written after it. (`seen` is what phrases and signs were improved by. At first, before either was: in Chinese seen
84.8 % first and held 85.7 %, in English 77.8 % and 73.6 %. The last 347 were asked later, by somebody who had read no phrase then:
at first in Chinese 82.3 % and 89.6 %, in English 70.2 % and 76.6 %. Three of their held ones were read after all, being
emergencies that an ordinary flow opened for, and count as seen; who asked these also wrote signs, so they are less blind.) `questions.csv` are Chinese ones of our own too,
none of which is unseen any more: phrases were written after the misses of the first 262, and topics of `elsewhere` after
those of the rest. They guard against getting worse; what they measured at first is lower. A file of questions has the columns `text` and `category`,
which the map turns into a flow and others that are right too (`flow`, `also_ok`: `a|b`); or it has `text`, `flow` and perhaps
`also_ok` itself. `out_of_scope` is the flow of questions that none is about. In a file of its own, any language will do.
"""

import csv
import marshal
import sys
import tracemalloc
from collections import Counter, defaultdict
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from walletdoc import find, phrasebook  # noqa: E402 - of this checkout
from walletdoc.library import Library  # noqa: E402 - as above

DATA = ROOT.parent / "shared" / "data" / "banking77"
HALVES = Path(__file__).parent / "questions-halves.csv"
EMERGENCIES = frozenset({"scammed", "verify-contact", "account-stolen", "lost-device"})
OUTSIDE = "out_of_scope"
WORST = 8  # categories shown
BARS = {"top1": 0.80, "top3": 0.93, "precision": 0.93, "opened": 0.50, "away": 0.60}


class Row(NamedTuple):
    """A question: its category, the flow it should find, and all that are right."""

    text: str
    category: str
    flow: str
    right: frozenset[str]


class Answer(NamedTuple):
    """What was found for a question."""

    row: Row
    found: tuple[find.Found, ...]

    @property
    def opens(self) -> bool:
        return find.sure(self.found)

    @property
    def right(self) -> bool:
        return bool(self.found) and self.found[0].flow in self.row.right


def rows(questions: Path, mapping: Path | None) -> list[Row]:
    """Return the questions of a file; raises KeyError where a category is not in the map."""
    meant = {each["intent"]: each for each in _read(mapping)} if mapping else {}
    found = []
    for each in _read(questions):
        place = each if "flow" in each else meant[each["category"]]
        right = frozenset({place["flow"], *filter(None, (place.get("also_ok") or "").split("|"))})
        found.append(Row(each["text"], each.get("category") or place["flow"], place["flow"], right))
    return found


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def figures(answers: list[Answer]) -> dict[str, float]:
    """Return what the bars are for: by name, a share of one."""
    inside = [each for each in answers if each.row.flow != OUTSIDE]
    outside = [each for each in answers if each.row.flow == OUTSIDE]
    opened = [each for each in inside if each.opens]
    among = sum(any(found.flow in each.row.right for found in each.found[: find.OFFERED]) for each in inside)
    return {
        "top1": share(sum(each.right for each in inside), len(inside)),
        "top3": share(among, len(inside)),
        "precision": share(sum(each.right for each in opened), len(opened)),
        "opened": share(len(opened), len(inside)),
        "away": share(sum(not each.opens for each in outside), len(outside)),
    }


def report(answers: list[Answer]) -> None:
    """Print how often what was found is right."""
    inside = [each for each in answers if each.row.flow != OUTSIDE]
    outside = [each for each in answers if each.row.flow == OUTSIDE]
    measured = figures(answers)
    print(f"{len(inside)} questions that a flow is about, {len(outside)} that none is")
    for name, words in (
        ("top1", "the right flow is first"),
        ("top3", "it is among the first three"),
        ("precision", "what opens by itself is right"),
        ("opened", "opens by itself"),
        ("away", "of those that no flow is about, opens nothing"),
    ):
        print(f"  {words:46}{measured[name]:>7.1%}   bar {BARS[name]:.0%}")
    print(
        f"  {'nothing fits, though a flow does':46}{share(sum(not each.found for each in inside), len(inside)):>7.1%}"
    )
    nothing = share(sum(not each.found for each in outside), len(outside))
    print(f"  {'nothing fits, and none does':46}{nothing:>7.1%}")
    print("  opens by itself above a share of: right, opened, away")
    for bar in (0.5, 0.6, 0.7, 0.8, 0.9):
        above = [each for each in inside if each.found and each.found[0].score >= bar]
        astray = sum(bool(each.found) and each.found[0].score >= bar for each in outside)
        right = share(sum(each.right for each in above), len(above))
        print(
            f"    {bar:.2f} {right:>12.1%}{share(len(above), len(inside)):>9.1%}{1 - share(astray, len(outside)):>9.1%}"
        )
    _worst(inside)


def _worst(inside: list[Answer]) -> None:
    of: dict[str, list[Answer]] = defaultdict(list)
    for each in inside:
        of[each.row.category].append(each)
    print("  hardest:")
    for name, those in sorted(of.items(), key=lambda item: sum(each.right for each in item[1]) - len(item[1]))[:WORST]:
        instead = Counter(each.found[0].flow if each.found else "nothing" for each in those if not each.right)
        astray = ", ".join(f"{flow} {count}" for flow, count in instead.most_common(4))
        print(f"    {name:46}{share(sum(each.right for each in those), len(those)):>5.0%} of {len(those):4}   {astray}")


def halves(index: find.Index) -> None:
    """Print the figures of each half of our own questions, and nothing of what they miss."""
    of: dict[str, list[Answer]] = defaultdict(list)
    for row, each in zip(rows(HALVES, None), _read(HALVES), strict=True):
        answer = Answer(row, find.find(row.text, index))
        of[f"{each['language']} {each['half']}"].append(answer)
        if row.flow in EMERGENCIES:
            of[f"{each['language']} {each['half']} emergencies"].append(answer)
    print(f"questions of our own{'':14}" + "".join(f"{name:>11}" for name in BARS))
    for name, answers in sorted(of.items()):
        measured = figures(answers)
        if name.endswith("emergencies"):
            del measured["away"]  # there are none that no flow is about
        print(f"  {name:24}{len(answers):6}  " + "".join(f"{each:>11.1%}" for each in measured.values()))
    asked = [each for name, answers in of.items() if name.endswith("emergencies") for each in answers]
    astray = sum(each.opens and each.found[0].flow not in EMERGENCIES | each.row.right for each in asked)
    first = sum(bool(each.found) and each.found[0].flow in EMERGENCIES for each in asked)
    print(
        f"  of {len(asked)} emergencies an emergency is first in {first}; an ordinary flow opens by itself in {astray}"
    )


def costs() -> None:
    """Print what making and loading the index costs."""
    with TemporaryDirectory() as folder:
        library = Library(None, Path(folder))
        library.entries()
        begun = perf_counter()
        made = phrasebook.index(library, None)
        print(
            f"build            {(perf_counter() - begun) * 1000:8.1f} ms, {sum(len(way.topics) for way in made.ways.values())} vectors"
        )
        phrasebook.index(library, Path(folder))
        times = []
        for _ in range(9):
            again = Library(None, Path(folder))
            begun = perf_counter()
            phrasebook.index(again, Path(folder))
            times.append(perf_counter() - begun)
    print(f"load             {median(times) * 1000:8.1f} ms (bar 25), with the digests of all flows")
    kept = marshal.dumps(find.plain(made))
    tracemalloc.start()
    loaded = find.index_of(marshal.loads(kept))
    print(f"memory           {tracemalloc.get_traced_memory()[0] / 1e6:8.1f} MB, {len(kept) / 1e6:.1f} MB on disk")
    tracemalloc.stop()
    del loaded


def main() -> None:
    questions = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA / "train.csv"
    mapping = Path(sys.argv[2]) if len(sys.argv) > 2 else DATA / "map.csv" if len(sys.argv) == 1 else None
    costs()
    index = phrasebook.index(Library(), None)
    asked = rows(questions, mapping)
    begun, worked = perf_counter(), process_time()
    answers = [Answer(row, find.find(row.text, index)) for row in asked]
    passed, worked = perf_counter() - begun, process_time() - worked
    print(
        f"a query          {passed * 1000 / len(asked):8.2f} ms (bar 2), {worked * 1000 / len(asked):.2f} of the processor"
    )
    report(answers)
    if questions == DATA / "train.csv":
        halves(index)


if __name__ == "__main__":
    main()
