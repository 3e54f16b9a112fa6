"""What an author most likely did where a file can't be read: named, at the place to mend, by either parser."""

import pytest

from walletdoc import yamlfile
from walletdoc.diagnostic import Diagnostic, Faulty
from walletdoc.locales import en, zh

LIBYAML, PYTHON = yamlfile.PARSERS


def findings(source: str, parser: object) -> tuple[Diagnostic, ...]:
    with pytest.raises(Faulty) as caught:
        yamlfile.parse(source.encode(), "f.yaml", parser)
    return caught.value.diagnostics


def told(source: str, parser: object) -> list[tuple[int, int, str]]:
    return [(found.span.line, found.span.column, found.message.en) for found in findings(source, parser)]


COMMA = "a comma ended the unquoted text and left “{}”; put the whole text in quotes"
COMMENT = "“ #” ended the unquoted text “{}” and began a comment; put the whole text in quotes"
BRACE = "a text that starts with “{}” must be quoted"
BRACKET = "“{}” can't stand in an unquoted text here; put the whole text in quotes"
COLON = "“: ” can't stand in an unquoted text; put the whole text in quotes, or mend the indentation"
TIGHT = "a space is missing after “:”; where it is part of a text, put the whole text in quotes"
WIDE = "“{}” has a full-width colon “：”; after a key write a plain colon and a space"
NO_COLON = "“{}” has no colon; expected “key: value”"
AFTER = "the text goes on after its closing quote “{}”; put the whole text in one pair of quotes"
UNCLOSED = "“{}” is never closed, or a comma is missing"
QUOTE = "the quote “{}” is never closed"
START = "an unquoted text can't start with “{}”; put it in quotes"
DASH = "an unquoted text can't start with “- ”; put it in quotes, or a list on lines of its own"
TAB = "a tab can't indent; use spaces"
INDENT = "“{}” does not line up with what is above it, or a key was expected here"
ESCAPE = "there is no escape “\\{}” in double quotes; write a backslash as “\\\\”, or use single quotes"
DIGITS = "the escape “\\{}” takes {} hexadecimal digits; write a backslash as “\\\\”"
NO_VALUE = "expected a value before “{}”"
SECOND = "the document has ended before this; a file holds one document"
ALIAS = "aliases are not supported; a text that starts with “*” must be quoted"
ANCHOR = "anchors are not supported; a text that starts with “&” must be quoted"
TAG = "tags are not supported; a text that starts with “!” must be quoted"
DIRECTIVE = "directives (“%”) are not supported; remove the line"

