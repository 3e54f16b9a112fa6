"""The engine: a session is a fold over its answers. Pure: no clock, no files, no screen.

A flow is compiled, as far as it is walked, into places: a node in its leg and call path, with a table from each answer to the
place it leads to. Calls, switches and the ends of steps are passed over while a table is filled, so that an answer
costs a look-up; only a fact depends on the session, and is passed when it is known.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeAlias

from walletdoc.failure import BAD_DATA, USAGE, Failure
from walletdoc.flow import (
    MONEY_TAKEN,
    UNSURE,
    Ask,
    Call,
    Do,
    End,
    FactNode,
    Flow,
    Node,
    Number,
    Pack,
    Step,
    Switch,
    Try,
    option_of,
)
from walletdoc.quoted import quoted
from walletdoc.text import Text, visible

MAX_SILENT = 200
MAX_ANSWERS = 1000
MAX_CALLS = 8
MAX_SWITCHES = 3
_DIGITS = 11  # of a number that a flow can bound, its sign included

Answer = tuple[str, str]  # the key of a question, and what was answered there


class Refused(Failure):
    """An answer that the question does not take; the session is as it was."""


class Frame(NamedTuple):
    """One call that is under way: in which flow or step, at which node."""

    owner: Flow | Step
    id: str
    call: Call


Edge: TypeAlias = "tuple[str, dict[str, Edge], bool, Place, int, tuple[str, str] | None]"
"""Where an answer leads: (key, ways, plain, to, passed, learns).

The key and the table of the next place, and the place itself; `plain` says that nothing is learned and no fact is asked next,
so that a fold may go straight on; `passed` how many nodes were passed on the way; `learns` the fact and the value
that the answer tells. A bare tuple, since a fold unpacks one for each answer, and a named one takes three times as long.
"""


class Place:
    """A node where a session stops, in its leg and call path.

    `key` names its answer in a session, `ways` maps an answer to its edge, `fact` is the fact it asks, if any.
    """

    __slots__ = ("fact", "frames", "id", "key", "leg", "node", "owner", "tables", "ways")

    def __init__(
        self, tables: "Tables", leg: int, frames: tuple[Frame, ...], owner: Flow | Step, id_: str, node: Node
    ) -> None:
        """Keep where it is; the table is filled when an answer is first given here."""
        self.tables = tables
        self.leg = leg
        self.frames = frames
        self.owner = owner
        self.id = id_
        self.node = node
        self.fact = node.fact if isinstance(node, FactNode) else None
        self.key = (
            f"fact.{self.fact}"
            if self.fact
            else "/".join((f"{leg}.{self.flow.flow}", *(each.id for each in frames), id_))
        )
        self.ways: dict[str, Edge] = {}

    def __repr__(self) -> str:
        """Return the key."""
        return f"<Place {self.key}>"

    def edge(self, answer: str) -> Edge:
        """Return where an answer leads; raises `Refused` where the question does not take it."""
        edge = self.ways.get(answer)
        if edge is None:
            edge = self.ways[answer] = self.tables.edge(self, answer)
        return edge

    @property
    def flow(self) -> Flow:
        """The flow that this leg walks."""
        owner = self.frames[0].owner if self.frames else self.owner
        if not isinstance(owner, Flow):
            raise _bad(f"步骤“{owner.step}”不能单独运行", f"step '{owner.step}' can't run by itself")
        return owner

    @property
    def kind(self) -> str:
        """The node's key in the file: `ask`, `number`, `fact`, `try`, `do` or `end`."""
        return _KIND[type(self.node)]

    @property
    def is_end(self) -> bool:
        """Whether the session is over here."""
        return isinstance(self.node, End)


_KIND: dict[type[Node], str] = {Ask: "ask", Number: "number", FactNode: "fact", Try: "try", Do: "do", End: "end"}


class Session(NamedTuple):
    """One run: the answers so far, and what follows from them."""

    tables: "Tables"
    presets: Mapping[str, str]
    answers: tuple[Answer, ...]
    facts: Mapping[str, str]
    place: Place


class Replay(NamedTuple):
    """A session made from answers, and which of them it used."""

    session: Session
    kept: tuple[Answer, ...]
    dropped: tuple[Answer, ...]


class Visit(NamedTuple):
    """A question on the way, what was answered, and whether it was passed because the fact was known."""

    place: Place
    answer: str
    known: bool


