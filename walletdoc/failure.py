"""What may go wrong in a way the user can mend, with the exit code it ends in (sysexits.h where one fits)."""

from walletdoc.text import Text

FINDINGS = 1
USAGE = 2
BAD_DATA = 65
NO_INPUT = 66
CANNOT_WRITE = 74
LOCKED = 75


class Failure(Exception):  # noqa: N818 - it is the failure that is shown, not a class of error
    """One line for the user in both languages, what to do about it, and the exit code of the process."""

    def __init__(self, message: Text, code: int, hint: Text | None = None) -> None:
        """Keep the three; the message names what was wrong and where, the hint how to go on."""
        super().__init__(message.en)
        self.message = message
        self.code = code
        self.hint = hint
