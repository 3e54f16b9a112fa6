"""What a picture of flows shows, before it is drawn: places, the arrows between them, and the parts they stand in.

A flow is a part, each step that it calls is another, drawn once however often it is called; the flows that it switches
to stand outside. A pack has its groups for parts and its flows for places. Texts are short and on one line.
"""

from collections.abc import Iterator, Mapping
from typing import Literal, assert_never

from walletdoc import groups
from walletdoc.contacts import fill
from walletdoc.flow import (
    Ask,
    Call,
    Do,
    Edge,
    End,
    EndKind,
    FactNode,
    Flow,
    Node,
    Number,
    Step,
    Switch,
    Try,
    edges,
)
from walletdoc.frozen import frozen
from walletdoc.library import Library
from walletdoc.paperwords import PaperWords
from walletdoc.parts import in_order, owners
from walletdoc.terminal import unmarked, width
from walletdoc.text import Lang

PlaceKind = Literal["ask", "number", "fact", "try", "do", "call", "switch", "flow"] | EndKind
ArrowKind = Literal["answer", "call", "switch"]

_KINDS: Mapping[type[Node], PlaceKind] = {
    Ask: "ask",
    Number: "number",
    FactNode: "fact",
    Try: "try",
    Do: "do",
    Call: "call",
    Switch: "switch",
}
TEXT, LABEL, NAME = 64, 40, 40  # columns at most: of what a node says, of an answer or a cause's title, of an id


@frozen
class Place:
    """A node, or a flow; `key` is its own within the picture, `notes` say what it finds, fixes or risks."""

    key: str
    name: str
    kind: PlaceKind
    text: str
    notes: tuple[str, ...] = ()
    alarm: bool = False


@frozen
class Arrow:
    """An edge, from key to key; a call leads to the start of its step, a switch to a flow."""

    source: str
    target: str
    label: str
    kind: ArrowKind = "answer"


@frozen
class Part:
    """Places that stand together, the start first, and the arrows that leave them."""

    name: str
    title: str
    places: tuple[Place, ...]
    arrows: tuple[Arrow, ...]
    alarm: bool = False


@frozen
class Picture:
    """All parts, and the flows outside that arrows lead to."""

    parts: tuple[Part, ...]
    outside: tuple[Place, ...] = ()

    def places(self) -> Iterator[Place]:
        """Yield every place."""
        for part in self.parts:
            yield from part.places
        yield from self.outside

    def arrows(self) -> Iterator[Arrow]:
        """Yield every arrow."""
        for part in self.parts:
            yield from part.arrows


def of_flow(id_: str, library: Library, lang: Lang) -> Picture:
    """Return the picture of a flow with its steps; raises what `Library.flow` and `Library.step` raise."""
    return _Painter(library, lang).flow(library.flow(id_))


def of_pack(library: Library, lang: Lang) -> Picture:
    """Return the picture of all flows and the switches between them; raises what `Library.flow` raises."""
    return _Painter(library, lang).pack()


def clip(text: str, most: int) -> str:
    """Return a text on one line, its marks of emphasis left out, cut with … where it takes more than so many columns."""
    line = " ".join(unmarked(text).split())
    if width(line) <= most:
        return line
    kept, taken = 0, 1
    while (taken := taken + width(line[kept])) <= most:
        kept += 1
    return line[:kept].rstrip() + "…"