class Tables:
    """The places of all sessions that start in one flow."""

    __slots__ = ("_places", "entry", "first", "pack")

    def __init__(self, pack: Pack, entry: str) -> None:
        """Find the first place of a flow; raises `Failure` for a flow that can't be walked."""
        self.pack = pack
        self.entry = entry
        self._places: dict[tuple[int, str, tuple[str, ...], str], Place] = {}
        flow = pack.flow(entry)
        self.first = self._reach(0, (), flow, flow.start, None)

    def _reach(
        self, leg: int, frames: tuple[Frame, ...], owner: Flow | Step, id_: str, learns: tuple[str, str] | None
    ) -> Edge:
        """Go from a node to the next place, over calls, switches and the ends of steps."""
        for passed in range(MAX_SILENT + 1):
            node = owner.nodes.get(id_)
            match node:
                case None:
                    raise _bad(f"“{_name(owner)}”没有节点“{id_}”", f"'{_name(owner)}' has no node '{id_}'")
                case Call(call=step):
                    if len(frames) == MAX_CALLS:
                        raise _bad(f"“{id_}”的调用超过 {MAX_CALLS} 层", f"'{id_}' calls more than {MAX_CALLS} deep")
                    frames = (*frames, Frame(owner, id_, node))
                    owner = self.pack.step(step)
                    id_ = owner.start
                case Switch(switch=target):
                    if leg == MAX_SWITCHES:
                        raise _bad(
                            f"流程之间跳转超过 {MAX_SWITCHES} 次", f"more than {MAX_SWITCHES} switches between flows"
                        )
                    leg, frames, owner = leg + 1, (), self.pack.flow(target)
                    id_ = owner.start
                case End(end=end) if frames:
                    frame, frames = frames[-1], frames[:-1]
                    target_ = frame.call.fixed if end == "fixed" else frame.call.not_fixed
                    if target_ is None:
                        raise _bad(
                            f"“{frame.id}”没有写“{end}”之后去哪里", f"'{frame.id}' does not say where '{end}' leads"
                        )
                    owner, id_ = frame.owner, target_
                case _:
                    return _edge(self._place(leg, frames, owner, id_, node), passed, learns)
        raise _loop()

    def _place(self, leg: int, frames: tuple[Frame, ...], owner: Flow | Step, id_: str, node: Node) -> Place:
        start = frames[0].owner if frames else owner
        at = (leg, _name(start), tuple(each.id for each in frames), id_)
        if at not in self._places:
            self._places[at] = Place(self, leg, frames, owner, id_, node)
        return self._places[at]

    def edge(self, place: Place, answer: str) -> Edge:
        """Work out where an answer leads."""
        node = place.node
        frames, owner, learns = place.frames, place.owner, None
        target: str | None = None
        match node:
            case Ask(options=options) if answer in options:
                target = options[answer].go
            case Number() if answer == UNSURE:
                target = node.unsure
            case Number():
                target = _number(node, answer)
            case FactNode(fact=fact):
                return self._fact(place, node, fact, answer)
            case Try():
                target = {"fixed": node.fixed, "not-fixed": node.not_fixed}.get(answer)
                if answer == "taken":
                    learns = (MONEY_TAKEN, "yes")
                    target = node.taken
                    if frames:
                        target, owner, frames = frames[0].call.taken, frames[0].owner, ()
            case Do():
                target = {"done": node.done, "cannot": node.cannot}.get(answer)
            case _:
                target = None
        if target is None:
            raise _refused(place, answer)
        return self._reach(place.leg, frames, owner, target, learns)

    def _fact(self, place: Place, node: FactNode, fact: str, answer: str) -> Edge:
        known = self.pack.facts.get(fact)
        if known is None:
            raise _bad(f"没有“{fact}”这个事实", f"there is no fact '{fact}'")
        if answer not in known.options:
            raise _refused(place, answer)
        learns = (fact, answer)
        outside = known.options[answer].outside
        if outside is not None:
            end = End(end="info", say=outside)
            return _edge(Place(self, place.leg, place.frames, place.owner, place.id, end), 0, learns)
        target = node.go or (node.to or {}).get(answer, node.else_)
        if target is None:
            raise _bad(f"“{place.id}”没有写“{answer}”之后去哪里", f"'{place.id}' does not say where '{answer}' leads")
        return self._reach(place.leg, place.frames, place.owner, target, learns)


