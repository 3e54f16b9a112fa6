"""The words of an end, part by part, as every face for people says them; how they look is the face's own affair."""

from collections.abc import Iterator
from typing import Literal

from walletdoc.ending import Ending, Line
from walletdoc.frozen import frozen
from walletdoc.locales import say
from walletdoc.text import Lang
from walletdoc.wording import day

PartKind = Literal["wait", "causes", "contact", "prepare", "never", "prevent"]


@frozen
class Row:
    """One thing said: what it is, and the words; most need no label."""

    text: str
    label: str | None = None


@frozen
class Part:
    """A titled piece of an end; there is one of kind `contact` for each contact."""

    kind: PartKind
    title: str
    rows: tuple[Row, ...]


def heading(ending: Ending, lang: Lang) -> str:
    """Return what kind of end it is: solved, whom to turn to, wait, stop."""
    return say(lang, f"face.end-{ending.kind}")


def parts(ending: Ending, lang: Lang) -> tuple[Part, ...]:
    """Return everything that an end says beyond its text, in the order in which it is needed; nothing empty."""
    found = [
        Part("wait", say(lang, "face.until"), tuple(map(Row, _wait(ending, lang)))),
        Part("causes", say(lang, "face.causes"), tuple(Row(cause.text) for cause in ending.causes)),
        *(contact(each, lang) for each in ending.contacts),
        Part("prepare", say(lang, "face.prepare"), tuple(Row(item.text) for item in ending.prepare)),
        Part("never", say(lang, "face.never"), tuple(map(Row, ending.never))),
        Part("prevent", say(lang, "face.prevent"), (Row(ending.prevent),) if ending.prevent else ()),
    ]
    return tuple(part for part in found if part.rows)


def as_lines(ending: Ending, lang: Lang) -> Iterator[str]:
    """Yield an end as lines of text, with an empty one between parts; items of a list begin with `- `."""
    if not ending.ours:
        yield say(lang, "face.unverified")
    if ending.emergency:
        yield say(lang, "face.emergency")
    yield heading(ending, lang)
    if ending.text:
        yield ending.text
    for part in parts(ending, lang):
        yield ""
        yield part.title
        for row in part.rows:
            label = f"{row.label}{say(lang, 'face.colon')}" if row.label else ""
            yield f"- {label}{row.text}"


def contact(line: Line, lang: Lang) -> Part:
    """Return what is said of a contact: number, way in, hours, what to mind, who confirmed it and when."""
    return Part("contact", line.name, (Row(line.purpose), *_contact(line, lang)))


def _contact(line: Line, lang: Lang) -> Iterator[Row]:
    labelled = (("number-of", line.number), ("way", line.way), ("hours", line.hours), ("caveat", line.caveat))
    for key, words in labelled:
        if words:
            yield Row(words, say(lang, f"face.{key}"))
    verified = (say(lang, "face.verified", date=line.verified_on), say(lang, f"face.tier-{line.tier}"))
    yield Row(say(lang, "face.comma").join(verified), say(lang, "face.source"))
    if line.stale:
        yield Row(say(lang, "face.stale"), say(lang, "face.warning"))


def _wait(ending: Ending, lang: Lang) -> Iterator[str]:
    wait = ending.wait
    if wait is not None:
        yield say(lang, "face.wait", length=wait.length, day=day(wait.until, lang))
        if not wait.certain:
            yield say(lang, "face.uncertain")
    if ending.again is not None:
        yield say(lang, "face.again")
