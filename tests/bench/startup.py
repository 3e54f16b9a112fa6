"""How long walletdoc takes to say something, as multiples of `python -c pass`, and how much memory it needs.

    python tests/bench/startup.py [RUNS]

Measures the `walletdoc` beside this Python (install the wheel for the figures of users), with a warm cache. The commands take turns, so that
a machine that gets slower meanwhile is slower for all; medians are shown. The first question is on a pseudo-terminal, rich face.
"""

import os
import pty
import resource
import select
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

WALLETDOC = str(Path(sys.executable).with_name("walletdoc"))
ANSWERS = [
    word
    for answer in ("fact.money-taken=no", "fact.wallet=alipay", "message=balance", "top-up=fixed")
    for word in ("--answer", answer)
]
SCRIPTED = [WALLETDOC, "run", "pay-failed", *ANSWERS]
RICH = [WALLETDOC, "run", "pay-failed", "--lang", "zh", "--face", "rich"]
QUESTION = "看不出来".encode()
BARS = {"--version": 7.5, "a scripted run": 10, "the first question": 20}


def whole(command: list[str], env: dict[str, str]) -> float:
    """Return the seconds that a command takes to its end."""
    begun = perf_counter()
    subprocess.run(
        command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env
    )
    return perf_counter() - begun


def first_question(command: list[str], env: dict[str, str]) -> tuple[float, int]:
    """Return the seconds until the last option of the first question is on a pseudo-terminal, and the peak memory in KiB."""
    begun = perf_counter()
    pid, terminal = pty.fork()
    if pid == 0:
        os.execve(command[0], command, env)
    seen = b""
    while QUESTION not in seen:
        if not select.select([terminal], [], [], 20)[0]:
            raise TimeoutError(seen)
        seen += os.read(terminal, 65536)
    took = perf_counter() - begun
    os.kill(pid, signal.SIGTERM)
    try:
        while os.read(terminal, 65536):
            pass
    except OSError:  # the terminal is gone with the program
        pass
    _, _, used = os.wait4(pid, 0)
    os.close(terminal)
    return took, used.ru_maxrss


def peak(command: list[str], env: dict[str, str]) -> int:
    """Return the peak memory of a command in KiB."""
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env
    )
    _, _, used = os.wait4(process.pid, 0)
    process.returncode = 0
    return used.ru_maxrss


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    with tempfile.TemporaryDirectory() as folder:
        env = {
            **os.environ,
            "WALLETDOC_STATE": f"{folder}/state",
            "XDG_CACHE_HOME": f"{folder}/cache",
            "TERM": "xterm-256color",
        }
        whole(SCRIPTED, env)  # fills the cache
        times: dict[str, list[float]] = {"python -c pass": [], **{name: [] for name in BARS}}
        memory = []
        for _ in range(runs):
            times["python -c pass"].append(whole([sys.executable, "-c", "pass"], env))
            times["--version"].append(whole([WALLETDOC, "--version"], env))
            times["a scripted run"].append(whole(SCRIPTED, env))
            took, used = first_question(RICH, env)
            times["the first question"].append(took)
            memory.append(used)
        base = median(times["python -c pass"])
        print(f"{'':22}{'median ms':>10}{'x python':>10}{'bar':>8}")
        for name, each in times.items():
            print(f"{name:22}{median(each) * 1000:>10.1f}{median(each) / base:>10.1f}{BARS.get(name, ''):>8}")
        print(f"peak memory of a scripted run   {peak(SCRIPTED, env) / 1024:.1f} MiB (bar 24)")
        print(f"peak memory of a rich session   {max(memory) / 1024:.1f} MiB (bar 45)")
        print(f"this process (for scale)        {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.1f} MiB")


if __name__ == "__main__":
    main()
