"""Values of the model as plain ones, kept on disk under a key; only ever a shorter way to the same values.

A file is `sha256(payload) + payload`, the payload `marshal` of plain values. Whatever is not exactly that, or could
have been written by somebody else, counts as absent: `marshal` must not be fed what is not ours. Nothing here raises
for the state of the disk.
"""

import marshal
import os
import stat
from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from hashlib import sha256
from pathlib import Path
from sys import implementation, version_info
from typing import Any

from walletdoc import __version__, contacts, flow, registries, text

MODEL: tuple[type[Any], ...] = (
    text.Text, text.Lines, flow.Option, flow.Range, flow.Ask, flow.Number, flow.FactNode, flow.Try, flow.Do, flow.Call,
    flow.Switch, flow.Period, flow.End, flow.Cause, flow.Flow, flow.Step, flow.FactOption, flow.Fact, flow.Prepare,
    flow.Time, contacts.Contact, registries.Registries,
)  # fmt: skip
LIMIT = 16 << 20
DIGEST = 32


def pack(value: object) -> Any:  # noqa: ANN401 - whatever marshal takes
    """Return a value of the model as marshal takes it: a dataclass is a tuple of its number and its fields."""
    match value:
        case str() | int() | None:
            return value
        case tuple():
            return [pack(each) for each in value]
        case Mapping():
            return {key: pack(each) for key, each in value.items()}
        case _:
            number = MODEL.index(type(value))
            return (number, *(pack(getattr(value, name)) for name in _names(number)))


def unpack(value: Any) -> Any:  # noqa: ANN401 - the value of any model
    """Return the value of the model that `pack` made plain."""
    kind = type(value)
    if kind is tuple:
        return MODEL[value[0]](**dict(zip(_names(value[0]), map(unpack, value[1:]), strict=True)))
    if kind is list:
        return tuple([unpack(each) for each in value])
    if kind is dict:
        return {key: unpack(each) for key, each in value.items()}
    return value


@cache
def _names(number: int) -> tuple[str, ...]:
    return tuple(each.name for each in fields(MODEL[number]))


@cache
def _edition() -> bytes:
    """Return what a cached value depends on besides its file: this Python, this version, the code that reads."""
    here = Path(__file__).parent
    readers = [
        (here / f"{name}.py") for name in ("yamlfile", "schema", "references", "readpack", "flow", "contacts", "decode")
    ]
    stamps = [each.stat().st_mtime_ns if each.is_file() else 0 for each in readers]
    return repr((__version__, implementation.name, tuple(version_info), stamps)).encode()


@cache
def whole_edition() -> str:
    """Return what a finding depends on besides files: this Python, and all code of this program as it stands."""
    here = Path(__file__).parent
    stamps = sorted((str(each), each.stat().st_mtime_ns) for each in here.rglob("*.py"))
    return sha256(repr((__version__, implementation.name, tuple(version_info), stamps)).encode()).hexdigest()


def key(*parts: bytes) -> str:
    """Return the name of what these parts give, in this edition of the program."""
    whole = sha256(_edition())
    for part in parts:
        whole.update(sha256(part).digest())
    return whole.hexdigest()


def load(folder: Path, name: str) -> Any:  # noqa: ANN401 - the value of any model
    """Return the value kept under a name, or None."""
    try:
        return unpack(load_plain(folder, name))
    except (ValueError, TypeError, IndexError, RecursionError):
        return None


def load_plain(folder: Path, name: str) -> Any:  # noqa: ANN401 - any plain value
    """Return the plain value kept under a name, or None."""
    try:
        handle = os.open(folder / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        data = os.read(handle, LIMIT) if _ours(os.fstat(handle)) else b""
    except OSError:
        return None
    finally:
        os.close(handle)
    digest, payload = data[:DIGEST], data[DIGEST:]
    if not payload or sha256(payload).digest() != digest:
        return None
    try:
        return marshal.loads(payload)  # noqa: S302 - our own file, of our own user, with its digest
    except (ValueError, EOFError, TypeError):
        return None


def _ours(state: os.stat_result) -> bool:
    others_may_write = state.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return stat.S_ISREG(state.st_mode) and state.st_uid == os.geteuid() and not others_may_write


def store(folder: Path, name: str, value: object) -> None:
    """Keep a value under a name, if the disk lets us."""
    store_plain(folder, name, pack(value))


def store_plain(folder: Path, name: str, value: Any) -> None:  # noqa: ANN401 - any plain value
    """Keep a plain value under a name, if the disk lets us and it is not too large."""
    payload = marshal.dumps(value)
    if len(payload) + DIGEST > LIMIT:
        return
    temporary = folder / f"{name}.{os.getpid()}"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(sha256(payload).digest() + payload)
            temporary.replace(folder / name)
        except OSError:
            temporary.unlink(missing_ok=True)
    except OSError:
        return
