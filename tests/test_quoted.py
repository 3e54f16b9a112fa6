"""What a message repeats of what was typed."""

import pytest

from walletdoc.quoted import quoted

CARD = "6222021234567890128"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("balance", "balance"),
        ("a\x1b[2J\u202eb\n", "a<U+001B>[2J<U+202E>b<U+000A>"),
        ("x" * 100_000, "x" * 39 + "…"),
    ],
)
def test_short_and_visible(typed, shown) -> None:
    assert quoted(typed) == shown


@pytest.mark.parametrize("before", ["", "卡号 ", "x" * 30 + " ", "这是我的卡，" * 6])
def test_a_secret_is_not_repeated_and_not_cut_into_a_harmless_piece(before) -> None:
    assert not any(char.isdigit() for char in quoted(f"{before}{CARD}"))
