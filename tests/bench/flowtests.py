"""What scripted flow tests cost: 10,000 trivial ones under pytest and without it, and the mutants of the whole library.

    python tests/bench/flowtests.py

100 tests a file; beside them 10,000 empty functions, 100 a file too, and the same tests one a file. A bare loop reads the
same files with the YAML library's events and replays the answers. Each figure is a run as a process; the best of some.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

import yaml

from walletdoc import engine
from walletdoc.engine import Tables
from walletdoc.library import Library

ROOT = Path(__file__).parents[2]
TESTS, EACH = 10_000, 100
ROUNDS = 3
ANSWERS = "given: {reason: other, which: no}"
FLOW = """flow: trivial
format: 1
title: {zh: "小", en: "Small"}
start: reason
phrases: {zh: ["小"], en: ["small"]}
causes: {one: {title: {zh: "一", en: "One"}, weight: 1, basis: judgement}}
nodes:
  reason:
    ask: {zh: "是什么？", en: "What is it?"}
    usual: other
    options:
      other: {say: {zh: "别的", en: "Other"}, go: which}
      unsure: {say: {zh: "不知道", en: "Can't tell"}, go: done}
  which:
    ask: {zh: "是吗？", en: "Is it?"}
    usual: no
    options:
      no: {say: {zh: "不是", en: "No"}, go: done}
      unsure: {say: {zh: "不知道", en: "Can't tell"}, go: done}
  done: {end: info, causes: [one], say: {zh: "好了。", en: "Done."}}
"""


def write(folder: Path, each: int) -> None:
    """Write the tests, so many a file, with their flow beside them."""
    folder.mkdir()
    (folder / "trivial.yaml").write_text(FLOW, encoding="utf-8")
    for at in range(0, TESTS, each):
        tests = "".join(f"  t{number}: {{{ANSWERS}, expect: {{end: info}}}}\n" for number in range(at, at + each))
        (folder / f"f{at}.test.yaml").write_text(f"test: trivial\nformat: 1\ntests:\n{tests}", encoding="utf-8")


def functions(folder: Path) -> None:
    """Write as many empty functions."""
    folder.mkdir()
    for at in range(0, TESTS, EACH):
        text = "".join(f"def test_{number}():\n    pass\n\n\n" for number in range(at, at + EACH))
        (folder / f"test_f{at}.py").write_text(text, encoding="utf-8")


def best(command: list[str], folder: Path) -> float:
    """Return the seconds of a run, the quickest of some; raises where it fails."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "WALLETDOC_LANG": "en"}
    times = []
    for _ in range(ROUNDS):
        begun = perf_counter()
        subprocess.run(command, cwd=folder, env=env, check=True, stdout=subprocess.DEVNULL)
        times.append(perf_counter() - begun)
    return min(times)


def bare(folder: Path) -> float:
    """Return the seconds that reading events and replaying the answers take, and nothing else."""
    library = Library()
    library.add_file(folder / "trivial.yaml")
    tables = Tables(library, "trivial")
    begun = perf_counter()
    for path in sorted(folder.glob("*.test.yaml")):
        for _ in yaml.parse(path.read_bytes(), Loader=yaml.CSafeLoader):
            pass
        for _ in range(EACH):
            engine.replay(tables, (("0.trivial/reason", "other"), ("0.trivial/which", "no")))
    return perf_counter() - begun


def main() -> None:
    python = sys.executable
    pytest = [python, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist"]
    if not any(entry.name == "walletdoc" for entry in _plugins()):
        pytest += ["-p", "walletdoc.pytest_plugin"]
    with tempfile.TemporaryDirectory() as given:
        folder = Path(given)
        write(folder / "many", EACH)
        write(folder / "single", 1)
        functions(folder / "functions")
        loop = bare(folder / "many")
        own = best([python, "-m", "walletdoc", "test", "."], folder / "many")
        under = best([*pytest, "."], folder / "many")
        single = best([*pytest, "."], folder / "single")
        empty = best([*pytest, "."], folder / "functions")
    print(f"{TESTS:,} tests, {EACH} a file")
    print(f"a bare loop        {loop:6.2f} s")
    print(f"walletdoc test     {own:6.2f} s   {own / loop:.1f} x the bare loop (bar 3: 1.5 s where that needs 0.5)")
    print(f"empty functions    {empty:6.2f} s   under pytest")
    print(f"flow tests         {under:6.2f} s   {under / empty:.2f} x the functions (bar 1)")
    print(f"one test a file    {single:6.2f} s   {single / empty:.2f} x the functions (bar 1.5)")
    begun = perf_counter()
    command = [python, "-m", "walletdoc", "test", "--mutate", str(ROOT / "tests" / "flows"), "--fail-under", "95"]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, "WALLETDOC_LANG": "en"}
    )
    print(f"mutants            {perf_counter() - begun:6.1f} s   (bar 60) {done.stdout.splitlines()[-1]}")


def _plugins():
    from importlib.metadata import entry_points

    return entry_points(group="pytest11")


if __name__ == "__main__":
    main()
