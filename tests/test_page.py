"""Lines fit the terminal, nothing is cut, and hostile characters can be seen."""

import io
import json
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walletdoc.page import Line, labelled, layout, show, show_json
from walletdoc.terminal import NARROWEST, width


@given(
    st.text(alphabet="付款，。“”（）ab c1-", max_size=200),
    st.integers(NARROWEST, 100),
    st.integers(0, 3),
    st.booleans(),
)
def test_a_line_fits_and_loses_nothing(text, most, indent, has_label):
    line = Line(text, indent, label="标签" if has_label else "", column=8 if has_label else 0)
    laid = list(layout(line, most))
    assert max(map(width, laid), default=0) <= most
    assert "".join("".join(laid).split()) == ("标签" if has_label else "") + "".join(text.split())


@pytest.mark.parametrize(
    ("most", "expected"),
    [
        (
            40,
            ["  付款    说明说明"],
        ),
        (20, ["  付款", "    说明说明"]),
    ],
)
def test_a_column_that_does_not_fit_stands_below_its_label(most, expected):
    assert list(layout(Line("说明说明", 1, label="付款", column=8), most)) == expected


def test_what_goes_on_stands_below_where_it_began():
    laid = list(layout(Line("一二三四五六七八九十" * 3, 0, label="ab", column=4), 24))
    assert laid[0].startswith("ab  一")
    assert all(each.startswith("    ") for each in laid[1:])


def test_labels_share_a_column():
    assert {line.column for line in labelled([("a", "x"), ("付款", "y")])} == {6}
    assert labelled([]) == ()


def test_hostile_characters_are_visible_and_emphasis_is_words():
    assert list(layout(Line("\x1b[31m红\u202e**粗**"), 80)) == ["<U+001B>[31m红<U+202E>粗"]
    assert list(layout(Line("x", label="\x07", column=12), 80)) == ["<U+0007>    x"]


def test_a_line_that_is_no_terminal_s_is_not_broken_but_paper_is(monkeypatch, capsys):
    monkeypatch.delenv("COLUMNS", raising=False)
    show([Line("词 " * 200)])
    assert capsys.readouterr().out == ("词 " * 200).rstrip() + "\n"
    show([Line("词 " * 200)], 40)
    assert max(map(width, capsys.readouterr().out.splitlines())) <= 40


def test_json_is_escaped_where_it_must_be(monkeypatch):
    for encoding, value, plain in (
        ("utf-8", "付款", True),
        ("ascii", "付款", False),
        ("utf-8", "\u202e", False),
        ("utf-8", "\udcff", False),
    ):
        out = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
        monkeypatch.setattr(sys, "stdout", out)
        show_json({"text": value})
        out.flush()
        printed = out.buffer.getvalue().decode(encoding)
        assert json.loads(printed) == {"text": value}
        assert (value in printed) == plain
