"""Opens a workbook that people keep with openpyxl, and puts back what the library makes an error of: 20311120 in a cell for days."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from lxml import etree
from openpyxl import load_workbook
from openpyxl.styles.numbers import is_date_format
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from fazhi_xl.xlsx.fill import CellEntry
from fazhi_xl.xlsx.reader.gate import UNZIPPING_ERRORS

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_PLACE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ERROR = "#VALUE!"
READING_ERRORS = (*UNZIPPING_ERRORS, KeyError, TypeError, AttributeError, IndexError, SyntaxError, ArithmeticError)
"""What openpyxl raises over a workbook that is damaged, or none."""


def opened(data: bytes, **options: bool) -> Workbook:
    """Open a workbook. Raises one of READING_ERRORS where it is none, or damaged."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what the library does not know: there is nothing that an office could do
        book = load_workbook(BytesIO(data), **options)
    for sheet in book.worksheets:
        spoiled = [cell for cell in cells_of(sheet) if cell.data_type == "e" and cell.value == _ERROR]
        days = [cell for cell in spoiled if is_date_format(cell.number_format)]
        held = dict(_numbers(data, book.sheetnames.index(sheet.title))) if days else {}
        for cell in days:
            cell.value = held.get(cell.coordinate, cell.value)
    return book


def saved(book: Workbook) -> bytes:
    """Give the workbook's bytes."""
    out = BytesIO()
    book.save(out)
    if book.vba_archive:
        book.vba_archive.close()
    return out.getvalue()


def results(book: Workbook, data: bytes, but: str) -> Iterator[CellEntry]:
    """Give what formulas came to, by the bytes that the workbook was opened from: the library writes the formulas alone.

    Those of one sheet, which is drawn anew, are left out.
    """
    sheets = [sheet for sheet in book.worksheets if sheet.title != but]
    formulas = [(sheet.title, cell.coordinate) for sheet in sheets for cell in cells_of(sheet) if _computes(cell)]
    computed = opened(data, data_only=True) if formulas else book
    for title, where in formulas:
        value = computed[title][where].value if title in computed.sheetnames else None
        if isinstance(value, str | int | float | date) and not isinstance(value, bool):
            yield title, where, value.date() if isinstance(value, datetime) else value


def _computes(cell: Any) -> bool:  # noqa: ANN401 - a cell of whatever kind
    return bool(cell.data_type == "f")


def unpacked_size(data: bytes) -> int:
    """Give the bytes of a workbook's parts, as its directory has them; 0 where that cannot be read."""
    try:
        with ZipFile(BytesIO(data)) as package:
            return sum(info.file_size for info in package.infolist())
    except UNZIPPING_ERRORS:
        return 0


def has_macros(data: bytes) -> bool:
    """Say whether a workbook may hold macros (.xlsm): written back as one that may not, no program opens it."""
    with ZipFile(BytesIO(data)) as package:
        return b"macroEnabled" in package.read("[Content_Types].xml")


def cells_of(sheet: Worksheet) -> tuple[Any, ...]:
    """Give the cells that there are."""
    return tuple(sheet._cells.values())  # noqa: SLF001 - going by rows would make all the cells that are not there


def _numbers(data: bytes, position: int) -> Iterator[tuple[str, int]]:
    """Yield the cells of a sheet, by its position in the workbook from 0, that hold a whole number, with the number."""
    with ZipFile(BytesIO(data)) as package:
        part = _part(package, position)
        if part not in package.namelist():
            return
        for _, cell in etree.iterparse(BytesIO(package.read(part)), tag=f"{_MAIN}c", resolve_entities=False):
            value = cell.findtext(f"{_MAIN}v")
            if cell.get("t", "n") == "n" and value and value.isdecimal():
                yield cell.get("r", ""), int(value)
            cell.clear()


def _part(package: ZipFile, position: int) -> str:
    """Find the part of a sheet by the workbook's own list and its relations."""
    sheets = etree.fromstring(package.read("xl/workbook.xml")).findall(f"{_MAIN}sheets/{_MAIN}sheet")
    relations = etree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
    wanted = sheets[position].get(_PLACE)
    target = next((each.get("Target", "") for each in relations if each.get("Id") == wanted), "")
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
