"""What a plain terminal takes: text that fits its width and its encoding, and lines read within a limit."""

import re
import shutil
import unicodedata
from typing import TextIO

NARROWEST = 20  # below this nothing can be laid out; the terminal itself breaks such lines
LONGEST_LINE = 64 * 1024  # characters of one line of input
_MOST_SKIPPED = 1024  # pieces of a line too long, each of LONGEST_LINE, before the input counts as endless

_ZERO_WIDTH = frozenset({"Mn", "Me"})
# What may stand between two pieces is a line's end: after a blank, a hyphen inside a word is none; around an ideograph, but
# neither after an opening nor before a closing mark.
_WIDE = "\u2e80-\u2fff\u3005-\u3007\u3012\u3013\u3021-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff10-\uff19\uff21-\uff5a"
_OPENING = "\\[({“‘（〈《「『【〔［｛"
_CLOSING = "\\])}”’，。、；：！？）〉》」』】〕］｝…·%"
_PIECE = re.compile(f"[{_OPENING}]*(?:[{_WIDE}]|[^\\s{_WIDE}{_OPENING}]+)?[{_CLOSING}]*\\s*")
_PLAIN = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "…": "...", "–": "-", "—": "-", "→": "->", "›": ">", "·": "-"})


def width(text: str) -> int:
    """Return how many columns a text takes; an ideograph takes two."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(char: str) -> int:
    if unicodedata.category(char) in _ZERO_WIDTH:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def columns() -> int:
    """Return the width of the terminal: `COLUMNS` where that makes sense, what the terminal says, else 80."""
    return max(shutil.get_terminal_size().columns, NARROWEST)


def wrap(text: str, most: int, indent: str = "", hang: str | None = None) -> list[str]:
    """Return the text in lines of at most so many columns; its own line ends are kept, and `hang` begins all but the first.

    Chinese breaks anywhere but around punctuation, everything else at blanks; what is wider than a line breaks where it must.
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
    for piece in filter(None, _PIECE.findall(paragraph)):
        if width(piece.rstrip()) <= max(most, 2):
            found.append(piece)
        else:
            found.extend(piece)
    return found


def put(sink: TextIO, text: str) -> None:
    """Write a text and send it off; what the encoding has no character for is spelled out, so that nothing fails or is lost."""
    try:
        sink.write(text)
    except UnicodeEncodeError:
        encoding = sink.encoding or "ascii"
        text = text.translate(_PLAIN)
        sink.write(text.encode(encoding, "backslashreplace").decode(encoding))
    sink.flush()


def lenient(source: TextIO) -> TextIO:
    """Return the source, reading bytes that are no text as such, where it can be told to, rather than failing on them."""
    reconfigure = getattr(source, "reconfigure", None)
    if reconfigure is not None:
        try:
            reconfigure(errors="surrogateescape")
        except (OSError, ValueError):  # it has been read from, or closed
            pass
    return source


def read_line(source: TextIO) -> str | None:
    """Return the next line without its end; None at the end of the input, `TooLong` raised for a line over the limit."""
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
