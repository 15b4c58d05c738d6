"""Zip archives with stored members, byte by byte (APPNOTE.TXT 6.3, 4.3): the same members give the same archive, on any system.

Nothing is compressed: what is kept for decades is read without a decompressor where the directory is lost, and a byte that is spoilt
spoils one file. Each byte of such an archive is decided by names, sizes, check sums and order, so that one that was changed is found
wherever it stands.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import IO

_LOCAL, _CENTRAL = struct.Struct("<4s5H3I2H"), struct.Struct("<4s6H3I5H2I")
_END, _END_64, _LOCATOR = struct.Struct("<4s4H2IH"), struct.Struct("<4sQ2H2I4Q"), struct.Struct("<4sIQI")
_USUAL, _LARGE = 20, 45  # the version of the format that a reader needs
_UNIX_FILE = (3 << 8, 0o100644 << 16)  # made by, and what kind of file it is
_UTF_8, _STORED = 0x800, 0
_TIME, _DAY = 0, 1 << 5 | 1  # the first day that the format knows, 1980-01-01; the files' own times stand in a table
FULL, MANY = 0xFFFFFFFF, 0xFFFF  # what a field holds whose number does not fit; then the number stands elsewhere
_SIZES = 16  # bytes of two sizes


def _beyond(number: int) -> bool:
    """Say whether a number does not fit into its usual field."""
    return number >= FULL


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A member: its path, where its header begins, its size, and the CRC-32 of its bytes."""

    path: str
    offset: int
    size: int
    crc: int = 0

    @property
    def header(self) -> bytes:
        """The bytes before its own."""
        large = _beyond(self.size)
        name, size = self.path.encode(), FULL if large else self.size
        more = struct.pack("<2H2Q", 1, _SIZES, self.size, self.size) if large else b""
        needs = _LARGE if large else _USUAL
        head = _LOCAL.pack(
            b"PK\x03\x04", needs, _UTF_8, _STORED, _TIME, _DAY, self.crc, size, size, len(name), len(more)
        )
        return head + name + more

    @property
    def record(self) -> bytes:
        """What the directory says of it."""
        large, far = _beyond(self.size), _beyond(self.offset)
        numbers = (*((self.size, self.size) if large else ()), *((self.offset,) if far else ()))
        more = struct.pack(f"<2H{len(numbers)}Q", 1, 8 * len(numbers), *numbers) if numbers else b""
        name, size, needs = self.path.encode(), FULL if large else self.size, _LARGE if numbers else _USUAL
        (made_by, kind), offset = _UNIX_FILE, FULL if far else self.offset
        head = _CENTRAL.pack(
            b"PK\x01\x02", made_by | needs, needs, _UTF_8, _STORED, _TIME, _DAY, self.crc, size, size,
            len(name), len(more), 0, 0, 0, kind, offset,
        )  # fmt: skip
        return head + name + more

    @property
    def end(self) -> int:
        """Where the next member's header begins."""
        return self.offset + len(self.header) + self.size


def ending(entries: Sequence[Entry]) -> bytes:
    """Give what stands behind the last member: the directory and its end."""
    records = b"".join(each.record for each in entries)
    at, count, size = entries[-1].end if entries else 0, len(entries), len(records)
    if count < MANY and not _beyond(max(at, size)):
        return records + _END.pack(b"PK\x05\x06", 0, 0, count, count, size, at, 0)
    far = _END_64.pack(b"PK\x06\x06", _END_64.size - 12, 3 << 8 | _LARGE, _LARGE, 0, 0, count, count, size, at)
    where = _LOCATOR.pack(b"PK\x06\x07", 0, at + size, 1)
    return records + far + where + _END.pack(b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, FULL, FULL, 0)


class SizeError(Exception):
    """A member came to another size than was said."""


@dataclass(slots=True)
class StoredZip:
    """An archive that is being written to a file which can be sought; the members are in the order in which they are added."""

    file: IO[bytes]
    entries: list[Entry] = field(default_factory=list)

    def add(self, path: str, size: int, pieces: Iterable[bytes]) -> None:
        """Add a member of so many bytes, piece by piece. Raises OSError, and SizeError where they come to another size."""
        start = self.entries[-1].end if self.entries else 0
        header = len(Entry(path=path, offset=start, size=size).header)
        self.file.seek(start + header)
        crc, came = 0, 0
        for piece in pieces:
            crc, came = zlib.crc32(piece, crc), came + len(piece)
            self.file.write(piece)
        if came != size:
            raise SizeError(path)
        entry = Entry(path=path, offset=start, size=size, crc=crc)
        self.file.seek(start)
        self.file.write(entry.header)
        self.entries.append(entry)

    def close(self) -> None:
        """Write the directory; the file stays open. Raises OSError."""
        self.file.seek(self.entries[-1].end if self.entries else 0)
        self.file.write(ending(self.entries))
        self.file.truncate()
