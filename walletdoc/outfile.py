"""Writes a file that the user named: for its owner alone, whole or not at all."""

import os
from pathlib import Path

from walletdoc.failure import CANNOT_WRITE, Failure
from walletdoc.locales import both
from walletdoc.text import visible


def write_out(path: Path, text: str) -> None:
    """Write a file that only its owner reads, whole or not at all; raises `Failure` (74)."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(handle)
            temporary.replace(path)
        except OSError:
            temporary.unlink(missing_ok=True)
            raise
    except OSError as error:
        why = visible(error.strerror or str(error))
        raise Failure(both("case.cannot-write", file=visible(str(path)), why=why), CANNOT_WRITE) from error
