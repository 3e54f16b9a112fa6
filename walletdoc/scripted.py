"""What a command line says of how it is answered: answers given beforehand, JSON Lines, or a face for a person."""

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeAlias

from walletdoc.answers import ScriptAnswers
from walletdoc.config import FACES
from walletdoc.context import Context
from walletdoc.conversation import screen_face
from walletdoc.face import Face
from walletdoc.failure import USAGE, Failure
from walletdoc.locales import both
from walletdoc.readfile import read
from walletdoc.text import visible

Parse: TypeAlias = Callable[[Iterable[str]], ScriptAnswers]


def answer_lines(given: list[str], file: str | None) -> list[str] | None:
    """Return the lines of answers from all places; None where none was named, which is another thing than an empty file.

    Raises `Failure` for a file that can't be read as text.
    """
    if file is None:
        return given or None
    data = sys.stdin.buffer.read() if file == "-" else read(Path(file))
    try:
        return [*given, *data.decode("utf-8-sig").splitlines()]
    except UnicodeDecodeError:
        raise Failure(both("run.not-utf8", file=visible(file)), USAGE) from None


def chosen_face(context: Context, name: str | None, lines: list[str] | None, parse: Parse, *, json: bool) -> Face:
    """Return the face that answers; `parse` reads the lines. Raises `Failure` (2) for a name or line that is none."""
    if name is not None and name not in FACES:
        raise Failure(both("run.no-face", face=visible(name), faces=", ".join(FACES)), USAGE)
    if json:
        from walletdoc.faces.jsonl import JsonlFace

        return JsonlFace(context.lang, sys.stdin, sys.stdout, None if lines is None else parse(lines))
    if lines is not None:
        from walletdoc.faces.script import ScriptFace

        return ScriptFace(context.lang, parse(lines), sys.stdout)
    return screen_face(context, name)
