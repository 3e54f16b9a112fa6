"""A whole flow as a numbered booklet for paper: every node is an entry, every answer says where to go on.

What a session would know is not known on paper: a placeholder that hangs on an answer is said in words, and all
contacts that may be meant stand at the end. Shared steps are parts of their own, A, B, and so on, as they are called.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from string import ascii_uppercase
from typing import assert_never

from walletdoc.contactpage import contact_lines
from walletdoc.flow import Ask, Call, Do, End, Fact, FactNode, Flow, Number, Step, Switch, Try, edges
from walletdoc.library import Library
from walletdoc.page import Line
from walletdoc.paperwords import PaperWords
from walletdoc.parts import in_order, steps_of
from walletdoc.text import Lang, Text

_COLUMN, _INSIDE = 6, 3  # columns for an entry's number, and the indent of what is below it
_MARK = re.compile(r"-|\(\d+\)")


def booklet(id_: str, library: Library, lang: Lang, today: date) -> tuple[Line, ...]:
    """Return the booklet of a flow, its contacts as of a day; raises what `Library.flow` and `Library.step` raise."""
    flow = library.flow(id_)
    return tuple(_Book(flow, steps_of(flow, library), PaperWords(library, lang), today).lines())


def _letters(at: int) -> str:
    """Return the name of the part at a position: A to Z, AA, AB and so on."""
    rest, last = divmod(at, len(ascii_uppercase))
    return (_letters(rest - 1) if rest else "") + ascii_uppercase[last]


@dataclass(frozen=True)
class _Book:
    """One booklet; its lines are made in order, since the last of them tell of the contacts that came up before."""

    flow: Flow
    steps: tuple[Step, ...]
    words: PaperWords
    today: date

    def lines(self) -> Iterator[Line]:
        yield from self._front()
        yield from self._entries(self.flow, "")
        for at, step in enumerate(self.steps):
            title = self.words.text(step.title)
            yield Line(self.words.say("show.part", letter=_letters(at), title=title), style="heading")
            yield Line()
            yield from self._entries(step, _letters(at))
        yield from self._back()

    def _front(self) -> Iterator[Line]:
        yield Line(self.words.text(self.flow.title), style="heading")
        if self.flow.urgency == "emergency":
            yield Line(self.words.say("face.emergency"), style="alarm")
        if not self.words.library.file(self.flow.flow).ours:
            yield Line(self.words.say("face.unverified"), style="alarm")
        yield from (Line(self.words.say("show.how")), Line())

    def _back(self) -> Iterator[Line]:
        """Yield what ends refer to: what never to tell, and whom to contact."""
        never = self.words.library.registries.never.of(self.words.lang)
        ends = {node.end for node in self.flow.nodes.values() if isinstance(node, End)}
        if never and ends & {"hand-off", "stop"}:
            yield Line(self.words.say("face.never"), style="heading")
            yield from (*(Line(f"- {each}", 1) for each in never), Line())
        if self.words.spoken:
            yield Line(self.words.say("show.contacts"), style="heading")
        for contact in self.words.spoken:
            yield from (*contact_lines(contact, self.words.lang, self.today), Line())

    def _entries(self, owner: Flow | Step, part: str) -> Iterator[Line]:
        numbers = {id_: f"{part}{at}" for at, id_ in enumerate(in_order(owner), 1)}
        for id_, number in numbers.items():
            first, *rest = self._entry(owner, id_, numbers)
            yield Line(first, label=f"{number}.", column=_COLUMN)
            yield from (*map(_hung, rest), Line())

    def _entry(self, owner: Flow | Step, id_: str, numbers: Mapping[str, str]) -> Iterator[str]:
        """Yield what a node says, and where each answer leads."""
        match owner.nodes[id_]:
            case Ask() as node:
                yield from self._asked(node.ask, node)
                for option in node.options.values():
                    yield self._go(self.words.text(option.say), numbers[option.go])
            case Number() as node:
                yield from self._asked(node.number, node)
                yield from self._ranges(node, numbers)
            case FactNode() as node:
                yield from self._fact(node, numbers)
            case Try() as node:
                yield from self._told(node.try_, node, f"face.risk-{node.risk}" if node.risk != "none" else None)
                yield from self._exits(node, numbers)
            case Do() as node:
                yield from self._told(node.do, node, "face.protects" if node.protects else None)
                yield from self._exits(node, numbers)
            case Call() as node:
                at = next(at for at, step in enumerate(self.steps) if step.step == node.call)
                yield self.words.say("show.call", letter=_letters(at), title=self.words.text(self.steps[at].title))
                yield from self._exits(node, numbers)
            case Switch(switch=target):
                title = self.words.text(self.words.library.flow(target).title)
                yield self.words.say("show.switch", title=title, flow=target)
            case End() as node:
                yield from self._return(node) if isinstance(owner, Step) else self._end(node, numbers)
            case node:
                assert_never(node)

    # --- what is asked and told

    def _asked(self, question: Text, node: Ask | Number | Fact) -> Iterator[str]:
        yield self.words.text(question)
        yield from self._explained(node, "face.how-ask")

    def _told(self, what: Text, node: Try | Do, mark: str | None) -> Iterator[str]:
        yield self.words.text(what)
        if mark:
            yield self.words.say(mark)
        if node.warning:
            yield self.words.labelled("face.warning", self.words.text(node.warning))
        steps = node.steps.of(self.words.lang) if node.steps else ()
        yield from (f"({at}) {self.words.filled(each)}" for at, each in enumerate(steps, 1))
        yield from self._explained(node, "face.how")

    def _explained(self, node: Ask | Number | Fact | Try | Do, how: str) -> Iterator[str]:
        for key, text in ((how, node.how), ("face.why", node.why)):
            if text is not None:
                yield self.words.labelled(key, self.words.text(text))

    # --- where it leads

    def _go(self, answer: str, to: str) -> str:
        return self.words.say("show.go", answer=answer, to=to)

    def _exits(self, node: Try | Do | Call, numbers: Mapping[str, str]) -> Iterator[str]:
        if not isinstance(node, Do) and node.retries_payment:
            yield self.words.say("show.retries")
        for edge in edges(node):
            yield self._go(self.words.say(f"answer.{edge.answer}"), numbers[edge.target])

    def _ranges(self, node: Number, numbers: Mapping[str, str]) -> Iterator[str]:
        low, high = node.between
        for each in node.ranges:
            top = high if each.below is None else min(high, each.below - 1)
            if low <= top:
                yield self._go(str(low) if low == top else f"{low}–{top}", numbers[each.go])
                low = top + 1
        if node.unsure:
            yield self._go(self.words.say("answer.unsure"), numbers[node.unsure])

    def _fact(self, node: FactNode, numbers: Mapping[str, str]) -> Iterator[str]:
        """Yield a fact's question; the options that lead to the same entry stand together."""
        fact = self.words.library.facts[node.fact]
        yield from self._asked(fact.ask, fact)
        yield self.words.say("show.once")
        ways: dict[str, list[str]] = {}
        for id_, option in fact.options.items():
            target = (node.to or {}).get(id_) or node.else_ or node.go
            if option.outside is None and target is not None:
                ways.setdefault(target, []).append(self.words.text(option.say))
        for target, answers in ways.items():
            yield self._go(self.words.say("show.or").join(answers), numbers[target])
        for option in fact.options.values():
            if option.outside is not None:
                said = self.words.text(option.outside)
                yield self.words.say("show.outside", answer=self.words.text(option.say), text=said)

    def _return(self, end: End) -> Iterator[str]:
        yield self.words.say("show.return", answer=self.words.say(f"answer.{end.end}"))

    def _end(self, end: End, numbers: Mapping[str, str]) -> Iterator[str]:
        words, beside = self.words, self.words.library.registries
        kind = f"face.end-{end.end}"
        yield words.labelled(kind, words.text(end.say)) if end.say else words.say(kind)
        lists = (
            ("show.contact", [words.who(who) for who in end.to]),
            ("face.causes", [words.text(self.flow.causes[id_].title) for id_ in end.causes]),
            ("face.prepare", [words.text(beside.prepare[id_].label) for id_ in end.prepare]),
            ("face.prevent", [words.text(end.prevent)] if end.prevent else []),
        )
        yield from (words.labelled(key, words.say("show.and").join(items)) for key, items in lists if items)
        if end.for_ is not None:
            yield words.say("show.wait", length=words.period(end.for_))
        if end.again is not None:
            yield words.say("show.again", to=numbers[end.again])


def _hung(text: str) -> Line:
    """Return a line of an entry; what goes on in the next one stands under the words, not under their dash or number."""
    mark, _, words = text.partition(" ")
    if _MARK.fullmatch(mark) is None:
        return Line(text, _INSIDE)
    return Line(words, _INSIDE, label=mark, column=len(mark) + 1)
