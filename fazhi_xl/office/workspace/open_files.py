"""Whether somebody has a file open: a program for spreadsheets leaves a mark beside it, or Windows refuses to share it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

_MARKS = ("~${}", ".~{}", ".~lock.{}#")  # Excel's, WPS's and LibreOffice's


def owner_marks(path: Path) -> Iterator[Path]:
    """Name the marks that are there."""
    yield from (mark for each in _MARKS if (mark := path.with_name(each.format(path.name))).exists())


def is_open(path: Path) -> bool:
    """Say whether a file seems to be open somewhere; one that is not there is not."""
    if next(owner_marks(path), None):
        return True
    try:
        with path.open("r+b"):
            return False
    except FileNotFoundError:
        return False
    except OSError:
        return True
