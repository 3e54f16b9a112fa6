"""The states of a flow: what is said over them holds for every session, and every session is among them."""

import pytest

from tests.flowtest.made import FACTS, LIBRARY, MOST, OTHER, Made, for_packs, one, sessions, text
from walletdoc import engine
from walletdoc.engine import Session, Tables
from walletdoc.failure import Failure
from walletdoc.flow import Ask, Call, Do, End, FactNode, Number, Option, Range, Step, Switch, Try
from walletdoc.flowtest.passed import edge_of, passed
from walletdoc.flowtest.told import told
from walletdoc.flowtest.walk import random_walks
from walletdoc.flowtest.ways import State, Ways

END = End("info", say=text("end"))


@pytest.mark.campaign
def test_the_states_are_what_sessions_come_to(request):
    """What a pack and its sessions cost to make is paid once for all that holds of them."""

    def holds(made: Made) -> None:
        table = tables(made)
        every, ways = sessions(table), Ways(table)
        in_order_each_state_is_before_those_it_leads_to(ways)
        what_is_passed_leads_to_where_the_engine_goes(ways)
        if every:
            every_session_is_a_way_and_every_way_a_session(made, ways, every)
            the_fewest_answers_lead_to_a_state(ways, every)
            states_that_are_one_lead_to_the_same(made, ways, every)

    for_packs(request.config, 60, holds)


def tables(made: Made) -> Tables:
    return Tables(made, "made")


def followed(ways: Ways, session: Session) -> int:
    """Return the state that a session's answers lead to, by the ways alone."""
    at = 0
    for key, answer in session.answers:
        assert ways.states[at].place.key == key
        at = next(way.to for way in ways.onward[at] if way.takes(answer))
    return at


def stands(session: Session, state: State) -> bool:
    """Whether a session stands at a state; after a switch it has gone on over what it knows."""
    return session.place is state.place or (state.switched and session.place.leg == state.place.leg)


def names(pack, place, facts) -> list[tuple[str, str | None]]:
    """Return who the words of an end name, by the facts."""
    return [(who, pack.facts[who].options[facts[who]].contact if who in facts else "?")
            for who in sorted(told(place.node, pack)) if who in pack.facts]  # fmt: skip


def every_session_is_a_way_and_every_way_a_session(made, ways, every):
    for session in every:
        state = ways.states[followed(ways, session)]
        assert state.stops
        assert stands(session, state)
        facts = dict(state.facts)
        assert names(made, state.place, facts) == names(made, state.place, session.facts) or state.switched
        assert all(session.facts.get(fact) == value for fact, value in facts.items() if state.switched)
    assert {followed(ways, session) for session in every} == set(ways.stops)
    assert ways.longest == max(len(session.answers) for session in every)
    taken = {given for session in every for given in session.answers}
    assert taken == {(ways.states[at].place.key, way.answer) for at, on in enumerate(ways.onward) for way in on}


def the_fewest_answers_lead_to_a_state(ways, every):
    fewest: dict[int, int] = {}
    for session in every:
        at = followed(ways, session)
        fewest[at] = min(len(session.answers), fewest.get(at, MOST))
    for at, state in enumerate(ways.states):
        answers = ways.answers(at)
        replayed = engine.replay(ways.tables, answers)
        assert replayed.dropped == ()
        assert stands(replayed.session, state)
        assert len(answers) == fewest.get(at, len(answers))


def in_order_each_state_is_before_those_it_leads_to(ways):
    place = {at: index for index, at in enumerate(ways.order)}
    assert ways.order[0] == 0
    assert all(place[at] < place[way.to] for at, on in enumerate(ways.onward) for way in on)


def states_that_are_one_lead_to_the_same(made, ways, every):
    """Of two sessions at one state, whatever comes next is the same for both, down to whom the ends name."""
    seen: dict[tuple[int, tuple[str, ...]], tuple[object, ...]] = {}
    for session in every:
        for stop in range(len(session.answers)):
            at = followed(ways, session._replace(answers=session.answers[:stop]))
            rest = tuple(answer for _, answer in session.answers[stop:])
            end = (session.place, names(made, session.place, session.facts))
            assert seen.setdefault((at, rest), end) == end


def test_a_range_is_one_way_with_its_bounds():
    ranges = (Range("low", 0), Range("low", 3), Range("high"))
    made = one({"n": Number(text("n"), (0, 9), ranges, unsure="low", usual=2), "low": END, "high": END})
    ways = Ways(tables(made))
    assert [(way.answer, way.bounds) for way in ways.onward[0]] == [("2", (0, 2)), ("3", (3, 9)), ("unsure", None)]
    low, high, unsure = ways.onward[0]
    assert [low.takes(each) for each in ("0", "2", "3", "-1", "02", "unsure", "")] == [True, True] + [False] * 5
    assert high.takes("9")
    assert unsure.takes("unsure")


