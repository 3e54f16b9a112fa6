"""Keys from a terminal, one at a time, and the terminal as it was when that is over, whatever ended it.

Ctrl-C stays a signal, so that one sent from outside and one typed are the same, and whoever installed a handler has it
called. What was typed before the question was there is thrown away; what is pasted comes as one key, so that none of its
characters is taken for an answer.
"""

import codecs
import os
import re
import select
import termios
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, TextIO

from walletdoc.face import EndOfInput

_CHUNK = 4096
_SEQUENCE_PATIENCE = 0.05  # seconds in which the rest of a sequence follows its escape
_PASTE_PATIENCE = 1.0  # seconds in which the rest of what is pasted follows
_END_OF_INPUT = "\x04"  # Ctrl-D
_LONGEST_PASTE = 64 * 1024  # characters; of more the end is kept
_PASTE, _PASTED = "\x1b[200~", "\x1b[201~"
_PASTE_ON, _PASTE_OFF = "\x1b[?2004h", "\x1b[?2004l"
_SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|O[ -~]|[^\[O\x1b])", re.DOTALL)
_NAMED = {
    "\r": "enter", "\n": "enter", "\x1bOM": "enter", "\x7f": "backspace", "\x08": "backspace",
    "\x1b[A": "up", "\x1bOA": "up", "\x1b[D": "up", "\x1bOD": "up", "\x1b[Z": "up",
    "\x1b[B": "down", "\x1bOB": "down", "\x1b[C": "down", "\x1bOC": "down", "\t": "down",
    "\x1b[5~": "page-up", "\x1b[6~": "page-down",
}  # fmt: skip


class Keyboard:
    """The keys of a terminal; read them within `listening`."""

    def __init__(self, source: TextIO, sink: TextIO) -> None:
        """Take the terminal's two ends."""
        self._handle = source.fileno()
        self._sink = sink
        self._decoder = codecs.getincrementaldecoder(source.encoding or "utf-8")("replace")
        self._pending = ""
        self._pasting = False
        self.pasted = ""  # what came with the last key named `paste`

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Have keys come one by one and unseen; raises `EndOfInput` where the terminal is gone."""
        try:
            before = termios.tcgetattr(self._handle)
        except termios.error as error:
            raise EndOfInput from error
        try:
            termios.tcsetattr(self._handle, termios.TCSANOW, self._changed(before))
            self._forget()
            self._send(_PASTE_ON)
            yield
        finally:
            # Twice: a signal's exception may break into the first, and there is one at most.
            try:
                self._restore(before)
            finally:
                self._restore(before)

    def _changed(self, before: list[Any]) -> list[Any]:
        """Return the terminal's modes for single keys; no stopping by Ctrl-Z: the shell would find them changed."""
        iflag, oflag, cflag, lflag, ispeed, ospeed, special = before
        lflag &= ~(termios.ICANON | termios.ECHO | termios.IEXTEN)
        special = list(special)
        special[termios.VSUSP] = os.fpathconf(self._handle, "PC_VDISABLE")
        return [iflag & ~termios.IXON, oflag, cflag, lflag, ispeed, ospeed, special]

    def _restore(self, before: list[Any]) -> None:
        with suppress(OSError, termios.error):  # the terminal may be gone
            self._forget()
            termios.tcsetattr(self._handle, termios.TCSANOW, before)
            self._send(_PASTE_OFF)

    def _send(self, sequence: str) -> None:
        self._sink.write(sequence)
        self._sink.flush()

    def _forget(self) -> None:
        termios.tcflush(self._handle, termios.TCIFLUSH)
        self._decoder.reset()
        self._pending = ""
        self._pasting = False

    def read(self, patience: float) -> str | None:
        """Return the next key, one character or a name such as `up` or `paste`; None where none comes for so many seconds.

        Raises `EndOfInput` for Ctrl-D and where the terminal is gone.
        """
        while True:
            key = self._take()
            if key == _END_OF_INPUT:
                raise EndOfInput
            if key is not None:
                return key
            if not self._wait(self._patience(patience)):
                alone = self._pending == "\x1b"
                self._pending, self._pasting = "", False
                return "escape" if alone else None

    def _patience(self, between_keys: float) -> float:
        if self._pasting:
            return _PASTE_PATIENCE
        return _SEQUENCE_PATIENCE if self._pending else between_keys

    def _wait(self, patience: float) -> bool:
        """Wait for more to be typed; return whether there was."""
        if not select.select([self._handle], [], [], patience)[0]:
            return False
        try:
            data = os.read(self._handle, _CHUNK)
        except OSError as error:
            raise EndOfInput from error
        if not data:
            raise EndOfInput
        self._pending += self._decoder.decode(data)
        return True

    def _take(self) -> str | None:
        """Take one key from what was typed; None where there is no whole one. Unknown sequences are passed over."""
        while self._pending:
            if self._pasting:
                inside, end, rest = self._pending[-_LONGEST_PASTE:].partition(_PASTED)
                self._pending, self._pasting = rest if end else inside, not end
                if not end:
                    return None
                self.pasted = inside
                return "paste"
            if self._pending[0] != "\x1b":
                char, self._pending = self._pending[0], self._pending[1:]
                return _NAMED.get(char, char)
            match = _SEQUENCE.match(self._pending)
            if match is None:
                return None
            self._pending = self._pending[match.end() :]
            self._pasting = match[0] == _PASTE
            if match[0] in _NAMED:
                return _NAMED[match[0]]
        return None
