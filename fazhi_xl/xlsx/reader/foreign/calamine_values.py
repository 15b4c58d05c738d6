"""Reads values with calamine; imported in the child process, and so without pandas, which takes time and memory."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from io import BytesIO

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from fazhi_xl.cells import CellKind, RawCell
from fazhi_xl.xlsx.reader.foreign.date_system import counts_from_1904
from fazhi_xl.xlsx.reader.foreign.looks import error_signs, telling_formats
from fazhi_xl.xlsx.reader.foreign.short_records import with_full_records
from fazhi_xl.xlsx.reader.foreign.signs import SIGNS
from fazhi_xl.xlsx.reader.foreign.tidied import tidied
from fazhi_xl.xlsx.reader.model import Bounds, SheetState
from fazhi_xl.xlsx.reader.ooxml.sheet import number_cell

_STATES: tuple[tuple[SheetVisibleEnum, SheetState], ...] = (  # the enumeration is not hashable
    (SheetVisibleEnum.Hidden, SheetState.HIDDEN),
    (SheetVisibleEnum.VeryHidden, SheetState.VERY_HIDDEN),
)
_DAY = timedelta(days=1)


class TooManyCellsError(Exception):
    """There are more cells than a form has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignBook:
    """What calamine sees: sheets as name, state and merges; cells; how many lie beyond the columns of the bounds. See `RawBook`."""

    sheets: tuple[tuple[str, SheetState, tuple[str, ...]], ...]
    cells: tuple[RawCell, ...]
    outside: int
    date1904: bool
    formats: tuple[tuple[str, int, int, str], ...] = ()


def read_foreign(data: bytes, bounds: Bounds) -> ForeignBook:
    """Read a workbook of any format calamine knows. Raises what its readers raise, and TooManyCellsError."""
    book = CalamineWorkbook.from_filelike(BytesIO(with_full_records(tidied(data))))
    sheets: list[tuple[str, SheetState, tuple[str, ...]]] = []
    cells: list[RawCell] = []
    formats: list[tuple[str, int, int, str]] = []
    outside = read = 0
    for seen in book.sheets_metadata:
        merges: tuple[str, ...] = ()
        if seen.typ == SheetTypeEnum.WorkSheet and read < bounds.sheets:
            read += 1
            sheet = book.get_sheet_by_name(seen.name)
            outside += _read(sheet, seen.name, bounds, cells, formats)
            areas = (sheet.merged_cell_ranges or [])[: bounds.merges]
            merges = tuple(":".join(f"{_letters(column + 1)}{row + 1}" for row, column in area) for area in areas)
        state = next((state for known, state in _STATES if known == seen.visible), SheetState.VISIBLE)
        sheets.append((seen.name, state, merges))
    return ForeignBook(
        sheets=tuple(sheets),
        cells=_with_errors(data, bounds, cells),
        outside=outside,
        date1904=counts_from_1904(data),
        formats=(*formats, *telling_formats(data, bounds)),
    )


def _with_errors(data: bytes, bounds: Bounds, cells: list[RawCell]) -> tuple[RawCell, ...]:
    """Give the cells with those that hold an error, which calamine takes for blank ones, or for what is stored beside it."""
    errors = {(sheet, row, column): sign for sheet, row, column, sign in error_signs(data, bounds)}
    if len(cells) + len(errors) > bounds.cells:
        raise TooManyCellsError
    kept = (cell for cell in cells if cell.place not in errors)
    return (*kept, *(RawCell(*place, CellKind.ERROR, sign, formula=False) for place, sign in errors.items()))


def _read(
    sheet: CalamineSheet, name: str, bounds: Bounds, cells: list[RawCell], formats: list[tuple[str, int, int, str]]
) -> int:
    """Add the cells within the bounds, and the formats of times among them; give how many lie beyond their columns."""
    outside = 0
    rows = enumerate(sheet.to_python(skip_empty_area=False, nrows=bounds.rows), start=1)
    for row, column, value in ((no, at, value) for no, values in rows for at, value in enumerate(values, start=1)):
        kind, text = typed(value) if value != "" else (CellKind.TEXT, "")
        if not text:
            continue
        if column > bounds.columns:
            outside += 1
            continue
        if len(cells) >= bounds.cells:
            raise TooManyCellsError
        kept = text if kind is CellKind.NUMBER else text[: bounds.text + 1]
        cells.append(RawCell(name, row, column, kind, kept, formula=False))
        if isinstance(value, (time, timedelta)):  # a number of days now, which was seen as a time
            formats.append((name, row, column, "h:mm" if isinstance(value, time) else "[h]:mm"))
    return outside


def typed(value: object) -> tuple[CellKind, str]:
    """Give the kind and the text of a value; a time of day and a duration become the number of days they stand for."""
    if isinstance(value, bool):
        return CellKind.BOOLEAN, str(int(value))
    if isinstance(value, (int, float)):
        whole = value == value // 1 and abs(value) < 1e15
        return number_cell(str(int(value)) if whole else repr(value))  # as a package stores it
    if isinstance(value, date):
        return CellKind.DATE, value.isoformat().removesuffix("T00:00:00")
    if isinstance(value, time):
        value = timedelta(hours=value.hour, minutes=value.minute, seconds=value.second, microseconds=value.microsecond)
    if isinstance(value, timedelta):
        return CellKind.NUMBER, repr(value / _DAY)
    return CellKind.ERROR if value in SIGNS else CellKind.TEXT, str(value)


def _letters(column: int) -> str:
    before, rest = divmod(column - 1, 26)
    return (_letters(before) if before else "") + chr(ord("A") + rest)
