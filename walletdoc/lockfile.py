"""A lock file held with flock, so that none is left stale; in it, who holds it and what was acknowledged (the seal).

Two seals stand in it, and the older one is written over: when a write is torn, the newer one still says what it said.
"""

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

_SEAL = re.compile(rb"((\d{10}) (\d{10}) ([0-9a-f]{8}) (\d{10}) (\d{12}) )([0-9a-f]{8})\n")
_SIZE = 64  # bytes of a seal


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


def seal_after(before: Seal | None, count: int, crc: int) -> Seal:
    """Return the seal of this process, held since now, that follows on another."""
    return Seal(before.serial + 1 if before else 0, count, crc, os.getpid(), int(time.time()))


def write_seal(lock: int, seal: Seal) -> None:
    """Write a seal beside the one that it follows on; raises OSError."""
    body = b"%010d %010d %08x %010d %012d " % (seal.serial, seal.count, seal.crc, seal.holder, seal.since)
    write_all(lock, b"%b%08x\n" % (body, zlib.crc32(body)), seal.serial % 2 * _SIZE)


def reseal(lock: int, seal: Seal) -> None:
    """Write a seal that makes the ones before untrue; they are blotted out, and all is on disk; raises OSError."""
    write_seal(lock, seal)
    write_all(lock, bytes(_SIZE), (seal.serial + 1) % 2 * _SIZE)
    os.fsync(lock)


def read_seal(lock: int) -> Seal | None:
    """Return the newest seal, or None where there is none undamaged; raises OSError."""
    data = read_bounded(lock, 2 * _SIZE)
    seals = [seal for seal in (_seal(data[:_SIZE]), _seal(data[_SIZE:])) if seal]
    return max(seals, key=lambda seal: seal.serial, default=None)


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


def _seal(line: bytes) -> Seal | None:
    found = _SEAL.fullmatch(line)
    if not found or int(found[7], 16) != zlib.crc32(found[1]):
        return None
    return Seal(int(found[2]), int(found[3]), int(found[4], 16), int(found[5]), int(found[6]))


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
            write_seal(lock, seal_after(seal, seal.count, seal.crc))
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
