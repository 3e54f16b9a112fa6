"""The terminal as a stage: lines that stay, and below them a frame, drawn again in place until something is taken."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

from rich.console import Console
from rich.text import Text

from walletdoc.faces.keys import Keyboard
from walletdoc.faces.lines import block
from walletdoc.faces.menu import TYPED, Frame, Item, Menu
from walletdoc.terminal import NARROWEST
from walletdoc.text import forbidden

WIDEST = 100  # columns; longer lines are hard to read
_USUAL = (80, 24)
_LONGEST_LINE = 500  # characters
_CTRL_U = "\x15"
_PATIENCE = 0.2  # seconds between two looks at the size of the terminal
ESCAPE = Item("escape", "")

Head = Callable[[int], list[Text]]
"""The text above a menu, in so many columns."""


class Stage:
    """Shows frames on a terminal and reads what is taken from them."""

    def __init__(self, source: TextIO, sink: TextIO) -> None:
        """Take the terminal's two ends."""
        self._sink = sink
        self._keyboard = Keyboard(source, sink)
        self._console = Console(file=sink, highlight=False, markup=False, emoji=False, legacy_windows=False)
        self._height = 0  # lines of the frame on screen
        self._row = 0  # of the cursor, in the frame

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows, as the terminal itself says; what COLUMNS says may be of another time."""
        try:
            columns, rows = os.get_terminal_size(self._sink.fileno())
        except OSError:
            columns, rows = _USUAL
        return max(columns or _USUAL[0], NARROWEST), rows or _USUAL[1]

    @property
    def columns(self) -> int:
        """The columns that a page fills."""
        return min(self.size[0], WIDEST)

    @contextmanager
    def open(self) -> Iterator[None]:
        """Take keys within the block; where an exception ends it, what was shown stays, and the cursor is below it."""
        try:
            with self._keyboard.listening():
                yield
        finally:
            with suppress(OSError):  # the terminal may be gone
                self._leave()

    def pick(self, menu: Menu, head: Head) -> Item:
        """Show a menu below a text until something is taken; the Escape key is taken as `ESCAPE`."""
        while True:
            size = self.size
            item = self._pick(menu, head(min(size[0], WIDEST)), size)
            if item is not None:
                return item
            self._wipe()  # what the terminal made of the lines when it changed is not known

    def _pick(self, menu: Menu, head: list[Text], size: tuple[int, int]) -> Item | None:
        """Return what is taken; None when the terminal has another size."""
        while True:
            self._draw(menu.lay(head, min(size[0], WIDEST), size[1]))
            key = self._keyboard.read(_PATIENCE)
            while key is None:
                if self.size != size:
                    return None
                key = self._keyboard.read(_PATIENCE)
            if key == "escape":
                return ESCAPE
            if key == "paste" and menu.wordy:
                return Item(TYPED, _on_one_line(self._keyboard.pasted))
            item = menu.press(key)
            if item is not None:
                return item

    def say(self, lines: Iterable[Text]) -> None:
        """Write lines that stay; a frame on screen gives way to them."""
        self._put(self._gone() + "".join(f"{line}\n" for line in self._inked(lines)))

    def line(self, head: Head, typed: str = "") -> str:
        """Show a text and take a line that is typed or pasted below it, going on from what was typed before."""
        while True:
            size = self.size
            self._draw(_typed_below(head(self.columns), typed, self.columns, size[1]))
            key = self._keyboard.read(_PATIENCE)
            while key is None and self.size == size:
                key = self._keyboard.read(_PATIENCE)
            match key:
                case None:
                    self._wipe()
                case "enter":
                    return typed
                case "backspace":
                    typed = typed[:-1]
                case "paste":
                    typed += _on_one_line(self._keyboard.pasted)
                case _ if len(key) == 1:
                    typed = "" if key == _CTRL_U else typed + _on_one_line(key)
            typed = typed[:_LONGEST_LINE]

    def _draw(self, frame: Frame) -> None:
        lines = self._inked(frame.lines)
        text = self._gone() + "\n".join(lines) + "\r"
        self._height, self._row = len(lines), frame.row
        self._put(text + _up(len(lines) - 1 - frame.row) + _right(frame.column))

    def _inked(self, lines: Iterable[Text]) -> list[str]:
        """Return lines as the terminal takes them, with their colours if it has any."""
        self._console.size = (WIDEST, self.size[1])
        with self._console.capture() as capture:
            for line in lines:
                self._console.print(line, soft_wrap=True)
        return capture.get().split("\n")[:-1]

    def _gone(self) -> str:
        """Return what takes the frame away, and what keys wrote between two questions, the cursor being where it began."""
        height, self._height = self._height, 0
        return f"\r{_up(self._row) if height else ''}\x1b[J"

    def _put(self, text: str) -> None:
        self._sink.write(text)
        self._sink.flush()

    def _wipe(self) -> None:
        self._height = 0
        self._put("\x1b[H\x1b[2J")

    def _leave(self) -> None:
        height, self._height = self._height, 0
        if height:
            self._put(f"{_down(height - 1 - self._row)}\r\n\x1b[J")


def _typed_below(head: list[Text], typed: str, columns: int, rows: int) -> Frame:
    """Return a frame with what was typed so far below a text, of which the end is shown where the rows are few."""
    lines = [*head, *block(f"{typed}_", columns, "bold", "> ")][-rows:]
    return Frame(tuple(lines), len(lines) - 1, lines[-1].cell_len - 1)


def _on_one_line(text: str) -> str:
    """Return what may stand in a line; ends of lines and tabs become blanks, hidden characters go."""
    return "".join(" " if char in "\r\n\t" else char for char in text if char in "\r\n\t" or not forbidden(char))


def _up(count: int) -> str:
    return f"\x1b[{count}A" if count > 0 else ""


def _down(count: int) -> str:
    return f"\x1b[{count}B" if count > 0 else ""


def _right(count: int) -> str:
    return f"\x1b[{count}C" if count > 0 else ""