def test_values_that_lead_to_the_same_are_one_state():
    made = one({
        "first": FactNode("wallet", go="again"),
        "again": FactNode("wallet", to={"alipay": "end"}, else_="other"),
        "end": END, "other": Ask(text("?"), {"a": Option(text("a"), "end")}),
    })  # fmt: skip
    ways = Ways(tables(made))
    assert [state.place.id for state in ways.states] == ["first", "end", "other"]
    assert [way.to for way in ways.onward[0]] == [1, 2, 2, 2]
    assert [[place.id for place, _ in way.known] for way in ways.onward[0]] == [["again"]] * 4


def test_a_fact_matters_as_far_as_an_end_names_its_contact():
    made = one({
        "first": FactNode("wallet", go="then"),
        "then": Ask(text("?"), {"a": Option(text("a"), "named"), "b": Option(text("b"), "end")}),
        "named": End("hand-off", say=text("{wallet.name}")), "end": END,
    })  # fmt: skip
    ways = Ways(tables(made))
    assert [(state.place.id, state.facts) for state in ways.states] == [
        ("first", ()),
        *(("then", (("wallet", value),)) for value in ("alipay", "wechat", "plain")),
        ("named", (("wallet", "alipay"),)), ("end", ()),
        ("named", (("wallet", "wechat"),)), ("named", (("wallet", "plain"),)),
    ]  # fmt: skip


def test_what_a_taken_payment_tells_is_known_later():
    made = one({
        "money": FactNode("money-taken", to={"no": "pay"}, else_="end"),
        "pay": Try(text("pay"), "end", "again", taken="again", retries_payment=True),
        "again": FactNode("money-taken", to={"yes": "kept"}, else_="end"), "kept": END, "end": END,
    })  # fmt: skip
    ways = Ways(tables(made))
    kept = next(at for at, state in enumerate(ways.states) if state.place.id == "kept")
    assert [answer for _, answer in ways.answers(kept)] == ["no", "taken"]


def test_a_switch_stops_the_ways():
    made = one({"n": Do(text("do"), "leave"), "leave": Switch("other")}, other=OTHER)
    ways = Ways(tables(made))
    assert [state.switched for state in ways.states] == [False, True]
    assert ways.longest == 1


def test_a_circle_is_refused():
    made = one({"a": Do(text("a"), "b"), "b": Do(text("b"), "a", "end"), "end": END})
    with pytest.raises(Failure, match="circle"):
        Ways(tables(made))


def test_what_an_answer_passes():
    step = Step("step", 1, text("step"), "in", {
        "in": Try(text("try"), "ok", "no"), "ok": End("fixed"), "no": End("not-fixed"),
    })  # fmt: skip
    nodes = {"call": Call("step", "end", "leave", taken="end"), "end": END, "leave": Switch("other")}
    table = tables(one(nodes, {"step": step}, other=OTHER))
    ways = Ways(table)
    assert [(each.calls, each.id, each.answer) for each in ways.entered] == [((), "call", "")]
    found = {
        answer: [(*each.calls, each.id, each.answer) for each in passed(ways.states[0].place, answer)]
        for answer in ("fixed", "not-fixed", "taken")
    }
    assert found == {
        "fixed": [("call", "in", "fixed"), ("call", "ok", ""), ("call", "fixed")],
        "not-fixed": [("call", "in", "not-fixed"), ("call", "no", ""), ("call", "not-fixed"), ("leave", "")],
        "taken": [("call", "in", "taken"), ("call", "taken")],
    }


def what_is_passed_leads_to_where_the_engine_goes(ways):
    for at, on in enumerate(ways.onward):
        for way in on:
            last = ways.passed(at, way)[-1]
            state = ways.states[way.to]
            assert isinstance(last.node, Switch) == state.switched
            if not last.calls and not state.switched and not state.place.frames:
                target = {"fixed": "fixed", "not-fixed": "not_fixed"}.get(last.answer)
                if isinstance(last.node, Try | Call) and target:
                    assert getattr(last.node, target) == state.place.id


def test_the_edge_of_an_answer():
    number = Number(text("n"), (0, 9), (Range("a", 3), Range("b")), unsure="a")
    assert [edge_of(number, each) for each in ("2", "3", "unsure")] == ["0", "1", "unsure"]
    assert [edge_of(FactNode("wallet", to={"alipay": "a"}, else_="b"), each) for each in FACTS["wallet"].options] == [
        "alipay", "", "", "",
    ]  # fmt: skip


@pytest.mark.campaign
def test_random_sessions_of_ours_are_ways(ours):
    table = Tables(LIBRARY, ours)
    ways = Ways(table)
    assert len(ways.states) < 40 * len(LIBRARY.flow(ours).nodes)
    for walk in random_walks(table, 50, 6):
        at = 0
        for key, answer in walk:
            if ways.states[at].stops:
                break
            assert ways.states[at].place.key == key
            at = next(way.to for way in ways.onward[at] if way.takes(answer))
        assert ways.states[at].stops
