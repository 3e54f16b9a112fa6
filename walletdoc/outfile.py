"""Writes a file that the user named, whole or not at all."""

import os
import stat
from pathlib import Path

from walletdoc.failure import CANNOT_WRITE, USAGE, Failure
from walletdoc.locales import both
from walletdoc.text import visible

_PRIVATE, _USUAL = 0o600, 0o666  # of the second, the umask takes what it takes


def write_out(path: Path, text: str, *, shared: bool = False, new: bool = False) -> None:
    """Write a file that only its owner reads; what is no file, such as /dev/stdout, is written to as it is.

    A `shared` one has the usual rights, or those that it has already; its folder is made if need be, and a link is
    followed. Raises `Failure`: 74, or 2 for a `new` one where something has its name.
    """
    try:
        if path.exists() and not path.is_file() and not new:
            path.write_text(text, encoding="utf-8")
            return
        if shared:
            path.parent.mkdir(parents=True, exist_ok=True)
        _put(path.resolve() if shared and not new else path, text, _rights(path) if shared else _PRIVATE, new=new)
    except FileExistsError as error:
        if new and os.path.lexists(path):
            raise Failure(both("new.exists", file=visible(str(path))), USAGE, both("new.other")) from None
        raise _cannot(path, error) from error
    except OSError as error:
        raise _cannot(path, error) from error


def _rights(path: Path) -> int | None:
    return stat.S_IMODE(path.stat().st_mode) if path.exists() else None


def _put(path: Path, text: str, rights: int | None, *, new: bool) -> None:
    """Write the file if it is new, else one beside it that takes its place; with these rights, or the usual ones."""
    temporary = path if new else path.with_name(f"{path.name}.{os.getpid()}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    handle = os.open(temporary, flags, _USUAL if rights is None else _PRIVATE)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            if rights is not None:
                os.fchmod(handle, rights)
            os.fsync(handle)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _cannot(path: Path, error: OSError) -> Failure:
    why = visible(error.strerror or str(error))
    return Failure(both("case.cannot-write", file=visible(str(path)), why=why), CANNOT_WRITE)
