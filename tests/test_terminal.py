"""Widths, wrapping, and lines read within a limit."""

import io
import re
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from walletdoc.terminal import (
    LONGEST_LINE,
    NARROWEST,
    UNLIMITED,
    TooLong,
    columns,
    put,
    read_line,
    unmarked,
    width,
    wrap,
)
from walletdoc.text import visible

MIXED = st.text(st.sampled_from("ab 付款失败，。“”（）《》-:95188\n, .’…%"), max_size=80)


@pytest.mark.parametrize(
    ("text", "columns_"),
    [("", 0), ("abc", 3), ("付款", 4), ("付a款", 5), ("“”", 2), ("e\u0301", 1), ("，", 2), ("😀", 2)],
)
def test_width(text, columns_) -> None:
    assert width(text) == columns_ == cell_len(text)


@pytest.mark.parametrize(
    ("text", "most", "lines"),
    [
        ("", 20, [""]),
        ("one two three", 20, ["one two three"]),
        ("one two three", 8, ["one two", "three"]),
        ("一二三四五", 6, ["一二三", "四五"]),
        ("一二三，四五", 6, ["一二", "三，四", "五"]),
        ("一二（三四）五", 6, ["一二", "（三", "四）五"]),
        ("拨打95188。", 8, ["拨打", "95188。"]),
        ("call 95188 now", 10, ["call 95188", "now"]),
        ("400-820-0588", 20, ["400-820-0588"]),
        ("一二。", 1, ["一", "二", "。"]),
        ("one\ntwo", 20, ["one", "two"]),
        ("one\n\ntwo", 20, ["one", "", "two"]),
        ("x" * 9, 4, ["xxxx", "xxxx", "x"]),
        ("don't (really) stop", 8, ["don't", "(really)", "stop"]),
    ],
)
def test_where_lines_break(text, most, lines) -> None:
    assert wrap(text, most) == lines


def test_what_hangs_below_a_bullet() -> None:
    assert wrap("- 一二三四五六", 8, "", "  ") == ["- 一二三", "  四五六"]
    assert wrap("一二三四", 6, "- ", "  ") == ["- 一二", "  三四"]


@given(MIXED, st.integers(min_value=4, max_value=40))
def test_wrapping_loses_nothing_and_fits(text, most) -> None:
    lines = wrap(text, most)
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", text)
    assert all(width(line) <= most for line in lines)


@given(st.text(max_size=60), st.integers(min_value=-5, max_value=10_000))
def test_wrapping_takes_any_text_and_width(text, most) -> None:
    shown = visible(text, lines=True)
    assert re.sub(r"\s", "", "".join(wrap(shown, most, "- ", "  "))).lstrip("-") == re.sub(r"\s", "", shown).lstrip("-")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("**付款**页面", "付款页面"),
        ("a ** b ** c", "a ** b ** c"),
        ("2*3", "2*3"),
        ("a\x1b[2Jb", "a<U+001B>[2Jb"),
        ("a\n- b", "a\n- b"),
    ],
)
def test_marks_of_emphasis_and_hostile_characters(text, shown) -> None:
    assert unmarked(text) == shown


@pytest.mark.parametrize(
    ("given_", "wide"),
    [
        ("0", UNLIMITED),
        ("1", NARROWEST),
        ("20", 20),
        ("100", 100),
        ("10000", 10_000),
        ("-3", UNLIMITED),
        ("x", UNLIMITED),
    ],
)
def test_how_wide(monkeypatch, given_, wide) -> None:
    monkeypatch.setattr("os.get_terminal_size", _no_terminal)
    monkeypatch.setenv("COLUMNS", given_)
    assert columns(StringIO()) == wide


def _no_terminal(*_args):
    raise OSError


def test_lines_are_read_one_by_one() -> None:
    source = StringIO("one\r\n\n  two \nlast")
    assert [read_line(source) for _ in range(5)] == ["one", "", "  two ", "last", None]


def test_a_line_at_the_limit_is_read_and_one_over_it_is_skipped_whole() -> None:
    for end in ("\n", ""):
        assert read_line(StringIO("x" * LONGEST_LINE + end)) == "x" * LONGEST_LINE
    source = StringIO("x" * (5 * LONGEST_LINE) + "\nnext\n" + "y" * (LONGEST_LINE + 1))
    with pytest.raises(TooLong):
        read_line(source)
    assert read_line(source) == "next"
    with pytest.raises(TooLong):
        read_line(source)
    assert read_line(source) is None


def test_a_line_without_end_counts_as_the_end_of_the_input() -> None:
    class Endless(io.TextIOBase):
        def readline(self, size=-1, /):
            return "x" * size

    assert read_line(Endless()) is None


def test_lines_are_sent_off_at_once() -> None:
    raw = io.BytesIO()
    sink = io.TextIOWrapper(io.BufferedWriter(raw), encoding="utf-8")
    put(sink, "付款", "")
    assert raw.getvalue().decode() == "付款\n\n"
