"""The rules about proofs: what truth.py finds as findings at their lines, and what else can't be or says nothing."""

import pytest

from tests.rules.asked import ask, example, shipped, step
from walletdoc.rules import AREAS

PROVED = ("fixed-exit", "cause-lost", "cause-lost-unsure", "cause-again", "cause-never-here", "too-many-facts")
REFRESH = "    fixes: [old-page]\n    fixed: done\n    not-fixed: call-wallet"
PAY = "    fixes: [never-paid]\n    fixed: done\n    not-fixed: call-wallet"


def found(text: str) -> list[tuple[str, str]]:
    return [(id_, each.source.split(":")[0]) for id_ in AREAS["proof"] for each in ask(id_, text)]


@pytest.mark.parametrize(
    ("swap", "expected"),
    [
        (
            (
                REFRESH,
                REFRESH.replace("fixed: done\n    not-fixed: call-wallet", "fixed: call-wallet\n    not-fixed: done"),
            ),
            [("fixed-exit", "fixed"), ("fixed-exit", "not-fixed"), ("cause-lost", "old-page")],
        ),
        (("    fixes: [old-page]\n", ""), [("cause-lost", "old-page")]),
        (("    fixes: [never-paid]\n", ""), [("cause-lost", "never-paid")]),
        (("    causes: [stuck]\n", ""), [("cause-lost", "stuck")]),
        (("    causes: [slow-bank]\n", ""), [("cause-lost", "slow-bank")]),
        (
            ("causes: [stuck]", "causes: [stuck, never-paid]"),
            [("cause-again", "causes"), ("cause-never-here", "causes")],
        ),
        (("causes: [slow-bank]", "causes: [slow-bank, stuck]"), [("cause-never-here", "causes")]),
        (
            ("end: hand-off", "end: info"),
            [
                ("cause-lost-unsure", "never-paid"),
                ("cause-lost-unsure", "old-page"),
                ("cause-lost-unsure", "slow-bank"),
            ],
        ),
        (("usual: processing", "usual: done"), [("cause-lost", "slow-bank"), ("truth-is-usual", "truth")]),
    ],
)
def test_each_fault_is_found_by_its_rule_at_its_line(swap, expected):
    assert set(expected) <= set(found(example(swap)))


def test_the_way_is_shown():
    (lost,) = ask("cause-lost", example(("    fixes: [never-paid]\n", "")))
    assert lost.message.endswith("(fact.wallet=alipay fact.money-taken=no pay-again=not-fixed)")


def test_a_fact_that_parts_the_way_twice_is_said_once():
    money = "money: {fact: money-taken, to: {yes: record, no: pay-again, unsure: call-wallet}}"
    again = money.replace("no: pay-again", "no: again") + "\n\n  " + money.replace("money:", "again:")
    (lost,) = ask("cause-lost", example((money, again), ("    fixes: [never-paid]\n", "")))
    assert lost.message.endswith("(fact.wallet=alipay fact.money-taken=no pay-again=not-fixed)")


def test_a_question_without_an_answer_of_a_cause_is_told_as_that():
    (lost,) = ask(
        "cause-lost",
        example(
            ("    usual: processing\n", ""),
            (
                "truth: {fact.money-taken: yes, waited: 3}",
                "truth: {fact.money-taken: yes, record: processing, waited: 3}",
            ),
        ),
    )
    assert lost.message == (
        "cause 'slow-bank' is not found: a truthful user stops at 'record' (fact.wallet=alipay fact.money-taken=yes), "
        "which has no 'usual', and the truth has no 'record'"
    )


def test_the_exits_of_a_step_are_told_of_in_the_step_alone():
    text = step(("    fixed: works\n    not-fixed: still-broken", "    fixed: still-broken\n    not-fixed: works"))
    assert [each.source for each in ask("fixed-exit", text)] == ["fixed: still-broken", "not-fixed: works"]
    assert [each for id_ in PROVED[1:] for each in ask(id_, text)] == []


# --- what no answers reach


