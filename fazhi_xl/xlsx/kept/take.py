"""Takes the bytes of a file for a kept workbook, and says in one line why it cannot, and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from fazhi_xl.errors import WrongUseError
from fazhi_xl.limits import MB, SIZE_LIMIT
from fazhi_xl.xlsx.kept.model import Sheet
from fazhi_xl.xlsx.kept.opened import READING_ERRORS, unpacked_size
from fazhi_xl.xlsx.kept.read import ReadBook, read_book
from fazhi_xl.xlsx.reader.sniff import SEALED, FileKind, sniff

_UNPACKED_LIMIT = 100 * MB  # of dressed cells without content, which pack well: as many take all memory
_READ = frozenset({FileKind.XLSX, FileKind.XLSM})
_PAPERS = frozenset({FileKind.WORD, FileKind.PDF, FileKind.DOCUMENT})
_SAVED_AS = "请用 Excel 或 WPS 打开,另存为 .xlsx 再试。"
_DAMAGED = f"不完整或已损坏,读不出来。{_SAVED_AS}打不开的,重新复制一份。"


def take(path: Path, data: bytes, sheets: Iterable[Sheet], called: str, papers: tuple[str, ...] = ()) -> ReadBook:
    """Read the tables of a workbook that is `called` so. `papers` says what to do with a document instead.

    Raises WrongUseError where it is too large, damaged, of another format, or no workbook.
    """
    if len(data) > SIZE_LIMIT:
        raise WrongUseError(f"{path} 超过{SIZE_LIMIT // MB} MB,没有读。{called}不会这样大,请检查。")
    kind = sniff(data)
    if kind not in _READ:
        raise WrongUseError(f"{path} {_refusal(kind, called)}", *(papers if kind in _PAPERS else ()))
    if unpacked_size(data) > _UNPACKED_LIMIT:
        hint = "多半是表下面设了格式的空行太多:选中这些空行,整行删去再保存"
        raise WrongUseError(f"{path} 解开后超过{_UNPACKED_LIMIT // MB} MB,没有读。{hint}。")
    try:
        return read_book(data, sheets)
    except READING_ERRORS as error:
        raise WrongUseError(f"{path} {_DAMAGED}") from error


def refuse_newer(path: Path, said: str, known: str, called: str) -> None:
    """Raise WrongUseError where a workbook says that it is of a later version than is known."""
    if said.isdecimal() and int(said) > int(known):
        raise WrongUseError(f"{path} 是较新的程序做的({called}第{said}版),这个程序只认到第{known}版。请用新的程序。")


def _refusal(kind: FileKind, called: str) -> str:
    """Say why a file is not read, and what to do."""
    if kind is FileKind.EMPTY:
        return "是空文件。请重新保存或者重新复制。"
    if kind is FileKind.ENCRYPTED:
        return "设了打开密码。请用 Excel 或 WPS 打开,取消打开密码,保存后再试。"
    if kind in SEALED:
        return f"是{kind.word}。请先解密,再试。"
    if kind in {FileKind.BROKEN_ZIP, FileKind.BROKEN_OLE}:
        return _DAMAGED
    if kind.is_workbook:
        return f"是{kind.word},这里只读 .xlsx。{_SAVED_AS}"
    return f"是{kind.word},不是{called}。请检查是不是选错了文件。"
