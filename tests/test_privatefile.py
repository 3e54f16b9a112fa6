"""Private files: modes whatever the umask, no link followed, nobody else's folder used, short writes carried on."""

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults import contents, failing, hooked
from walletdoc.failure import CANNOT_WRITE, Failure
from walletdoc.privatefile import (
    cannot_write,
    exists,
    make_folder,
    open_file,
    open_folder,
    or_failure,
    put,
    read_bounded,
    write_all,
)

ROOT = os.geteuid() == 0
NEW = os.O_RDWR | os.O_CREAT


@pytest.fixture(params=[0o000, 0o022, 0o077, 0o777], ids=oct)
def umask(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[None]:
    """Run under each umask, in a folder made before."""
    assert tmp_path.is_dir()
    before = os.umask(request.param)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


@pytest.mark.usefixtures("umask")
def test_folders_are_0700_and_files_0600(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b" / "c"
    make_folder(folder)
    with open_folder(folder) as opened:
        os.close(open_file(opened, "file", NEW))
        put(opened, "whole", b"data")
    assert mode(folder) == mode(folder.parent) == mode(tmp_path / "a") == 0o700
    assert mode(folder / "file") == mode(folder / "whole") == 0o600


def test_lax_modes_are_tightened_when_written_and_left_when_read(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    (tmp_path / "file").touch(0o644)
    with open_folder(tmp_path, tighten=False) as opened:
        os.close(open_file(opened, "file", os.O_RDONLY))
    assert (mode(tmp_path), mode(tmp_path / "file")) == (0o755, 0o644)
    with open_folder(tmp_path) as opened:
        os.close(open_file(opened, "file", os.O_RDWR))
    assert (mode(tmp_path), mode(tmp_path / "file")) == (0o700, 0o600)


def _link(path: Path) -> None:
    (path.parent / "target").write_text("kept")
    path.symlink_to("target")


@pytest.mark.parametrize("obstacle", [_link, os.mkfifo, os.mkdir, lambda path: path.symlink_to("nowhere")])
@pytest.mark.parametrize("flags", [NEW, os.O_RDONLY])
def test_what_is_in_the_way_of_a_file_is_refused(tmp_path: Path, obstacle: object, flags: int) -> None:
    assert callable(obstacle)
    obstacle(tmp_path / "file")
    with open_folder(tmp_path) as opened, pytest.raises(OSError):  # noqa: PT011 - which one depends on the system
        open_file(opened, "file", flags)
    assert not (tmp_path / "nowhere").exists()
    assert not (tmp_path / "target").exists() or (tmp_path / "target").read_text() == "kept"


def test_a_link_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    with pytest.raises(OSError), open_folder(tmp_path / "link"):  # noqa: PT011 - as above
        pass


@pytest.mark.skipif(not ROOT, reason="only root can give files away")
def test_somebody_elses_folder_and_file_are_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    os.chown(tmp_path / "file", 65534, 65534)
    with open_folder(tmp_path) as opened, pytest.raises(PermissionError):
        open_file(opened, "file", os.O_RDWR)
    os.chown(tmp_path, 65534, 65534)
    with pytest.raises(PermissionError), open_folder(tmp_path):
        pass


def test_exists_sees_a_broken_link(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("nowhere")
    with open_folder(tmp_path) as opened:
        assert exists(opened, "link")
        assert not exists(opened, "other")


def test_a_short_write_is_carried_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.pwrite
    monkeypatch.setattr(os, "pwrite", lambda file, data, at: real(file, data[:3], at))
    with open_folder(tmp_path) as opened:
        put(opened, "file", bytes(range(100)))
    assert (tmp_path / "file").read_bytes() == bytes(range(100))


def test_a_write_of_nothing_does_not_go_on_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "pwrite", lambda *_: 0)
    with pytest.raises(OSError, match="nothing"):
        write_all(0, b"data", 0)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_device_is_an_error() -> None:
    file = os.open("/dev/full", os.O_WRONLY)
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
        write_all(file, b"data", 0)
    os.close(file)


def test_reading_is_bounded(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x" * 1000)
    with open_folder(tmp_path) as opened:
        file = open_file(opened, "file", os.O_RDONLY)
        assert [len(read_bounded(file, limit)) for limit in (0, 10, 1000, 2000)] == [0, 10, 1000, 1000]
        os.close(file)


@pytest.mark.parametrize("at", range(6))
@pytest.mark.parametrize("short", [False, True])
def test_putting_is_all_or_nothing(tmp_path: Path, at: int, *, short: bool) -> None:
    (tmp_path / "file").write_bytes(b"before")
    with open_folder(tmp_path) as opened:
        try:
            with hooked(failing(at, errno.ENOSPC, short=short)):
                put(opened, "file", b"after, and longer")
        except OSError:
            assert contents(tmp_path) in ({"file": b"before"}, {"file": b"after, and longer"})
        else:
            assert contents(tmp_path) == {"file": b"after, and longer"}


@pytest.mark.parametrize(
    "number", [errno.ENOSPC, errno.EACCES, errno.EROFS, errno.ELOOP, errno.EIO, errno.ENOENT, 9999]
)
def test_the_failure_names_file_and_reason_in_both_languages(number: int) -> None:
    error = OSError(number, "odd \x1b[31m")
    with pytest.raises(Failure) as raised, or_failure(Path("/a/\x1b[2Jb")):
        raise error
    failure = raised.value
    assert failure.code == CANNOT_WRITE
    assert failure.hint is not None
    for said in (failure.message.zh, failure.message.en):
        assert "/a/" in said
        assert "\x1b" not in said
    assert cannot_write(Path("/a"), error).message.zh != cannot_write(
        Path("/a"), OSError(errno.EIO, "")
    ).message.zh or (number == errno.EIO)
