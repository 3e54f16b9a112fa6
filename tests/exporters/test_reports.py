"""Findings as text, JSON, SARIF and GitHub's annotations."""

import json
import re
from pathlib import Path

import pytest

from walletdoc.diagnostic import Diagnostic, Severity
from walletdoc.exporters import report_github, report_json, report_sarif, report_text
from walletdoc.report import Report
from walletdoc.rules import load
from walletdoc.span import Span
from walletdoc.text import Text

SCHEMA = Path(__file__).parents[1] / "data/sarif-2.1.0-rtm.5.json"
SOURCE = "flow: small\ntitle: {zh: 支付，失败, en: Broken}\n"


def finding(
    path: str = "a.yaml", rule: str = "schema", severity: Severity = Severity.ERROR, **more: object
) -> Diagnostic:
    values = {"span": Span(2, 13, 2, 18), "message": Text("写错了", "this is wrong")} | more
    return Diagnostic(path, rule=rule, severity=severity, **values)


REPORT = Report(
    (
        finding(),
        finding(rule="wide-label", severity=Severity.WARNING),
        finding("b, c: 100%.yaml", "unused-fact" if "unused-fact" in load() else "unused-ignore", Severity.ADVICE),
        finding(span=Span(1, 1, 2, 3), message=Text("两行\n100%\r“\x1b[31m”", "two lines\n100%\r'\x1b[31m'")),
    ),
    3,
)


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.yaml").write_text(SOURCE, encoding="utf-8")


def test_text_has_the_source_line_with_carets_and_the_counts():
    lines = list(report_text.lines(Report(REPORT.found[:2], 3), "zh"))
    assert lines == [
        "a.yaml:2:13: error: 写错了 [schema]",
        "    2 | title: {zh: 支付，失败, en: Broken}",
        "                    ^^^^^^^^^^",
        "a.yaml:2:13: warning: 写错了 [wide-label]",
        "    2 | title: {zh: 支付，失败, en: Broken}",
        "                    ^^^^^^^^^^",
        "",
        "检查了 3 个文件：1 个错误，1 个警告，0 条建议。",
        "某条规则是什么意思：walletdoc explain 规则",
    ]


def test_text_of_nothing_found_says_what_the_proofs_assume():
    assert list(report_text.lines(Report((), 3), "en")) == [
        "Files checked: 3. Errors: 0, warnings: 0, advice: 0.",
        "Proofs assume one cause at a time.",
    ]


def test_text_goes_without_the_line_of_a_file_that_is_gone():
    assert list(report_text.lines(Report((finding("gone.yaml"),), 1), "en"))[:2] == [
        "gone.yaml:2:13: error: this is wrong [schema]",
        "",
    ]


def test_text_shows_hostile_characters():
    said = "\n".join(report_text.lines(REPORT, "en"))
    assert "<U+001B>[31m" in said
    assert "\x1b" not in said


def test_json():
    read = json.loads("\n".join(report_json.lines(REPORT, "en")))
    assert {key: read[key] for key in ("files", "error", "warning", "advice")} == {
        "files": 3,
        "error": 2,
        "warning": 1,
        "advice": 1,
    }
    assert read["findings"][0] == {
        "path": "a.yaml",
        "line": 2,
        "column": 13,
        "endLine": 2,
        "endColumn": 18,
        "rule": "schema",
        "severity": "error",
        "message": "this is wrong",
    }
    assert len(read["findings"]) == 4


def test_github_escapes_what_would_end_a_command():
    lines = list(report_github.lines(REPORT, "en"))
    assert lines[0] == "::error file=a.yaml,line=2,endLine=2,col=13,endColumn=18,title=schema::this is wrong"
    assert lines[1].startswith("::warning ")
    assert lines[2].startswith("::notice file=b%2C c%3A 100%25.yaml,line=2,")
    assert (
        lines[3] == "::error file=a.yaml,line=1,endLine=2,title=schema::two lines<U+000A>100%25<U+000D>'<U+001B>[31m'"
    )
    assert all(len(line.splitlines()) == 1 for line in lines)


# --- SARIF


@pytest.fixture(scope="module")
def validator():
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker())


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("report", [REPORT, Report((), 0)], ids=["some", "none"])
def test_sarif_is_what_the_standard_says(validator, report, lang):
    log = json.loads("\n".join(report_sarif.lines(report, lang)))
    assert [error.message for error in validator.iter_errors(log)] == []


def test_the_schema_would_find_a_mistake(validator):
    log = json.loads("\n".join(report_sarif.lines(REPORT, "en")))
    log["runs"][0]["results"][0]["level"] = "advice"
    assert [list(error.path) for error in validator.iter_errors(log)] == [["runs", 0, "results", 0, "level"]]


def test_sarif_describes_each_rule_that_found_something():
    run = json.loads("\n".join(report_sarif.lines(REPORT, "zh")))["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    for found, result in zip(REPORT.found, run["results"], strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == found.rule
    assert all(re.search("[\u4e00-\u9fff]", rule["shortDescription"]["text"]) for rule in rules)
    assert [result["level"] for result in run["results"]] == ["error", "warning", "note", "error"]


def test_sarif_names_files_by_uri(tmp_path):
    elsewhere = Report((finding("b, c: 100%/文.yaml"), finding("/else where/a.yaml")), 2)
    run = json.loads("\n".join(report_sarif.lines(elsewhere, "en")))["runs"][0]
    places = [result["locations"][0]["physicalLocation"]["artifactLocation"] for result in run["results"]]
    assert places == [
        {"uri": "b%2C%20c%3A%20100%25/%E6%96%87.yaml", "uriBaseId": "SRCROOT"},
        {"uri": "file:///else%20where/a.yaml"},
    ]
    assert run["originalUriBaseIds"] == {"SRCROOT": {"uri": f"file://{tmp_path}/"}}
