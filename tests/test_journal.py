"""The journal: what append returned for is there again, whatever kills, fills, shares or forbids the disk."""

import errno
import itertools
import os
import random
import resource
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.faults import Child, contents, failing, hooked, killing, no_sync
from tests.test_chain import RECORDS
from walletdoc.chain import MAX_LINE
from walletdoc.failure import CANNOT_WRITE, LOCKED, USAGE, Failure
from walletdoc.journal import create, delete, names, open_, open_or_create, read
from walletdoc.mend import MAX_FILE

pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")

ROOT = os.geteuid() == 0
SOME: list[dict[str, object]] = [{"flow": "付款"}, {"answer": "余额"}, {"answer": "yes"}, {"n": 5}]


def refused(code: int, call: Callable[[], object]) -> Failure:
    """Hold that a call fails with this code and says so in both languages; return the failure."""
    with pytest.raises(Failure) as raised:
        call()
    assert raised.value.code == code
    assert raised.value.message.zh != raised.value.message.en
    return raised.value


def records(folder: Path, name: str = "a") -> list[dict[str, object]]:
    journal, found, mended = open_(folder, name)
    journal.close()
    assert mended is None
    return found


def fill(folder: Path, name: str = "a") -> None:
    with create(folder, name, SOME[0]) as journal:
        for record in SOME[1:]:
            journal.append(record)


# What it is for


def test_what_was_appended_is_there_again(tmp_path: Path) -> None:
    folder = tmp_path / "state" / "sessions"
    fill(folder)
    assert records(folder) == SOME
    assert read(folder, "a").records == tuple(SOME)
    assert read(folder, "a").whole


