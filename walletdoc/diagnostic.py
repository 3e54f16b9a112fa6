"""One finding about a file, and the exception that carries all findings of a file that can't be used."""

from enum import StrEnum

from walletdoc.frozen import frozen
from walletdoc.span import Span
from walletdoc.text import Lang, Text


class Severity(StrEnum):
    """How bad a finding is; an error makes the file unusable or unsafe."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@frozen
class Diagnostic:
    """One finding: where, by which rule, how bad, and what was wrong and is expected."""

    path: str
    span: Span
    rule: str
    severity: Severity
    message: Text

    def line(self, lang: Lang) -> str:
        """Return `path:line:col: severity: message [rule]`; the path is to be made visible by who prints it."""
        where = f"{self.path}:{self.span.line}:{self.span.column}"
        return f"{where}: {self.severity}: {self.message.of(lang)} [{self.rule}]"


class Faulty(Exception):  # noqa: N818 - it says what the file is
    """A file that can't be used, with all that was found in it, and its text for the caret lines."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...], sources: dict[str, str] | None = None) -> None:
        """Keep the findings in the order of the file; `sources` maps a path to its text where it could be read."""
        super().__init__("\n".join(found.line("en") for found in diagnostics))
        self.diagnostics = diagnostics
        self.sources = sources or {}
