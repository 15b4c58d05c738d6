"""A package as it lies there, a zip archive or the folder it was unpacked into, opened so that nothing in it can reach beyond it."""

from __future__ import annotations

import os
import re
import stat
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Self

from fazhi_xl.errors import WrongUseError
from fazhi_xl.intake.archives import is_locked, member_name
from fazhi_xl.limits import MB
from fazhi_xl.office.archiving.layout import README
from fazhi_xl.office.archiving.trouble import Check, Trouble, Wrong
from fazhi_xl.office.packing.manifest import is_inside
from fazhi_xl.office.workspace.folder import reading, refuse_absent
from fazhi_xl.reports.packing_list import MANIFEST
from fazhi_xl.text.commands import Command
from fazhi_xl.text.file_names import folded

_ENTRIES = 200_000
_RATIO, _RATIO_FROM = 200, MB
_WAYS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})  # those of every system's own program
_HEADER = 30  # bytes of a member's header, its name left out
_ODD = re.compile(r"[\x00-\x1f\x7f]")
UNREADABLE = (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError)
"""What a damaged archive raises."""


@dataclass(slots=True)
class Package:
    """An opened package: the sizes of its files by their paths, and what is wrong with its names and members.

    `archive` is None for a folder.
    """

    place: Path
    sizes: Mapping[str, int] = field(default_factory=dict)
    troubles: tuple[Trouble, ...] = ()
    archive: zipfile.ZipFile | None = None
    _members: Mapping[str, zipfile.ZipInfo] = field(default_factory=dict)
    _root: Path = Path()
    _open: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def pieces(self, path: str) -> Iterator[bytes]:
        """Give a file's bytes piece by piece. Raises what `UNREADABLE` lists, and KeyError where there is no such file."""
        with self._stream(path) as stream:
            while piece := stream.read(MB):
                yield piece

    def _stream(self, path: str) -> IO[bytes]:
        if self.archive is not None:
            return self.archive.open(self._members[path])
        if path not in self.sizes:
            raise KeyError(path)
        return (self._root / path).open("rb")

    def read(self, path: str, most: int) -> bytes:
        """Give all bytes of a file of at most so many. Raises as `pieces` does, and ValueError for a larger one."""
        if self.sizes[path] > most:
            raise ValueError(self.sizes[path])
        return b"".join(self.pieces(path))


def open_package(place: Path) -> Package:
    """Open a package. Raises WrongUseError where nothing lies there, or what lies there is none."""
    refuse_absent(place, Command.VERIFY)
    if place.is_dir():
        return _folder(place)
    with reading(place):
        file = place.open("rb")
    try:
        return _archive(place, file)
    except BaseException:
        file.close()
        raise


# A folder -------------------------------------------------------------------------------------------------------------


def _folder(place: Path) -> Package:
    root = _root(place)
    sizes: dict[str, int] = {}
    troubles = []
    for base, folders, files in os.walk(root):
        folders.sort()
        links = [name for name in folders if Path(base, name).is_symlink()]
        for path in (Path(base, name) for name in sorted([*files, *links])):
            inner = path.relative_to(root).as_posix()
            facts = path.lstat()
            if stat.S_ISREG(facts.st_mode):
                sizes[inner] = facts.st_size
            else:
                troubles.append(Trouble(check=Check.SAFE, wrong=Wrong.LINK, path=_legible(inner)))
    return Package(place, sizes, tuple(troubles), _root=root)


def _root(place: Path) -> Path:
    """Give the folder itself, or the one folder in it that programs make of a package when they unpack it."""
    for root in (place, *(each for each in sorted(place.iterdir()) if each.is_dir() and not each.is_symlink())):
        if (root / MANIFEST).is_file() or (root / README).is_file():
            return root
    raise WrongUseError(f"{place} 不是归档包:里面没有 {MANIFEST} 和 {README}。请写明归档包(.zip),或解压出来的文件夹。")


# An archive -----------------------------------------------------------------------------------------------------------


