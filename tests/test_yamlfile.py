"""Bytes become values with places, or findings, and nothing else (L2 to L5, T1)."""

import json
import random
import re
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from walletdoc import findings as findings_module
from walletdoc import yamltree
from walletdoc.diagnostic import Faulty, Severity
from walletdoc.readfile import MAX_BYTES
from walletdoc.span import Span
from walletdoc.yamlfile import PARSERS, Document, Value, parse

DATA = Path(__file__).parents[2] / "shared" / "data"
SECONDS = 0.5

either_parser = pytest.mark.parametrize("parser", PARSERS)


def value(source: str, parser: object = PARSERS[0]) -> Value:
    """Return what is read."""
    return parse(source.encode(), "f.yaml", parser).value


def outcome(data: bytes, parser: object = PARSERS[0]) -> Document | Faulty:
    """Read, and hold to what is promised for any bytes."""
    start = time.process_time()
    try:
        result: Document | Faulty = parse(data, "f.yaml", parser)
    except Faulty as faulty:
        result = faulty
    if parser is PARSERS[0] and time.process_time() - start > SECONDS:
        assert min(seconds(data) / slowness() for _ in range(5)) < SECONDS
    if isinstance(result, Faulty):
        assert 0 < len(result.diagnostics) <= findings_module.MAX_FINDINGS + 1
        for found in result.diagnostics:
            assert found.message.zh.isprintable()
            assert found.message.en.isprintable()
    return result


def seconds(data: bytes) -> float:
    start = time.process_time()
    with suppress(Faulty):
        parse(data, "f.yaml")
    return time.process_time() - start


REFERENCE = "- a\n" * 20_000


def slowness() -> float:
    """Return how much slower than an idle machine this one is just now: other processes are no fault of the reader."""
    start = time.process_time()
    deque(yaml.parse(REFERENCE, Loader=PARSERS[0]), maxlen=0)
    return max(1, (time.process_time() - start) / 0.03)


def told(source: str | bytes, parser: object = PARSERS[0]) -> list[tuple[str, int, int]]:
    """Return rule, line and column of each finding."""
    result = outcome(source.encode() if isinstance(source, str) else source, parser)
    assert isinstance(result, Faulty), "it was accepted"
    return [(found.rule, found.span.line, found.span.column) for found in result.diagnostics]


# --- values and places -----------------------------------------------------------------------------------------------


@either_parser
@pytest.mark.parametrize(
    "text",
    ["no", "on", "off", "yes", "true", "null", "~", "12:30", "017", "0x1F", "0b1", "00012345", "+8613800138000",
     "1_000", "2024-01-01", "2024-01-01T10:00:00Z", ".5", "1e3", ".inf", ".nan", "=", "95188", "-1"],
)  # fmt: skip
def test_a_plain_text_stays_what_was_written(text: str, parser: object) -> None:
    assert value(f"a: {text}\nb: [{text}]\n{text}: c", parser) == {"a": text, "b": [text], text: "c"}


@either_parser
@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a", "a"),
        ("a:", {"a": ""}),
        ("a: ''", {"a": ""}),
        ("{}", {}),
        ("[]", []),
        ("a: {b: , c: ''}", {"a": {"b": "", "c": ""}}),
        ("- a\n-\n- - b", ["a", "", ["b"]]),
        ("a:\n- b\n- {c: d}", {"a": ["b", {"c": "d"}]}),
        ("---\na: b\n...\n", {"a": "b"}),
        ("# c\n\na: b # c\n", {"a": "b"}),
        ("\ufeffa: b", {"a": "b"}),
        ("a: b\r\nc: |\r\n  d\r\n  e\r\n", {"a": "b", "c": "d\ne\n"}),
        ("a: >\n  b\n  c\n\n  d\n", {"a": "b c\nd\n"}),
        ("a: b\n  c", {"a": "b c"}),
        ('a: "b\\n\\u4e2d\\x41"', {"a": "b\n中A"}),
        ("a: 'it''s'", {"a": "it's"}),
        ('"<<": a', {"<<": "a"}),
        ('"": a', {"": "a"}),
        ("? a\n: b", {"a": "b"}),
    ],
)
def test_values(source: str, expected: Value, parser: object) -> None:
    assert value(source, parser) == expected


SOURCE = """\
flow: 支付  # 注释
empty:
title: {zh: "支付失败", en: 'No'}
say: |
  一
  二

list:
  - a
  - [🙂中, {k: v}]
last:
    - x
"""


