"""Whether a file is open in a spreadsheet program: by the lock file beside it, or by Windows' refusal to open it for writing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

_MARKS = ("~${}", ".~{}", ".~lock.{}#")  # Excel's, WPS's and LibreOffice's


def owner_marks(path: Path) -> Iterator[Path]:
    """Give the lock files of Excel, WPS and LibreOffice that lie beside the file."""
    yield from (mark for each in _MARKS if (mark := path.with_name(each.format(path.name))).exists())


def is_open(path: Path) -> bool:
    """Say whether a file seems to be open; one that does not exist is not."""
    if next(owner_marks(path), None):
        return True
    try:
        with path.open("r+b"):
            return False
    except FileNotFoundError:
        return False
    except OSError:
        return True
