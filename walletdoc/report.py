"""What a check has found."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from walletdoc.diagnostic import Diagnostic, Severity


@dataclass(frozen=True)
class Report:
    """The findings in the order of path and place, and how many files were checked.

    The path of a finding is relative to the current folder for what is in it.
    """

    found: tuple[Diagnostic, ...]
    files: int

    @cached_property
    def counts(self) -> Mapping[Severity, int]:
        """How many findings there are of each severity."""
        counted = Counter(each.severity for each in self.found)
        return {each: counted[each] for each in Severity}

    def fails(self, *, strict: bool) -> bool:
        """Tell whether this is bad enough to fail: errors, and in a strict check warnings as well."""
        return bool(self.counts[Severity.ERROR] or (strict and self.counts[Severity.WARNING]))


def shown(path: str) -> str:
    """Return how a path is shown: relative to the current folder if it is in it."""
    try:
        return str(Path(path).relative_to(Path.cwd()))
    except (ValueError, OSError):  # it is elsewhere; there is no current folder any more
        return path
