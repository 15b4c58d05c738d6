"""The file of a workbook that people keep: read within the limit, and written so that nothing of theirs is lost."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from fazhi_xl.disk import remove, rename_over
from fazhi_xl.errors import WrongUseError
from fazhi_xl.limits import SIZE_LIMIT
from fazhi_xl.office.workspace.folder import reading, writing
from fazhi_xl.text.commands import Command
from fazhi_xl.xlsx.kept.package import unkept


def read_bytes(path: Path, called: str) -> bytes:
    """Read a workbook's file, up to the limit: what is no file of a disk may never end. Raises WrongUseError."""
    with reading(path):
        _refuse_other(path, called)
        with path.open("rb") as file:
            return file.read(SIZE_LIMIT + 1)


def _refuse_other(path: Path, called: str) -> None:
    """Refuse a path that names no file. Raises WrongUseError."""
    if not path.exists():
        raise WrongUseError(f"没有“{path}”这个文件。请检查文件名和所在的文件夹。")
    if path.is_dir():
        raise WrongUseError(f"{path} 是文件夹。请写明{called}的文件。")
    if not path.is_file():
        raise WrongUseError(f"{path} 不是磁盘上的文件,没有读。请写明{called}的文件。")


def original_of(path: Path) -> Path:
    """Name the copy of a workbook that is left where an update does not keep all of it."""
    names = (path.with_stem(f"{path.stem}_原件{no}") for no in ("", *range(2, 1_000)))
    return next(each for each in names if not each.exists())


def left_as_it_was(original: Path) -> str:
    """Say that a copy was left of a workbook with things that an update does not keep."""
    return f"原来的工作簿里有程序留不住的图片、图表或者控件,原样留了一份:{original}"


def write_file(path: Path, data: bytes) -> Path | None:
    """Write a workbook whole or not at all; one that is the same already is not touched.

    Gives the copy of what stood there, where an update does not keep all of it.
    """
    with reading(path):
        before = path.read_bytes() if path.exists() else b""
    if before == data:
        return None
    original = original_of(path) if before and unkept(before) else None
    with writing(path, Command.TO):
        path.parent.mkdir(parents=True, exist_ok=True)
        if original:
            original.write_bytes(before)
        fresh = path.with_name(f"~{path.name}.tmp")
        try:
            fresh.write_bytes(data)
            rename_over(fresh, path)
        finally:
            with suppress(OSError):
                remove(fresh, missing_ok=True)
    return original
