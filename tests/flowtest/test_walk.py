"""Walks: together they take every edge, each comes to an end; random ones are repeatable; what fails is made short."""

from itertools import islice

import pytest
from hypothesis import strategies as st

from tests.flowtest.made import LIBRARY, OTHER, Made, for_packs, one, sessions, text
from walletdoc.engine import Tables, replay, visits
from walletdoc.flow import Ask, Do, End, FactNode, Number, Option, Range, Switch
from walletdoc.flowtest.coverage import coverage, taken
from walletdoc.flowtest.walk import random_walks, shortest, walks

END = End("info", say=text("end"))


def ends(tables: Tables, walk) -> bool:
    session = replay(tables, walk).session
    return session.place.is_end and session.answers == walk


def reached(tables: Tables, every) -> set[tuple[str, str, str]]:
    return {edge for walk in every for edge in taken(replay(tables, walk).session)}


@pytest.mark.campaign
def test_walks_of_any_flow(request):
    """What a pack and its sessions cost to make is paid once for all that holds of them."""

    def holds(made: Made, data: st.DataObject) -> None:
        tables = Tables(made, "made")
        every = sessions(tables)
        they_take_what_any_session_takes_and_end(tables, every)
        random_ones_end_and_are_the_same_for_the_same_seed(tables, data.draw(st.integers()))
        if any(session.answers for session in every):
            the_shortest_still_fails_and_is_no_longer(tables, [each for each in every if each.answers], data)

    for_packs(request.config, 30, holds, st.data())


def they_take_what_any_session_takes_and_end(tables: Tables, every) -> None:
    found = walks(tables)
    assert all(ends(tables, walk) for walk in found)
    own = {"made", "steps/step"}
    by_any = {edge for session in every for edge in taken(session) if edge[0] in own}
    assert by_any <= reached(tables, found)
    answered = {given for session in every for given in session.answers}
    assert answered <= {given for walk in found for given in walk}


def random_ones_end_and_are_the_same_for_the_same_seed(tables: Tables, seed: int) -> None:
    found = list(random_walks(tables, 5, seed))
    assert len(found) == 5
    assert all(ends(tables, walk) for walk in found)
    assert found == list(random_walks(tables, 5, seed))


def the_shortest_still_fails_and_is_no_longer(tables: Tables, every, data: st.DataObject) -> None:
    wrong = data.draw(st.sampled_from(data.draw(st.sampled_from(every)).answers))
    walk = next(iter(random_walks(tables, 1, 0)))
    fails = lambda answers: wrong in answers  # noqa: E731 - one word for what fails
    if not fails(walk):
        return
    found = shortest(tables, fails, walk)
    assert fails(found)
    assert ends(tables, found)
    assert len(found) <= len(walk)


@pytest.mark.campaign
def test_walks_take_every_edge_of_ours(ours):
    tables = Tables(LIBRARY, ours)
    found, drawn = walks(tables), list(random_walks(tables, 40, 1))
    assert all(ends(tables, walk) for walk in (*found, *drawn))
    covered = coverage(LIBRARY, ours, reached(tables, found), {})
    by_chance = coverage(LIBRARY, ours, reached(tables, drawn), {})
    assert set(covered.missed_edges) <= set(by_chance.missed_edges)
    assert len(found) <= 2 * len(LIBRARY.flow(ours).nodes) + sum(len(fact.options) for fact in LIBRARY.facts.values())


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


def test_random_walks_prefer_what_was_seldom_taken():
    options = {id_: Option(text(id_), "end") for id_ in ("a", "b", "c", "d", "unsure")}
    tables = Tables(one({"n": Ask(text("?"), options), "end": END}), "made")
    found = [walk[0][1] for walk in random_walks(tables, 10, 3)]
    assert sorted(found[:5]) == sorted(found[5:]) == sorted(options)


def test_other_seeds_give_other_walks():
    tables = Tables(LIBRARY, "fees")
    drawn = [tuple(islice(random_walks(tables, 10, seed), 10)) for seed in range(3)]
    assert len(set(drawn)) == 3


@pytest.mark.campaign
def test_the_shortest_of_ours_to_an_end(ours):
    """A failure at one end: the shortest is about as short as any way there."""
    tables = Tables(LIBRARY, ours)
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
