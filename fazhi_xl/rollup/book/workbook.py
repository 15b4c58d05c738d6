"""The ranking workbook of a roll-up: the answer first, then what it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from fazhi_xl.reports.media.titles import sheet_name
from fazhi_xl.reports.media.workbook import ReportBook, ReportSheet
from fazhi_xl.rollup.book.common import Sheets
from fazhi_xl.rollup.book.comparisons import aspect_sheets, kinds_sheet, losses_sheet
from fazhi_xl.rollup.book.districts import left_out_sheet, ranking_sheets
from fazhi_xl.rollup.book.front import front_sheet

BOOK = "汇总排名.xlsx"


def roll_up_book(sheets: Sheets, units: ReportSheet | None) -> ReportBook:
    """Make the sheets; `units` lists the units, or the workbooks that do, where there are any."""
    return ReportBook(
        title=sheets.title(sheets.state),
        sheets=tuple(_sheets(sheets, units)),
        footer=footer(sheets),
        decimals=sheets.result.places,
    )


def footer(sheets: Sheets) -> str:
    """Say on each printed page what it is of."""
    return f"{sheets.result.mark}{sheets.state} {sheets.result.generated:%Y-%m-%d %H:%M}"


def _sheets(sheets: Sheets, units: ReportSheet | None) -> Iterator[ReportSheet]:
    yield front_sheet(sheets)
    if sheets.result.ranked:
        yield from _compared(sheets)
    if units:
        yield units
    yield left_out_sheet(sheets)


def _compared(sheets: Sheets) -> Iterator[ReportSheet]:
    """Give the sheets on the districts that are ranked."""
    yield from ranking_sheets(sheets)
    yield from (_named(each) for each in aspect_sheets(sheets))
    yield kinds_sheet(sheets)
    if sheets.result.notice is None or sheets.result.notice.items:
        yield losses_sheet(sheets)


def _named(sheet: ReportSheet) -> ReportSheet:
    """Give a sheet that the notice's words name a name that Excel takes."""
    return replace(sheet, name=sheet_name(sheet.name))
