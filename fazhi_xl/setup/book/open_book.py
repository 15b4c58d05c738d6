"""Opens 目录_….xlsx, as its people left it, as the tables of a catalogue, with the cell of every value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fazhi_xl.errors import WrongUseError
from fazhi_xl.limits import MB, SIZE_LIMIT
from fazhi_xl.notice.places import place_of
from fazhi_xl.notice.remarks import Remarks
from fazhi_xl.notice.shape import path_text
from fazhi_xl.office.workspace.folder import reading
from fazhi_xl.setup.book.book import CAMPAIGN_NAME, LOOSE, VERSION, VERSION_NAME, blank_sheets
from fazhi_xl.setup.book.declared.sheets import TABLES
from fazhi_xl.setup.book.declared.table import ITEMS, NOTE
from fazhi_xl.setup.book.from_rows import from_rows
from fazhi_xl.setup.book.names import name_of
from fazhi_xl.setup.book.rows import Mark, Row
from fazhi_xl.setup.book.taken import Spot, Taken
from fazhi_xl.text.commands import Command
from fazhi_xl.xlsx.kept.model import ReadSheet
from fazhi_xl.xlsx.kept.opened import READING_ERRORS, unpacked_size
from fazhi_xl.xlsx.kept.read import ReadBook, read_book
from fazhi_xl.xlsx.reader.sniff import SEALED, FileKind, sniff


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedBook:
    """A catalogue's workbook: its file and bytes, what was read of it, and what its rows say."""

    path: Path
    data: bytes
    read: ReadBook
    taken: Taken

    @property
    def name(self) -> str:
        """The campaign's name: as the workbook has it, else as its file is called."""
        return self.read.properties.get(CAMPAIGN_NAME) or name_of(self.path)

    @property
    def first_sheet(self) -> str:
        """The name of the first table's sheet, for what is said of the workbook as a whole."""
        return next(iter(self.read.sheets.values())).name

    @property
    def notes(self) -> Remarks:
        """What is noted beside the rows, by file and path."""
        return {(file, path_text(*place)): text for (file, place), text in self.taken.notes.items()}

    @property
    def loose(self) -> Remarks:
        """What the comments say that stand beside no row."""
        lines = self.read.sheets[LOOSE.name].lines if LOOSE.name in self.read.sheets else ()
        cells = (tuple(str(line.cells.get(head.title) or "") for head in LOOSE.heads) for line in lines)
        return {(file, path): text for file, path, text in cells}

    def cell(self, spot: Spot) -> tuple[str, str]:
        """Give the sheet, as it is called now, and the cell of a spot."""
        sheet = self.read.sheets.get(spot.sheet)
        if sheet is None:
            return spot.sheet, ""
        return sheet.name, sheet.cell(spot.head, spot.at)

    def spot(self, file: str, path: str) -> Spot:
        """Find where a place of the catalogue stands: its own cell, or that of the nearest thing around it."""
        place = place_of(path)
        for length in range(len(place), -1, -1):
            around = place[:length]
            if (file, around) in self.taken.spots:
                return self.taken.spots[file, around]
            if (file, around) in self.taken.rows:
                return self.taken.rows[file, around]
        return Spot(sheet=next(_sheets_of(file, place), TABLES[0].sheet))


def _sheets_of(file: str, place: tuple[str | int, ...]) -> Iterator[str]:
    """Yield the sheets that hold what stands under a name of a file, the likeliest first."""
    home = ITEMS if file.startswith(f"{ITEMS}/") else file
    named = ".".join(step for step in place if isinstance(step, str))
    those = [table for table in TABLES if table.file == home]
    yield from (table.sheet for table in those if table.levels[0].path and named.startswith(table.levels[0].path))
    if file == "notice.toml" or not those:
        yield "通知"
    yield from (table.sheet for table in those)


_UNPACKED_LIMIT = 100 * MB  # of dressed cells without content, which pack well: as many take all memory


def open_book(path: Path) -> OpenedBook:
    """Open a workbook. Raises WrongUseError where it is none of a catalogue, or cannot be read."""
    return opened_book(path, read_bytes(path))


def read_bytes(path: Path) -> bytes:
    """Read a workbook's file, up to the limit: what is no file of a disk may never end. Raises WrongUseError."""
    with reading(path):
        _refuse_other(path)
        with path.open("rb") as file:
            return file.read(SIZE_LIMIT + 1)


def _refuse_other(path: Path) -> None:
    """Refuse a path that names no file. Raises WrongUseError."""
    if not path.exists():
        raise WrongUseError(f"没有“{path}”这个文件。请检查文件名和所在的文件夹。")
    if path.is_dir():
        raise WrongUseError(f"{path} 是文件夹。请写明目录工作簿的文件。")
    if not path.is_file():
        raise WrongUseError(f"{path} 不是磁盘上的文件,没有读。")


def opened_book(path: Path, data: bytes) -> OpenedBook:
    """Take the bytes of a workbook that stands, or will stand, at a path. Raises as `open_book` does."""
    read = _read(path, data)
    if not read.sheets:
        raise WrongUseError(f"{path} 不是目录工作簿:里面没有“{'”“'.join(_main())}”这些表。", *_IMPORTED)
    version = read.properties.get(VERSION_NAME, VERSION)
    if version.isdecimal() and int(version) > int(VERSION):
        raise WrongUseError(
            f"{path} 是较新的程序做的(目录工作簿第{version}版),这个程序只认到第{VERSION}版。请用新的程序。"
        )
    taken = from_rows({name: [*_rows(sheet)] for name, sheet in read.sheets.items()})
    return OpenedBook(path=path, data=data, read=read, taken=taken)


def _main() -> tuple[str, ...]:
    return "通知", "单位", "项目", "得分点"


def _read(path: Path, data: bytes) -> ReadBook:
    if len(data) > SIZE_LIMIT:
        raise WrongUseError(f"{path} 超过{SIZE_LIMIT // MB} MB,没有读。目录工作簿不会这样大,请检查。")
    kind = sniff(data)
    if kind not in _READ:
        raise WrongUseError(f"{path} {_refusal(kind)}", *(_IMPORTED if kind in _NOTICES else ()))
    if unpacked_size(data) > _UNPACKED_LIMIT:
        hint = "多半是表下面设了格式的空行太多:选中这些空行,整行删去再保存"
        raise WrongUseError(f"{path} 解开后超过{_UNPACKED_LIMIT // MB} MB,没有读。{hint}。")
    try:
        return read_book(data, (*blank_sheets(), LOOSE))
    except READING_ERRORS as error:
        raise WrongUseError(f"{path} {_DAMAGED}") from error


_READ = frozenset({FileKind.XLSX, FileKind.XLSM})
_NOTICES = frozenset({FileKind.WORD, FileKind.PDF, FileKind.DOCUMENT})
_IMPORTED = ("是通知的,先用 ", Command.IMPORT, " 读成目录草稿。")
_SAVED_AS = "请用 Excel 或 WPS 打开,另存为 .xlsx 再试。"
_DAMAGED = f"不完整或已损坏,读不出来。{_SAVED_AS}打不开的,重新复制一份。"


def _refusal(kind: FileKind) -> str:
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
    return f"是{kind.word},不是目录工作簿。请检查是不是选错了文件。"


def _rows(sheet: ReadSheet) -> Iterator[Row]:
    for line in sheet.lines:
        note = line.cells.get(NOTE)
        yield Row(cells=line.cells, mark=Mark.read(line.key), note=str(note or ""), at=line.at)