def _archive(place: Path, file: IO[bytes]) -> Package:
    try:
        archive = zipfile.ZipFile(file)
    except UNREADABLE as error:
        if _begins_as_ours(file):
            return _without_directory(place, file)
        raise WrongUseError(f"{place} 不是归档包(zip 压缩包)。请写明 归档 里的文件,或解压出来的文件夹。") from error
    members, troubles = _admitted(archive.infolist())
    top = _top(members)
    named = {path.removeprefix(top): info for path, info in members.items()}
    if README not in named and MANIFEST not in named:
        if _begins_as_ours(file):
            return _without_directory(place, file)
        raise WrongUseError(f"{place} 不是归档包:里面没有 {MANIFEST} 和 {README}。请写明 归档 里的文件。")
    sizes = {path: info.file_size for path, info in named.items()}
    return Package(place, sizes, tuple(troubles), archive, named, _open=_closing(file))


def _begins_as_ours(file: IO[bytes]) -> bool:
    """Say whether an archive begins as this program writes it, whatever became of its directory."""
    file.seek(0)
    head = file.read(_HEADER + len(README.encode()))
    return head.startswith(b"PK\x03\x04") and head.endswith(README.encode())


def _without_directory(place: Path, file: IO[bytes]) -> Package:
    spoilt = Trouble(check=Check.AUTHENTIC, wrong=Wrong.ENDING, detail="目录读不出来,里面的文件没有检查")
    return Package(place, {}, (spoilt,), _open=_closing(file))


def _closing(file: IO[bytes]) -> ExitStack:
    stack = ExitStack()
    stack.enter_context(file)
    return stack


def _top(paths: Mapping[str, object]) -> str:
    """Give the folder, with its slash, that all files lie in where somebody packed the unpacked folder anew; else nothing."""
    tops = {path.partition("/")[0] for path in paths}
    whole = {each for each in tops if f"{each}/{MANIFEST}" in paths or f"{each}/{README}" in paths}
    return f"{tops.pop()}/" if len(tops) == 1 and whole else ""


def _admitted(infos: list[zipfile.ZipInfo]) -> tuple[dict[str, zipfile.ZipInfo], list[Trouble]]:
    """Give the members that may be read, by their paths, and what is wrong with the others. Raises WrongUseError for far too many."""
    if len(infos) > _ENTRIES:
        raise WrongUseError(f"压缩包里有{len(infos)}个文件,不像归档包,没有打开。请核对是不是选错了文件。")
    members: dict[str, zipfile.ZipInfo] = {}
    troubles: list[Trouble] = []
    known: set[str] = set()
    taken = 0
    for info in sorted(infos, key=lambda each: each.header_offset):
        path = member_name(info)
        wrong = _wrong(info, path, known, taken)
        known.add(folded(path.rstrip("/")))
        taken = max(taken, info.header_offset + _HEADER + info.compress_size)
        if wrong:
            troubles.append(Trouble(check=Check.SAFE, wrong=wrong, path=_legible(path)))
        elif not info.is_dir():
            members[path] = info
    return members, troubles


def _wrong(info: zipfile.ZipInfo, path: str, known: set[str], taken: int) -> Wrong | None:
    """Say why a member is not read; None where it may be. `taken` is where the bytes of those before it end at the earliest."""
    kind = stat.S_IFMT(info.external_attr >> 16)
    bomb = info.file_size > max(_RATIO_FROM, _RATIO * info.compress_size)
    reasons = (
        (not is_inside(path.rstrip("/")) or bool(_ODD.search(path)), Wrong.NAME),
        (folded(path.rstrip("/")) in known, Wrong.TWICE),
        (kind not in {0, stat.S_IFREG, stat.S_IFDIR}, Wrong.LINK),
        (is_locked(info), Wrong.LOCKED),
        (info.compress_type not in _WAYS, Wrong.PACKED),
        (bomb or (info.compress_type == zipfile.ZIP_STORED and info.file_size != info.compress_size), Wrong.BOMB),
        (info.header_offset < taken, Wrong.OVERLAPS),
    )
    return next((wrong for found, wrong in reasons if found), None)


def _legible(path: str) -> str:
    return _ODD.sub("�", path.encode(errors="replace").decode())
