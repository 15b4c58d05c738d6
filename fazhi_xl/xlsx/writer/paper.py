"""The paper that a report's sheet is printed on: as large as it takes for its smallest text to stay legible."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from fazhi_xl.reports.media.workbook import ReportSheet, Table
from fazhi_xl.xlsx.writer.book import A3
from fazhi_xl.xlsx.writer.styles import STYLES

_LEAST = 8.0  # points that the smallest text has in print
_NOTE = 10.5  # points of the lines under a title
_INCH = 25.4  # millimetres
_BESIDE, _ABOVE = 2 * 0.45, 0.45 + 0.6  # inches of the margins
_HEADED = 0.75  # inches above a page that has a header
_A4_SIDES, _A3_SIDES = (210.0, 297.0), (297.0, 420.0)


def fit(drawn: Worksheet, sheet: ReportSheet, wide: float, tall: float) -> None:
    """Fit a sheet, so many pixels wide and so many points tall, on pages; what is too wide for A4 prints on A3, on as many as it takes."""
    least = _LEAST / min((_NOTE, *(STYLES[style].size for style in _styles(sheet))))
    across = _room(_A4_SIDES, sheet)[0]
    if sheet.bare:
        drawn.set_margins(left=0.45, right=0.45, top=_HEADED, bottom=0.6)
    if sheet.one_page:
        drawn.fit_to_pages(1, 1)
    elif wide * least > across:
        drawn.set_paper(A3)
        drawn.fit_to_pages(max(1, -int(-wide * least // _room(_A3_SIDES, sheet)[0])), 0)
    elif sheet.compact and tall * least <= _room(_A4_SIDES, sheet)[1]:
        drawn.fit_to_pages(1, 1)


def _styles(sheet: ReportSheet) -> set[str]:
    tables = (block for block in sheet.blocks if isinstance(block, Table))
    return {column.style for table in tables for column in table.columns if not column.hidden}


def _room(sides: tuple[float, float], sheet: ReportSheet) -> tuple[float, float]:
    """Give the pixels across and the points down that a page has inside of its margins."""
    across, down = sides if sheet.portrait else sides[::-1]
    return (across / _INCH - _BESIDE) * 96, (down / _INCH - _ABOVE) * 72
