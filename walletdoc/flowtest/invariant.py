"""Decides what always holds in a flow, over all of its ways; where it does not, by the fewest answers that show it."""

from collections import deque
from collections.abc import Iterator, Mapping

from walletdoc.answers import FACT
from walletdoc.contacts import ROLES
from walletdoc.engine import Answer, Place
from walletdoc.flowtest.case import Always
from walletdoc.flowtest.names import asked
from walletdoc.flowtest.shown import Shown
from walletdoc.flowtest.ways import Way, Ways
from walletdoc.frozen import frozen
from walletdoc.quoted import quoted
from walletdoc.text import Text

Witness = tuple[Answer, ...]
Met = tuple[int, bool]  # a state, and whether the answer was given on the way there


@frozen
class Broken:
    """What does not hold, and the answers that show it; none where a name stands for nothing in the flow.

    `key` is the one of `Always` that says otherwise.
    """

    message: Text
    witness: Witness
    key: str


class _Unknown(Exception):  # noqa: N818 - it says what the name is
    def __init__(self, key: str, zh: str, en: str) -> None:
        super().__init__(en)
        self.key = key
        self.message = Text(zh=zh, en=en)


def broken(always: Always, ways: Ways, shown: Shown) -> Broken | None:
    """Return how something that is to hold on every way of a flow is broken, None if it holds.

    `never` names a node that is not reached after the answer `after`. `contact` is the id of a contact or a role, and is
    among those shown at the end `at`. At most `questions` are asked. A name that no way comes to is broken too.
    """
    try:
        return next(filter(None, _decided(always, ways, shown)), None)
    except _Unknown as unknown:
        return Broken(unknown.message, (), unknown.key)


def _decided(always: Always, ways: Ways, shown: Shown) -> Iterator[Broken | None]:
    if always.never is not None and always.after is not None:
        yield _never(always.never, always.after, ways)
    if always.contact is not None and always.at is not None:
        yield _contact(always.contact, always.at, ways, shown)
    if always.questions is not None:
        yield _questions(always.questions, ways)


# --- names


class _Node:
    """A node by its name, and which states and ways come to it."""

    def __init__(self, name: str, ways: Ways, key: str) -> None:
        """Find it; raises `_Unknown` where no way comes to it; `key` is where it is named."""
        self.name = name
        self.key = key
        self.ways = ways
        self.states = frozenset(
            at for at, each in enumerate(ways.states) if not each.switched and _is_at(name, each.place)
        )
        self.first = 0 in self.states or any(each.id == name for each in ways.entered if not each.calls)
        if not self.states and not self.first and not any(self.reached(at, way) for at, way in _every(ways)):
            raise self._missing()

    def reached(self, at: int, way: Way) -> bool:
        """Whether a way leads to the node, or passes it."""
        passed = self.ways.passed(at, way)[1:]
        return way.to in self.states or any(each.id == self.name and not each.calls for each in passed)

    def _missing(self) -> _Unknown:
        flow = self.ways.tables.pack.flow(self.ways.tables.entry)
        if self.name in flow.nodes:
            return _Unknown(self.key, f"没有回答能走到“{self.name}”", f"no answers lead to '{self.name}'")
        shown = quoted(self.name)
        return _Unknown(self.key, f"“{flow.flow}”没有节点“{shown}”", f"'{flow.flow}' has no node '{shown}'")


def _every(ways: Ways) -> Iterator[tuple[int, Way]]:
    return ((at, way) for at, on in enumerate(ways.onward) for way in on)


def _is_at(name: str, place: Place) -> bool:
    """Whether a place goes by a name; where a fact is out of scope, no node of the file is reached."""
    return name in asked(place).names and place.owner.nodes.get(place.id) is place.node


