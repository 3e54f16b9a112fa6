"""`walletdoc run FLOW`: one flow, on a screen, from given answers, or as a conversation in JSON Lines."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from walletdoc.answers import parse
from walletdoc.commands.arguments import FlowArgument, JsonOption
from walletdoc.config import FACES
from walletdoc.context import Context, current
from walletdoc.conversation import begin, converse, keep_as_test, screen_face, start
from walletdoc.face import Face
from walletdoc.failure import USAGE, Failure
from walletdoc.locales import both, say
from walletdoc.readfile import read
from walletdoc.text import visible

_lang = current().lang

AnswerOption = Annotated[
    list[str] | None, typer.Option("--answer", metavar="KEY=VALUE", help=say(_lang, "help.run-answer"))
]
AnswersOption = Annotated[str | None, typer.Option("--answers", metavar="FILE|-", help=say(_lang, "help.run-answers"))]
FaceOption = Annotated[str | None, typer.Option("--face", metavar="|".join(FACES), help=say(_lang, "help.run-face"))]
RecordOption = Annotated[Path | None, typer.Option("--record", metavar="FILE", help=say(_lang, "help.run-record"))]
NoSaveOption = Annotated[bool, typer.Option("--no-save", help=say(_lang, "help.run-no-save"))]


def command(
    flow: FlowArgument,
    answer: AnswerOption = None,
    answers: AnswersOption = None,
    face: FaceOption = None,
    json: JsonOption = False,
    no_save: NoSaveOption = False,
    record: RecordOption = None,
) -> None:
    """Walk one flow."""
    context = current()
    library = context.library
    file = _as_file(flow)
    id_ = library.add_file(file) if file else flow
    lines = _lines(answer or [], answers)
    session = start(context, library, id_, scripted=lines is not None)  # a bad flow is told of before anything is saved
    chosen = _face(context, face, lines, json=json)
    recorder = begin(context, library, session, file, save=not no_save)
    code = converse(context, library, chosen, session, recorder)
    if record is not None and recorder.saved.answers:
        keep_as_test(record, session, recorder, library)
    raise typer.Exit(code)


def _as_file(flow: str) -> Path | None:
    """Return the path that was given instead of an id."""
    return Path(flow) if "/" in flow or flow.endswith((".yaml", ".yml")) else None


def _lines(given: list[str], file: str | None) -> list[str] | None:
    """Return the lines of answers from all places; None where none was named, which is another thing than an empty file."""
    if file is None:
        return given or None
    data = sys.stdin.buffer.read() if file == "-" else read(Path(file))
    try:
        return [*given, *data.decode("utf-8-sig").splitlines()]
    except UnicodeDecodeError:
        raise Failure(both("run.not-utf8", file=visible(file)), USAGE) from None


def _face(context: Context, name: str | None, lines: list[str] | None, *, json: bool) -> Face:
    if name is not None and name not in FACES:
        raise Failure(both("run.no-face", face=visible(name), faces=", ".join(FACES)), USAGE)
    if json:
        from walletdoc.faces.jsonl import JsonlFace

        return JsonlFace(context.lang, sys.stdin, sys.stdout, None if lines is None else parse(lines))
    if lines is not None:
        from walletdoc.faces.script import ScriptFace

        return ScriptFace(context.lang, parse(lines), sys.stdout)
    return screen_face(context, name)
