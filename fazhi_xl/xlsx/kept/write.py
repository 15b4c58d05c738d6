"""Draws a workbook of tables, or updates one in place: what people coloured, widened, noted or added stays with its row.

A row is the one with the same key; new rows look like their neighbours. Cells that say the same already are not touched.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime, time
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles.numbers import is_date_format
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from fazhi_xl.form.model import Shape
from fazhi_xl.notice.theme import Theme
from fazhi_xl.xlsx.fill import store_results
from fazhi_xl.xlsx.kept.choices import offer_choices
from fazhi_xl.xlsx.kept.comments import show_comments
from fazhi_xl.xlsx.kept.find import Found, find, last_column, last_row
from fazhi_xl.xlsx.kept.heads import entitle, filter_in_table, stretch
from fazhi_xl.xlsx.kept.heights import heighten
from fazhi_xl.xlsx.kept.look import HEAD_ROW, SAYS_ROW, TITLE_ROW, Look
from fazhi_xl.xlsx.kept.marks import mark
from fazhi_xl.xlsx.kept.model import Head, Line, Sheet, Use, Value
from fazhi_xl.xlsx.kept.opened import has_macros, opened, results, saved
from fazhi_xl.xlsx.kept.package import by_schema
from fazhi_xl.xlsx.kept.pages import Page, draw_page
from fazhi_xl.xlsx.kept.read import number
from fazhi_xl.xlsx.kept.trial_sheet import Placed, place_trial
from fazhi_xl.xlsx.kept.widths import single_columns


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What is written into a workbook beside its tables.

    `pages` are drawn anew each time, the tables of `anew` as well; `marks` are the cells to be coloured, by sheet as it is
    called now, and by a role of the theme; `cells` are single values, by sheet and cell, written where they differ. The trial is
    drawn anew where there is one; else it stays as it is.
    """

    sheets: tuple[Sheet, ...]
    pages: tuple[Page, ...] = ()
    anew: tuple[Sheet, ...] = ()
    marks: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    cells: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    properties: Mapping[str, str] = field(default_factory=dict)
    trial: Trial | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """The sheet on which rules are tried out: its name, its shape (None takes the sheet away), and the columns that tell its inputs."""

    name: str
    shape: Shape | None
    ids: tuple[str, ...]
    at: int | None = None  # its position among the sheets, from 0, where it is new


def write_book(written: Written, theme: Theme, held: bytes | None = None) -> bytes:
    """Give the workbook's bytes: a new one, or the one held with all that has changed."""
    book, look = _opened(held), Look(theme=theme)
    for page in written.pages:
        draw_page(book, page, look)
    for sheet in written.sheets:
        _put(book, sheet, look)
    for at, sheet in enumerate(written.anew, len(written.pages)):
        _draw(_replaced(book, sheet.name, at), sheet, look)
    for name, cells in written.cells.items():
        _fill(book[name], cells, look)
    if written.sheets:
        offer_choices(book, written.sheets)
    for worksheet in book.worksheets:
        for name in worksheet.tables:
            entitle(worksheet, worksheet.tables[name])
        filter_in_table(worksheet)
        show_comments(worksheet)
        mark(worksheet, written.marks.get(worksheet.title, {}), look)
    for name, value in written.properties.items():
        _describe(book, name, value)
    anew = written.trial.name if written.trial else ""
    own = [*results(book, held, anew)] if held and not written.sheets else []  # nothing has moved
    placed = _placed(book, written.trial, theme)
    return by_schema(store_results(saved(book), (*own, *placed.results)))


def _fill(worksheet: Worksheet, cells: Mapping[str, Value], look: Look) -> None:
    """Write single cells where they do not say it yet; rows whose texts change get the height that they need."""
    before = {at: _shown(worksheet, at) for at in sorted({worksheet[where].row for where in cells})}
    for where, value in cells.items():
        cell = worksheet[where]
        if own := _own_cell(worksheet, cell.row, cell.column, value):
            _set(own, value, "", look)
    for at, said in before.items():
        heighten(worksheet, at, anew=said != _shown(worksheet, at))


def _shown(worksheet: Worksheet, at: int) -> list[object]:
    """Give what a row says in columns that are seen: hidden marks change no height."""
    hidden = {letter for letter, each in worksheet.column_dimensions.items() if each.hidden}
    return [cell.value for cell in worksheet[at] if get_column_letter(cell.column or 1) not in hidden]


def _own_cell(worksheet: Worksheet, row: int, column: int, value: Value) -> Cell | None:
    """Give the cell to write a value into; None where it is merged into one that says so, else the merged ones are parted."""
    cell = worksheet.cell(row, column)
    if isinstance(cell, Cell):
        return cell
    area = next(each for each in worksheet.merged_cells.ranges if cell.coordinate in each)
    home = _plain_cell(worksheet, area.min_row, area.min_col)
    if _says(home, value):
        return None
    worksheet.unmerge_cells(area.coord)
    for at in range(area.min_row, area.max_row + 1):
        _plain_cell(worksheet, at, area.min_col).value = home.value
    return _plain_cell(worksheet, row, column)


