"""`walletdoc schema`: the JSON Schema of one kind of file, for editors."""

from typing import Annotated

import typer

from walletdoc.context import current
from walletdoc.failure import USAGE, Failure
from walletdoc.locales import both, say
from walletdoc.page import show_json
from walletdoc.text import brief

KINDS = ("flow", "step", "facts", "contacts", "prepare", "times", "test")


def _complete(incomplete: str) -> list[str]:
    return [each for each in KINDS if each.startswith(incomplete)]


KindArgument = Annotated[
    str,
    typer.Argument(metavar="|".join(KINDS), help=say(current().lang, "schema.kind"), autocompletion=_complete),
]


def command(kind: KindArgument = "flow") -> None:
    """Print a JSON Schema."""
    if kind not in KINDS:
        raise Failure(both("schema.no-kind", kind=brief(kind), kinds=", ".join(KINDS)), USAGE)
    from walletdoc.schema import json_schema  # after the check: it loads pydantic

    show_json(json_schema(kind))
