"""Collects what is wrong with one file while it is read."""

from typing import NoReturn

from walletdoc.diagnostic import Diagnostic, Faulty, Severity
from walletdoc.locales import both
from walletdoc.slip import Slip
from walletdoc.span import at

MAX_FINDINGS = 100


class Findings:
    """The findings of one file as diagnostics; the first too many ends the reading.

    `source` is the text that the places of the findings count in; it is set once the file is decoded.
    """

    def __init__(self, path: str) -> None:
        """Take the name of the file that the findings are to carry."""
        self.path = path
        self.source = ""
        self.found: list[Diagnostic] = []

    def add(self, slip: Slip) -> None:
        """Keep a finding; raises Faulty where there are too many to be of use."""
        if len(self.found) == MAX_FINDINGS:
            self.stop(Slip("limit", "yaml.many", slip.start, slip.stop, {"most": MAX_FINDINGS}))
        self.found.append(self._diagnostic(slip))

    def end(self, slip: Slip) -> NoReturn:
        """Raise Faulty with all findings and this one, after which the file can't be read on."""
        self.add(slip)
        self.stop()

    def stop(self, *last: Slip) -> NoReturn:
        """Raise Faulty with all findings in the order of the file, then `last`."""
        in_order = sorted(self.found, key=lambda diagnostic: diagnostic.span)
        raise Faulty((*in_order, *map(self._diagnostic, last)), {self.path: self.source})

    def _diagnostic(self, slip: Slip) -> Diagnostic:
        span = at(self.source, slip.start, slip.stop)
        return Diagnostic(self.path, span, slip.rule, Severity.ERROR, both(slip.key, **slip.values))
