"""Draws a workbook of tables, or updates one in place: what people coloured, widened, noted or added stays with its row.

A row is the one with the same key; new rows look like their neighbours. Cells that say the same already are not touched.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any

from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from fazhi_xl.form.model import Shape
from fazhi_xl.notice.theme import Theme
from fazhi_xl.xlsx.fill import store_results
from fazhi_xl.xlsx.kept.cells import fill, plain_cell, said_of, set_value
from fazhi_xl.xlsx.kept.choices import offer_choices
from fazhi_xl.xlsx.kept.comments import show_comments
from fazhi_xl.xlsx.kept.find import Found, find
from fazhi_xl.xlsx.kept.heads import entitle, filter_in_table
from fazhi_xl.xlsx.kept.heights import heighten
from fazhi_xl.xlsx.kept.look import HEAD_ROW, SAYS_ROW, TITLE_ROW, Look
from fazhi_xl.xlsx.kept.marks import mark
from fazhi_xl.xlsx.kept.model import Sheet, Value
from fazhi_xl.xlsx.kept.opened import has_macros, opened, results, saved
from fazhi_xl.xlsx.kept.package import by_schema
from fazhi_xl.xlsx.kept.pages import Page, draw_page
from fazhi_xl.xlsx.kept.trial_sheet import Placed, place_trial
from fazhi_xl.xlsx.kept.update import amend, update
from fazhi_xl.xlsx.kept.widths import single_columns, widen


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What is written into a workbook beside its tables.

    Tables of `sheets` say afterwards what they say here and nothing else; of those that are `amended` the lines that stand somewhere
    are written there, and the others added at the end. `pages` are drawn anew each time, the tables of `anew` as well; `marks` are
    the cells to be coloured, by sheet as it is called now, and by a role of the theme; `cells` are single values, by sheet and cell,
    written where they differ. The trial is drawn anew where there is one; else it stays as it is.
    """

    sheets: tuple[Sheet, ...] = ()
    amended: tuple[Sheet, ...] = ()
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
    book, look = _opened(held, theme), Look(theme=theme)
    tables = (*written.sheets, *written.amended)
    for page in written.pages:
        draw_page(book, page, look)
    for sheet in written.sheets:
        _put(book, sheet, look, update)
    for sheet in written.amended:
        _put(book, sheet, look, amend)
    for at, sheet in enumerate(written.anew, len(written.pages)):
        _draw(_replaced(book, sheet.name, at), sheet, look)
    for name, cells in written.cells.items():
        fill(book[name], cells, look)
    if tables:
        offer_choices(book, tables)
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


def _placed(book: Workbook, trial: Trial | None, theme: Theme) -> Placed:
    if trial is None:
        return Placed()
    return place_trial(book, trial.shape, theme, name=trial.name, ids=trial.ids, at=trial.at)


def _opened(held: bytes | None, theme: Theme) -> Workbook:
    if held:
        kept = opened(held, rich_text=True, keep_vba=has_macros(held))
        for worksheet in kept.worksheets:
            single_columns(worksheet)
        return kept
    book = Workbook()
    del book[book.sheetnames[0]]
    book.properties.created = datetime.combine(theme.created, time())
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


def _put(book: Workbook, sheet: Sheet, look: Look, change: Callable[[Found, Sheet, Look], None]) -> None:
    found = find(book, sheet)
    if found:
        change(found, sheet, look)
    else:
        _draw(_replaced(book, sheet.name), sheet, look)


# Drawing ----------------------------------------------------------------------------------------------------------------


def _draw(worksheet: Worksheet, sheet: Sheet, look: Look) -> None:
    worksheet.cell(TITLE_ROW, 1, sheet.name)
    worksheet.cell(SAYS_ROW, 1, sheet.says)
    look.title(plain_cell(worksheet, TITLE_ROW, 1))
    look.says(plain_cell(worksheet, SAYS_ROW, 1))
    worksheet.row_dimensions[TITLE_ROW].height = 30
    worksheet.row_dimensions[SAYS_ROW].height = 20
    worksheet.row_dimensions[HEAD_ROW].height = 32
    for at, head in enumerate(sheet.heads, 1):
        cell = plain_cell(worksheet, HEAD_ROW, at)
        cell.value = head.title
        look.head(cell, head)
        widen(worksheet, at, head)
    for no, line in enumerate(sheet.lines, HEAD_ROW + 1):
        for at, head in enumerate(sheet.heads, 1):
            cell = plain_cell(worksheet, no, at)
            look.body(cell, head)
            set_value(cell, said_of(sheet, line, head.title), line.links.get(head.title, ""), look)
        heighten(worksheet, no, anew=True)
    look.page(worksheet, head_row=HEAD_ROW, tab=sheet.tab, fixed=sheet.fixed)
    worksheet.sheet_state = "hidden" if sheet.hidden else worksheet.sheet_state
    _frame(worksheet, sheet)


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