def _placed(book: Workbook, trial: Trial | None, theme: Theme) -> Placed:
    if trial is None:
        return Placed()
    return place_trial(book, trial.shape, theme, name=trial.name, ids=trial.ids, at=trial.at)


def _opened(held: bytes | None) -> Workbook:
    if held:
        kept = opened(held, rich_text=True, keep_vba=has_macros(held))
        for worksheet in kept.worksheets:
            single_columns(worksheet)
        return kept
    book = Workbook()
    del book[book.sheetnames[0]]
    return book


def _describe(book: Any, name: str, value: str) -> None:  # noqa: ANN401 - a Workbook, whose stubs lack what is asked
    if name in book.custom_doc_props.names:
        del book.custom_doc_props[name]
    book.custom_doc_props.append(StringProperty(name=name, value=value))


def _replaced(book: Workbook, name: str, at: int | None = None) -> Worksheet:
    """Give an empty sheet in the place of the one that had the name; a new one last, or where it is wanted."""
    if name in book.sheetnames:
        at = book.sheetnames.index(name)
        del book[name]
    made: Worksheet = book.create_sheet(name, at)
    return made


def _put(book: Workbook, sheet: Sheet, look: Look) -> None:
    found = find(book, sheet)
    if found:
        _update(found, sheet, look)
    else:
        _draw(_replaced(book, sheet.name), sheet, look)


# Drawing ----------------------------------------------------------------------------------------------------------------


def _draw(worksheet: Worksheet, sheet: Sheet, look: Look) -> None:
    worksheet.cell(TITLE_ROW, 1, sheet.name)
    worksheet.cell(SAYS_ROW, 1, sheet.says)
    look.title(_plain_cell(worksheet, TITLE_ROW, 1))
    look.says(_plain_cell(worksheet, SAYS_ROW, 1))
    worksheet.row_dimensions[TITLE_ROW].height = 30
    worksheet.row_dimensions[SAYS_ROW].height = 20
    worksheet.row_dimensions[HEAD_ROW].height = 32
    for at, head in enumerate(sheet.heads, 1):
        cell = _plain_cell(worksheet, HEAD_ROW, at)
        cell.value = head.title
        look.head(cell, head)
        _widen(worksheet, at, head)
    for no, line in enumerate(sheet.lines, HEAD_ROW + 1):
        for at, head in enumerate(sheet.heads, 1):
            cell = _plain_cell(worksheet, no, at)
            look.body(cell, head)
            _set(cell, _said(sheet, line, head.title), line.links.get(head.title, ""), look)
        heighten(worksheet, no, anew=True)
    look.page(worksheet, head_row=HEAD_ROW, tab=sheet.tab, fixed=sheet.fixed)
    worksheet.sheet_state = "hidden" if sheet.hidden else worksheet.sheet_state
    _frame(worksheet, sheet)


def _said(sheet: Sheet, line: Line, title: str) -> Value:
    return line.key or None if title == sheet.mark else line.cells.get(title)


def _plain_cell(worksheet: Worksheet, row: int, column: int) -> Cell:
    cell = worksheet.cell(row, column)
    if not isinstance(cell, Cell):  # a part of a merged one
        raise TypeError(cell.coordinate)
    return cell


def _widen(worksheet: Worksheet, at: int, head: Head) -> None:
    column = worksheet.column_dimensions[get_column_letter(at)]
    column.width = head.width
    column.hidden = head.use is Use.HIDDEN
    if head.text:
        column.number_format = "@"


def _frame(worksheet: Worksheet, sheet: Sheet) -> None:
    """Make the cells a table, which grows as rows are added; a table has at least one row."""
    last = HEAD_ROW + max(len(sheet.lines), 1)
    if not sheet.lines:
        for at, head in enumerate(sheet.heads, 1):
            if head.text:
                worksheet.cell(last, at).number_format = "@"
    reach = f"A{HEAD_ROW}:{get_column_letter(len(sheet.heads))}{last}"
    table = Table(displayName=sheet.key, name=sheet.key, ref=reach)
    table.tableStyleInfo = TableStyleInfo(name=None, showRowStripes=False)
    worksheet.add_table(table)


def _set(cell: Cell, value: Value, link: str, look: Look) -> None:
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


# Updating ---------------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Kept:
    """What people made of a row: its cells, and its height."""

    cells: dict[int, tuple[Any, Any, Any, Any]]
    height: float | None
    hidden: bool


