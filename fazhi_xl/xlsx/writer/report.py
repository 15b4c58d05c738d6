"""Writes a report workbook: titles, sentences, tables and charts, one below the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from fazhi_xl.notice.theme import Theme
from fazhi_xl.points import Hundredths
from fazhi_xl.reports.media.panel import PageSheet
from fazhi_xl.reports.media.workbook import (
    Block,
    Cell,
    Chart,
    Column,
    Formula,
    Link,
    Meta,
    ReportBook,
    ReportSheet,
    Sentence,
    Table,
)
from fazhi_xl.text.measure import height
from fazhi_xl.xlsx.writer.book import A3, BookWriter, foot, screen_scale, strictly, sure
from fazhi_xl.xlsx.writer.layout import Spot, addressed, end_of, head_of, placed, spots
from fazhi_xl.xlsx.writer.panels import draw_page
from fazhi_xl.xlsx.writer.styles import RULE, STATE, edges, padded

_ABSENT = "—"
_TEXT_LIMIT, _TALLEST = 32_767, 409.0  # Excel's own: characters of a cell, points of a row
_LEAST = 18.0  # points of a table's row
_STYLES: Mapping[str, str] = {
    "text": "text",
    "centre": "centre",
    "whole": "whole",
    "figure": "figure",
    "input": "input",
}
_HEADS: Mapping[str, str] = {"text": "head_text", "whole": "head_figure", "figure": "head_figure"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _ReportSheet:
    """A sheet being written, and the positions of all tables of the report."""

    book: BookWriter
    drawn: Worksheet
    sheet: ReportSheet
    widths: tuple[float, ...]
    tables: Mapping[str, Spot]


def report_bytes(report: ReportBook, theme: Theme) -> bytes:
    """Draw the report. The same report gives the same bytes."""
    with strictly():
        book = BookWriter(theme, title=report.title, decimals=report.decimals)
        tables = spots(report)
        for sheet in report.sheets:
            draw_sheet(book, sheet, report.footer, tables)
        return book.close()


def draw_sheet(
    book: BookWriter, sheet: ReportSheet, footer: str, tables: Mapping[str, Spot] | None = None
) -> Worksheet:
    """Add one sheet of a report to a workbook."""
    if isinstance(sheet, PageSheet):
        return draw_page(book, sheet, footer, tables or {})
    columns = next((block.columns for block in sheet.blocks if isinstance(block, Table)), ())
    widths = sheet.widths or tuple(column.width for column in columns)
    drawn = book.sheet(sheet.name, tab=sheet.tab, landscape=not sheet.portrait)
    page = _ReportSheet(book=book, drawn=drawn, sheet=sheet, widths=widths, tables=tables or {})
    for no, width in enumerate(widths):
        hidden = not sheet.widths and columns[no].hidden
        page.drawn.set_column(no, no, width, None, {"hidden": True} if hidden else {})
    drawn.set_zoom(screen_scale(widths))
    _wide(page, 0, Sentence(sheet.title, "heading" if sheet.held else "title"), 32)
    if sheet.meta:
        _meta(page, sheet.meta)
    for block, row in placed(sheet):
        _draw_block(page, block, row)
    drawn.set_footer(foot(footer, sheet.name))
    if sheet.one_page:
        drawn.fit_to_pages(1, 1)
    if sheet.broad:
        drawn.set_paper(A3)
        drawn.fit_to_pages(2, 0)
    return page.drawn


def _draw_block(page: _ReportSheet, block: Block, row: int) -> None:
    match block:
        case Sentence():
            text = block.text.value if isinstance(block.text, Formula) else block.text
            _wide(page, row, block, height(str(text), sum(page.widths)))
        case Chart():
            _chart(page, block, row)
        case Table():
            _table(page, block, row)


def _wide(page: _ReportSheet, row: int, sentence: Sentence, tall: float) -> None:
    """Write a line across the whole sheet; on a broad sheet it is not merged, so that it can be read from the left."""
    broad = page.sheet.broad
    style = page.book.style(sentence.style, **({"text_wrap": False} if broad else {}))
    _set_height(page, row, tall)
    last = len(page.widths) - 1
    if last and not broad:
        sure(page.drawn.merge_range(row, 0, row, last, "", style))
    if isinstance(sentence.text, Formula):
        _formula(page, row, 0, sentence.text, style)
    else:
        sure(page.drawn.write_string(row, 0, sentence.text, style))


def _meta(page: _ReportSheet, meta: Meta) -> None:
    """Write the line under the title, whose lower rule runs over the whole sheet: the state on the left, the rest on the right."""
    line = edges(page.book.theme, bottom=STATE)
    left, right = (page.book.style(name, **line) for name in ("meta", "meta_right"))
    _set_height(page, 1, 19)
    last = len(page.widths) - 1
    for no in range(last + 1):
        sure(page.drawn.write_blank(1, no, None, left))
    if page.sheet.broad or page.sheet.held or last < 2:
        sure(page.drawn.write_string(1, 0, "   ".join(filter(None, (meta.state, meta.aside))), left))
        return
    middle = _middle(page.widths)
    for first, end, text, style in ((0, middle, meta.state, left), (middle + 1, last, meta.aside, right)):
        if first < end:
            sure(page.drawn.merge_range(1, first, 1, end, "", style))
        sure(page.drawn.write_string(1, first, text, style) if text else 0)


def _middle(widths: tuple[float, ...]) -> int:
    """Give the last column of a sheet's left half; one at least is left on the right."""
    half = sum(widths) / 2
    return next(no for no in range(len(widths) - 1) if sum(widths[: no + 1]) >= half or no == len(widths) - 2)


