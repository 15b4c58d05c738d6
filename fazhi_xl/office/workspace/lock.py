"""One command at a time in a workspace: a file lock, which the system releases when the process ends."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from fazhi_xl.errors import WrongUseError
from fazhi_xl.office.workspace.folder import Workspace, writing

LOCK = ".lock"
_LEFT = re.compile(r"\..+\.[a-z0-9_]{8}\.tmp")  # as files.py names what it has not finished

if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: int) -> None:
        # Not flock: worker processes would hold that on after this one was killed.
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def locked(space: Workspace) -> Iterator[None]:
    """Lock an existing workspace, and remove the unfinished files of a run that was killed. Not re-entrant.

    Raises WrongUseError where another process holds it.
    """
    path = space.root / LOCK
    with writing(path):
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _hold(file, space)
        _clear(space)
        yield
    finally:
        os.close(file)


def _hold(file: int, space: Workspace) -> None:
    try:
        _lock(file)
    except OSError as error:
        message = f"{space.root} 正在被另一个收表或生成命令使用,这一次没有运行。请等它结束后再运行。"
        raise WrongUseError(message) from error


def _clear(space: Workspace) -> None:
    """Remove unfinished files, except among the returns, where this program writes nothing."""
    folders = [path for path in space.root.iterdir() if path.is_dir() and path != space.returns]
    for left in (*space.root.glob(".*.tmp"), *(path for folder in folders for path in folder.rglob(".*.tmp"))):
        if _LEFT.fullmatch(left.name) and not left.is_dir():
            with writing(left):
                left.unlink(missing_ok=True)
