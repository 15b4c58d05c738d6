"""Writes a report workbook: titles, sentences, tables, one below the other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from xlsxwriter.format import Format

from fazhi_xl.notice.theme import Theme
from fazhi_xl.reports.media.panel import PageSheet
from fazhi_xl.reports.media.workbook import Block, Formula, Meta, ReportBook, ReportSheet, Sentence, Table
from fazhi_xl.text.measure import fitting, pixels
from fazhi_xl.xlsx.writer.book import BookWriter, apart, foot, strictly
from fazhi_xl.xlsx.writer.drawn import DrawnSheet
from fazhi_xl.xlsx.writer.layout import Spot, placed, spots
from fazhi_xl.xlsx.writer.page import INSET, Page, columns_of
from fazhi_xl.xlsx.writer.panels import draw_page
from fazhi_xl.xlsx.writer.paper import fit
from fazhi_xl.xlsx.writer.styles import STATE, STYLES, edges
from fazhi_xl.xlsx.writer.tables import draw_table


class _Formats:
    """The formats of the reports drawn last, for those with the same theme and decimals."""

    theme: Theme | None = None
    known: ClassVar[dict[int, dict[object, Format]]] = {}

    @classmethod
    def of(cls, theme: Theme, decimals: int) -> dict[object, Format]:
        if theme != cls.theme:
            cls.theme, cls.known = theme, {}
        return cls.known.setdefault(decimals, {})


def report_bytes(report: ReportBook, theme: Theme) -> bytes:
    """Draw the report. The same report gives the same bytes."""
    with strictly():
        known = _Formats.of(theme, report.decimals)
        book = BookWriter(theme, title=report.title, decimals=report.decimals, known=known)
        tables = spots(report)
        for sheet in report.sheets:
            draw_sheet(book, sheet, report.footer, tables)
        return book.close()


def draw_sheet(
    book: BookWriter, sheet: ReportSheet, footer: str, tables: Mapping[str, Spot] | None = None
) -> DrawnSheet:
    """Add one sheet of a report to a workbook."""
    if isinstance(sheet, PageSheet):
        return draw_page(book, sheet, footer, tables or {})
    widths = sheet.widths or tuple(column.width for column in columns_of(sheet))
    drawn = book.sheet(sheet.name, tab=sheet.tab, landscape=not sheet.portrait)
    page = Page(book=book, drawn=drawn, sheet=sheet, widths=widths, tables=tables or {})
    for no, width in enumerate(widths):
        page.drawn.set_column(no, no, width, None, {"hidden": True} if page.is_hidden(no) else {})
    drawn.set_zoom(page.scale)
    if not sheet.bare:
        _title(page)
    if sheet.meta and not sheet.bare:
        _meta(page, sheet.meta)
    for block, row in placed(sheet):
        _draw_block(page, block, row)
    drawn.set_footer(foot(footer, sheet.name, upright=sheet.portrait), {"scale_with_doc": False})
    if sheet.bare:
        drawn.set_header(f"&C&11{apart(sheet.title)}", {"scale_with_doc": False})
    if sheet.hidden:
        drawn.hide()
    fit(drawn, sheet, sum(page.pixels), sum(page.heights.values()))
    return page.drawn


def _title(page: Page) -> None:
    """Write the title in letters that fit, or in two lines where it is too long for small ones."""
    room, text = page.line_room, page.sheet.title
    size = next((each for each in _SIZES if pixels(text, each) <= room), _SIZES[-1])
    name = "title" if page.span == len(page.widths) - 1 else "heading"
    _wide(page, 0, Sentence(text, name), max(32.0, fitting(text, room, size)), font_size=size, text_wrap=True)


_SIZES = (18, 16, 14)  # of a title


def _draw_block(page: Page, block: Block, row: int) -> None:
    match block:
        case Sentence():
            text = block.text.value if isinstance(block.text, Formula) else block.text
            _wide(page, row, block, max(_LINE, fitting(str(text), page.line_room, STYLES[block.style].size)))
        case Table():
            draw_table(page, block, row)


def _wide(page: Page, row: int, sentence: Sentence, tall: float, **more: object) -> None:
    """Write a line across the sheet, as far as a screen shows it."""
    page.set_height(row, tall)
    page.across(row, (0, page.span), sentence.text, page.book.style(sentence.style, **more))


def _meta(page: Page, meta: Meta) -> None:
    """Write the line under the title, whose lower rule runs over the whole sheet: the state on the left, the rest on the right."""
    line = edges(page.book.theme, bottom=STATE)
    left, right = (page.book.style(name, **line) for name in ("meta", "meta_right"))
    page.set_height(1, 19)
    for no in range(len(page.widths)):
        page.drawn.put(1, no, None, left)
    middle, last = _middle(page, meta), page.span
    if middle is None:
        text = "   ".join(filter(None, (meta.state, meta.aside)))
        page.set_height(1, max(19.0, fitting(text, page.line_room, STYLES["meta"].size)))
        page.across(1, (0, last), text, page.book.style("meta", text_wrap=True, **line))
        return
    page.across(1, (0, middle), meta.state, left)
    page.across(1, (middle + 1, last), meta.aside, right)


def _middle(page: Page, meta: Meta) -> int | None:
    """Give the last of the columns that the state takes, where both it and what stands on the right have room."""
    wide, last = page.pixels, page.span
    needed = pixels(meta.state, STYLES["meta"].size), pixels(meta.aside, STYLES["meta_right"].size)
    fits = (
        no
        for no in range(last)
        if sum(wide[: no + 1]) >= needed[0] + INSET and sum(wide[no + 1 : last + 1]) >= needed[1] + INSET
    )
    return next(fits, None)


_LINE = 18.0  # points of a row with one line of text
