"""Runs one test on a flow: the session that its answers make, and whether that is what the test expects."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest

from walletdoc.answers import Asked
from walletdoc.engine import Answer, Place, Session, Tables, accepts, back, change, respond, start, visits
from walletdoc.failure import Failure
from walletdoc.flow import Ask, Do, End, FactNode, Number, Step, Switch, Try
from walletdoc.flowtest.case import CAUSE, Case, Expect, Move, Said
from walletdoc.flowtest.shown import Shown
from walletdoc.frozen import frozen
from walletdoc.library import Library
from walletdoc.text import Text, brief
from walletdoc.truth import answers, values
from walletdoc.wording import Wording

Where = tuple[str | int, ...]


@frozen
class Failed:
    """Why a test failed: what was wrong, where in the test it says otherwise, the way that was taken and the one expected."""

    message: Text
    where: Where
    way: tuple[str, ...]
    expected: tuple[str, ...] = ()


class _Wrong(Exception):  # noqa: N818 - it says what the test is
    def __init__(self, message: Text, where: Where) -> None:
        super().__init__(message.en)
        self.message = message
        self.where = where


class Stage:
    """What all tests of a flow run on: its library and tables, its contacts, the names of its questions."""

    def __init__(self, library: Library, tables: Tables) -> None:
        """Take the tables of the flow; they may be those of a changed one."""
        self.library = library
        self.tables = tables
        self.flow = tables.pack.flow(tables.entry)
        self.contacts = Shown(library)
        self._names: dict[Place, tuple[str, ...]] = {}

    def names(self, place: Place) -> tuple[str, ...]:
        """Return the names that a question goes by in `given`, the most exact first."""
        names = self._names.get(place)
        if names is None:
            step = place.owner.step if isinstance(place.owner, Step) else None
            names = self._names[place] = Asked(place.key, place.flow.flow, place.id, step).names
        return names


class Bench:
    """The tests of one file, and the sessions of those that others go on from."""

    def __init__(self, stage: Stage, cases: Mapping[str, Case]) -> None:
        """Take what they run on, and the tests by name."""
        self.stage = stage
        self.library = stage.library
        self.tables = stage.tables
        self.flow = stage.flow
        self.names = stage.names
        self.cases = cases
        self._before = {case.after for case in cases.values()}
        self._ran: dict[str, tuple[Session, Failed | None]] = {}

    def run(self, name: str) -> tuple[Session, Failed | None]:
        """Return the session of a test, and why it failed, if it did."""
        ran = self._ran.get(name)
        if ran is None:
            ran = self._run(name)
            if name in self._before:
                self._ran[name] = ran
        return ran

    def _run(self, name: str) -> tuple[Session, Failed | None]:
        case = self.cases[name]
        session = start(self.tables)
        if case.after is not None:
            session, failed = self.run(case.after)
            if failed is not None:
                text = Text(
                    zh=f"先要“{case.after}”通过：{failed.message.zh}",
                    en=f"'{case.after}' failed before: {failed.message.en}",
                )
                return session, Failed(text, ("after",), failed.way)
        made = [session]
        try:
            moves = self._row(made, case) if case.steps is None else self._transcript(made, case.steps)
            for _ in moves:
                pass
        except _Wrong as wrong:
            return made[-1], Failed(wrong.message, wrong.where, way(made[-1]), _expected(case))
        except Failure as failure:
            return made[-1], Failed(failure.message, (), way(made[-1]), _expected(case))
        return made[-1], None

    # --- a row of a table

    def _row(self, made: list[Session], case: Case) -> Iterator[None]:
        given = dict(case.given or {})
        cause = given.pop(CAUSE, None)
        expect = case.expect or Expect()
        if cause is not None and cause not in self.flow.causes:
            raise _Wrong(_no_cause(cause, self.flow.causes), ("given", CAUSE))
        leg = made[-1].place.leg
        used: set[str] = set()
        session, truthful = made[-1], True
        to_switch = expect.switch is not None or (cause is not None and case.expect is None)
        while not session.place.is_end and not (to_switch and session.place.leg > leg):
            name = next((each for each in self.names(session.place) if each in given), None)
            own = self._truthful(session.place, cause)
            answer = given[name] if name is not None else next(iter(own), None)
            truthful = truthful and answer in own
            if answer is None:
                raise _Wrong(self._unanswered(session, case, cause), ("given",) if case.given is not None else ())
            if name is not None:
                used.add(name)
            session = self._answered(session, answer, ("given", name or CAUSE))
            made.append(session)
        unused = [key for key in given if key not in used]
        if unused:
            shown = brief(unused[0])
            text = Text(zh=f"“{shown}”没有被问到", en=f"'{shown}' was never asked")
            raise _Wrong(text, ("given", unused[0]))
        if cause is None or case.expect is not None:
            self._meets(session, expect, ("expect",), leg)
        if cause is not None and truthful and not self._finds(session, cause):
            text = Text(
                zh=f"没有找到原因“{cause}”：停在 {_stop(session)}",
                en=f"the cause '{cause}' was not found: it stopped at {_stop(session)}",
            )
            raise _Wrong(text, ("given", CAUSE))
        yield

    def _unanswered(self, session: Session, case: Case, cause: str | None) -> Text:
        place = session.place
        shown = Asked(place.key, place.flow.flow, place.id).name
        takes = ", ".join(accepts(place))
        if case.expect is not None and case.expect.end is not None:
            after = Text(zh=f"，还没到 {case.expect.end}", en=f", before it came to {case.expect.end}")
        else:
            after = Text(zh="", en="")
        if cause is not None and place.leg:
            return Text(
                zh=f"已经转到“{place.flow.flow}”，那里的“{shown}”要另给回答，或者写 expect: {{switch: …}}",
                en=f"it went on in '{place.flow.flow}', where '{shown}' needs an answer of its own; or expect {{switch: …}}",
            )
        return Text(
            zh=f"问到“{shown}”，没有给回答{after.zh}；可以回答：{takes}",
            en=f"'{shown}' was asked and has no answer{after.en}; it takes {takes}",
        )

    def _answered(self, session: Session, answer: str, where: Where) -> Session:
        try:
            return respond(session, answer)
        except Failure as failure:
            raise _Wrong(failure.message, where) from None

    def _truthful(self, place: Place, cause: str | None) -> tuple[str, ...]:
        """Return what the truthful user of a cause may answer; nothing where the flow does not say."""
        if cause is None:
            return ()
        node, truth = place.node, self.flow.causes[cause].truth
        match node:
            case FactNode(fact=fact):
                return values(self.tables.pack.facts[fact], truth.get(f"fact.{fact}"))
            case Ask() | Number() if not place.leg:
                return answers(self.flow, place.id, node, cause)
            case Try() if not place.leg:
                fixes = place.frames[0].call.fixes if place.frames else node.fixes
                return ("fixed",) if cause in fixes else ("not-fixed",)
            case Do() if not place.leg:
                return ("done",)
            case _:
                return ()

    def _finds(self, session: Session, cause: str) -> bool:
        """Whether a session has found a cause: fixed it, or stopped at what names it."""
        place = session.place
        if place.leg:
            named = (node for node in self.flow.nodes.values() if isinstance(node, Switch))
            return any(cause in node.causes for node in named)
        fixing = (visit.place for visit in visits(session) if visit.answer in {"fixed", "done"})
        return (isinstance(place.node, End) and cause in place.node.causes) or any(
            cause in (each.frames[0].call.fixes if each.frames else getattr(each.node, "fixes", ())) for each in fixing
        )

    # --- where it stopped

    def _meets(self, session: Session, expect: Expect, where: Where, leg: int) -> None:
        place = session.place
        if expect.switch is not None:
            if place.leg <= leg or place.flow.flow != expect.switch:
                raise _Wrong(_differs("switch", expect.switch, _stop(session)), (*where, "switch"))
        elif not place.is_end:
            raise _Wrong(Text(zh="还没有走到头", en="it did not come to an end"), where)
        for key, expected, found in self._compared(session, expect):
            if expected != found:
                raise _Wrong(_differs(key, _shown(expected), _shown(found)), (*where, key))
        if expect.text is not None:
            self._says(session, expect.text, (*where, "text"))

    def _compared(self, session: Session, expect: Expect) -> Iterator[tuple[str, object, object]]:
        place, end = session.place, session.place.node
        if expect.end is not None:
            yield "end", expect.end, end.end if isinstance(end, End) else place.kind
        if expect.at is not None:
            yield "at", expect.at, place.id
        if expect.flow is not None:
            yield "flow", expect.flow, place.flow.flow
        if expect.causes is not None:
            yield "causes", _sorted(expect.causes), _sorted(end.causes if isinstance(end, End) else ())
        if expect.contacts is not None:
            yield "contacts", _sorted(expect.contacts), _sorted(self.stage.contacts.ids(end, session.facts))
        if expect.prepare is not None:
            yield "prepare", _sorted(expect.prepare), _sorted(end.prepare if isinstance(end, End) else ())
        if expect.protects is not None:
            yield "protects", _sorted(expect.protects), _sorted(_protecting(session))

    def _says(self, session: Session, said: Said, where: Where) -> None:
        for lang in ("zh", "en"):
            expected = said.zh if lang == "zh" else said.en
            if expected is None:
                continue
            words = Wording(self.library, session, lang)
            node = session.place.node
            found = (words.maybe(node.say) or "") if isinstance(node, End) else words.asked(session.place)
            if found != expected:
                raise _Wrong(_differs(f"text.{lang}", expected, found), (*where, lang))

    # --- a transcript

    def _transcript(self, made: list[Session], moves: tuple[Move, ...]) -> Iterator[None]:
        leg = made[-1].place.leg
        for index, move in enumerate(moves):
            where: Where = ("steps", index)
            session = made[-1]
            if move.back:
                made.append(back(session))
            elif move.change is not None:
                made.append(self._changed(session, move, where))
            elif move.switch is not None:
                if session.place.leg <= leg or session.place.flow.flow != move.switch:
                    raise _Wrong(_differs("switch", move.switch, _stop(session)), (*where, "switch"))
                leg = session.place.leg
            elif move.end is not None:
                expect = Expect(
                    end=move.end, at=move.at, flow=move.flow, causes=move.causes, contacts=move.contacts, prepare=move.prepare,
                    text=move.text,
                )  # fmt: skip
                self._meets(session, expect, where, leg)
            else:
                made.append(self._asked(session, move, where))
            yield

    def _asked(self, session: Session, move: Move, where: Where) -> Session:
        place = session.place
        if place.is_end or move.asked not in self.names(place):
            raise _Wrong(_differs("asked", move.asked or "", _stop(session)), (*where, "asked"))
        if move.options is not None and move.options != accepts(place):
            raise _Wrong(_differs("options", _shown(move.options), _shown(accepts(place))), (*where, "options"))
        if move.text is not None:
            self._says(session, move.text, (*where, "text"))
        return session if move.answer is None else self._answered(session, move.answer, (*where, "answer"))

    def _changed(self, session: Session, move: Move, where: Where) -> Session:
        ((name, answer),) = (move.change or {}).items()
        asked = [visit.place for visit in visits(session) if name in self.names(visit.place)]
        if not asked:
            shown = brief(name)
            text = Text(
                zh=f"还没有回答过“{shown}”，改不了", en=f"'{shown}' was not answered before, so it can't be changed"
            )
            raise _Wrong(text, (*where, "change"))
        try:
            changed = change(session, asked[-1].key, answer)
        except Failure as failure:
            raise _Wrong(failure.message, (*where, "change")) from None
        if move.dropped is not None:
            found = tuple(_name(each) for each in changed.dropped)
            if _sorted(move.dropped) != _sorted(found):
                raise _Wrong(_differs("dropped", _shown(move.dropped), _shown(found)), (*where, "dropped"))
        return changed.session


def way(session: Session) -> tuple[str, ...]:
    """Return the way that a session took, one line a question, and where it stands."""
    lines: list[str] = []
    leg = 0
    for visit in visits(session):
        if visit.place.leg != leg:
            leg = visit.place.leg
            lines.append(f"→ {visit.place.flow.flow}")
        lines.append(f"{_name((visit.place.key, ''))}={visit.answer}" + (" *" if visit.known else ""))
    if session.place.leg != leg:
        lines.append(f"→ {session.place.flow.flow}")
    return (*lines, _stop(session))


def _expected(case: Case) -> tuple[str, ...]:
    """Return the way that a test expects, one line for each of its own."""
    if case.steps is None:
        given = [f"{key}={answer}" for key, answer in (case.given or {}).items()]
        return (*given, *_said(case.expect or Expect()))
    return tuple(line for move in case.steps for line in _of_move(move))


def _of_move(move: Move) -> Iterable[str]:
    if move.asked is not None:
        yield f"{move.asked}?" if move.answer is None else f"{move.asked}={move.answer}"
    elif move.back:
        yield "back"
    elif move.change is not None:
        yield "change " + ", ".join(f"{key}={answer}" for key, answer in move.change.items())
    elif move.switch is not None:
        yield f"→ {move.switch}"
    else:
        yield f"{move.end} ({move.at})" if move.at else str(move.end)


def _said(expect: Expect) -> Iterable[str]:
    if expect.switch is not None:
        yield f"→ {expect.switch}"
    elif expect.end is not None or expect.at is not None:
        yield f"{expect.end or '…'} ({expect.at or '…'})"


def beside(failed: Failed) -> tuple[str, ...]:
    """Return the way taken and the way expected side by side, as lines."""
    wide = max(map(len, failed.way), default=0)
    pairs = zip_longest(failed.way, failed.expected, fillvalue="")
    return tuple(f"{taken:<{wide}}  │ {expected}".rstrip(" │") for taken, expected in pairs)


def lines(answers: Iterable[Answer]) -> tuple[str, ...]:
    """Return answers as lines that can be read."""
    return tuple(f"{_name(each)}={each[1]}" for each in answers)


def _stop(session: Session) -> str:
    place = session.place
    if isinstance(place.node, End):
        return f"{place.node.end} ({place.id})" if place.id else place.node.end
    return f"{_name((place.key, ''))}?"


def _name(answer: Answer) -> str:
    key = answer[0]
    return key if key.startswith("fact.") else key.partition("/")[2]


def _protecting(session: Session) -> tuple[str, ...]:
    found = (visit for visit in visits(session) if isinstance(visit.place.node, Do) and visit.place.node.protects)
    return tuple(visit.place.id for visit in found if visit.answer == "done")


def _sorted(ids: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(ids))


def _shown(value: object) -> str:
    return f"[{', '.join(map(str, value))}]" if isinstance(value, tuple) else str(value)


def _differs(key: str, expected: str, found: str) -> Text:
    return Text(
        zh=f"{key} 应该是 {brief(expected, 200)}，实际是 {brief(found, 200)}",
        en=f"{key} should be {brief(expected, 200)}, it is {brief(found, 200)}",
    )


def _no_cause(cause: str, causes: Mapping[str, object]) -> Text:
    every = ", ".join(causes)
    return Text(zh=f"这个流程没有原因“{cause}”；有：{every}", en=f"the flow has no cause '{cause}'; it has {every}")