class _Painter:
    """Puts flows into pictures, in the words of one language."""

    def __init__(self, library: Library, lang: Lang) -> None:
        self.library = library
        self.words = PaperWords(library, lang)
        self.lang = lang

    def flow(self, flow: Flow) -> Picture:
        all_ = owners(flow, self.library)
        starts = {each.step: f"{_part(each)}/{each.start}" for each in all_ if isinstance(each, Step)}
        parts = tuple(self._part(each, flow, starts) for each in all_)
        switches = (node for each in all_ for node in each.nodes.values() if isinstance(node, Switch))
        return Picture(parts, tuple(map(self._flow, dict.fromkeys(node.switch for node in switches))))

    def pack(self) -> Picture:
        files = sorted(self.library.flows, key=lambda each: (not each.ours, groups.place(each.group), each.group))
        parts: dict[tuple[bool, str], list[Flow]] = {}
        for file in files:
            parts.setdefault((file.ours, file.group), []).append(self.library.flow(file.id))
        return Picture(tuple(self._group(*group, flows) for group, flows in parts.items()))

    def _group(self, ours: bool, group: str, flows: list[Flow]) -> Part:  # noqa: FBT001 - half of a group's name
        title = groups.title(group, self.lang) + ("" if ours else self.words.say("cli.unverified"))
        places = tuple(self._flow(flow.flow) for flow in flows)
        return Part(group, clip(title, TEXT), places, tuple(arrow for flow in flows for arrow in self._switches(flow)))

    def _flow(self, id_: str) -> Place:
        """Return a flow as a place."""
        flow = self.library.flow(id_)
        emergency = flow.urgency == "emergency"
        notes = (self.words.say("graph.emergency"),) if emergency else ()
        return Place(_key(id_), clip(id_, NAME), "flow", self._text(flow.title.of(self.lang)), notes, emergency)

    def _switches(self, flow: Flow) -> Iterator[Arrow]:
        """Yield one arrow to each flow that a flow switches to, with all causes that it hands over."""
        handed: dict[str, dict[str, None]] = {}
        for owner in owners(flow, self.library):
            for node in owner.nodes.values():
                if isinstance(node, Switch):
                    handed.setdefault(node.switch, {}).update(dict.fromkeys(node.causes))
        for target, causes in handed.items():
            yield Arrow(_key(flow.flow), _key(target), self._causes(flow, tuple(causes)), "switch")

    def _part(self, owner: Flow | Step, flow: Flow, starts: dict[str, str]) -> Part:
        nodes = {id_: owner.nodes[id_] for id_ in in_order(owner)}
        name = _part(owner)
        title = self._text(owner.title.of(self.lang))
        if isinstance(owner, Step):
            title = self.words.say("graph.step", title=title)
        elif not self.library.file(owner.flow).ours:
            title += self.words.say("cli.unverified")
        places = tuple(self._node(f"{name}/{id_}", id_, node, flow) for id_, node in nodes.items())
        arrows = tuple(
            arrow for id_, node in nodes.items() for arrow in self._arrows(name, f"{name}/{id_}", node, starts)
        )
        return Part(name, title, places, arrows, owner is flow and flow.urgency == "emergency")

    def _node(self, key: str, id_: str, node: Node, flow: Flow) -> Place:
        kind = _kind(node)
        alarm = kind == "stop" or (isinstance(node, Do) and node.protects)
        return Place(key, clip(id_, NAME), kind, self._text(self._said(node)), tuple(self._notes(node, flow)), alarm)

    def _said(self, node: Node) -> str:
        match node:
            case Ask(ask=text) | Number(number=text) | Try(try_=text) | Do(do=text):
                return text.of(self.lang)
            case FactNode(fact=fact):
                return self.library.facts[fact].ask.of(self.lang)
            case Call(call=step):
                return self.library.step(step).title.of(self.lang)
            case Switch(switch=flow):
                return self.library.flow(flow).title.of(self.lang)
            case End(say=said):
                return said.of(self.lang) if said else ""
            case _:
                assert_never(node)

    def _notes(self, node: Node, flow: Flow) -> Iterator[str]:
        """Yield what a node finds or fixes, and what is to be known of it before it is done."""
        if isinstance(node, Try | Do | Call) and node.fixes:
            yield self.words.say("graph.fixes", causes=self._causes(flow, node.fixes))
        if isinstance(node, Switch | End) and node.causes:
            yield self.words.say("graph.finds", causes=self._causes(flow, node.causes))
        if isinstance(node, Try | Call) and node.retries_payment:
            yield self.words.say("graph.retries")
        if isinstance(node, Try) and node.risk == "destructive":
            yield self.words.say("graph.destructive")
        if isinstance(node, Do) and node.protects:
            yield self.words.say("graph.protects")
        if isinstance(node, End) and node.for_:
            yield self.words.say("graph.for", length=self.words.period(node.for_))

    def _causes(self, flow: Flow, causes: tuple[str, ...]) -> str:
        """Return the titles of causes; a step's switch may name some of another flow, which stay ids."""
        known = (flow.causes.get(id_) for id_ in causes)
        titles = (cause.title.of(self.lang) if cause else id_ for id_, cause in zip(causes, known, strict=True))
        return self.words.say("show.and").join(clip(each, LABEL) for each in titles)

    def _arrows(self, part: str, key: str, node: Node, starts: dict[str, str]) -> Iterator[Arrow]:
        for edge, label in zip(edges(node), self._labels(node), strict=True):
            yield Arrow(key, f"{part}/{edge.target}", clip(label, LABEL))
        if isinstance(node, Call):
            yield Arrow(key, starts[node.call], self.words.say("graph.calls"), "call")
        if isinstance(node, Switch):
            yield Arrow(key, _key(node.switch), self.words.say("graph.switches"), "switch")

    def _labels(self, node: Node) -> list[str]:
        """Return what stands at each edge of a node."""
        match node:
            case Ask():
                return [option.say.of(self.lang) for option in node.options.values()]
            case Number():
                return [*_ranges(node), *([self.words.say("answer.unsure")] if node.unsure else [])]
            case FactNode():
                return [self._option(node, edge) for edge in edges(node)]
            case _:
                return [self.words.say(f"graph.to-{edge.answer}") for edge in edges(node)]

    def _option(self, node: FactNode, edge: Edge) -> str:
        option = self.library.facts[node.fact].options.get(edge.answer)
        if option is not None:
            return option.say.of(self.lang)
        return self.words.say("graph.else") if edge.where == ("else",) else ""

    def _text(self, text: str) -> str:
        return clip(fill(text, self._value), TEXT)

    def _value(self, name: str, field: str) -> str | None:
        """Return what stands for a placeholder: names and times as on paper, and no numbers, which have no room here."""
        known = field == "name" or name == "time"
        return self.words.filled(f"{{{name}.{field}}}") if known else self.words.say("graph.official")


def _part(owner: Flow | Step) -> str:
    return f"steps/{owner.step}" if isinstance(owner, Step) else owner.flow


def _key(flow: str) -> str:
    """Return the key of a flow as a place; no node's key has a blank."""
    return f"flow {flow}"


def _kind(node: Node) -> PlaceKind:
    return node.end if isinstance(node, End) else _KINDS[type(node)]


def _ranges(node: Number) -> Iterator[str]:
    """Yield the numbers of each range; nothing for one that earlier ranges leave nothing to."""
    low, high = node.between
    for each in node.ranges:
        top = high if each.below is None else min(high, each.below - 1)
        yield "" if top < low else str(low) if low == top else f"{low}–{top}"
        low = max(low, top + 1)
