"""What goes along in a backup: all of the round's folder but what is made again by itself, and the catalogue in use, wherever it lies."""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from fazhi_xl.errors import WrongUseError
from fazhi_xl.office.handover.layout import CATALOGUE, ROUND, Item
from fazhi_xl.office.workspace.catalogue import files_of, issued_catalogue
from fazhi_xl.office.workspace.folder import REHEARSAL_FOLDER, Workspace
from fazhi_xl.office.workspace.handed_over import MARK
from fazhi_xl.office.workspace.lock import LOCK
from fazhi_xl.office.workspace.store import STORE
from fazhi_xl.text.system_errors import system_error

_LEFT = re.compile(r"\..+\.[a-z0-9_]{8}\.tmp")  # as files are named that are not finished
_OPEN = ("~$", ".~lock.")  # how files begin that programs put beside an open one
_AGAIN = (LOCK, STORE, f"{STORE}-journal", MARK)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What goes along, in the order of its paths; where the catalogue in use stands among it; what is left out, in words."""

    items: tuple[Item, ...]
    catalogue: str
    left: tuple[str, ...]

    @property
    def files(self) -> int:
        return sum(not each.folder for each in self.items)

    @property
    def size(self) -> int:
        return sum(each.size for each in self.items)


def contents(space: Workspace) -> Contents:
    """Find all that a round needs to go on. Raises WrongUseError where something cannot be read, or there is no catalogue."""
    walk = _Walk(space=space, left=[])
    items = list(walk.below(space.root, ROUND))
    folder = issued_catalogue(space).resolve()
    home = space.root.resolve()
    if folder.is_relative_to(home):
        catalogue = f"{ROUND}/{folder.relative_to(home).as_posix()}"
    else:
        tops = (f"{CATALOGUE}{no}" for no in ("", *range(2, 1000)))
        top = next(each for each in tops if not (space.root / each).exists())
        catalogue = f"{top}/{folder.name}"
        items += _catalogue(folder, catalogue)
    return Contents(items=tuple(items), catalogue=catalogue, left=tuple(walk.told))


def _catalogue(folder: Path, at: str) -> Iterator[Item]:
    yield _item(folder, at)
    if (folder / "items").is_dir():
        yield _item(folder / "items", f"{at}/items")
    for path in files_of(folder):
        yield _item(path, f"{at}/{path.relative_to(folder).as_posix()}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Walk:
    """A way through the round's folder, which notes what it leaves out."""

    space: Workspace
    left: list[str]

    def below(self, folder: Path, at: str, above: tuple[Path, ...] = ()) -> Iterator[Item]:
        """Give what is in a folder; `above` are the folders that it was reached through, links followed."""
        with _read(folder):
            here = folder.resolve()
            paths = sorted(folder.iterdir(), key=lambda each: each.name)
        if here in above:
            self.left.append(f"绕成了圈的链接 {at}")
            return
        for path in paths:
            inner = f"{at}/{path.name}"
            if self._is_left(path):
                continue
            if path.is_dir():
                yield _item(path, inner)
                yield from self.below(path, inner, (*above, here))
            elif path.is_file():
                yield _item(path, inner)
            else:
                self.left.append(f"不是文件的 {inner}")

    def _is_left(self, path: Path) -> bool:
        """Say whether a file or folder is made again by itself, belongs to an open program, or is another round."""
        if path.parent == self.space.root and path.name in {*_AGAIN, REHEARSAL_FOLDER}:
            return True
        if path.is_relative_to(self.space.returns):
            return False  # whatever came is kept
        return bool(_LEFT.fullmatch(path.name)) or path.name.startswith(_OPEN)

    @property
    def told(self) -> Iterator[str]:
        yield f"程序自己会重新生成的({LOCK}、{STORE})和没有写完的临时文件"
        yield "表格程序放在打开的文件旁边的(~$ 开头的)"
        if (self.space.root / REHEARSAL_FOLDER).exists():
            yield f"{REHEARSAL_FOLDER}(编造的数据)"
        yield "这个文件夹以外的:打开密码的文件、邮箱密码的文件、上一轮的文件夹、在命令后面写明的别处收回的文件(采用了的在 存档 里)"
        yield from self.left


@contextmanager
def _read(path: Path) -> Iterator[None]:
    """Turn errors of reading a folder or file into a WrongUseError that names it."""
    try:
        yield
    except OSError as error:
        said = f"{path} 读不出来:{system_error(error)},没有备份。请检查磁盘和权限,再运行一次。"
        raise WrongUseError(said) from error


def _item(path: Path, at: str) -> Item:
    with _read(path):
        facts = path.stat()
    folder = stat.S_ISDIR(facts.st_mode)
    return Item(
        path=at,
        source=path,
        size=0 if folder else facts.st_size,
        mtime_ns=facts.st_mtime_ns,
        mode=stat.S_IMODE(facts.st_mode),
        folder=folder,
    )
