"""A list to choose from, with commands below it: what it looks like in so many columns and rows, and what a key does.

Pure: no terminal in it. Where the rows are too few, the text above and the choices scroll together and a line says so;
a choice out of sight can't be taken, it is shown instead.
"""

from dataclasses import dataclass, field
from typing import NamedTuple
from unicodedata import decimal, normalize

from rich.text import Text

from walletdoc.faces.lines import block, row
from walletdoc.terminal import width

DIRECT = 9  # choices that have a number key
TYPED = "typed"  # the id of what is taken when somebody begins to type words
_MOST_DIGITS = 12
_FOOT_SHARE = 2  # the foot takes at most one of so many parts of the rows
_POINTED = "bold cyan"


class Item(NamedTuple):
    """What can be taken: a choice, a command with its key, or the field in which a number is typed."""

    id: str
    text: str
    key: str = ""


class Frame(NamedTuple):
    """What a terminal is to show: lines, and where its cursor is to be, so that a screen reader finds the choice."""

    lines: tuple[Text, ...]
    row: int
    column: int


@dataclass(slots=True)
class Menu:
    """The list and where somebody is in it.

    `above` and `below` are said where more stands there; `number` is what was typed so far, None where none is asked;
    where words may be typed as well (`wordy`), a letter that is no key is taken as `TYPED`.
    """

    title: str
    choices: tuple[Item, ...]
    commands: tuple[Item, ...]
    hint: str
    above: str
    below: str
    number: str | None = None
    wordy: bool = False
    complaint: str | None = None
    pointer: int = 0
    top: int = 0
    _spans: list[range] = field(default_factory=list)  # the rows of each item that scrolls, as it was last laid out
    _room: int = 0

    @property
    def items(self) -> tuple[Item, ...]:
        """Everything the pointer goes through, in its order."""
        return (*self._scrolling, *self.commands)

    @property
    def _scrolling(self) -> tuple[Item, ...]:
        return self.choices if self.number is None else (Item("", self.number), *self.choices)

    # --- what it looks like

    def lay(self, head: list[Text], columns: int, rows: int) -> Frame:
        """Return what to show below a text, in so many columns and rows."""
        content = [*head, *self._title(columns)]
        self._spans = []
        for index, item in enumerate(self._scrolling):
            lines = self._item(index, item, columns)
            self._spans.append(range(len(content), len(content) + len(lines)))
            content += lines
        foot, foot_rows = self._foot(columns)
        if len(foot) * _FOOT_SHARE > rows:
            foot, foot_rows = [], []
        seen = self._seen(content, rows - len(foot), columns)
        at = self._cursor(len(seen), foot_rows)
        return Frame((*seen, *foot), at, self._column())

    def _title(self, columns: int) -> list[Text]:
        return [Text(), *block(self.title, columns, "bold")] if self.title else [Text()]

    def _item(self, index: int, item: Item, columns: int) -> list[Text]:
        pointed = index == self.pointer
        mark = "> " if pointed else "  "
        style = _POINTED if pointed else ""
        if self.number is not None and index == 0:
            complaint = block(self.complaint, columns, "bold red", "  ") if self.complaint else []
            return [Text.assemble((mark, style), (self.number, "bold"), ("_", "dim")), *complaint]
        return block(item.text, columns, style, f"{mark}{item.key or '·'}  ", style or "cyan")

    def _foot(self, columns: int) -> tuple[list[Text], list[int]]:
        """Return the lines of the foot, and for each command its line among them."""
        pieces = []
        for index, item in enumerate(self.commands, len(self._scrolling)):
            style = "reverse" if index == self.pointer else ""
            pieces.append(Text.assemble((item.key, "bold cyan"), f" {item.text}", style=style))
        lines = row(pieces, columns)
        rows = [next(at for at, line in enumerate(lines, 1) if piece.plain in line.plain) for piece in pieces]
        return [Text(), *lines, *block(self.hint, columns, "dim")], rows

    def _seen(self, content: list[Text], room: int, columns: int) -> list[Text]:
        """Return the part of the content that there is room for."""
        if len(content) <= room:
            self._room, self.top = len(content), 0
            return content
        self._room = max(room - 2, 1)
        self.top = min(self.top, len(content) - self._room)
        end = self.top + self._room
        above = block(self.above, columns, "dim")[:1] if self.top else [Text()]
        below = block(self.below, columns, "bold yellow")[:1] if end < len(content) else [Text()]
        return [*above, *content[self.top : end], *below]

    def _cursor(self, seen: int, foot_rows: list[int]) -> int:
        """Return the row of the cursor: where the pointer is, or the first where that is out of sight."""
        if self.pointer >= len(self._spans):
            return seen + foot_rows[self.pointer - len(self._spans)] if foot_rows else 0
        overflow = seen != self._room
        return self._spans[self.pointer].start - self.top + overflow if self._in_sight(self.pointer) else 0

    def _column(self) -> int:
        return 2 + width(self.number) if self.number is not None and self.pointer == 0 else 0

    # --- what a key does

    def press(self, key: str) -> Item | None:
        """Do what a key asks for; return what was taken by it, if anything."""
        match key:
            case "enter":
                return self._taken(self.pointer)
            case "up":
                self._up()
            case "down":
                self._down()
            case "page-up":
                self.top = max(self.top - self._room, 0)
            case "page-down":
                self.top += self._room
            case "backspace" if self.number:
                self.number = self.number[:-1]
            case _ if len(key) == 1:
                return self._typed(normalize("NFKC", key).lower())
        return None

    def _typed(self, char: str) -> Item | None:
        digit = decimal(char, -1) if len(char) == 1 else -1
        if self.number is not None and (digit >= 0 or (char == "-" and not self.number)):
            before = "" if self.complaint else self.number
            self.number = f"{before}{digit if digit >= 0 else char}"[:_MOST_DIGITS]
            self.complaint, self.pointer = None, 0
            return None
        wanted = str(digit) if digit >= 0 else char
        index = next((index for index, item in enumerate(self.items) if item.key == wanted), None)
        if index is None:
            return Item(TYPED, char) if self.wordy and char.isalpha() else None
        return self._taken(index)

    def _taken(self, index: int) -> Item | None:
        """Return an item that is in sight; one that is not is shown instead, with the pointer on it."""
        if self._in_sight(index):
            return self.items[index]
        self.pointer = index
        self._show(index)
        return None

    def _in_sight(self, index: int) -> bool:
        if index >= len(self._spans):
            return True
        span, end = self._spans[index], self.top + self._room
        return (self.top <= span.start and span.stop <= end) or (span.start <= self.top and end <= span.stop)

    def _show(self, index: int) -> None:
        """Scroll as little as it takes to have an item in sight."""
        if index < len(self._spans) and not self._in_sight(index):
            span = self._spans[index]
            last = span.start + min(len(span), self._room) - self._room
            self.top = span.start if span.start < self.top else last

    def _down(self) -> None:
        """Go to the next item; where the end of this one is below what is seen, scroll towards that first."""
        hidden = self._spans[self.pointer].stop - self.top - self._room if self.pointer < len(self._spans) else 0
        if hidden > 0:
            self.top += min(max(self._room // 2, 1), hidden)
            return
        self._go(self.pointer + 1)

    def _up(self) -> None:
        """Go to the item before; where more of this one, or of the text above the first, is hidden, scroll up first."""
        begin = self._spans[self.pointer].start if 0 < self.pointer < len(self._spans) else 0
        if self.top > begin and self.pointer < len(self._spans):
            self.top = max(self.top - max(self._room // 2, 1), begin)
            return
        self._go(self.pointer - 1)

    def _go(self, index: int) -> None:
        self.pointer = index % len(self.items)
        if self.pointer == 0:
            self.top = 0
        self._show(self.pointer)
