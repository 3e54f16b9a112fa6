"""Reads what a file given by a stranger holds: bounded, never waiting, and of regular files only."""

import os
import stat
from codecs import BOM_UTF8
from pathlib import Path

from walletdoc.failure import BAD_DATA, USAGE, Failure
from walletdoc.locales import both
from walletdoc.text import visible

MAX_BYTES = 1 << 20

# O_NONBLOCK: opening a FIFO must not wait for a writer. O_NOCTTY: nor may opening a terminal adopt it.
_FLAGS = os.O_RDONLY
for _name in ("O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY"):
    _FLAGS |= getattr(os, _name, 0)


def read(path: Path) -> bytes:
    """Return the content of a regular file of at most 1 MiB.

    Raises Failure, with 2 where there is no such file, with 65 where it is a FIFO, a device, a folder, too large or
    not readable. At most one byte more than 1 MiB is read.
    """
    try:
        handle = os.open(path, _FLAGS)
        try:
            return _content(handle, path)
        finally:
            os.close(handle)
    except (FileNotFoundError, NotADirectoryError):
        raise Failure(both("file.missing", name=_shown(path)), USAGE) from None
    except OSError as reason:
        why = visible(reason.strerror or type(reason).__name__)
        raise Failure(both("file.unreadable", name=_shown(path), why=why), BAD_DATA) from reason
    except ValueError:  # a name with a NUL character
        raise Failure(both("file.missing", name=_shown(path)), USAGE) from None


def text_of(data: bytes) -> str:
    """Return the text in which findings count their places, whatever the bytes: as `yamlfile` hands it out."""
    return data.removeprefix(BOM_UTF8).decode(errors="replace").replace("\r\n", "\n")


def _content(handle: int, path: Path) -> bytes:
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        raise Failure(both("file.irregular", name=_shown(path)), BAD_DATA)
    content = b""
    while len(content) <= MAX_BYTES:
        part = os.read(handle, MAX_BYTES + 1 - len(content))
        if not part:
            return content
        content += part
    raise Failure(both("file.large", name=_shown(path), most=f"{MAX_BYTES:,}"), BAD_DATA)


def _shown(path: Path) -> str:
    return visible(str(path))
