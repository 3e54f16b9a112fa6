"""How flow tests went, for people: each failure with the way taken beside the way expected, then how many there were."""

from collections.abc import Iterable, Iterator

from walletdoc.complaint import of_diagnostic
from walletdoc.flowtest.suite import FileResult
from walletdoc.flowtest.way import shown
from walletdoc.locales import say
from walletdoc.text import Lang, visible


def lines(results: Iterable[FileResult], lang: Lang) -> Iterator[str]:
    """Yield what failed, file by file, and a summary."""
    passed = failed = broken = 0
    for file in results:
        for fault in file.faults:
            yield from of_diagnostic(fault, {fault.path: file.source} if file.source else {}, lang)
        broken += bool(file.faults)
        for each in file.results:
            if each.fault is None:
                passed += 1
                continue
            failed += 1
            yield visible(each.fault.line(lang))
            yield from shown(file.source, each.fault.span, each.rows, lang)
    if failed or broken:
        yield ""
    yield say(lang, "test.summary", passed=passed, failed=failed, broken=broken)
