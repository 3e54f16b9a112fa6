"""What a caller says first: a sentence that can be spoken, true of them, with sums and shops only where there are some."""

import pytest

from tests.practice.players import call, plans, specs
from walletdoc.practice.bestway import Call
from walletdoc.practice.caller import MOODS
from walletdoc.practice.opening import is_question, phrase, spoken, tells_money, tells_shop
from walletdoc.practice.speech import Speech

FLOWS = [file.id for file in plans().library.flows]
SLIPS = ("忘记秘码", "解帮银行卡", "转帐失拜", "限額調不了", "acount blocked for no reason", "custmer service please")


def openings(flow, lang, seeds=(0, 1)):
    return [
        Speech(Call(spec, plans()), lang).opening() for seed in seeds for spec in specs(flow, levels=(1,), seed=seed)
    ]


@pytest.mark.parametrize(
    "flow", ["password-reset", "unbind-card", "transfer-failed", "limits-identity", "account-locked"]
)
def test_what_is_misspelt_is_not_spoken(flow):
    said = " ".join(openings(flow, "zh") + openings(flow, "en"))
    assert not [slip for slip in SLIPS if slip in said]


@pytest.mark.parametrize(
    ("flow", "money", "shop"),
    [
        ("duplicate-charge", True, True),
        ("refund-missing", True, True),
        ("transfer-missing", True, False),
        ("withdrawal-delayed", True, False),
        ("merchant-side", False, False),
        ("contact-support", False, False),
        ("login-failed", False, False),
        ("unbind-card", False, False),
    ],
)
def test_a_sum_is_told_where_there_is_one_and_a_shop_where_it_was_paid_there(flow, money, shop):
    made = plans().library.flow(flow)
    assert (tells_money(made), tells_shop(made)) == (money, shop)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_opening_is_a_whole_sentence_and_asks_once(lang):
    doubled = ("怎么办，这可怎么办", "，，", "。。", "？？", "！，", "..", "??", "!?", "?.")
    for flow in FLOWS:
        for said in openings(flow, lang, seeds=(3,)):
            assert "{" not in said
            assert said[-1] in "。！？.!?", said
            assert not [each for each in doubled if each in said], said


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_mood_can_be_heard_in_what_is_said_first(lang):
    heard = {}
    for seed in range(60):
        made = call(seed=seed)
        first = Speech(made, lang).opening().replace(spoken(phrase(made, lang), lang), "")
        heard.setdefault(made.caller.mood, set()).add(first)
    assert set(heard) == set(MOODS)
    assert all(one.isdisjoint(other) for mood, one in heard.items() for less, other in heard.items() if mood != less)


@pytest.mark.parametrize(
    ("said", "lang", "expected"),
    [
        ("退款怎么还没到", "zh", True),
        ("转账能撤回吗", "zh", True),
        ("怎么搞的转不了", "zh", False),
        ("刷单被骗了几千", "zh", False),
        ("收不到验证码", "zh", False),
        ("can I cancel a transfer", "en", True),
        ("can't get into the app", "en", False),
        ("pin is blocked, how to unblock", "en", True),
        ("withdrawal still pending", "en", False),
    ],
)
def test_a_question_is_told_from_a_statement(said, lang, expected):
    assert is_question(said, lang) is expected


def test_when_it_was_is_never_in_the_future_and_the_same_each_time():
    for seed in range(20):
        made = call("transfer-missing", "returning", seed=seed)
        assert made.days == int(
            dict(zip([each.id for each in made.way.places], made.way.answers, strict=True))["back-days"]
        )
        assert 2 <= made.caller.particulars.hours <= 6
