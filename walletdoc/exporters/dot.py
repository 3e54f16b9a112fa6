"""A picture as a graph in DOT, the language of Graphviz: calls and switches dashed, a shape for each kind of node.

Names are `n0`, `n1`, …, since `node` and `edge` are words of DOT and may be ids of ours. All texts are quoted strings.
"""

from collections.abc import Iterator, Mapping

from walletdoc.locales import say
from walletdoc.picture import Arrow, Picture, Place, PlaceKind
from walletdoc.terminal import wrap
from walletdoc.text import Lang

SHAPES: Mapping[PlaceKind, str] = {
    "ask": "hexagon",
    "number": "parallelogram",
    "fact": "cylinder",
    "try": "box",
    "do": "note",
    "call": "component",
    "switch": "cds",
    "flow": "folder",
    "fixed": "doubleoctagon",
    "not-fixed": "octagon",
    "hand-off": "octagon",
    "wait": "octagon",
    "stop": "octagon",
    "info": "octagon",
}
_WIDE = 32  # columns of a line within a node: Graphviz breaks none itself
_ALARM = ', color="#cc0000", penwidth=3'
_LOOK = ('graph [fontname="sans-serif", rankdir=TB]', 'node [fontname="sans-serif"]', 'edge [fontname="sans-serif"]')


def dot(picture: Picture, lang: Lang) -> tuple[str, ...]:
    """Return the lines of a directed graph."""
    return tuple(_lines(picture, lang))


def _lines(picture: Picture, lang: Lang) -> Iterator[str]:
    names = {place.key: f"n{at}" for at, place in enumerate(picture.places())}
    yield "digraph walletdoc {"
    yield from (f"  {each};" for each in _LOOK)
    for at, part in enumerate(picture.parts):
        yield f"  subgraph cluster_{at} {{"
        yield f"    graph [label={_text(part.title)}{_ALARM if part.alarm else ''}];"
        yield from (f"    {names[place.key]} {_place(place, lang)};" for place in part.places)
        yield "  }"
    yield from (f"  {names[place.key]} {_place(place, lang)};" for place in picture.outside)
    yield from (f"  {_arrow(arrow, names)};" for arrow in picture.arrows())
    yield "}"


def _place(place: Place, lang: Lang) -> str:
    head = f"{say(lang, f'graph.{place.kind}')} · {place.name}"
    said = [line for each in (head, place.text, *place.notes) if each for line in wrap(each, _WIDE)]
    return f"[shape={SHAPES[place.kind]}, label={_text(*said)}{_ALARM if place.alarm else ''}]"


def _arrow(arrow: Arrow, names: Mapping[str, str]) -> str:
    dashed = ", style=dashed" if arrow.kind != "answer" else ""
    return f"{names[arrow.source]} -> {names[arrow.target]} [label={_text(*wrap(arrow.label, _WIDE))}{dashed}]"


def _text(*lines: str) -> str:
    r"""Return lines as one quoted string, in which a backslash, a quote and `&` of an entity mean themselves."""
    escaped = (line.replace("\\", r"\\").replace('"', r"\"").replace("&", "&amp;") for line in lines)
    return '"' + r"\n".join(escaped) + '"'
