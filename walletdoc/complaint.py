"""What is said when something goes wrong: one line that says what, then how to go on. Never a traceback."""

import errno
from pathlib import Path

from walletdoc.diagnostic import Diagnostic, Faulty
from walletdoc.failure import Failure
from walletdoc.locales import say
from walletdoc.privatefile import cannot_write
from walletdoc.redact import redact
from walletdoc.span import excerpt
from walletdoc.text import Lang, visible

MOST = 20  # diagnostics that are shown of one file


def of_failure(failure: Failure, lang: Lang) -> tuple[str, ...]:
    """Return the line of a failure and its hint; what the user typed by mistake is masked."""
    hint = (failure.hint.of(lang),) if failure.hint else ()
    return (_line(failure.message.of(lang)), *map(_safe, hint))


def of_faulty(faulty: Faulty, lang: Lang) -> tuple[str, ...]:
    """Return each finding with its source line and a caret under what is meant."""
    shown = [line for found in faulty.diagnostics[:MOST] for line in of_diagnostic(found, faulty.sources, lang)]
    more = len(faulty.diagnostics) - MOST
    return (*shown, say(lang, "cli.more-faults", count=more)) if more > 0 else tuple(shown)


def of_diagnostic(found: Diagnostic, sources: dict[str, str], lang: Lang) -> tuple[str, ...]:
    """Return `path:line:col: severity: message [rule]`, then the source line with carets where the source is known."""
    lines = excerpt(sources[found.path], found.span) if found.path in sources else ""
    return (visible(found.line(lang)), *lines.splitlines())


def of_output(error: OSError, lang: Lang) -> tuple[str, ...]:
    """Return why standard output could not be written."""
    if error.errno == errno.EBADF:
        return (_line(say(lang, "cli.stdout-closed")),)
    return (_line(cannot_write(Path("stdout"), error).message.of(lang)),)


def of_unexpected(error: Exception, lang: Lang) -> tuple[str, ...]:
    """Return what a mistake of ours looks like to the user, and how to report it."""
    what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return (_line(say(lang, "cli.unexpected", what=what)), say(lang, "cli.unexpected-hint"))


def _line(message: str) -> str:
    return f"walletdoc: {_safe(message)}"


def _safe(message: str) -> str:
    return visible(redact(message))