@settings(max_examples=15, deadline=None)
@given(RECORDS.filter(bool), st.data())
def test_appending_and_opening_again_is_the_identity(wanted: list[dict[str, object]], data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        journal = create(path, "a", wanted[0])
        for record in wanted[1:]:
            if data.draw(st.booleans()):
                journal.close()
                journal, _, mended = open_(path, "a")
                assert mended is None
            journal.append(record)
        journal.close()
        assert records(path) == wanted
        assert list(read(path, "a").records) == wanted


def test_names_and_delete(tmp_path: Path) -> None:
    assert names(tmp_path / "none") == ()
    for name in ("b", "a-2", "a"):
        fill(tmp_path, name)
    (tmp_path / "Not A Name.jsonl").touch()
    (tmp_path / "a.broken-1").touch()
    (tmp_path / "a.new-left").touch()
    (tmp_path / "a-2.broken-1").touch()
    assert names(tmp_path) == ("a", "a-2", "b")
    delete(tmp_path, "a")
    assert names(tmp_path) == ("a-2", "b")
    left = set(contents(tmp_path))
    assert left == {"a-2.jsonl", "a-2.lock", "a-2.broken-1", "b.jsonl", "b.lock", "Not A Name.jsonl"}


@pytest.mark.parametrize("call", [open_, read, delete])
def test_one_that_does_not_exist_is_refused_and_leaves_nothing(tmp_path: Path, call: Callable[..., object]) -> None:
    assert "a" in refused(USAGE, lambda: call(tmp_path, "a")).message.en
    refused(USAGE, lambda: call(tmp_path / "none", "a"))
    assert contents(tmp_path) == {}


@pytest.mark.parametrize("name", ["", "A", "a/b", "..", ".", "a.b", "-a", "a" * 65, "a\n", "会话", "a b", "a\x1b[2J"])
def test_a_bad_name_is_refused(tmp_path: Path, name: str) -> None:
    for call in (lambda: create(tmp_path, name, {}), lambda: open_(tmp_path, name), lambda: read(tmp_path, name)):
        assert "\x1b" not in refused(USAGE, call).message.zh
    refused(USAGE, lambda: delete(tmp_path, name))
    assert contents(tmp_path) == {}


def test_one_that_exists_is_not_written_over(tmp_path: Path) -> None:
    fill(tmp_path)
    refused(USAGE, lambda: create(tmp_path, "a", {"new": 1}))
    assert records(tmp_path) == SOME


def test_open_or_create_does_either(tmp_path: Path) -> None:
    for expected in ([{"h": 1}], [{"h": 1}, {"n": 1}]):
        journal, found, mended = open_or_create(tmp_path / "new", "a", {"h": 1})
        assert (found, mended) == (expected, None)
        journal.append({"n": 1})
        journal.close()
    assert records(tmp_path / "new") == [{"h": 1}, {"n": 1}, {"n": 1}]


def test_what_is_not_json_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(TypeError):
        create(tmp_path, "a", {"h": object()})
    assert contents(tmp_path) == {}
    with create(tmp_path, "a", {"h": 1}) as journal:
        for bad in ({"n": float("nan")}, {"n": object()}):
            with pytest.raises((TypeError, ValueError)):
                journal.append(bad)
        journal.append({"n": 1})
    assert records(tmp_path) == [{"h": 1}, {"n": 1}]


def test_limits_are_refused_and_what_is_there_stays(tmp_path: Path) -> None:
    frame = len('["00000000",{"t":""}]\n')
    with create(tmp_path, "a", {"h": 1}) as journal:
        refused(CANNOT_WRITE, lambda: journal.append({"t": "x" * (MAX_LINE - frame + 1)}))
        count = 0
        size = journal.path.stat().st_size
        while size + MAX_LINE <= MAX_FILE:
            journal.append({"t": "x" * (MAX_LINE - frame)})
            count += 1
            size += MAX_LINE
        assert journal.path.stat().st_size == size
        refused(CANNOT_WRITE, lambda: journal.append({"t": "x" * (MAX_LINE - frame)}))
        journal.append({"t": "x" * (MAX_FILE - size - frame)})
        refused(CANNOT_WRITE, lambda: journal.append({}))
    assert (tmp_path / "a.jsonl").stat().st_size == MAX_FILE
    assert len(records(tmp_path)) == count + 2


def test_a_closed_journal_takes_nothing_and_closes_twice(tmp_path: Path) -> None:
    journal = create(tmp_path, "a", {"h": 1})
    journal.close()
    journal.close()
    refused(CANNOT_WRITE, lambda: journal.append({"n": 1}))
    assert records(tmp_path) == [{"h": 1}]


def test_a_file_deleted_or_changed_meanwhile_acknowledges_nothing(tmp_path: Path) -> None:
    with create(tmp_path, "a", {"h": 1}) as journal:
        with journal.path.open("ab") as file:
            file.write(b"x")
        refused(CANNOT_WRITE, lambda: journal.append({"n": 1}))
        os.truncate(journal.path, journal.path.stat().st_size - 2)
        refused(CANNOT_WRITE, lambda: journal.append({"n": 1}))
    with create(tmp_path, "b", {"h": 1}) as journal:
        journal.path.unlink()
        refused(CANNOT_WRITE, lambda: journal.append({"n": 1}))


# Kills, short writes, full disks


def write_on(folder: Path, report: Callable[[int], None]) -> None:
    """Go on with the journal and say after each record that it was acknowledged, of the last one until killed."""
    journal, found, _ = open_or_create(folder, "a", {"n": 0})
    report(0)
    for number in range(len(found), 250):
        journal.append({"n": number})
        report(number)
    while True:
        report(249)


def holds(folder: Path, told: list[int]) -> None:
    """Hold that all that was acknowledged is there, and nothing that was not written."""
    if not told and "a" not in names(folder):
        return
    with hooked(no_sync()):
        journal, found, mended = open_(folder, "a")
        journal.close()
    assert found == [{"n": number} for number in range(len(found))]
    assert len(found) > max(told, default=-1)
    assert not (mended and mended.lost)


def test_kills_at_random_moments(tmp_path: Path) -> None:
    chance = random.Random(4)
    for number in range(15):
        folder = tmp_path / str(number)
        told = []
        for _ in range(2):
            child = Child(lambda report, folder=folder: write_on(folder, report))
            told += [number for _ in range(chance.randrange(8)) if (number := child.next()) is not None]
            time.sleep(chance.uniform(0, 0.002))
            os.kill(child.pid, signal.SIGKILL)
            more, code = child.end()
            told += more
            assert code == -signal.SIGKILL
            holds(folder, told)


@pytest.mark.parametrize("when", ["before", "within", "after"])
def test_a_kill_at_every_call(tmp_path: Path, when: str) -> None:
    def work(report: Callable[[int], None], at: int, folder: Path) -> None:
        with hooked(killing(at, when)):
            journal = create(folder, "a", {"n": 0})
            report(0)
            for number in (1, 2, 3):
                journal.append({"n": number})
                report(number)
            journal.close()

    for at in itertools.count():
        folder = tmp_path / str(at)
        told, code = Child(lambda report, at=at, folder=folder: work(report, at, folder)).end()
        holds(folder, told) if folder.exists() else None
        if code == 0:
            break
        with hooked(no_sync()):
            told = go_on(folder)
        assert not [name for name in contents(folder) if ".new-" in name]
        holds(folder, told)
    assert at > 20
    assert told == [0, 1, 2, 3]


def go_on(folder: Path) -> list[int]:
    """Go on after a kill as if nothing had been; return what has been acknowledged by then."""
    journal, found, _ = open_or_create(folder, "a", {"n": 0})
    journal.append({"n": len(found)})
    journal.close()
    return list(range(len(found) + 1))


def exit_code(call: Callable[[], object]) -> int:
    """Return the code of the failure that a call ends in, 0 for none."""
    try:
        call()
    except Failure as failure:
        return failure.code
    return 0


def write_three(folder: Path, told: list[int]) -> None:
    """Write a journal, and note after each record that it was acknowledged."""
    with create(folder, "a", {"n": 0}) as journal:
        told.append(0)
        for number in (1, 2, 3):
            journal.append({"n": number})
            told.append(number)


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO])
@pytest.mark.parametrize("times", [1, 10**6])
@pytest.mark.parametrize("short", [False, True])
def test_a_fault_at_every_call(tmp_path: Path, *, error: int, times: int, short: bool) -> None:
    for at in range(34):
        folder = tmp_path / str(at)
        told = []
        with hooked(failing(at, error, times=times, short=short)):
            code = exit_code(lambda folder=folder, told=told: write_three(folder, told))
        assert code in {0, CANNOT_WRITE}
        if told:
            holds(folder, told)
        elif times == 1:
            assert contents(folder) == {}
    assert told == [0, 1, 2, 3]