SLIPS = [
    # a comma in an unquoted text
    ("a: {zh: 好, 然后, en: Ok}", [(1, 12, COMMA.format("然后"))]),
    ("a: {zh: 好, 然后, 再说, 好, en: Yes, sir}", [(1, 12, COMMA.format("然后"))]),
    ("a: {zh: 好, 好的, 好的, en: x}", [(1, 12, COMMA.format("好的"))]),
    ("a: {zh: 好, en: Yes, sir}\nb: {zh: 一, 二, en: x}", [(1, 21, COMMA.format("sir")), (2, 12, COMMA.format("二"))]),
    ("a: {zh: 好, 注意: 别付, en: Ok}\n" + "#" * 200, [(1, 12, COMMA.format("注意"))]),
    ("a: {zh: 好, 注意: 别付, en: Ok}", [(1, 12, COMMA.format("注意"))]),
    ("a: {zh: 好, en: Wait, my friend: pay}", [(1, 22, COMMA.format("my friend"))]),
    # a text that starts with a brace
    ("a: {wallet.name}", [(1, 4, BRACE.format("{"))]),
    ("a: {wallet.name}请\nb: c", [(1, 4, BRACE.format("{"))]),
    ("a: {zh: {wallet.name}请联系, en: Ok}\nb: c", [(1, 9, BRACE.format("{"))]),
    ("a:\n  zh: {wallet.name} 请\n  en: b", [(2, 7, BRACE.format("{"))]),
    ("- {wallet.name} 请\n- b", [(1, 3, BRACE.format("{"))]),
    ("a: [b] c", [(1, 8, BRACE.format("["))]),
    ("a: {b: c} d", [(1, 11, BRACE.format("{"))]),
    # a bracket inside an unquoted text inside brackets
    ("a: {zh: 请{wallet.name}, en: Ok}", [(1, 10, BRACKET.format("{"))]),
    ("a: [请[x], b]", [(1, 6, BRACKET.format("["))]),
    # a comment that was a text
    ("zh: 打 #1 电话", [(1, 5, COMMENT.format("打"))]),
    ("en: [one, two # three\n  , four]", [(1, 11, COMMENT.format("two"))]),
    ("a: {zh: 好 #1, en: Ok}\nb: c", [(1, 9, COMMENT.format("好"))]),
    ("a: {zh: 好 #1, en: Ok}\nb: c\nzh: 打 #2\n", [(1, 9, COMMENT.format("好"))]),
    ("a: {label: 好 #1, kind: time}\nb: c", [(1, 12, COMMENT.format("好"))]),
    # a colon in an unquoted text
    ("en: Note: pay", [(1, 9, COLON)]),
    ("en: [Note: pay, ok]", [(1, 6, COLON)]),
    ("a: b\n  c: d", [(2, 4, COLON)]),
    ("zh：好\nen: x", [(1, 1, WIDE.format("zh：好"))]),
    ("zh: 注意：好\nen: x: y", [(2, 6, COLON)]),
    ("a: 注意：b: c", [(1, 8, COLON)]),
    ('a: 注意：好\n  再说\nb: "c": d', [(3, 7, COLON)]),
    ("en: x\nzh：好", [(2, 1, NO_COLON.format("zh：好"))]),
    ("? a", [(1, 3, NO_COLON.format("a"))]),
    # quotes and brackets left open, texts that go on
    ('a: "付款"页面', [(1, 8, AFTER.format('"'))]),
    ("a: 'x' y", [(1, 8, AFTER.format("'"))]),
    ('a: {zh: "x" y}', [(1, 13, AFTER.format('"'))]),
    ('["a" "b"]', [(1, 6, AFTER.format('"'))]),
    ('{a: "b": c}', [(1, 8, AFTER.format('"'))]),
    ('a: ["x"\n', [(1, 4, UNCLOSED.format("["))]),
    ('a: {zh: "x"]', [(1, 4, UNCLOSED.format("{"))]),
    ('"a" b', [(1, 5, AFTER.format('"'))]),
    ("a: 'x\nb: c", [(1, 4, QUOTE.format("'"))]),
    ('a: "x\n---\n', [(1, 4, QUOTE.format('"'))]),
    ("a: {b: c\nd: e", [(1, 4, UNCLOSED.format("{"))]),
    ('a: b # c\nd: ["x" "y"]', [(2, 9, AFTER.format('"'))]),
    ("a: {b: [c, d}", [(1, 8, UNCLOSED.format("["))]),
    ("a: [", [(1, 5, NO_VALUE.format(""))]),
    # what may not start an unquoted text
    ("a: @b", [(1, 4, START.format("@"))]),
    ("a: `b`", [(1, 4, START.format("`"))]),
    ("a: %b", [(1, 4, START.format("%"))]),
    ("a: >b", [(1, 4, START.format(">"))]),
    ("a: - b", [(1, 4, DASH)]),
    ("a: ? b", [(1, 4, START.format("?"))]),
    ("a: *注意*", [(1, 4, ALIAS)]),
    ("a: &注意", [(1, 4, ANCHOR)]),
    ("a: !<x", [(1, 4, TAG)]),
    ("a: !y!x b", [(1, 4, TAG)]),
    ("%YAML 1\n---\na: b", [(1, 1, DIRECTIVE)]),
    ("%YAML 2.0\n---\na: b", [(1, 1, DIRECTIVE)]),
    # lines
    ("a:\n\tb: c", [(2, 1, TAB)]),
    ("- a\n\t- b", [(2, 1, TAB)]),
    ("a: |\n\tb", [(2, 1, TAB)]),
    ("a:\n   b: c\n  d: e", [(3, 3, INDENT.format("d: e"))]),
    ("- a\nb: c", [(2, 1, INDENT.format("b: c"))]),
    ("a: [b, , c]", [(1, 8, NO_VALUE.format(","))]),
    ('a: "\\d"', [(1, 6, ESCAPE.format("d"))]),
    ('a: "x\\u12"', [(1, 6, DIGITS.format("u", 4))]),
    ('a: "\\x"', [(1, 5, DIGITS.format("x", 2))]),
    ("a: b\n...\nc", [(3, 1, SECOND)]),
]


