"""Findings for people: each with its source line and carets, then how many there are."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from walletdoc.complaint import of_diagnostic
from walletdoc.diagnostic import Severity
from walletdoc.failure import Failure
from walletdoc.locales import say
from walletdoc.readfile import read, text_of
from walletdoc.report import Report
from walletdoc.text import Lang


def lines(report: Report, lang: Lang) -> Iterator[str]:
    """Yield the report line by line; a file with findings is read once more for its source lines."""
    for path, found in groupby(report.found, key=lambda each: each.path):
        sources = _source(path)
        for each in found:
            yield from of_diagnostic(each, sources, lang)
    if report.found:
        yield ""
    counts = report.counts
    yield say(
        lang,
        "check.summary",
        files=report.files,
        errors=counts[Severity.ERROR],
        warnings=counts[Severity.WARNING],
        advice=counts[Severity.ADVICE],
    )
    yield say(lang, "check.explain" if report.found else "check.assumes")


def _source(path: str) -> dict[str, str]:
    try:
        return {path: text_of(read(Path(path)))}
    except Failure:
        return {}
