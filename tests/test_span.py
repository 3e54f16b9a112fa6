"""Places in a text, and the line with a caret."""

import pytest

from walletdoc.span import Span, at, excerpt


@pytest.mark.parametrize(
    ("source", "part", "span"),
    [
        ("abc", "b", Span(1, 2, 1, 3)),
        ("一二\n三四", "四", Span(2, 2, 2, 3)),
        ("🙂中x", "x", Span(1, 3, 1, 4)),
        ("a\nbc\nd", "bc\nd", Span(2, 1, 3, 2)),
        ("a\n", "", Span(1, 1, 1, 1)),
    ],
)
def test_a_place_counts_characters_from_one(source: str, part: str, span: Span) -> None:
    start = source.index(part)
    assert at(source, start, start + len(part)) == span


def test_the_end_of_the_text_is_a_place() -> None:
    assert at("a\n", 2, 2) == Span(2, 1, 2, 1)
    assert at("", 0, 0) == Span(1, 1, 1, 1)


@pytest.mark.parametrize(
    ("source", "span", "expected"),
    [
        ("a: bc", Span(1, 4, 1, 6), "    1 | a: bc\n           ^^"),
        ("x\n支付: 好", Span(2, 5, 2, 6), "    2 | 支付: 好\n              ^^"),
        ("支付: x", Span(1, 1, 1, 3), "    1 | 支付: x\n        ^^^^"),
        ("e\u0301: x", Span(1, 5, 1, 6), "    1 | e\u0301: x\n           ^"),
        ("\ta", Span(1, 2, 1, 3), "    1 |  a\n         ^"),
        ("abc\ndef", Span(1, 2, 2, 2), "    1 | abc\n         ^^"),
        ("abc\r\n", Span(1, 3, 1, 4), "    1 | abc\n          ^"),
        ("ab", Span(1, 3, 1, 3), "    1 | ab\n          ^"),
        ("好x", Span(1, 1, 1, 1), "    1 | 好x\n        ^^"),
        ("ab", Span(1, 90, 1, 91), "    1 | ab\n          ^"),
        ("", Span(1, 1, 1, 1), "    1 | \n        ^"),
        ("a", Span(2, 1, 2, 2), ""),
        ("a", Span(0, 1, 0, 2), ""),
        ("\x1b[2Jx: y", Span(1, 5, 1, 6), "    1 | <U+001B>[2Jx: y\n" + " " * 19 + "^"),
    ],
)
def test_the_caret_stands_under_the_text(source: str, span: Span, expected: str) -> None:
    assert excerpt(source, span) == expected


def test_a_long_line_is_cut_around_the_span() -> None:
    line = "a" * 500_000 + "B" + "c" * 500_000
    shown, carets = excerpt(line, Span(1, 500_001, 1, 500_002)).split("\n")
    assert len(shown) < 200
    assert shown[carets.index("^")] == "B"
    assert shown.endswith("…")
    assert shown.startswith("    1 | …")


def test_a_long_span_is_cut() -> None:
    shown, carets = excerpt("x" * 10_000, Span(1, 1, 1, 10_000)).split("\n")
    assert len(shown) < 200
    assert len(carets) <= len(shown)
