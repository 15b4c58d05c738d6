"""What makes a sealed ranking anew: all that a collect reads of a round's folder, each file under a name that every system takes.

What the office itself keeps stands in the edition already, as it was when that was sealed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path, PurePosixPath

from fazhi_xl.intake.returns_folder import decoded
from fazhi_xl.office.archiving.layout import AGAIN, Part
from fazhi_xl.office.archiving.table import Row, told_time
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.text.file_names import Names

READ = (
    "campaign.key", "存档/目录/**/*", "存档/campaign-*.json", "存档/得分点-*.json", "存档/上期-*.json",
)  # fmt: skip
"""What a collect reads in a round's folder that is neither among the returns nor kept with a sealed edition."""
_DEEP = 120  # characters of a folder's path below the package, from which on its files lie together under a short name
_BESIDE = (".", "~$")  # how names of files begin that programs put beside an open one


@dataclass(slots=True)
class Inputs:
    """Files and folders of a round, and what could not be taken, each with why."""

    parts: list[Part] = field(default_factory=list)
    folders: list[tuple[str, int]] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    names: Names = field(default_factory=Names)

    def take(self, path: Path, original: str) -> None:
        """Take a file as it lies there, links to files as what they lead to."""
        try:
            self.parts.append(Part.of_file(self.stored(original), path, original))
        except OSError:
            self.left.append(told_path(original))

    def give(self, data: bytes, original: str) -> None:
        """Take bytes in the place of a file."""
        self.parts.append(Part.of_bytes(self.stored(original), data, original))

    def stored(self, original: str) -> str:
        """Give the path in the package of a file that stands at this path of the round's folder."""
        folder, _, name = original.rpartition("/")
        return self.names.within(_folder(folder), decoded(name))

    @property
    def rows(self) -> Iterator[Row]:
        """Say where each stands in the round's folder, and with which time; folders last, the innermost first."""
        for each in self.parts:
            yield Row(stored=each.path, path=each.original, moment=each.mtime_ns, modified=_told(each.mtime_ns))
        for path, moment in sorted(self.folders, reverse=True):
            yield Row(stored="", path=path, moment=moment, modified=_told(moment))


def take_round(inputs: Inputs, space: Workspace) -> None:
    """Take what stands in no edition."""
    known: dict[Path, None] = {}
    for pattern in READ:
        known |= dict.fromkeys(path for path in sorted(space.root.glob(pattern)) if path.is_file())
    for path in known:
        if not path.name.startswith(_BESIDE):
            inputs.take(path, path.relative_to(space.root).as_posix())


def take_returns(inputs: Inputs, place: Path, wanted: Callable[[str], bool]) -> tuple[str, ...]:
    """Take the files of the returns that are wanted, by their paths within, and all folders; gives the paths of the others."""
    others = []
    for path, is_folder in _below(place):
        inner = path.relative_to(place).as_posix()
        original = f"{place.name}/{inner}"
        if is_folder:
            inputs.folders.append((original, path.stat().st_mtime_ns))
        elif not wanted(inner):
            others.append(inner)
        elif path.is_file():
            inputs.take(path, original)
        else:
            inputs.left.append(told_path(original))
    return tuple(others)


def _below(place: Path) -> Iterator[tuple[Path, bool]]:
    """Give what lies in a folder in a fixed order, and whether it is a folder; links to folders are not followed."""
    closed: list[Path] = []
    for base, folders, files in os.walk(place, onerror=lambda error: closed.append(Path(error.filename))):
        folders.sort()
        links = [name for name in folders if Path(base, name).is_symlink()]
        yield from ((Path(base, name), False) for name in sorted([*files, *links]))
        yield from ((Path(base, name), True) for name in folders if name not in links)
    yield from ((path, False) for path in closed)


def _folder(original: str) -> str:
    """Give the folder in the package for one of the round's folder; names that some system refuses are changed there."""
    made = AGAIN
    for name in PurePosixPath(original).parts:
        made = Names().within(made, decoded(name))
        if len(made) > _DEEP:
            return f"{AGAIN}/{PurePosixPath(original).parts[0]}/深层-{sha256(os.fsencode(original)).hexdigest()[:8]}"
    return made


def told_path(original: str) -> str:
    """Give a path that people can read, whatever its bytes are."""
    return "/".join(map(decoded, original.split("/")))


def _told(moment: int) -> str:
    return told_time(moment) if moment else ""


def accounted(paths: Iterable[str]) -> Callable[[str], bool]:
    """Say of files on disk whether a report that names these paths accounts for them: itself, what it holds, or what it is a part of."""
    named = {path.partition("#")[0] for path in paths}
    above = {str(each) for path in named for each in PurePosixPath(path).parents} | named

    def is_accounted(path: str) -> bool:
        folders = [str(each) for each in PurePosixPath(path).parents][:-1]
        return path in above or any(f"{each}{ending}" in named for each in folders for ending in _OF_PARTS)

    return is_accounted


_OF_PARTS = ("", ".xlsx", ".docx", ".pptx", ".ods")  # how a workbook or document is called that lies there in parts