def _update(found: Found, sheet: Sheet, look: Look) -> None:
    worksheet = found.sheet
    _add_columns(found, sheet, look)
    first, last = found.head_row + 1, _last_row(found)
    column = found.columns.get(sheet.mark, 0)
    keys = [
        sheet.told_by(str(worksheet.cell(at, column).value or "")) if column else "" for at in range(first, last + 1)
    ]
    wanted = [sheet.told_by(line.key) for line in sheet.lines]
    if keys != wanted:
        _rearrange(found, sheet, look, dict(zip(reversed(keys), range(last, first - 1, -1), strict=True)), last)
    for at, line in enumerate(sheet.lines, first):
        before = _shown(worksheet, at)
        for title, place in found.columns.items():
            said = _said(sheet, line, title)
            if cell := _own_cell(worksheet, at, place, said):
                _set(cell, said, line.links.get(title, ""), look)
        heighten(worksheet, at, anew=before != _shown(worksheet, at))
    if sheet.key in worksheet.tables:
        stretch(found, worksheet.tables[sheet.key], found.head_row + max(len(sheet.lines), 1))


def _add_columns(found: Found, sheet: Sheet, look: Look) -> None:
    """Put back the columns that are gone, at the right end."""
    for head in sheet.heads:
        if head.title not in found.columns:
            at = last_column(found.sheet) + 1
            cell = _plain_cell(found.sheet, found.head_row, at)
            cell.value = head.title
            look.head(cell, head)
            _widen(found.sheet, at, head)
            found.columns[head.title] = at


def _last_row(found: Found) -> int:
    """Give the last row on which the table says something."""
    worksheet = found.sheet
    for at in range(max(last_row(worksheet), found.head_row), found.head_row, -1):
        if any(worksheet.cell(at, column).value is not None for column in found.columns.values()):
            return at
    return found.head_row


def _rearrange(found: Found, sheet: Sheet, look: Look, rows: Mapping[str, int], last: int) -> None:
    """Put each row, with all that people made of it, where it now belongs; new ones look like the row above them."""
    worksheet, first = found.sheet, found.head_row + 1
    for area in [each for each in worksheet.merged_cells.ranges if each.max_row > found.head_row]:
        worksheet.unmerge_cells(area.coord)
    kept = {at: _taken(worksheet, at) for at in range(first, last + 1)}
    for at in range(first, max(last, found.head_row + len(sheet.lines)) + 1):
        _clear(worksheet, at)
    above: _Kept | None = kept.get(first)
    for at, line in enumerate(sheet.lines, first):
        key = sheet.told_by(line.key)
        own = kept.get(rows[key]) if key and key in rows else None
        if own:
            _give(worksheet, at, own)
        else:
            _dress(found, sheet, look, at, above)
        above = own or above


def _taken(worksheet: Worksheet, at: int) -> _Kept:
    cells = {}
    for column in range(1, worksheet.max_column + 1):
        cell = worksheet.cell(at, column)
        cells[column] = (cell.value, _dress_of(cell), copy(cell.comment), copy(cell.hyperlink))
    row = worksheet.row_dimensions[at]
    return _Kept(cells=cells, height=row.height, hidden=bool(row.hidden))


def _clear(worksheet: Worksheet, at: int) -> None:
    for column in range(1, worksheet.max_column + 1):
        cell = worksheet.cell(at, column)
        cell.comment = None
        cell.hyperlink = None
        cell.value = None
    worksheet.row_dimensions[at].height = None
    worksheet.row_dimensions[at].hidden = False


def _give(worksheet: Worksheet, at: int, kept: _Kept) -> None:
    for column, (value, style, comment, link) in kept.cells.items():
        cell = _plain_cell(worksheet, at, column)
        cell.value = value
        _dress_in(cell, style)
        cell.comment = comment
        if link is not None:
            link.ref = cell.coordinate
            cell.hyperlink = link
    worksheet.row_dimensions[at].height = kept.height
    worksheet.row_dimensions[at].hidden = kept.hidden


def _dress_of(cell: Any) -> Any:  # noqa: ANN401 - openpyxl keeps all of a cell's looks in one value, and gives it no type
    return copy(cell._style)  # noqa: SLF001 - as above


def _dress_in(cell: Any, style: Any) -> None:  # noqa: ANN401 - as above
    cell._style = copy(style)  # noqa: SLF001 - as above


def _dress(found: Found, sheet: Sheet, look: Look, at: int, above: _Kept | None) -> None:
    worksheet = found.sheet
    heads = {found.columns[head.title]: head for head in sheet.heads}
    for column in range(1, worksheet.max_column + 1):
        cell = _plain_cell(worksheet, at, column)
        if above and column in above.cells:
            _dress_in(cell, above.cells[column][1])
        elif column in heads:
            look.body(cell, heads[column])
