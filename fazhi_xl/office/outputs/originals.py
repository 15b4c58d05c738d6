"""存档/: accepted originals byte for byte, under their SHA-256."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import PurePosixPath

from fazhi_xl.intake.arrival import Arrival
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.rounds.file import FileResult
from fazhi_xl.rounds.status import Status


def with_copies(space: Workspace, files: Iterable[FileResult]) -> tuple[FileResult, ...]:
    """Name each original that is kept in the archive, by its path from the results."""
    return tuple(
        replace(each, copy=f"../{space.archive.name}/{_copy(each.sha256, each.path)}") if _kept(each) else each
        for each in files
    )


def keep_originals(space: Workspace, arrivals: Iterable[Arrival], files: Iterable[FileResult]) -> None:
    """Copy the originals of files that are a unit's and could be read into the archive, which must exist. Raises WrongUseError."""
    accepted = {file.sha256 for file in files if _kept(file)}
    for each in arrivals:
        target = space.archive / _copy(each.sha256, each.path)
        if each.data and each.sha256 in accepted and not target.exists():
            space.write(target, each.data)


def _kept(file: FileResult) -> bool:
    return bool(file.unit) and file.status is not Status.REJECTED


def _copy(sha256: str, path: str) -> str:
    """Name a copy by its SHA-256, with the file's ending where that is plain and at most five characters long."""
    ending = PurePosixPath(path).suffix.lower()
    return sha256 + (ending if ending[1:].isalnum() and ending.isascii() and len(ending) <= 6 else "")
