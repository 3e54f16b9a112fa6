"""A picture as a Mermaid flowchart: calls and switches dashed, a shape for each kind of node, what is urgent in red.

Names are `n0`, `n1`, …, so that no id can be taken for a word of Mermaid. In texts, whatever could mean something to
Mermaid or to HTML is an entity: all of ASCII but letters, digits and the harmless marks of a sentence.
"""

import re
from collections.abc import Iterator, Mapping

from walletdoc.locales import say
from walletdoc.picture import Arrow, Picture, Place, PlaceKind
from walletdoc.text import Lang

SHAPES: Mapping[PlaceKind, tuple[str, str]] = {
    "ask": ("{{", "}}"),
    "number": ("[/", "/]"),
    "fact": ("[(", ")]"),
    "try": ("[", "]"),
    "do": ("(", ")"),
    "call": ("[[", "]]"),
    "switch": (">", "]"),
    "flow": ("[\\", "\\]"),
    "fixed": ("([", "])"),
    "not-fixed": ("([", "])"),
    "hand-off": ("([", "])"),
    "wait": ("([", "])"),
    "stop": ("([", "])"),
    "info": ("([", "])"),
}
_CLASSES = ("classDef alarm stroke:#c00,stroke-width:3px", "classDef fixed stroke:#080,stroke-width:3px")
# Harmless are letters, digits, the marks of a sentence, `-` within a word, `:` before a blank, and what is not ASCII but
# for the signs under which Mermaid hides entities from its own parser. A text may not begin as a list does, which
# Mermaid refuses to draw.
_HARMLESS = r"[A-Za-z0-9 .,!?'\u0080-\U0010ffff]|(?<=[A-Za-z0-9])-(?=[A-Za-z0-9])|:(?= )"
_MEANS = re.compile(rf"(?!{_HARMLESS})[\0-\x7f]|[ﬂ°¶ß]")
_LIST = re.compile(r"^([0-9]+)\.")


def mermaid(picture: Picture, lang: Lang) -> tuple[str, ...]:
    """Return the lines of a flowchart."""
    return tuple(_lines(picture, lang))


def _lines(picture: Picture, lang: Lang) -> Iterator[str]:
    names = {place.key: f"n{at}" for at, place in enumerate(picture.places())}
    yield "flowchart TD"
    for at, part in enumerate(picture.parts):
        yield f'  subgraph p{at}["{_text(part.title)}"]'
        yield from (f"    {names[place.key]}{_place(place, lang)}" for place in part.places)
        yield "  end"
    yield from (f"  {names[place.key]}{_place(place, lang)}" for place in picture.outside)
    yield from (f"  {_arrow(arrow, names)}" for arrow in picture.arrows())
    yield from (f"  {each}" for each in _CLASSES)
    alarms = [names[place.key] for place in picture.places() if place.alarm]
    alarms += [f"p{at}" for at, part in enumerate(picture.parts) if part.alarm]
    fixed = [names[place.key] for place in picture.places() if place.kind == "fixed"]
    for name, members in (("alarm", alarms), ("fixed", fixed)):
        if members:
            yield f"  class {','.join(members)} {name}"


def _place(place: Place, lang: Lang) -> str:
    opening, closing = SHAPES[place.kind]
    head = f"{say(lang, f'graph.{place.kind}')} · {place.name}"
    return f'{opening}"{"<br/>".join(map(_text, filter(None, (head, place.text, *place.notes))))}"{closing}'


def _arrow(arrow: Arrow, names: Mapping[str, str]) -> str:
    line = "-->" if arrow.kind == "answer" else "-.->"
    label = f'|"{_text(arrow.label)}"|' if arrow.label else ""
    return f"{names[arrow.source]} {line}{label} {names[arrow.target]}"


def _text(text: str) -> str:
    if not text:
        return "#160;"  # a text of nothing is one that Mermaid can't read
    return _LIST.sub(r"\1#46;", _MEANS.sub(lambda match: f"#{ord(match[0])};", text))