def test_a_failed_record_is_cut_off_at_once_or_at_the_end(tmp_path: Path) -> None:
    journal = create(tmp_path, "a", {"n": 0})
    size = journal.path.stat().st_size
    with hooked(failing(0, errno.ENOSPC, short=True)):
        refused(CANNOT_WRITE, lambda: journal.append({"n": 1}))
    assert journal.path.stat().st_size == size
    with hooked(failing(0, errno.ENOSPC, times=2, short=True)):
        refused(CANNOT_WRITE, lambda: journal.append({"n": 1}))
    assert journal.path.stat().st_size > size
    journal.close()
    assert journal.path.stat().st_size == size


def test_a_fault_that_passes_leaves_nothing_to_mend(tmp_path: Path) -> None:
    for at in range(34):
        folder = tmp_path / str(at)
        with hooked(failing(at, errno.ENOSPC, short=True)), suppress(Failure):
            write_three(folder, [])
        if names(folder):
            records(folder)


@pytest.mark.parametrize("at", range(4))
@pytest.mark.parametrize("times", [1, 2, 3, 4, 5])
def test_after_a_fault_it_may_be_tried_again(tmp_path: Path, at: int, times: int) -> None:
    journal = create(tmp_path, "a", {"n": 0})
    with hooked(failing(at, errno.ENOSPC, times=times, short=True)):
        for _ in range(8):
            try:
                journal.append({"n": 1})
            except Failure:
                continue
            break
    journal.append({"n": 2})
    journal.close()
    assert records(tmp_path) == [{"n": 0}, {"n": 1}, {"n": 2}]


def test_a_signal_between_write_and_sync_leaves_no_half_record(tmp_path: Path) -> None:
    def hook(real: Callable[..., object], name: str, args: tuple[object, ...], keywords: dict[str, object]) -> object:
        if name == "fsync":
            raise KeyboardInterrupt
        return real(*args, **keywords)

    journal = create(tmp_path, "a", {"n": 0})
    with hooked(hook), pytest.raises(KeyboardInterrupt):
        journal.append({"n": 1})
    journal.append({"n": 2})
    journal.close()
    assert records(tmp_path) == [{"n": 0}, {"n": 2}]


def until_full(folder: Path) -> int:
    """Append until nothing more can be written; return how many records were acknowledged."""
    with create(folder, "a", {"n": 0}) as journal:
        for number in range(1, 5000):
            try:
                journal.append({"n": number, "fill": "x" * 100})
            except Failure as failure:
                if failure.code != CANNOT_WRITE:
                    raise
                return number
    return -1


