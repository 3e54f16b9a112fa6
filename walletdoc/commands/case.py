"""`walletdoc case [ID]`: a session summed up for whoever helps next."""

import json
from pathlib import Path
from typing import Annotated

import typer

from walletdoc import casefile, sessions
from walletdoc.commands.arguments import IdArgument
from walletdoc.context import current
from walletdoc.failure import USAGE, Failure
from walletdoc.locales import both, say
from walletdoc.outfile import write_out
from walletdoc.text import visible

FORMATS = ("md", "txt", "json")
_lang = current().lang

FormatOption = Annotated[str, typer.Option("--format", metavar="|".join(FORMATS), help=say(_lang, "help.case-format"))]
OutOption = Annotated[Path | None, typer.Option("--out", metavar="FILE", help=say(_lang, "help.case-out"))]


def command(id_: IdArgument = None, format_: FormatOption = "md", out: OutOption = None) -> None:
    """Print or write the case file of the session touched last, or of the one named."""
    context = current()
    if format_ not in FORMATS:
        raise Failure(both("case.format", format=visible(format_), formats=", ".join(FORMATS)), USAGE)
    saved = sessions.look(context.state, id_ or sessions.latest(context.state))
    library, flow = saved.library(context.library)
    session = sessions.replay(saved, library, flow).session
    case = casefile.case_file(session, saved, library, context.lang, context.today)
    match format_:
        case "json":
            text = json.dumps(casefile.to_json(case, session, saved), ensure_ascii=False, indent=2) + "\n"
        case "txt":
            text = casefile.plain(case)
        case _:
            text = casefile.markdown(case)
    if out is None:
        print(text, end="")
    else:
        write_out(out, text)
        print(say(context.lang, "case.written", file=visible(str(out))))
