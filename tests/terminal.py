"""A program on a pseudo-terminal: keys go in, what a person would see comes out."""

import os
import re
import sys
import termios
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Self

import pexpect
import pyte

ROOT = Path(__file__).parents[1]
PATIENCE = 10.0  # seconds until a text that does not come counts as never coming

UP, DOWN, ENTER, ESCAPE = "\x1b[A", "\x1b[B", "\r", "\x1b"
PAGE_DOWN, BACKSPACE, CTRL_C, CTRL_D = "\x1b[6~", "\x7f", "\x03", "\x04"


class Screen(pyte.Screen):
    """A terminal's screen that keeps the lines which scroll away above; pyte's own that does is five times slower."""

    def __init__(self, columns: int, rows: int) -> None:
        self.above: list[str] = []
        super().__init__(columns, rows)

    def index(self) -> None:
        if self.cursor.y == self.lines - 1:
            self.above.append("".join(self.buffer[0][at].data for at in range(self.columns)).rstrip())
        super().index()

    @property
    def rows(self) -> list[str]:
        return [line.rstrip() for line in self.display]

    @property
    def everything(self) -> str:
        """What is on the screen and what has scrolled away above it."""
        return "\n".join([*self.above, *self.rows])


class Terminal:
    """Runs `python *args`; `with` ends it."""

    def __init__(
        self, *args: str, columns: int = 80, rows: int = 24, env: Mapping[str, str] | None = None, cwd: Path = ROOT
    ) -> None:
        self._screen = Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self.raw = b""
        clean = {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "LINES", "NO_COLOR"}}
        clean |= {"TERM": "xterm-256color", "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}
        self.process = pexpect.spawn(
            sys.executable, list(args), dimensions=(rows, columns), env=clean | dict(env or {}), cwd=str(cwd)
        )

        self.process.delaybeforesend = None
        for each in (self.process, self.process.ptyproc):
            each.delayafterclose = each.delayafterterminate = 0.01

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.close(force=True)

    # --- what goes in

    def send(self, keys: str | bytes) -> None:
        self.process.send(keys)

    def resize(self, columns: int, rows: int) -> None:
        """Make the terminal another size; what a terminal makes of its lines then is not known, so it is emptied."""
        self._screen.resize(rows, columns)
        self._screen.erase_in_display(2)
        self.process.setwinsize(rows, columns)

    def signal(self, number: int) -> None:
        self.process.kill(number)

    def hang_up(self) -> None:
        """Close the terminal under the program."""
        null = os.open(os.devnull, os.O_RDWR)
        os.dup2(null, self.process.child_fd)
        os.close(null)

    # --- what comes out

    def read(self, patience: float = 0.05) -> bool:
        """Take what the program wrote; return whether it goes on."""
        try:
            data = self.process.read_nonblocking(65536, timeout=patience)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.raw += data
        self._stream.feed(data)
        return True

    def wait(self, *texts: str, patience: float = PATIENCE) -> "Terminal":
        """Wait until each text stands on the screen, wherever its lines break."""
        self._until(lambda: all(_flat(text) in _flat(self.text) for text in texts), texts, patience)
        return self

    def wait_gone(self, text: str, patience: float = PATIENCE) -> "Terminal":
        self._until(lambda: _flat(text) not in _flat(self.text), ("no more", text), patience)
        return self

    def _until(self, met, texts, patience) -> None:
        end = time.monotonic() + patience
        going = True
        while not met():
            if not going or time.monotonic() > end:
                raise AssertionError(f"never on screen: {texts}\n{self.text}")
            going = self.read()

    def finish(self, patience: float = PATIENCE) -> int:
        """Wait until the program has ended and return its exit code, or less than 0 for a signal."""
        end = time.monotonic() + patience
        while self.read():
            assert time.monotonic() < end, f"did not end\n{self.text}"
        self.process.wait()
        return self.process.exitstatus if self.process.signalstatus is None else -self.process.signalstatus

    @property
    def lines(self) -> list[str]:
        """What is on the screen, line by line."""
        return self._screen.rows

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def everything(self) -> str:
        """What is on the screen and what has scrolled away above it."""
        return self._screen.everything

    @property
    def cursor(self) -> tuple[int, int]:
        """The row and the column of the cursor."""
        return self._screen.cursor.y, self._screen.cursor.x

    def style(self, text: str) -> tuple[str, str]:
        """Return the colours, of the letter and behind it, in which a text begins."""
        row = next(at for at, line in enumerate(self.lines) if text in line)
        char = self._screen.buffer[row][self.lines[row].index(text)]
        return char.fg, char.bg

    @property
    def hidden(self) -> bool:
        return bool(self._screen.cursor.hidden)

    @property
    def modes(self) -> tuple[bool, bool]:
        """Whether the terminal takes whole lines, and whether it echoes: both, unless somebody reads single keys."""
        lflag = termios.tcgetattr(self.process.child_fd)[3]
        return bool(lflag & termios.ICANON), bool(lflag & termios.ECHO)

    @property
    def can_stop(self) -> bool:
        """Whether Ctrl-Z stops the program, which would leave the shell with the modes it has set."""
        return termios.tcgetattr(self.process.child_fd)[6][termios.VSUSP] != b"\0"


def _flat(text: str) -> str:
    return re.sub(r"[\s│]", "", text)