def _edge(to: Place, passed: int, learns: tuple[str, str] | None) -> Edge:
    return to.key, to.ways, to.fact is None and learns is None, to, passed, learns


_new = tuple.__new__  # a NamedTuple's own constructor takes three times as long


_NONE: Mapping[str, str] = {}


def start(tables: Tables, presets: Mapping[str, str] = _NONE) -> Session:
    """Return a session at its first question; presets are facts that are written down where they are first asked."""
    _, _, _, first, passed, _ = tables.first
    return _settle(Session(tables, presets, (), {}, first), passed)


def respond(session: Session, answer: str) -> Session:
    """Return the session after an answer.

    Raises `Refused` (2) where the question does not take it, `Failure` (65) where the flow runs in a circle or leads nowhere.
    """
    tables, presets, answers, facts, place = session
    _, _, plain, to, passed, learns = place.ways.get(answer) or place.edge(answer)
    if len(answers) >= MAX_ANSWERS:
        raise _bad(f"一次排查最多回答 {MAX_ANSWERS} 次", f"a session takes at most {MAX_ANSWERS} answers")
    answers = (*answers, (place.key, answer))
    if plain:
        return _new(Session, (tables, presets, answers, facts, to))
    if learns is not None:
        facts = {**facts, learns[0]: learns[1]}
    return _settle(Session(tables, presets, answers, facts, to), passed)


def _settle(session: Session, passed: int) -> Session:
    """Pass the facts that are known, and write down those that are preset."""
    tables, presets, answers, facts, place = session
    while place.fact is not None:
        answer = facts.get(place.fact)
        if answer is None:
            answer = presets.get(place.fact)
            if answer is None:
                break
            answers = (*answers, (place.key, answer))
            facts = {**facts, place.fact: answer}
        _, _, _, place, more, _ = place.edge(answer)
        passed += more + 1
        if passed > MAX_SILENT:
            raise _loop()
    return Session(tables, presets, answers, facts, place)


def replay(tables: Tables, answers: Iterable[Answer], presets: Mapping[str, str] = _NONE) -> Replay:
    """Return the session that these answers make; the first question that has no valid answer ends it.

    Answers that come in the order in which they are asked, over ways taken before, are folded at the cost of a look-up
    each; at the first that does not, all begin again by key.
    """
    given = answers if type(answers) is tuple else tuple(answers)
    expected, ways, _, place, passed, _ = tables.first
    facts: dict[str, str] = {}
    try:
        for key, answer in given:
            if key != expected:
                break
            expected, ways, plain, place, passed, learns = ways[answer]
            if plain:
                continue
            if learns is not None:
                facts[learns[0]] = learns[1]
            while place.fact in facts:
                expected, ways, _, place, more, _ = ways[facts[place.fact]]
                passed += more + 1
                if passed > MAX_SILENT:
                    raise _loop()
        else:
            if place.fact not in presets and len(given) <= MAX_ANSWERS:
                return _new(Replay, (_new(Session, (tables, presets, given, facts, place)), given, ()))
    except KeyError:  # a way not taken before, or an answer that is none
        pass
    _, _, _, place, passed, _ = tables.first
    return _go_on(Session(tables, presets, (), {}, place), passed, given[:MAX_ANSWERS])


def _go_on(session: Session, passed: int, given: tuple[Answer, ...]) -> Replay:
    """Answer from what was given, by key, as far as it goes; a fact's given answer comes before its preset."""
    before, presets = session.answers, session.presets
    session = _settle(session._replace(presets={**presets, **_facts(session.tables, given)}), passed)
    later = dict(given)
    while (answer := later.pop(session.place.key, None)) is not None:
        try:
            session = respond(session, answer)
        except Refused:
            break
    kept = tuple(each for each in given if each in session.answers)
    dropped = tuple(each for each in given if each not in session.answers)
    return Replay(session._replace(presets=presets), (*before, *kept), dropped)


def _facts(tables: Tables, given: tuple[Answer, ...]) -> dict[str, str]:
    """Return the facts among answers, those that the pack no longer takes left out."""
    facts = {key.removeprefix("fact."): answer for key, answer in given if key.startswith("fact.")}
    known = tables.pack.facts
    return {fact: answer for fact, answer in facts.items() if fact in known and answer in known[fact].options}


def back(session: Session) -> Session:
    """Return the session before its last answer that was not preset; at the first question, the session as it is."""
    answers = session.answers
    while answers and _preset(session, answers[-1]):
        answers = answers[:-1]
    return replay(session.tables, answers[:-1], session.presets).session if answers else session


