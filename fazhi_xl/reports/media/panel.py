"""What a page that is read at a glance is made of, as values: cells over columns of a grid, in bands one below the other.

A `PageSheet` has a grid of columns in pixels. Its bands stand one below the other, the stacks of a band side by side, and the blocks of
a stack one below the other: lines of cells, or a strip of points. Tiles, headings, tables and steps are made of lines. Figures that
formulas and charts take stand beside the printed area.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from fazhi_xl.reports.media.workbook import Cell, Formula, Link, ReportSheet, Table
from fazhi_xl.text.measure import pixels
from fazhi_xl.text.one_line import cut

PADDING, STEP = 6, 9  # pixels that a client keeps off the borders, and of one step of indent
_LEADING = 1.3  # of a wrapped text's lines, with the fonts that stand in for the theme's


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A bar behind a figure, from 0 to `end`, in the figure's measure; an `only` bar stands without the figure."""

    end: float
    only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A cell over the columns `first` to `last` of the grid, counted from 0, and over `down` more rows.

    Numbers in a `number` format with a point are hundredths. `shade` tints a figure, white at 0 and darkest there.
    """

    value: Cell
    first: int
    last: int
    style: str = "panel_text"
    number: str = ""
    bar: Bar | None = None
    shade: int = 0
    down: int = 0

    @property
    def shown(self) -> str:
        """What the cell says, as text; the figure of a formula as it is held."""
        held = self.value.value if isinstance(self.value, Formula) else self.value
        return held.text if isinstance(held, Link) else "—" if held is None else str(held)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row of cells, `height` points tall."""

    cells: tuple[Span, ...] = ()
    height: float = 18.5

    @property
    def heights(self) -> tuple[float, ...]:
        return (self.height,)


