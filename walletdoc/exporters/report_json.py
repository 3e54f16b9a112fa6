"""Findings for programs, as JSON."""

import json
from collections.abc import Iterator

from walletdoc.diagnostic import Diagnostic
from walletdoc.report import Report
from walletdoc.text import Lang


def lines(report: Report, lang: Lang) -> Iterator[str]:
    """Yield the report as one JSON object: `files`, the number of each severity, and `findings`.

    Lines and columns count from 1, columns count characters, the end is exclusive.
    """
    counts = {str(severity): count for severity, count in report.counts.items()}
    whole = {"files": report.files, **counts, "findings": [_plain(each, lang) for each in report.found]}
    yield json.dumps(whole, indent=2)  # ASCII, so that nothing in a message or a path can trouble who reads it


def _plain(found: Diagnostic, lang: Lang) -> dict[str, object]:
    return {
        "path": found.path,
        "line": found.span.line,
        "column": found.span.column,
        "endLine": found.span.end_line,
        "endColumn": found.span.end_column,
        "rule": found.rule,
        "severity": str(found.severity),
        "message": found.message.of(lang),
    }