def _table(page: _ReportSheet, table: Table, row: int) -> None:
    head = head_of(table, row)
    if table.title:
        _set_height(page, row, 22)
        sure(page.drawn.write_string(row, table.at, table.title, page.book.style("big", text_wrap=False)))
    tall = max(height(column.title, page.widths[table.at + no]) for no, column in enumerate(table.columns))
    _set_height(page, head, tall + 4)
    for no, column in enumerate(table.columns, table.at):
        sure(page.drawn.write_string(head, no, column.title, page.book.style(_HEADS.get(column.style, "head"))))
    rows = table.rows or ((None,) * len(table.columns),) * bool(table.name)
    end = edges(page.book.theme, bottom=RULE)
    for no, values in enumerate(rows, head + 1):
        _row(page, table, no, values, end if no == head + len(rows) and not table.total else {})
    if table.total:
        look = {
            "bold": True,
            "bg_color": page.book.theme.colours["head"],
            "font_color": page.book.theme.colours["title"],
        }
        _row(page, table, end_of(table, row) - 1, table.total, {**look, **end})
    if table.rows:
        _shades(page, table, head + 1)
        _choices(page, table, head + 1)
    if table.native and table.rows:
        _native(page, table, head)
    _furniture(page, table, head)


def _furniture(page: _ReportSheet, table: Table, row: int) -> None:
    """Freeze and repeat the head of a sheet's only table, and filter it."""
    if page.sheet.one_page or table.title:
        return
    page.drawn.freeze_panes(row + 1, page.sheet.held)
    page.drawn.repeat_rows(row)
    if page.sheet.held:
        page.drawn.repeat_columns(0, page.sheet.held - 1)
    if page.sheet.filtered and table.rows and not table.native:
        sure(page.drawn.autofilter(row, 0, row + len(table.rows), len(table.columns) - 1))


def _native(page: _ReportSheet, table: Table, head: int) -> None:
    """Make the cells written a table of the program's own, with its filter; titles are unique there."""
    style = page.book.style("head")
    place = (head, table.at, head + len(table.rows), table.at + len(table.columns) - 1)
    columns = [{"header": column.title, "header_format": style} for column in table.columns]
    sure(page.drawn.add_table(*place, {"name": table.name, "columns": columns, "style": None}))


def _shades(page: _ReportSheet, table: Table, first: int) -> None:
    """Shade scaled columns, and mark figures below the full one; words and bold type say the same without colour."""
    last = first + len(table.rows) - 1
    colours = page.book.theme.colours
    for no, column in enumerate(table.columns, table.at):
        if column.scaled:
            scale = {"type": "2_color_scale", "min_color": colours["head"], "max_color": "#FFFFFF"}
            sure(page.drawn.conditional_format(first, no, last, no, scale))
        if column.full is not None:
            mark = page.book.raw.add_format({"bold": True, "bg_color": colours["head"]})
            rule = {"type": "cell", "criteria": "<", "value": float(column.full / 100), "format": mark}
            sure(page.drawn.conditional_format(first, no, last, no, rule))


