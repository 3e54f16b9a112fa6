"""Signals that end a session become exceptions, so that the terminal is put right and the session is let go of."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

_ENDING = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGQUIT") if hasattr(signal, name)]


class Interrupted(BaseException):
    """A signal asked the program to end; `code` is what the process then exits with, 128 and the signal's number."""

    def __init__(self, number: int) -> None:
        """Keep the signal's number."""
        super().__init__(number)
        self.code = 128 + number


def _raise(number: int, _frame: FrameType | None) -> NoReturn:
    for each in _ENDING:
        signal.signal(each, signal.SIG_IGN)  # one is enough: a second must not break into putting things right
    raise Interrupted(number)


@contextmanager
def ending_signals() -> Iterator[None]:
    """Within the block, SIGTERM, SIGHUP and SIGQUIT raise `Interrupted`, once."""
    before = [(each, signal.signal(each, _raise)) for each in _ENDING if signal.getsignal(each) is not signal.SIG_IGN]
    try:
        yield
    finally:
        for each, handler in before:
            signal.signal(each, handler)
