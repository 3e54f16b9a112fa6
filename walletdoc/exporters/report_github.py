"""Findings as the annotations of GitHub Actions, which are shown at their line in a pull request.

The format: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from collections.abc import Iterator

from walletdoc.diagnostic import Diagnostic, Severity
from walletdoc.report import Report
from walletdoc.text import Lang, visible

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "notice"}


def lines(report: Report, lang: Lang) -> Iterator[str]:
    """Yield one workflow command for each finding."""
    yield from (_command(each, lang) for each in report.found)


def _command(found: Diagnostic, lang: Lang) -> str:
    span = found.span
    properties = {"file": found.path, "line": span.line, "endLine": span.end_line}
    if span.line == span.end_line:  # columns count only within a line
        properties |= {"col": span.column, "endColumn": span.end_column}
    listed = ",".join(f"{key}={_property(str(value))}" for key, value in (properties | {"title": found.rule}).items())
    return f"::{_LEVELS[found.severity]} {listed}::{_data(visible(found.message.of(lang)))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
