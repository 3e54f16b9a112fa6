"""What a stream can't encode is said in the nearest characters that it can."""

import codecs
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walletdoc.streams import can_show, readable

codecs.register_error("test.readable", readable)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("电话：95188", "??:95188"),
        ("９５１８８", "95188"),
        ("“客服”…", '"??"...'),
        ("08:00–24:00 → 7", "08:00-24:00 -> 7"),
        ("好。", "?."),
        ("✔", "?"),
        ("\ud800", "?"),
        ("\u2028", "?"),
    ],
)
def test_the_nearest_is_shown(text, shown):
    assert text.encode("ascii", "test.readable").decode() == shown


@given(st.text(st.characters(codec=None)), st.sampled_from(["ascii", "latin-1", "cp936", "utf-8"]))
def test_no_text_fails(text, encoding):
    assert text.encode(encoding, "test.readable").count(b"\x1b") == text.count("\x1b")


def test_only_what_is_to_be_encoded_is_replaced():
    with pytest.raises(UnicodeDecodeError):
        b"\xff".decode("ascii", "test.readable")


def test_a_stream_is_asked_whether_it_can():
    for encoding, can in (("utf-8", True), ("cp936", True), ("ascii", False), ("latin-1", False)):
        assert can_show("钱", io.TextIOWrapper(io.BytesIO(), encoding=encoding)) == can
    assert can_show("钱", io.StringIO())
