"""walletdoc as a process of its own, with a state folder of its own."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

ROOT = Path(__file__).parents[1]


def environment(state: Path, lang: str = "en", **more: str) -> dict[str, str]:
    """Return the environment of a process: nothing of the user's own settings, a shared cache of what was read."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("WALLETDOC", "LC_", "COLUMNS"))}
    return (
        clean
        | {"WALLETDOC_STATE": str(state), "WALLETDOC_LANG": lang, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}
        | more
    )


@dataclass
class Walletdoc:
    """Runs `walletdoc …` on one state folder."""

    state: Path
    lang: str = "en"
    more: dict[str, str] = field(default_factory=dict)

    def __call__(self, *args: str, stdin: str | bytes = "", code: int | None = 0) -> subprocess.CompletedProcess[str]:
        """Run to the end; `code` is the exit code expected, None for any."""
        given = stdin.encode() if isinstance(stdin, str) else stdin
        done = subprocess.run(
            [sys.executable, "-m", "walletdoc", *args],
            input=given,
            capture_output=True,
            env=self.env,
            timeout=60,
            check=False,
        )
        result = subprocess.CompletedProcess(args, done.returncode, done.stdout.decode(), done.stderr.decode())
        assert "Traceback" not in result.stderr
        assert code is None or result.returncode == code, f"{result.returncode}\n{result.stdout}\n{result.stderr}"
        return result

    def start(self, *args: str) -> "Conversation":
        """Start a conversation in JSON Lines."""
        process = subprocess.Popen(
            [sys.executable, "-m", "walletdoc", *args],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=self.env, text=True, encoding="utf-8",
        )  # fmt: skip
        return Conversation(process)

    @property
    def env(self) -> dict[str, str]:
        return environment(self.state, self.lang, **self.more)


class Conversation:
    """A running `walletdoc run --json`: one line in, one event out."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.event = self.read()

    def read(self) -> dict:
        return json.loads(self.process.stdout.readline())

    def send(self, **line: object) -> dict:
        self.process.stdin.write(json.dumps(line) + "\n")
        self.process.stdin.flush()
        self.event = self.read()
        return self.event

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.communicate()
