"""`walletdoc list`: all flows by group, emergencies marked."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from walletdoc import groups
from walletdoc.commands.arguments import JsonOption, unverified
from walletdoc.context import current
from walletdoc.library import Entry
from walletdoc.locales import say
from walletdoc.page import Line, labelled, show, show_json
from walletdoc.text import Lang, visible


def command(json: JsonOption = False) -> None:
    """List the flows."""
    context = current()
    entries = sorted(context.library.entries(), key=_place)
    if json:
        show_json([_plain(each, context.lang) for each in entries])
    else:
        show(_lines(entries, context.lang))


def _place(entry: Entry) -> tuple[bool, int, str]:
    return not entry.ours, groups.place(entry.group), entry.group


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
        yield Line(groups.title(group, lang) + unverified(ours=not ours), style="heading")
        yield from labelled((entry.flow, _title(entry, lang)) for entry in each)
        yield Line()
    yield Line(say(lang, "list.how"))


def _title(entry: Entry, lang: Lang) -> str:
    title = entry.title.of(lang)
    return say(lang, "list.emergency", title=title) if entry.urgency == "emergency" else title
