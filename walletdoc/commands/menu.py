"""`walletdoc [WORDS]`: what is wrong? In the user's own words or from a list, then the flow."""

from typing import Annotated

import typer

from walletdoc.context import Context, current
from walletdoc.conversation import begin, converse, guarded, screen_face, start
from walletdoc.face import PersonFace, Words
from walletdoc.library import Entry
from walletdoc.locales import say
from walletdoc.question import Choice
from walletdoc.streams import complain

_lang = current().lang

WordsArgument = Annotated[list[str] | None, typer.Argument(metavar="WORDS", help=say(_lang, "help.words"))]


def command(words: WordsArgument = None) -> None:
    """Open the flow that the words mean, else offer what they may mean, else the list."""
    context = current()
    face = screen_face(context)
    raise typer.Exit(guarded(lambda: _open(context, face, " ".join(words or []))))


def _open(context: Context, face: PersonFace, words: str) -> int:
    entries = context.library.entries()
    chosen, title = _meant(context, face, entries, words)
    while chosen is None:
        said = face.what(title, _listed(context, entries))
        if said is None:
            complain(say(context.lang, "menu.none"))
            return 0
        chosen, title = _meant(context, face, entries, said.words) if isinstance(said, Words) else (said, "")
    session = start(context, context.library, chosen)
    recorder = begin(context, context.library, session, None, save=True)
    return converse(context, context.library, face, session, recorder)


def _named(entries: tuple[Entry, ...], words: str) -> str | None:
    """Return the flow that is meant by its id or its title in either language."""
    wanted = words.strip().casefold()
    named = (each.flow for each in entries if wanted in {each.flow, each.title.zh.casefold(), each.title.en.casefold()})
    return next(named, None)


def _meant(context: Context, face: PersonFace, entries: tuple[Entry, ...], words: str) -> tuple[str | None, str]:
    """Return the flow that words name or surely mean, or that is picked of those they may mean; None for none.

    Beside it what to ask above the list of all flows: that nothing fits would be out of sight if it stood before that.
    """
    what = say(context.lang, "menu.what")
    named = _named(entries, words)
    if named is not None or not words.strip():
        return named, what
    from walletdoc import find, phrasebook
    from walletdoc.foundwords import because

    found = find.find(words, phrasebook.index(context.library, context.cache_folder))
    titles = {each.flow: _label(context, each) for each in entries}
    if find.sure(found):
        face.tell(say(context.lang, "menu.opens", title=titles[found[0].flow], why=because(found[0], context.lang)))
        return found[0].flow, what
    if not found:
        return None, say(context.lang, "menu.nothing")
    offered = tuple(
        Choice(
            each.flow,
            say(context.lang, "menu.offered", title=titles[each.flow], why=because(each, context.lang)),
        )
        for each in found[: find.OFFERED]
    )
    return face.choose(say(context.lang, "menu.which"), offered), what


def _listed(context: Context, entries: tuple[Entry, ...]) -> tuple[Choice, ...]:
    rank = {"emergency": 0, "normal": 1, "information": 2}
    by_urgency = sorted(entries, key=lambda each: rank.get(each.urgency, 1))
    return tuple(Choice(each.flow, _label(context, each)) for each in by_urgency)


def _label(context: Context, entry: Entry) -> str:
    title = entry.title.of(context.lang)
    title = say(context.lang, "menu.emergency", title=title) if entry.urgency == "emergency" else title
    return title if entry.ours else say(context.lang, "menu.not-ours", title=title)
