"""Files and folders for one user alone: 0600 and 0700 whatever the umask, never through a symbolic link.

Folders are handed about as open descriptors, so that nobody can put another folder in the way between two calls.
"""

import errno
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from walletdoc.failure import CANNOT_WRITE, Failure
from walletdoc.locales import both, say
from walletdoc.text import Lang, Text, visible

_SAFE = os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC  # O_NONBLOCK: opening a FIFO must not wait for its other end
_REASONS = {
    errno.ENOSPC: "journal.no-space",
    errno.EDQUOT: "journal.no-space",
    errno.EFBIG: "journal.no-space",
    errno.EACCES: "journal.no-access",
    errno.EPERM: "journal.no-access",
    errno.EROFS: "journal.read-only",
    errno.ELOOP: "journal.in-the-way",
    errno.ENOTDIR: "journal.in-the-way",
    errno.EISDIR: "journal.in-the-way",
    errno.EEXIST: "journal.in-the-way",
    errno.EIO: "journal.disk-fault",
    errno.ENOENT: "journal.no-folder",
}


@contextmanager
def or_failure(path: Path) -> Iterator[None]:
    """Turn an OSError of the block into a Failure 74 that names the path and the reason."""
    try:
        yield
    except OSError as error:
        raise cannot_write(path, error) from error


def cannot_write(path: Path, error: OSError) -> Failure:
    """Return the Failure 74 for an error of the operating system at this path."""
    file = visible(str(path))
    message = Text(
        zh=say("zh", "journal.cannot-write", file=file, reason=_reason("zh", error)),
        en=say("en", "journal.cannot-write", file=file, reason=_reason("en", error)),
    )
    return Failure(message, CANNOT_WRITE, both("journal.cannot-write-hint"))


def _reason(lang: Lang, error: OSError) -> str:
    known = _REASONS.get(error.errno or 0)
    return say(lang, known) if known else visible(error.strerror or str(error))


def make_folder(path: Path) -> None:
    """Make the folder and those above it that are missing, 0700 each, each on disk before the next; raises OSError."""
    if os.path.lexists(path):
        return
    make_folder(path.parent)
    with suppress(FileExistsError):  # another process was faster; open_folder looks at what it made
        path.mkdir(mode=0o700)
        path.chmod(0o700)  # an odd umask may have taken the user's own bits
    parent = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(parent)
    finally:
        os.close(parent)


@contextmanager
def open_folder(path: Path, *, tighten: bool = True) -> Iterator[int]:
    """Yield a descriptor of the user's own folder, tightened to 0700; raises OSError for a link, or somebody else's."""
    folder = os.open(path, os.O_DIRECTORY | os.O_RDONLY | _SAFE)
    try:
        status = _own(folder, stat.S_ISDIR)
        if tighten and stat.S_IMODE(status.st_mode) != 0o700:  # noqa: PLR2004 - a file mode is clearer as it is
            os.fchmod(folder, 0o700)
        yield folder
    finally:
        os.close(folder)


def open_file(folder: int, name: str, flags: int) -> int:
    """Return a descriptor of the user's own regular file; one that is written is 0600; raises OSError otherwise."""
    file = os.open(name, flags | _SAFE, 0o600, dir_fd=folder)
    try:
        status = _own(file, stat.S_ISREG)
        if flags & (os.O_RDWR | os.O_WRONLY) and stat.S_IMODE(status.st_mode) != 0o600:  # noqa: PLR2004 - as above
            os.fchmod(file, 0o600)
    except BaseException:
        os.close(file)
        raise
    return file


def _own(opened: int, is_kind: Callable[[int], bool]) -> os.stat_result:
    status = os.fstat(opened)
    if status.st_uid != os.geteuid():
        raise PermissionError(errno.EACCES, "belongs to another user")
    if not is_kind(status.st_mode):
        raise FileExistsError(errno.EEXIST, "something else is in the way")
    return status


def exists(folder: int, name: str) -> bool:
    """Tell whether anything, be it a broken link, has this name in the folder."""
    try:
        os.stat(name, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        return False
    return True


def write_all(file: int, data: bytes, at: int) -> None:
    """Write all bytes from this offset on; a full disk makes one write short before it makes the next one fail."""
    rest = memoryview(data)
    while rest:
        written = os.pwrite(file, rest, at)
        if not written:
            raise OSError(errno.EIO, "nothing was written")
        rest = rest[written:]
        at += written


def read_bounded(file: int, limit: int) -> bytes:
    """Return the bytes of the file from its start, at most `limit` of them."""
    parts: list[bytes] = []
    size = 0
    while size < limit and (part := os.pread(file, limit - size, size)):
        parts.append(part)
        size += len(part)
    return b"".join(parts)


def put(folder: int, name: str, data: bytes) -> None:
    """Put a whole file under this name, or leave all as it was; on disk when it returns; raises OSError.

    Whoever calls has seen to it that the name is free, or that its file may go. A kill may leave a file `<stem>.new-…`.
    """
    temporary = f"{name.partition('.')[0]}.new-{os.urandom(6).hex()}"
    file = open_file(folder, temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL)
    try:
        write_all(file, data, 0)
        os.fsync(file)
        os.rename(temporary, name, src_dir_fd=folder, dst_dir_fd=folder)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary, dir_fd=folder)
        raise
    finally:
        os.close(file)
    os.fsync(folder)
