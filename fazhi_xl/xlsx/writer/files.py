"""Writes files atomically, and leaves those alone that hold the same bytes already."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from filecmp import cmp
from pathlib import Path

from fazhi_xl.disk import fresh_beside, remove, remove_own, rename_over


def replace_file(path: Path, data: bytes, *, mode: int = 0o644) -> None:
    """Write beside the final name, then rename: a crash or a full disk leaves the old file whole.

    A file that already holds these bytes keeps its times.
    """
    with suppress(OSError):
        if path.stat().st_size == len(data) and path.read_bytes() == data:
            return
    handle, fresh = fresh_beside(path)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        fresh.chmod(mode)
        rename_over(fresh, path)
    except BaseException:
        _drop(fresh)
        raise


@contextmanager
def written_beside(path: Path, *, mode: int = 0o644) -> Iterator[Path]:
    """Give a path beside the final one to write a large file to; it is renamed once it is whole, and removed where it is not."""
    handle, fresh = fresh_beside(path)
    os.close(handle)
    try:
        yield fresh
        put_in_place(fresh, path, mode=mode)
    except BaseException:
        _drop(fresh)
        raise


def put_in_place(made: Path, path: Path, *, mode: int = 0o644) -> None:
    """Rename a file that is whole to its final name on the same disk; one that holds the same bytes already keeps its times."""
    if path.exists() and cmp(made, path, shallow=False):
        remove(made)
        return
    with made.open("r+b") as file:
        os.fsync(file.fileno())
    made.chmod(mode)
    rename_over(made, path)


def _drop(fresh: Path) -> None:
    """Remove what is not finished; where that cannot be done, what went wrong before is what is told."""
    with suppress(OSError):
        remove_own(fresh)
