"""`walletdoc graph [FLOW]`: a flow, or all flows and the switches between them, as a picture."""

import sys
from typing import Annotated

import typer

from walletdoc.commands.arguments import complete_flow, named
from walletdoc.context import Context, current
from walletdoc.failure import USAGE, Failure
from walletdoc.locales import both, say
from walletdoc.page import WIDEST, show
from walletdoc.picture import Picture, of_flow, of_pack
from walletdoc.streams import can_show, write
from walletdoc.terminal import columns
from walletdoc.text import brief

FORMATS = ("tree", "mermaid", "dot")
_lang = current().lang


def _complete(incomplete: str) -> list[str]:
    return [each for each in FORMATS if each.startswith(incomplete)]


OneArgument = Annotated[
    str | None, typer.Argument(metavar="[FLOW]", help=say(_lang, "graph.which"), autocompletion=complete_flow)
]
FormatOption = Annotated[
    str,
    typer.Option("--format", metavar="|".join(FORMATS), help=say(_lang, "graph.format"), autocompletion=_complete),
]


def command(flow: OneArgument = None, format_: FormatOption = "tree") -> None:
    """Draw a flow, or all of them."""
    context = current()
    match format_:
        case "tree":
            _tree(_picture(context, flow), context)
        case "mermaid":
            from walletdoc.exporters.mermaid import mermaid

            _write(mermaid(_picture(context, flow), context.lang))
        case "dot":
            from walletdoc.exporters.dot import dot

            _write(dot(_picture(context, flow), context.lang))
        case _:
            raise Failure(both("graph.no-format", format=brief(format_), formats=", ".join(FORMATS)), USAGE)


def _picture(context: Context, flow: str | None) -> Picture:
    library = context.library
    if flow is None:
        return of_pack(library, context.lang)
    return of_flow(named(library, flow), library, context.lang)


def _tree(picture: Picture, context: Context) -> None:
    """Show a tree as wide as the terminal, in signs that it has."""
    from walletdoc.exporters.tree import DRAWN, TYPED, tree

    rails = DRAWN if can_show("├╌", sys.stdout) else TYPED
    show(tree(picture, context.lang, min(columns(sys.stdout), WIDEST), rails))


def _write(lines: tuple[str, ...]) -> None:
    for line in lines:
        write(line)
