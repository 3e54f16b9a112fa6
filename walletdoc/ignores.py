"""Comments that silence a finding: `# walletdoc: ignore[rule, other-rule] the reason`.

Such a comment stands at the end of a line, for what is found in that line, or on a line of its own, for the next line
that is not a comment. What a file can't be read for is never silenced: such a file does not run.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator
from difflib import get_close_matches

from walletdoc.diagnostic import Diagnostic, Severity
from walletdoc.frozen import frozen
from walletdoc.locales import both
from walletdoc.span import Span, at
from walletdoc.text import brief
from walletdoc.verdict import Ignore
from walletdoc.yamlfile import Document

BAD, REASONLESS, UNUSED = "bad-ignore", "ignore-without-reason", "unused-ignore"
RULES = (BAD, REASONLESS, UNUSED)

_COMMENT = re.compile(r"#[ \t]*walletdoc[ \t]*:(?P<says>[^\n]*)")
_SAYS = re.compile(r"\s*ignore\[(?P<rules>[^\]\n]*)\](?P<reason>.*)")
_NAME = re.compile(r"[^,\s](?:[^,]*[^,\s])?")
_LONGEST = 40  # characters of a rule's name that are compared
_MOST = 200  # rules that the comments of one file may name; more are not read
_BLANK = re.compile(r"[ \t]*(?:#[^\n]*)?(?:\n|$)")


@frozen
class Ignores:
    """What the comments of a file silence, and what is wrong with the comments themselves."""

    ignores: tuple[Ignore, ...]
    found: tuple[Diagnostic, ...]


def ignores(document: Document, known: Collection[str]) -> Ignores:
    """Return what the comments of a document silence; `known` are the rules that can be silenced."""
    if "walletdoc" not in document.source:
        return Ignores((), ())
    given: list[Ignore] = []
    found: list[Diagnostic] = []
    for comment in _comments(document):
        says = _SAYS.fullmatch(comment["says"])
        if says is None or not _NAME.search(says["rules"]):
            found.append(_wrong(document, BAD, "check.bad-ignore", comment.span()))
            continue
        if not says["reason"].strip(" \t-—–:：,，。."):
            found.append(_wrong(document, REASONLESS, "check.ignore-without-reason", comment.span()))
        line = _line_meant(document.source, comment.start())
        for name, span in _named(document, comment.start("says") + says.start("rules"), says["rules"]):
            if len(given) + len(found) >= _MOST:
                return Ignores(tuple(given), tuple(found))
            if name in known:
                given.append(Ignore(name, line, span))
            else:
                found.append(_unknown(document.path, span, name, known))
    return Ignores(tuple(given), tuple(found))


def silence(
    path: str, found: Collection[Diagnostic], given: Collection[Ignore], *, judged: bool
) -> Iterator[Diagnostic]:
    """Yield the findings that no comment silences, and a finding for each comment that silenced nothing.

    `judged` says that all rules had their say: only then can it be known what a comment is for.
    """
    wanted = {(each.rule, each.line) for each in given}
    used = {(each.rule, each.span.line) for each in found}
    yield from (each for each in found if (each.rule, each.span.line) not in wanted)
    for each in given if judged else ():
        if (each.rule, each.line) not in used:
            message = both("check.unused-ignore", rule=each.rule)
            yield Diagnostic(path, each.span, UNUSED, Severity.WARNING, message)


def _comments(document: Document) -> Iterator[re.Match[str]]:
    """Yield the comments that speak to us; what stands in a text is none."""
    source = document.source
    matches = [
        each for each in _COMMENT.finditer(source) if source[max(each.start() - 1, 0) : each.start()].strip() == ""
    ]
    if not matches:
        return
    places = sorted(document.texts())
    starts = [start for start, _ in places]
    for match in matches:
        before = bisect_right(starts, match.start()) - 1
        if before < 0 or places[before][1] <= match.start():
            yield match


def _line_meant(source: str, start: int) -> int:
    begins = source.rfind("\n", 0, start) + 1
    if not source[begins:start].strip():
        while begins < len(source) and (blank := _BLANK.match(source, begins)):
            begins = blank.end()
    return source.count("\n", 0, begins) + 1


def _named(document: Document, start: int, names: str) -> Iterator[tuple[str, Span]]:
    for match in _NAME.finditer(names):
        yield match[0], at(document.source, start + match.start(), start + match.end())


def _wrong(document: Document, rule: str, key: str, place: tuple[int, int]) -> Diagnostic:
    return Diagnostic(document.path, at(document.source, *place), rule, Severity.WARNING, both(key))


def _unknown(path: str, span: Span, name: str, known: Collection[str]) -> Diagnostic:
    close = get_close_matches(name[:_LONGEST], list(known), 1)
    key = "check.ignore-unknown-but" if close else "check.ignore-unknown"
    message = both(key, rule=brief(name), close=close[0] if close else "")
    return Diagnostic(path, span, BAD, Severity.WARNING, message)
