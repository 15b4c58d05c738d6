"""存档/: accepted originals byte for byte, under their SHA-256 and read-only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path, PurePosixPath

from fazhi_xl.disk import let_go, rename_over
from fazhi_xl.intake.arrival import Arrival, ChangedError
from fazhi_xl.office.workspace.archive import keep, protect
from fazhi_xl.office.workspace.folder import Workspace, writing
from fazhi_xl.office.workspace.progress import Progress
from fazhi_xl.office.workspace.recorded_folder import stored
from fazhi_xl.rounds.file import FileResult
from fazhi_xl.rounds.status import Status

_DIGEST = re.compile(r"[0-9a-f]{64}")


def with_copies(space: Workspace, files: Iterable[FileResult]) -> tuple[FileResult, ...]:
    """Name each original that is kept in the archive, by its path from the results."""
    return tuple(
        replace(each, copy=f"../{space.archive.name}/{_copy(each.sha256, each.path)}") if _kept(each) else each
        for each in files
    )


def keep_originals(
    space: Workspace, arrivals: Iterable[Arrival], files: Iterable[FileResult], progress: Progress
) -> None:
    """Copy the originals of files that are a unit's and could be read into the archive, which must exist; read-only.

    A copy that is no longer its original is told, kept under another name, and made anew where the original is still among the
    returns. Raises WrongUseError where files cannot be written.
    """
    came = {each.sha256: each for each in arrivals if each.data}
    kept = {file.sha256: file for file in files if _kept(file)}
    for path, now in _changed(space):
        original = _content(came[path.stem]) if path.stem in came else None
        progress.say(_restored(space, path, now, original, kept.get(path.stem)))
    for each in kept.values():
        target = space.archive / _copy(each.sha256, each.path)
        if each.sha256 not in came or target.exists():
            continue
        if original := _content(came[each.sha256]):
            keep(space, target, original)
        else:
            progress.say(f"回收里的 {each.path} 在读取之后又变了,存档里没有存下读取时的那一份。请再收一次表。")


def _content(arrival: Arrival) -> bytes | None:
    """Give a file's bytes; None where it has changed since it was read."""
    with suppress(ChangedError, OSError):
        return arrival.content()
    return None


def _changed(space: Workspace) -> Iterator[tuple[Path, str]]:
    """Give each copy whose SHA-256 is not the one it is named by, with that of what it holds; the others are made read-only."""
    for path in sorted(path for path in space.archive.iterdir() if _DIGEST.fullmatch(path.stem) and path.is_file()):
        now = stored(path)
        if now == path.stem:
            protect(path)
        elif now:
            yield path, now


def _restored(space: Workspace, path: Path, now: str, original: bytes | None, file: FileResult | None) -> str:
    """Make a changed copy anew where that can be done, and say what was done or has to be."""
    of = f"({file.unit}的 {file.path})" if file else ""
    if original is None:
        return (
            f"存档里的 {path.name}{of} 被改动过,和收到的原件不一样,回收里也没有原件了,没有动它。请从备份恢复这个文件。"
        )
    aside = path.with_name(f"改动过-{path.stem[:8]}-{now[:8]}{path.suffix}")
    with writing(path):
        let_go(path)
        rename_over(path, aside)
    keep(space, path, original)
    done = f"存档里的 {path.name}{of} 被改动过,已用回收里的原件重新存好,改动过的另存为 {aside.name}。"
    return f"{done}存档里的文件只看,不要改;要改的另存到别处。"


def _kept(file: FileResult) -> bool:
    return bool(file.unit) and file.status is not Status.REJECTED


def _copy(sha256: str, path: str) -> str:
    """Name a copy by its SHA-256, with the file's ending where that is plain and at most five characters long."""
    ending = PurePosixPath(path).suffix.lower()
    return sha256 + (ending if ending[1:].isalnum() and ending.isascii() and len(ending) <= 6 else "")
