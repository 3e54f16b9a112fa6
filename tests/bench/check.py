"""What `walletdoc check` costs: packs of many flows cold and warm, and a proof over more ways than there are atoms.

    python tests/bench/check.py [FLOWS…]        (100, 1,000 and 5,000 if none is given; needs the `bench` extra)

The packs are made of the shipped flows: each copy has its own id and its own phrases, and switches to the shipped ones.
Each row is a run of the program as a process, the cache empty (cold) or as the run before left it (warm). Memory is what
all its processes hold together at their peak, pages that they share counted once.

Beside it stands yamllint, which proves nothing, over the shipped flows: on the machine of the bars it took 62 s for
1,000 flows, of which 5 s are to be enough here. So the bar is a ratio, which holds on a slower machine too.
"""

import math
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter, sleep

from walletdoc import truth
from walletdoc.flow import Ask, Cause, End, Flow, Option
from walletdoc.library import Library
from walletdoc.text import Lines, Text

ROOT = Path(__file__).parents[2]
DAY = "2026-11-29"  # soon after all that the packs have was verified
ROUNDS = 3
SYLLABLES = ("ka", "lo", "mi", "ne", "pu", "ra", "so", "ti", "vu", "xe")
LINTED, BAR = 62.0, 5.0  # seconds for 1,000 flows: yamllint's, and the bar
LAYERS, WIDE, OPTIONS, CAUSES = 345, 29, 10, 24  # 10,005 nodes and 10 to the 345 ways from the first to the last layer


# --- packs


def copies(count: int, folder: Path) -> int:
    """Write so many flows like the shipped ones, and return how many bytes they have."""
    shipped = {each.id: (each.group, each.path.read_text(encoding="utf-8")) for each in Library().flows}
    written = 0
    for number in range(count):
        turn, at = divmod(number, len(shipped))
        id_ = sorted(shipped)[at]
        group, text = shipped[id_]
        word = "".join(SYLLABLES[int(digit)] for digit in f"{turn:03}")
        data = _phrases(text.replace(f"\nflow: {id_}\n", f"\nflow: {id_}-{word}\n"), word).encode()
        path = folder / group / f"{id_}-{word}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        written += len(data)
    return written


def _phrases(text: str, word: str) -> str:
    """Give each phrase a word of its own, since no two flows may share one."""
    head, tail = text.split("phrases:", 1)
    listed, tail = tail.split("causes:", 1)
    own = re.sub('"$', f' {word}"', listed, flags=re.MULTILINE)
    return f"{head}phrases:{own}causes:{tail}"


# --- runs


