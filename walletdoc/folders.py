"""Where state and cache belong on this system; neither folder need exist.

XDG Base Directory Specification 0.8 on Linux and other Unix; elsewhere what the system's own programs do. (A library for
it costs a tenth of a scripted run, for the modules that it loads.)
"""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from walletdoc.failure import CANNOT_WRITE, Failure
from walletdoc.locales import both

Use = Literal["state", "cache"]

_XDG: Mapping[Use, tuple[str, str]] = {
    "state": ("XDG_STATE_HOME", ".local/state"),
    "cache": ("XDG_CACHE_HOME", ".cache"),
}
_MAC: Mapping[Use, str] = {"state": "Library/Application Support", "cache": "Library/Caches"}


def state_folder(environ: Mapping[str, str]) -> Path:
    """Return WALLETDOC_STATE, else the system's folder for state. Raises Failure 74 without a home."""
    given = environ.get("WALLETDOC_STATE")
    folder = Path(given).absolute() if given else _folder("state", environ, sys.platform)
    if folder is None:
        raise Failure(both("journal.no-home"), CANNOT_WRITE, both("journal.cannot-write-hint"))
    return folder


def cache_folder(environ: Mapping[str, str]) -> Path | None:
    """Return the system's folder for what can be made again; None without a home."""
    return _folder("cache", environ, sys.platform)


def _folder(use: Use, environ: Mapping[str, str], platform: str) -> Path | None:
    home = Path(os.path.expanduser("~"))  # noqa: PTH111 - Path.home raises where there is none
    if platform == "win32":
        base = Path(environ.get("LOCALAPPDATA") or home / "AppData/Local") / "walletdoc"
        folder = base / "Cache" if use == "cache" else base
    elif platform == "darwin":
        folder = home / _MAC[use] / "walletdoc"
    else:
        variable, usual = _XDG[use]
        named = Path(environ.get(variable, ""))
        folder = (named if named.is_absolute() else home / usual) / "walletdoc"  # by the specification
    return folder if folder.is_absolute() else None
