"""Files and folders put in place and taken away as Windows lets one, too: where another program has one open for a moment, once more."""

from __future__ import annotations

import os
import shutil
import stat
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

_ACCESS_DENIED = 5  # [MS-ERREF] 2.2, as are the following
_OPEN_ELSEWHERE = frozenset({32, 33, 1224})  # sharing violation, lock violation, mapped by somebody
_PAUSES = (0.01, 0.02, 0.04, 0.08, 0.15, 0.3, 0.4)  # seconds, one in all: a virus scanner or an indexer is done by then
_OTHERS = 0o077
_WRITABLE_FILE, _WRITABLE_FOLDER = 0o644, 0o755


def windows_error(error: BaseException | None) -> int:
    """Give the number of an error of Windows; 0 for any other."""
    return getattr(error, "winerror", None) or 0


def is_open_elsewhere(error: BaseException | None) -> bool:
    """Say whether Windows refused a file because another program has it open.

    Where a file could not be opened Python tells no number of Windows, and where it could not be replaced Windows says that access was
    denied; so the file is asked for then.
    """
    if not isinstance(error, PermissionError):
        return windows_error(error) in _OPEN_ELSEWHERE
    names = (error.filename2, error.filename)
    return windows_error(error) in _OPEN_ELSEWHERE or any(
        isinstance(each, str) and _is_held(Path(each)) for each in names
    )


def _is_held(path: Path) -> bool:
    """Say whether another program has a file open: it can be renamed, even to its own name, which changes nothing, by nobody else."""
    try:
        path.rename(path)
    except OSError as error:
        return windows_error(error) in _OPEN_ELSEWHERE
    return False


def is_read_only(path: Path) -> bool:
    """Say whether a file is there that nobody may write to."""
    with suppress(OSError):
        return not path.stat().st_mode & stat.S_IWRITE
    return False


def open_to_others(facts: os.stat_result) -> bool:
    """Say whether others than its owner may use a file, where the system knows of that: Windows tells the same of every file."""
    return os.name == "posix" and bool(stat.S_IMODE(facts.st_mode) & _OTHERS)


def rename_over(made: Path, path: Path) -> None:
    """Rename a file to a name that may be taken. Raises OSError."""
    _patiently(lambda: made.replace(path), path)


def rename(old: Path, new: Path) -> None:
    """Rename a file or folder to a name that is free. Raises OSError."""
    _patiently(lambda: old.rename(new), new)


def remove(path: Path, *, missing_ok: bool = False) -> None:
    """Remove a file. Raises OSError."""
    _patiently(lambda: path.unlink(missing_ok=missing_ok), path)


def remove_own(path: Path) -> None:
    """Remove a file or a folder of the program's own, read-only or not; nothing happens where there is none. Raises OSError."""
    if path.is_symlink() or not path.is_dir():
        let_go(path)
        remove(path, missing_ok=True)
        return
    for base, _, names in os.walk(path):
        with suppress(OSError):  # what this hinders is told when it is removed
            Path(base).chmod(_WRITABLE_FOLDER)
        for each in names:
            let_go(Path(base, each))
    _patiently(lambda: shutil.rmtree(path), path)


def settle(folder: Path) -> None:
    """Bring a folder's entries down to the disk, where the system can be asked for that: Windows opens no folder."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def let_go(path: Path) -> None:
    """Make a file writable again; nothing happens where there is none, or what is there is a link."""
    with suppress(OSError):
        if not path.is_symlink() and is_read_only(path):
            path.chmod(_WRITABLE_FILE)


def fresh_beside(path: Path) -> tuple[int, Path]:
    """Open a new file beside a path, hidden and for its owner alone; gives its handle and its path. Raises OSError.

    `tempfile.mkstemp` would try names for ever in a folder to which Windows lets nobody write.
    """
    name = path.with_name(f".{path.name}.{token_hex(4)}.tmp")
    return os.open(name, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600), name


def _patiently(act: Callable[[], object], path: Path) -> None:
    """Do it, and once more after a while where Windows says that somebody has a file open."""
    for pause in _PAUSES:
        try:
            act()
        except OSError as error:
            if not _may_pass(error, path):
                raise
        else:
            return
        time.sleep(pause)
    act()


def _may_pass(error: OSError, path: Path) -> bool:
    """Say whether what hinders may be gone in a moment: a scanner in a folder, or in a file that is being removed, denies access."""
    return is_open_elsewhere(error) or (windows_error(error) == _ACCESS_DENIED and not is_read_only(path))