@either_parser
def test_spans(parser: object) -> None:
    document = parse(SOURCE.encode(), "f.yaml", parser)
    assert dict(document.spans) == {
        (): Span(1, 1, 12, 8),
        ("flow",): Span(1, 7, 1, 9),
        ("empty",): Span(2, 7, 2, 7),
        ("title",): Span(3, 8, 3, 30),
        ("title", "zh"): Span(3, 13, 3, 19),
        ("title", "en"): Span(3, 25, 3, 29),
        ("say",): Span(4, 6, 6, 4),
        ("list",): Span(9, 3, 10, 17),
        ("list", 0): Span(9, 5, 9, 6),
        ("list", 1): Span(10, 5, 10, 17),
        ("list", 1, 0): Span(10, 6, 10, 8),
        ("list", 1, 1): Span(10, 10, 10, 16),
        ("list", 1, 1, "k"): Span(10, 14, 10, 15),
        ("last",): Span(12, 5, 12, 8),
        ("last", 0): Span(12, 7, 12, 8),
    }
    assert document.keys[("title", "en")] == Span(3, 21, 3, 23)
    assert document.keys[("list", 1, 1, "k")] == Span(10, 11, 10, 12)
    assert document.keys[("last",)] == Span(11, 1, 11, 5)
    assert () not in document.keys
    assert ("list", 0) not in document.keys
    assert len(document.keys) == 9


@either_parser
def test_a_value_left_out_stands_after_its_colon(parser: object) -> None:
    document = parse(b'a: {b: , c: x, "d":\n}', "f.yaml", parser)
    assert document.spans[("a", "b")] == Span(1, 7, 1, 7)
    assert document.spans[("a", "d")] == Span(1, 20, 1, 20)


def test_a_byte_order_mark_takes_no_column_and_is_not_in_the_source() -> None:
    document = parse("\ufeffa: b\r\nc: d".encode(), "f.yaml")
    assert document.source == "a: b\nc: d"
    assert document.keys[("a",)] == Span(1, 1, 1, 2)
    assert document.path == "f.yaml"


# --- what is refused -------------------------------------------------------------------------------------------------


@either_parser
@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a: &x b\nc: *x", [("strict", 1, 4), ("strict", 2, 4)]),
        ("*x : b", [("strict", 1, 1)]),
        ("a: !!str b", [("strict", 1, 4)]),
        ("a: !t [b]\nc: &y {d: e}", [("strict", 1, 4), ("strict", 2, 4)]),
        ("a: !!python/object/apply:os.system [ls]", [("strict", 1, 4)]),
        ("a: &x !t b", [("strict", 1, 4), ("strict", 1, 7)]),
        ("&k a: b", [("strict", 1, 1)]),
        ("a: ! b", [("strict", 1, 4)]),
        ("<<: {b: c}", [("strict", 1, 1)]),
        ("%YAML 1.2\n---\na: b", [("strict", 1, 1)]),
        ("%TAG ! tag:x\n---\na: b", [("strict", 1, 1)]),
        ("a: b\n---\nc: d", [("strict", 2, 1)]),
        ("a: b\n---\n", [("strict", 2, 1)]),
        ("[a]: b", [("strict", 1, 1)]),
        ("{a: b}: c", [("strict", 1, 1)]),
        ("? [a]\n: b\n? {c: d}\n: [e]", [("strict", 1, 3), ("strict", 3, 3)]),
        ("? \n: a", [("strict", 1, 2)]),
        ("?", [("strict", 1, 2)]),
        ('{a: b, "c": d}: e', [("strict", 1, 1)]),
        ("a: 1\nb: 2\na: 3\nb: 4\na: 5", [("duplicate-key", 3, 1), ("duplicate-key", 4, 1), ("duplicate-key", 5, 1)]),
        ("x: {a: 1, 'a': 2}\ny: {a: 1}", [("duplicate-key", 1, 11)]),
        ("", [("yaml", 1, 1)]),
        ("# nothing\n", [("yaml", 1, 1)]),
        ("---\n", [("yaml", 1, 1)]),
        ("a: 1\na: 2\nb: 'x", [("duplicate-key", 2, 1), ("yaml", 3, 4)]),
    ],
)
def test_refused(source: str, expected: list[tuple[str, int, int]], parser: object) -> None:
    assert told(source, parser) == expected


