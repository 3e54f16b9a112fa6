"""What stands to be chosen: plausible beside the right one, which nothing but knowing gives away."""

import pytest

from tests.practice.players import call, plans, specs, until
from walletdoc.locales import say
from walletdoc.practice.bestway import Call
from walletdoc.practice.desk import after, best, choices
from walletdoc.practice.endings import LISTS, items_of
from walletdoc.practice.offers import END, HINT, UNSAFE
from walletdoc.practice.speech import Speech


@pytest.mark.parametrize(
    ("flow", "near"),
    [
        ("refund-missing", {"refund-request", "transfer-missing", "topup-missing"}),
        ("pay-failed", {"transfer-failed"}),
        ("transfer-missing", {"topup-missing", "withdrawal-delayed", "transfer-failed"}),
        ("unbind-card", {"bind-card-failed"}),
    ],
)
def test_flows_that_are_easily_confused_are_near(flow, near):
    assert near <= {*plans().near(flow)[:6]}


@pytest.mark.parametrize("flow", ["pay-failed", "refund-missing", "login-failed"])
def test_what_stands_beside_a_question_stays_while_it_is_not_asked(flow):
    """What alone comes back after a wrong choice would be the right one."""
    for spec in [*specs(flow, levels=(1,), seed=2)][:6]:
        desk = until(Call(spec, plans()), "turn")
        before = {*choices(desk)} - {END, HINT, *UNSAFE, best(desk)}
        desk = after(desk, HINT)
        while desk.stage != "turn":
            desk = after(desk, best(desk))
        assert len(before & {*choices(desk)}) >= min(len(before), 2)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("stage", ["greet", "soothe", "secret", "scam"])
def test_the_right_tone_is_not_the_longest(stage, lang):
    right = {"greet": "calm-word", "soothe": "explain", "secret": "stop", "scam": "hang-up"}[stage]
    wrong = {
        "greet": ("blame", "promise"),
        "soothe": ("scold", "promise"),
        "secret": ("take", "ignore"),
        "scam": ("play-along", "call-back", "go-on"),
    }[stage]
    for wording in (1, 2):
        lengths = [len(say(lang, f"practice.{stage}-{each}-{wording}")) for each in wrong]
        assert len(say(lang, f"practice.{stage}-{right}-{wording}")) <= max(lengths)


def test_lists_of_things_to_prepare_differ_by_what_is_on_them_not_by_length():
    for seed in range(12):
        made = call("refund-missing", "overdue", seed=seed)
        right = {*made.way.right.prepare}
        lists = [items_of(made, letter) for letter in "abcd"]
        assert len({frozenset(things) for things, _ in lists}) == len(LISTS)
        assert [secret for _, secret in lists].count(True) == 1
        assert max(len(things) + secret for things, secret in lists) <= len(right) + 1
        assert not [things for things, secret in lists if secret and right <= {*things}]


def test_answers_are_given_in_the_mood_of_the_caller():
    said: dict[str, set[str]] = {}
    for seed in range(80):
        made = call(cause="old-list", seed=seed)
        desk = after(until(made, "turn"), "state")
        said.setdefault(made.caller.mood, set()).update(Speech(made, "zh").heard(desk))
    assert all(len(each) > 2 for each in said.values())
