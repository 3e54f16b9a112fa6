"""How flow tests went, as the JUnit XML that services show."""

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from walletdoc.flowtest.suite import FileResult
from walletdoc.text import Lang, visible


def lines(results: Iterable[FileResult], lang: Lang) -> Iterator[str]:
    """Yield one test suite a file, one test case a test; a file that can't be read has one failed case a mistake."""
    yield '<?xml version="1.0" encoding="utf-8"?>'
    yield "<testsuites>"
    for file in results:
        faults = [(each.rule, each.span.line, each.message, ()) for each in file.faults]
        tests = [*faults, *((each.name, each.line, each.message, each.way) for each in file.results)]
        failed = sum(message is not None for _, _, message, _ in tests)
        yield f'  <testsuite name={_said(file.path)} tests="{len(tests)}" failures="{failed}">'
        for name, line, message, way in tests:
            where = f'classname={_said(file.flow or file.path)} file={_said(file.path)} line="{line}"'
            if message is None:
                yield f"    <testcase name={_said(name)} {where}/>"
            else:
                yield f"    <testcase name={_said(name)} {where}>"
                yield f"      <failure message={_said(message.of(lang))}>{escape(visible(', '.join(way)))}</failure>"
                yield "    </testcase>"
        yield "  </testsuite>"
    yield "</testsuites>"


def _said(value: str) -> str:
    return quoteattr(visible(value))
