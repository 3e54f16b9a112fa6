"""`walletdoc open FILE`: go on from somebody's case file."""

from pathlib import Path
from typing import Annotated

import typer

from walletdoc import casefile, engine
from walletdoc.context import current
from walletdoc.conversation import begin, converse, keep_as_test, screen_face
from walletdoc.engine import Tables
from walletdoc.locales import say
from walletdoc.readfile import read
from walletdoc.redact import redact
from walletdoc.text import visible

_lang = current().lang

CaseArgument = Annotated[Path, typer.Argument(metavar="FILE", help=say(_lang, "help.open-file"))]


RecordOption = Annotated[Path | None, typer.Option("--record", metavar="FILE", help=say(_lang, "help.run-record"))]


def command(file: CaseArgument, record: RecordOption = None) -> None:
    """Start a session of one's own from the answers in a case file (JSON)."""
    context = current()
    reopened = casefile.from_json(read(file), str(file))
    library = context.library
    face = screen_face(context)
    replayed = engine.replay(Tables(library, reopened.flow), reopened.answers, reopened.presets)
    recorder = begin(context, library, replayed.session, None, save=True)
    recorder.follow(replayed.session, library)
    for item, value in reopened.filled.items():
        if item in library.registries.prepare:
            recorder.fill(item, redact(visible(value)))
    if replayed.dropped:
        face.tell(say(context.lang, "open.dropped", count=len(replayed.dropped)))
    code = converse(context, library, face, replayed.session, recorder)
    if record is not None and recorder.saved.answers:
        keep_as_test(record, replayed.session, recorder, library)
    raise typer.Exit(code)
