"""Where a thing stands in a file, and its line with a caret."""

from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from walletdoc.text import visible

LEFT, RIGHT = 60, 100  # characters of the line that are shown before and after where the span starts, unless told


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a text; lines and columns count from 1, columns count characters, the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


def at(source: str, start: int, stop: int) -> Span:
    """Return the span of `source[start:stop]`; lines end at a line feed, as in all text that `yamlfile` hands out."""
    return Span(*_place(source, start), *_place(source, stop))


def excerpt(source: str, span: Span, left: int = LEFT, right: int = RIGHT) -> str:
    """Return the source line of the span and a line with carets under it; empty where the line does not exist.

    Hidden characters are spelled out, and a long line is cut so many characters left and right of where the span starts.
    A wide character gets a caret of its width, so that the carets stand under the text on a terminal.
    """
    lines = source.split("\n")
    if not 1 <= span.line <= len(lines):
        return ""
    line = lines[span.line - 1].rstrip("\r").replace("\t", " ")
    start = min(span.column - 1, len(line))
    stop = span.end_column - 1 if span.end_line == span.line else len(line)
    before, under, after = _cut(line, start, max(stop, start + 1), left, right)
    gutter = f"{span.line:>5} | "
    carets = "^" * (_width(under) or 1)
    return f"{gutter}{before}{under}{after}\n{' ' * (len(gutter) + _width(before))}{carets}"


def _place(source: str, index: int) -> tuple[int, int]:
    ends = _ends(source)
    line = bisect_right(ends, index - 1)
    return line + 1, index - (ends[line - 1] if line else -1)


@lru_cache(maxsize=2)
def _ends(source: str) -> tuple[int, ...]:
    """Return where the lines of a text end, kept for the text that is being asked about: of some, every key is."""
    ends: list[int] = []
    index = source.find("\n")
    while index >= 0:
        ends.append(index)
        index = source.find("\n", index + 1)
    return tuple(ends)


def _cut(line: str, start: int, stop: int, left: int, right: int) -> tuple[str, str, str]:
    first, last = max(start - left, 0), start + right
    before = ("…" if first else "") + visible(line[first:start])
    after = visible(line[stop:last]) + ("…" if len(line) > last else "")
    return before, visible(line[start : min(stop, last)]), after


def _width(text: str) -> int:
    from unicodedata import category, east_asian_width  # only when a fault is shown

    return sum(0 if category(char) in {"Mn", "Me"} else 1 + (east_asian_width(char) in {"W", "F"}) for char in text)
