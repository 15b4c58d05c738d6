"""Writes a workbook of one long table, row by row: memory does not grow with its rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path

from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from fazhi_xl.notice.theme import Theme
from fazhi_xl.reports.media.workbook import Cell, Column, ReportSheet, Table
from fazhi_xl.xlsx.writer.book import BookWriter, strictly, sure
from fazhi_xl.xlsx.writer.layout import head_of, placed
from fazhi_xl.xlsx.writer.page import ABSENT, figure
from fazhi_xl.xlsx.writer.report import draw_sheet

_TALL = 16.5  # points of a row


def write_long_table(
    path: Path, sheet: ReportSheet, rows: Iterable[tuple[Cell, ...]], footer: str, theme: Theme, decimals: int = 2
) -> None:
    """Write a workbook of a sheet whose last block is a table without rows, and the rows, of texts and numbers, below its head.

    Raises OSError where it cannot be written.
    """
    with strictly(), _plainly():
        book = BookWriter(theme, title=sheet.title, decimals=decimals, target=path)
        try:
            _fill(book, draw_sheet(book, sheet, footer), sheet, rows)
            book.close()
        except BaseException:
            book.abandon()
            raise


@contextmanager
def _plainly() -> Iterator[None]:
    """Raise the system's own error in the place of the library's, which says nothing but that the file was not written."""
    try:
        yield
    except FileCreateError as error:
        raise (error.__cause__ or error.__context__ or OSError(str(error))) from None


def _fill(book: BookWriter, drawn: Worksheet, sheet: ReportSheet, rows: Iterable[tuple[Cell, ...]]) -> None:
    table, row = next((block, row) for block, row in placed(sheet) if isinstance(block, Table))
    head = last = head_of(table, row)
    styles = tuple((column, book.style(column.style)) for column in table.columns)
    drawn.set_default_row(_TALL)  # of each row by itself the library would keep what was set
    for last, values in enumerate(rows, head + 1):
        for no, (value, (column, style)) in enumerate(zip(values, styles, strict=True)):
            _cell(drawn, (last, no), value, column, style)
    sure(drawn.autofilter(head, 0, last, len(styles) - 1))


def _cell(drawn: Worksheet, at: tuple[int, int], value: Cell, column: Column, style: Format) -> None:
    if isinstance(value, int | Fraction):
        sure(drawn.write_number(*at, figure(column, value), style))
    else:
        sure(drawn.write_string(*at, value if isinstance(value, str) else ABSENT, style))
