"""重现/文件表.jsonl: under which path, and with which time, each file and folder has to stand for the ranking to be made anew.

A zip archive keeps times to two seconds and names that every system takes; what a round rests on is exact.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import PurePosixPath

from fazhi_xl.office.packing.manifest import is_inside
from fazhi_xl.office.workspace.folder import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A file, or where `stored` is blank a folder: its path in the package, its path in the round's folder, and its time.

    `moment` is the time in nanoseconds since 1970, and `modified` the same for people, on the clock of the office. Bytes of a path that are
    no UTF-8 stand there as Python writes them (PEP 383).
    """

    stored: str
    path: str
    moment: int
    modified: str

    @property
    def line(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=not self.path.isprintable()).encode() + b"\n"

    @classmethod
    def of(cls, held: Json) -> Row:
        """Read a line. Raises KeyError, TypeError and ValueError where it is damaged, or leads out of the folder."""
        row = cls(**held)
        if not (isinstance(row.moment, int) and isinstance(row.stored, str) and isinstance(row.path, str)):
            raise TypeError(row.path)
        above = PurePosixPath(row.path)
        if above.is_absolute() or not above.parts or ".." in above.parts or (row.stored and not is_inside(row.stored)):
            raise ValueError(row.path)
        return row


def told_time(moment: int) -> str:
    """Give a moment on the office's clock; blank for one that no calendar has."""
    try:
        return datetime.fromtimestamp(moment / 10**9).astimezone().isoformat(timespec="seconds")
    except (OverflowError, ValueError, OSError):
        return ""


def table_bytes(rows: Iterable[Row]) -> bytes:
    return b"".join(row.line for row in rows)


def read_table(data: bytes) -> Iterator[Row]:
    """Read all rows. Raises KeyError, TypeError and ValueError where one is damaged."""
    for line in data.decode().splitlines():
        yield Row.of(json.loads(line))
