"""Mutants: one change each, all of them run; those that behave as before are told, and no others."""

from collections import Counter
from dataclasses import replace

import pytest

from tests.flowtest.made import LIBRARY, MOST, OTHER, Made, flow, for_packs, in_campaign, one, text
from walletdoc import engine
from walletdoc.contacts import placeholders
from walletdoc.engine import Session, Tables, accepts
from walletdoc.flow import Ask, Call, Do, End, FactNode, Flow, Number, Option, Range, Step, Switch, Try
from walletdoc.flowtest.behaviour import Behaviour
from walletdoc.flowtest.coverage import taken
from walletdoc.flowtest.mutate import KINDS, Mutant, Replaced, mutants
from walletdoc.flowtest.ways import Ways
from walletdoc.references import broken

END = End("info", say=text("end"))


def of(made: Made, seed: int = 6) -> tuple[Mutant, ...]:
    return mutants(made.flows["made"], made, seed)


def kinds(made: Made, kind: str) -> list[str]:
    return [each.what.en for each in of(made) if each.kind == kind]


def equivalent(own: Flow, mutant: Mutant, pack) -> bool:
    behaviour = Behaviour()
    return behaviour.of(pack, own.flow) == behaviour.of(Replaced(pack, mutant.flow), own.flow)


def same(made: Made, **nodes) -> bool:
    """Whether the flow behaves the same with other nodes."""
    own = made.flows["made"]
    return equivalent(own, Mutant((), text(""), flow("made", {**own.nodes, **nodes}, own.start), ""), made)


# --- what mutants there are

EVERY = one({
    "ask": Ask(text("ask"), {id_: Option(text(id_), go) for id_, go in (("a", "number"), ("b", "end"), ("c", "end"))}),
    "number": Number(text("n"), (0, 9), (Range("fact", 3), Range("try", 4), Range("do")), unsure="do"),
    "fact": FactNode("wallet", to={"alipay": "try", "wechat": "end"}, else_="do"),
    "try": Try(text("try"), "fixed", "do", fixes=("one", "two")),
    "do": Do(text("do"), "call", "end", protects=True, fixes=("one",)),
    "call": Call("step", "fixed", "send", fixes=("two",)),
    "send": End("hand-off", say=text("send"), to=("bank", "alipay")),
    "end": END,
    "fixed": End("fixed", say=text("fixed")),
}, {"step": Step("step", 1, text("step"), "in", {"in": Try(text("in"), "ok", "no"), "ok": End("fixed"), "no": End("not-fixed")})})  # fmt: skip


def test_the_kinds_of_a_flow_with_everything():
    counts = Counter(each.kind for each in of(EVERY))
    edges = 3 + 4 + 3 + 2 + 2 + 2
    assert counts == {
        "retarget": 2 * edges, "swap": 1 + 2 + 1, "flip": 2, "fix": 4, "bound": 2, "case": 2, "contact": 2, "protects": 1,
    }  # fmt: skip
    assert counts.keys() == KINDS.keys()


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        ("swap", "'a' and 'b' of ask have swapped targets"),
        ("swap", "range 2 and range 3 of number have swapped targets"),
        ("flip", "'fixed' and 'not-fixed' of call have swapped targets"),
        ("fix", "do no longer fixes one"),
        ("bound", "a bound of number is now 2 (was: 3)"),
        ("case", "'wechat' of fact goes by else, to do (was: end)"),
        ("protects", "do no longer protects"),
    ],
)
def test_what_is_changed_is_said(kind, what):
    assert what in kinds(EVERY, kind)


def test_a_bound_moves_only_between_its_neighbours():
    assert kinds(EVERY, "bound") == ["a bound of number is now 2 (was: 3)", "a bound of number is now 5 (was: 4)"]


def test_a_retarget_says_where_it_leads_and_makes_no_circle():
    for each in of(EVERY):
        if each.kind == "retarget":
            assert " now leads to " in each.what.en
            assert " (was: " in each.what.en
    nodes = [each.flow.nodes["do"].done for each in of(EVERY) if each.where == ("nodes", "do", "done")]
    assert len(nodes) == 2
    assert not {"ask", "number", "fact", "try", "do", "call"} & set(nodes)


