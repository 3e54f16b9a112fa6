"""Durable append-only records: what `append` returned for is on disk, and damage is found, never read over.

A journal `<name>.jsonl` is a file of chained lines (chain.py). `<name>.lock` (lockfile.py) is held while it is open,
and says how many records were acknowledged: written after the fsync, so it is never ahead of the journal, and a journal
cut at a line end shows. On opening, a damaged journal is mended (mend.py).
"""

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from walletdoc.chain import MAX_LINE, Record, Seal, encode, good_lines
from walletdoc.failure import CANNOT_WRITE, USAGE, Failure
from walletdoc.frozen import frozen
from walletdoc.locales import both
from walletdoc.lockfile import peek, read_seal, reseal, seal_after, take, write_seal
from walletdoc.mend import FILE, MAX_FILE, Mended, Place, beside, contents, damaged, forget, mend, sweep
from walletdoc.privatefile import (
    cannot_write,
    exists,
    make_folder,
    open_file,
    open_folder,
    or_failure,
    put,
    write_all,
)
from walletdoc.text import visible

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


@frozen
class Records:
    """What could be read: the good records from the first on, and whether that is all there should be."""

    records: tuple[Record, ...]
    whole: bool


class Journal:
    """An open journal, locked until it is closed."""

    def __init__(self, path: Path, file: int, lock: int, size: int, seal: Seal) -> None:
        """Take over the two descriptors; `create`, `open_` and `open_or_create` make journals."""
        self.path = path
        self._file = file
        self._lock = lock
        self._end = size, seal  # one value, so that no signal can part the two
        self._torn = False

    def append(self, record: Mapping[str, object]) -> None:
        """Put one record on disk; it is acknowledged, and safe, once this returns.

        Raises Failure 74 where it can't, with the file cut back to its last acknowledged line; it may then be tried
        again. ValueError, TypeError or RecursionError for a record that is not JSON; nothing is written then.
        """
        size, seal = self._end
        line, crc = encode(record, seal.crc)
        _refuse_too_big(self.path, line, size)
        try:
            self._write(line)
        except OSError as error:
            with suppress(OSError):
                self._cut()
            raise cannot_write(self.path, error) from error
        seal = replace(seal, serial=seal.serial + 1, count=seal.count + 1, crc=crc)
        self._end = size + len(line), seal
        self._torn = False
        with suppress(OSError):  # the record is safe; with a seal that is behind, less of a later loss is known
            write_seal(self._lock, seal)

    def close(self) -> None:
        """Let go of the journal; a line that failed half-way is cut off if that is still possible."""
        if self._file < 0:
            return
        with suppress(OSError):
            self._cut()
        os.close(self._file)
        os.close(self._lock)
        self._file = self._lock = -1

    def __enter__(self) -> Self:
        """Return the journal, which the end of the block closes."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Close."""
        self.close()

    def _write(self, line: bytes) -> None:
        self._cut()
        size, _ = self._end
        status = os.fstat(self._file)
        if not status.st_nlink or status.st_size != size:
            raise Failure(both("journal.changed", file=visible(str(self.path))), CANNOT_WRITE)
        self._torn = True  # until the line is known to be on disk, also when a signal breaks in
        write_all(self._file, line, size)
        os.fsync(self._file)

    def _cut(self) -> None:
        if self._torn:
            os.ftruncate(self._file, self._end[0])
            self._torn = False


def create(folder: Path, name: str, header: Mapping[str, object]) -> Journal:
    """Return a new journal whose first record is the header, on disk; folders are made.

    Raises Failure 74 where nothing can be written, 75 while another process holds it, 2 when there is one of that name.
    """
    with _locked(folder, name, 0, make=True) as (place, lock):
        if exists(place.folder, place.file):
            raise Failure(both("journal.exists", name=name), USAGE)
        return _create(place, lock, header)


def open_(folder: Path, name: str, *, wait: float = 0) -> tuple[Journal, list[Record], Mended | None]:
    """Return the journal, its records (the header first), and what had to be mended.

    Waits up to `wait` seconds for another process. Raises Failure 2 when there is none of that name, 65 when nothing of
    it can be read (its file is set aside and named) or it is over MAX_FILE, 74 where it can't be written, 75 while it
    is held.
    """
    with _locked(folder, name, wait) as (place, lock):
        return _resume(place, lock)


