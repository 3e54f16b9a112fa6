"""A loss of power at every point: what was synced is there, what was not may be there, missing, torn or out of order.

All that the journal asks of the system is written down while it runs. Then, for every point, the disks that may be
found after it are made, and the journal is opened on each.
"""

import errno
import itertools
import os
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.faults import contents, hooked, no_sync, restore
from walletdoc.failure import Failure
from walletdoc.journal import Journal, create, delete, names, open_, read

RECORDS: list[dict[str, object]] = [{"flow": "付款"}, *({"answer": f"选项 {number}"} for number in range(5))]
FOLDER = -1


@dataclass(frozen=True)
class Op:
    """One change: `write` (at, data), `cut` (at), `sync` of an inode; `add`, `remove`, `move` of names; `tell`."""

    kind: str
    inode: int = 0
    at: int = 0
    data: bytes = b""
    names: tuple[str, ...] = ()


@dataclass
class Log:
    """The changes in their order, and what is needed to know one file from another."""

    ops: list[Op] = field(default_factory=list)
    inodes: dict[str, int] = field(default_factory=dict)
    opened: dict[int, int] = field(default_factory=dict)
    fail_write: int = -1
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    _writes: Iterator[int] = field(default_factory=itertools.count)

    def hook(
        self, real: Callable[..., object], name: str, args: tuple[object, ...], keywords: dict[str, object]
    ) -> object:
        """Do what is asked and write it down; one write may be told to find the disk full half-way."""
        if name == "pwrite" and next(self._writes) == self.fail_write:
            self._write(args, half=True)
            raise OSError(errno.ENOSPC, "full")
        if name == "pwrite":
            return self._write(args)
        result = None if name == "fsync" else real(*args, **keywords)
        getattr(self, f"_{name}")(args, result, keywords)
        return result

    def _write(self, args: tuple[object, ...], *, half: bool = False) -> int:
        file, data, at = args
        assert isinstance(file, int)
        assert isinstance(data, memoryview)
        assert isinstance(at, int)
        part = bytes(data[: len(data) // 2] if half else data)
        self.ops.append(Op("write", self.opened[file], at, part))
        return os.pwrite(file, part, at)

    def _open(self, args: tuple[object, ...], result: object, keywords: dict[str, object]) -> None:
        assert isinstance(result, int)
        if keywords.get("dir_fd") is None:
            self.opened[result] = FOLDER
            return
        name = str(args[0])
        if name not in self.inodes:
            self.inodes[name] = next(self._numbers)
            self.ops.append(Op("add", self.inodes[name], names=(name,)))
        self.opened[result] = self.inodes[name]

    def _fsync(self, args: tuple[object, ...], *_: object) -> None:
        self.ops.append(Op("sync", self.opened[args[0]]))  # type: ignore[index] # a descriptor

    def _ftruncate(self, args: tuple[object, ...], *_: object) -> None:
        file, size = args
        self.ops.append(Op("cut", self.opened[file], size))  # type: ignore[index,arg-type] # a descriptor and a size

    def _rename(self, args: tuple[object, ...], *_: object) -> None:
        old, new = map(str, args)
        self.inodes[new] = self.inodes.pop(old)
        self.ops.append(Op("move", self.inodes[new], names=(old, new)))

    def _unlink(self, args: tuple[object, ...], *_: object) -> None:
        name = str(args[0])
        self.ops.append(Op("remove", self.inodes.pop(name, 0), names=(name,)))

    def _fchmod(self, *_: object) -> None:
        pass


Disk = dict[str, bytes]


def disks(ops: list[Op], first: Disk) -> Iterator[Disk]:
    """Yield the disks that may be found after a loss of power at the end of these changes to the first disk."""
    names_ = {name: -2 - number for number, name in enumerate(first)}
    files = {-2 - number: data for number, data in enumerate(first.values())}
    known = dict(names_)
    aliases: dict[int, int] = {}
    for op in ops:  # files of the first disk are known by name; the log gave them numbers when they were opened
        if op.kind == "add" and op.names[0] in known:
            aliases[op.inode] = known.pop(op.names[0])
    ops = [Op(op.kind, aliases.get(op.inode, op.inode), op.at, op.data, op.names) for op in ops]
    pending: dict[int, list[Op]] = {}
    moves: list[Op] = []
    for op in ops:
        if op.kind in {"write", "cut"}:
            pending.setdefault(op.inode, []).append(op)
        elif op.kind == "sync" and op.inode == FOLDER:
            names_ = named(names_, moves)
            moves = []
        elif op.kind == "sync":
            files[op.inode] = applied(files.get(op.inode, b""), pending.pop(op.inode, []))
        elif op.kind in {"add", "move", "remove"}:
            moves.append(op)
    yield from possible(files, pending, names_, moves)


def possible(
    files: dict[int, bytes], pending: dict[int, list[Op]], start: dict[str, int], moves: list[Op]
) -> Iterator[Disk]:
    """Yield each order of names with each fate of one file's changes, the others' being all done, or none."""
    for count in range(len(moves) + 1):
        listed = named(start, moves[:count])
        for others_done in (True, False):
            base = {
                inode: applied(files.get(inode, b""), pending.get(inode, []) if others_done else [])
                for inode in listed.values()
            }
            yield {name: base[inode] for name, inode in listed.items()}
            for inode in set(listed.values()) & set(pending):
                for fate in fates(files.get(inode, b""), pending[inode]):
                    yield {name: fate if each == inode else base[each] for name, each in listed.items()}


def fates(before: bytes, changes: list[Op]) -> Iterator[bytes]:
    """Yield what a file may hold: changes left out, torn at several places, zeros in place of them, out of order."""
    for some in itertools.product((True, False), repeat=len(changes)) if len(changes) < 5 else ():
        yield applied(before, [op for op, kept in zip(changes, some, strict=True) if kept])
    yield applied(before, changes[::-1])
    for number, op in enumerate(changes):
        for part in {1, len(op.data) // 2, len(op.data) - 1} if op.data else ():
            yield applied(before, [*changes[:number], Op("write", at=op.at, data=op.data[:part])])
            yield applied(before, [*changes[:number], Op("write", at=op.at + part, data=op.data[part:])])
        yield applied(before, [*changes[:number], Op("write", at=op.at, data=bytes(len(op.data)))])


def applied(data: bytes, changes: list[Op]) -> bytes:
    for op in changes:
        if op.kind == "cut":
            data = data[: op.at].ljust(op.at, b"\0")
        elif op.data:
            data = data.ljust(op.at, b"\0")
            data = data[: op.at] + op.data + data[op.at + len(op.data) :]
    return data


def named(names_: dict[str, int], moves: list[Op]) -> dict[str, int]:
    names_ = dict(names_)
    for op in moves:
        if op.kind == "add":
            names_.setdefault(op.names[0], op.inode)
        elif op.kind == "move":
            names_.pop(op.names[0], None)
            names_[op.names[1]] = op.inode
        else:
            names_.pop(op.names[0], None)
    return names_


def every_disk(log: Log, first: Disk) -> Iterator[tuple[int, Disk]]:
    """Yield how many records had been acknowledged, and a disk, each once."""
    seen = set()
    for count in range(len(log.ops) + 1):
        told = sum(op.kind == "tell" for op in log.ops[:count])
        for disk in disks(log.ops[:count], first):
            key = (told, *sorted(disk.items()))
            if key not in seen:
                seen.add(key)
                yield told, disk


def write_unsynced(journal: Journal, record: dict[str, object]) -> None:
    """Leave a journal as a process does that is killed after it wrote a record and before it synced it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("walletdoc.journal.os.fsync", stop, raising=False)
        with pytest.raises(KeyboardInterrupt):
            journal.append(record)
    os.close(journal._file)
    os.close(journal._lock)


def stop(_: int) -> None:
    raise KeyboardInterrupt


def fill(log: Log, folder: Path) -> None:
    """Write a session, with one write that found the disk full and was tried again, and a stop in the middle."""
    with hooked(log.hook):
        journal = create(folder, "a", RECORDS[0])
        log.ops.append(Op("tell"))
        for record in (*RECORDS[1:4], RECORDS[5]):
            try:
                journal.append(record)
            except Failure:
                journal.append(record)
            log.ops.append(Op("tell"))
            if record is RECORDS[3]:
                write_unsynced(journal, RECORDS[4])
                journal, _, mended = open_(folder, "a")
                assert mended is None
                log.ops.append(Op("tell"))
        journal.close()


SEAL = b"%010d 0000000009 0badcafe 0000000001 001800000000 "
STALE = {"a.lock": b"".join(b"%b%08x\n" % (SEAL % serial, zlib.crc32(SEAL % serial)) for serial in (8, 7))}


@pytest.mark.parametrize("fail_write", [-1, 5, 8])
@pytest.mark.parametrize("first", [{}, STALE])
def test_no_acknowledged_record_is_lost(tmp_path: Path, fail_write: int, first: Disk) -> None:
    log = Log(fail_write=fail_write)
    restore(tmp_path / "run", first)
    fill(log, tmp_path / "run")
    assert sum(op.kind == "tell" for op in log.ops) == len(RECORDS)
    found = list(every_disk(log, first))
    assert len(found) > 150
    folder = tmp_path / "disk"
    for told, disk in found:
        restore(folder, disk)
        if names(folder) or told:
            holds(folder, told)


def holds(folder: Path, told: int) -> None:
    """Hold that what was told is there, that nothing is made up, and that no loss is claimed where there is none."""
    found = list(read(folder, "a").records)
    with hooked(no_sync()):
        journal, records, mended = open_(folder, "a")
        journal.close()
    assert found == records == RECORDS[: len(records)]
    assert len(records) >= told
    assert not (mended and mended.lost)


@pytest.mark.parametrize("damage", [lambda data: data[:-9], lambda data: data[: data.index(b"\n") + 1] + b"\0" * 40])
def test_nothing_is_lost_while_mending(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    fill(Log(), tmp_path)
    first = contents(tmp_path)
    first["a.jsonl"] = damage(first["a.jsonl"])
    good = list(read_disk(tmp_path, first))
    log = Log()
    with hooked(log.hook):
        open_(tmp_path, "a")[0].close()
    log.ops.append(Op("tell"))
    for told, disk in every_disk(log, first):
        assert first["a.jsonl"] in disk.values()
        assert list(read_disk(tmp_path / "disk", disk)) == good
        with hooked(no_sync()):
            journal, records, mended = open_(tmp_path / "disk", "a")
            journal.close()
        assert records == good
        assert not (told and mended)


def test_what_was_deleted_stays_deleted(tmp_path: Path) -> None:
    fill(Log(), tmp_path)
    with (tmp_path / "a.jsonl").open("ab") as file:
        file.write(b"damage")
    open_(tmp_path, "a")[0].close()
    first = contents(tmp_path)
    assert sorted(first) == ["a.broken-1", "a.jsonl", "a.lock"]
    log = Log()
    with hooked(log.hook):
        delete(tmp_path, "a")
    log.ops.append(Op("tell"))
    for told, disk in every_disk(log, first):
        assert not (told and disk)
        assert "a.jsonl" in disk or "a.broken-1" not in disk  # what is no longer listed has left nothing


def read_disk(folder: Path, disk: Disk) -> tuple[dict[str, object], ...]:
    restore(folder, disk)
    return read(folder, "a").records
