"""Lines that hang together: what was written comes back, what was changed is found."""

import json
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from walletdoc.chain import MAX_LINE, encode, good_lines

TEXTS = st.text(st.characters(), max_size=20)  # lone surrogates too
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=4,
)
RECORDS = st.lists(st.dictionaries(TEXTS, VALUES, max_size=4), max_size=6)


TRICKY = ("\ud800", "\ud83d\ude00", "\x00", "\u2028", "\r\n", '"', "\\")


def lines(records: list[dict[str, object]]) -> bytes:
    data, crc = b"", 0
    for record in records:
        line, crc = encode(record, crc)
        data += line
    return data


SOME: list[dict[str, object]] = [{"flow": "pay-failed", "语": "中文"}, {"answer": "余额\n"}, {}, {"n": [1, 2.5, None]}]


@settings(max_examples=30, deadline=None)
@given(RECORDS)
def test_what_was_written_comes_back(records: list[dict[str, object]]) -> None:
    data = lines(records)
    good = good_lines(data)
    assert list(good.records) == records
    assert good.size == len(data)
    assert len(good.crcs) == len(records)


@settings(max_examples=30, deadline=None)
@given(RECORDS.filter(bool), st.data())
def test_whatever_is_changed_the_good_lines_are_true(records: list[dict[str, object]], data: st.DataObject) -> None:
    written = lines(records)
    start = data.draw(st.integers(0, len(written)))
    stop = data.draw(st.integers(start, len(written)))
    changed = written[:start] + data.draw(st.binary(max_size=20)) + written[stop:]
    good = good_lines(changed)
    assert list(good.records) == records[: len(good.records)]
    assert changed[: good.size] == written[: good.size]


def test_every_bit_flip_is_found() -> None:
    data = lines(SOME)
    ends = [at + 1 for at, byte in enumerate(data) if byte == ord("\n")]
    for at in range(len(data)):
        for bit in range(8):
            flipped = bytearray(data)
            flipped[at] ^= 1 << bit
            before = sum(end <= at for end in ends)
            assert good_lines(bytes(flipped)).records == tuple(SOME[:before]), (at, bit)


@pytest.mark.parametrize(
    "order",
    [(1, 2, 3), (0, 2, 3), (0, 1, 3), (0, 2, 1, 3), (0, 1, 1, 2, 3), (0, 0, 1, 2, 3), (0, 3, 2, 1)],
)
def test_a_line_missing_doubled_or_moved_is_found(order: tuple[int, ...]) -> None:
    parts = lines(SOME).splitlines(keepends=True)
    good = good_lines(b"".join(parts[number] for number in order))
    right = next(place for place, number in enumerate((*order, -1)) if place != number)
    assert len(good.records) == right


def test_a_line_that_was_longer_or_shorter_in_the_file_it_comes_from_is_found() -> None:
    other = lines([{"flow": "another"}, *SOME[1:]]).splitlines(keepends=True)
    mixed = lines(SOME).splitlines(keepends=True)[:2] + other[2:]
    assert len(good_lines(b"".join(mixed)).records) == 2


@pytest.mark.parametrize("body", [b"[1]", b'{"a":NaN}', b'{"a":', b"\xff", b'{"a":' * 30_000, b'{"a":' + b"[" * 60_000])
def test_what_was_made_by_hand_with_a_valid_crc_is_bad_without_a_crash(body: bytes) -> None:
    line = b'["%08x",%b]\n' % (zlib.crc32(body), body)
    assert good_lines(line).records == ()


def test_a_line_over_the_limit_is_bad() -> None:
    def sized(size: int) -> bytes:
        record = {"t": "x" * (size - len(lines([{"t": ""}])))}
        line, _ = encode(record, 0)
        assert len(line) == size
        return line

    assert len(good_lines(sized(MAX_LINE)).records) == 1
    assert good_lines(sized(MAX_LINE + 1)).records == ()


@pytest.mark.parametrize("record", [{"a": float("nan")}, {"a": float("inf")}, {"a": object()}, {"a": {1, 2}}])
def test_what_is_not_json_is_refused(record: dict[str, object]) -> None:
    with pytest.raises((ValueError, TypeError)):
        encode(record, 0)


def test_a_line_is_json_for_other_tools() -> None:
    crc, record = json.loads(lines(SOME).splitlines()[0])
    assert record == SOME[0]
    assert isinstance(crc, str)


@pytest.mark.parametrize("text", TRICKY)
def test_no_text_is_lost_on_the_way(text: str) -> None:
    record: dict[str, object] = {text: text}
    assert good_lines(lines([record, record])).records == (record, record)
