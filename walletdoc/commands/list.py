"""`walletdoc list`: all flows by group, emergencies marked."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from walletdoc.commands.arguments import JsonOption, unverified
from walletdoc.context import current
from walletdoc.library import Entry
from walletdoc.locales import say
from walletdoc.page import Line, labelled, show, show_json
from walletdoc.text import Lang, visible

GROUPS = ("security", "payment", "refund", "transfer", "account", "help")
"""The folders of our pack, in the order in which they are listed; their titles are messages."""


def command(json: JsonOption = False) -> None:
    """List the flows."""
    context = current()
    entries = sorted(context.library.entries(), key=_place)
    if json:
        show_json([_plain(each, context.lang) for each in entries])
    else:
        show(_lines(entries, context.lang))


def _place(entry: Entry) -> tuple[bool, int, str]:
    at = GROUPS.index(entry.group) if entry.group in GROUPS else len(GROUPS)
    return not entry.ours, at, entry.group


def _plain(entry: Entry, lang: Lang) -> dict[str, object]:
    """Return a flow as JSON has it; only somebody else's says that it is unverified."""
    plain: dict[str, object] = {
        "flow": entry.flow,
        "title": entry.title.of(lang),
        "group": visible(entry.group),
        "urgency": entry.urgency,
        "desk": entry.desk,
    }
    return plain if entry.ours else {**plain, "unverified": True}


def _lines(entries: Iterable[Entry], lang: Lang) -> Iterator[Line]:
    for (ours, _, group), each in groupby(entries, key=_place):
        title = say(lang, f"list.{group}") if group in GROUPS else group or say(lang, "list.no-group")
        yield Line(title + unverified(ours=not ours), style="heading")
        yield from labelled((entry.flow, _title(entry, lang)) for entry in each)
        yield Line()
    yield Line(say(lang, "list.how"))


def _title(entry: Entry, lang: Lang) -> str:
    title = entry.title.of(lang)
    return say(lang, "list.emergency", title=title) if entry.urgency == "emergency" else title
