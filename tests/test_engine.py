"""The engine's behaviour, each case twice: in memory, and through a saved session between every two answers."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import packs
from walletdoc import engine, sessions
from walletdoc.engine import Refused, Session, Tables
from walletdoc.failure import Failure

SAY = packs.say("好")
NONE: dict[str, str] = {}
NODES = f"""
first: {{fact: money-taken, to: {{yes: over, no: colour, unsure: over}}}}
colour:
  ask: {SAY}
  usual: red
  options:
    red: {{say: {packs.say("红")}, go: days}}
    blue: {{say: {packs.say("蓝")}, go: again}}
    green: {{say: {packs.say("绿")}, go: days}}
    unsure: {{say: {packs.say("不清楚")}, go: days}}
days: {{number: {SAY}, between: [-3, 400], ranges: [{{below: 3, go: mend}}, {{below: 7, go: act}}, {{go: away}}], unsure: over}}
mend: {{try: {SAY}, fixed: solved, not-fixed: act, retries-payment: true, taken: over, fixes: [one]}}
act: {{do: {SAY}, done: help, cannot: over}}
help: {{call: try-twice, fixes: [one], fixed: solved, not-fixed: over, retries-payment: true, taken: kept}}
again: {{fact: money-taken, to: {{no: wallet}}, else: over}}
wallet: {{fact: wallet, go: over}}
kept: {{fact: money-taken, to: {{yes: over}}, else: solved}}
away: {{switch: elsewhere}}
solved: {{end: fixed, say: {SAY}}}
over: {{end: info, say: {SAY}}}
"""
ELSEWHERE = f"""
first: {{fact: money-taken, go: colour}}
colour: {{ask: {SAY}, options: {{red: {{say: {packs.say("红")}, go: over}}, back: {{say: {packs.say("回")}, go: home}}}}}}
home: {{switch: start-here}}
over: {{end: hand-off, to: [police], prepare: [time], say: {SAY}}}
"""
STEP = f"""
step: try-twice
format: 1
title: {SAY}
start: known
nodes:
  known: {{fact: wallet, go: inner}}
  inner: {{call: try-once, fixed: good, not-fixed: second}}
  second: {{try: {SAY}, fixed: good, not-fixed: bad}}
  good: {{end: fixed}}
  bad: {{end: not-fixed}}
"""
INNER = f"""
step: try-once
format: 1
title: {SAY}
start: only
nodes:
  only: {{try: {SAY}, fixed: good, not-fixed: bad}}
  good: {{end: fixed}}
  bad: {{end: not-fixed}}
