"""Runs one test on a flow: the session that its answers make, and whether that is what the test expects."""

from collections.abc import Mapping
from itertools import chain

from walletdoc.engine import Place, Session, Tables, accepts, back, change, respond, start, visits
from walletdoc.failure import Failure
from walletdoc.flow import Ask, Call, Do, End, FactNode, Number, Switch, Try
from walletdoc.flowtest.case import CAUSE, Case, Expect, Move
from walletdoc.flowtest.names import asked
from walletdoc.flowtest.passed import Passed, entered, passed
from walletdoc.flowtest.shown import Shown
from walletdoc.flowtest.stopped import Where, Wrong, as_text, by_name, differs, meets, says
from walletdoc.flowtest.told import filled_in
from walletdoc.flowtest.way import Row, rows, stop
from walletdoc.frozen import frozen
from walletdoc.text import Text, brief
from walletdoc.truth import answers, values


@frozen
class Failed:
    """Why a test failed: what was wrong, where in the test it says otherwise, the way taken beside the one expected.

    `key` says that it is the key there which is wrong, and not what is written for it.
    """

    message: Text
    where: Where
    rows: tuple[Row, ...]
    key: bool = False


class Stage:
    """What all tests of a flow run on: its tables, what is shown there, the names of its questions."""

    def __init__(self, shown: Shown, tables: Tables) -> None:
        """Take the tables of the flow; they may be those of a changed one."""
        self.shown = shown
        self.tables = tables
        self.flow = tables.pack.flow(tables.entry)
        self._names: dict[Place, tuple[str, ...]] = {}
        self._plain: set[Place] = set()

    def names(self, place: Place) -> tuple[str, ...]:
        """Return the names that a question goes by in `given`, the most exact first."""
        names = self._names.get(place)
        if names is None:
            names = self._names[place] = asked(place).names
        return names

    def lacking(self, session: Session) -> Text | None:
        """Return what a text that is shown where a session stands has nothing to say for; most have no placeholder."""
        place = session.place
        if place in self._plain:
            return None
        if not filled_in(place.node, self.tables.pack):
            self._plain.add(place)
            return None
        return self.shown.lacking(session)


