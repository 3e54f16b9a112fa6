"""Walks: together they take every edge, each comes to an end; random ones are repeatable; what fails is made short."""

from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.flowtest.made import OTHER, one, packs, sessions, shipped, text
from walletdoc.engine import Tables, replay, visits
from walletdoc.flow import Ask, Do, End, FactNode, Number, Option, Range, Switch
from walletdoc.flowtest.coverage import coverage, taken
from walletdoc.flowtest.walk import random_walks, shortest, walks

END = End("info", say=text("end"))
SHIPPED = shipped()
OURS = pytest.mark.parametrize(("library", "flow"), SHIPPED, ids=[id_ for _, id_ in SHIPPED])


def ends(tables: Tables, walk) -> bool:
    session = replay(tables, walk).session
    return session.place.is_end and session.answers == walk


def reached(tables: Tables, every) -> set[tuple[str, str, str]]:
    return {edge for walk in every for edge in taken(replay(tables, walk).session)}


@settings(max_examples=40)
@given(packs())
def test_walks_take_what_any_session_takes_and_end(made):
    tables = Tables(made, "made")
    found = walks(tables)
    assert all(ends(tables, walk) for walk in found)
    every = sessions(tables)
    own = {"made", "steps/step"}
    by_any = {edge for session in every for edge in taken(session) if edge[0] in own}
    assert by_any <= reached(tables, found)
    answered = {given for session in every for given in session.answers}
    assert answered <= {given for walk in found for given in walk}


@OURS
def test_walks_take_every_edge_of_ours(library, flow):
    tables = Tables(library, flow)
    found = walks(tables)
    assert all(ends(tables, walk) for walk in found)
    covered = coverage(library, flow, reached(tables, found), {})
    drawn = coverage(library, flow, reached(tables, random_walks(tables, 100, 1)), {})
    assert set(covered.missed_edges) <= set(drawn.missed_edges)
    assert len(found) <= 2 * len(library.flow(flow).nodes) + sum(len(fact.options) for fact in library.facts.values())


def test_a_walk_takes_both_bounds_of_each_range():
    made = one({"n": Number(text("n"), (0, 9), (Range("end", 3), Range("end")), usual=5), "end": END})
    assert sorted(walk[0][1] for walk in walks(Tables(made, "made"))) == ["0", "2", "3", "9"]


def test_a_walk_goes_on_after_a_switch_by_the_fewest_answers():
    nodes = {"n": Do(text("do"), "leave"), "leave": Switch("other")}
    found = walks(Tables(one(nodes, other=OTHER), "made"))
    assert found == [(("0.made/n", "done"), ("fact.wallet", "alipay"))]
    known = {"n": FactNode("wallet", to={"wechat": "leave"}, else_="end"), "leave": Switch("other"), "end": END}
    found = walks(Tables(one(known, other=OTHER), "made"))
    assert (("fact.wallet", "wechat"),) in found


def test_a_flow_that_asks_nothing_is_one_empty_walk():
    assert walks(Tables(one({"end": END}), "made")) == [()]


@settings(max_examples=40)
@given(packs(), st.integers())
def test_random_walks_end_and_are_the_same_for_the_same_seed(made, seed):
    found = list(random_walks(Tables(made, "made"), 5, seed))
    assert len(found) == 5
    assert all(ends(Tables(made, "made"), walk) for walk in found)
    assert found == list(random_walks(Tables(made, "made"), 5, seed))


@OURS
def test_random_walks_of_ours_end(library, flow):
    tables = Tables(library, flow)
    assert all(ends(tables, walk) for walk in random_walks(tables, 20, 6))


def test_random_walks_prefer_what_was_seldom_taken():
    options = {id_: Option(text(id_), "end") for id_ in ("a", "b", "c", "d", "unsure")}
    tables = Tables(one({"n": Ask(text("?"), options), "end": END}), "made")
    found = [walk[0][1] for walk in random_walks(tables, 10, 3)]
    assert sorted(found[:5]) == sorted(found[5:]) == sorted(options)


def test_other_seeds_give_other_walks():
    tables = Tables(*SHIPPED[0])
    drawn = [tuple(islice(random_walks(tables, 10, seed), 10)) for seed in range(3)]
    assert len(set(drawn)) == 3


@settings(max_examples=40)
@given(packs(), st.data())
def test_the_shortest_still_fails_and_is_no_longer(made, data):
    tables = Tables(made, "made")
    every = [session for session in sessions(tables) if session.answers]
    if not every:
        return
    session = data.draw(st.sampled_from(every))
    wrong = data.draw(st.sampled_from(session.answers))
    walk = next(iter(random_walks(tables, 1, 0)))
    fails = lambda answers: wrong in answers  # noqa: E731 - one word for what fails
    if not fails(walk):
        return
    found = shortest(tables, fails, walk)
    assert fails(found)
    assert ends(tables, found)
    assert len(found) <= len(walk)


@OURS
def test_the_shortest_of_ours_to_an_end(library, flow):
    """A failure at one end: the shortest is about as short as any way there."""
    tables = Tables(library, flow)
    walk = max(walks(tables), key=len)
    end = replay(tables, walk).session.place
    found = shortest(tables, lambda answers: replay(tables, answers).session.place is end, walk)
    assert replay(tables, found).session.place is end
    assert len(found) <= len(walk)


def test_a_failing_walk_loses_what_does_not_matter():
    chain = {
        f"n{at}": Ask(text("?"), {"a": Option(text("a"), f"n{at + 1}"), "b": Option(text("b"), "last")})
        for at in range(5)
    }
    made = one(
        {
            **chain,
            "n5": END,
            "last": Ask(text("?"), {"x": Option(text("x"), "end"), "y": Option(text("y"), "end")}),
            "end": END,
        }
    )
    tables = Tables(made, "made")
    walk = (*((f"0.made/n{at}", "a") for at in range(4)), ("0.made/n4", "b"), ("0.made/last", "y"))
    found = shortest(tables, lambda answers: ("0.made/last", "y") in answers, walk)
    assert found == (("0.made/n0", "b"), ("0.made/last", "y"))


def test_where_a_question_was_known_and_passed():
    """A walk's answers are those that were asked; a known fact is on the way and not among them."""
    made = one({"a": FactNode("wallet", go="b"), "b": FactNode("wallet", go="end"), "end": END})
    tables = Tables(made, "made")
    found = walks(tables)
    assert all(len(walk) == 1 for walk in found)
    assert [visit.known for visit in visits(replay(tables, found[0]).session)] == [False, True]