def test_a_duplicate_key_names_the_key_and_the_line() -> None:
    with pytest.raises(Faulty) as caught:
        value("a: 1\nb: 2\na: 3")
    [found] = caught.value.diagnostics
    assert found.line("en") == "f.yaml:3:1: error: the key “a” is given twice; it is already on line 1 [duplicate-key]"
    assert found.severity is Severity.ERROR
    assert caught.value.sources == {"f.yaml": "a: 1\nb: 2\na: 3"}


def test_a_merge_bomb_is_refused_at_once() -> None:
    levels = ["a0: &a0 {k: v}", *(f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}" for n in range(1, 27))]
    start = time.process_time()
    found = told("\n".join(levels))
    assert time.process_time() - start < 0.05
    assert found[:3] == [("strict", 1, 5), ("strict", 2, 5), ("strict", 2, 10)]


@either_parser
@pytest.mark.parametrize(
    ("data", "line", "column"),
    [
        (b"a: b\nc: \xe4\xbd\xa0\xff", 2, 5),
        (b"\xff\xfea\x00", 1, 1),
        (b"\xef\xbb\xbfa: \x80", 1, 4),
        (b"a: b\r\nc: \xed\xa0\x80", 2, 4),
        (b"a: \xe4\xbd", 1, 4),
        (b"a: \xf4\x90\x80\x80", 1, 4),
    ],
)
def test_not_utf8(data: bytes, line: int, column: int, parser: object) -> None:
    assert told(data, parser) == [("encoding", line, column)]


@either_parser
@pytest.mark.parametrize(
    ("source", "place"),
    [
        ("a: b\u202ec", (1, 5)),
        ("a: 中\x1b[31m", (1, 5)),
        ("k\u200b: b", (1, 2)),
        ("a: b # \u202e", (1, 8)),
        ("a: 'b\xa0'", (1, 6)),
        ("a: |\n  b\n  c\x85d", (3, 4)),
        ("a: b\u2028c: d", (1, 5)),
        ("a: b\rc: d", (1, 5)),
        ("a: \x00", (1, 4)),
        ("a: \ufeffb", (1, 4)),
        ('a: "中\\u202e"', (1, 6)),
        ('a: "\\\\\\e[0m"', (1, 7)),
        ('a: "b\\tc"', (1, 6)),
        ('a: "\\L"', (1, 5)),
        ('a: "\\U000e0041"', (1, 5)),
        ('"a\\x07": b', (1, 3)),
        ("a: 'b\tc'", (1, 6)),
        ("a: '\\t\tc'", (1, 7)),
        ("a: |\n  b\n   \tc", (3, 4)),
        ("a: e\u0301\u0301\u0301\u0301\u0301", (1, 9)),
    ],
)
def test_hidden_characters_are_told_at_their_place(source: str, place: tuple[int, int], parser: object) -> None:
    assert told(source, parser) == [("hidden-character", *place)]


def test_tabs_that_only_libyaml_takes() -> None:
    assert value("a:\t b\t# c") == {"a": "b"}
    assert told("a: b\tc") == [("hidden-character", 1, 5)]
    assert told("a: \\t\tc") == [("hidden-character", 1, 6)]


def test_the_rest_of_a_file_with_hidden_characters_is_read() -> None:
    assert told("a: \x1b\nb:\xa01\nb: 2\nc: *x\n") == [
        ("hidden-character", 1, 4),
        ("hidden-character", 2, 3),
        ("duplicate-key", 3, 1),
        ("strict", 4, 4),
    ]
    assert told("a: 1\na: 2\nb: \x1b") == [("duplicate-key", 2, 1), ("hidden-character", 3, 4)]
    assert told("a\x07: b\na\x08: c") == [("hidden-character", 1, 2), ("hidden-character", 2, 2)]


def test_a_lone_surrogate_out_of_an_escape_is_refused() -> None:
    assert told('a: "\\ud800"', PARSERS[0])[0][0] == "yaml"
    assert told('a: "\\ud800"', PARSERS[1]) == [("hidden-character", 1, 5)]


# --- limits ----------------------------------------------------------------------------------------------------------


@either_parser
@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("{a: ", "}")])
def test_depth(opening: str, closing: str, parser: object) -> None:
    deepest = yamltree.MAX_DEPTH
    assert deepest == 24
    value(opening * 24 + closing * 24, parser)
    column = 24 * len(opening) + 1
    assert told(opening * 25 + closing * 25, parser) == [("limit", 1, column)]
    assert told(opening * 10_000, parser) == [("limit", 1, column)]


