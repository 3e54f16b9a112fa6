"""What a plain terminal takes: text that fits its width, and lines read within a limit."""

import re
import shutil
import unicodedata
from typing import TextIO

from walletdoc.text import visible

NARROWEST = 20  # below this nothing can be laid out; the terminal itself breaks such lines
USUAL = 80
UNLIMITED = 1_000_000  # a file or another program lays lines out itself
LONGEST_LINE = 64 * 1024  # characters of one line of input
_MOST_SKIPPED = 1024  # pieces of a line too long, each of LONGEST_LINE, before the input counts as endless

_BOLD = re.compile(r"\*\*(?=\S)([^*]+)(?<=\S)\*\*")
_ZERO_WIDTH = frozenset({"Mn", "Me"})
# A line may end between two pieces: after a blank, around an ideograph; not after an opening or before a closing mark.
_WIDE = "\u2e80-\u2fff\u3005-\u3007\u3021-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff"
_OPENING = "\\[({“‘（〈《「『【〔［｛"
_CLOSING = "\\])}”’，。、；：！？）〉》」』】〕］｝…·%"
_PIECE = f"[{_OPENING}]*(?:[{_WIDE}]|[^\\s{_WIDE}{_OPENING}]+)?[{_CLOSING}]*\\s*"


def unmarked(text: str) -> str:
    """Return a text as it is shown where nothing can be bold: visible, its marks of emphasis left out."""
    return _BOLD.sub(r"\1", visible(text, lines=True))


def width(text: str) -> int:
    """Return how many columns a text takes; an ideograph takes two."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(char: str) -> int:
    if unicodedata.category(char) in _ZERO_WIDTH:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def columns(sink: TextIO | None = None) -> int:
    """Return how wide to write: as the terminal or `COLUMNS` says; what is no terminal has no limit of its own."""
    unknown = USUAL if sink is None or sink.isatty() else UNLIMITED
    return max(shutil.get_terminal_size((unknown, 24)).columns, NARROWEST)


def wrap(text: str, most: int, indent: str = "", hang: str | None = None) -> list[str]:
    """Return the text in lines of at most so many columns; its own line ends stay, and `hang` begins all but the first.

    Chinese breaks anywhere but at punctuation, all else at blanks; what is wider than a line breaks where it must.
    """
    hang = indent if hang is None else hang
    found: list[str] = []
    for paragraph in text.split("\n"):
        line = hang if found else indent
        begun = False
        for piece in _pieces(paragraph, most - max(width(indent), width(hang))):
            if begun and width(line) + width(piece.rstrip()) > most:
                found.append(line.rstrip())
                line, begun = hang, False
            line += piece
            begun = True
        found.append(line.rstrip())
    return found


def _pieces(paragraph: str, most: int) -> list[str]:
    """Return what may not be broken, with the blanks after it; broken where it alone is wider than a line."""
    found: list[str] = []
    for piece in filter(None, re.findall(_PIECE, paragraph)):
        if width(piece.rstrip()) <= most:
            found.append(piece)
        else:
            found.extend(piece)
    return found


def put(sink: TextIO, *lines: str) -> None:
    """Write lines and send them off."""
    sink.write("".join(f"{line}\n" for line in lines))
    sink.flush()


def read_line(source: TextIO) -> str | None:
    """Return the next line without its end, None at the end of the input; raises `TooLong` over the limit."""
    line = source.readline(LONGEST_LINE + 1)
    if not line:
        return None
    if len(line) <= LONGEST_LINE or line.endswith("\n"):
        return line.rstrip("\r\n")
    for _ in range(_MOST_SKIPPED):
        rest = source.readline(LONGEST_LINE)
        if not rest or rest.endswith("\n"):
            raise TooLong
    return None


class TooLong(Exception):  # noqa: N818 - it is the line that is too long
    """A line of input over the limit; it was read to its end and thrown away."""
