"""上报/ on disk: what stands there against what has to, and the files brought there whole, one by one."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum
from itertools import count
from pathlib import Path, PurePosixPath

from fazhi_xl.disk import remove, rename_over
from fazhi_xl.errors import WrongUseError
from fazhi_xl.intake.arrival import Arrival, ChangedError, is_litter
from fazhi_xl.intake.reopened import Reopened
from fazhi_xl.office.packing.manifest import UNFINISHED, Journal, read_manifest
from fazhi_xl.office.packing.plan import Wanted
from fazhi_xl.office.workspace.folder import writing
from fazhi_xl.reports.packing_list import MANIFEST
from fazhi_xl.rounds.day_basis import DayBasis
from fazhi_xl.text.file_names import folded, set_aside
from fazhi_xl.text.system_errors import system_error

_HOPELESS = frozenset({errno.ENOSPC, errno.EROFS, errno.EDQUOT, errno.EIO})
"""Where one file cannot be written for one of these, no other can."""

_PART = "正在写"
_OWN_TIME = frozenset({DayBasis.FOLDER, DayBasis.FILE})  # files whose moment is their own


class Found(Enum):
    """What stands at the place of a file that is wanted."""

    RIGHT = "right"
    NOTHING = "nothing"
    GONE = "gone"  # it was there after the last run
    OURS = "ours"  # as an earlier run wrote it
    CHANGED = "changed"  # by people, or theirs


@dataclass(kw_only=True)
class Packed:
    """What a run has found and done, file by file, by their paths within 上报.

    `kept` are the files that stand there as they have to, `stale` those of an earlier run that could not be replaced or removed, each with
    its SHA-256. `left` are files of an earlier run that people changed and that nobody wants any more, `foreign` those that people put
    there.
    """

    kept: dict[str, str] = field(default_factory=dict)
    stale: dict[str, str] = field(default_factory=dict)
    copied: list[str] = field(default_factory=list)
    restored: list[str] = field(default_factory=list)
    aside: dict[str, str] = field(default_factory=dict)
    removed: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    changed: dict[str, str] = field(default_factory=dict)
    """The files whose sources are no longer what they were when they were listed, each with what is wrong."""
    unread: dict[str, str] = field(default_factory=dict)
    """The files that could not be had out of what they came in, each with what is wrong: another run has them no more than this one."""
    faults: list[WrongUseError] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Packing:
    """A run over the folder, which must exist."""

    folder: Path
    written: Mapping[str, str]
    """What the last run said that it wrote."""
    journal: Journal
    begun: Mapping[str, str]
    """What a run that was stopped wrote besides."""
    done: Packed

    @classmethod
    def of(cls, folder: Path) -> Packing:
        journal = Journal(folder)
        return cls(folder, read_manifest(folder), journal, journal.read(), Packed())

    def found(self, target: str, wanted: str) -> Found:
        """Say what stands at a place, where a file of this SHA-256 is wanted."""
        now = self._standing(target)
        if now is None:
            return Found.GONE if self.written.get(target) == wanted else Found.NOTHING
        if now == wanted:
            return Found.RIGHT
        return Found.OURS if now and now in {self.written.get(target), self.begun.get(target)} else Found.CHANGED

    def _standing(self, target: str) -> str | None:
        """Give the SHA-256 of what stands at a place, blank where it cannot be read or is no file; None where nothing does."""
        path = self.folder / target
        if not os.path.lexists(path):
            return None
        return digest_of(path) or ""

    def put(self, target: str, pieces: Callable[[], Iterable[bytes]], expected: str, found: Found) -> None:
        """Bring a file there: beside its place first, and there once it is whole. What people have made of it is kept beside it.

        Raises WrongUseError where it cannot be written, ChangedError or SourceError where it cannot be had.
        """
        self.journal.begin()
        part = self.journal.folder / _PART
        sha256 = _written(part, pieces())
        if expected and sha256 != expected:
            raise ChangedError
        path = self.folder / target
        with writing(path):
            path.parent.mkdir(parents=True, exist_ok=True)
        if found is Found.CHANGED:
            self._set_aside(target)
        self.journal.note(target, sha256)
        with writing(path):
            part.chmod(0o644)
            rename_over(part, path)
        self.done.kept[target] = sha256
        self.done.copied.append(target)
        if found is Found.GONE:
            self.done.restored.append(target)

    def _set_aside(self, target: str) -> None:
        path = self.folder / target
        names = (path.with_name(set_aside(path.name, no)) for no in count(1))
        aside = next(each for each in names if not os.path.lexists(each))
        with writing(path):
            rename_over(path, aside)
        self.done.aside[target] = aside.name

    def keep_stale(self, target: str) -> None:
        """Keep in mind that what an earlier run wrote stands there still."""
        if now := digest_of(self.folder / target):
            self.done.stale[target] = now

    def tidy(self, wanted: Iterable[str]) -> None:
        """Remove what an earlier run wrote and is no longer wanted; tell of what people put there or changed, and leave it."""
        known = {folded(each) for each in wanted}
        ours = {**self.written, **self.begun}
        for path in _files(self.folder):
            place = path.relative_to(self.folder).as_posix()
            if folded(place) in known or is_litter(place):
                continue
            if place not in ours:
                self.done.foreign.append(place)
            elif digest_of(path) in {self.written.get(place), self.begun.get(place)}:
                self._remove(path, place)
            else:
                self.done.left.append(place)

    def _remove(self, path: Path, place: str) -> None:
        try:
            with writing(path):
                remove(path)
        except WrongUseError as error:
            self.keep_stale(place)
            self.done.faults.append(error)
            return
        self.done.removed.append(place)
        for folder in (self.folder / each for each in PurePosixPath(place).parents if each.parts):
            with suppress(OSError):  # something else lies there
                folder.rmdir()


class SourceError(Exception):
    """A file that came cannot be read; its text says why."""


def pieces_of(files: Reopened, arrival: Arrival) -> Iterator[bytes]:
    """Give a file's bytes. Raises ChangedError where it is not the file that was listed, SourceError where it cannot be read."""
    size = 0
    try:
        if _is_younger(arrival):
            raise ChangedError
        for piece in files.pieces(arrival):
            size += len(piece)
            yield piece
        if size != arrival.size:
            raise ChangedError
    except FileNotFoundError as error:
        raise ChangedError from error
    except OSError as error:
        raise SourceError(system_error(error)) from error