class Bench:
    """The tests of one file, and the sessions of those that others go on from."""

    def __init__(self, stage: Stage, cases: Mapping[str, Case]) -> None:
        """Take what they run on, and the tests by name."""
        self.stage = stage
        self.tables = stage.tables
        self.flow = stage.flow
        self.names = stage.names
        self.cases = cases
        self._before = {case.after for case in cases.values()}
        self._ran: dict[str, tuple[Session, Failed | None]] = {}

    def run(self, name: str) -> tuple[Session, Failed | None]:
        """Return the session of a test, and why it failed, if it did."""
        first = [name]  # as many may go on from each other as a file has tests, so no recursion
        while (before := self.cases[first[-1]].after) is not None and before not in self._ran:
            first.append(before)
        for each in reversed(first):
            ran = self._ran.get(each) or self._run(self.cases[each])
            if each in self._before:
                self._ran[each] = ran
        return ran

    def _run(self, case: Case) -> tuple[Session, Failed | None]:
        begun = start(self.tables)
        if case.after is not None:
            begun, failed = self._ran[case.after]
            if failed is not None:
                return begun, _failed_before(case.after, failed)
        made = [begun]
        try:
            if case.steps is None:
                self._row(made, case)
            else:
                self._transcript(made, case.steps)
        except Wrong as wrong:
            message, where, key = wrong.message, wrong.where, wrong.key
        except Failure as failure:
            message, where, key = failure.message, (), False
        else:
            return made[-1], None
        at = where[1] if len(where) > 1 and isinstance(where[1], int) else 0
        return made[-1], Failed(message, where, rows(case, begun, made[-1], self.names, at), key)

    def _complete(self, session: Session, where: Where = ()) -> None:
        """Raise `Wrong` where a text that is shown has a placeholder for which there is nothing to put."""
        lacking = self.stage.lacking(session)
        if lacking is not None:
            raise Wrong(lacking, where)

    # --- a row of a table

    def _row(self, made: list[Session], case: Case) -> None:
        given = dict(case.given or {})
        cause = given.pop(CAUSE, None)
        expect = case.expect or Expect()
        if cause is not None and cause not in self.flow.causes:
            raise Wrong(_no_cause(cause, self.flow.causes), ("given", CAUSE))
        leg = made[-1].place.leg
        used: set[str] = set()
        session, truthful = made[-1], True
        to_switch = expect.switch is not None or (cause is not None and case.expect is None)
        while not session.place.is_end and not (to_switch and session.place.leg > leg):
            self._complete(session)
            name = next((each for each in self.names(session.place) if each in given), None)
            own = self._truthful(session.place, cause)
            answer = given[name] if name is not None else next(iter(own), None)
            truthful = truthful and answer in own
            if answer is None:
                raise Wrong(self._unanswered(session, case, cause), ("given",) if case.given else (), key=True)
            if name is not None:
                used.add(name)
            session = self._answered(session, answer, ("given", name or CAUSE))
            made.append(session)
        self._complete(session)
        unused = next((key for key in given if key not in used), None)
        if unused is not None:
            shown = brief(unused)
            text = Text(zh=f"“{shown}”没有被问到", en=f"'{shown}' was never asked")
            raise Wrong(text, ("given", unused), key=True)
        if cause is None or case.expect is not None:
            meets(session, expect, self.stage.shown, ("expect",), leg)
        if cause is not None and truthful and not self._finds(session, cause):
            text = Text(
                zh=f"没有找到原因“{cause}”：停在 {stop(session)}",
                en=f"the cause '{cause}' was not found: it stopped at {stop(session)}",
            )
            raise Wrong(text, ("given", CAUSE))

    def _unanswered(self, session: Session, case: Case, cause: str | None) -> Text:
        place = session.place
        shown = asked(place).name
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
            raise Wrong(failure.message, where) from None

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
        """Whether a session has found a cause of the flow: it was fixed on the way, or is named where the flow stopped."""
        end = session.place.node
        if not session.place.leg and isinstance(end, End) and cause in end.causes:
            return True
        own = (passed(visit.place, visit.answer) for visit in visits(session) if not visit.place.leg)
        return any(cause in _found_by(each) for each in chain(entered(self.tables), *own))

    # --- a transcript

    def _transcript(self, made: list[Session], moves: tuple[Move, ...]) -> None:
        leg = made[-1].place.leg
        for index, move in enumerate(moves):
            where: Where = ("steps", index)
            session = made[-1]
            if move.back:
                made.append(back(session))
            elif move.change is not None:
                made.append(self._changed(session, move, where))
            elif move.asked is not None:
                made.append(self._asked(session, move, where))
            else:
                self._complete(session, where)
                meets(session, move, self.stage.shown, where, leg)
                leg = session.place.leg if move.switch else leg

    def _asked(self, session: Session, move: Move, where: Where) -> Session:
        place = session.place
        if place.is_end or move.asked not in self.names(place):
            raise Wrong(differs("asked", move.asked or "", stop(session)), (*where, "asked"))
        self._complete(session, where)
        if move.options is not None and move.options != accepts(place):
            raise Wrong(differs("options", as_text(move.options), as_text(accepts(place))), (*where, "options"))
        if move.text is not None:
            says(session, move.text, self.stage.shown, (*where, "text"))
        return session if move.answer is None else self._answered(session, move.answer, (*where, "answer"))

    def _changed(self, session: Session, move: Move, where: Where) -> Session:
        ((name, answer),) = (move.change or {}).items()
        before = [visit.place for visit in visits(session) if name in self.names(visit.place)]
        if not before:
            shown = brief(name)
            text = Text(
                zh=f"还没有回答过“{shown}”，改不了", en=f"'{shown}' was not answered before, so it can't be changed"
            )
            raise Wrong(text, (*where, "change", name), key=True)
        try:
            changed = change(session, before[-1].key, answer)
        except Failure as failure:
            raise Wrong(failure.message, (*where, "change", name)) from None
        if move.dropped is not None:
            given = {visit.place.key: visit.place for visit in visits(session)}
            found = tuple(asked(given[key]).name for key, _ in changed.dropped)
            if by_name(move.dropped) != by_name(found):
                raise Wrong(differs("dropped", as_text(move.dropped), as_text(found)), (*where, "dropped"))
        return changed.session


def _found_by(edge: Passed) -> tuple[str, ...]:
    """Return the causes that are found by taking an edge."""
    match edge.node:
        case Switch(causes=causes):
            return causes
        case Try(fixes=causes) | Call(fixes=causes) if edge.answer == "fixed":
            return causes
        case Do(fixes=causes) if edge.answer == "done":
            return causes
        case _:
            return ()


def _failed_before(name: str, failed: Failed) -> Failed:
    if failed.where == ("after",):  # the message says already which test failed first
        return failed
    return Failed(
        Text(zh=f"先要“{name}”通过：{failed.message.zh}", en=f"'{name}' failed before: {failed.message.en}"),
        ("after",),
        tuple((line, "") for line, _ in failed.rows if line),
    )


def _no_cause(cause: str, causes: Mapping[str, object]) -> Text:
    every = ", ".join(causes)
    return Text(zh=f"这个流程没有原因“{cause}”；有：{every}", en=f"the flow has no cause '{cause}'; it has {every}")
