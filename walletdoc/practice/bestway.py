"""The call as a whole: the flow in its best order, where the caller slips, and the best way to handle it.

The order is that of `effort.best_order`; the best way is a walk of this very caller through it, so that a trainee is
held against what could be known, and not against luck.
"""

import re
from collections.abc import Mapping
from functools import cached_property

from walletdoc import engine
from walletdoc.effort import best_order, policy_minutes
from walletdoc.engine import Place, Session, Tables
from walletdoc.failure import BAD_DATA, Failure
from walletdoc.flow import MONEY_TAKEN, UNSURE, Ask, Do, End, Fact, FactNode, Flow, Number, Period, Step, Try
from walletdoc.flow import Call as Calls
from walletdoc.frozen import frozen
from walletdoc.library import Entry, Library
from walletdoc.locales import both
from walletdoc.practice.caller import URGED, Caller, Spec, ring
from walletdoc.practice.chance import Draw
from walletdoc.truth import answers, values

PASSED_ON = "pass-on"
"""The kind of an end at which another flow takes over."""
_WORD = re.compile(r"[a-z]{4,}")
_UNKNOWN = 0.5  # how often a caller does not know, rather than answer another question


@frozen
class Slips:
    """Where a caller does not answer truthfully at once, by key: does not know, answers astray, is wrong (and how)."""

    unknown: frozenset[str] = frozenset()
    astray: frozenset[str] = frozenset()
    wrong: Mapping[str, str] | None = None


@frozen
class Right:
    """The end that is right: its kind, whom to contact, what to prepare, how long to wait, the flow that takes over.

    `causes` are those that count as found: the hidden one, and those that no answer of the way tells from it. It is not
    `certain` where the end does not name the hidden cause, since the caller did not know enough.
    """

    kind: str
    to: tuple[str, ...]
    prepare: tuple[str, ...]
    period: Period | None
    target: str | None
    causes: frozenset[str]
    certain: bool


@frozen
class Way:
    """The best way: the places in order, what is answered there, what it takes, and the end that is right."""

    places: tuple[Place, ...]
    answers: tuple[str, ...]
    minutes: int
    right: Right

    @property
    def keys(self) -> frozenset[str]:
        """The keys of its places."""
        return frozenset(place.key for place in self.places)


class _Ordered:
    """A pack in which one flow stands in its best order."""

    def __init__(self, library: Library, flow: Flow) -> None:
        self._library = library
        self._flow = flow

    @property
    def facts(self) -> Mapping[str, Fact]:
        return self._library.facts

    def flow(self, id_: str) -> Flow:
        return self._flow if id_ == self._flow.flow else self._library.flow(id_)

    def step(self, id_: str) -> Step:
        return self._library.step(id_)


class Plans:
    """Flows in their best order, each worked out once, since all calls of a flow share it."""

    def __init__(self, library: Library) -> None:
        """Take the packs."""
        self.library = library
        self._tables: dict[str, Tables] = {}
        self._near: dict[str, tuple[str, ...]] = {}
        self._asked: dict[str, tuple[str, ...]] = {}
        self.phrases: dict[tuple[str, str], Mapping[str, int]] = {}  # to open with, by flow and language (`opening.py`)

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """All flows as a list shows them, by id; looked up once."""
        return {each.flow: each for each in self.library.entries()}

    def near(self, flow: str) -> tuple[str, ...]:
        """Return the other flows, those most like this one first: by the words of the titles, the group, the desk."""
        if flow not in self._near:
            own = self.entries.get(flow)
            alike = {each.flow: _alike(own, each) if own else 0 for each in self.entries.values() if each.flow != flow}
            self._near[flow] = tuple(sorted(alike, key=alike.__getitem__, reverse=True))
        return self._near[flow]

    def tables(self, flow: str) -> Tables:
        """Return the places of a flow in its best order; raises `Failure` (65) for one that runs in a circle."""
        if flow not in self._tables:
            written = self.library.flow(flow)
            try:
                ordered = best_order(written, self.library).flow
            except ValueError as error:
                raise Failure(both("practice.circle", flow=flow), BAD_DATA) from error
            self._tables[flow] = Tables(_Ordered(self.library, ordered), flow)
        return self._tables[flow]

    def asked_in(self, flow: str) -> tuple[str, ...]:
        """Return what a flow itself asks or advises, as choices of another flow's call name it."""
        if flow not in self._asked:
            nodes = self.library.flow(flow).nodes.items()
            plain = (id_ for id_, node in nodes if isinstance(node, Ask | Number | Try | Do))
            self._asked[flow] = tuple(f"{flow}:{id_}" for id_ in plain)
        return self._asked[flow]


