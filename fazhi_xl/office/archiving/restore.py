"""A round's folder made anew of a package, each file under its own path and with its own time."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from fazhi_xl.errors import WrongUseError
from fazhi_xl.office.archiving.table import Row
from fazhi_xl.office.workspace.folder import writing
from fazhi_xl.text.file_names import folded, is_taken_here
from fazhi_xl.text.one_line import one_line

Pieces = Callable[[str], Iterable[bytes]]
"""Gives the bytes of a file by its path in the package."""


def restore(rows: Iterable[Row], pieces: Pieces, root: Path) -> None:
    """Write the files and folders below a root, which must be empty.

    Raises WrongUseError where one cannot be written, KeyError for one that is not there, and what the pieces raise.
    """
    wanted = tuple(rows)
    _refuse_names(row.path for row in wanted)
    for row in wanted:
        path = root / row.path
        with writing(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            if row.stored:
                _write(path, pieces(row.stored))
            else:
                path.mkdir(exist_ok=True)
            if row.moment:
                os.utime(path, ns=(row.moment, row.moment))


def _refuse_names(paths: Iterable[str]) -> None:
    """Refuse names that this system would make other files of, or one of two. Raises WrongUseError."""
    seen: set[str] = set()
    for path in paths if sys.platform in {"win32", "darwin"} else ():
        if folded(path) in seen or not is_taken_here(path):
            raise WrongUseError(f"文件名“{one_line(path)}”这台电脑的系统不能用。请在 Linux 上检测这个包。")
        seen.add(folded(path))


def _write(path: Path, pieces: Iterable[bytes]) -> None:
    with path.open("xb") as file:
        for piece in pieces:
            file.write(piece)
