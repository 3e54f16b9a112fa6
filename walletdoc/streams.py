"""The standard streams, fit for any surroundings: none is missing, none fails for a character that it can't encode."""

import codecs
import io
import os
import sys
from contextlib import suppress
from typing import TextIO
from unicodedata import normalize

_HANDLER = "walletdoc.readable"
_STDOUT, _STDERR = 1, 2
_LIKE = str.maketrans(
    {"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "→": "->", "·": "-", "。": ".", "、": ","}
)


def prepare() -> None:
    """Make the three streams usable, whatever state this process was started in."""
    _fill_gaps()
    sys.stdin = sys.stdin or open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - it stays open
    sys.stdout = sys.stdout or open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - as above
    sys.stderr = sys.stderr or open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - as above
    codecs.register_error(_HANDLER, readable)
    for stream, errors in ((sys.stdin, "surrogateescape"), (sys.stdout, _HANDLER), (sys.stderr, _HANDLER)):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=errors)


def _fill_gaps() -> None:
    """Put the null device where a stream was closed, so that no file that is opened later takes its number.

    Standard output gets it for reading: writing there must fail, since whoever called expects something to be written.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_WRONLY if number == _STDERR else os.O_RDONLY)


def readable(error: UnicodeError) -> tuple[str, int]:
    """Return what stands for characters that an encoding lacks: the nearest in ASCII, else `?`; an error handler."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return "".join(map(_nearest, lacking)), error.end


def _nearest(char: str) -> str:
    like = normalize("NFKC", char.translate(_LIKE))
    return like if like.isascii() and like.isprintable() else "?"


def can_show(text: str, stream: TextIO) -> bool:
    """Tell whether a stream's encoding has all characters of a text."""
    try:
        text.encode(stream.encoding or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def write(line: str) -> None:
    """Write a line to standard output; raises OSError where it can't be written, now or in `finish`."""
    sys.stdout.write(line + "\n")


def complain(*lines: str) -> None:
    """Write lines to standard error; one that has gone away must not hide what the exit code says."""
    try:
        sys.stderr.write("\n".join(lines) + "\n")
        sys.stderr.flush()
    except (OSError, ValueError):
        _let_go(_STDERR)


def finish() -> OSError | None:
    """Send off what is left for standard output, and return why that was not possible."""
    try:
        sys.stdout.flush()
    except OSError as error:
        _let_go(_STDOUT)
        return error
    return None


def _let_go(number: int) -> None:
    """Point a stream at nothing, so that Python, when it ends, does not try and fail once more."""
    with suppress(OSError):
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, number)
        os.close(null)