class _Given:
    """An answer by its name, `key=answer`, and which ways give it: those too that tell of a fact by answering something else."""

    def __init__(self, given: str, ways: Ways) -> None:
        """Find it; raises `_Unknown` for a question that is not asked, and for an answer that it does not take."""
        name, _, self.answer = given.partition("=")
        self.ways = ways
        places = {each.place for each in ways.states if not each.switched}
        places |= {place for _, way in _every(ways) for place, _ in way.known}
        self.keys = {place.key for place in places if not place.is_end and name in asked(place).names}
        if not self.keys:
            shown = quoted(name)
            raise _Unknown("after", f"没有哪一题叫“{shown}”", f"no question goes by the name '{shown}'")
        if all(self.by(at, way) is None for at, way in _every(ways)):
            one, other = quoted(name), quoted(self.answer)
            raise _Unknown("after", f"“{one}”不接受“{other}”", f"'{one}' does not take '{other}'")

    def by(self, at: int, way: Way) -> str | None:
        """Return what to answer to give it by a way, None where that can't be."""
        place = self.ways.states[at].place
        if place.key in self.keys and way.takes(self.answer):
            return self.answer
        learns = place.edge(way.answer)[5]
        told = learns is not None and learns[1] == self.answer and f"{FACT}{learns[0]}" in self.keys
        return way.answer if told else None


# --- what is decided


def _never(name: str, after: str, ways: Ways) -> Broken | None:
    witness = _way(ways, _Given(after, ways), _Node(name, ways, "never"))
    if witness is None:
        return None
    shown = quoted(after)
    return Broken(
        Text(zh=f"回答“{shown}”之后走到了“{name}”", en=f"'{name}' is reached after '{shown}'"), witness, "never"
    )


def _way(ways: Ways, given: _Given, node: _Node) -> Witness | None:
    """Return the fewest answers that reach the node by or after the one given; None where no way does."""
    came: dict[Met, tuple[Met, str] | None] = {(0, False): None}
    waiting: deque[Met] = deque(came)
    while waiting:
        at, met = waiting.popleft()
        for way in ways.onward[at]:
            answer = given.by(at, way)
            now = met or answer is not None
            if now and node.reached(at, way):
                return (*_back(ways, came, (at, met)), (ways.states[at].place.key, answer or way.answer))
            if (way.to, now) not in came:
                came[way.to, now] = ((at, met), answer or way.answer)
                waiting.append((way.to, now))
    return None


def _back(ways: Ways, came: Mapping[Met, tuple[Met, str] | None], at: Met) -> Witness:
    found: list[Answer] = []
    while (step := came[at]) is not None:
        at, answer = step
        found.append((ways.states[at[0]].place.key, answer))
    return tuple(reversed(found))


def _contact(who: str, name: str, ways: Ways, contacts: Shown) -> Broken | None:
    registry = contacts.library.registries.contacts
    if who not in registry and who not in ROLES:
        shown = quoted(who)
        raise _Unknown("contact", f"没有“{shown}”这个联系对象", f"there is no contact '{shown}'")
    for at in _ends(name, ways):
        place, facts = ways.states[at]
        ids = contacts.ids(place.node, dict(facts))
        roles = () if who in registry else tuple(registry[each].role for each in ids)
        if who not in (*ids, *roles):
            found = ", ".join(ids)
            zh = f"“{name}”没有给出联系对象“{who}”" + (f"，给出的是：{found}" if ids else "")
            en = f"'{name}' does not show the contact '{who}'" + (f", but {found}" if ids else "")
            return Broken(Text(zh=zh, en=en), ways.answers(at), "contact")
    return None


def _ends(name: str, ways: Ways) -> list[int]:
    """Return the states at an end, the nearest first; raises `_Unknown` for what is none."""
    states = sorted(_Node(name, ways, "at").states)
    if not states or not all(ways.states[at].place.is_end for at in states):
        raise _Unknown("at", f"“{name}”不是结尾", f"'{name}' is no end")
    return states


def _questions(most: int, ways: Ways) -> Broken | None:
    """Go on by layers, a question each, until a way stops after too many."""
    layers: list[dict[int, tuple[int, str]]] = [{0: (-1, "")}]
    while layers[-1] and ways.longest > most:
        asked = len(layers) - 1
        stopped = next((at for at in layers[-1] if asked > most and ways.states[at].stops), None)
        if stopped is not None:
            text = Text(zh=f"要问 {asked} 题，多于 {most} 题", en=f"{asked} questions are asked, more than {most}")
            return Broken(text, _layered(ways, layers, stopped), "questions")
        layers.append({way.to: (at, way.answer) for at in layers[-1] for way in reversed(ways.onward[at])})
    return None


def _layered(ways: Ways, layers: list[dict[int, tuple[int, str]]], at: int) -> Witness:
    found: list[Answer] = []
    for layer in reversed(layers[1:]):
        at, answer = layer[at]
        found.append((ways.states[at].place.key, answer))
    return tuple(reversed(found))