def test_a_case_without_an_else_stays():
    made = one({"n": FactNode("paid-from", to={"card": "end", "balance": "end"}), "end": END})
    assert kinds(made, "case") == []


def test_nodes_that_no_answer_reaches_have_no_mutants():
    made = one({"n": Do(text("do"), "end"), "alone": Do(text("do"), "end", protects=True), "end": END})
    assert {each.where[1] for each in of(made)} == set()
    assert of(one({"a": Do(text("a"), "b"), "b": Do(text("b"), "a")})) == ()


def every_mutant_runs_and_changes_one_node(made: Made) -> None:
    own = made.flows["made"]
    for each in of(made):
        Ways(Tables(Replaced(made, each.flow), "made"))
        changed = [id_ for id_, node in own.nodes.items() if each.flow.nodes[id_] != node]
        assert changed == [each.where[1]]
        assert replace(each.flow, nodes=own.nodes) == own


@pytest.mark.campaign
def test_mutants_of_ours_could_stand_in_a_file(ours, request):
    own = LIBRARY.flow(ours)
    every = mutants(own, LIBRARY, 6)
    assert len({(each.where, each.what) for each in every}) == len(every)
    assert every != mutants(own, LIBRARY, 7)
    for each in every[:: 1 if in_campaign(request.config) else 10]:
        assert list(broken(each.flow, LIBRARY.names)) == []
        Ways(Tables(Replaced(LIBRARY, each.flow), ours))
    assert equivalent(own, Mutant((), text(""), replace(own, nodes=dict(own.nodes)), ""), LIBRARY)


def test_a_change_elsewhere_leaves_the_drawn_ones_alone():
    own = EVERY.flows["made"]
    other = replace(own, nodes={**own.nodes, "fact": replace(own.nodes["fact"], else_="try")})
    drawn = [
        [each.what for each in mutants(each_flow, EVERY, 6) if each.where[1] == "send"] for each_flow in (own, other)
    ]
    assert drawn[0] == drawn[1]


# --- which of them behave as before


def seen(pack, session: Session) -> tuple[object, ...]:
    """Return what someone sees of a session: its questions, and what it came to; slow, plain, by the engine alone."""
    shown: list[object] = []
    own = pack.flow("made")
    for visit in engine.visits(session):
        if visit.known:
            continue
        place = visit.place
        node = place.node
        fixes = place.frames[0].call.fixes if place.frames and isinstance(node, Try) else getattr(node, "fixes", ())
        asked = getattr(node, "fact", node.__class__.__name__)
        shown.append((place.flow.flow, asked, accepts(place), fixes, getattr(node, "protects", None), visit.answer))
    switches = {
        node for flow_id, node, answer in taken(session) if flow_id == "made" and isinstance(own.nodes[node], Switch)
    }
    end = session.place.node
    named = {who: pack.facts[who].options[value].contact for who, value in session.facts.items()}
    return (
        *shown, tuple(own.nodes[each].causes for each in switches), session.place.flow.flow, end.end, end.say, end.causes,
        tuple(named.get(who) or who for who in end.to), tuple(named.get(who) for who, _ in placeholders(end.say.en)),
    )  # fmt: skip


def every_sight(pack) -> frozenset[tuple[object, ...]] | None:
    """Return what can be seen of a flow by any answers, None where that is too much."""
    found = []
    waiting = [engine.start(Tables(pack, "made"))]
    while waiting:
        session = waiting.pop()
        if len(found) > MOST:
            return None
        if session.place.is_end:
            found.append(seen(pack, session))
            continue
        numbers = [str(each) for each in range(4)] if isinstance(session.place.node, Number) else []
        waiting += [engine.respond(session, answer) for answer in (*numbers, *accepts(session.place))]
    return frozenset(found)


def equivalent_is_what_looks_the_same_by_any_answers(made: Made) -> None:
    before = every_sight(made)
    if before is None or len(before) > 300:
        return
    for each in of(made)[::3]:
        after = every_sight(Replaced(made, each.flow))
        assert after is None or equivalent(made.flows["made"], each, made) == (before == after), each.what.en


