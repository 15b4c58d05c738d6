"""Files of 存档/ that nobody is to change: written read-only, so that a person who opens one cannot save over it."""

from __future__ import annotations

import stat
from contextlib import suppress
from pathlib import Path

from fazhi_xl.disk import let_go, remove_own
from fazhi_xl.office.workspace.folder import Workspace, writing

READ_ONLY = 0o444


def keep(space: Workspace, path: Path, data: bytes) -> None:
    """Write a file that nobody is to change. Raises WrongUseError where that cannot be done.

    On Windows a file that is read-only cannot be replaced or removed, so it is made writable before.
    """
    let_go(path)
    try:
        space.write(path, data)
    finally:
        protect(path)


def protect(path: Path) -> None:
    """Make a file read-only, where the disk knows of that."""
    with suppress(OSError):
        if path.stat().st_mode & stat.S_IWRITE:
            path.chmod(READ_ONLY)


def remove(path: Path) -> None:
    """Remove a file, or a folder with all that is in it, whether read-only or not. Raises WrongUseError where that cannot be done."""
    with writing(path):
        remove_own(path)
