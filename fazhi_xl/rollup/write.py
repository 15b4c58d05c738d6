"""Writes the workbooks of a roll-up: the ranking, and where the units are many, further workbooks of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from fazhi_xl.disk import remove
from fazhi_xl.notice.theme import Theme
from fazhi_xl.office.workspace.folder import Workspace, writing
from fazhi_xl.office.workspace.progress import Progress
from fazhi_xl.reports.media.workbook import Cell, ReportSheet
from fazhi_xl.rollup.book import units
from fazhi_xl.rollup.book.common import Sheets
from fazhi_xl.rollup.book.units import UnitBook, book_sheet, index_sheet, unit_books, unit_rows, units_sheet
from fazhi_xl.rollup.book.workbook import BOOK, footer, roll_up_book
from fazhi_xl.rollup.questions import Questions
from fazhi_xl.rollup.result import RollUp
from fazhi_xl.xlsx.writer.files import put_in_place
from fazhi_xl.xlsx.writer.long_table import write_long_table
from fazhi_xl.xlsx.writer.report import report_bytes

UNIT_BOOKS = "单位明细"
_OURS = re.compile(rf"{UNIT_BOOKS}_\d{{2,}}\.xlsx")


def write_books(space: Workspace, result: RollUp, base: Questions, beside: Path, progress: Progress) -> tuple[str, ...]:
    """Write all workbooks, large ones `beside` until they are whole; gives their paths. Raises WrongUseError where that fails."""
    sheets = Sheets(result=result, folder=space.root)
    books = unit_books(result.sorted.read, units.IN_ONE) if result.units > units.IN_BOOK else ()
    rows, folder = unit_rows(base), space.root / UNIT_BOOKS
    for book in progress.track(books, "写单位明细", len(books)) if books else ():
        space.make(folder)
        _write_unit_book(folder / book.file, beside / book.file, sheets, book, islice(rows, book.rows))
    _remove_others(folder, books)
    shown = _unit_sheet(sheets, base, books) if result.units else None
    space.write(space.root / BOOK, report_bytes(roll_up_book(sheets, shown), Theme()))
    return (BOOK, *(f"{UNIT_BOOKS}/{book.file}" for book in books))


def _unit_sheet(sheets: Sheets, base: Questions, books: tuple[UnitBook, ...]) -> ReportSheet:
    return index_sheet(sheets, books, UNIT_BOOKS) if books else units_sheet(sheets, base)


def _write_unit_book(path: Path, made: Path, sheets: Sheets, book: UnitBook, rows: Iterator[tuple[Cell, ...]]) -> None:
    with writing(path):
        write_long_table(made, book_sheet(sheets, book), rows, footer(sheets), Theme(), sheets.result.places)
        put_in_place(made, path)


def _remove_others(folder: Path, books: tuple[UnitBook, ...]) -> None:
    """Remove the further workbooks that an earlier roll-up had more."""
    for path in folder.glob("*.xlsx") if folder.is_dir() else ():
        if _OURS.fullmatch(path.name) and path.name not in {book.file for book in books}:
            with writing(path):
                remove(path)
