"""The heads of a kept workbook's tables: a title of its own for each column, and the names that Excel demands to be the same."""

from __future__ import annotations

from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.filters import AutoFilter, FilterColumn
from openpyxl.worksheet.table import Table, TableColumn
from openpyxl.worksheet.worksheet import Worksheet

from fazhi_xl.xlsx.kept.find import Found


def stretch(found: Found, table: Table, last: int) -> None:
    """Let a table reach over all its rows, and over the columns that people added to it, each with a title of its own."""
    left, top, right, _ = _area(table)
    table.ref = f"{get_column_letter(left)}{top}:{get_column_letter(max(right, *found.columns.values()))}{last}"
    entitle(found.sheet, table)
    if table.autoFilter is not None:
        table.autoFilter.ref = table.ref


def _area(table: Table) -> tuple[int, ...]:
    return tuple(each or 0 for each in range_boundaries(table.ref))


def entitle(worksheet: Worksheet, table: Table) -> None:
    """Give each column of a table a title of its own, and the table's columns the names of their heads, as Excel demands."""
    left, top, right, _ = _area(table)
    heads = [worksheet.cell(top, at) for at in range(left, right + 1)]
    if table.headerRowCount == 0 or not all(isinstance(head, Cell) for head in heads):
        return
    titles: list[str] = []
    for at, head in enumerate(heads, left):
        title = str(head.value or f"栏{at}")
        if title.lower() in map(str.lower, titles):
            title = f"{title}{at}"
        if str(head.value) != title or head.data_type != "s":
            head.value = title
        titles.append(title)
    if [column.name for column in table.tableColumns] != titles:
        table.tableColumns = [TableColumn(id=no, name=title) for no, title in enumerate(titles, 1)]


def stretch_filter(found: Found, last: int) -> None:
    """Let a sheet's filter over the heads reach to a row that was added below."""
    held = found.sheet.auto_filter
    if held.ref and CellRange(held.ref).min_row == found.head_row:
        area = CellRange(held.ref)
        area.expand(down=max(0, last - area.max_row))
        held.ref = area.coord


def filter_in_table(worksheet: Worksheet) -> None:
    """Give a table the filter of its sheet: Excel takes a sheet's filter over a table, as LibreOffice saves it, for a broken file."""
    held = worksheet.auto_filter
    if not held.ref:
        return
    area = CellRange(held.ref)
    for name in worksheet.tables:
        table = worksheet.tables[name]
        own = CellRange(table.ref)
        if area.isdisjoint(own):
            continue
        shift, wide = area.min_col - own.min_col, own.max_col - own.min_col
        columns = [_at(each, each.colId + shift) for each in held.filterColumn if 0 <= each.colId + shift <= wide]
        table.autoFilter = AutoFilter(ref=table.ref, filterColumn=columns)
        worksheet.auto_filter = AutoFilter()
        return


def _at(column: FilterColumn, position: int) -> FilterColumn:
    column.colId = position
    return column
