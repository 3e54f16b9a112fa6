"""What the rules say of one file by itself, and the same as plain values, to be kept and to be sent between processes."""

from collections.abc import Mapping
from dataclasses import astuple
from typing import Any

from walletdoc.diagnostic import Diagnostic, Severity
from walletdoc.frozen import frozen
from walletdoc.span import Span
from walletdoc.text import Text


@frozen
class Ignore:
    """One rule that a comment silences in one line (from 1), and where the rule is named."""

    rule: str
    line: int
    span: Span


@frozen
class Verdict:
    """The findings of a file, what its comments silence, and what rules that look at the whole pack note of it.

    `judged` says that every rule had its say; not so where the file, or one that it needs, can't be read.
    """

    found: tuple[Diagnostic, ...]
    ignores: tuple[Ignore, ...] = ()
    notes: Mapping[str, Any] | None = None
    judged: bool = False


def to_plain(verdict: Verdict) -> object:
    """Return a verdict as tuples and texts."""
    found = tuple(map(diagnostic_to_plain, verdict.found))
    ignores = tuple((each.rule, each.line, astuple(each.span)) for each in verdict.ignores)
    return found, ignores, verdict.notes, verdict.judged


def from_plain(plain: Any) -> Verdict:  # noqa: ANN401 - what `to_plain` gave
    """Return the verdict that `to_plain` made plain."""
    found, ignores, notes, judged = plain
    return Verdict(
        tuple(map(diagnostic_from_plain, found)),
        tuple(Ignore(rule, line, Span(*span)) for rule, line, span in ignores),
        notes,
        judged,
    )


def diagnostic_to_plain(found: Diagnostic) -> tuple[object, ...]:
    """Return a finding as a tuple of texts and numbers."""
    return (found.path, astuple(found.span), found.rule, str(found.severity), found.message.zh, found.message.en)


def diagnostic_from_plain(plain: Any) -> Diagnostic:  # noqa: ANN401 - what `diagnostic_to_plain` gave
    """Return the finding that `diagnostic_to_plain` made plain."""
    path, span, rule, severity, zh, en = plain
    return Diagnostic(path, Span(*span), rule, Severity(severity), Text(zh, en))
