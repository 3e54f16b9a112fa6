"""Lines of answers, and the names by which a question takes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walletdoc.answers import Asked, apart, from_key, named, never_asked, parse, takes
from walletdoc.failure import Failure

MESSAGE = Asked("0.pay-failed/message", "pay-failed", "message")
LATER = Asked("1.paid-no-order/message", "paid-no-order", "message")
AGAIN = Asked("2.pay-failed/message", "pay-failed", "message")
LOG_OUT = Asked("0.pay-failed/fresh-login/log-out", "pay-failed", "log-out", "log-in-again")
TWICE = Asked("0.pay-failed/once-more/log-out", "pay-failed", "log-out", "log-in-again")
WALLET = Asked("fact.wallet", "pay-failed", "whose-password")


@pytest.mark.parametrize("key", ["message", "pay-failed/message", "0.pay-failed/message"])
def test_an_ask_by_its_names(key) -> None:
    assert parse([f"{key}=balance"]).take(MESSAGE) == "balance"


@pytest.mark.parametrize(
    "key", ["log-out", "pay-failed/log-out", "log-in-again/log-out", "0.pay-failed/fresh-login/log-out"]
)
def test_a_node_of_a_step_by_its_names(key) -> None:
    assert parse([f"{key}=fixed"]).take(LOG_OUT) == "fixed"


@pytest.mark.parametrize("key", ["fact.wallet", "wallet", "whose-password", "pay-failed/whose-password"])
def test_a_fact_by_its_names(key) -> None:
    assert parse([f"{key}=alipay"]).take(WALLET) == "alipay"


@pytest.mark.parametrize(
    "key", ["massage", "account-locked/message", "1.pay-failed/message", "fact.message", "MESSAGE", "/message"]
)
def test_not_by_another(key) -> None:
    answers = parse([f"{key}=balance"])
    assert answers.take(MESSAGE) is None
    assert answers.unused() == (f"{key}=balance",)


@pytest.mark.parametrize(
    "line",
    [
        "message=balance",
        " message = balance ",
        "\tmessage=balance\r\n",
        "\ufeffmessage=balance",
        "message＝balance",
        "message=balance  # as seen",
    ],
)
def test_however_a_line_is_spaced(line) -> None:
    assert parse(["# what the page said", "", "  ", line]).take(MESSAGE) == "balance"


@pytest.mark.parametrize(
    "line", ["message", "message=", "=balance", "=", "message=a=b", "message=not enough", "two words=a", "a=b\nc=d"]
)
def test_a_malformed_line_is_named(line) -> None:
    with pytest.raises(Failure, match="line 3") as caught:
        parse(["# comment", "phone=same", line])
    assert caught.value.code == 2
    assert "第 3 行" in caught.value.message.zh


def test_a_hostile_line_is_made_visible() -> None:
    with pytest.raises(Failure, match=r"<U\+202E>") as caught:
        parse(["\u202ehello\x1b[2J"])
    assert "\x1b" not in caught.value.message.en + caught.value.message.zh


def test_the_same_key_twice_is_refused() -> None:
    with pytest.raises(Failure, match="line 3 gives 'message' again; line 1") as caught:
        parse(["message=balance", "", "message=balance"])
    assert caught.value.code == 2


@pytest.mark.parametrize(
    ("first", "second", "key", "names"),
    [
        (MESSAGE, LATER, "message", "'pay-failed/message' or 'paid-no-order/message'"),
        (MESSAGE, AGAIN, "message", "'0.pay-failed/message' or '2.pay-failed/message'"),
        (MESSAGE, AGAIN, "pay-failed/message", "'0.pay-failed/message' or '2.pay-failed/message'"),
        (
            LOG_OUT,
            TWICE,
            "log-in-again/log-out",
            "'0.pay-failed/fresh-login/log-out' or '0.pay-failed/once-more/log-out'",
        ),
        (
            WALLET,
            Asked("0.pay-failed/wallet", "pay-failed", "wallet"),
            "wallet",
            "'fact.wallet' or 'pay-failed/wallet'",
        ),
    ],
)
def test_a_key_that_two_places_go_by_is_ambiguous(first, second, key, names) -> None:
    answers = parse([f"{key}=balance"])
    assert answers.take(first) == "balance"
    with pytest.raises(Failure, match=f"'{key}' is asked in two places: say {names}") as caught:
        answers.take(second)
    assert caught.value.code == 2
    for name in apart(first, second):
        assert name in caught.value.message.zh


def test_an_exact_key_comes_before_a_bare_one() -> None:
    answers = parse(["message=balance", "paid-no-order/message=limit"])
    assert (answers.take(MESSAGE), answers.take(LATER)) == ("balance", "limit")
    assert answers.unused() == ()


def test_a_place_that_is_asked_again_gets_its_answer_again() -> None:
    answers = parse(["message=balance"])
    assert [answers.take(MESSAGE), answers.take(MESSAGE)] == ["balance", "balance"]


def test_what_was_never_asked_is_named_in_order() -> None:
    answers = parse(["z=1", "message=balance", "a=2"])
    answers.take(MESSAGE)
    assert answers.unused() == ("z=1", "a=2")
    failure = never_asked(answers.unused())
    assert (failure.code, failure.message.en.endswith(": z=1, a=2")) == (2, True)


def test_keys_by_name() -> None:
    places = [from_key(each.key) for each in (MESSAGE, LATER, LOG_OUT, WALLET)]
    assert named("message", places) == (MESSAGE.key, LATER.key)
    assert named("pay-failed/message", places) == (MESSAGE.key,)
    assert named("log-out", places) == (LOG_OUT.key,)
    assert named("wallet", places) == named("fact.wallet", places) == (WALLET.key,)
    assert named("phone", places) == named("", places) == ()


def test_what_a_question_takes() -> None:
    assert takes(["balance", "unsure"], None) == "balance, unsure"
    assert takes(["unsure"], (0, 400)) == "0–400, unsure"


@given(st.lists(st.text(max_size=30), max_size=5))
def test_any_lines_are_read_or_refused(lines) -> None:
    try:
        read = parse(lines).unused()
    except Failure as failure:
        read = (f"={failure.code}",)
    assert all("=" in each for each in read)
