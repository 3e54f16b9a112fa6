"""What practice costs: a call made ready, 100,000 past calls replayed, the exercises checked for every cause and level.

    python tests/bench/practice.py [ready|replay|exercises]

A call is ready when its first question stands, from when the program has started: the packs are read from their cache.
It is made anew for every flow. The past calls are those of a trainee who picks at random, on the highest level, so that
their records are long. The exercise check is that of `tests/practice/test_exercises.py`: the best handling gets 100, a random and an unsafe one fail, and
no opening names a cause. Beside the seconds that passed stand those of the processor, since a machine may be shared.
"""

import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.practice.players import at_random, moves, plans, play, specs  # noqa: E402 - the path comes first
from tests.practice.test_exercises import check  # noqa: E402 - as above
from walletdoc.chain import encode  # noqa: E402 - as above
from walletdoc.library import Library  # noqa: E402 - as above
from walletdoc.practice import history  # noqa: E402 - as above
from walletdoc.practice.bestway import Call, Plans  # noqa: E402 - as above
from walletdoc.practice.caller import Spec  # noqa: E402 - as above
from walletdoc.practice.choose import next_call  # noqa: E402 - as above
from walletdoc.practice.desk import answer_phone  # noqa: E402 - as above
from walletdoc.practice.history import Finished, History  # noqa: E402 - as above
from walletdoc.practice.prompts import prompt  # noqa: E402 - as above
from walletdoc.practice.score import known, missed, score  # noqa: E402 - as above

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
PAST = 100_000
DISTINCT = 200  # past calls that are played; the others repeat them
ROUNDS = 3


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Return the seconds that passed, and those of the processor."""
    wall, own = perf_counter(), process_time()
    work()
    return perf_counter() - wall, process_time() - own


def ready() -> None:
    """Time a call made ready, of each flow, in both languages: the library, the choice, the caller, the first question."""
    with tempfile.TemporaryDirectory() as given:
        cache = Path(given)
        flows = [entry.flow for entry in Library(None, cache).entries()]
        for flow in flows:
            Library(None, cache).flow(flow)

        def call(flow: str, lang: str) -> None:
            made = Plans(Library(None, cache))
            spec = next_call(History(), made, (flow,), NOW, 1)
            prompt(answer_phone(Call(spec, made)), lang, "call-1", ())

        found = [
            min(timed(lambda flow=flow, lang=lang: call(flow, lang)) for _ in range(ROUNDS))
            for flow in flows
            for lang in ("zh", "en")
        ]
    slowest, own = max(wall for wall, _ in found), max(own for _, own in found)
    usual = median(wall for wall, _ in found)
    print(
        f"a call is ready    {usual * 1000:6.1f} ms  (the slowest flow {slowest * 1000:.1f}, processor {own * 1000:.1f}; bar 50)"
    )


def replay() -> None:
    """Time the reading of past calls, with what follows from them."""
    with tempfile.TemporaryDirectory() as given:
        write(history.folder(Path(given), "me"))
        wall, own = min(timed(lambda: history.read(Path(given), "me")) for _ in range(ROUNDS))
    print(f"{PAST:,} past calls {wall:6.2f} s   (processor {own:.2f}; bar 3)")


def write(folder: Path) -> None:
    """Write the journals of so many calls."""
    folder.mkdir(parents=True)
    records = [played(at) for at in range(DISTINCT)]
    volume, count = 0, 0
    while count < PAST:
        volume += 1
        line, crc = encode({"practice": 1, "trainee": "me"}, 0)
        lines, size = [line], len(line)
        while size < history._FULL and count < PAST:
            line, crc = encode({**records[count % DISTINCT], "id": f"a-{count}"}, crc)
            lines.append(line)
            size += len(line)
            count += 1
        (folder / f"{volume:04}.jsonl").write_bytes(b"".join(lines))


def played(at: int) -> dict[str, object]:
    """Return the record of one call, handled at random."""
    flows = sorted(plans().entries)
    flow = flows[at % len(flows)]
    causes = sorted(plans().library.flow(flow).causes)
    desk = play(Call(Spec(flow, causes[at // len(flows) % len(causes)], 3, at), plans()), at_random(at))
    done = Finished(
        "", desk.call.spec, hints=True, moves=moves(desk), score=score(desk), missed=missed(desk), known=known(desk)
    )
    return history.record(done, {}, NOW)


def exercises() -> None:
    """Time the check of the exercises of all flows, causes and levels."""
    every = [spec for flow in plans().library.flows for spec in specs(flow.id)]
    wall, own = timed(lambda: [check(spec) for spec in every])
    print(
        f"{len(every):,} exercises    {wall:6.1f} s   (processor {own:.1f}; bar 30) {len(plans().library.flows)} flows"
    )


PARTS = {"ready": ready, "replay": replay, "exercises": exercises}


def main() -> None:
    for name in sys.argv[1:] or PARTS:
        PARTS[name]()


if __name__ == "__main__":
    main()
