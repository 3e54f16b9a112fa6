"""`walletdoc new FLOW`: a flow's file and its test to start from, in the current folder, or in the pack that `--flows` names."""

from pathlib import Path
from shlex import quote
from typing import Annotated

import typer

from walletdoc import templates
from walletdoc.context import Context, current
from walletdoc.decode import ID
from walletdoc.failure import USAGE, Failure
from walletdoc.locales import both, say
from walletdoc.outfile import write_out
from walletdoc.packfiles import REGISTRIES
from walletdoc.page import Line, labelled, show
from walletdoc.text import brief, visible

SUFFIX = ".yaml"

NewArgument = Annotated[str, typer.Argument(metavar="FLOW", help=say(current().lang, "new.which"), show_default=False)]


def command(flow: NewArgument) -> None:
    """Write a flow and say what to do next; FLOW is its id, or a path that ends in it, below the pack or from here."""
    context = current()
    id_ = Path(flow).name.removesuffix(SUFFIX)
    _refuse(id_, context)
    path = (context.pack or Path()) / Path(flow).with_name(f"{id_}{SUFFIX}")
    test = path.with_name(f"{id_}.test{SUFFIX}")
    write_out(path, templates.flow(id_, context.lang), shared=True, new=True)
    write_out(test, templates.test(id_, context.lang), shared=True, new=True)
    for each in (path, test):
        show((Line(say(context.lang, "new.written", file=visible(str(each)))),))
    show((Line(),))
    show((Line(say(context.lang, "new.next"), style="heading"), *labelled(_next(path, context))))


def _refuse(id_: str, context: Context) -> None:
    """Raise Failure (2) for what is no id, or one that another flow of these packs has."""
    if not ID.fullmatch(id_):
        raise Failure(both("new.bad-id", id=brief(id_)), USAGE)
    taken = context.library.files.get(id_)
    if id_ in REGISTRIES or (taken and taken.ours):
        raise Failure(both("new.of-ours", id=id_), USAGE, both("new.other"))
    if taken:
        raise Failure(both("new.taken", id=id_, file=visible(str(taken.path))), USAGE, both("new.other"))


def _next(path: Path, context: Context) -> list[tuple[str, str]]:
    """Return what to do now, and by which command."""
    shown = str(path) if "/" in str(path) else f"./{path}"
    file = quote(visible(shown))
    commands = {
        "new.edit": file,
        "new.check": f"walletdoc check {file}",
        "new.test": f"walletdoc test {file.removesuffix(SUFFIX)}.test{SUFFIX}",
        "new.run": f"walletdoc run {file}",
        "new.graph": f"walletdoc graph {file}",
        "new.schema": "walletdoc schema flow > flow.schema.json",
    }
    return [(say(context.lang, key), line) for key, line in commands.items()]
