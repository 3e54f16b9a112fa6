"""`walletdoc config`: what is set; `config KEY VALUE` sets, `config KEY --unset` removes."""

from collections.abc import Iterator
from typing import Annotated

import typer

from walletdoc import config
from walletdoc.commandline import LANGUAGES
from walletdoc.context import Context, current
from walletdoc.failure import USAGE, Failure
from walletdoc.locales import both, say
from walletdoc.page import Line, labelled, show
from walletdoc.text import brief

_lang = current().lang


def _complete(incomplete: str) -> list[str]:
    return [key for key in config.KEYS if key.startswith(incomplete)]


KeyArgument = Annotated[
    str | None, typer.Argument(metavar="KEY", help=say(_lang, "config.key"), autocompletion=_complete)
]
ValueArgument = Annotated[str | None, typer.Argument(metavar="VALUE", help=say(_lang, "config.value"))]
UnsetOption = Annotated[bool, typer.Option("--unset", help=say(_lang, "config.unset"))]


def command(key: KeyArgument = None, value: ValueArgument = None, unset: UnsetOption = False) -> None:
    """Show or change what is set."""
    context = current()
    if key is not None and key not in config.KEYS:
        raise Failure(both("config.no-key", key=brief(key), keys=", ".join(config.KEYS)), USAGE)
    if unset and (key is None or value is not None):
        raise Failure(both("config.unset-what"), USAGE)
    match key, value:
        case None, _:
            show(_all(context))
        case str(), None if not unset:
            show((Line(context.settings.get(key) or say(context.lang, "config.not-set")),))
        case str(), _:
            _change(context, key, value)


def _all(context: Context) -> Iterator[Line]:
    rows = ((key, _said(context, key, context.settings.get(key))) for key in config.KEYS)
    yield from labelled(rows, indent=0)
    yield from (Line(), Line(say(context.lang, "config.how")))


def _said(context: Context, key: str, value: str | None) -> str:
    """Return a value with what it means, where it has a meaning that can be said."""
    if value is None:
        return say(context.lang, "config.not-set")
    option = _options(context, key).get(value)
    return f"{value}  {option}" if option else value


def _options(context: Context, key: str) -> dict[str, str]:
    """Return the values that a key may have, each with its meaning; what is out of scope is none."""
    match key:
        case "language":
            return {lang: say(context.lang, f"config.{lang}") for lang in LANGUAGES}
        case "face":
            return {face: say(context.lang, f"config.{face}") for face in config.FACES}
        case _:
            options = context.library.facts[key].options
            return {id_: each.say.of(context.lang) for id_, each in options.items() if each.outside is None}


def _change(context: Context, key: str, value: str | None) -> None:
    if value is not None and value not in (known := _options(context, key)):
        raise Failure(both("config.bad-value", key=key, value=brief(value), known=", ".join(known)), USAGE)
    kept = {**context.settings, key: value or ""}
    config.write(context.state, kept)
    done = say(context.lang, "config.removed" if value is None else "config.done", key=key, value=value)
    show((Line(done),))
