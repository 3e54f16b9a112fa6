"""Work in several processes: the same results, whatever becomes of the processes."""

import os
import signal
import time
from pathlib import Path

import pytest

from walletdoc import forked
from walletdoc.forked import processors, spread


def square(at: int) -> object:
    return {"of": at, "is": (at * at, "二" * at, None, [at])}


@pytest.mark.parametrize("count", [0, 1, 2, 7, 100, 3000])
@pytest.mark.parametrize("processes", [1, 2, 5])
def test_results_are_those_of_the_work_in_order(count, processes):
    assert spread(square, count, processes) == [square(at) for at in range(count)]


def test_large_results_come_whole():
    assert spread(lambda at: "x" * 300_000 + str(at), 5, 2)[4].endswith("x4")


def test_the_work_is_done_elsewhere():
    me = os.getpid()
    assert me not in spread(lambda _: os.getpid(), 10, 2)
    assert set(spread(lambda _: os.getpid(), 10, 1)) == {me}


def test_what_a_process_leaves_undone_is_done_here():
    me = os.getpid()

    def deadly(at: int) -> object:
        if at == 5 and os.getpid() != me:
            os.kill(os.getpid(), signal.SIGKILL)
        return at

    assert spread(deadly, 12, 2) == list(range(12))


def test_an_error_of_the_work_is_raised_here():
    def faulty(at: int) -> object:
        if at == 3:
            raise LookupError("three")
        return at

    with pytest.raises(LookupError, match="three"):
        spread(faulty, 6, 2)


def test_no_process_can_be_started(monkeypatch):
    def refuse() -> int:
        raise BlockingIOError

    monkeypatch.setattr(forked.os, "fork", refuse)
    assert spread(square, 4, 2) == [square(at) for at in range(4)]


def test_no_process_and_no_pipe_is_left_behind():
    before = len(list(Path("/proc/self/fd").iterdir()))
    spread(square, 50, 3)
    assert len(list(Path("/proc/self/fd").iterdir())) == before
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_an_interrupt_ends_the_processes():
    me = os.getpid()

    def slow(at: int) -> object:
        if os.getpid() != me:
            time.sleep(30)
        return at

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 0.3)
    begun = time.monotonic()
    try:
        with pytest.raises(KeyboardInterrupt):
            spread(slow, 4, 2)
    finally:
        signal.signal(signal.SIGALRM, before)
    assert time.monotonic() - begun < 10


def test_processors_are_those_that_this_process_may_use():
    assert 1 <= processors() <= (os.cpu_count() or 1)
