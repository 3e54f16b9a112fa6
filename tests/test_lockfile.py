"""The lock: one holder at a time, named, never stale; what is said in it survives damage by saying nothing."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from faults import Child

from walletdoc.chain import Seal
from walletdoc.failure import LOCKED, Failure
from walletdoc.lockfile import peek, read_seal, seal_now, take, write_seal

pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[int]:
    """Return a descriptor of an empty folder."""
    opened = os.open(tmp_path, os.O_RDONLY)
    yield opened
    os.close(opened)


def test_the_second_gets_75_and_who_holds_it(folder: int) -> None:
    lock = take(folder, "a.lock", 0)
    write_seal(lock, seal_now(3, 0xABC))
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
    write_seal(lock, Seal(3, 0xABC, 1, 1))
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


def test_every_bit_flip_of_the_seal_makes_it_say_nothing(folder: int) -> None:
    lock = take(folder, "a.lock", 0)
    write_seal(lock, Seal(12, 0xDEADBEEF, 4711, 1_800_000_000))
    data = os.pread(lock, 100, 0)
    for bit in range(len(data) * 8):
        flipped = bytearray(data)
        flipped[bit // 8] ^= 1 << bit % 8
        os.pwrite(lock, flipped, 0)
        assert read_seal(lock) is None
    for size in range(len(data)):
        os.pwrite(lock, data, 0)
        os.ftruncate(lock, size)
        assert read_seal(lock) is None
    os.close(lock)


def test_a_seal_is_written_over_in_place(folder: int) -> None:
    lock = take(folder, "a.lock", 0)
    sizes = set()
    for seal in (Seal(0, 0, 0, 0), Seal(10**9, 0xFFFFFFFF, 2**32 - 1, 10**11)):
        write_seal(lock, seal)
        assert read_seal(lock) == seal
        sizes.add(os.fstat(lock).st_size)
    assert len(sizes) == 1
    os.close(lock)
