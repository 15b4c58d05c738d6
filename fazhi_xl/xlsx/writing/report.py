"""Writes a report workbook: titles, sentences, tables and charts, one below the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from xlsxwriter.worksheet import Worksheet

from fazhi_xl.notice.model import Theme
from fazhi_xl.reports.book import Cell, Chart, Column, Link, ReportBook, ReportSheet, Sentence, Table
from fazhi_xl.text.measure import height
from fazhi_xl.xlsx.writing.book import Book, strictly, sure

_ABSENT = "—"
_TEXT_LIMIT, _TALLEST = 32_767, 409.0  # Excel's own: characters of a cell, points of a row
_STYLES: Mapping[str, str] = {
    "text": "text",
    "centre": "centre",
    "whole": "whole",
    "figure": "figure",
    "input": "input",
}


@dataclass(slots=True)
class _Page:
    """A sheet under way: where the next block goes, and where each table's rows came to stand."""

    book: Book
    drawn: Worksheet
    sheet: ReportSheet
    widths: tuple[float, ...]
    next_row: int = 0
    last_row: int = 0  # the first row of the block before, for one beside it
    tables: dict[int, int] = field(default_factory=dict)


def report_bytes(report: ReportBook, theme: Theme) -> bytes:
    """Draw the report. The same report gives the same bytes."""
    with strictly():
        book = Book(theme, title=report.title)
        for sheet in report.sheets:
            draw_sheet(book, sheet, report.footer)
        return book.close()


def draw_sheet(book: Book, sheet: ReportSheet, footer: str) -> Worksheet:
    """Add one sheet of a report to a workbook."""
    widths = sheet.widths or next(tuple(c.width for c in b.columns) for b in sheet.blocks if isinstance(b, Table))
    page = _Page(book=book, drawn=book.sheet(sheet.name, tab=sheet.tab), sheet=sheet, widths=widths)
    for no, width in enumerate(widths):
        page.drawn.set_column(no, no, width)
    _wide(page, Sentence(sheet.title, "title"), 30)
    for block in sheet.blocks:
        _draw_block(page, block)
    page.drawn.set_footer(f"&L&9{footer}&C&9第&P页 共&N页&R&9{sheet.name}")
    if sheet.one_page:
        page.drawn.fit_to_pages(1, 1)
    return page.drawn


def _draw_block(page: _Page, block: Table | Chart | Sentence) -> None:
    match block:
        case Sentence():
            _wide(page, block, height(block.text, sum(page.widths)))
        case Chart():
            _chart(page, block)
        case Table():
            _table(page, block)


def _wide(page: _Page, sentence: Sentence, tall: float) -> None:
    style = page.book.style(sentence.style)
    _set_height(page, page.next_row, tall)
    last = len(page.widths) - 1
    if last:
        sure(page.drawn.merge_range(page.next_row, 0, page.next_row, last, "", style))
    sure(page.drawn.write_string(page.next_row, 0, sentence.text, style))
    page.next_row += 1


def _table(page: _Page, table: Table) -> None:
    row = page.last_row if table.beside else page.next_row
    page.last_row = row
    if table.title:
        sure(page.drawn.write_string(row, table.at, table.title, page.book.style("big", text_wrap=False)))
        row += 1
    _head(page, table, row)
    page.tables[id(table)] = row + 1
    for no, values in enumerate(table.rows, row + 1):
        _row(page, table, no, values)
    end = row + 1 + len(table.rows)
    if table.total:
        _row(page, table, end, table.total, bold=True)
        end += 1
    page.next_row = max(page.next_row, end + (1 if table.title else 0))
    _furniture(page, table, row)


def _head(page: _Page, table: Table, row: int) -> None:
    tall = max(height(column.title, page.widths[table.at + no]) for no, column in enumerate(table.columns))
    _set_height(page, row, tall + 4)
    for no, column in enumerate(table.columns, table.at):
        sure(page.drawn.write_string(row, no, column.title, page.book.style("head")))


def _furniture(page: _Page, table: Table, row: int) -> None:
    """Freeze, repeat and filter what is a sheet's one table."""
    if page.sheet.one_page or table.title:
        return
    page.drawn.freeze_panes(row + 1, 0)
    page.drawn.repeat_rows(row)
    if page.sheet.filtered and table.rows:
        sure(page.drawn.autofilter(row, 0, row + len(table.rows), len(table.columns) - 1))


def _row(page: _Page, table: Table, row: int, values: tuple[Cell, ...], *, bold: bool = False) -> None:
    texts = [
        height(value, page.widths[table.at + no])
        for no, value in enumerate(values)
        if isinstance(value, str) and not _spills(table, no)
    ]
    if texts and max(texts) > 20:
        _set_height(page, row, max(texts))
    for no, (column, value) in enumerate(zip(table.columns, values, strict=True)):
        _cell(page, row, table.at + no, column, value, bold=bold)


def _set_height(page: _Page, row: int, tall: float) -> None:
    sure(page.drawn.set_row(row, min(tall, _TALLEST)))


def _spills(table: Table, no: int) -> bool:
    return no == len(table.columns) - 1 and table.columns[no].width < 10


def _cell(page: _Page, row: int, column: int, kind: Column, value: Cell, *, bold: bool) -> None:
    more = {"bold": True} if bold else {}
    if isinstance(value, int):
        figure = value / 100 if kind.style == "figure" else value
        sure(page.drawn.write_number(row, column, figure, page.book.style(_STYLES[kind.style], **more)))
        return
    if isinstance(value, Link):
        target = f"internal:'{value.sheet}'!{value.cell}"
        sure(page.drawn.write_url(row, column, target, page.book.style("link", **more), value.text))
        return
    absent = value is None
    style = "centre" if absent else _STYLES[kind.style]
    text = _ABSENT if value is None else value[:_TEXT_LIMIT]
    sure(page.drawn.write_string(row, column, text, page.book.style(style, **more)))


def _chart(page: _Page, chart: Chart) -> None:
    first = page.tables[id(chart.table)]
    last = first + len(chart.table.rows) - 1
    bars = page.book.raw.add_chart({"type": "bar"})
    name = page.sheet.name
    bars.add_series(
        {
            "name": chart.title,
            "categories": [name, first, chart.table.at + chart.names, last, chart.table.at + chart.names],
            "values": [name, first, chart.table.at + chart.values, last, chart.table.at + chart.values],
            "fill": {"color": page.book.theme.colours["title"]},
            "data_labels": {"value": True, "num_format": "0.00"},
            "gap": 60,
        }
    )
    bars.set_title({"name": chart.title, "name_font": {"size": 11}})
    bars.set_legend({"none": True})
    bars.set_y_axis({"reverse": True})
    bars.set_x_axis({"min": 0, "max": 100, "major_gridlines": {"visible": False}})
    bars.set_size({"width": chart.width, "height": chart.rows * 20})
    sure(page.drawn.insert_chart(page.last_row, chart.at, bars, {"description": chart.title, "object_position": 2}))
    page.next_row = max(page.next_row, page.last_row + chart.rows)