def test_the_limit_of_file_sizes(tmp_path: Path) -> None:
    def work(report: Callable[[int], None]) -> None:
        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4000, hard))
        report(until_full(tmp_path))

    told, code = Child(work).end()
    assert code == 0
    found = records(tmp_path)
    assert len(found) == told[0]
    assert 20 < len(found) < 100


@pytest.fixture
def mount(tmp_path: Path) -> Iterator[Callable[..., Path]]:
    """Return a function that mounts a small file system of its own; skips where that is not allowed."""
    mounted = []

    def mount_at(size: str, *options: str) -> Path:
        if not mounted:
            (tmp_path / "disk").mkdir()
        choices = ",".join([f"size={size}", "mode=0700", *options])
        command = ["mount", "-t", "tmpfs", "-o", choices, "tmpfs", tmp_path / "disk"]
        if not shutil.which("mount") or subprocess.run(command, check=False, stderr=subprocess.DEVNULL).returncode:
            pytest.skip("may not mount file systems here")
        mounted[:] = [tmp_path / "disk"]
        return tmp_path / "disk"

    yield mount_at
    for path in mounted:
        subprocess.run(["umount", path], check=True)


def test_a_disk_that_fills_up_and_is_freed(mount: Callable[..., Path]) -> None:
    disk = mount("64k")
    (disk / "ballast").write_bytes(b"x" * 16_000)
    assert until_full(disk) > 50
    found = records(disk)
    (disk / "ballast").unlink()
    with open_(disk, "a")[0] as journal:
        journal.append({"n": "after"})
    assert records(disk) == [*found, {"n": "after"}]


def test_a_full_disk_while_mending_loses_nothing(mount: Callable[..., Path]) -> None:
    disk = mount("64k")
    until_full(disk)
    data = (disk / "a.jsonl").read_bytes()
    (disk / "a.jsonl").write_bytes(data[:-50])
    refused(CANNOT_WRITE, lambda: open_(disk, "a"))
    assert (disk / "a.jsonl").read_bytes() == data[:-50]
    assert sorted(contents(disk)) == ["a.jsonl", "a.lock"]
    assert len(read(disk, "a").records) == data.count(b"\n") - 1


# Others at the same journal


def test_the_second_is_told_who_holds_it(tmp_path: Path) -> None:
    with create(tmp_path, "a", SOME[0]) as journal:
        for call in (lambda: open_(tmp_path, "a"), lambda: delete(tmp_path, "a"), lambda: create(tmp_path, "a", {})):
            assert str(os.getpid()) in refused(LOCKED, call).message.en
        journal.append({"n": 1})
        assert read(tmp_path, "a").records == (SOME[0], {"n": 1})
        assert names(tmp_path) == ("a",)
    assert records(tmp_path) == [SOME[0], {"n": 1}]


def test_another_process_is_refused_and_a_killed_one_is_not_in_the_way(tmp_path: Path) -> None:
    def hold(report: Callable[[int], None]) -> None:
        with create(tmp_path, "a", {"n": 0}):
            report(1)
            signal.pause()

    child = Child(hold)
    assert child.next() == 1
    assert str(child.pid) in refused(LOCKED, lambda: open_(tmp_path, "a")).message.zh
    os.kill(child.pid, signal.SIGKILL)
    child.end()
    assert records(tmp_path) == [{"n": 0}]


def test_reading_while_another_writes_sees_no_damage(tmp_path: Path) -> None:
    def without_end(report: Callable[[int], None]) -> None:  # however slowly it is read
        with create(tmp_path, "a", {"n": 0}) as journal:
            for number in itertools.count():
                report(number % 250)
                journal.append({"n": number})

    child = Child(without_end)
    assert child.next() == 0
    seen = set()
    while len(seen) < 20 and child.next() is not None:
        found = read(tmp_path, "a")
        assert found.whole
        seen.add(len(found.records))
    os.kill(child.pid, signal.SIGKILL)
    child.end()
    assert len(seen) > 1


def test_four_writers_keep_every_row(tmp_path: Path) -> None:
    def work(writer: int) -> None:
        for number in range(15):
            journal, _, mended = open_or_create(tmp_path / "new", "history", {"h": 1}, wait=30)
            assert mended is None
            journal.append({"writer": writer, "number": number})
            journal.close()

    children = [Child(lambda _, writer=writer: work(writer)) for writer in range(4)]
    assert [child.end()[1] for child in children] == [0, 0, 0, 0]
    rows = records(tmp_path / "new", "history")[1:]
    for writer in range(4):
        assert [row["number"] for row in rows if row["writer"] == writer] == list(range(15))
    assert len(rows) == 60