def _choices(page: _ReportSheet, table: Table, first: int) -> None:
    """Give the inputs with choices a drop-down list; a cell may stay blank."""
    for no, column in enumerate(table.columns, table.at):
        if column.choices:
            rule = {
                "validate": "list",
                "source": list(column.choices),
                "error_title": f"{column.title}",
                "error_message": f"只能留空,或从下拉列表选:{'、'.join(column.choices)}。",
            }
            sure(page.drawn.data_validation(first, no, first + len(table.rows) - 1, no, rule))


def _row(page: _ReportSheet, table: Table, row: int, values: tuple[Cell, ...], look: Mapping[str, object]) -> None:
    last = len(table.columns) - 1
    texts = [
        height(value, page.widths[table.at + no])
        for no, value in enumerate(values)
        if isinstance(value, str) and not (no == last and table.columns[no].width < 10)  # that one runs over
    ]
    _set_height(page, row, max((_LEAST, *texts)))
    for no, (column, value) in enumerate(zip(table.columns, values, strict=True)):
        _cell(page, table, (row, table.at + no), column, value, look)


def _set_height(page: _ReportSheet, row: int, tall: float) -> None:
    sure(page.drawn.set_row(row, min(tall, _TALLEST)))


def _cell(
    page: _ReportSheet, table: Table, at: tuple[int, int], kind: Column, value: Cell, look: Mapping[str, object]
) -> None:
    if isinstance(value, Link):
        place = f"'{value.sheet}'!{value.cell}" if value.sheet else ""
        outside = f"external:{value.file}" + (f"#{place}" if place else "")
        target = outside if value.file else f"internal:{place}"
        sure(page.drawn.write_url(*at, target, page.book.style("link", **look), value.text))
        return
    held = value.value if isinstance(value, Formula) else value
    name = "centre" if held is None and kind.style == "text" else _STYLES[kind.style]
    style = page.book.style(name, **look, **({"num_format": padded(kind.number)} if kind.number else {}))
    if isinstance(value, Formula):
        _formula(page, *at, value, style, table=table, kind=kind)
    elif isinstance(value, int | Fraction):
        sure(page.drawn.write_number(*at, _figure(kind, value), style))
    else:
        sure(page.drawn.write_string(*at, _ABSENT if value is None else value[:_TEXT_LIMIT], style))


def _figure(kind: Column | None, value: Hundredths) -> float:
    return float(value / 100) if kind and kind.style == "figure" else int(value)


def _formula(  # noqa: PLR0913 - what XlsxWriter asks for, and the formula's table
    page: _ReportSheet,
    row: int,
    column: int,
    formula: Formula,
    style: Format,
    *,
    table: Table | None = None,
    kind: Column | None = None,
) -> None:
    text = addressed(formula.text, page.tables, table.name if table else "", row)
    value = _figure(kind, formula.value) if isinstance(formula.value, int | Fraction) else formula.value
    sure(page.drawn.write_formula(row, column, f"={text}", style, _ABSENT if value is None else value))


def _chart(page: _ReportSheet, chart: Chart, row: int) -> None:
    spot = page.tables[chart.table]
    columns = spot.columns[chart.names], spot.columns[chart.values]
    bars = page.book.raw.add_chart({"type": "bar"})
    names, values = ([spot.sheet, spot.first, no, spot.last, no] for no in columns)
    bars.add_series(
        {
            "name": chart.title,
            "categories": names,
            "values": values,
            "fill": {"color": page.book.theme.colours["title"]},
            "data_labels": {"value": True, "num_format": page.book.number("0.00")},
            "gap": 60,
        }
    )
    bars.set_title({"name": chart.title, "name_font": {"size": 11}})
    bars.set_legend({"none": True})
    bars.set_y_axis({"reverse": True, "interval_unit": 1, "num_font": {"size": 9}})
    end = {} if chart.maximum is None else {"max": chart.maximum}
    bars.set_x_axis({"min": 0, **end, "major_gridlines": {"visible": False}})
    bars.set_size({"width": chart.width, "height": chart.rows * 20})
    sure(page.drawn.insert_chart(row, chart.at, bars, {"description": chart.title, "object_position": 2}))
