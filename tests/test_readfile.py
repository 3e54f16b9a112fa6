"""Files given by strangers: bounded, never waiting, regular files only (L1)."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from walletdoc.failure import Failure
from walletdoc.readfile import MAX_BYTES, read

# In a process of its own, that may not grow past 100 MiB: read, say how long that took, leave with the code.
PROBE = """
import resource, sys, time
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, (100 << 20, 100 << 20))
from walletdoc.failure import Failure
from walletdoc.yamlfile import read
start = time.monotonic()
try:
    read(Path(sys.argv[1]))
except Failure as failure:
    code = failure.code
else:
    code = 0
print(time.monotonic() - start)
sys.exit(code)
"""


def folder(path: Path) -> None:
    path.mkdir()


def fifo(path: Path) -> None:
    os.mkfifo(path)


def zeros(path: Path) -> None:
    path.symlink_to("/dev/zero")


def terminal(path: Path) -> None:
    path.symlink_to("/dev/tty")


def one_byte_too_many(path: Path) -> None:
    path.write_bytes(b"x" * (MAX_BYTES + 1))


def sparse_gigabyte(path: Path) -> None:
    path.touch()
    os.truncate(path, 1 << 30)


def circle(path: Path) -> None:
    path.symlink_to(path)


def forbidden_file(path: Path) -> None:
    path.write_text("a: b")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read everything")


REFUSED = (folder, fifo, zeros, terminal, one_byte_too_many, sparse_gigabyte, circle, forbidden_file)


@pytest.mark.parametrize("make", REFUSED)
def test_refused_in_time_and_space(make: Callable[[Path], None], tmp_path: Path) -> None:
    path = tmp_path / "文件.yaml"
    make(path)
    command = [sys.executable, "-c", PROBE, str(path)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    assert (ran.returncode, ran.stderr) == (65, "")
    assert float(ran.stdout) < 1


@pytest.mark.parametrize("size", [0, 1, MAX_BYTES])
def test_read(size: int, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"x" * size)
    assert read(path) == b"x" * size


def test_reads_no_more_than_one_byte_past_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"x" * (2 * MAX_BYTES))
    real, total = os.read, 0

    def counted(handle: int, count: int) -> bytes:
        nonlocal total
        part = real(handle, min(count, 100_000))  # short reads must be gone on with
        total += len(part)
        return part

    monkeypatch.setattr(os, "read", counted)
    with pytest.raises(Failure):
        read(path)
    assert total == MAX_BYTES + 1


def test_a_link_to_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"a: b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert read(tmp_path / "b") == b"a: b"


@pytest.mark.parametrize("name", ["missing.yaml", "file/missing.yaml", "nul\0.yaml", "\x1b[2J\u202e\udcff.yaml"])
def test_missing(name: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Failure) as caught:
        read(tmp_path / name)
    assert caught.value.code == 2
    assert caught.value.message.en.isprintable()
    assert caught.value.message.zh.startswith("找不到文件")


def test_a_read_that_fails_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_handle: int, _count: int) -> bytes:
        raise OSError(5, "Input/output error")

    path = tmp_path / "a.yaml"
    path.touch()
    monkeypatch.setattr(os, "read", broken)
    with pytest.raises(Failure, match="Input/output error") as caught:
        read(path)
    assert caught.value.code == 65


def test_no_file_stays_open(tmp_path: Path) -> None:
    handles = Path("/proc/self/fd")
    if not handles.exists():
        pytest.skip("open files can't be counted here")
    before = len(list(handles.iterdir()))
    for make in (folder, one_byte_too_many):
        path = tmp_path / make.__name__
        make(path)
        with pytest.raises(Failure):
            read(path)
    assert len(list(handles.iterdir())) == before