# Where nothing can be written


def test_a_read_only_file_system(mount: Callable[..., Path]) -> None:
    disk = mount("64k")
    fill(disk)
    mount("64k", "remount", "ro")
    refused(CANNOT_WRITE, lambda: create(disk / "state", "a", {}))
    refused(CANNOT_WRITE, lambda: open_(disk, "a"))
    refused(CANNOT_WRITE, lambda: delete(disk, "a"))
    assert read(disk, "a").records == tuple(SOME)
    assert read(disk, "a").whole


def test_a_full_disk_before_the_start(mount: Callable[..., Path]) -> None:
    disk = mount("16k")
    with pytest.raises(OSError), (disk / "ballast").open("wb") as ballast:  # noqa: PT011, PT012 - it is full when it fails
        ballast.write(b"x" * 20_000)
        ballast.flush()
    refused(CANNOT_WRITE, lambda: create(disk / "state", "a", {"h": 1}))
    assert not list(disk.glob("state/*"))


def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    def work(_: object) -> None:
        if ROOT:
            os.setresuid(65534, 65534, 65534)
        create(folder / "state" / "sessions", "a", {})

    folder = Path(tempfile.mkdtemp())  # one that others may enter, unlike tmp_path
    folder.chmod(0o555)
    assert Child(work).end() == ([], CANNOT_WRITE)
    assert contents(folder) == {}
    folder.rmdir()
    (tmp_path / "file").touch()
    refused(CANNOT_WRITE, lambda: create(tmp_path / "file" / "sessions", "a", {}))
    refused(CANNOT_WRITE, lambda: create(tmp_path / "file", "a", {}))
    refused(CANNOT_WRITE, lambda: create(Path("/proc/walletdoc"), "a", {}))


def test_the_journal_is_cheap_to_import() -> None:
    code = "import sys, walletdoc.journal; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"pydantic", "yaml", "rich", "typer"} & set(loaded)


# Modes and links


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_modes_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        fill(tmp_path / "state" / "sessions")
        with (tmp_path / "state" / "sessions" / "a.jsonl").open("ab") as file:
            file.write(b"damage")
        journal, _, mended = open_(tmp_path / "state" / "sessions", "a")
        journal.close()
    finally:
        os.umask(before)
    assert mended is not None
    paths = list((tmp_path / "state").rglob("*"))
    assert {path.name for path in paths} == {"sessions", "a.jsonl", "a.lock", "a.broken-1"}
    for path in [tmp_path / "state", *paths]:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)


def test_lax_modes_are_tightened(tmp_path: Path) -> None:
    fill(tmp_path)
    tmp_path.chmod(0o755)
    for file in tmp_path.iterdir():
        file.chmod(0o666)
    records(tmp_path)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()} == {0o600}


@pytest.mark.parametrize("name", ["a.jsonl", "a.lock"])
@pytest.mark.parametrize("target", ["target", "nowhere"])
def test_a_link_in_the_way_is_refused(tmp_path: Path, name: str, target: str) -> None:
    (tmp_path / "target").write_text("kept")
    folder = tmp_path / "sessions"
    folder.mkdir()
    (folder / name).symlink_to(tmp_path / target)
    for call in (create, open_or_create):
        with pytest.raises(Failure):
            call(folder, "a", {"h": 1})
    if name == "a.jsonl":
        refused(CANNOT_WRITE, lambda: open_(folder, "a"))
        refused(CANNOT_WRITE, lambda: read(folder, "a"))
    assert (tmp_path / "target").read_text() == "kept"
    assert not (tmp_path / "nowhere").exists()
    assert (folder / name).is_symlink()


def test_a_folder_that_is_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    refused(CANNOT_WRITE, lambda: create(tmp_path / "link", "a", {}))
    assert contents(tmp_path / "real") == {}


@pytest.mark.skipif(not ROOT, reason="only root can give files away")
def test_somebody_elses_folder_is_refused(tmp_path: Path) -> None:
    fill(tmp_path)
    os.chown(tmp_path, 65534, 65534)
    for call in (lambda: create(tmp_path, "b", {}), lambda: open_(tmp_path, "a"), lambda: read(tmp_path, "a")):
        refused(CANNOT_WRITE, call)