"""


@pytest.fixture(scope="module")
def tables(tmp_path_factory) -> Tables:
    folder = tmp_path_factory.mktemp("pack")
    packs.write(folder, {"steps/try-twice.yaml": STEP, "steps/try-once.yaml": INNER})
    return Tables(packs.library(folder, start_here=NODES, elsewhere=ELSEWHERE), "start-here")


@pytest.fixture(params=["in memory", "through the journal"])
def walk(request, tables, tmp_path):
    """Give answers one after the other; through the journal, the session is saved, closed and read before each next one."""

    def in_memory(*answers: str, presets: dict[str, str] = NONE) -> Session:
        session = engine.start(tables, presets)
        for answer in answers:
            session = engine.respond(session, answer)
        return session

    def through_the_journal(*answers: str, presets: dict[str, str] = NONE) -> Session:
        session = engine.start(tables, presets)
        for answer in answers:
            session = saved_and_read(tables, engine.respond(session, answer), tmp_path)
        return session

    return in_memory if request.param == "in memory" else through_the_journal


def saved_and_read(tables: Tables, session: Session, state: Path) -> Session:
    recorder = sessions.begin(state, tables.entry, tables.pack, None, session.presets)
    recorder.follow(session, tables.pack)
    recorder.close()
    again, mended = sessions.take_up(state, recorder.saved.id)
    assert mended is None
    again.close()
    replayed = sessions.replay(again.saved, tables.pack, tables.entry)
    assert replayed.dropped == ()
    # the tables are the same pack read again; take ours, so that sessions compare
    return engine.replay(tables, replayed.session.answers, replayed.session.presets).session


WAYS = [
    ("a fact parts the ways", ["yes"], "over"),
    ("an ask follows its option", ["no", "red"], "days"),
    ("unsure is an option", ["no", "unsure"], "days"),
    ("a known fact asks nothing", ["no", "blue"], "fact.wallet"),
    ("a number below the first bound", ["no", "red", "2"], "mend"),
    ("a number may be negative", ["no", "red", "-3"], "mend"),
    ("a bound belongs to the next range", ["no", "red", "3"], "act"),
    ("the last number before a bound", ["no", "red", "6"], "act"),
    ("a number can be unsure", ["no", "red", "unsure"], "over"),
    ("a try that helped", ["no", "red", "0", "fixed"], "solved"),
    ("a try that did not", ["no", "red", "0", "not-fixed"], "act"),
    ("a do that can't be done", ["no", "red", "5", "cannot"], "over"),
    ("a call asks the step's fact", ["no", "red", "5", "done"], "fact.wallet"),
    ("calls nest", ["no", "red", "5", "done", "alipay"], "help/inner/only"),
    ("an inner step's failure goes on outside", ["no", "red", "5", "done", "alipay", "not-fixed"], "help/second"),
    ("an inner step's success ends both", ["no", "red", "5", "done", "alipay", "fixed"], "solved"),
    ("a step's failure goes on in the flow", ["no", "red", "5", "done", "alipay", "not-fixed", "not-fixed"], "over"),
    (
        "money taken in a nested try leaves the call, and is known",
        ["no", "red", "5", "done", "alipay", "taken"],
        "over",
    ),
    ("a switch starts a leg", ["no", "red", "7"], "colour"),
    ("a leg's end is the session's", ["no", "red", "400", "red"], "over"),
    ("the first flow again is another leg", ["no", "red", "400", "back"], "colour"),
    ("what is out of scope ends there", ["no", "blue", "crypto"], "wallet"),
]


@pytest.mark.parametrize(("answers", "where"), [case[1:] for case in WAYS], ids=[case[0] for case in WAYS])
def test_answers_lead(walk, answers, where):
    place = walk(*answers).place
    assert (place.key.partition("/")[2] or place.key) == where


def test_out_of_scope_is_told_politely(walk):
    end = walk("no", "blue", "crypto").place
    assert end.is_end
    assert end.node.end == "info"
    assert "加密货币" in end.node.say.zh


def test_each_leg_has_its_own_answers(walk):
    keys = [key for key, _ in walk("no", "red", "400", "back", "green").answers]
    assert keys == [
        "fact.money-taken",
        "0.start-here/colour",
        "0.start-here/days",
        "1.elsewhere/colour",
        "2.start-here/colour",
    ]


REFUSED = [
    (["maybe"], "fact"),
    (["no", "purple"], "ask"),
    (["no", ""], "ask"),
    (["no", "red", "401"], "number too large"),
    (["no", "red", "-4"], "number too small"),
    (["no", "red", "05"], "number not as written"),
    (["no", "red", "５"], "another script's digit"),
    (["no", "red", "1e3"], "not a whole number"),
    (["no", "red", "9" * 5000], "very long"),
    (["no", "red", "5", "fixed"], "a do is not fixed"),
    (["no", "red", "2", "done"], "a try is not done"),
    (["yes", "yes"], "over already"),
]


@pytest.mark.parametrize(("answers", "_"), REFUSED, ids=[case[1] for case in REFUSED])
def test_what_a_question_does_not_take_is_refused(tables, answers, _):
    session = engine.start(tables)
    for answer in answers[:-1]:
        session = engine.respond(session, answer)
    with pytest.raises(Refused) as refused:
        engine.respond(session, answers[-1])
    assert refused.value.code == 2


def test_presets_are_written_down_where_they_are_first_asked(walk):
    session = walk("no", "blue", presets={"wallet": "wechat"})
    assert session.place.is_end
    assert session.answers[-1] == ("fact.wallet", "wechat")


def test_a_preset_that_is_asked_first_is_passed(walk):
    assert walk(presets={"money-taken": "no"}).place.id == "colour"


def test_back_passes_over_presets(walk):
    session = walk("no", "blue", presets={"wallet": "wechat"})
    assert engine.back(session) == walk("no", presets={"wallet": "wechat"})


def test_back_at_the_first_question_changes_nothing(walk):
    assert engine.back(walk()) == walk()


def test_a_change_keeps_what_is_still_asked(walk):
    changed = engine.change(walk("no", "red", "5", "done"), "0.start-here/colour", "green")
    assert changed.session == walk("no", "green", "5", "done")
    assert changed.dropped == ()


def test_a_change_drops_what_is_no_longer_asked(walk):
    changed = engine.change(walk("no", "red", "5", "done"), "0.start-here/colour", "blue")
    assert changed.session == walk("no", "blue")
    assert [key for key, _ in changed.dropped] == ["0.start-here/days", "0.start-here/act"]


def test_a_change_ends_at_the_first_question_without_an_answer(walk):
    changed = engine.change(walk("no", "red", "5", "done", "alipay"), "0.start-here/days", "1")
    assert changed.session == walk("no", "red", "1")
    assert len(changed.dropped) == 2


def test_changing_a_fact_drops_all_after_it(walk):
    changed = engine.change(walk("no", "red", "5"), "fact.money-taken", "no")
    assert changed.session == walk("no")
    assert len(changed.dropped) == 2


def test_a_preset_can_be_changed(walk):
    session = walk("no", "blue", presets={"wallet": "wechat"})
    changed = engine.change(session, "fact.wallet", "alipay").session
    assert dict(changed.answers)["fact.wallet"] == "alipay"
    assert engine.replay(changed.tables, changed.answers, changed.presets).session == changed


def test_a_change_refuses_what_the_question_does_not_take(walk):
    with pytest.raises(Refused):
        engine.change(walk("no", "red"), "0.start-here/colour", "purple")


def test_what_was_never_answered_cannot_be_changed(walk):
    with pytest.raises(Failure, match="nowhere"):
        engine.change(walk("no"), "0.start-here/nowhere", "red")


def test_visits_tell_known_facts_apart(walk):
    known = [visit.place.key for visit in engine.visits(walk("no", "blue", "other")) if visit.known]
    assert known == ["fact.money-taken"]


def test_answers_of_an_edited_flow_are_kept_as_far_as_they_fit(tables):
    answers = (
        ("fact.money-taken", "no"),
        ("0.start-here/gone", "x"),
        ("0.start-here/colour", "red"),
        ("0.start-here/days", "x"),
    )
    replayed = engine.replay(tables, answers)
    assert replayed.kept == (answers[0], answers[2])
    assert replayed.dropped == (answers[1], answers[3])


CIRCLES = {
    "facts": "first: {fact: wallet, go: second}\nsecond: {fact: wallet, go: first}\n",
    "itself": "first: {switch: round}\n",
    "calls": "first: {call: for-ever, fixed: over, not-fixed: first}\nover: {end: info, say: {zh: 完, en: over}}\n",
}
FOR_EVER = "step: for-ever\nformat: 1\ntitle: {zh: 转, en: turn}\nstart: no\nnodes: {no: {end: not-fixed}}\n"


@pytest.mark.parametrize("nodes", CIRCLES.values(), ids=CIRCLES)
def test_a_circle_without_a_question_is_stopped(tmp_path, nodes):
    packs.write(tmp_path, {"steps/for-ever.yaml": FOR_EVER})
    with pytest.raises(Failure) as failure:
        engine.start(Tables(packs.library(tmp_path, round=nodes), "round"), {"wallet": "alipay"})
    assert failure.value.code == 65


def test_a_circle_of_questions_is_stopped_at_a_thousand_answers(tmp_path):
    nodes = f"first: {{do: {SAY}, done: first}}\n"
    session = engine.start(Tables(packs.library(tmp_path, round=nodes), "round"))
    for _ in range(1000):
        session = engine.respond(session, "done")
    with pytest.raises(Failure) as failure:
        engine.respond(session, "done")
    assert failure.value.code == 65


def test_a_step_that_calls_itself_is_stopped(tmp_path):
    step = "step: deep\nformat: 1\ntitle: {zh: 深, en: deep}\nstart: down\nnodes: {down: {call: deep, fixed: f, not-fixed: f}, f: {end: not-fixed}}\n"
    packs.write(tmp_path, {"steps/deep.yaml": step})
    nodes = "first: {call: deep, fixed: first, not-fixed: first}\n"
    with pytest.raises(Failure, match="8"):
        engine.start(Tables(packs.library(tmp_path, round=nodes), "round"))


@settings(max_examples=150, deadline=None)
@given(
    picks=st.lists(st.integers(0, 10**6), max_size=12),
    preset=st.sampled_from([{}, {"wallet": "alipay"}, {"money-taken": "no"}]),
)
def test_laws_of_the_fold(tables, picks, preset):
    """Back undoes respond; replay is identity; an answer changed to itself changes nothing but what follows a fact."""
    session = engine.start(tables, preset)
    for pick in picks:
        if session.place.is_end:
            break
        options = (
            [*engine.accepts(session.place), "-3", "2", "5", "400"]
            if session.place.kind == "number"
            else engine.accepts(session.place)
        )
        try:
            after = engine.respond(session, options[pick % len(options)])
        except Failure as failure:
            assert "3 switches" in failure.message.en  # noqa: PT017 - the fourth switch of this flow
            break
        assert engine.back(after) == session
        assert engine.replay(tables, after.answers, preset).session == after
        session = after
    for key, answer in session.answers:
        changed = engine.change(session, key, answer).session
        expected = session if not key.startswith("fact.") else changed
        assert changed == expected
