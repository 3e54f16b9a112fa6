"""A lock file held with flock, so that none is left stale; in it, who holds it and what was acknowledged (the seal)."""

import fcntl
import os
import re
import time
import zlib

from walletdoc.chain import Seal
from walletdoc.failure import LOCKED, Failure
from walletdoc.locales import both
from walletdoc.privatefile import open_file, read_bounded, write_all
from walletdoc.text import visible

_SEAL = re.compile(rb"((\d{10}) ([0-9a-f]{8}) (\d{10}) (\d{12}) )([0-9a-f]{8})\n")
_SIZE = 53  # bytes; always the same, so that it is written over in place


def take(folder: int, name: str, wait: float) -> int:
    """Return a descriptor of the lock file, made if missing, whose closing lets go of it.

    Waits up to `wait` seconds; then raises Failure 75 that says who holds it. Raises OSError.
    """
    until = time.monotonic() + wait
    while (lock := _try(folder, name)) is None:
        if time.monotonic() >= until:
            raise _held(folder, name)
        time.sleep(0.02)
    _sign(lock)
    return lock


def seal_now(count: int, crc: int) -> Seal:
    """Return a seal of this process, held since now."""
    return Seal(count, crc, os.getpid(), int(time.time()))


def write_seal(lock: int, seal: Seal) -> None:
    """Write the seal over the one before; raises OSError."""
    body = b"%010d %08x %010d %012d " % (seal.count, seal.crc, seal.holder, seal.since)
    write_all(lock, b"%b%08x\n" % (body, zlib.crc32(body)), 0)


def read_seal(lock: int) -> Seal | None:
    """Return the seal, or None where there is none or it is damaged; raises OSError."""
    found = _SEAL.fullmatch(read_bounded(lock, _SIZE + 1))
    if not found or int(found[6], 16) != zlib.crc32(found[1]):
        return None
    return Seal(int(found[2]), int(found[3], 16), int(found[4]), int(found[5]))


def peek(folder: int, name: str) -> Seal | None:
    """Return the seal without taking the lock, None where there is none to read."""
    try:
        lock = open_file(folder, name, os.O_RDONLY)
    except OSError:
        return None
    try:
        return read_seal(lock)
    finally:
        os.close(lock)


def _try(folder: int, name: str) -> int | None:
    while True:
        lock = open_file(folder, name, os.O_RDWR | os.O_CREAT)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.fstat(lock).st_nlink:  # else it was deleted before it was ours
                return lock
        except BlockingIOError:
            os.close(lock)
            return None
        except BaseException:
            os.close(lock)
            raise
        os.close(lock)


def _sign(lock: int) -> None:
    """Say who holds the lock from the first moment."""
    try:
        seal = read_seal(lock)
        if seal:
            write_seal(lock, seal_now(seal.count, seal.crc))
    except BaseException:
        os.close(lock)
        raise


def _held(folder: int, name: str) -> Failure:
    stem = visible(name.removesuffix(".lock"))
    seal = peek(folder, name)
    if seal is None:
        return Failure(both("journal.locked", name=stem), LOCKED, both("journal.locked-hint"))
    since = time.strftime("%Y-%m-%d %H:%M", time.localtime(seal.since))
    message = both("journal.locked-by", name=stem, pid=seal.holder, since=since)
    return Failure(message, LOCKED, both("journal.locked-hint"))
