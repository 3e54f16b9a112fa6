"""The caller: drawn from a seed, truthful, and slipping only as the level allows."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.practice.players import call, moves, plans, play
from walletdoc.flow import UNSURE
from walletdoc.practice.caller import LEVELS
from walletdoc.practice.chance import Draw
from walletdoc.practice.desk import answer_phone, best
from walletdoc.practice.offers import place_of
from walletdoc.practice.speech import Speech
from walletdoc.redact import redact
from walletdoc.truth import values

SEEDS = st.integers(0, 2**31 - 1)
CAUSES = sorted(plans().library.flow("pay-failed").causes)


@settings(max_examples=15)
@given(SEEDS, st.sampled_from(CAUSES), st.sampled_from(LEVELS))
def test_the_same_seed_gives_the_same_call(seed, cause, level):
    one, other = (call("pay-failed", cause, level, seed) for _ in range(2))
    assert one.caller == other.caller
    assert [Speech(each, "zh").opening() for each in (one, other)] == [Speech(one, "zh").opening()] * 2
    assert moves(play(one, best)) == moves(play(other, best))
    assert play(one, best).heard == play(other, best).heard


@given(SEEDS, st.sampled_from(CAUSES))
def test_what_is_drawn_is_true_of_the_cause(seed, cause):
    made = call("pay-failed", cause, 1, seed)
    truth = made.flow.causes[cause].truth
    assert all(answer in truth[key] for key, answer in made.caller.said.items())
    for fact, answer in made.caller.facts.items():
        assert answer in values(made.library.facts[fact], truth.get(f"fact.{fact}"))


def test_another_flow_gets_unsure_and_its_tries_do_not_help():
    made = call()
    assert made.caller.truth(place_of(made, "pay-failed:message")) == UNSURE
    assert made.caller.truth(place_of(made, "pay-failed:top-up")) == "not-fixed"


def test_a_try_helps_exactly_where_it_fixes_the_cause():
    right = call("pay-failed", "network-bad")
    assert right.caller.truth(place_of(right, "network/switch-network")) == "fixed"
    assert right.caller.truth(place_of(right, "clean-cache/clear")) == "not-fixed"


def slips(level: int) -> list[tuple[int, int, int]]:
    found = []
    for seed in range(40):
        slip = call("pay-failed", "balance-short", level, seed).slips
        found.append((len(slip.unknown), len(slip.astray), len(slip.wrong or {})))
    return found


def test_callers_slip_as_their_level_allows():
    assert set(slips(1)) == {(0, 0, 0)}
    assert set(slips(2)) == {(1, 0, 0), (0, 1, 0)}
    assert {(1, 0, 1), (0, 1, 1)} <= set(slips(3)) <= {(1, 0, 1), (0, 1, 1), (0, 0, 1)}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_a_caller_says_holds_together(lang):
    for seed in range(20):
        made = call("refund-missing", "overdue", seed=seed)
        opening = Speech(made, lang).opening()
        said = [
            int(answer) for place, answer in zip(made.way.places, made.way.answers, strict=True) if place.id == "waited"
        ]
        assert [made.days] == said
        assert made.caller.particulars.amount in opening
        assert (f"{made.days} 个工作日" if lang == "zh" else f"{made.days} working days") in opening


@pytest.mark.parametrize(("lang", "wechat", "alipay"), [("zh", "微信", "支付宝"), ("en", "wechat", "alipay")])
def test_an_opening_names_no_other_wallet(lang, wechat, alipay):
    for seed in range(60):
        made = call("pay-failed", "system-fault", 1, seed)
        opening = Speech(made, lang).opening().casefold()
        assert made.caller.facts["wallet"] == "wechat" or wechat not in opening
        assert made.caller.facts["wallet"] == "alipay" or alipay not in opening


def test_nothing_that_is_made_up_looks_like_a_secret():
    for seed in range(300):
        made = call(seed=seed).caller.particulars
        given = [made.reference(each) for each in ("order-number", "trade-number", "refund-number")]
        assert len(set(given)) == len(given)
        assert redact(f"订单号 {'，'.join(given)}，{made.amount} 元").count("●") == 0


def test_no_words_are_missing():
    for lang in ("zh", "en"):
        for level in LEVELS:
            for seed in range(12):
                made = call("pay-failed", "scam-payment", level, seed)
                assert "{" not in "".join(Speech(made, lang).heard(answer_phone(made)))


def test_draws_are_the_same_on_every_machine():
    draw = Draw("a", 1)
    assert [draw.between(0, 99) for _ in range(4)] == [draw.between(0, 99) for draw in [Draw("a", 1)] for _ in range(4)]
    assert Draw("a", 1).shuffled("abcdef") == tuple(Draw("a", 1).shuffled("abcdef"))
    assert sorted(Draw(2).one_by_one("abc")) == ["a", "b", "c"]
    assert Draw(3).weighted({"never": 0, "always": 5}) == "always"
    assert Draw(3).weighted({"one": 0, "other": 0}) in {"one", "other"}