def _preset(session: Session, given: Answer) -> bool:
    key, answer = given
    return key.startswith("fact.") and session.presets.get(key.removeprefix("fact.")) == answer


def rewind(session: Session, key: str) -> Session:
    """Return the session where this question was asked; raises `Failure` (2) if it was not."""
    keys = [given for given, _ in session.answers]
    if key not in keys:
        shown = visible(key)
        raise Failure(Text(zh=f"没有回答过“{shown}”", en=f"'{shown}' was not answered in this session"), USAGE)
    presets = {fact: answer for fact, answer in session.presets.items() if f"fact.{fact}" != key}
    earlier = replay(session.tables, session.answers[: keys.index(key)], presets).session
    return earlier._replace(presets=session.presets)


def change(session: Session, key: str, answer: str) -> Replay:
    """Return the session with an earlier answer changed, later ones kept where they are still asked and valid.

    Changing a fact drops all after it. Raises `Refused` where the question does not take the answer.
    """
    earlier = rewind(session, key)
    at = len(earlier.answers)
    later = () if key.startswith("fact.") else session.answers[at + 1 :]
    changed = respond(earlier._replace(presets={**session.presets, **_facts(session.tables, later)}), answer)
    went_on = _go_on(changed._replace(presets=session.presets), 0, later)
    dropped = tuple(each for each in session.answers[at + 1 :] if each not in went_on.session.answers)
    return Replay(went_on.session, went_on.session.answers, dropped)


def visits(session: Session) -> tuple[Visit, ...]:
    """Return the questions on the way in order, those that a known fact answered among them."""
    way: list[Visit] = []
    facts: dict[str, str] = {}
    place = session.tables.first[3]
    given = list(reversed(session.answers))
    while place is not session.place or given:
        known = place.fact is not None and place.fact in facts
        answer = facts[place.fact] if place.fact is not None and known else given.pop()[1]
        way.append(Visit(place, answer, known))
        _, _, _, place, _, learns = place.edge(answer)
        if learns is not None:
            facts[learns[0]] = learns[1]
    return tuple(way)


def _number(node: Number, answer: str) -> str | None:
    """Return the node that a number leads to; None for what is not a number in `between` as it is written in full."""
    try:
        value = int(answer) if len(answer) <= _DIGITS else None
    except ValueError:
        return None
    if value is None or str(value) != answer:
        return None
    try:
        return node.ranges[option_of(node, value)].go
    except ValueError:
        return None


def accepts(place: Place) -> tuple[str, ...]:
    """Return the ids that a question takes; of a number, only `unsure` if it takes that."""
    match place.node:
        case Ask(options=options):
            return tuple(options)
        case Number(unsure=unsure):
            return (UNSURE,) if unsure else ()
        case FactNode(fact=fact):
            return tuple(place.tables.pack.facts[fact].options)
        case Try(taken=taken):
            outer = place.frames[0].call.taken if place.frames else taken
            return ("fixed", "not-fixed", "taken") if outer else ("fixed", "not-fixed")
        case Do(cannot=cannot):
            return ("done", "cannot") if cannot else ("done",)
        case _:
            return ()


def _refused(place: Place, answer: str) -> Refused:
    shown = quoted(answer)
    if place.is_end:
        return Refused(
            Text(zh=f"已经结束，不能再回答“{shown}”", en=f"the session is over; '{shown}' was not asked"), USAGE
        )
    takes = ", ".join(accepts(place))
    if isinstance(place.node, Number):
        low, high = place.node.between
        takes = f"{low}–{high}" + (f", {takes}" if takes else "")
    zh, en = (
        f"“{place.id}”不接受“{shown}”；可以回答：{takes}",
        f"'{place.id}' does not take '{shown}'; it takes {takes}",
    )
    return Refused(Text(zh=zh, en=en), USAGE)


def _name(owner: Flow | Step) -> str:
    return owner.flow if isinstance(owner, Flow) else owner.step


def _loop() -> Failure:
    zh = f"流程连续走了 {MAX_SILENT} 个节点都没有提问，可能在绕圈"
    return _bad(zh, f"the flow went through {MAX_SILENT} nodes without a question; it may run in a circle")


def _bad(zh: str, en: str) -> Failure:
    return Failure(Text(zh=zh, en=en), BAD_DATA)
