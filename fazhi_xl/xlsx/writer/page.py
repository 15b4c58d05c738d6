"""A report's sheet being written: its columns and rows, and what is written into them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import accumulate

from xlsxwriter.format import Format

from fazhi_xl.points import Hundredths
from fazhi_xl.reports.media.workbook import Column, Formula, ReportSheet, Table
from fazhi_xl.xlsx.writer.book import SCREEN, BookWriter, pixels_of, screen_scale, sure
from fazhi_xl.xlsx.writer.drawn import DrawnSheet
from fazhi_xl.xlsx.writer.layout import Spot, addressed
from fazhi_xl.xlsx.writer.styles import STYLES

ABSENT = "—"
INSET = 15.0  # pixels that a text keeps off the cell's borders
_BROADEST = 1_780.0  # pixels of columns that are legible on one page, of A3
TEXT_LIMIT, LINK_LIMIT, _TALLEST = (
    32_767,
    65_530,
    409.0,
)  # Excel's own: characters of a cell, links of a sheet, points of a row


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A sheet being written, and the positions of all tables of the report; `heights` are those of its rows."""

    book: BookWriter
    drawn: DrawnSheet
    sheet: ReportSheet
    widths: tuple[float, ...]
    tables: Mapping[str, Spot]
    heights: dict[int, float] = field(default_factory=dict)
    looks: dict[tuple[object, ...], Format] = field(default_factory=dict)  # of the tables' cells

    @property
    def pixels(self) -> tuple[float, ...]:
        """Give the columns' widths in pixels; hidden ones have none."""
        return tuple(0.0 if self.is_hidden(no) else wide for no, wide in enumerate(pixels_of(self.widths)))

    @property
    def scale(self) -> int:
        """Give the scale, in per cent, that a screen shows the sheet at."""
        return screen_scale(width for no, width in enumerate(self.widths) if not self.is_hidden(no))

    @property
    def span(self) -> int:
        """Give the last of the columns that a line takes: all that a screen shows from the first on, and one page of several."""
        most = SCREEN * 100 / self.scale
        room = min(most, _BROADEST * 0.9) if sum(self.pixels) > _BROADEST else most
        return max((no for no, end in enumerate(accumulate(self.pixels)) if end <= room), default=0)

    @property
    def line_room(self) -> float:
        """Give the pixels that a line has."""
        return sum(self.pixels[: self.span + 1]) - INSET

    def is_hidden(self, no: int) -> bool:
        """Say whether a column is not seen: one of its first table's that only formulas read."""
        return not self.sheet.widths and columns_of(self.sheet)[no].hidden

    def room(self, no: int, style: str) -> float:
        """Give the pixels that a text of this style has in a column."""
        return self.widths[no] * 7 + 5 - (INSET if STYLES[style].align == "left" else INSET / 2)

    def set_height(self, row: int, tall: float) -> None:
        """Make a row so high; of tables beside each other the one that needs most says it."""
        self.heights[row] = min(max(tall, self.heights.get(row, 0.0)), _TALLEST)
        sure(self.drawn.set_row(row, self.heights[row]))

    def across(self, row: int, columns: tuple[int, int], text: str | Formula, style: Format) -> None:
        """Write a text over columns, merged into one cell where they are several."""
        first, last = columns
        if first < last:
            sure(self.drawn.merge_range(row, first, row, last, "", style))
        if isinstance(text, Formula):
            self.formula((row, first), text, style)
        else:
            self.drawn.put(row, first, text, style)

    def formula(
        self,
        at: tuple[int, int],
        formula: Formula,
        style: Format,
        *,
        table: Table | None = None,
        kind: Column | None = None,
    ) -> None:
        """Write a formula with what it comes to; it may stand in a table's row, and in a column of points."""
        text = addressed(formula.text, self.tables, table.name if table else "", at[0])
        value = figure(kind, formula.value) if isinstance(formula.value, int | Fraction) else formula.value
        self.drawn.put_formula(*at, text, style, ABSENT if value is None else value)


def columns_of(sheet: ReportSheet) -> tuple[Column, ...]:
    """Give the columns of a sheet's first table."""
    return next((block.columns for block in sheet.blocks if isinstance(block, Table)), ())


_POINTS = frozenset({"figure", "strong", "quiet", "score", "lost", "rate"})  # what is given in hundredths


def figure(kind: Column | None, value: Hundredths) -> float:
    """Give a number as its column shows it."""
    return float(value / 100) if kind and kind.style in _POINTS else int(value)
