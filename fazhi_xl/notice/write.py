"""Writes a catalogue's tables as its folder of TOML files, whole or not at all.

A file whose table did not change keeps its bytes; one that did is written as it was laid out before (see `toml_text`). What
else stands in the folder stays there.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from fazhi_xl.disk import is_read_only, remove_own, rename
from fazhi_xl.errors import WrongUseError
from fazhi_xl.notice.pairing import same, same_items
from fazhi_xl.notice.remarks import Remarks, of_file, text_of
from fazhi_xl.notice.source import FILES, REQUIRED, Source, item_no, parsed
from fazhi_xl.notice.toml_text import toml_text
from fazhi_xl.text.system_errors import system_error


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The files that are new or say something else than before, and those that are gone."""

    changed: tuple[str, ...]
    gone: tuple[str, ...]


def write_catalogue(
    source: Source, folder: Path, remarks: Remarks | None = None, *, like: Path | None = None
) -> Written:
    """Write the tables, which the caller has checked, into a folder that is new, empty or a catalogue's.

    `remarks` are what comments are to say; an empty one takes a comment out, and what is not named keeps its own. `like` is the
    folder whose texts are followed where it is another. Raises WrongUseError, and then the folder is as it was.
    """
    target = folder.resolve()
    before = _files_of(target)
    texts = _texts(source, remarks or {}, (like or target).resolve())
    held = {file: data for file, data in texts.items() if data != before.get(file)}
    written = Written(changed=tuple(held), gone=tuple(file for file in before if file not in texts))
    if held or written.gone:
        with _writing(folder):
            _replace(target, texts, before)
    return written


# What the files say ---------------------------------------------------------------------------------------------------


def _texts(source: Source, remarks: Remarks, like: Path) -> dict[str, bytes]:
    """Give the files' bytes, in the order of the files."""
    followed = _followed(source, like)
    return {file: _bytes(source, file, followed[file], of_file(remarks, file)) for file in source.files}


def _followed(source: Source, like: Path) -> dict[str, Path]:
    """Give the file whose text each is written after: of the same name, an item's wherever the item stood before."""
    items = {file: source.table(file) for file in source.items}
    before = {
        path.relative_to(like).as_posix(): parsed(text_of(path))
        for path in sorted(like.glob("items/*.toml"))
        if item_no(path.relative_to(like).as_posix())
    }
    moved = same_items(before, items)
    return {file: like / (moved.get(file, "") if file in items else file) for file in source.files}


def _bytes(source: Source, file: str, path: Path, remarks: Mapping[tuple[str | int, ...], str]) -> bytes:
    table, text = source.table(file), text_of(path) if path.is_file() else ""
    written = toml_text(table, text, remarks)
    if text and written == text and same(parsed(text), table):
        return path.read_bytes()
    try:
        ends = b"\r\n" if text and b"\r\n" in path.read_bytes() else b"\n"
        return written.encode().replace(b"\n", ends)
    except UnicodeEncodeError as error:
        message = f"{file} 里有不能保存的字符(单个的代理码),多半是从别处粘贴来的。请删去后再试。"
        raise WrongUseError(message) from error


# The folder -----------------------------------------------------------------------------------------------------------


def _files_of(folder: Path) -> dict[str, bytes]:
    """Read the catalogue's files that stand in a folder. Raises WrongUseError where it holds something else."""
    if not folder.exists():
        return {}
    with _writing(folder):
        there = [path for path in (*map(folder.joinpath, FILES), *folder.glob("items/*.toml")) if path.is_file()]
        named = {path.relative_to(folder).as_posix(): path for path in sorted(there)}
        if not REQUIRED & named.keys() and any(folder.iterdir()):
            message = f"{folder} 不是空的,也不是工作目录(里面没有 notice.toml),不往里写。请换一个新的文件夹。"
            raise WrongUseError(message)
        files = {file: path.read_bytes() for file, path in named.items() if file in FILES or item_no(file)}
    for file, data in files.items():
        if data and not text_of(folder / file):
            message = f"{folder} 里的 {file} 读不出来,写了就会丢掉里面的内容。请先改好,或者删去这个文件。"
            raise WrongUseError(message)
    return files


def _replace(folder: Path, texts: Mapping[str, bytes], before: Mapping[str, bytes]) -> None:
    """Make the folder anew beside itself, and put that in its place. Raises OSError and WrongUseError."""
    if folder.exists() and Path.cwd().is_relative_to(folder):
        message = f"现在就在 {folder} 里面,写的时候要把它整个换掉。请先退到外面(cd ..),再运行一次。"
        raise WrongUseError(message)
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}.tmp")
    try:
        _fill(fresh, folder, texts)
        if _files_of(folder) != before:
            message = f"{folder} 里的文件刚刚被别人改过,这次没有写。请再运行一次。"
            raise WrongUseError(message)
        _swap(fresh, folder)
    finally:
        with suppress(OSError):
            remove_own(fresh)


def _fill(fresh: Path, folder: Path, texts: Mapping[str, bytes]) -> None:
    fresh.mkdir()
    for path in sorted(folder.rglob("*")):
        file = path.relative_to(folder).as_posix()
        if path.is_dir() and not path.is_symlink():
            (fresh / file).mkdir()
        elif file not in FILES and not item_no(file):
            _linked(path, fresh / file)
    for file, data in texts.items():
        (fresh / file).parent.mkdir(exist_ok=True)
        if _has(folder / file, data):
            _linked(folder / file, fresh / file)
        else:
            _write(fresh / file, data)
    with suppress(OSError):  # no items are left, and nothing else stands there
        (fresh / "items").rmdir()
    if folder.exists():
        shutil.copymode(folder, fresh)


def _linked(old: Path, new: Path) -> None:
    """Have a file that does not change in the new folder too, with its times; on a disk without links, a copy of it.

    One that nobody may write to is copied as well: with the old folder its old name is made writable, and goes.
    """
    if not is_read_only(old):
        with suppress(OSError, NotImplementedError):
            os.link(old, new, follow_symlinks=False)
            return
    shutil.copy2(old, new, follow_symlinks=False)


def _has(path: Path, data: bytes) -> bool:
    with suppress(OSError):
        return path.is_file() and not path.is_symlink() and path.read_bytes() == data
    return False


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _swap(fresh: Path, folder: Path) -> None:
    """Put a folder in the place of another, which comes back where that fails."""
    if not folder.exists():
        rename(fresh, folder)
        return
    aside = fresh.with_suffix(".old")
    rename(folder, aside)
    try:
        rename(fresh, folder)
    except BaseException:
        rename(aside, folder)
        raise
    with suppress(OSError):
        remove_own(aside)


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    """Turn errors of writing into a WrongUseError that names the folder and what to do."""
    try:
        yield
    except PermissionError as error:
        message = f"不能写入 {folder},原来的文件没有动。请检查文件夹权限;里面有文件正在别的程序里打开的,请先关闭。"
        raise WrongUseError(message) from error
    except (FileExistsError, NotADirectoryError) as error:
        message = f"{folder} 已经是一个文件,不能当作文件夹。请换一个名称。"
        raise WrongUseError(message) from error
    except OSError as error:
        message = f"不能写入 {folder}:{system_error(error)},原来的文件没有动。请检查磁盘空间和路径。"
        raise WrongUseError(message) from error
