"""The rules about shape, beyond the examples of their manuals: what they find, on which line, and what they leave alone."""

import pytest

from tests.rules.asked import AS_OF, as_read, ask, ask_pack, example, of, ours, shipped, step, subject
from tests.rules.test_craft import registries
from walletdoc.known import Known
from walletdoc.rules import AREAS, rule
from walletdoc.subject import PackSubject

DONE = "  done:\n"
DO = '{do: {zh: "好", en: "Ok"}, done: '


def adding(*nodes: str, **targets: str) -> str:
    """Return the example with more nodes, and some of its targets changed: `not_fixed="x"` of refresh."""
    swaps = [(DONE, "".join(f"  {node}\n" for node in nodes) + "\n" + DONE)]
    if "not_fixed" in targets:
        swaps.append(
            (
                "fixes: [old-page]\n    fixed: done\n    not-fixed: call-wallet",
                f"fixes: [old-page]\n    fixed: done\n    not-fixed: {targets['not_fixed']}",
            )
        )
    return example(*swaps)


# --- ways


def test_nodes_that_nothing_reaches_each_at_its_line():
    text = adding(f"one: {DO}two}}", f"two: {DO}call-wallet}}")
    assert [each.source[:4] for each in ask("unreachable-node", text)] == ["one:", "two:"]
    assert ask("unreachable-node", adding(f"one: {DO}two}}", f"two: {DO}call-wallet}}", not_fixed="one")) == []


def test_circles_are_shown_where_they_close():
    found = ask("circle", adding(f"one: {DO}two}}", f"two: {DO}one}}", not_fixed="one"))
    assert [(each.source[:4], each.message) for each in found] == [
        ("two:", "this leads back to 'one': one → two → one")
    ]
    found = ask("circle", adding(f"one: {DO}one}}", not_fixed="one"))
    assert [each.message for each in found] == ["this leads back to 'one': one → one"]


def test_a_node_with_two_ways_to_it_is_no_circle():
    assert ask("circle", example()) == []


def test_a_flow_in_a_circle_is_told_of_once():
    text = adding(f"one: {DO}which}}", not_fixed="one")
    for area in ("shape", "proof", "safety"):
        for id_ in AREAS[area]:
            if rule(id_, "").check is not None:
                assert len(ask(id_, text)) == (id_ == "circle"), id_


# --- numbers

RANGES = "    ranges: [{below: 1, go: look-later}, {go: call-wallet}]"


@pytest.mark.parametrize(
    ("ranges", "message"),
    [
        ("[{below: 0, go: look-later}, {go: call-wallet}]", "no number is below 0: the lowest that is left is 0"),
        ("[{below: -3, go: look-later}, {go: call-wallet}]", "no number is below -3: the lowest that is left is 0"),
        ("[{below: 401, go: look-later}, {go: call-wallet}]", "the ranges before it take every number up to 400"),
        ("[{below: 400, go: look-later}, {go: call-wallet}]", None),
        ("[{below: 1, go: look-later}, {go: call-wallet}]", None),
        ("[{go: call-wallet}]", None),
        ("[{below: 401, go: look-later}]", None),
    ],
)
def test_ranges_that_take_no_number(ranges, message):
    found = [each.message for each in ask("idle-range", example((RANGES, f"    ranges: {ranges}")))]
    assert found == ([message] if message else [])


# --- facts


def test_a_role_needs_its_fact_on_every_way():
    text = example(
        ("start: which", "start: money"),
        ("unsure: call-wallet}}", "unsure: which}}"),
        ("which: {fact: wallet, go: money}", "which: {fact: wallet, go: call-wallet}"),
    )
    found = ask("fact-not-known", text)
    assert {each.source.split(":")[0] for each in found} == {"to", "say"}
    assert found[0].message == "'wallet' is not known on every way to here (fact.money-taken=no pay-again=not-fixed)"