def _is_younger(arrival: Arrival) -> bool:
    """Say whether a file of which nothing but size and time is known has another time now."""
    if arrival.sha256 or arrival.source is None or arrival.source.steps or arrival.basis not in _OWN_TIME:
        return False
    return arrival.source.file.stat().st_mtime_ns != arrival.moment


def digest_of(path: Path) -> str | None:
    """Give the SHA-256 of a file, read piece by piece; None where it is none that can be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def digest_of_pieces(pieces: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest()


def _written(part: Path, pieces: Iterable[bytes]) -> str:
    """Write a file, down to the disk; gives its SHA-256. Raises WrongUseError, and what the pieces raise: then it is gone."""
    try:
        return _whole(part, pieces)
    except Exception:
        with suppress(OSError):
            remove(part)
        raise


def _whole(part: Path, pieces: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    with writing(part), part.open("wb") as file:  # closing writes as well, and may fail as writing does
        for piece in pieces:
            digest.update(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()


def _files(folder: Path) -> list[Path]:
    """List what is no folder, but for what a run keeps for itself and the manifest, in a fixed order."""
    return sorted(
        Path(base, name)
        for base, folders, names in os.walk(folder)
        for name in (*names, *(each for each in folders if Path(base, each).is_symlink()))
        if UNFINISHED not in Path(base).relative_to(folder).parts and Path(base, name) != folder / MANIFEST
    )


def is_hopeless(error: WrongUseError) -> bool:
    """Say whether what kept one file from being written keeps all others as well."""
    cause = error.__cause__
    return isinstance(cause, OSError) and cause.errno in _HOPELESS


def room_for(folder: Path, wanted: Sequence[Wanted]) -> WrongUseError | None:
    """Say that the files do not fit on the disk, where they do not."""
    needed, free = sum(each.arrival.size for each in wanted), shutil.disk_usage(folder).free
    if needed <= free:
        return None
    said = f"{folder} 还要放 {len(wanted)} 份材料,共 {sized(needed)};磁盘只剩 {sized(free)},放不下,一份也没有复制。"
    return WrongUseError(f"{said}请腾出空间再运行一次,接着做。")


def sized(size: int) -> str:
    """Write a number of bytes for people, rounded up."""
    for unit, worth in (("GB", 1 << 30), ("MB", 1 << 20), ("KB", 1 << 10)):
        if size >= worth:
            return f"{-(-size * 10 // worth) / 10:.1f} {unit}"
    return f"{size} 字节"
