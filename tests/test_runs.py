"""Digits as the eye reads them: which characters are digits, what touches, what is only near."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walletdoc.runs import chains, read, size

NOTHING = re.compile("(?!)")


def digits(text: str) -> list[str]:
    """Return the digits of each chain, a comma between its runs."""
    return [",".join("".join(token.digits for token in run) for run in chain) for chain in chains(read(text, NOTHING))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("没有", []),
        ("none at all", []),
        ("123", ["123"]),
        ("１２３", ["123"]),
        ("٤٢", ["42"]),
        ("①②⑩❶", ["12101"]),
        ("1️⃣2️⃣", ["12"]),
        ("一二三零〇幺两", ["1230012"]),
        ("壹贰叁", ["123"]),
        ("1\u200b2\u00ad3\u0000", ["123"]),
        ("12 34-56.78\n90", ["12,34,56,78,90"]),
        ("（12）［34］", ["12,34"]),
        ("12、34，56。78", ["12,34,56,78"]),
        ("12ー34", ["12,34"]),
        ("12       34", ["12", "34"]),  # seven spaces are a gap
        ("12和34", ["12", "34"]),
        ("12 and 34", ["12", "34"]),
        ("6O2l", ["6021"]),
        ("no 6222", ["6222"]),  # the o belongs to a word
        ("6222 is", ["6222"]),
        ("I 6222", ["6222"]),
        ("6222 OOOO 1", ["6222,0000,1"]),
        ("6222 lOl", ["6222,101"]),
        ("1 O 2 l", ["1,0,2,1"]),
        ("1x", ["1x"]),
        ("oil", []),
        ("12 is 34", ["12", "34"]),
        ("123456，一直", ["123456"]),
        ("一二 三", ["12,3"]),
        ("6222OK", ["6222"]),
    ],
)
def test_digits(text: str, expected: list[str]) -> None:
    assert digits(text) == expected


def test_what_is_opaque_parts_and_is_no_digit() -> None:
    found = chains(read("12 34 56", re.compile("34")))
    assert [[size(run) for run in chain] for chain in found] == [[2], [2]]


@given(st.text(max_size=40))
def test_places_are_those_of_the_text(text: str) -> None:
    seen = read(text, NOTHING)
    assert len(seen.chars) == len(seen.kinds) == len(seen.at)
    assert list(seen.at) == sorted(seen.at)
    for chain in chains(seen):
        for run in chain:
            assert size(run) == sum(len(token.digits) for token in run)
            for token in run:
                assert re.fullmatch("[0-9x]+", token.digits)