class Call:
    """One call: its caller, and, worked out when it is needed, how it is best handled."""

    def __init__(self, spec: Spec, plans: Plans) -> None:
        """Take up a call; raises KeyError for a cause that the flow does not have, `Failure` for no such flow."""
        self.spec = spec
        self.plans = plans
        self.library = plans.library
        self.caller: Caller = ring(spec, self.library)
        self.flow = self.caller.flow
        self.places: dict[str, Place] = {}  # by the name of the choice, as they are looked up
        self._drawn: dict[str, tuple[str, ...]] = {}
        self.offers: list[tuple[object, tuple[str, ...]]] = []  # the last, which is asked for again when it is taken

    @cached_property
    def tables(self) -> Tables:
        """The flow in its best order, as the engine walks it."""
        return self.plans.tables(self.spec.flow)

    @cached_property
    def items(self) -> tuple[str, ...]:
        """What the flow asks or advises, by the name of the choice (`offers.py`)."""
        return _items(self.library, self.flow)

    def by_draw(self, at: str) -> tuple[str, ...]:
        """Return the items in an order drawn for a place, so that what stands beside it stays while it is come back to."""
        if at not in self._drawn:
            self._drawn[at] = Draw("siblings", self.spec.seed, self.spec.flow, self.spec.cause, at).shuffled(self.items)
        return self._drawn[at]

    @cached_property
    def days(self) -> int:
        """How many working days ago it was: what this caller says where a wait counts from that, 0 where they never do."""
        since = {node.since for node in self.flow.nodes.values() if isinstance(node, End) and node.since}
        if not since:
            return 0
        written = Tables(self.library, self.spec.flow)  # the best order takes long, and a call opens with this
        told = (answer for place, answer in _walk(self, written, frozenset())[0] if place.id in since)
        return next((int(answer) for answer in told if answer.isdecimal()), 0)

    @cached_property
    def retries(self) -> bool:
        """Whether the flow ever advises to pay again."""
        return any(isinstance(node, Try | Calls) and node.retries_payment for node in self.flow.nodes.values())

    @cached_property
    def slips(self) -> Slips:
        """Where this caller slips; none on level 1, one place on level 2, two on level 3."""
        return _slips(self)

    @cached_property
    def way(self) -> Way:
        """The best way to handle this call."""
        return _way(self, self.slips)

    def minutes(self, place: Place) -> int:
        """Return what a place takes the caller."""
        match place.node:
            case FactNode(fact=fact):
                return self.library.facts[fact].minutes
            case Ask(minutes=minutes) | Number(minutes=minutes) | Try(minutes=minutes) | Do(minutes=minutes):
                return minutes
            case _:
                return 0


def _alike(one: Entry, other: Entry) -> int:
    """Return how easily two flows are taken for one another, by what a list shows of them."""
    chinese = _pairs(one.title.zh) & _pairs(other.title.zh)
    english = {*_WORD.findall(one.title.en.casefold())} & {*_WORD.findall(other.title.en.casefold())}
    return 2 * (len(chinese) + len(english) + (one.group == other.group)) + (one.desk == other.desk)


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1) if text[at : at + 2].isalnum()}


def _items(library: Library, flow: Flow) -> tuple[str, ...]:
    """Return what a flow asks or advises, by the name of the choice; of a step that it calls, the first place."""
    found: dict[str, None] = {}
    for id_, node in flow.nodes.items():
        match node:
            case Ask() | Number() | Try() | Do():
                found[id_] = None
            case FactNode(fact=fact):
                found[f"fact.{fact}"] = None
            case Calls(call=step):
                called = library.step(step)
                if isinstance(called.nodes[called.start], Try | Do):
                    found[f"{id_}/{called.start}"] = None
            case _:
                pass
    return tuple(found)


def over(session: Session) -> bool:
    """Return whether the flow of the call has nothing more to ask: it ended, or another took over."""
    return session.place.is_end or session.place.leg > 0


