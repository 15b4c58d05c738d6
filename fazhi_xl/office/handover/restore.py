"""A folder made of a backup beside its place, compared file by file, and there once it is whole."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from glob import escape
from io import FileIO
from pathlib import Path
from secrets import token_hex

from fazhi_xl.disk import remove_own, rename
from fazhi_xl.errors import WrongUseError
from fazhi_xl.office.handover.layout import place_of
from fazhi_xl.office.handover.read import Box, Member
from fazhi_xl.office.packing.folder import sized
from fazhi_xl.office.workspace.folder import Json, writing
from fazhi_xl.office.workspace.path_room import refuse_deep
from fazhi_xl.text.commands import Command
from fazhi_xl.text.file_names import is_taken_here

Tracked = Callable[[Iterable[Member], str, int], Iterable[Member]]
_ROOM = 4096  # bytes that a disk takes for each file besides
_NAMED = 5


def refuse_taken(target: Path) -> None:
    """Raise WrongUseError where a folder cannot be made anew: never is a round that is there written over."""
    if target.resolve() == Path.cwd():
        standing = (
            f"{Path.cwd()} 是正在里面运行命令的文件夹,换不成恢复出来的,没有恢复。请写它里面的一个新的文件夹,例如 "
        )
        raise WrongUseError(standing, Command.OUT, " out")
    if target.is_dir() and any(target.iterdir()):
        taken = f"{target} 不是空的文件夹,没有恢复:恢复从不盖掉已有的一轮。请写一个新的文件夹,例如 "
        raise WrongUseError(taken, Command.OUT, f" {target}_恢复")
    file = next((each for each in (*reversed(target.parents), target) if each.exists() and not each.is_dir()), None)
    if file:
        taken = f"{file} 是一个文件,没有恢复。请写一个新的文件夹,例如 "
        raise WrongUseError(taken, Command.OUT, f" {file}_恢复")


@contextmanager
def made_whole(target: Path, mode: int) -> Iterator[Path]:
    """Give a folder beside the final one to write to; it is renamed once it is whole, and removed where it is not.

    A link leads to the folder that is meant. What an earlier run left there that was killed is removed as well. Raises WrongUseError.
    """
    target = target.resolve()
    with writing(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        for left in target.parent.glob(f".{escape(target.name)}.恢复_*.tmp"):
            remove_own(left)
        beside = target.with_name(f".{target.name}.恢复_{token_hex(4)}.tmp")
        beside.mkdir(mode=0o700)
    try:
        yield beside
        with writing(target):
            beside.chmod(mode | stat.S_IRWXU)
            if target.is_dir():
                target.rmdir()
            rename(beside, target)
    except BaseException:
        remove_own(beside)
        raise


def unpack(box: Box, beside: Path, track: Tracked) -> int:
    """Write all files and folders, compare them with the list, and give each its time and rights; gives the number of files.

    Raises WrongUseError where the disk has no room, one cannot be written, or something is not as it was.
    """
    refuse_deep(beside, int(box.head["longest"]))
    _refuse_full(beside, box)
    found: dict[str, tuple[int, str]] = {}
    folders: set[str] = set()
    for member in track(box.members(), "恢复", int(box.head["items"])):
        path = beside / place_of(member.path)
        if member.folder:
            folders.add(member.path)
            _make(path, member.path)
        else:
            found[member.path] = _written(path, member)
    _compare(box.listed, found, folders)
    for facts in box.listed["files"]:
        _dress(beside / place_of(facts["path"]), facts)
    for facts in sorted(box.listed["folders"], key=lambda each: str(each["path"]), reverse=True):
        _dress(beside / place_of(facts["path"]), facts)
    return len(found)


def _written(path: Path, member: Member) -> tuple[int, str]:
    """Write a file; gives its size and SHA-256."""
    digest, size = hashlib.sha256(), 0
    _refuse_unfit(path, member.path)
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("xb", buffering=0)
    with file:
        for piece in member.pieces():
            digest.update(piece)
            size += len(piece)
            with writing(path):
                _write_all(file, piece)
    return size, digest.hexdigest()


def _write_all(file: FileIO, piece: bytes) -> None:
    view = memoryview(piece)
    while view:
        view = view[file.write(view) or 0 :]


def _refuse_unfit(path: Path, inner: str) -> None:
    """Refuse a name that this system does not take as it is. Raises WrongUseError."""
    if not is_taken_here(inner):
        raise WrongUseError(f"{inner} 的名称 Windows 不能用,没有恢复。请在原来的电脑上改名,重新备份。")
    if path.exists():
        said = f"备份里有两个 {inner}(只有大小写不同的,这台电脑当作同一个;也可能是备份损坏了),没有恢复。"
        raise WrongUseError(f"{said}请在原来的电脑上改名,重新备份,或者换另一份备份。")


def _make(path: Path, inner: str) -> None:
    if not path.is_dir():
        _refuse_unfit(path, inner)
    with writing(path):
        path.mkdir(parents=True, exist_ok=True)


def _compare(listed: Json, found: dict[str, tuple[int, str]], folders: set[str]) -> None:
    expected = {str(each["path"]): (int(each["size"]), str(each["sha256"])) for each in listed["files"]}
    wrong = [path for path in {**expected, **found} if expected.get(path) != found.get(path)]
    wrong += sorted({str(each["path"]) for each in listed["folders"]} ^ folders)
    if wrong:
        some = "、".join(wrong[:_NAMED]) + (f"等{len(wrong)}个" if len(wrong) > _NAMED else "")
        raise WrongUseError(f"备份里的内容和它的清单不一致,没有恢复:{some}。请换另一份备份。")


def _dress(path: Path, facts: Json) -> None:
    """Give a file or folder the time and the rights that it had."""
    with writing(path):
        moment = int(facts["mtime_ns"])
        os.utime(path, ns=(moment, moment))
        path.chmod(stat.S_IMODE(int(facts["mode"])) | stat.S_IRUSR)


def _refuse_full(folder: Path, box: Box) -> None:
    needed = box.size + _ROOM * int(box.head["items"])
    free = shutil.disk_usage(folder).free
    if needed > free:
        full = f"恢复要 {sized(needed)},{folder.parent} 所在的磁盘只剩 {sized(free)},放不下,没有恢复。请腾出空间,或换一个位置("
        raise WrongUseError(full, Command.OUT, ")。")
