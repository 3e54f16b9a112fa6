"""Numbers told digit by digit, and lists that only look like them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walletdoc.spelled import spelled


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("九、五、一、八、八", ["95188"]),
        ("9, 5, 1, 8, 8", ["95188"]),
        ("9五1八8", ["95188"]),
        ("95转188", ["95188"]),
        ("95 转 1 转 88", ["95188"]),
        ("nine five one double eight", ["95188"]),
        ("triple nine", []),  # two words, and no digit told by itself
        ("ninety-five one eighty-eight", ["95188"]),
        ("ninetyfive, one, eightyeight", ["95188"]),
        ("twelve, three, four hundred", []),
        ("one one zero", ["110"]),
        ("oh two one, six three three", ["021633"]),
        ("", []),
        ("one, two, three, four", ["1234"]),
        ("1、2、3、4、5", []),
        ("一、二、三、四、五", []),
        ("5, 3, 4, 2, 1 天", []),
        ("3 转 5", []),
        ("周一 10000", []),
        ("9:00-18:00", []),
        ("someone two three", []),
    ],
)
def test_what_is_told_digit_by_digit(text: str, digits: list[str]) -> None:
    assert [each.digits for each in spelled(text)] == digits


TOLD = st.lists(
    st.sampled_from(
        ["9", "88", "五", "两", "nine", "double eight", "ninety-five", "twelve", "转", "、", " ", "and", "元"]
    )
)


@given(TOLD.map(" ".join) | TOLD.map("".join) | st.text())
def test_any_text_is_taken_and_what_is_shown_is_in_it(text: str) -> None:
    for each in spelled(text):
        assert each.shown in text
        assert each.digits.isdigit()