def _walk(call: Call, tables: Tables, unknown: frozenset[str]) -> tuple[list[tuple[Place, str]], Session]:
    """Return the way of the caller through the flow, and the session at its end."""
    session = engine.start(tables)
    way: list[tuple[Place, str]] = []
    while not over(session):
        place = session.place
        answer = UNSURE if place.key in unknown else call.caller.truth(place)
        way.append((place, answer))
        session = engine.respond(session, answer)
    return way, session


def _slips(call: Call) -> Slips:
    level = call.spec.level
    if level == 1:
        return Slips()
    draw = Draw("slips", call.spec.seed, call.spec.flow, call.spec.cause)
    way, _ = _walk(call, call.tables, frozenset())
    asked = [place for place, _ in way if place.kind in {"ask", "number", "fact"} and _harmless(call, place)]
    wrong: dict[str, str] = {}
    wrongly = [place for place in asked if _others(call, place)]
    if level > 2 and wrongly:  # noqa: PLR2004 - the level above which callers are wrong
        place = draw.pick(wrongly)
        wrong[place.key] = draw.pick(_others(call, place))
    # What is not known may change the way from there on: what is wrong must come before it.
    later = asked[max((at + 1 for at, place in enumerate(asked) if place.key in wrong), default=0) :]
    known = [place.key for place in later if UNSURE in engine.accepts(place)]
    if known and draw.chance(_UNKNOWN):
        return Slips(unknown=frozenset({draw.pick(known)}), wrong=wrong)
    rest = [place.key for place in asked if place.key not in wrong]
    return Slips(astray=frozenset({draw.pick(rest)}) if rest else frozenset(), wrong=wrong)


def _harmless(call: Call, place: Place) -> bool:
    """Whether a caller may slip here: not about the money, and not about what they have told already."""
    return place.fact != MONEY_TAKEN and not (place.fact == URGED and call.caller.pressed)


def _others(call: Call, place: Place) -> tuple[str, ...]:
    """Return what the caller could wrongly answer to a question."""
    if not isinstance(place.node, Ask):
        return ()
    true = call.caller.truth(place)
    return tuple(option for option in place.node.options if option not in {true, UNSURE})


def _way(call: Call, slips: Slips) -> Way:
    way, session = _walk(call, call.tables, slips.unknown)
    minutes = sum(call.minutes(place) for place, _ in way)
    if not slips.unknown:
        flow = call.tables.pack.flow(call.spec.flow)
        minutes = round(policy_minutes(flow, call.spec.cause, call.library, call.caller.every_answer))
    again = {*slips.astray, *(slips.wrong or {})}
    minutes += sum(call.minutes(place) for place, _ in way if place.key in again)
    places = tuple(place for place, _ in way)
    return Way(places, tuple(answer for _, answer in way), minutes, _right(call, way, session))


def _right(call: Call, way: list[tuple[Place, str]], session: Session) -> Right:
    hidden = call.spec.cause
    alike = {cause for cause in call.flow.causes if all(_agrees(call, cause, *each) for each in way)}
    if session.place.leg:
        target = session.place.flow.flow
        return Right(PASSED_ON, (), (), None, target, frozenset({hidden, *alike}), certain=True)
    end = session.place.node
    if not isinstance(end, End):
        raise TypeError(session.place.key)
    mended = end.end == "fixed" or any(_mends(call, place, answer) for place, answer in way)
    causes = frozenset({hidden}) if mended else frozenset({hidden, *(alike & {*end.causes})})
    certain = mended or hidden in end.causes
    return Right(end.end, end.to, end.prepare, end.for_, None, causes, certain)


def _mends(call: Call, place: Place, answer: str) -> bool:
    """Whether the hidden cause is dealt with here."""
    return isinstance(place.node, Do) and answer == "done" and not place.frames and call.spec.cause in place.node.fixes


def _agrees(call: Call, cause: str, place: Place, answer: str) -> bool:
    """Whether a truthful user with a cause may answer this, or be unsure of it."""
    node = place.node
    match node:
        case Ask() | Number():
            return answer == UNSURE or answer in answers(call.flow, place.id, node, cause)
        case FactNode(fact=fact):
            truth = call.flow.causes[cause].truth.get(f"fact.{fact}")
            return answer == UNSURE or answer in values(call.library.facts[fact], truth)
        case Try():
            fixes = place.frames[0].call.fixes if place.frames else node.fixes
            return (answer == "fixed") == (cause in fixes)
        case _:
            return True