class Look(Enum):
    """How a series of points is drawn."""

    UNIT = "unit"  # a dot for each
    MEAN = "mean"  # a diamond for each
    BOUND = "bound"  # a line
    OVERALL = "overall"  # a broken line


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Points by two columns of a named table."""

    name: str
    table: str
    look: Look
    across: str = "横"
    up: str = "纵"


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """Points along an axis, in rows one below the other, over columns of the grid; `said` describes it to who cannot see it."""

    said: str
    series: tuple[Series, ...]
    first: int
    last: int
    rows: int
    height: float
    low: float
    high: float
    step: float
    levels: int

    @property
    def heights(self) -> tuple[float, ...]:
        return (self.height,) * self.rows


PanelBlock = Line | Strip
Stack = tuple[PanelBlock, ...]
Band = tuple[Stack, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """A table beside the printed area; `slices` name some of its rows, by the first, from 0, and their number."""

    table: Table
    slices: Mapping[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSheet(ReportSheet):
    """A sheet of one page; `margins` are inches on the left and right, at the top, and at the foot."""

    grid: tuple[int, ...]
    bands: tuple[Band, ...]
    beside: tuple[Figures, ...] = ()
    margins: tuple[float, float, float] = (0.42, 0.38, 0.5)

    @property
    def lines(self) -> Iterator[Line]:
        for band in self.bands:
            for stack in band:
                yield from (block for block in stack if isinstance(block, Line))

    @property
    def texts(self) -> Iterator[str]:
        """Give what its cells say."""
        yield from (cell.shown for line in self.lines for cell in line.cells)


def heights(bands: Iterable[Band]) -> Iterator[float]:
    """Give the height of every row of a page, in points: of blocks side by side the tallest."""
    for band in bands:
        stacks = [[tall for block in stack for tall in block.heights] for stack in band]
        for no in range(max(map(len, stacks), default=0)):
            yield max(stack[no] for stack in stacks if no < len(stack))


# Texts that fit -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Room:
    """The width of a text's cell, in pixels, and the size of its font, in points."""

    width: float
    size: float = 11

    def fits(self, text: str) -> bool:
        return pixels(text, self.size) <= self.width

    def beside(self, text: str) -> Room:
        """Give what is left beside a text in the same cell."""
        return Room(self.width - pixels(text, self.size), self.size)

    def cut(self, text: str) -> str:
        """Shorten a text of one line to what the cell shows, at a word's end where that is known; it stands whole elsewhere."""
        if self.fits(text):
            return text
        left = self.width - pixels("…", self.size)
        for no, char in enumerate(text):
            left -= pixels(char, self.size)
            if left < 0:
                return cut(text, no + 1)
        return text

    def lines(self, text: str) -> int:
        """Count the lines of a wrapped text, with some slack for other fonts."""
        return max(1, -int(-pixels(text, self.size) * 1.05 // self.width))

    def tall(self, text: str, least: float) -> float:
        """Give the height of a wrapped text's row, in points."""
        return max(least, round(self.lines(text) * self.size * _LEADING + 5, 1))

    def some(self, names: Sequence[str]) -> str:
        """Name as many as fit, and say how many they are."""
        for count in range(len(names), 0, -1):
            more = "" if count == len(names) else f"等{len(names)}家"
            if self.fits(said := "、".join(names[:count]) + more):
                return said
        return f"{len(names)}家" if len(names) > 1 else self.cut("".join(names))


def room(grid: Sequence[int], first: int, last: int, *, size: float = 11, indent: int = 1) -> Room:
    return Room(sum(grid[first : last + 1]) - PADDING - STEP * indent, size)


# What lines are made for ----------------------------------------------------------------------------------------------


def gap(height: float = 6) -> Line:
    return Line(height=height)


def heading(text: str, first: int, last: int, *, note: str = "", middle: int = 0, height: float = 22) -> Line:
    """Put a heading over some columns; a note stands at its right end, from the column after `middle`."""
    if not note:
        return Line(cells=(Span(value=text, first=first, last=last, style="panel"),), height=height)
    left = Span(value=text, first=first, last=middle, style="panel")
    return Line(cells=(left, Span(value=note, first=middle + 1, last=last, style="panel_note")), height=height)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A figure with its name above and a note below it; without a number format it is a word."""

    label: str
    value: Cell
    note: Cell
    first: int
    last: int
    number: str = ""
    apart: bool = False  # a hairline on its left


def tiles(every: Sequence[Tile]) -> Stack:
    """Put tiles side by side."""

    def cell(tile: Tile, value: Cell, style: str, number: str = "") -> Span:
        name = f"{style}_apart" if tile.apart else style
        return Span(value=value, first=tile.first, last=tile.last, style=name, number=number)

    figures = (cell(each, each.value, "tile_figure" if each.number else "tile_word", each.number) for each in every)
    return (
        Line(cells=tuple(cell(each, each.label, "tile_label") for each in every), height=18),
        Line(cells=tuple(figures), height=31),
        Line(cells=tuple(cell(each, each.note, "tile_note") for each in every), height=18),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelColumn:
    """A column of a table over columns of the grid. `head`, `style` and `total` are named styles; no `total` is a blank one."""

    title: str
    first: int
    last: int
    style: str = "panel_text"
    head: str = "panel_head"
    total: str = "panel_total"
    number: str = ""
    bar: Bar | None = None


def row(columns: Sequence[PanelColumn], values: Sequence[Cell], height: float, *, total: bool = False) -> Line:
    """Make one row of a table."""
    return Line(
        cells=tuple(
            Span(
                value=value,
                first=column.first,
                last=column.last,
                style=column.total if total else column.style,
                number="" if value is None or isinstance(value, str) else column.number,
                bar=None if total else column.bar,
            )
            for column, value in zip(columns, values, strict=True)
        ),
        height=height,
    )


def head(columns: Sequence[PanelColumn], height: float) -> Line:
    """Make a table's head."""
    cells = (Span(value=each.title, first=each.first, last=each.last, style=each.head) for each in columns)
    return Line(cells=tuple(cells), height=height)


def table(
    columns: Sequence[PanelColumn], rows: Iterable[Sequence[Cell]], *, height: float, total: Sequence[Cell] = ()
) -> Stack:
    """Place a table on some of a page's columns."""
    last = (row(columns, total, height, total=True),) if total else ()
    return (head(columns, height), *(row(columns, values, height) for values in rows), *last)


def said(text: Cell, first: int, last: int, *, style: str = "panel_said", height: float = 18.5) -> Line:
    """Put a sentence over some columns."""
    return Line(cells=(Span(value=text, first=first, last=last, style=style),), height=height)
