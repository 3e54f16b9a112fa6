"""`walletdoc find WORDS`: the flows that somebody's own words may mean."""

from collections.abc import Iterator
from typing import Annotated

import typer

from walletdoc import find, phrasebook
from walletdoc.commands.arguments import JsonOption, unverified
from walletdoc.context import Context, current
from walletdoc.find import Found
from walletdoc.foundwords import because
from walletdoc.library import Entry
from walletdoc.locales import say
from walletdoc.page import Line, labelled, show, show_json

_lang = current().lang

WordsArgument = Annotated[list[str], typer.Argument(metavar="WORDS", help=say(_lang, "find.words"), show_default=False)]


def command(words: WordsArgument, json: JsonOption = False) -> None:
    """Rank the flows for these words.

    As JSON: `[{"flow", "score", "title"}…]`, the likeliest first, scores between 0 and 1; empty when nothing fits.
    """
    context = current()
    found = find.find(" ".join(words), phrasebook.index(context.library, context.cache_folder))
    entries = {each.flow: each for each in context.library.entries()}
    if json:
        show_json([_plain(each, entries[each.flow], context) for each in found])
    else:
        show(_lines(found, entries, context))


def _plain(found: Found, entry: Entry, context: Context) -> dict[str, object]:
    """Return a flow as JSON has it; only somebody else's says that it is unverified."""
    plain = {"flow": found.flow, "score": round(found.score, 4), "title": entry.title.of(context.lang)}
    return plain if entry.ours else {**plain, "unverified": True}


def _lines(found: tuple[Found, ...], entries: dict[str, Entry], context: Context) -> Iterator[Line]:
    if not found:
        yield Line(say(context.lang, "find.nothing"))
        return
    yield from labelled((each.flow, _described(each, entries[each.flow], context)) for each in found[: find.OFFERED])
    yield Line()
    yield Line(say(context.lang, "find.opens" if find.sure(found) else "find.asks"))


def _described(found: Found, entry: Entry, context: Context) -> str:
    title = entry.title.of(context.lang) + unverified(ours=entry.ours)
    title = say(context.lang, "list.emergency", title=title) if entry.urgency == "emergency" else title
    percent = f"{found.score:.0%}"
    return f"{percent}  " + say(context.lang, "menu.offered", title=title, why=because(found, context.lang))
