"""What the program keeps of a round to spare itself work it has done: one SQLite file, safe to delete and never needed.

It holds nothing that cannot be made again from the files, and everything in it is known by digests of what it was made from. So a
file that is damaged, or of another version, is made anew without a word; where it cannot be written at all (read-only, locked, a full
disk), the work is done without it, and that is said in one line.
"""

from __future__ import annotations

import hmac
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from enum import StrEnum
from pathlib import Path

from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.office.workspace.progress import Progress

STORE = ".cache.sqlite"
_JOURNAL = "-journal"
_MOST = 8_000_000  # bytes that are held until they are written
_RUNS = 10  # what was of no use for so many runs is dropped
_WAIT = 0.5  # seconds for another program that has the file
_TABLE = """
    CREATE TABLE IF NOT EXISTS kept_1
    (kind TEXT, key TEXT, used INTEGER, seal BLOB, value BLOB, PRIMARY KEY (kind, key)) WITHOUT ROWID
"""
_FAULTS = (sqlite3.Error, OSError, ValueError, ArithmeticError, TypeError)  # that a damaged file sets off
_Name = tuple[str, str]


class Kept(StrEnum):
    """What is kept."""

    STANDING = "standing"  # how a round stands, by all that a collect reads
    BOOK = "book"  # a return as read, by its bytes
    ANSWERS = "answers"  # what was found in a form
    DRAWN = "drawn"  # the digests of files, by what was drawn
    INSPECTED = "inspected"  # what was found in a file of evidence
    SHAPE = "shape"  # a shape that was drawn


Entry = tuple[Kept, str, bytes]
"""Something to keep: its kind, key and value."""


class Store:
    """What is kept of a round. What is put in is written at the end, all at once: a run that is killed leaves what was there."""

    def __init__(self, path: Path, secret: bytes) -> None:
        self._path = path
        self._secret = secret
        self._used: set[_Name] = set()
        self._made: dict[_Name, bytes] = {}
        self._held = 0
        self._run = 0  # its number, once it is known
        self._fails = False
        self._readable: sqlite3.Connection | None = _opened(path) if path.exists() else None

    @property
    def empty(self) -> bool:
        """Say whether nothing is kept at all, so that nobody has to work out what it would be kept under."""
        return self._readable is None and not self._made

    def get(self, kind: Kept, key: str) -> bytes | None:
        """Give what is kept under a key; None where there is nothing, or not what was put there."""
        name = kind.value, key
        if name in self._made:
            return self._made[name]
        found = self._found(name)
        if found is None or not hmac.compare_digest(found[0], self._seal(name, found[1])):
            return None
        self._used.add(name)
        return found[1]

    def put(self, kind: Kept, key: str, value: bytes) -> None:
        """Keep a value from the end of this run on, if it is not kept already."""
        if self.get(kind, key) == value:
            return
        self._made[kind.value, key] = value
        self._held += len(value)
        if self._held > _MOST:
            self._flush()

    def close(self) -> bool:
        """Write what is new; a file that cannot be written to is made anew. False where that cannot be done either."""
        self._flush()
        self._shut()
        return not self._fails

    def _flush(self) -> None:
        """Write what is held, if that has not failed before."""
        if self._made and not self._fails:
            self._fails = not (self._written() or (self._discarded() and self._written()))
        self._made.clear()
        self._held = 0

    def _found(self, name: _Name) -> tuple[bytes, bytes] | None:
        if self._readable is None:
            return None
        query = "SELECT seal, value FROM kept_1 WHERE kind = ? AND key = ?"
        try:
            row = self._readable.execute(query, name).fetchone()
        except _FAULTS:
            self._shut()  # or each further question would wait for whoever holds the file
            return None
        return row if row and all(isinstance(each, bytes) for each in row) else None

    def _seal(self, name: _Name, value: bytes) -> bytes:
        return hmac.digest(self._secret, "\n".join(name).encode() + b"\n" + value, "sha256")

    def _written(self) -> bool:
        try:
            with closing(sqlite3.connect(self._path, timeout=_WAIT)) as base, base:
                base.execute(
                    "PRAGMA synchronous = OFF"
                )  # what a power cut damages is made anew; nobody waits for the disk
                self._write(base)
        except _FAULTS:
            return False
        return True

    def _write(self, base: sqlite3.Connection) -> None:
        base.execute(_TABLE)
        run = self._run = self._run or base.execute("SELECT coalesce(max(used), 0) + 1 FROM kept_1").fetchone()[0]
        used = ((run, *name) for name in self._used)
        base.executemany("UPDATE kept_1 SET used = ? WHERE kind = ? AND key = ?", used)
        made = ((*name, run, self._seal(name, value), value) for name, value in self._made.items())
        base.executemany("INSERT OR REPLACE INTO kept_1 VALUES (?, ?, ?, ?, ?)", made)
        base.execute("DELETE FROM kept_1 WHERE used <= ?", (run - _RUNS,))

    def _discarded(self) -> bool:
        """Remove the file, whatever it is."""
        self._shut()
        try:
            for path in (self._path, self._path.with_name(f"{self._path.name}{_JOURNAL}")):
                path.unlink(missing_ok=True)
        except OSError:
            return False
        return True

    def _shut(self) -> None:
        if self._readable:
            with suppress(*_FAULTS):
                self._readable.close()
            self._readable = None


def _opened(path: Path) -> sqlite3.Connection | None:
    with suppress(*_FAULTS):
        return sqlite3.connect(path, timeout=_WAIT)
    return None


@contextmanager
def stored(space: Workspace, progress: Progress) -> Iterator[Store]:
    """Open what is kept of a round, which must be locked, and write what is new of it where the run comes to its end."""
    path = space.root / STORE
    store = Store(path, space.key())
    try:
        yield store  # what was found is true however the run ends
    finally:
        if not store.close():
            progress.say(f"{path} 写不进去,下次要慢一些,结果不受影响。这个文件可以删去,下次会重新生成。")
