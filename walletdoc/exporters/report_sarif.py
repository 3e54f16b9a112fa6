"""Findings as SARIF 2.1.0, the format of OASIS that editors and code hosts read.

The standard: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from walletdoc import __version__
from walletdoc.diagnostic import Diagnostic, Severity
from walletdoc.manual import manual
from walletdoc.report import Report
from walletdoc.rules import Rule, load
from walletdoc.text import Lang

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "note"}
_ROOT = "SRCROOT"


def lines(report: Report, lang: Lang) -> Iterator[str]:
    """Yield the report as one SARIF log; the rules that found something are described in it."""
    rules = load()
    named = {id_: rules[id_] for id_ in sorted({each.rule for each in report.found})}
    driver = {
        "name": "walletdoc",
        "version": __version__,
        "semanticVersion": __version__,
        "language": lang,
        "rules": [_rule(each, lang) for each in named.values()],
    }
    run = {
        "tool": {"driver": driver},
        "language": lang,
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"uri": Path.cwd().as_uri() + "/"}},
        "results": [_result(each, list(named), lang) for each in report.found],
    }
    yield json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def _rule(rule: Rule, lang: Lang) -> Mapping[str, Any]:
    says = manual(rule.module)
    return {
        "id": rule.id,
        "shortDescription": {"text": says.summary(lang)},
        "fullDescription": {"text": says.says.of(lang)},
        "help": {"text": f"{says.says.of(lang)}\n\nBad:\n{says.bad}\n\nGood:\n{says.good}\n"},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [rule.area]},
    }


def _result(found: Diagnostic, rules: list[str], lang: Lang) -> Mapping[str, Any]:
    span = found.span
    region = {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }
    return {
        "ruleId": found.rule,
        "ruleIndex": rules.index(found.rule),
        "level": _LEVELS[found.severity],
        "message": {"text": found.message.of(lang)},
        "locations": [{"physicalLocation": {"artifactLocation": _artifact(found.path), "region": region}}],
    }


def _artifact(path: str) -> Mapping[str, str]:
    if Path(path).is_absolute():
        return {"uri": Path(path).as_uri()}
    return {"uri": quote(path, errors="surrogatepass"), "uriBaseId": _ROOT}
