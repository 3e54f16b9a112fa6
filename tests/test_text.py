"""What may stand in a text, and that everything else is made visible (T1)."""

import json
import time
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walletdoc import text as module
from walletdoc.text import Lines, Text, brief, forbidden, hidden, visible

DATA = Path(__file__).parents[2] / "shared" / "data"
ANY_TEXT = st.text(st.characters() | st.sampled_from("\u0301\u0e49\u20dd\u202e\n\t\u3000"))  # lone surrogates too
# All planes that have characters, and the ends of those between, which are unassigned or private throughout.
PLANES = (
    range(0x40000),
    range(0x4FF00, 0x50100),
    range(0xE0000, 0xE2000),
    range(0xEFF00, 0xF0100),
    range(0x10FF00, 0x110000),
)
EVERY_CHARACTER = [chr(code) for plane in PLANES for code in plane]

# Unicode's own list of what prints nothing by design (Default_Ignorable_Code_Point), and what looks like a space.
IGNORABLE = (
    (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F),
    (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
)  # fmt: skip
OTHER_SPACES = "\xa0\u1680\u2000\u2003\u2007\u2009\u200a\u202f\u205f\u2800"


def load(name: str) -> Any:
    path = DATA / name
    if not path.exists():
        pytest.skip("the shared data is not here")
    return json.loads(path.read_text("utf-8"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain English, with punctuation! {wallet.name} #1 <b> [x] \\ `~`",
        "中文，“引号”、《书名》：……——￥1,000（元）？！",
        "全角　空格",
        "two\nlines",
        "café naïve Ελλάδα Привет עברית العربية ไทย हिन्दी 한국어 かな カナ",
        "e\u0301 Việt Nam e\u0302\u0323 \u0e17\u0e35\u0e48",
        "✓ ★ → ½ ² € ₿ 🙂 👍🏽 \U00020000",
        "\ufffd",
    ],
)
def test_may_stand(text: str) -> None:
    assert forbidden(text) is None
    assert visible(text, lines=True) == text


@pytest.mark.parametrize(
    ("text", "index", "shown"),
    [
        ("a\x00", 1, "a<U+0000>"),
        ("\x1b[31m", 0, "<U+001B>[31m"),
        ("\x9b31m", 0, "<U+009B>31m"),
        ("a\tb", 1, "a<U+0009>b"),
        ("a\r\nb", 1, "a<U+000D><U+000A>b"),
        ("95\u202e188", 2, "95<U+202E>188"),
        ("a\u200bb", 1, "a<U+200B>b"),
        ("a\u2028b", 1, "a<U+2028>b"),
        ("a\xa0b", 1, "a<U+00A0>b"),
        ("\u3164", 0, "<U+3164>"),
        ("\u2764\ufe0f", 1, "\u2764<U+FE0F>"),
        ("\ue000", 0, "<U+E000>"),
        ("\ud800", 0, "<U+D800>"),
        ("中\U000e0041", 1, "中<U+E0041>"),
        ("\uffff", 0, "<U+FFFF>"),
        ("a" + "\u0301" * 6, 5, "a" + "\u0301" * 4 + "<U+0301>" * 2),
    ],
)
def test_may_not_stand(text: str, index: int, shown: str) -> None:
    assert forbidden(text) == (index, text[index])
    assert visible(text) == shown


def test_newline_is_kept_only_where_asked() -> None:
    assert visible("a\nb\x07") == "a<U+000A>b<U+0007>"
    assert visible("a\nb\x07", lines=True) == "a\nb<U+0007>"


def test_every_character_of_a_refused_category_is_refused() -> None:
    refused = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"}
    of_these = [char for char in EVERY_CHARACTER if unicodedata.category(char) in refused]
    found = {char for _, char in hidden("".join(of_these))}
    assert [char for char in of_these if char not in found] == ["\n", " ", "\u3000"]


def test_every_ignorable_character_is_refused() -> None:
    ignorable = [chr(code) for first, last in IGNORABLE for code in range(first, last + 1)]
    assert [char for char in [*ignorable, *OTHER_SPACES] if forbidden(char) is None] == []


def test_the_short_cut_passes_only_what_the_categories_allow() -> None:
    """No character is taken for known to be fine that would be refused or counted as heaped, whatever was read before."""
    list(hidden("".join(EVERY_CHARACTER)))
    passed = [char for char in EVERY_CHARACTER if char in module._fine]
    assert len(passed) > 40_000
    assert [char for char in passed if not module._may_stand(char, unicodedata.category(char))] == []
    assert [char for char in passed if unicodedata.category(char) in module._HEAPING] == []


def test_what_was_read_before_makes_no_difference() -> None:
    for text in ("e\u0301", "e" + "\u0301" * 5, "一\u202e二"):
        assert list(hidden(text)) == list(hidden(text))
        assert forbidden(text + "好") == forbidden(text)


def test_terminal_sequences_are_refused_and_shown() -> None:
    for text in [*load("escapes/generated_sequences.json"), *load("escapes/pyrit_live_payloads.json")]:
        has_control = any(unicodedata.category(char) == "Cc" for char in text.replace("\n", ""))
        assert (forbidden(text) is not None) == has_control
        assert visible(text).isprintable()


def test_invisible_characters_are_refused_and_shown() -> None:
    for kind in load("escapes/unicode_controls.json").values():
        for char in kind:
            assert forbidden(f"a{char}b") == (1, char)
            assert visible(char) == f"<U+{ord(char):04X}>"


def test_naughty_strings_are_shown() -> None:
    for text in load("naughty-strings/blns.json"):
        assert forbidden(visible(text)) is None


@given(ANY_TEXT)
def test_visible_is_total_and_leaves_nothing_hidden(text: str) -> None:
    shown = visible(text)
    assert forbidden(shown) is None
    assert "\n" not in shown
    assert visible(shown) == shown
    assert (forbidden(text) is None) == (visible(text, lines=True) == text)


@pytest.mark.parametrize("unit", ["a", "中", "ж", "a\u0301", "\x1b", "\t", "\u0e49", "\ue000"])
def test_a_megabyte_is_decided_in_time(unit: str) -> None:
    text = unit * ((1 << 20) // len(unit))
    start = time.process_time()
    forbidden(text)
    assert time.process_time() - start < 1


def test_brief_cuts_and_shows() -> None:
    assert brief("短") == "短"
    assert brief("a\nb") == "a<U+000A>b"
    assert brief("x" * 40) == "x" * 40
    assert brief("x" * 41) == "x" * 39 + "…"
    assert brief("12345", most=3) == "12…"


def test_languages() -> None:
    assert Text("好", "ok").of("zh") == "好"
    assert Text("好", "ok").of("en") == "ok"
    assert Lines(("一",), ("one",)).of("zh") == ("一",)
    assert Lines(("一",), ("one",)).of("en") == ("one",)
