"""Single cells of a kept workbook: written where they do not say it yet, and parted where they were merged with others."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from decimal import Decimal
from typing import Any

from openpyxl.cell import Cell
from openpyxl.styles.numbers import is_date_format
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from fazhi_xl.xlsx.kept.heights import heighten
from fazhi_xl.xlsx.kept.look import Look
from fazhi_xl.xlsx.kept.model import Line, Sheet, Value
from fazhi_xl.xlsx.kept.read import number


def fill(worksheet: Worksheet, cells: Mapping[str, Value], look: Look) -> None:
    """Write single cells where they do not say it yet; rows whose texts change get the height that they need."""
    before = {at: shown(worksheet, at) for at in sorted({worksheet[where].row for where in cells})}
    for where, value in cells.items():
        cell = worksheet[where]
        if own := own_cell(worksheet, cell.row, cell.column, value):
            set_value(own, value, "", look)
    for at, said in before.items():
        heighten(worksheet, at, anew=said != shown(worksheet, at))


def shown(worksheet: Worksheet, at: int) -> list[object]:
    """Give what a row says in columns that are seen: hidden marks change no height."""
    hidden = {letter for letter, each in worksheet.column_dimensions.items() if each.hidden}
    return [cell.value for cell in worksheet[at] if get_column_letter(cell.column or 1) not in hidden]


def own_cell(worksheet: Worksheet, row: int, column: int, value: Value) -> Cell | None:
    """Give the cell to write a value into; None where it is merged into one that says so, else the merged ones are parted."""
    cell = worksheet.cell(row, column)
    if isinstance(cell, Cell):
        return cell
    area = next(each for each in worksheet.merged_cells.ranges if cell.coordinate in each)
    home = plain_cell(worksheet, area.min_row, area.min_col)
    if _says(home, value):
        return None
    worksheet.unmerge_cells(area.coord)
    for at in range(area.min_row, area.max_row + 1):
        plain_cell(worksheet, at, area.min_col).value = home.value
    return plain_cell(worksheet, row, column)


def plain_cell(worksheet: Worksheet, row: int, column: int) -> Cell:
    cell = worksheet.cell(row, column)
    if not isinstance(cell, Cell):  # a part of a merged one
        raise TypeError(cell.coordinate)
    return cell


def set_value(cell: Cell, value: Value, link: str, look: Look) -> None:
    """Write a value where the cell does not say it yet; a text is a text, whatever it begins with."""
    if not _says(cell, value):
        if isinstance(value, int | Decimal) and is_date_format(cell.number_format):
            cell.number_format = "General"
        cell.value = datetime.combine(value, time()) if _is_day(value) else _held(cell, value)  # type: ignore[arg-type]
        if isinstance(value, str) and cell.data_type != "s":
            cell.data_type = "s"
        if _is_day(value):
            cell.number_format = "yyyy-mm-dd"
    if link:
        cell.hyperlink = link
        cell.font = look.text(link=True)


def _held(cell: Cell, value: Value) -> Value:
    """Give what a cell holds for a value: the hundredth of a number that it shows in per cent."""
    return Decimal(value) / 100 if isinstance(value, int | Decimal) and "%" in cell.number_format else value


def _is_day(value: Value) -> bool:
    return value is not None and not isinstance(value, str | int | Decimal)


def _says(cell: Cell, value: Value) -> bool:
    held: Any = cell.value
    if held is None or value is None:
        return held is value
    if _is_day(value):
        return bool(held == value or (isinstance(held, datetime) and held == datetime.combine(value, time())))  # type: ignore[arg-type]
    if isinstance(value, str):
        return cell.data_type != "f" and str(held) == value
    if isinstance(held, bool) or not isinstance(held, int | float | Decimal):
        return False
    return (number(held) if isinstance(held, float) else Decimal(held)) == _held(cell, value)


def said_of(sheet: Sheet, line: Line, title: str) -> Value:
    return line.key or None if title == sheet.mark else line.cells.get(title)
