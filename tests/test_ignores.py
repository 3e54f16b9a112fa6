"""Comments that silence: where they may stand, what they are for, and what is wrong with them."""

import pytest

from tests import packs
from walletdoc.diagnostic import Diagnostic, Severity
from walletdoc.ignores import ignores, silence
from walletdoc.span import Span
from walletdoc.text import Text
from walletdoc.yamlfile import parse

KNOWN = ("one-rule", "other-rule")


def read(source: str):
    return ignores(parse(source.encode(), "f.yaml"), KNOWN)


def meant(source: str) -> list[tuple[str, int]]:
    return [(each.rule, each.line) for each in read(source).ignores]


def told(source: str) -> list[tuple[str, int, int]]:
    return [(each.rule, each.span.line, each.span.column) for each in read(source).found]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a: b  # walletdoc: ignore[one-rule] why", [("one-rule", 1)]),
        ("# walletdoc: ignore[one-rule] why\na: b", [("one-rule", 2)]),
        ("a: b\n  # walletdoc: ignore[one-rule] why\n\n# more\n\nc: d", [("one-rule", 6)]),
        (
            "# walletdoc: ignore[one-rule] why\n# walletdoc: ignore[other-rule] why\na: b",
            [("one-rule", 3), ("other-rule", 3)],
        ),
        ("a: b # walletdoc:ignore[one-rule,other-rule]: why", [("one-rule", 1), ("other-rule", 1)]),
        ("a: b #walletdoc: ignore[ one-rule , other-rule ] 理由", [("one-rule", 1), ("other-rule", 1)]),
        ("a: {b: c} # see # walletdoc: ignore[one-rule] why", [("one-rule", 1)]),
        ("a: 'it # walletdoc: ignore[one-rule] why'", []),
        ('a: "it # walletdoc: ignore[one-rule] why"', []),
        ("a: |\n  # walletdoc: ignore[one-rule] why\n  more", []),
        ("a: b#walletdoc:ignore[one-rule]", []),
        ('"# walletdoc: ignore[one-rule] why": b', []),
        ("a: b # about walletdoc: nothing", []),
        ("a: b # walletdoc", []),
    ],
)
def test_where_a_comment_silences(source, expected):
    assert meant(source) == expected
    assert told(source) == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a: b  # walletdoc: ignore[one-rule]", [("ignore-without-reason", 1, 7)]),
        ("a: b  # walletdoc: ignore[one-rule] - ", [("ignore-without-reason", 1, 7)]),
        ("a: b  # walletdoc: ignore[no-rule] why", [("bad-ignore", 1, 27)]),
        ("a: b  # walletdoc: ignore[one-rule, no-rule] why", [("bad-ignore", 1, 37)]),
        ("a: b  # walletdoc: ignore", [("bad-ignore", 1, 7)]),
        ("a: b  # walletdoc: ignore one-rule", [("bad-ignore", 1, 7)]),
        ("a: b  # walletdoc: ignore[] why", [("bad-ignore", 1, 7)]),
        ("a: b  # walletdoc: ignore[,] why", [("bad-ignore", 1, 7)]),
        ("a: b  # walletdoc: ignroe[one-rule] why", [("bad-ignore", 1, 7)]),
    ],
)
def test_what_is_wrong_with_a_comment(source, expected):
    assert told(source) == expected


def test_a_comment_without_a_reason_silences_all_the_same():
    assert meant("a: b  # walletdoc: ignore[one-rule]") == [("one-rule", 1)]


def test_a_near_name_is_suggested():
    message = read("a: b  # walletdoc: ignore[one-rul] why").found[0].message
    assert "did you mean 'one-rule'" in message.en
    assert "是不是“one-rule”" in message.zh


def finding(rule: str, line: int) -> Diagnostic:
    return Diagnostic("f.yaml", Span(line, 1, line, 2), rule, Severity.WARNING, Text("一", "one"))


def test_a_finding_in_that_line_by_that_rule_is_silenced():
    comments = read("a: b  # walletdoc: ignore[one-rule] why").ignores
    here, elsewhere, other = finding("one-rule", 1), finding("one-rule", 2), finding("other-rule", 1)
    assert list(silence("f.yaml", [here, elsewhere, other], comments, judged=True)) == [elsewhere, other]


def test_a_comment_that_silences_nothing_is_found_where_it_names_the_rule():
    comments = read("a: b  # walletdoc: ignore[one-rule] why").ignores
    (found,) = silence("f.yaml", [finding("one-rule", 2)][:0], comments, judged=True)
    assert (found.rule, found.span) == ("unused-ignore", Span(1, 27, 1, 35))
    assert list(silence("f.yaml", [], comments, judged=False)) == []


def test_a_file_full_of_comments_is_read_in_no_time():
    names = ",".join(["nearly-one-rule"] * 20_000)
    source = "a: b\n" + f"# walletdoc: ignore[{names}] why\n" * 2
    found = read(source)
    assert len(found.found) + len(found.ignores) <= 200


def test_a_rule_of_reading_cannot_be_silenced(tmp_path):
    from datetime import date

    from walletdoc.check import check

    text = packs.flow("small", "first: {end: info, say: {zh: '好', en: 'Fine'}}")
    text = text.replace("start: first", "start: frist  # walletdoc: ignore[unknown-node] why")
    pack = packs.write(tmp_path, {"test/small.yaml": text})
    rules = {each.rule for each in check([pack], date(2026, 11, 29)).found}
    assert {"unknown-node", "bad-ignore"} <= rules
