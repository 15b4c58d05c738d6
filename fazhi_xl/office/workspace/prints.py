"""Prints of what lies in folders: which files there are, and the digest of each."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from fazhi_xl.intake.archives import ZIP
from fazhi_xl.intake.arrival import PACKAGE_LIMIT
from fazhi_xl.intake.mails import is_mail
from fazhi_xl.intake.unpacked import PARTS_LIMIT

Prints = Mapping[str, str]
"""The prints of files by their paths."""
_PIECE = 1 << 20
_UNSAID = (".", "~$")  # how names of files begin that programs put beside an open one


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """How a folder, or a file, is printed.

    `dated` prints the times of its files and folders too, and the files that programs put there: of returns all of that counts.
    """

    place: Path
    dated: bool = False
    without: frozenset[str] = frozenset()  # the names of folders and files right in it that do not matter

    def prints(self) -> dict[str, str]:
        """Give the prints of all files by their paths within the place. Raises OSError for what cannot be read."""
        found = self._below() if self.place.is_dir() else [self.place]
        return {path.relative_to(self.place).as_posix(): self._print(path) for path in found}

    def _below(self) -> Iterator[Path]:
        for base, folders, files in os.walk(self.place, onerror=_raised):
            at_top = Path(base) == self.place
            folders[:] = [name for name in sorted(folders) if not (at_top and name in self.without)]
            links = (name for name in folders if Path(base, name).is_symlink())
            names = (*files, *(folders if self.dated else links))
            yield from (
                Path(base, name) for name in names if not (at_top and name in self.without) and self._counts(name)
            )

    def _counts(self, name: str) -> bool:
        return self.dated or not name.startswith(_UNSAID)

    def _print(self, path: Path) -> str:
        own = path.lstat()
        led = path.stat() if stat.S_ISLNK(own.st_mode) and path.exists() else own
        times = f"{own.st_mtime_ns} {led.st_mtime_ns} {own.st_mode}" if self.dated else ""
        return f"{times} {led.st_size} {_content(path, led)}"


def _content(path: Path, facts: os.stat_result) -> str:
    """Digest as much of a file as is read of any like it; of what is no file give what it is."""
    if not stat.S_ISREG(facts.st_mode):
        return f"{stat.S_IFMT(facts.st_mode):o}"
    found = hashlib.sha256()
    with path.open("rb") as file:
        piece = file.read(_PIECE)
        packed = piece.startswith(ZIP) or is_mail(path.name, piece)
        left = (PACKAGE_LIMIT if packed else PARTS_LIMIT) + 1
        while piece:
            found.update(piece)
            left -= len(piece)
            piece = file.read(min(left, _PIECE))
    return found.hexdigest()


def _raised(error: OSError) -> None:
    raise error
