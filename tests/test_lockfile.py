"""The lock: one holder at a time, named, never stale; what is said in it survives damage by saying nothing."""

import errno
import fcntl
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults import Child
from walletdoc.chain import Seal
from walletdoc.failure import LOCKED, Failure
from walletdoc.lockfile import peek, read_seal, reseal, seal_after, take, write_seal

pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[int]:
    """Return a descriptor of an empty folder."""
    opened = os.open(tmp_path, os.O_RDONLY)
    yield opened
    os.close(opened)


def test_the_second_gets_75_and_who_holds_it(folder: int) -> None:
    lock = take(folder, "a.lock", 0)
    write_seal(lock, seal_after(None, 3, 0xABC))
    with pytest.raises(Failure) as raised:
        take(folder, "a.lock", 0)
    assert raised.value.code == LOCKED
    for said in (raised.value.message.zh, raised.value.message.en):
        assert "a" in said
        assert str(os.getpid()) in said
        assert time.strftime("%Y-%m-%d") in said
    os.close(lock)
    os.close(take(folder, "a.lock", 0))


def test_a_holder_that_has_said_nothing_yet_still_holds(folder: int) -> None:
    lock = take(folder, "a.lock", 0)
    with pytest.raises(Failure) as raised:
        take(folder, "a.lock", 0)
    assert raised.value.code == LOCKED
    os.close(lock)


def test_the_new_holder_is_named_at_once(folder: int) -> None:
    lock = take(folder, "a.lock", 0)
    write_seal(lock, Seal(5, 3, 0xABC, 1, 1))
    os.close(lock)
    lock = take(folder, "a.lock", 0)
    seal = peek(folder, "a.lock")
    assert seal is not None
    assert (seal.count, seal.crc, seal.holder) == (3, 0xABC, os.getpid())
    os.close(lock)


def test_a_killed_holder_leaves_no_lock(folder: int) -> None:
    def hold(report: object) -> None:
        take(folder, "a.lock", 0)
        assert callable(report)
        report(1)
        signal.pause()

    child = Child(hold)
    assert child.next() == 1
    with pytest.raises(Failure):
        take(folder, "a.lock", 0)
    os.kill(child.pid, signal.SIGKILL)
    child.end()
    os.close(take(folder, "a.lock", 0))


def test_who_waits_gets_it_when_it_is_free(folder: int) -> None:
    lock = take(folder, "a.lock", 0)

    def wait(_: object) -> None:
        os.close(lock)  # a fork shares the lock
        os.close(take(folder, "a.lock", 10))

    child = Child(wait)
    time.sleep(0.05)
    os.close(lock)
    assert child.end() == ([], 0)


def test_a_lock_deleted_while_somebody_waits_for_it_is_made_anew(folder: int) -> None:
    lock = take(folder, "a.lock", 0)

    def wait(report: object) -> None:
        os.close(lock)
        assert callable(report)
        report(1)
        mine = take(folder, "a.lock", 10)
        if os.fstat(mine).st_ino != os.stat("a.lock", dir_fd=folder).st_ino:
            raise AssertionError

    child = Child(wait)
    assert child.next() == 1
    time.sleep(0.05)
    os.unlink("a.lock", dir_fd=folder)
    os.close(lock)
    assert child.end() == ([], 0)


def test_a_lock_deleted_while_it_is_being_taken_is_made_anew(
    folder: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = fcntl.flock

    def flock(lock: int, how: int) -> None:
        monkeypatch.undo()
        (tmp_path / "a.lock").unlink()
        real(lock, how)

    monkeypatch.setattr(fcntl, "flock", flock)
    lock = take(folder, "a.lock", 0)
    assert os.path.sameopenfile(lock, os.open("a.lock", os.O_RDONLY, dir_fd=folder))
    os.close(lock)


def test_a_file_system_without_locks_is_an_error(folder: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def flock(*_: int) -> None:
        raise OSError(errno.ENOLCK, "no locks")

    monkeypatch.setattr(fcntl, "flock", flock)
    before = sorted(Path("/dev/fd").iterdir())
    with pytest.raises(OSError, match="no locks"):
        take(folder, "a.lock", 0)
    assert sorted(Path("/dev/fd").iterdir()) == before


SEALS = tuple(Seal(number, number + 3, 0xDEADBEEF - number, 4711, 1_800_000_000) for number in range(4))


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_damage_to_the_newest_seal_leaves_the_one_before(folder: int, count: int) -> None:
    lock = take(folder, "a.lock", 0)
    for seal in SEALS[:count]:
        write_seal(lock, seal)
        assert read_seal(lock) == seal
    before = SEALS[count - 2] if count > 1 else None
    data = os.pread(lock, 200, 0)
    start = 64 if count % 2 == 0 else 0
    for bit in range(start * 8, start * 8 + 64 * 8):
        flipped = bytearray(data)
        flipped[bit // 8] ^= 1 << bit % 8
        os.pwrite(lock, flipped, 0)
        assert read_seal(lock) == before
    os.close(lock)


def test_a_seal_torn_while_it_is_written_leaves_the_one_before(folder: int, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.pwrite
    for size in range(64):
        lock = take(folder, f"{size}.lock", 0)
        for seal in SEALS[:3]:
            write_seal(lock, seal)
        with monkeypatch.context() as patch:
            patch.setattr(os, "pwrite", lambda file, data, at, size=size: real(file, data[:size], at) and 0)
            with pytest.raises(OSError, match="nothing"):
                write_seal(lock, SEALS[3])
        assert read_seal(lock) == SEALS[2] or (size == 63 and read_seal(lock) == SEALS[3])
        os.close(lock)


def test_sealing_anew_leaves_nothing_of_what_was_said(folder: int) -> None:
    lock = take(folder, "a.lock", 0)
    for seal in SEALS[:3]:
        write_seal(lock, seal)
    reseal(lock, SEALS[3])
    assert read_seal(lock) == SEALS[3]
    os.pwrite(lock, b"damage", 64)
    assert read_seal(lock) is None
    os.close(lock)


def test_seals_have_one_size(folder: int) -> None:
    lock = take(folder, "a.lock", 0)
    for seal in (Seal(0, 0, 0, 0, 0), Seal(2 * 10**9, 10**9, 0xFFFFFFFF, 2**32 - 1, 10**11)):
        write_seal(lock, seal)
        assert read_seal(lock) == seal
        assert os.fstat(lock).st_size == 64
    os.close(lock)
