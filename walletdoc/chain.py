"""Lines `["crc",{record}]`, each CRC-32 carried on from the line before, so that a change or gap anywhere shows.

The CRC finds chance, not malice: whoever can write the file can write valid lines.
"""

import json
import zlib
from collections.abc import Mapping
from typing import NoReturn

from walletdoc.frozen import frozen

MAX_LINE = 64 * 1024  # bytes, with its end

Record = dict[str, object]
"""One record: plain JSON with text keys."""


@frozen
class Good:
    """The good lines at the start of a file: their records, the CRC after each, and their length in bytes."""

    records: tuple[Record, ...]
    crcs: tuple[int, ...]
    size: int


@frozen
class Seal:
    """Records acknowledged, the CRC of the last; the process that holds the lock, since when (epoch seconds).

    The serial counts the seals of a lock file.
    """

    serial: int
    count: int
    crc: int
    holder: int
    since: int


def encode(record: Mapping[str, object], crc: int) -> tuple[bytes, int]:
    """Return the line of a record after one with this CRC (0 before the first), and its own CRC.

    Raises ValueError, TypeError or RecursionError for a record that is not JSON, or could not be read back.
    """
    text = json.dumps(record, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    body = text.encode("utf-8", "surrogatepass")  # an argument that is not UTF-8 comes back as it was
    after = zlib.crc32(body, crc)
    line = _line(body, after)
    if len(line) <= MAX_LINE and _decode(line, crc) is None:
        raise ValueError(record)
    return line, after


def good_lines(data: bytes) -> Good:
    """Return the lines from the first on that are whole and follow on each other."""
    records: list[Record] = []
    crcs: list[int] = []
    crc = size = 0
    for line in data.splitlines(keepends=True):
        decoded = _decode(line, crc)
        if decoded is None:
            break
        record, crc = decoded
        records.append(record)
        crcs.append(crc)
        size += len(line)
    return Good(tuple(records), tuple(crcs), size)


def _line(body: bytes, crc: int) -> bytes:
    return b'["%08x",%b]\n' % (crc, body)


def _decode(line: bytes, crc: int) -> tuple[Record, int] | None:
    body = line[12:-2]
    crc = zlib.crc32(body, crc)
    if len(line) > MAX_LINE or line != _line(body, crc):
        return None
    try:
        record = _DECODER.decode(body.decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError):  # a valid CRC may have been made by hand
        return None
    return (record, crc) if isinstance(record, dict) else None


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


_DECODER = json.JSONDecoder(parse_constant=_refuse)  # made once: to make one takes as long as to read a line
