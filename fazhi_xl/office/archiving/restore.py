"""A round's folder made anew of a package, each file under its own path and with its own time."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from fazhi_xl.office.archiving.table import Row
from fazhi_xl.office.workspace.folder import writing

Pieces = Callable[[str], Iterable[bytes]]
"""Gives the bytes of a file by its path in the package."""


def restore(rows: Iterable[Row], pieces: Pieces, root: Path) -> None:
    """Write the files and folders below a root, which must be empty.

    Raises WrongUseError where one cannot be written, KeyError for one that is not there, and what the pieces raise.
    """
    for row in rows:
        path = root / row.path
        with writing(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            if row.stored:
                _write(path, pieces(row.stored))
            else:
                path.mkdir(exist_ok=True)
            if row.moment:
                os.utime(path, ns=(row.moment, row.moment))


def _write(path: Path, pieces: Iterable[bytes]) -> None:
    with path.open("xb") as file:
        for piece in pieces:
            file.write(piece)
