"""Work spread over processes: forked, so that what was loaded is loaded once; results come back as plain values.

Nothing is lost if a process dies, or can't be started: what it did not do is done here.
"""

import gc
import marshal
import os
import signal
import struct
from collections.abc import Callable, Iterator
from contextlib import suppress
from selectors import EVENT_READ, DefaultSelector
from typing import Any

Work = Callable[[int], Any]

_NUMBER = struct.Struct("=I")
_MOST_PORTIONS = 1000  # their numbers wait in a pipe, which takes this many without being read
_PORTION = 64 * 1024


def processors() -> int:
    """Return how many processors this process may use; 1 where processes can't be forked."""
    if not hasattr(os, "fork"):
        return 1
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def spread(work: Work, count: int, processes: int) -> list[object]:
    """Return what `work` gives for 0 to `count` - 1, each a value that marshal takes; raises what `work` raises."""
    results: dict[int, object] = {}
    processes = min(processes, count)
    if processes > 1:
        results.update(_forked(work, count, processes))
    return [results[at] if at in results else work(at) for at in range(count)]


def _forked(work: Work, count: int, processes: int) -> Iterator[tuple[int, object]]:
    """Yield what the processes give, as it comes; they take portions until none is left."""
    size = -(-count // min(count, _MOST_PORTIONS, processes * 32))
    portions, enter = os.pipe()
    for at in range(-(-count // size)):
        os.write(enter, _NUMBER.pack(at))
    os.close(enter)
    started: dict[int, int] = {}  # process by the pipe that its results come through
    try:
        for _ in range(processes):
            with suppress(OSError):  # no process to be had
                results, process = _start(work, count, size, portions)
                started[results] = process
        yield from _collect(tuple(started))
    finally:
        os.close(portions)
        for results, process in started.items():
            os.close(results)
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)


def _start(work: Work, count: int, size: int, portions: int) -> tuple[int, int]:
    results, enter = os.pipe()
    try:
        process = os.fork()
    except OSError:
        os.close(results)
        os.close(enter)
        raise
    if process:
        os.close(enter)
        return results, process
    status = 1
    try:
        gc.freeze()
        while number := os.read(portions, _NUMBER.size):
            begin = _NUMBER.unpack(number)[0] * size
            for at in range(begin, min(begin + size, count)):
                _send(enter, marshal.dumps((at, work(at))))
        status = 0
    finally:
        os._exit(status)  # nothing of the parent's is to be done twice: no handlers, no buffers


def _send(pipe: int, data: bytes) -> None:
    left = memoryview(_NUMBER.pack(len(data)) + data)
    while left:
        left = left[os.write(pipe, left) :]


def _collect(pipes: tuple[int, ...]) -> Iterator[tuple[int, object]]:
    came = {pipe: bytearray() for pipe in pipes}
    with DefaultSelector() as selector:
        for pipe in pipes:
            selector.register(pipe, EVENT_READ)
        while selector.get_map():
            for key, _ in selector.select():
                data = os.read(key.fd, _PORTION)
                came[key.fd] += data
                if not data:
                    selector.unregister(key.fd)
                yield from _whole(came[key.fd])


def _whole(came: bytearray) -> Iterator[tuple[int, object]]:
    """Yield the results that have come whole, and leave the rest."""
    start = 0
    while len(came) - start >= _NUMBER.size:
        stop = start + _NUMBER.size + _NUMBER.unpack_from(came, start)[0]
        if stop > len(came):
            break
        at, value = marshal.loads(came[start + _NUMBER.size : stop])  # noqa: S302 - of a process of our own
        yield at, value
        start = stop
    del came[:start]