@pytest.mark.parametrize("role", ["bank", "merchant", "carrier", "police", "anti-fraud", "regulator"])
def test_a_role_with_a_contact_of_its_own_needs_no_fact(role):
    swaps = (
        ("to: [wallet]", f"to: [{role}]"),
        ("{wallet.name}查", f"{{{role}.name}}查"),
        ("{wallet.hotline}。查", "查"),
        ("Ask {wallet.name} to trace it: {wallet.hotline}.", "Ask."),
        ("start: which", "start: money"),
    )
    text = example(*swaps).replace("  which: {fact: wallet, go: money}\n", "")
    assert ask("fact-not-known", text) == []


def test_a_step_that_is_called_can_ask_for_the_flow():
    text = example(("  which: {fact: wallet, go: money}", "  which: {call: freeze-wallet, not-fixed: money}"))
    assert ask("fact-not-known", text) == []
    text = text.replace("freeze-wallet", "report-card-loss")
    assert len(ask("fact-not-known", text)) == 3  # `to`, and the text in each language


def test_a_step_asks_for_itself():
    text = step(("卡住的页面要重新打开才会好。", "问{wallet.name}。"))
    assert [each.message for each in ask("fact-not-known", text)] == ["'wallet' is not known on every way to here"]
    asks = text.replace("start: restart", "start: which").replace(
        "nodes:\n", "nodes:\n  which: {fact: wallet, go: restart}\n"
    )
    assert ask("fact-not-known", asks) == []


# --- calls


@pytest.mark.parametrize(
    ("call", "missing"),
    [
        ("{call: check-network, fixed: done}", ["not-fixed"]),
        ("{call: check-network, not-fixed: call-wallet}", ["fixed"]),
        ("{call: check-network}", ["fixed", "not-fixed"]),
        ("{call: freeze-wallet, not-fixed: call-wallet}", []),
        ("{call: check-network, fixed: done, not-fixed: call-wallet}", []),
    ],
)
def test_each_end_of_a_step_leads_somewhere(call, missing):
    found = ask("unmapped-end", adding(f"again: {call}", not_fixed="again"))
    assert [(each.source[:6], each.message) for each in found] == [
        (
            "again:",
            f"the step '{call[7:].partition(',')[0].rstrip('}')}' may end '{end}'; say by '{end}' where that leads",
        )
        for end in missing
    ]


# --- size


def numbers(count: int) -> str:
    nodes = [
        f'n{at}: {{number: {{zh: "几？", en: "How many?"}}, between: [0, 9], ranges: [{{go: n{at + 1}}}]}}'
        for at in range(count)
    ]
    return adding(*nodes, f"n{count}: {DO}call-wallet}}", not_fixed="n0")


def test_a_way_asks_12_questions_at_most():
    # which, money and record come first
    assert ask("many-questions", numbers(9)) == []
    assert [(each.source[:3], each.message) for each in ask("many-questions", numbers(11))] == [
        ("n9:", "this may be question 13 of a user; at most 12 are asked")
    ]


def test_a_fact_that_is_known_is_no_question():
    text = numbers(9).replace("n9: {do:", "n9: {fact: wallet, go: m}\n  m: {do:")
    assert ask("many-questions", text) == []
    assert len(ask("many-questions", text.replace("n9: {fact: wallet", "n9: {fact: bank"))) == 1
    assert (
        len(
            ask(
                "many-questions",
                text.replace("n9: {fact: wallet, go: m}", "n9: {call: report-card-loss, not-fixed: m}"),
            )
        )
        == 1
    )


def test_a_flow_has_40_nodes_at_most():
    has = len(
        [each for each in example().partition("\nnodes:")[2].split("\n") if each[:2] == "  " and each[2:3].isalpha()]
    )
    nodes = [f"n{at}: {DO}n{at + 1}}}" for at in range(40 - has)]
    assert ask("many-nodes", adding(*nodes)) == []
    found = ask("many-nodes", adding(*nodes, f"last: {DO}done}}"))
    assert [(each.source, each.message) for each in found] == [
        ("nodes:", "there are 41 nodes; more than 40 are too many")
    ]


