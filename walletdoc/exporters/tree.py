"""A picture as a tree for the terminal, at most so many columns wide.

A place that one way leads to stands below it. All others stand at the left edge, once, and so do those that would stand
too deep; elsewhere they are referred to by name. So the tree is as long as there are places and arrows, however much
is shared, and never wider than a narrow terminal. Calls and switches have dashed lines.
"""

from collections import Counter
from collections.abc import Iterator

from walletdoc.frozen import frozen
from walletdoc.locales import say
from walletdoc.page import Line
from walletdoc.picture import ArrowKind, Part, Picture, Place
from walletdoc.terminal import wrap
from walletdoc.text import Lang

DEEPEST = 4  # places below one at the left edge; three columns each


@frozen
class Rails:
    """The lines of a tree: to a place, to the last one, past places, below the last; the first two dashed also."""

    on: str
    last: str
    past: str
    below: str
    dashed_on: str
    dashed_last: str


DRAWN = Rails("├─ ", "└─ ", "│  ", "   ", "├╌ ", "└╌ ")
TYPED = Rails("|- ", "`- ", "|  ", "   ", "|. ", "`. ")
"""For an encoding without the signs for drawing lines."""


def tree(picture: Picture, lang: Lang, most: int, rails: Rails = DRAWN) -> tuple[Line, ...]:
    """Return the lines of a tree."""
    return tuple(_Tree(picture, lang, most, rails).lines())


class _Tree:
    """One tree; what stands where is settled before it is drawn."""

    def __init__(self, picture: Picture, lang: Lang, most: int, rails: Rails) -> None:
        self.picture, self.lang, self.most, self.rails = picture, lang, most, rails
        self.places = {place.key: place for place in picture.places()}
        self.steps = {part.places[0].key: part.name for part in picture.parts}
        self.ways: dict[str, dict[tuple[str, ArrowKind], list[str]]] = {key: {} for key in self.places}
        for arrow in picture.arrows():
            self.ways[arrow.source].setdefault((arrow.target, arrow.kind), []).append(arrow.label)
        self.depth = _depths(picture, self.ways)

    def lines(self) -> Iterator[Line]:
        for part in self.picture.parts:
            yield from self._heading(part)
            for place in part.places:
                if self.depth[place.key] == 0:
                    yield from (Line(each) for each in self._place(place, "", ""))
            yield Line()

    def _heading(self, part: Part) -> Iterator[Line]:
        mark = f" ({say(self.lang, 'graph.emergency')})" if part.alarm else ""
        title = (
            f"{part.title}{mark}" if not part.name or part.name == part.title else f"{part.title}{mark} · {part.name}"
        )
        yield Line(title, style="alarm" if part.alarm else "heading")

    def _place(self, place: Place, before: str, label: str) -> Iterator[str]:
        """Yield a place, its notes, and all that stands below it; `before` is the rail that leads to it."""
        ways = self.ways[place.key]
        under = self._under(before)
        beside = under + (self.rails.past if ways else self.rails.below)
        kind = say(self.lang, f"graph.{place.kind}")
        said = say(self.lang, "graph.head", name=place.name, kind=kind, text=place.text)
        yield from wrap(label + said, self.most, before, beside)
        for note in place.notes:
            yield from wrap(f"* {note}", self.most, beside, beside + self.rails.below)
        for at, ((target, kind_), labels) in enumerate(ways.items(), 1):
            answers = f"{' / '.join(filter(None, labels))} → " if any(labels) else "→ "
            rail = self._rail(kind_, last=at == len(ways))
            if kind_ == "answer" and self.depth[target]:
                yield from self._place(self.places[target], under + rail, answers)
            else:
                see = say(self.lang, "graph.see", name=self._name(target, kind_))
                yield from wrap(answers + see, self.most, under + rail, self._under(under + rail) + self.rails.below)

    def _name(self, key: str, kind: ArrowKind) -> str:
        return self.steps[key] if kind == "call" else self.places[key].name

    def _rail(self, kind: ArrowKind, *, last: bool) -> str:
        if kind == "answer":
            return self.rails.last if last else self.rails.on
        return self.rails.dashed_last if last else self.rails.dashed_on

    def _under(self, before: str) -> str:
        """Return what stands below a rail: the line goes on unless it led to the last place."""
        if not before:
            return ""
        last = before.endswith((self.rails.last, self.rails.dashed_last))
        return before[: -len(self.rails.on)] + (self.rails.below if last else self.rails.past)


def _depths(picture: Picture, ways: dict[str, dict[tuple[str, ArrowKind], list[str]]]) -> dict[str, int]:
    """Return how deep each place stands: 0 at the left edge."""
    into = Counter(target for each in ways.values() for target, kind in each if kind == "answer")
    depth: dict[str, int] = {}
    for place in picture.places():
        here = depth.setdefault(place.key, 0)
        for target, kind in ways[place.key]:
            if kind == "answer" and into[target] == 1 and here < DEEPEST:
                depth.setdefault(target, here + 1)
    return depth
