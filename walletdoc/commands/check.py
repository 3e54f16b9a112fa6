"""`walletdoc check [PATHS]`: what is wrong with flows, and the proof that they find every cause."""

from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from walletdoc.check import check
from walletdoc.context import current
from walletdoc.failure import FINDINGS, USAGE, Failure
from walletdoc.locales import both, say
from walletdoc.streams import write
from walletdoc.text import brief

FORMATS = {
    "text": "walletdoc.exporters.report_text",
    "json": "walletdoc.exporters.report_json",
    "sarif": "walletdoc.exporters.report_sarif",
    "github": "walletdoc.exporters.report_github",
}
_lang = current().lang


def _complete(incomplete: str) -> list[str]:
    return [each for each in FORMATS if each.startswith(incomplete)]


PathsArgument = Annotated[list[Path] | None, typer.Argument(metavar="PATHS", help=say(_lang, "check.paths"))]
FormatOption = Annotated[
    str,
    typer.Option("--format", metavar="|".join(FORMATS), help=say(_lang, "check.format"), autocompletion=_complete),
]
AsOfOption = Annotated[str | None, typer.Option("--as-of", metavar="DATE", help=say(_lang, "check.as-of"))]
StrictOption = Annotated[bool, typer.Option("--strict", help=say(_lang, "check.strict"))]


def command(
    paths: PathsArgument = None, format_: FormatOption = "text", as_of: AsOfOption = None, strict: StrictOption = False
) -> None:
    """Check flows and print what was found."""
    context = current()
    if format_ not in FORMATS:
        raise Failure(both("check.no-format", format=brief(format_), formats=", ".join(FORMATS)), USAGE)
    day = context.today if as_of is None else _day(as_of)
    report = check(paths or [], day, context.pack, context.cache_folder)
    for line in import_module(FORMATS[format_]).lines(report, context.lang):
        write(line)
    if report.fails(strict=strict):
        raise typer.Exit(FINDINGS)


def _day(given: str) -> date:
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise Failure(both("check.bad-date", given=brief(given)), USAGE) from None
