"""Mending a damaged journal: the file is copied aside first, so that a kill or a full disk on the way loses nothing."""

import os
import re
from contextlib import suppress
from pathlib import Path

from walletdoc.chain import Good, Seal, good_lines
from walletdoc.failure import BAD_DATA, Failure
from walletdoc.frozen import frozen
from walletdoc.locales import both
from walletdoc.privatefile import open_file, put, read_bounded
from walletdoc.text import visible

MAX_FILE = 8 * 1024 * 1024  # bytes
FILE = ".jsonl"
_COPY = re.compile(r".+\.broken-([1-9][0-9]{0,8})")


@frozen
class Place:
    """One journal in its folder, whose descriptor is open."""

    folder: int
    path: Path
    name: str

    @property
    def file(self) -> str:
        """The journal's own file name."""
        return self.name + FILE

    @property
    def lock(self) -> str:
        """The name of its lock file."""
        return self.name + ".lock"


@frozen
class Mended:
    """A damaged journal: where its file was set aside, records kept, acknowledged ones lost (None: not known)."""

    aside: Path
    kept: int
    lost: int | None


def mend(place: Place, file: int, seal: Seal | None) -> tuple[Good, Mended | None]:
    """Return the good lines of the open file, which is cut to them (not yet synced), and what was mended.

    Raises Failure 65 when it is over MAX_FILE, or when no line is good (it is gone then, and its copy named); OSError.
    """
    data = read_bounded(file, MAX_FILE + 1)
    if len(data) > MAX_FILE:  # never written here, so left as it is
        raise Failure(both("journal.oversize", file=visible(str(place.path))), BAD_DATA)
    good = good_lines(data)
    if not damaged(data, good, seal):
        return good, None
    aside = place.path.with_name(_set_aside(place, data))
    if not good.crcs:
        forget(place)
        raise Failure(both("journal.nothing-left", name=place.name, file=visible(str(aside))), BAD_DATA)
    os.ftruncate(file, good.size)
    return good, Mended(aside, len(good.crcs), _lost(data, good, seal))


def damaged(data: bytes, good: Good, seal: Seal | None) -> bool:
    """Tell whether bytes follow the good lines, there are none, or they are not the lines acknowledged."""
    return len(data) != good.size or not good.crcs or not _agrees(good, seal)


def beside(place: Place, kind: str) -> list[str]:
    """Return the names of the journal's files of a kind, `new` (left by a kill) or `broken`; raises OSError."""
    entries = os.listdir(place.folder)  # noqa: PTH208 - Path lists no descriptor
    return [entry for entry in entries if entry.startswith(f"{place.name}.{kind}-")]


def sweep(place: Place) -> None:
    """Remove what a kill left half written; raises OSError."""
    for left in beside(place, "new"):
        os.unlink(left, dir_fd=place.folder)


def contents(place: Place, name: str) -> bytes:
    """Return what a file holds, at most one byte over MAX_FILE; raises OSError."""
    file = open_file(place.folder, name, os.O_RDONLY)
    try:
        return read_bounded(file, MAX_FILE + 1)
    finally:
        os.close(file)


def forget(place: Place) -> None:
    """Remove the journal and its lock file; raises OSError."""
    for name in (place.file, place.lock):
        with suppress(FileNotFoundError):
            os.unlink(name, dir_fd=place.folder)
    os.fsync(place.folder)


def _agrees(good: Good, seal: Seal | None) -> bool:
    if seal is None or not seal.count:
        return True
    return seal.count <= len(good.crcs) and good.crcs[seal.count - 1] == seal.crc


def _lost(data: bytes, good: Good, seal: Seal | None) -> int | None:
    if seal and seal.count > len(good.crcs):
        return seal.count - len(good.crcs)
    torn_tail = b"\n" not in data[good.size :]
    return 0 if seal and torn_tail and _agrees(good, seal) else None


def _set_aside(place: Place, data: bytes) -> str:
    copies = (_COPY.fullmatch(entry) for entry in beside(place, "broken"))
    last = max((int(copy[1]) for copy in copies if copy), default=0)
    if last and contents(place, _broken(place, last)) == data:  # set aside by a mending that was broken off
        return _broken(place, last)
    put(place.folder, _broken(place, last + 1), data)
    return _broken(place, last + 1)


def _broken(place: Place, number: int) -> str:
    return f"{place.name}.broken-{number}"
