"""The program, run as a process or within the test's own, with a state folder of its own."""

import io
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

from walletdoc import cli, context

ROOT = Path(__file__).parents[1]
IN_A_LANGUAGE = ("walletdoc.commands.", "walletdoc.completion")  # modules whose help is made when they are imported


@dataclass(frozen=True)
class Done:
    """What a run has said, and how it ended."""

    code: int
    out: str
    err: str


class Program:
    """walletdoc with its own home, state and cache; `env` changes its surroundings."""

    def __init__(self, home: Path, cache: Path) -> None:
        self.home = home
        self.state = home / "state"
        self.env = {
            "HOME": str(home),
            "WALLETDOC_STATE": str(self.state),
            "XDG_CACHE_HOME": str(cache),
            "PYTHONPATH": str(ROOT),
            "PATH": os.environ["PATH"],
            "LC_ALL": "C.UTF-8",
        }

    def run(self, *arguments: str, env: dict[str, str] | None = None, **more: object) -> Done:
        """Run it as a process of its own; `more` goes to `subprocess.run`."""
        return self.python("-m", "walletdoc", *arguments, env=env, **more)

    def python(self, *arguments: str, env: dict[str, str] | None = None, **more: object) -> Done:
        """Run Python where the program would run."""
        where = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "cwd": self.home}
        done = subprocess.run(
            [sys.executable, *arguments], env=self.env | (env or {}), check=False, timeout=60, **where | more
        )
        encoding = (env or {}).get("PYTHONIOENCODING", "utf-8")
        out, err = ((stream or b"").decode(encoding) for stream in (done.stdout, done.stderr))
        return Done(done.returncode, out, err)

    def call(self, *arguments: str, env: dict[str, str] | None = None) -> Done:
        """Run it within this process, which is quicker."""
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
        with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
            for name in [name for name in sys.modules if name.startswith(IN_A_LANGUAGE)]:
                patch.delitem(sys.modules, name)
            for name in ("WALLETDOC_LANG", "COLUMNS", "NO_COLOR"):
                patch.delenv(name, raising=False)
            for name, value in (self.env | (env or {})).items():
                patch.setenv(name, value)
            patch.setattr(sys, "argv", ["walletdoc", *arguments])
            patch.setattr(context, "_current", [])
            code = cli.main()
        return Done(code, *(stream.buffer.getvalue().decode() for stream in (out, err)))


Call = Callable[..., Done]
