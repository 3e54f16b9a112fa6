"""How flow tests went, as the JUnit XML that services show."""

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from walletdoc.diagnostic import Diagnostic
from walletdoc.flowtest.suite import FileResult, Result
from walletdoc.flowtest.way import shown
from walletdoc.text import Lang, visible


def lines(results: Iterable[FileResult], lang: Lang) -> Iterator[str]:
    """Yield one test suite a file, one test case a test; a file that can't be read has one failed case a mistake."""
    yield '<?xml version="1.0" encoding="utf-8"?>'
    files = [(file, [*map(_as_result, file.faults), *file.results]) for file in results]
    yield f"<testsuites {_counts([each for _, tests in files for each in tests])}>"
    for file, tests in files:
        yield f"  <testsuite name={_said(file.path)} {_counts(tests)}>"
        for each in tests:
            where = f'classname={_said(file.flow or file.path)} file={_said(file.path)} line="{each.line}"'
            if each.fault is None:
                yield f"    <testcase name={_said(each.name)} {where}/>"
            else:
                yield f"    <testcase name={_said(each.name)} {where}>"
                text = "\n".join(visible(line) for line in shown(file.source, each.fault.span, each.rows, lang))
                yield f"      <failure message={_said(each.fault.message.of(lang))}>{escape(text)}</failure>"
                yield "    </testcase>"
        yield "  </testsuite>"
    yield "</testsuites>"


def _as_result(fault: Diagnostic) -> Result:
    return Result(fault.rule, fault.span.line, fault)


def _counts(tests: list[Result]) -> str:
    return f'tests="{len(tests)}" failures="{sum(each.fault is not None for each in tests)}" errors="0" skipped="0"'


def _said(value: str) -> str:
    return quoteattr(visible(value))
