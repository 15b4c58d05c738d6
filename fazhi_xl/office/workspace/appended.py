"""Records that only grow, a line of JSON each: a line is on the disk whole when it is added, or not there at all."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path

from fazhi_xl.office.workspace.folder import writing


class AppendedFile:
    """A record, open for more lines."""

    def __init__(self, path: Path, file: FileIO) -> None:
        self._path, self._file = path, file

    def add(self, lines: bytes) -> None:
        """Append lines, and return when they are on the disk. Raises WrongUseError where that cannot be done."""
        with writing(self._path):
            end = self._file.seek(0, os.SEEK_END)
            view = memoryview(lines)
            try:
                while view:
                    view = view[self._file.write(view) or 0 :]
                os.fsync(self._file.fileno())
            except OSError:
                with suppress(OSError):
                    self._file.truncate(end)
                raise


@contextmanager
def appending(path: Path) -> Iterator[AppendedFile]:
    """Open a record, without the part of a line that a run left which was killed. Raises WrongUseError."""
    with writing(path):
        file = FileIO(path, "a+")
    with file:
        with writing(path):
            _mend(file)
        yield AppendedFile(path, file)


def _mend(file: FileIO) -> None:
    """End a last line that has no end, or take away what is a part of one. Raises OSError."""
    file.seek(0)
    data = file.readall()
    whole = without_torn(data)
    if len(whole) < len(data):
        file.truncate(len(whole))
    elif data and not data.endswith(b"\n"):
        file.write(b"\n")


def without_torn(data: bytes) -> bytes:
    """Give a record without the part of a line that a killed run left at its end."""
    torn = data.rpartition(b"\n")[2]
    return data if is_whole(torn) else data[: len(data) - len(torn)]


def is_whole(line: bytes) -> bool:
    """Say whether a last line without an end is one: a run that was killed, or a full disk, leaves a part of one, which says nothing."""
    with suppress(ValueError):
        json.loads(line)
        return True
    return False
