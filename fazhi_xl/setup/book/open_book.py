"""Opens 目录_….xlsx, as its people left it, as the tables of a catalogue, with the cell of every value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fazhi_xl.errors import WrongUseError
from fazhi_xl.notice.places import place_of
from fazhi_xl.notice.remarks import Remarks
from fazhi_xl.notice.shape import path_text
from fazhi_xl.office.workspace.kept_file import read_bytes
from fazhi_xl.setup.book.book import CAMPAIGN_NAME, LOOSE, VERSION, VERSION_NAME, blank_sheets
from fazhi_xl.setup.book.declared.sheets import TABLES
from fazhi_xl.setup.book.declared.table import ITEMS, NOTE
from fazhi_xl.setup.book.from_rows import from_rows
from fazhi_xl.setup.book.names import name_of
from fazhi_xl.setup.book.rows import Mark, Row
from fazhi_xl.setup.book.taken import Spot, Taken
from fazhi_xl.text.commands import Command
from fazhi_xl.xlsx.kept.model import ReadSheet
from fazhi_xl.xlsx.kept.read import ReadBook
from fazhi_xl.xlsx.kept.take import refuse_newer, take


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


def open_book(path: Path) -> OpenedBook:
    """Open a workbook. Raises WrongUseError where it is none of a catalogue, or cannot be read."""
    return opened_book(path, read_bytes(path, CALLED))


def opened_book(path: Path, data: bytes) -> OpenedBook:
    """Take the bytes of a workbook that stands, or will stand, at a path. Raises as `open_book` does."""
    read = take(path, data, (*blank_sheets(), LOOSE), CALLED, _IMPORTED)
    if not read.sheets:
        raise WrongUseError(f"{path} 不是{CALLED}:里面没有“{'”“'.join(_main())}”这些表。", *_IMPORTED)
    refuse_newer(path, read.properties.get(VERSION_NAME, VERSION), VERSION, CALLED)
    taken = from_rows({name: [*_rows(sheet)] for name, sheet in read.sheets.items()})
    return OpenedBook(path=path, data=data, read=read, taken=taken)


def _main() -> tuple[str, ...]:
    return "通知", "单位", "项目", "得分点"


CALLED = "目录工作簿"
_IMPORTED = ("是通知的,先用 ", Command.IMPORT, " 读成目录草稿。")


def _rows(sheet: ReadSheet) -> Iterator[Row]:
    for line in sheet.lines:
        note = line.cells.get(NOTE)
        yield Row(cells=line.cells, mark=Mark.read(line.key), note=str(note or ""), at=line.at)
