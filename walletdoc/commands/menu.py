"""`walletdoc [WORDS]`: what is wrong? A list of flows to choose from, then the flow."""

import typer

from walletdoc.context import Context, current
from walletdoc.conversation import begin, converse, guarded, screen_face, start
from walletdoc.face import Face
from walletdoc.library import Entry
from walletdoc.locales import say
from walletdoc.question import Choice
from walletdoc.streams import complain


def command(words: list[str] | None = None) -> None:
    """Open the flow that the words name, else offer the list."""
    context = current()
    face = screen_face(context)
    chosen = _named(context.library.entries(), " ".join(words or []))
    if chosen is None:
        if words:
            face.tell(say(context.lang, "menu.not-named"))
        code = guarded(lambda: _choose_and_walk(context, face))
    else:
        code = _walk(context, face, chosen)
    raise typer.Exit(code)


def _named(entries: tuple[Entry, ...], words: str) -> str | None:
    """Return the flow that is meant by its id or its title in either language."""
    wanted = words.strip().casefold()
    named = (each.flow for each in entries if wanted in {each.flow, each.title.zh.casefold(), each.title.en.casefold()})
    return next(named, None)


def _choose_and_walk(context: Context, face: Face) -> int:
    rank = {"emergency": 0, "normal": 1, "information": 2}
    entries = sorted(context.library.entries(), key=lambda each: rank.get(each.urgency, 1))
    choices = tuple(Choice(each.flow, _label(context, each)) for each in entries)
    chosen = face.choose(say(context.lang, "menu.what"), choices)
    if chosen is None:
        complain(say(context.lang, "menu.none"))
        return 0
    return _walk(context, face, chosen)


def _label(context: Context, entry: Entry) -> str:
    title = entry.title.of(context.lang)
    title = say(context.lang, "menu.emergency", title=title) if entry.urgency == "emergency" else title
    return title if entry.ours else say(context.lang, "menu.not-ours", title=title)


def _walk(context: Context, face: Face, flow: str) -> int:
    session = start(context, context.library, flow)
    recorder = begin(context, context.library, session, None, save=True)
    return converse(context, context.library, face, session, recorder)
