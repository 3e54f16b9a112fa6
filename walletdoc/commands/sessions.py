"""`walletdoc sessions`: what was saved; `walletdoc sessions delete ID…` or `--all`."""

from typing import Annotated

import typer

from walletdoc import sessions
from walletdoc.context import Context, current
from walletdoc.failure import USAGE, Failure
from walletdoc.locales import both, say
from walletdoc.sessions import Saved
from walletdoc.text import visible
from walletdoc.wording import day

_lang = current().lang

ActionArgument = Annotated[str | None, typer.Argument(metavar="[delete]", help=say(_lang, "help.sessions-action"))]
IdsArgument = Annotated[list[str] | None, typer.Argument(metavar="[ID]…", help=say(_lang, "help.sessions-ids"))]
AllOption = Annotated[bool, typer.Option("--all", help=say(_lang, "help.sessions-all"))]


def command(action: ActionArgument = None, ids: IdsArgument = None, all_: AllOption = False) -> None:
    """List the saved sessions, or delete some."""
    context = current()
    if action is None:
        _list(context)
        return
    if action != "delete":
        raise Failure(both("sessions.action", action=visible(action)), USAGE)
    if bool(ids) == all_:
        raise Failure(both("sessions.which"), USAGE)
    chosen = sessions.ids(context.state) if all_ else ids or []
    for id_ in chosen:
        sessions.delete(context.state, id_)
    print(say(context.lang, "sessions.deleted", count=len(chosen)))


def _list(context: Context) -> None:
    found = sessions.every(context.state)
    if not found:
        print(say(context.lang, "sessions.none"))
        return
    for saved in found:
        print(f"{saved.id}  {_title(context, saved)}")
        print(f"           {_state(context, saved)}")
    print(say(context.lang, "sessions.how"))


def _title(context: Context, saved: Saved) -> str:
    titles = {entry.flow: entry.title for entry in context.library.entries()}
    title = titles.get(saved.flow) if saved.file is None else None
    return title.of(context.lang) if title else visible(saved.file or saved.flow)


def _state(context: Context, saved: Saved) -> str:
    when = day(saved.touched_on, context.lang)
    key = "sessions.ended" if saved.ended else "sessions.open"
    return say(context.lang, key, count=len(saved.answers), day=when)
