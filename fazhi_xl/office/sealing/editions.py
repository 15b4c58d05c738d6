"""The sealed editions of a round as they stand on disk: read, compared with what was sealed, and told of where they are otherwise.

存档/定稿 keeps a copy of each edition's 定稿.json, so that an edition which somebody changed, renamed or removed is noticed, and what was
sealed is known still. Nothing in 定稿/ is ever mended or removed, but for what a run left that was killed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from fazhi_xl.intake.arrival import is_litter
from fazhi_xl.office.packing.folder import digest_of
from fazhi_xl.office.sealing.edition import TOLD, Sealed, name_of_copy
from fazhi_xl.office.sealing.naming import parted
from fazhi_xl.office.workspace.archive import keep
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.office.workspace.recorded_folder import digest
from fazhi_xl.reports.packing_list import MANIFEST

_NAMED = 3
_LEFT_ALONE = "程序没有动它。定稿以后文件只看,不要改;请从备份恢复"


@dataclass(frozen=True, slots=True, kw_only=True)
class Editions:
    """The editions in the order of their numbers, and a line for each thing that is otherwise than it was sealed."""

    sealed: tuple[Sealed, ...] = ()
    faults: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()  # folders of editions of which nothing tells any more
    fresh: tuple[tuple[Sealed, bytes], ...] = ()  # sound ones of which no copy tells yet, each with its 定稿.json

    @property
    def newest(self) -> Sealed | None:
        return self.sealed[-1] if self.sealed else None

    @property
    def admitted(self) -> frozenset[str] | None:
        """The SHA-256 of the files that need no reason to count; None where nothing is sealed."""
        return frozenset[str]().union(*(each.admitted for each in self.sealed)) if self.sealed else None


def copies(space: Workspace) -> Path:
    """Give the folder of the copies of 定稿.json."""
    return space.archive / space.sealed.name


def is_sealed(space: Workspace) -> bool:
    """Say whether there may be a sealed edition."""
    return space.sealed.exists() or copies(space).exists()


def read_editions(space: Workspace) -> Editions:
    """Read the editions, and hold each file in 定稿/ against what was sealed. Nothing is written, and nothing raised."""
    kept, found, faults = dict(_kept(space)), _Found(space), list[str]()
    for folder in found.folders():
        faults.extend(found.take(folder, kept))
    for name, each in kept.items():
        if name not in found.sealed:
            found.sealed[name] = each.says
            faults.append(f"{space.sealed / name} 不见了。请从备份恢复这个文件夹;在这以前按存档里的记录比较。")
    editions = sorted(found.sealed.values(), key=lambda each: (each.no, each.name))
    return Editions(sealed=tuple(editions), faults=tuple(faults), unread=tuple(found.unread), fresh=tuple(found.fresh))


def remember_all(space: Workspace, editions: Editions) -> None:
    """Keep the copies that are not there yet. Raises WrongUseError where one cannot be written."""
    for sealed, data in editions.fresh:
        remember(space, sealed, data)


def remember(space: Workspace, sealed: Sealed, data: bytes) -> None:
    """Keep a copy of an edition's 定稿.json. Raises WrongUseError where that cannot be written."""
    space.make(copies(space))
    path = copies(space) / name_of_copy(sealed.folder)
    if not path.exists():
        keep(space, path, data)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """A 定稿.json: what it says, and its bytes."""

    says: Sealed
    data: bytes


def _kept(space: Workspace) -> Iterator[tuple[str, _Read]]:
    for path in sorted(copies(space).glob("*.json")):
        if (read := _read(path)) and name_of_copy(read.says.folder) == path.name:
            yield read.says.folder, read


def _read(path: Path) -> _Read | None:
    """Read a 定稿.json; None where it is none, or damaged."""
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        data = path.read_bytes()
        return _Read(says=Sealed.of_json(json.loads(data)), data=data)
    return None


class _Found:
    """What stands in 定稿/: `sealed` are the editions by the folders that they were sealed in."""

    def __init__(self, space: Workspace) -> None:
        self._space = space
        self.sealed: dict[str, Sealed] = {}
        self.unread: list[str] = []
        self.fresh: list[tuple[Sealed, bytes]] = []

    def folders(self) -> list[Path]:
        """List what lies in 定稿/, folders under their own names first, but for what programs and systems put there."""
        place = self._space.sealed
        try:
            every = [path for path in place.iterdir() if not path.name.startswith(".") and not is_litter(path.name)]
        except OSError:
            return []
        return sorted(every, key=lambda path: (parted(path.name) is None, len(path.name), path.name))

    def take(self, folder: Path, kept: Mapping[str, _Read]) -> Iterator[str]:
        """Take what lies in 定稿/, and say what is wrong with it."""
        own = _read(folder / TOLD) if folder.is_dir() else None
        read = kept.get(folder.name) or (kept.get(own.says.folder) if own else None) or own
        if not folder.is_dir() or (read is None and not _is_begun(folder)):
            yield f"{folder} 不是程序写的定稿,没有读。请移到别处。"
        elif read is None:
            self.unread.append(folder.name)
            yield f"{folder} 里的 {TOLD} 读不出来,没有和它比较。请从备份恢复这个文件夹。"
        elif read.says.folder in self.sealed:
            yield f"{folder} 是 {read.says.folder} 的另一份,没有读。请移到别处。"
        else:
            name = read.says.folder
            self.sealed[name] = read.says
            if folder.name != name:
                yield f"{folder} 改了名,原来是 {name}。请改回来。"
            differing = list(_differing(folder, read))
            if read is own and folder.name == name and not differing:
                self.fresh.append((read.says, read.data))
            yield from differing


def _is_begun(folder: Path) -> bool:
    return (folder / TOLD).exists() or (folder / MANIFEST).exists()


def _differing(folder: Path, read: _Read) -> Iterator[str]:
    """Say which files of an edition are changed, gone or added."""
    manifest = digest(read.says.manifest(read.data))
    wanted = {**read.says.files, TOLD: digest(read.data), MANIFEST: manifest}
    there = {path.relative_to(folder).as_posix(): path for path in files_below(folder)}
    changed = [path for path, sha256 in sorted(wanted.items()) if path in there and digest_of(there[path]) != sha256]
    gone = [path for path in sorted(wanted) if path not in there]
    added = [path for path in sorted(there) if path not in wanted and not is_litter(path)]
    if changed:
        yield f"{folder} 里改动过的文件:{_some(changed)}。{_LEFT_ALONE}。"
    if gone:
        yield f"{folder} 里不见了的文件:{_some(gone)}。{_LEFT_ALONE}。"
    if added:
        yield f"{folder} 里多出来的文件:{_some(added)}。程序没有动它,请移到别处。"


def files_below(folder: Path) -> Iterator[Path]:
    """Give what is no folder below one, and links."""
    for base, folders, names in os.walk(folder):
        links = (name for name in folders if Path(base, name).is_symlink())
        yield from (Path(base, name) for name in (*names, *links))


def _some(names: list[str]) -> str:
    return "、".join(names[:_NAMED]) + (f"等{len(names)}个" if len(names) > _NAMED else "")
