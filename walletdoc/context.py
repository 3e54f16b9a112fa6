"""What every command is told before it runs: the language, the pack, where state is kept, what is set."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from walletdoc.folders import cache_folder, state_folder
from walletdoc.library import Library
from walletdoc.text import Lang


@dataclass(frozen=True)
class Context:
    """One call of the program."""

    lang: Lang
    pack: Path | None = None
    settings: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def state(self) -> Path:
        """The folder of sessions and settings; raises `Failure` (74) where there is no home."""
        return state_folder(os.environ)

    @cached_property
    def library(self) -> Library:
        """The packs; each call reads through the cache."""
        return Library(self.pack, self.cache_folder)

    @cached_property
    def cache_folder(self) -> Path | None:
        """The folder for what was read of packs; None where the system names none."""
        return cache_folder(os.environ)

    @property
    def today(self) -> date:
        """The day on which this runs, where the user is."""
        return date.today()  # noqa: DTZ011 - a date for people, in their own time


_current: list[Context] = []


def current() -> Context:
    """Return the context of this call."""
    return _current[-1]


def enter(context: Context) -> None:
    """Make this the context of the call; done once, before a command's module is imported: its help is in a language."""
    _current.append(context)