@either_parser
def test_depth_of_blocks(parser: object) -> None:
    value("- " * 24 + "a", parser)
    assert told("- " * 25 + "a", parser) == [("limit", 1, 49)]


def test_values_at_the_limit() -> None:
    """All values but the root count, however deep they are; keys do not."""
    assert yamltree.MAX_VALUES == 50_000
    assert len(value("- a\n" * 50_000)) == 50_000
    assert told("- a\n" * 50_001) == [("limit", 50_001, 3)]
    assert len(value("".join(f"k{n}: [a]\n" for n in range(25_000)))) == 25_000
    assert told("".join(f"k{n}: [a]\n" for n in range(25_000)) + "z: []") == [("limit", 25_001, 4)]


@either_parser
@pytest.mark.parametrize(
    ("before", "after", "column"),
    [("a: ", "", 4), ("a: '", "'", 4), ('a: "', '"', 4), ("a: |-\n  ", "", 4), ("? ", "\n: b", 3), ("[", "]", 2)],
)
def test_text_at_the_limit(before: str, after: str, column: int, parser: object) -> None:
    assert yamltree.MAX_TEXT == 4_000
    value(f"{before}{'中' * 4_000}{after}", parser)
    assert told(f"{before}{'中' * 4_001}{after}", parser) == [("limit", 1, column)]


def test_bytes_at_the_limit() -> None:
    assert value("a: b\n" + "#" * (MAX_BYTES - 5)) == {"a": "b"}
    assert told("a: b\n" + "#" * (MAX_BYTES - 4)) == [("limit", 1, 1)]


@pytest.mark.parametrize(
    ("source", "limit"),
    [("[" * 25, "24"), ("- a\n" * 50_001, "50,000"), ("a" * 4_001, "4,000"), ("a" * (MAX_BYTES + 1), "1,048,576")],
)
def test_a_limit_is_named(source: str, limit: str) -> None:
    with pytest.raises(Faulty) as caught:
        value(source)
    [found] = caught.value.diagnostics
    assert limit in found.message.zh
    assert limit in found.message.en


def test_findings_at_the_limit() -> None:
    assert len(told("a: \x1b\n" * 1 + "# \x1b\n" * 99)) == 100
    found = told("a: 1\n" + "a: 2\n" * 40_000)
    assert len(found) == 101
    assert found[-1] == ("limit", 102, 1)
    assert len(told("\x1b" * MAX_BYTES)) == 101