@pytest.mark.parametrize("parser", yamlfile.PARSERS)
@pytest.mark.parametrize(("source", "expected"), SLIPS)
def test_a_slip_is_named_where_it_is_mended(source: str, expected: list[tuple[int, int, str]], parser: object) -> None:
    assert told(source, parser) == expected


def test_a_colon_without_space_in_braces() -> None:
    """The parser in Python reads it as it was meant."""
    assert told("a: {b:, c: d}", LIBYAML) == [(1, 6, TIGHT)]


def test_two_directives() -> None:
    """The parser in Python speaks of the tag that both are about."""
    assert told("%TAG ! a\n%TAG ! a\n---\na: b", LIBYAML) == [(2, 1, DIRECTIVE)]
    assert told("%TAG ! a\n%TAG ! a\n---\na: b", PYTHON) == [(2, 1, TAG)]


def test_a_question_mark_that_only_the_parser_in_python_refuses() -> None:
    assert yamlfile.parse(b"{a: b?}", "f", LIBYAML).value == {"a": "b?"}
    assert told("{a: b?}", PYTHON) == [(1, 6, BRACKET.format("?"))]


@pytest.mark.parametrize("parser", yamlfile.PARSERS)
@pytest.mark.parametrize(
    "source",
    [
        "a: b   # a comment",
        "a: {b: c, d: e}   # a comment",
        'zh: "好"   # a comment',
        "zh: 好\n# a comment\nen: Ok",
        "zh:   # a comment\n  - 好\nen: [a, b]   # a comment",
        "zh: 好#1\nen: C#",
        "a: {zh: 好, en: Ok}",
        "a: {zh: b, en: c, unsure: d}",
        'a: {zh: "好", 注意: "b"}',
        "a: {b: , c: ''}",
        'a: {b : c, "d":e}',
        "? a\n: b\n? c\n:",
        "time: 12:30:00",
        "a: b,c;d{e}[f] 'g' \"h\" & ! @ % * - ?",
        "en: a - b * c & d ! e",
        "a: 注意：别付",
    ],
)
def test_what_looks_like_a_slip_and_is_none(source: str, parser: object) -> None:
    yamlfile.parse(source.encode(), "f.yaml", parser)


@pytest.mark.parametrize("parser", yamlfile.PARSERS)
def test_an_error_elsewhere_is_told_beside_a_slip(parser: object) -> None:
    assert [(line, message) for line, _, message in told("a: {b, c}\nd: @e", parser)] == [
        (1, BRACE.format("{")),
        (2, START.format("@")),
    ]


def test_an_unknown_error_is_quoted_in_both_languages() -> None:
    class Broken:
        def __init__(self, _source: str) -> None:
            pass

        def get_event(self) -> None:
            raise RecursionError

    [found] = findings("a: b", Broken)
    assert found.message.en == "not valid YAML (RecursionError)"
    assert found.message.zh == "不是合法的 YAML（RecursionError）"


def test_no_message_of_a_slip_is_left_untested() -> None:
    """Every message about syntax comes up in the table above, in the words of both languages."""
    seen = {found.message.zh for source, _ in SLIPS for found in findings(source, LIBYAML)}
    seen |= {found.message.en for source, _ in SLIPS for found in findings(source, LIBYAML)}
    keys = ("comma", "brace", "bracket", "comment", "colon", "wide-colon", "no-colon", "unclosed-quote", "after-quote",
            "escape", "digits", "unclosed", "indent", "tab", "start", "dash", "no-value", "alias", "anchor", "tag", "directive",
            "second")  # fmt: skip
    for messages in (zh.MESSAGES, en.MESSAGES):
        for key in keys:
            before, _, after = messages[f"yaml.{key}"].partition("{")
            after = after.rpartition("}")[2]
            assert any(text.startswith(before) and text.endswith(after) for text in seen), key