def run(pack: Path, cache: Path, *, watch: bool = False) -> tuple[float, float, str]:
    """Check a pack; return the seconds, the peak in MiB where it was watched for, and the line with the counts."""
    env = os.environ | {"XDG_CACHE_HOME": str(cache), "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}
    command = [sys.executable, "-m", "walletdoc", "check", str(pack), "--as-of", DAY]
    with tempfile.TemporaryFile() as out:
        begun = perf_counter()
        process = subprocess.Popen(command, env=env, stdout=out, cwd=ROOT)
        peak = watched(process) if watch else 0
        process.wait()
        seconds = perf_counter() - begun
        out.seek(0)
        said = out.read().decode().splitlines()
    return seconds, peak, next(line for line in said if line.startswith("Files checked"))


def watched(process: subprocess.Popen[bytes]) -> float:
    """Return what a process and its children hold at most, in MiB, each page they share counted once."""
    peak = 0
    while process.poll() is None:
        peak = max(peak, sum(map(held, (process.pid, *children(process.pid)))))
        sleep(0.1)
    return peak / 1024


def children(pid: int) -> list[int]:
    try:
        return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def held(pid: int) -> int:
    """Return the proportional set size of a process in KiB; 0 for one that has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


# --- the proof of one large flow


def large() -> Flow:
    """Return a flow of layers: each node leads to ten of the next, one of them for who is unsure, and every cause answers otherwise here and there."""
    say = Text("好", "Fine")
    nodes: dict[str, Ask | End] = {}
    for layer in range(LAYERS):
        for at in range(WIDE):
            names = [*(f"o{each}" for each in range(OPTIONS - 1)), "unsure"]
            ways = {name: Option(say, _id(layer + 1, (at * 3 + each) % WIDE)) for each, name in enumerate(names)}
            nodes[_id(layer, at)] = Ask(say, ways, usual="o0")
    ends = {
        _id(LAYERS, at): End("hand-off", say, causes=tuple(f"c{each}" for each in range(CAUSES))) for at in range(WIDE)
    }
    causes = {
        f"c{each}": Cause(
            say,
            1,
            "judgement",
            {
                _id(layer, at): (f"o{(each + layer) % (OPTIONS - 1)}",)
                for layer in range(each, LAYERS, 7)
                for at in range(WIDE)
            },
        )
        for each in range(CAUSES)
    }
    return Flow("large", 1, say, _id(0, 0), nodes | ends, causes, Lines((), ()))


def _id(layer: int, at: int) -> str:
    return f"n{layer}-{at}"


def ways(flow: Flow) -> int:
    """Count the ways from the start to an end."""
    count: dict[str, int] = {}
    for id_, node in reversed(flow.nodes.items()):
        count[id_] = 1 if isinstance(node, End) else sum(count[each.go] for each in node.options.values())
    return count[flow.start]


def prove_large() -> None:
    flow, library = large(), Library()
    seconds = min(_proved(flow, library) for _ in range(ROUNDS))
    print(
        f"{len(flow.nodes):,} nodes, {len(flow.causes)} causes, 10^{math.log10(ways(flow)):.0f} ways: proved in {seconds:.2f} s"
    )


def _proved(flow: Flow, library: Library) -> float:
    begun = perf_counter()
    proof = truth.prove(flow, library)
    seconds = perf_counter() - begun
    lost = [each for each in proof.problems if each.rule != "cause-never-here"]  # not all causes come by each end
    if lost:
        raise SystemExit(lost[0].message.en)
    return seconds


# --- beside yamllint


def linted() -> float:
    """Return the seconds that yamllint takes for one of the shipped flows."""
    paths = [str(each.path) for each in Library().flows]
    begun = perf_counter()
    subprocess.run([sys.executable, "-m", "yamllint", *paths], stdout=subprocess.DEVNULL, check=False)
    return (perf_counter() - begun) / len(paths)


def main() -> None:
    counts = [int(each.replace(",", "")) for each in sys.argv[1:]] or [100, 1000, 5000]
    prove_large()
    lint = min(linted() for _ in range(ROUNDS))
    print(
        f"yamllint {lint * 1000:.0f} ms a flow; bar {LINTED / BAR:.1f} x quicker, here {lint * 1000 * BAR / LINTED:.1f} ms"
    )
    print(
        f"{'flows':>6} {'KB each':>8} {'cold s':>7} {'ms a flow':>9} {'x yamllint':>10} {'warm s':>7} {'one edited s':>12} {'peak MiB':>9}"
    )
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            row(count, Path(folder), lint)


def row(count: int, folder: Path, lint: float) -> None:
    pack = folder / "pack"
    size = copies(count, pack) / count / 1000
    rounds = ROUNDS if count <= 1000 else 1
    cold = min(run(pack, folder / f"cache{each}")[0] for each in range(rounds))
    warm = min(run(pack, folder / "cache0")[0] for _ in range(ROUNDS))
    edited = next(pack.rglob("pay-failed-*.yaml"))
    edited.write_text(edited.read_text(encoding="utf-8") + "# edited\n", encoding="utf-8")
    one, _, said = run(pack, folder / "cache0")
    peak = run(pack, folder / "watched", watch=True)[1]
    print(
        f"{count:>6,} {size:>8.1f} {cold:>7.2f} {cold / count * 1000:>9.1f} {lint * count / cold:>10.1f} {warm:>7.2f} {one:>12.2f} {peak:>9.0f}   {said}"
    )


if __name__ == "__main__":
    main()