HOSTILE = {
    "open brackets": "[" * MAX_BYTES,
    "open braces": "{" * MAX_BYTES,
    "question marks": "? " * (MAX_BYTES // 2),
    "dashes": "- " * (MAX_BYTES // 2),
    "spaces": " " * MAX_BYTES,
    "line feeds": "\n" * MAX_BYTES,
    "carriage returns": "\r" * MAX_BYTES,
    "comments": "#\n" * (MAX_BYTES // 2),
    "one text": "a" * MAX_BYTES,
    "one quoted text": '"' + "\\\\" * (MAX_BYTES // 2 - 3) + '\\e"',
    "folded": "a:\n" + " b\n" * (MAX_BYTES // 3 - 1),
    "quotes": "'" * MAX_BYTES,
    "anchor": "&" + "a" * (MAX_BYTES - 1),
    "tag": "!" + "a" * (MAX_BYTES - 1),
    "percent signs": "!<" + "%41" * (MAX_BYTES // 3 - 2) + ">",
    "pairs": "".join(f"k{n}: v\n" for n in range(49_000)),
    "keys alone": "{" + ",".join(f"k{n}" for n in range(90_000)) + "}",
    "lists": "[" + "[]," * 49_000 + "]",
    "mappings": "".join(f"k{n}: {{}}\n" for n in range(50_000)),
    "Cyrillic": "ж" * (MAX_BYTES // 2),
    "marks": "a\u0301" * (MAX_BYTES // 3),
    "control at the end": " " * (MAX_BYTES - 1) + "\x1b",
    "tags": "- !t a\n" * 50_000,
    "comments in texts": "zh: a #\n" * 50_000,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_megabyte_of_anything_is_read_in_time(kind: str) -> None:
    assert len(HOSTILE[kind].encode()) <= MAX_BYTES
    outcome(HOSTILE[kind].encode())


def test_the_largest_file_is_read_in_little_memory() -> None:
    program = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (100 << 20, 100 << 20))\n"
        "from walletdoc.yamlfile import parse\n"
        "assert len(parse(sys.stdin.buffer.read(), 'f').value) == 49_000"
    )
    data = "".join(f"k{n}: v\n" for n in range(49_000)).encode()
    subprocess.run([sys.executable, "-c", program], input=data, timeout=30, check=True)


# --- whatever the bytes ----------------------------------------------------------------------------------------------


def inputs(pattern: str) -> Iterator[Path]:
    if not DATA.exists():
        pytest.skip("the shared data is not here")
    found = sorted(DATA.glob(pattern))
    assert found
    yield from found


@either_parser
@pytest.mark.parametrize("pattern", ["yaml-test-suite/**/in.yaml", "json-test-suite/**/*.json", "*/*.json", "*/*.csv"])
def test_inputs_written_by_others(pattern: str, parser: object) -> None:
    for path in inputs(pattern):
        if parser is PARSERS[0] or path.stat().st_size < 20_000:
            outcome(path.read_bytes(), parser)


PLACES = ("{}", "a: {}", "a: {{zh: {}, en: b}}", 'a: "{}"', "{}: a", "a: |\n  {}\n")


def test_every_naughty_string_in_every_place() -> None:
    for path in inputs("naughty-strings/blns.json"):
        for text in json.loads(path.read_text("utf-8")):
            for place in PLACES:
                outcome(place.format(text).encode("utf-8", "surrogatepass"))


def test_every_escape_sequence_in_some_place() -> None:
    for path in inputs("escapes/[gp]*.json"):
        for number, text in enumerate(json.loads(path.read_text("utf-8"))):
            result = outcome(PLACES[number % len(PLACES)].format(text).encode())
            if "\x1b" in text:
                assert isinstance(result, Faulty)
                assert "hidden-character" in {found.rule for found in result.diagnostics}


def test_the_two_parsers_read_the_same() -> None:
    """Where libyaml and the parser in Python both accept a file, they agree on all of it."""
    agreed = 0
    for path in inputs("yaml-test-suite/**/in.yaml"):
        one, other = (outcome(path.read_bytes(), parser) for parser in PARSERS)
        if isinstance(one, Document) and isinstance(other, Document):
            agreed += 1
            assert one.value == other.value
            assert dict(one.spans) == dict(other.spans)
            assert dict(one.keys) == dict(other.keys)
    assert agreed > 100


def test_what_must_fail_fails() -> None:
    """Of the 94 broken inputs of the YAML test suite libyaml lets some pass; no more than those do."""
    passed = {
        path.parent.name
        for path in inputs("yaml-test-suite/**/error")
        if isinstance(outcome((path.parent / "in.yaml").read_bytes()), Document)
    }
    assert sorted(passed - LENIENT) == []


LENIENT = {"9C9N", "9JBA", "CVW2", "01", "G5U8", "QB6E", "S98Z", "SU5Z", "X4QW", "003", "YJV2"}


def as_texts(parsed: object) -> object:
    """Return what JSON reads, with each boolean and null as the text that was written."""
    match parsed:
        case dict():
            return {key: as_texts(item) for key, item in parsed.items()}
        case list():
            return [as_texts(item) for item in parsed]
        case bool() | None:
            return json.dumps(parsed)
    return parsed


def test_json_is_read_as_json_reads_it() -> None:
    read = 0
    for path in inputs("json-test-suite/**/y_*.json"):
        data = path.read_bytes()
        expected = as_texts(json.loads(data, parse_int=str, parse_float=str))
        result = outcome(data)
        if isinstance(result, Document):
            read += 1
            assert result.value == expected, path.name
        else:
            rules = {found.rule for found in result.diagnostics}
            assert rules <= {"hidden-character", "duplicate-key", "yaml"}, path.name
    assert read > 40


# Mostly what may stand in a text, so that most objects are accepted.
TEXTS = st.text(st.characters(exclude_categories=("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp", "Mn", "Me")), max_size=20)


@given(texts=st.dictionaries(TEXTS, TEXTS | st.lists(TEXTS), max_size=6), ensure_ascii=st.booleans())
def test_an_object_of_strings_comes_back_or_is_told(*, texts: dict[str, str | list[str]], ensure_ascii: bool) -> None:
    result = outcome(json.dumps(texts, ensure_ascii=ensure_ascii).encode())
    if isinstance(result, Document):
        assert result.value == texts
    else:  # JSON's escapes of what lies beyond 16 bits are two surrogates, which YAML has none of
        assert {found.rule for found in result.diagnostics} <= {"hidden-character", "yaml"}


@given(st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    outcome(data)


PIECES = st.sampled_from(
    ["{", "}", "[", "]", ", ", ": ", ":", "- ", "? ", " #", "\n", "\n  ", "\n    ", "\t", '"', "'", "|", ">-", "&a ",
     "*a", "!t ", "%YAML 1.1\n", "---\n", "...\n", "<<: ", "\\u00e9", "\\", "\ufeff", "你好", "：", "，", "\x00", "\r",
     "\x85", "\u202e", "\u2028", "zh: ", "en: ", "@", "`", "%", "\\ud800", "\\U00110000", "!<%FF>", "a", "word", "1:30",
     "{x.y}"],
)  # fmt: skip


@either_parser
@given(source=st.lists(PIECES, max_size=40).map("".join))
def test_anything_made_of_yaml(parser: object, source: str) -> None:
    result = outcome(source.encode(), parser)
    if isinstance(result, Document):
        for where, span in result.spans.items():
            assert Span(1, 1, 1, 1) <= span
            assert (span.line, span.column) <= (span.end_line, span.end_column), where


MORE = 'm:\n  ask: {zh: "提示？", en: "What?"}\n  options:\n    b: {say: {zh: 余额, en: x}, go: e}\n'
MUTATIONS = [
    *(piece.encode() for piece in (
        "{", "}", "[", "]", ",", ": ", ":", "- ", "? ", " #", "\n", "\n  ", "\t", '"', "'", "|", ">", "&a ", "*a",
        "!t ", "%", "---\n", "<<: ", "\\x41", "\\", "\ufeff", "你", "\x00", "\r", "\x85", "\u202e", "zh: ", "@",
        "\\ud800",
    )),
    b"\xff",
    b"\xe4\xbd",
]  # fmt: skip


def mutated(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        place = chance.randint(0, len(changed))
        match chance.randint(0, 4):
            case 0 | 1:
                changed[place:place] = chance.choice(MUTATIONS) * chance.choice((1, 1, 1, 30))
            case 2:
                del changed[place : place + chance.randint(1, 8)]
            case 3:
                changed[place:place] = changed[chance.randint(0, len(changed)) :][:30]
            case 4:
                changed[place : place + 1] = bytes([chance.randrange(256)])
    return bytes(changed)


@pytest.mark.campaign
def test_mutated_inputs(request: pytest.FixtureRequest) -> None:
    count = 1_000_000 if "campaign" in request.config.getoption("markexpr") else 3_000
    ours = [SOURCE.encode(), (SOURCE + MORE).encode()]
    theirs = [path.read_bytes() for path in DATA.glob("yaml-test-suite/**/in.yaml")]
    chance = random.Random(20261122)
    for number in range(count):
        data = mutated(chance.choice(theirs if theirs and number % 2 else ours), chance)
        one = outcome(data)
        if number % 50 == 0:
            other = outcome(data, PARSERS[1])
            assert isinstance(one, Faulty) or isinstance(other, Faulty) or one.value == other.value, data


def test_without_libyaml_the_parser_in_python_is_used() -> None:
    program = (
        "import sys; sys.modules['yaml._yaml'] = None\n"
        "from walletdoc.yamlfile import PARSERS, parse\n"
        "assert [parser.__name__ for parser in PARSERS] == ['SafeLoader']\n"
        "assert parse(b'a: {b: c}', 'f').value == {'a': {'b': 'c'}}"
    )
    subprocess.run([sys.executable, "-c", program], timeout=30, check=True)


def test_the_first_parser_is_libyaml() -> None:
    assert [parser.__name__ for parser in PARSERS] == ["CSafeLoader", "SafeLoader"]


def test_nothing_is_constructed() -> None:
    """Nothing of PyYAML that builds objects is even named."""
    source = Path(sys.modules[parse.__module__].__file__ or "").read_text("utf-8")
    assert re.findall(r"load\(|compose|construct|get_data|get_node|get_single", source) == ["construct"]  # in prose
