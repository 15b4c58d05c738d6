"""A report workbook as values: sheets of titles, sentences, tables and charts. How they look is for `xlsx` to say."""

from __future__ import annotations

from dataclasses import dataclass, field

from fazhi_xl.points import Hundredths


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A text that leads to a cell of a sheet: of the same workbook, or of a file, by its path from this workbook."""

    text: str
    sheet: str = ""
    cell: str = "A1"
    file: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """A formula and what it comes to (points in hundredths, as in any cell of its column).

    It refers to named tables by their columns' titles, or keys: `数据[计分]` is that column's rows, `[@计分]` its cell in the formula's
    own row.
    """

    text: str
    value: str | Hundredths | None


Cell = str | Hundredths | Link | Formula | None  # None is written as —; a column of points holds hundredths


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """`style`: text, centre, whole, figure (points, in hundredths) or input (the office types).

    `number` is a number format in place of the style's, `scaled` shades low to high, `full` marks figures below it (in hundredths).
    `choices` are what the office may choose in an input. A title that the catalogue words stands beside a `key`, by which formulas
    call the column. A `hidden` column is neither seen nor printed: only formulas read it.
    """

    title: str
    width: float
    style: str = "text"
    number: str = ""
    scaled: bool = False
    full: Hundredths | None = None
    choices: tuple[str, ...] = field(default=(), repr=False)
    key: str = field(default="", repr=False)  # a digest is made of what a book says, and this is not said
    hidden: bool = field(default=False, repr=False)

    @property
    def called(self) -> str:
        """What formulas call it."""
        return self.key or self.title


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table that begins at a column of the sheet, counted from 0; `total` is its last, bold row, `name` what formulas call it."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] = ()
    title: str = ""
    name: str = ""
    at: int = 0
    beside: bool = False  # stands beside the block before it and not below
    native: bool = field(
        default=False, repr=False
    )  # one of the program's own tables, which other programs find by name


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Bars of one column of a named table, called by another; `maximum` ends the axis."""

    title: str
    table: str
    names: str
    values: str
    at: int
    rows: int = 14
    width: int = 620
    maximum: int | None = 100


def literal(text: str) -> str:
    """Write a text within a formula."""
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


@dataclass(frozen=True, slots=True)
class Sentence:
    """A line across the sheet; a formula has to come to a text."""

    text: str | Formula
    style: str = "note"


Block = Table | Chart | Sentence


@dataclass(frozen=True, slots=True)
class Meta:
    """The line under a sheet's title: what state the figures are in, and on the right when and by what they were made."""

    state: str
    aside: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSheet:
    """`one_page` fits the sheet on one printed page, `portrait` prints it upright; `filtered` puts a filter on its one table.

    `held` columns stay in sight and on every printed page. A `broad` sheet prints on A3, two pages wide.
    """

    name: str
    title: str
    blocks: tuple[Block, ...]
    meta: Meta | None = field(default=None, repr=False)  # the book's footer says it already
    widths: tuple[float, ...] = ()  # of the sheet's columns; those of the first table where empty
    tab: str = "band"
    one_page: bool = False
    portrait: bool = False
    filtered: bool = False
    held: int = 0
    broad: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportBook:
    title: str
    sheets: tuple[ReportSheet, ...]
    footer: str
    decimals: int = field(
        default=2, repr=False
    )  # of its points; the figures say it already, and a digest is made of what this says