def open_or_create(
    folder: Path, name: str, header: Mapping[str, object], *, wait: float = 0
) -> tuple[Journal, list[Record], Mended | None]:
    """As `open_`, but a journal that does not exist yet begins with this header; raises what both raise."""
    with _locked(folder, name, wait, make=True) as (place, lock):
        if exists(place.folder, place.file):
            return _resume(place, lock)
        return _create(place, lock, header), [dict(header)], None


def read(folder: Path, name: str) -> Records:
    """Return what is good of a journal, without its lock and changing nothing; raises Failure 2 (none such), 74."""
    path = _path(folder, name)
    with or_failure(path):
        _require(path, name)
        with open_folder(folder, tighten=False) as at:
            place = Place(at, path, name)
            seal = peek(at, place.lock)  # before the records: whoever holds the journal may be writing just now
            data = contents(place, place.file)
    good = good_lines(data[:MAX_FILE])
    return Records(good.records, whole=bool(good.crcs) and not damaged(data, good, seal))


def names(folder: Path) -> tuple[str, ...]:
    """Return the names of the journals in a folder, sorted; none where it does not exist. Raises Failure 74."""
    with or_failure(folder):
        try:
            entries = [entry.name for entry in folder.iterdir()]
        except FileNotFoundError:
            return ()
    stems = (entry.removesuffix(FILE) for entry in entries if entry.endswith(FILE))
    return tuple(sorted(stem for stem in stems if _NAME.fullmatch(stem)))


def delete(folder: Path, name: str) -> None:
    """Delete a journal with all that was set aside of it; raises Failure 2 (none such), 74, 75 while it is held."""
    with _locked(folder, name, 0) as (place, lock):
        for copy in (*beside(place, "new"), *beside(place, "broken")):
            os.unlink(copy, dir_fd=place.folder)
        forget(place)  # last: what is no longer listed has left nothing behind
        os.close(lock)


# Opening


@contextmanager
def _locked(folder: Path, name: str, wait: float, *, make: bool = False) -> Iterator[tuple[Place, int]]:
    """Yield the place and its held lock, which the block hands on or closes, unless it raises."""
    path = _path(folder, name)
    with or_failure(path):
        if make:
            make_folder(folder)
        else:
            _require(path, name)
        with open_folder(folder) as at:
            place = Place(at, path, name)
            lock = take(place.folder, place.lock, wait)
            try:
                yield place, lock
            except BaseException:
                os.close(lock)
                raise


def _path(folder: Path, name: str) -> Path:
    if not _NAME.fullmatch(name):
        raise Failure(both("journal.bad-name", name=visible(name)), USAGE)
    return folder / (name + FILE)


def _require(path: Path, name: str) -> None:
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        raise Failure(both("journal.missing", name=name), USAGE) from None


def _create(place: Place, lock: int, header: Mapping[str, object]) -> Journal:
    try:
        line, crc = encode(header, 0)
        _refuse_too_big(place.path, line, 0)
        sweep(place)
        seal = seal_after(read_seal(lock), 0, 0)
        reseal(lock, seal)  # one left by an earlier journal of that name would tell of records lost
        put(place.folder, place.file, line)
        file = open_file(place.folder, place.file, os.O_RDWR)
    except BaseException:
        with suppress(OSError):
            forget(place)
        raise
    seal = seal_after(seal, 1, crc)
    with suppress(OSError):
        write_seal(lock, seal)
    return Journal(place.path, file, lock, len(line), seal)


def _resume(place: Place, lock: int) -> tuple[Journal, list[Record], Mended | None]:
    seal = read_seal(lock)
    sweep(place)
    file = open_file(place.folder, place.file, os.O_RDWR)
    try:
        good, mended = mend(place, file, seal)
        os.fsync(file)  # a line that a killed process had written, but not synced, is acknowledged from here on
        seal = seal_after(seal, len(good.crcs), good.crcs[-1])
        if mended:
            reseal(lock, seal)
        else:
            write_seal(lock, seal)
        return Journal(place.path, file, lock, good.size, seal), list(good.records), mended
    except BaseException:
        os.close(file)
        raise


def _refuse_too_big(path: Path, line: bytes, size: int) -> None:
    if len(line) > MAX_LINE or size + len(line) > MAX_FILE:
        raise Failure(both("journal.too-big", file=visible(str(path))), CANNOT_WRITE)
