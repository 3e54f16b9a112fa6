"""Numbers in a text: what is one, where it begins and ends, and what belongs to it."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walletdoc.digits import numbers

TRICKY = st.sampled_from(
    "0159OIlB|一九幺两〇①٣+*#-–.,/;:!?&() \t\n。，、¥$元块天分机转x个a@_=\\\u200b\u0301\u20e3\u3164\ud800\U000e0001🐟"
)


def keys(text: str, *listed: str) -> list[str]:
    return [number.key for number in numbers(text, lambda key: key in listed)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("没有数字", []),
        ("95188", ["95188"]),
        ("12", []),
        ("我有 12", []),
        ("我有 123", ["123"]),
        ("客服95188，或95017", ["95188", "95017"]),
        ("95188\n95017", ["95188", "95017"]),
        ("95188, 95017", ["95188", "95017"]),
        ("95188/95017", ["95188", "95017"]),
        ("95188 95017", ["9518895017"]),  # a space parts the groups of one number
        ("1. 95188", ["95188"]),
        ("1.95188", ["195188"]),
        ("95188,1", ["951881"]),
        ("95188;1", ["951881"]),
        ("110,1", ["1101"]),
        ("1,95188", ["195188"]),
        ("9,5,1,8,8", ["95188"]),
        ("1/10", []),
        ("11/22", []),
        ("+86 (571) 8765-4321", ["+8657187654321"]),
        ("*95188#", ["*95188#"]),
        ("**95188**", ["95188"]),
        ("- 95188", ["95188"]),
        ("* 95188", ["95188"]),
        ("95188 *", ["95188"]),
        ("第三方95188", ["95188"]),
        ("周一95188打来", ["95188"]),
        ("打95188一下", ["95188"]),
        ("95188一", ["951881"]),
        ("九五一八八", ["95188"]),
        ("玖伍壹捌捌", ["95188"]),
        ("九五幺八八", ["95188"]),
        ("95l88", ["95188"]),
        ("95188 l 95017", ["95188", "95017"]),  # an open letter, and no listed number with it
        ("call 95188 I said", ["95188"]),
        ("lO95I88", ["1095188"]),
        ("of95188", ["95188"]),
        ("tel95188", ["95188"]),
        ("95188\u200bI", ["951881"]),
        ("95\u3164188", ["95188"]),
        ("Boss", []),
        ("***#", []),
        ("9\u20e35\u20e31\u20e38\u20e3B\u20e3", ["95188"]),
        ("扣了110元", []),
        ("扣了 1,000.50 元", []),
        ("¥110", []),
        ("$ 12345", []),
        ("50000块", []),
        ("等了110天", []),
        ("110天天打来", ["110"]),
        ("95188日夜打来", ["95188"]),
        ("110分机1", ["110"]),
        ("95188万一是假的", ["95188"]),
        ("95188 24小时", ["95188"]),
        ("95188（24小时）", ["95188"]),
        ("95188 24/7", ["95188"]),
        ("95188 3 times", ["95188"]),
        ("2026年11月22日95188", ["95188"]),
        ("95188 分机 8001", ["95188"]),
    ],
)
def test_what_is_a_number(text: str, expected: list[str]) -> None:
    assert keys(text) == expected


def test_open_letters_and_commas_belong_to_a_listed_number() -> None:
    assert keys("95 l 88", "95188") == ["95188"]
    assert keys("call 110 I said", "110") == ["110"]
    assert keys("gSIBB", "95188") == ["95188"]
    assert keys("400,758,5858", "4007585858") == ["4007585858"]
    assert keys("400,758,5858") == ["400", "758", "5858"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("95188", "alone"),
        ("95188转1", "extension"),
        ("95188 转接 ８", "extension"),
        ("95188转一", "extension"),
        ("95188 ext. 12", "extension"),
        ("95188x12", "extension"),
        ("95188转人工", "alone"),
        ("www.95188.com", "address"),
        ("https://95188/", "address"),
        ("95188@example.com", "address"),
        ("kf95188", "address"),
        ("95188vip", "address"),
        ("tel:95188", "alone"),
        ("No.95188", "alone"),
        ("Alipay:95188", "alone"),
        ("Alipay (95188)", "alone"),
    ],
)
def test_what_belongs_to_it(text: str, place: str) -> None:
    assert [(number.key, number.place) for number in numbers(text, lambda _: False)] == [("95188", place)]


def test_shown_is_what_was_written() -> None:
    (number,) = numbers("打 ９5-一\u200b8８ 吧", lambda _: False)
    assert number.shown == "９5-一\u200b8８"


@given(st.text(st.characters(exclude_categories=())) | st.text(TRICKY, max_size=40))
def test_any_text_is_taken_and_shown_parts_are_in_it_in_order(text: str) -> None:
    for known in (False, True):
        start = 0
        for number in numbers(text, lambda _, known=known: known):  # type: ignore[misc]  # the default binds the loop's value
            start = text.index(number.shown, start) + 1
            assert number.key


@pytest.mark.parametrize("text", ["1,", "*", "1-", "I ", "一", "+", "1. ", "a1@", "¥1元", "95188转1", "9 "])
def test_long_texts_take_linear_time(text: str) -> None:
    began = process_time()
    numbers(text * 4_000, lambda _: False)
    assert process_time() - began < 2  # a quadratic one takes many times that
