"""Faults for the tests of what must last: calls of `os` that fail, stop half-way or are the last of their process."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from select import select

import pytest

from walletdoc import journal, lockfile, mend, privatefile
from walletdoc.failure import Failure

MODULES = (journal, lockfile, mend, privatefile)
CHANGING = frozenset({"open", "pwrite", "fsync", "ftruncate", "rename", "unlink", "fchmod"})
CRASHED = 99
PATIENCE = 60  # seconds

Hook = Callable[[Callable[..., object], str, tuple[object, ...], dict[str, object]], object]


class HookedOs:
    """The module `os`, with a hook around each call that changes a file."""

    def __init__(self, hook: Hook) -> None:
        """The hook gets the real function, its name and arguments, and returns what the call returns."""
        self._hook = hook

    def __getattr__(self, name: str) -> object:
        """Return what `os` has, hooked where it changes files."""
        real = getattr(os, name)
        if name not in CHANGING:
            return real
        return lambda *args, **keywords: self._hook(real, name, args, keywords)


@contextmanager
def hooked(hook: Hook) -> Iterator[None]:
    """Let all that writes journals call the hook instead of `os`."""
    with pytest.MonkeyPatch.context() as patch:
        for module in MODULES:
            patch.setattr(module, "os", HookedOs(hook))
        yield


def no_sync() -> Hook:
    """Return a hook that spares the disk, for tests that open thousands of journals."""
    return _spared


def failing(at: int, error: int, *, times: int = 1, short: bool = False) -> Hook:
    """Return a hook that lets the calls from number `at` on fail; a short write leaves half of its bytes first."""
    calls = iter(range(10**6))

    def hook(real: Callable[..., object], name: str, args: tuple[object, ...], keywords: dict[str, object]) -> object:
        if not at <= next(calls) < at + times:
            return _spared(real, name, args, keywords)
        if short and name == "pwrite":
            _half(args)
        raise OSError(error, os.strerror(error))

    return hook


def killing(at: int, when: str) -> Hook:
    """Return a hook that kills this process `before`, `after` or (a write) `within` call number `at`."""
    calls = iter(range(10**6))

    def hook(real: Callable[..., object], name: str, args: tuple[object, ...], keywords: dict[str, object]) -> object:
        if next(calls) != at:
            return _spared(real, name, args, keywords)
        if when == "after":
            _spared(real, name, args, keywords)
        elif when == "within" and name == "pwrite":
            _half(args)
        os.kill(os.getpid(), signal.SIGKILL)
        return None

    return hook


def _spared(real: Callable[..., object], name: str, args: tuple[object, ...], keywords: dict[str, object]) -> object:
    # What a killed process wrote is there without fsync; a loss of power is simulated elsewhere.
    return None if name == "fsync" else real(*args, **keywords)


def _half(args: tuple[object, ...]) -> None:
    file, data, offset = args
    assert isinstance(file, int)
    assert isinstance(data, memoryview)
    assert isinstance(offset, int)
    os.pwrite(file, data[: len(data) // 2], offset)


class Child:
    """A forked process that does some work and says how far it came."""

    def __init__(self, work: Callable[[Callable[[int], None]], None]) -> None:
        """Start it; `work` is given a function that reports a number from 0 to 255."""
        self._pipe, write = os.pipe()
        self.pid = os.fork()
        if not self.pid:
            os.close(self._pipe)
            os._exit(_run(work, lambda number: _send(write, number)))
        os.close(write)

    def next(self) -> int | None:
        """Wait for its next number; None when it has ended."""
        assert select([self._pipe], [], [], PATIENCE)[0], "the process says nothing"
        said = os.read(self._pipe, 1)
        return said[0] if said else None

    def end(self) -> tuple[list[int], int]:
        """Wait for it to end; return what it reported, and its exit code (negative: the signal)."""
        said = list(iter(self.next, None))
        os.close(self._pipe)
        _, status = os.waitpid(self.pid, 0)
        return [number for number in said if number is not None], os.waitstatus_to_exitcode(status)


def _send(pipe: int, number: int) -> None:
    os.write(pipe, bytes([number]))


def _run(work: Callable[[Callable[[int], None]], None], report: Callable[[int], None]) -> int:
    try:
        work(report)
    except Failure as failure:
        return failure.code
    except BaseException:  # noqa: BLE001 - a forked child must not return into pytest
        return CRASHED
    return 0


def contents(folder: Path) -> dict[str, bytes]:
    """Return all files of a folder by name."""
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def restore(folder: Path, files: dict[str, bytes]) -> None:
    """Make the folder hold these files and no others."""
    folder.mkdir(mode=0o700, exist_ok=True)
    for file in folder.iterdir():
        file.unlink()
    for name, data in files.items():
        (folder / name).write_bytes(data)
