"""Prints what a command has to say: lines that fit the terminal, or JSON and nothing else.

There are no boxes and nothing is cut: a column that does not fit stands below its label. Colour is only ever added to
words that say the same, and only on a terminal that takes it.
"""

import json
import os
import sys
from collections.abc import Iterable, Iterator
from typing import Literal

from walletdoc.frozen import frozen
from walletdoc.streams import can_show, write
from walletdoc.terminal import UNLIMITED, columns, unmarked, width, wrap
from walletdoc.text import forbidden, visible

Style = Literal["plain", "heading", "alarm", "doubt"]

WIDEST = 100  # columns; longer lines are hard to read
_LEAST = 20  # columns left for the text beside a label
_INDENT = 2
_COLOURS = {"heading": "1", "alarm": "1;31", "doubt": "33"}


@frozen
class Line:
    """One thing to say, as wide as need be; with a label it stands in a column beside it, `column` wide.

    Marks of emphasis are left out, since nothing is bold here, but not of what is `verbatim`.
    """

    text: str = ""
    indent: int = 0
    style: Style = "plain"
    label: str = ""
    column: int = 0
    verbatim: bool = False


def labelled(rows: Iterable[tuple[str, str]], indent: int = 1) -> tuple[Line, ...]:
    """Return rows of label and text with one column for all labels."""
    kept = tuple(rows)
    column = max((width(label) for label, _ in kept), default=0) + _INDENT
    return tuple(Line(text, indent, label=label, column=column) for label, text in kept)


def show(lines: Iterable[Line], paper: int = UNLIMITED) -> None:
    """Print lines on standard output, at most `paper` columns wide where that is no terminal.

    Raises OSError where it can't be written.
    """
    colour = _takes_colour()
    most = min(columns(sys.stdout), WIDEST if sys.stdout.isatty() else paper)
    for line in lines:
        for each in layout(line, most):
            code = _COLOURS.get(line.style) if colour and each else None
            write(f"\033[{code}m{each}\033[0m" if code else each)


def layout(line: Line, most: int) -> Iterator[str]:
    """Yield a line broken to at most so many columns; nothing of it is left out, and hostile characters are visible."""
    text = visible(line.text, lines=True) if line.verbatim else unmarked(line.text)
    label = visible(line.label)
    indent = " " * (_INDENT * line.indent)
    if not label:
        yield from wrap(text, most, indent)
    elif len(indent) + line.column + _LEAST <= most and width(label) < line.column:
        padded = label + " " * (line.column - width(label))
        yield from wrap(text, most, indent + padded, " " * (len(indent) + line.column))
    else:
        yield from wrap(label, most, indent)
        yield from wrap(text, most, indent + " " * _INDENT) if text else ()


def _takes_colour() -> bool:
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM", "dumb") in {"dumb", ""}
    return not plain and sys.stdout.isatty()


def show_json(value: object) -> None:
    """Print a value as JSON; characters that could trouble a terminal or that its encoding lacks are escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    plain = forbidden(text) is None and can_show(text, sys.stdout)
    write(text if plain else json.dumps(value, indent=2))