def twice(options: str) -> str:
    nodes = f'  again: {{fact: money-taken, to: {options}}}\n\n  never:\n    end: info\n    say: {{zh: "好。", en: "Ok."}}\n\n  done:\n'
    return example((REFRESH, REFRESH.replace("call-wallet", "again")), ("  done:\n", nodes))


def test_an_end_behind_two_answers_that_contradict_each_other():
    assert [
        each.source for each in ask("unreached-end", twice("{yes: call-wallet, unsure: call-wallet, no: never}"))
    ] == ["never:"]
    assert ask("unreached-end", twice("{yes: never, unsure: call-wallet, no: call-wallet}")) == []


def test_after_paying_again_it_may_have_been_taken():
    # pay-again leads to record by `taken`, though `no` was said before
    assert [
        each.source for each in ask("unreached-end", twice("{no: call-wallet, unsure: call-wallet, yes: never}"))
    ] == []


def test_an_end_behind_an_exit_that_the_step_does_not_have():
    nodes = "  again: {call: freeze-wallet, fixed: done, not-fixed: call-wallet}\n\n  done:\n"
    text = example(
        (REFRESH, REFRESH.replace("fixed: done", "fixed: done").replace("call-wallet", "again")), ("  done:\n", nodes)
    )
    assert ask("unreached-end", text) == []
    lonely = text.replace(
        "  again: {call: freeze-wallet, fixed: done",
        '  other: {end: fixed, say: {zh: "好。", en: "Ok."}}\n\n  again: {call: freeze-wallet, fixed: other',
    )
    assert [each.source[:6] for each in ask("unreached-end", lonely)] == ["other:"]


# --- truths


@pytest.mark.parametrize(
    ("truth", "count"),
    [
        ("{fact.money-taken: yes, record: processing}", 1),
        ("{fact.money-taken: yes, record: [processing]}", 1),
        ("{fact.money-taken: yes, record: [processing, unsure]}", 0),
        ("{fact.money-taken: yes, waited: 0}", 1),
        ("{fact.money-taken: yes, waited: 1}", 0),
        ("{fact.money-taken: yes, fact.urged: no}", 1),
        ("{fact.money-taken: yes, fact.urged: yes}", 0),
        ("{fact.money-taken: yes}", 0),
    ],
)
def test_a_truth_that_is_usual(truth, count):
    text = example(("    truth: {fact.money-taken: yes}\n  stuck:", f"    truth: {truth}\n  stuck:"))
    assert [each.source for each in ask("truth-is-usual", text)] == [f"truth: {truth}"] * count


# --- causes that are alike

TWIN = '  twin:\n    title: {zh: "卡在银行", en: "Stuck at the bank"}\n    weight: 5\n    basis: judgement\n    truth: {fact.money-taken: yes, %s}\n\nstart: which\n'


@pytest.mark.parametrize(
    ("truth", "alike"),
    [
        ("waited: 3", True),
        ("waited: [3]", True),
        ("waited: 4", False),
        ("waited: [3, 4]", False),
        ("waited: 3, record: unsure", False),
        ("waited: 3, fact.urged: yes", False),
        ("waited: 3, later: 7", True),  # asked, but on no way to this end
    ],
)
def test_causes_that_no_answer_tells_apart(truth, alike):
    later = '  later: {number: {zh: "几？", en: "How many?"}, between: [0, 9], usual: 1, ranges: [{go: look-later}]}\n\n  done:\n'
    text = example(
        ("start: which\n", TWIN.lstrip("\n") % truth),
        ("causes: [stuck]", "causes: [stuck, twin]"),
        ("  done:\n", later),
        ("{below: 1, go: look-later}", "{below: 1, go: later}"),
    )
    expected = [("causes: [stuck, twin]", "no answer tells these causes apart: stuck, twin")] if alike else []
    assert [(each.source, each.message) for each in ask("causes-alike", text)] == expected


# --- ours


@pytest.mark.parametrize("id_", AREAS["proof"])
def test_our_flows_are_proved(id_):
    assert [each for text in shipped() for each in ask(id_, text)] == []
