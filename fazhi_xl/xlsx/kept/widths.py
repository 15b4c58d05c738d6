"""The widths of a kept workbook's columns, each column by itself: clients save neighbours of one width as one."""

from __future__ import annotations

from copy import copy
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.dimensions import ColumnDimension
from openpyxl.worksheet.worksheet import Worksheet

from fazhi_xl.xlsx.kept.find import MOST_COLUMNS
from fazhi_xl.xlsx.kept.model import Head, Use


def single_columns(worksheet: Worksheet) -> None:
    """Part columns that were saved as one, as far as tables reach.

    What is asked or set of one of them would else be that of none, and a file with two widths for a column is broken.
    """
    reach = max(MOST_COLUMNS, worksheet.max_column)
    for held in tuple(worksheet.column_dimensions.values()):
        first, end = held.min or 0, held.max or 0
        last = min(end, reach)
        if first < end and first <= last:
            for at in range(first, last + 1):
                _set(held, at, at)
            if last < end:
                _set(held, last + 1, end)


def _set(held: Any, first: int, last: int) -> None:  # noqa: ANN401 - a ColumnDimension, whose stubs lack its looks
    worksheet, letter = held.parent, get_column_letter(first)
    worksheet.column_dimensions[letter] = ColumnDimension(
        worksheet,
        index=letter,
        width=held.width,
        bestFit=held.bestFit,
        hidden=held.hidden,
        outlineLevel=held.outlineLevel,
        collapsed=held.collapsed,
        min=first,
        max=last,
        style=copy(held._style),  # noqa: SLF001 - as above
    )


def widen(worksheet: Worksheet, at: int, head: Head) -> None:
    column = worksheet.column_dimensions[get_column_letter(at)]
    column.width = head.width
    column.hidden = head.use is Use.HIDDEN
    if head.text:
        column.number_format = "@"
