"""The arguments and options that several commands share, with their help in the language of the call."""

from pathlib import Path
from typing import Annotated

import typer

from walletdoc.context import current
from walletdoc.diagnostic import Faulty
from walletdoc.failure import Failure
from walletdoc.library import Library
from walletdoc.locales import say

_lang = current().lang


def complete_flow(incomplete: str) -> list[tuple[str, str]]:
    """Return the ids and titles of the flows whose id begins so, for the shell; nothing where a pack can't be read."""
    try:
        entries = current().library.entries()
    except (Failure, Faulty):
        return []
    return [(each.flow, each.title.of(_lang)) for each in entries if each.flow.startswith(incomplete)]


def named(library: Library, flow: str) -> str:
    """Return the id of a flow given by its id or its path, which the library then knows; raises as `add_file` does."""
    is_path = "/" in flow or flow.endswith((".yaml", ".yml"))
    return library.add_file(Path(flow)) if is_path else flow


def unverified(*, ours: bool) -> str:
    """Return the mark of what is not walletdoc's own, to be put behind its title; nothing for what is."""
    return "" if ours else say(_lang, "cli.unverified")


FlowArgument = Annotated[
    str, typer.Argument(metavar="FLOW", help=say(_lang, "help.flow"), autocompletion=complete_flow, show_default=False)
]
IdArgument = Annotated[str | None, typer.Argument(metavar="[ID]", help=say(_lang, "help.session-id"))]
JsonOption = Annotated[bool, typer.Option("--json", help=say(_lang, "help.json"))]
