"""The rich face within the test's own process: keys by their names go in, and what was on screen before each comes out."""

import io
from contextlib import contextmanager
from types import SimpleNamespace

import pyte
import pytest

from tests.terminal import Screen
from walletdoc.face import EndOfInput
from walletdoc.faces import rich
from walletdoc.faces.rich import RichFace
from walletdoc.faces.stage import Stage


class Sink(io.StringIO):
    """What the face writes to, shown by an emulator of a terminal."""

    def __init__(self, columns, rows, encoding):
        super().__init__()
        self.screen = Screen(columns, rows)
        self.spoken = encoding
        self._stream = pyte.Stream(self.screen)

    encoding = property(lambda self: self.spoken)

    def fileno(self):
        return 1

    def isatty(self):
        return True

    def write(self, text):
        self._stream.feed(text.replace("\n", "\r\n"))
        return super().write(text)


class Keys:
    """A keyboard on which keys were pressed beforehand; after the last one the input ends.

    What is pasted is written `paste:` and the text.
    """

    def __init__(self, keys, before_each):
        self.keys = list(keys)
        self._before_each = before_each

    @contextmanager
    def listening(self):
        yield

    def read(self, _patience):
        self._before_each()
        if not self.keys:
            raise EndOfInput
        key, _, self.pasted = self.keys.pop(0).partition("paste:")
        return key or "paste"


class Placed(Stage):
    """A stage of a given size and with pressed keys."""

    def __init__(self, sink, keys, size):
        super().__init__(SimpleNamespace(fileno=lambda: 0, encoding="utf-8"), sink)
        self._keyboard = keys
        self._placed = size

    size = property(lambda self: self._placed)


class Desk:
    """A face with pressed keys, and the pages that were on its screen when each was read."""

    def __init__(self, lang="en", keys=(), columns=80, rows=24, env=None, encoding="utf-8"):
        self.sink = Sink(columns, rows, encoding)
        self.pages = []
        self.cursors = []
        self.overflowed = 0  # lines that have scrolled away above
        with pytest.MonkeyPatch.context() as patch:
            for name in ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR"):
                patch.delenv(name, raising=False)
            for name, value in ({"TERM": "xterm-256color"} | (env or {})).items():
                patch.setenv(name, value)
            self._keys = Keys(keys, self._look)
            patch.setattr(rich, "Stage", lambda *_: Placed(self.sink, self._keys, (columns, rows)))
            patch.setattr(rich.sys, "stdout", self.sink)
            self.face = RichFace(lang)

    def press(self, *keys):
        """Press more keys."""
        self._keys.keys.extend(keys)

    def _look(self):
        self.pages.append(self.text)
        self.overflowed = len(self.sink.screen.above)
        self.cursors.append((self.sink.screen.cursor.y, self.sink.screen.cursor.x))

    @property
    def text(self):
        """What is on the screen."""
        return "\n".join(self.sink.screen.rows)

    @property
    def everything(self):
        """What is on the screen and what has scrolled away above it."""
        return self.sink.screen.everything

    @property
    def page(self):
        """The page on which the last key was read."""
        return self.pages[-1]