@pytest.mark.campaign
def test_mutants_of_any_flow(request):
    """What a pack costs to make is paid once for all that holds of its mutants."""

    def holds(made: Made) -> None:
        assert of(made, 1) == of(made, 1)
        every_mutant_runs_and_changes_one_node(made)
        equivalent_is_what_looks_the_same_by_any_answers(made)

    for_packs(request.config, 15, holds)


TWO = {"a": Option(text("a"), "one"), "b": Option(text("b"), "two")}
TWINS = one(
    {"n": Ask(text("?"), TWO), "one": END, "two": End("info", say=text("end")), "other": End("info", say=text("other"))}
)


def test_to_lead_to_a_twin_is_the_same():
    assert same(TWINS, n=Ask(text("?"), {**TWO, "a": Option(text("a"), "two")}))
    assert not same(TWINS, n=Ask(text("?"), {**TWO, "a": Option(text("a"), "other")}))


def test_an_answer_that_was_taken_before_can_not_lead_elsewhere():
    """The second fact is known, so its other cases are never taken."""
    second = FactNode("paid-from", to={"card": "end"}, else_="other")
    made = one({
        "first": FactNode("paid-from", to={"card": "second"}, else_="end"), "second": second, "end": END,
        "other": End("info", say=text("other")),
    })  # fmt: skip
    assert same(made, second=FactNode("paid-from", to={"card": "end"}, else_="end"))
    assert not same(made, second=FactNode("paid-from", to={"card": "other"}, else_="other"))


def test_a_bound_between_ranges_that_lead_to_the_same_is_none():
    ranges = (Range("end", 3), Range("end", 6), Range("other"))
    made = one({"n": Number(text("n"), (0, 9), ranges), "end": END, "other": End("info", say=text("other"))})
    assert same(made, n=Number(text("n"), (0, 9), (Range("end", 4), *ranges[1:])))
    assert not same(made, n=Number(text("n"), (0, 9), (ranges[0], Range("end", 5), ranges[2])))


def test_what_protects_or_fixes_counts_where_it_is_reached():
    made = one(
        {
            "n": Do(text("n"), "end", protects=True, fixes=("one",)),
            "end": END,
            "alone": Do(text("x"), "end", protects=True),
        }
    )
    assert not same(made, n=Do(text("n"), "end", fixes=("one",)))
    assert not same(made, n=Do(text("n"), "end", protects=True))
    assert same(made, alone=Do(text("x"), "end"))


def test_a_call_fixes_by_the_tries_of_its_step():
    made = one({"n": Call("step", "end", "end", ("one",)), "end": END}, EVERY.steps)
    assert not same(made, n=Call("step", "end", "end"))
    acts = Step("step", 1, text("step"), "in", {"in": Do(text("in"), "no"), "no": End("not-fixed")})
    assert same(
        one({"n": Call("step", "end", "end", ("one",)), "end": END}, {"step": acts}), n=Call("step", "end", "end")
    )


def test_a_role_is_the_contact_that_its_fact_names():
    named = FactNode("wallet", to={"alipay": "send"}, else_="end")
    made = one({"n": named, "send": End("hand-off", say=text("send"), to=("wallet",)), "end": END})
    assert same(made, send=End("hand-off", say=text("send"), to=("alipay",)))
    assert not same(made, send=End("hand-off", say=text("send"), to=("wechat",)))


def test_what_is_known_on_leaving_counts_if_the_next_flow_asks():
    made = one({"n": FactNode("wallet", go="leave"), "leave": Switch("other", ("one",))}, other=OTHER)
    assert not same(made, n=FactNode("paid-from", go="leave"))
    assert not same(made, leave=Switch("other"))


def test_an_end_that_looks_again_names_its_question():
    number = Number(text("n"), (0, 9), (Range("end"),))
    wait = End("wait", say=text("wait"), since="a", again="a")
    made = one(
        {
            "n": Ask(text("?"), {"a": Option(text("a"), "a"), "b": Option(text("b"), "a")}),
            "a": number,
            "b": number,
            "end": wait,
        }
    )
    assert not same(made, n=Ask(text("?"), {"a": Option(text("a"), "b"), "b": Option(text("b"), "a")}))