# --- switches


def chain(*to: str) -> list[str]:
    """Return flows a, b, c, … each of which switches to the next named, and the last to nothing."""
    texts = []
    for at, target in enumerate(to):
        text = adding("go-on: " + f"{{switch: {target}}}", not_fixed="go-on") if target else example()
        texts.append(text.replace("flow: example", f"flow: {'abcdefgh'[at]}"))
    return texts


def switched(*flows: str) -> dict[str, str]:
    return {key: each.message for key, each in ask_pack("many-switches", registries(), *flows)}


def test_three_switches_in_a_row_and_no_more():
    assert switched(*chain("b", "c", "d", "")) == {}
    assert switched(*chain("b", "c", "d", "e", "")) == {
        "a": "from here on users may switch more than 3 times: a → b → c → d → e"
    }


def test_a_circle_of_switches():
    assert set(switched(*chain("b", "a"))) == {"a", "b"}
    assert set(switched(*chain("a"))) == {"a"}


WHICH = "  which: {fact: wallet, go: money}"


def by(flow: str, fact: str, option: str) -> str:
    """Return a flow that switches at once for one option of a fact."""
    return (
        flow
        if "go-on" not in flow
        else flow.replace("not-fixed: go-on", "not-fixed: call-wallet").replace(
            WHICH, f"  which: {{fact: {fact}, to: {{{option}: go-on}}, else: money}}"
        )
    )


def test_what_the_facts_exclude_is_no_chain():
    flows = chain("b", "c", "d", "e", "")
    assert set(switched(*(by(each, "bank", "other") for each in flows))) == {"a"}
    assert (
        switched(*(by(each, "bank", option) for each, option in zip(flows, ("other", "unsure") * 3, strict=False)))
        == {}
    )


def test_money_may_be_taken_after_all_but_does_not_come_back():
    flows = chain("b", "c", "d", "e", "")
    no, yes = ([by(each, "money-taken", option) for each in flows] for option in ("no", "yes"))
    assert set(switched(no[0], *yes[1:])) == {"a"}
    assert switched(yes[0], *no[1:]) == {}


def test_a_switch_in_a_step_counts():
    texts = [
        each.replace("{switch: ", "{call: example-step, fixed: done, not-fixed: call-wallet} # ")
        for each in chain("b", "")
    ]
    loops = step(
        ("    not-fixed: still-broken\n", "    not-fixed: away\n"), ("  works:", "  away: {switch: a}\n  works:")
    )
    found = ask_pack_with_step(texts[0], loops)
    assert found == ["from here on users may switch more than 3 times: a → a → a → a → a"]


def ask_pack_with_step(flow: str, text: str) -> list[str]:
    made, asked = as_read(text)[1], subject(flow)

    class Pack:
        facts = asked.library.facts

        def step(self, _: str) -> object:
            return made

    asked.__dict__["known"] = Known(asked.owner, Pack())
    many = of("many-switches")
    pack = PackSubject({"a": many.note(asked)}, {}, asked.library, AS_OF)
    return [each.message.en for _, each in many.check_pack(pack)]


# --- ours


@pytest.mark.parametrize("id_", AREAS["shape"])
def test_our_flows_and_steps_are_in_shape(id_):
    if rule(id_, "").check is not None:
        assert [each for text in shipped() for each in ask(id_, text)] == []
    asked = rule(id_, "")
    if asked.note is not None and asked.check_pack is not None:
        subjects = {each.file.key: each for each in map(subject, shipped())}
        notes = {key: asked.note(each) for key, each in subjects.items()}
        assert list(asked.check_pack(PackSubject(notes, {}, ours(), AS_OF))) == []
