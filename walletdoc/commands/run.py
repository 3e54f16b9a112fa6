"""`walletdoc run FLOW`: one flow, on a screen, from given answers, or as a conversation in JSON Lines."""

from pathlib import Path
from typing import Annotated

import typer

from walletdoc.answers import parse
from walletdoc.commands.arguments import FlowArgument, JsonOption
from walletdoc.config import FACES
from walletdoc.context import current
from walletdoc.conversation import begin, converse, keep_as_test, start
from walletdoc.locales import say
from walletdoc.scripted import answer_lines, chosen_face

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
    lines = answer_lines(answer or [], answers)
    session = start(context, library, id_, scripted=lines is not None)  # a bad flow is told of before anything is saved
    chosen = chosen_face(context, face, lines, parse, json=json)
    recorder = begin(context, library, session, file, save=not no_save)
    code = converse(context, library, chosen, session, recorder)
    if record is not None and recorder.saved.answers:
        keep_as_test(record, session, recorder, library)
    raise typer.Exit(code)


def _as_file(flow: str) -> Path | None:
    """Return the path that was given instead of an id."""
    return Path(flow) if "/" in flow or flow.endswith((".yaml", ".yml")) else None
