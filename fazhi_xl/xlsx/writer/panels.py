"""Draws a page of panels: cells over columns of a grid, bars, a strip of points, and the figures beside the printed area."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from xlsxwriter.format import Format

from fazhi_xl.points import Hundredths
from fazhi_xl.reports.media.panel import (
    PADDING,
    STEP,
    Figures,
    Look,
    PageSheet,
    PanelBlock,
    Series,
    Span,
    Strip,
    heights,
)
from fazhi_xl.reports.media.workbook import Cell, Column, Formula, Link, Marked
from fazhi_xl.text.measure import pixels
from fazhi_xl.xlsx.writer.book import BookWriter, foot, screen_scale, sure
from fazhi_xl.xlsx.writer.drawn import DrawnSheet
from fazhi_xl.xlsx.writer.layout import Spot, addressed
from fazhi_xl.xlsx.writer.styles import STYLES, font, padded

_ABSENT = "—"
_BESIDE = 60  # pixels of a column beside the printed area
_POINT = 96 / 72  # pixels


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """A page being drawn, and the positions of all tables of the report."""

    book: BookWriter
    drawn: DrawnSheet
    sheet: PageSheet
    tables: Mapping[str, Spot]


def draw_page(book: BookWriter, sheet: PageSheet, footer: str, tables: Mapping[str, Spot]) -> DrawnSheet:
    """Add a page to a workbook; what stands beside its grid is not printed."""
    drawn = book.sheet(sheet.name, tab=sheet.tab, landscape=not sheet.portrait)
    page = _Page(book=book, drawn=drawn, sheet=sheet, tables=tables)
    for no, width in enumerate(sheet.grid):
        drawn.set_column_pixels(no, no, width)
    rows = list(heights(sheet.bands))
    for no, tall in enumerate(rows):
        sure(drawn.set_row(no, tall))
    for block, at in _placed(sheet):
        _draw(page, block, at)
    for figures in sheet.beside:
        _beside(page, figures)
    _printed(page, len(rows), footer)
    return drawn


def _printed(page: _Page, rows: int, footer: str) -> None:
    """Fit the grid on one page, and show its whole width on a screen."""
    drawn, (sides, top, bottom) = page.drawn, page.sheet.margins
    drawn.set_zoom(screen_scale((width - 5) / 7 for width in page.sheet.grid))
    drawn.set_margins(left=sides, right=sides, top=top, bottom=bottom)
    drawn.set_footer(foot(footer, page.sheet.name), {"margin": 0.25})
    drawn.fit_to_pages(1, 1)
    sure(drawn.print_area(0, 0, rows - 1, len(page.sheet.grid) - 1))


def _placed(sheet: PageSheet) -> Iterator[tuple[PanelBlock, int]]:
    """Give each block with the row that it begins in."""
    top = 0
    for band in sheet.bands:
        for stack in band:
            at = top
            for block in stack:
                yield block, at
                at += len(block.heights)
        top += len(list(heights([band])))


def _draw(page: _Page, block: PanelBlock, at: int) -> None:
    if isinstance(block, Strip):
        _strip(page, block, at)
        return
    for span in block.cells:
        _span(page, span, at)


# Cells ---------------------------------------------------------------------------------------------------------------


def _span(page: _Page, span: Span, at: int) -> None:
    style = _style(page.book, span)
    end = at + span.down, span.last
    if end != (at, span.first):
        sure(page.drawn.merge_range(at, span.first, *end, "", style))
    _write(page, (at, span.first), span.value, style, hundredths="." in span.number)
    _behind(page, span, at)


def _style(book: BookWriter, span: Span) -> Format:
    if not span.number:
        return book.style(span.style)
    right = STYLES[span.style].align == "right"
    return book.style(span.style, num_format=padded(span.number) if right else span.number)


def _write(page: _Page, at: tuple[int, int], value: Cell, style: Format, *, hundredths: bool, table: str = "") -> None:
    match value:
        case Link():
            sure(page.drawn.write_url(*at, _target(value), style, value.text))
        case Formula():
            text = addressed(value.text, page.tables, table, at[0])
            page.drawn.put_formula(*at, text, style, _plain(value.value, hundredths=hundredths))
        case Marked():
            page.drawn.put(*at, value.text, style)
        case _:
            page.drawn.put(*at, _plain(value, hundredths=hundredths), style)


def _plain(value: str | Hundredths | None, *, hundredths: bool = False) -> str | float:
    """Give what a client shows: points of hundredths, and a dash for nothing."""
    if value is None or isinstance(value, str):
        return _ABSENT if value is None else value
    return float(value / 100) if hundredths else float(value)


def _target(link: Link) -> str:
    place = f"'{link.sheet}'!{link.cell}" if link.sheet else ""
    return f"external:{link.file}" + (f"#{place}" if place else "") if link.file else f"internal:{place}"


def _behind(page: _Page, span: Span, at: int) -> None:
    """Draw the bar or the shade of a figure; both begin at 0 and end where all of their kind do."""
    colours, cells = page.book.theme.colours, (at, span.first, at + span.down, span.first)
    if span.bar:
        colour = colours["bar" if span.bar.only else "bar_weak"]
        sure(page.drawn.conditional_format(*cells, _bar(colour, span.bar.end, only=span.bar.only)))
    if span.shade:
        ends = {"min_type": "num", "min_value": 0, "max_type": "num", "max_value": span.shade}
        tint = {"type": "2_color_scale", "min_color": colours["paper"], "max_color": colours["heat_low"], **ends}
        sure(page.drawn.conditional_format(*cells, tint))


def _bar(colour: str, end: float, *, only: bool) -> dict[str, object]:
    """Describe a bar that Excel 2010, WPS and LibreOffice draw alike."""
    ends = {"min_type": "num", "min_value": 0, "max_type": "num", "max_value": end}
    look = {"bar_solid": True, "bar_no_border": True, "bar_color": colour, "bar_only": only}
    return {"type": "data_bar", "data_bar_2010": True, **look, **ends}


def _beside(page: _Page, figures: Figures) -> None:
    """Write a table right of the printed area; it is not hidden, for charts leave out what is."""
    table = figures.table
    text, number = page.book.style("beside"), page.book.style("beside_figure")
    for no, column in enumerate(table.columns):
        texts = [column.title, *(value for row in table.rows if isinstance(value := row[no], str))]
        page.drawn.set_column_pixels(table.at + no, table.at + no, max(_BESIDE, *map(_wide, texts)))
        page.drawn.put(0, table.at + no, column.title, text)
        for row, values in enumerate(table.rows, 1):
            style = text if _is_text(column) else number
            _write(page, (row, table.at + no), values[no], style, hundredths=column.style == "figure", table=table.name)


def _wide(text: str) -> int:
    """Give the pixels of a column in which a text stands beside the page."""
    return round(pixels(text, STYLES["beside"].size)) + PADDING + STEP * 2


def _is_text(column: Column) -> bool:
    return column.style not in {"figure", "whole"}


# Points --------------------------------------------------------------------------------------------------------------


def _strip(page: _Page, strip: Strip, at: int) -> None:
    """Draw points along an axis; names stand in cells beside them, for clients break those of a chart differently."""
    chart = page.book.raw.add_chart({"type": "scatter"})
    for series in strip.series:
        chart.add_series(_series(page, series))
    ink, line = page.book.theme.colours["ink"], page.book.theme.colours["line"]
    chart.set_legend({"none": True})
    chart.set_x_axis(
        {
            "min": strip.low,
            "max": strip.high,
            "major_unit": strip.step,
            "num_font": {"name": font("figure", page.book.theme)["font_name"], "size": 11, "color": ink},
            "line": {"color": page.book.theme.colours["muted"]},
            "major_tick_mark": "none",
            "major_gridlines": {"visible": True, "line": {"color": line, "width": 0.75}},
        }
    )
    chart.set_y_axis({"min": 0.5, "max": strip.levels + 0.5, "visible": False, "major_gridlines": {"visible": False}})
    chart.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
    axis = 1 - 1 / strip.rows
    chart.set_plotarea({"layout": {"x": 0.01, "y": 0.01, "width": 0.98, "height": axis - 0.02}})
    width = sum(page.sheet.grid[strip.first : strip.last + 1])
    chart.set_size({"width": width, "height": round(sum(strip.heights) * _POINT)})
    sure(page.drawn.insert_chart(at, strip.first, chart, {"object_position": 2, "description": strip.said}))


def _series(page: _Page, series: Series) -> dict[str, object]:
    spot, colours = page.tables[series.table], page.book.theme.colours
    across, up = (
        [spot.sheet, spot.first, spot.columns[name], spot.last, spot.columns[name]]
        for name in (series.across, series.up)
    )
    dot = {"type": "circle", "size": 8, "fill": {"color": colours["bar"]}, "border": {"color": colours["paper"]}}
    diamond = {
        "type": "diamond",
        "size": 11,
        "fill": {"color": colours["state"]},
        "border": {"color": colours["state"]},
    }
    looks: dict[Look, dict[str, object]] = {
        Look.UNIT: {"line": {"none": True}, "marker": dot},
        Look.MEAN: {"line": {"none": True}, "marker": diamond},
        Look.BOUND: {"line": {"color": colours["title"], "width": 1.25}, "marker": {"type": "none"}},
        Look.OVERALL: {
            "line": {"color": colours["state"], "width": 1.25, "dash_type": "dash"},
            "marker": {"type": "none"},
        },
    }
    return {"name": series.name, "categories": across, "values": up, **looks[series.look]}
