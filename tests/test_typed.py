"""What is meant by what was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walletdoc.question import Choice
from walletdoc.typed import choice_of, number_of

CHOICES = (
    Choice("balance", "Not **enough** balance"),
    Choice("no", "没有扣"),
    Choice("unsure", "Don't know"),
    Choice("same", "没有扣 "),
    Choice("7", "seven"),
)


@pytest.mark.parametrize(
    ("typed", "id_"),
    [
        ("1", "balance"),
        ("１", "balance"),
        (" 3 ", "unsure"),
        ("03", "unsure"),
        ("3.", "unsure"),
        ("3、", "unsure"),
        ("balance", "balance"),
        ("Balance", "balance"),
        ("ｎｏ", "no"),
        ("not enough  BALANCE", "balance"),
        ("don't know", "unsure"),
        ("7", "7"),
        ("没有扣", None),
        ("", None),
        ("0", None),
        ("6", None),
        ("-1", None),
        ("1 2", None),
        ("99999999999999999999", None),
        ("bal", None),
        ("un sure", None),
        ("一", None),
    ],
)
def test_choice(typed, id_) -> None:
    assert choice_of(typed, CHOICES) == id_


def test_nothing_typed_is_not_a_choice_without_words() -> None:
    assert choice_of(" ", (Choice("a", ""), Choice("b", "B"))) is None


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("5", "5"),
        ("０５", "5"),
        (" 400 ", "400"),
        ("0", "0"),
        ("-0", "0"),
        ("-1", None),
        ("401", None),
        ("5.5", None),
        ("5e2", None),
        ("", None),
        ("five", None),
        ("9" * 5000, None),
        ("٣", None),
    ],
)
def test_number(typed, number) -> None:
    assert number_of(typed, (0, 400)) == number


def test_a_number_below_nothing() -> None:
    assert number_of("－５", (-10, -1)) == "-5"


@given(st.text(max_size=40))
def test_any_text_is_a_choice_or_none(typed) -> None:
    assert choice_of(typed, CHOICES) in {None, *(each.id for each in CHOICES)}
    assert number_of(typed, (-3, 3)) in {None, "-3", "-2", "-1", "0", "1", "2", "3"}
