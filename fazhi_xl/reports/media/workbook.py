"""A report workbook as values: sheets of titles, sentences, tables. How they look is for `xlsx` to say."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from fazhi_xl.points import Hundredths


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A text that leads to a cell of a sheet: of the same workbook, or of a file, by its path from this workbook."""

    text: str
    sheet: str = ""
    cell: str = "A1"
    file: str = ""


_UNLINKED = frozenset("'#[]?*:/\\")


def cell_link(text: str, file: str, sheet: str, cell: str) -> Link | str:
    """Lead to a cell of a file; the text alone where there is no file, or the sheet has a name to which no link can lead."""
    return Link(text=text, file=file, sheet=sheet, cell=cell) if file and _UNLINKED.isdisjoint(sheet) else text


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """A formula and what it comes to (points in hundredths, as in any cell of its column).

    It refers to named tables by their columns' titles, or keys: `数据[计分]` is that column's rows, `[@计分]` its cell in the formula's
    own row.
    """

    text: str
    value: str | Hundredths | None
    full: Hundredths | None = None  # a figure below it is marked, in the column of a matrix


class Stroke(Enum):
    """How a piece of a text is marked: as gone, which is struck out, or as new, which is underlined; both stand in 【】."""

    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a text."""

    text: str
    stroke: Stroke | None = None

    @property
    def written(self) -> str:
        return f"【{self.text}】" if self.stroke else self.text


@dataclass(frozen=True, slots=True)
class Marked:
    """A text of which some words are marked; no piece is blank."""

    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The text as it is written, with its brackets."""
        return "".join(each.written for each in self.pieces)


Cell = str | Hundredths | Link | Formula | Marked | None  # None is written as —; a column of points holds hundredths


def pixels(wide: int) -> float:
    """Give the width of a column so many pixels wide, in digits of the book's own font."""
    return round((wide - 5) / 7, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table.

    `style` names how its cells look: text, small, centre; whole, count, rank; of what is given in hundredths figure, strong, quiet (0
    is none), score, lost and rate; input, which the office types; and reply, which a unit types: of a locked sheet the only open cells.
    `number` is a number format in place of the style's. What is below the first bound of `shades` is shaded, below the second more
    strongly, below the third most, all in hundredths. `bar` draws a bar behind the figures, of which this one would fill the cell.
    `parting` draws a line above a row that differs from the one before. `over` is a head over this column and its equal neighbours.
    `choices` are what may be chosen in an input; where a `prompt` stands beside it, anything else may be typed as well. A title that
    the catalogue words stands beside a `key`, by which formulas call the column. A `hidden` column is neither seen nor printed: only
    formulas, and this program, read it.
    """

    title: str
    width: float
    style: str = "text"
    number: str = ""
    shades: tuple[Hundredths, ...] = ()
    bar: Hundredths | None = None
    parting: bool = False
    over: str = ""
    choices: tuple[str, ...] = field(default=(), repr=False)
    prompt: str = field(default="", repr=False)
    key: str = field(default="", repr=False)  # a digest is made of what a book says, and this is not said
    hidden: bool = field(default=False, repr=False)

    @property
    def called(self) -> str:
        """What formulas call it."""
        return self.key or self.title


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table that begins at a column of the sheet, counted from 0; `total` is its last, bold row, `name` what formulas call it.

    `band` is a line within the table above its rows. One that is `headless` goes on with the columns of the table before it, and one
    that is `muted` is told in passing. Its rows are at least so many points `tall`.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] = ()
    title: str = ""
    name: str = ""
    at: int = 0
    beside: bool = False  # stands beside the block before it and not below
    band: str = ""
    headless: bool = False
    muted: bool = field(default=False, repr=False)
    tall: float = field(default=18.0, repr=False)
    native: bool = field(
        default=False, repr=False
    )  # one of the program's own tables, which other programs find by name


def literal(text: str) -> str:
    """Write a text within a formula."""
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


@dataclass(frozen=True, slots=True)
class Sentence:
    """A line across the sheet; a formula has to come to a text."""

    text: str | Formula
    style: str = "note"


Block = Table | Sentence


@dataclass(frozen=True, slots=True)
class Meta:
    """The line under a sheet's title: what state the figures are in, and on the right when and by what they were made."""

    state: str
    aside: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSheet:
    """`one_page` fits the sheet on one printed page, `compact` does so where it stays legible; `portrait` prints it upright.

    `filtered` puts a filter on its one table. `held` columns stay in sight and on every printed page. A `bare` sheet has no title:
    its table begins in the first cell, and the page's header says what it is. A `hidden` one is neither seen nor printed, and clients
    show it when they are asked to.
    """

    name: str
    title: str
    blocks: tuple[Block, ...]
    meta: Meta | None = field(default=None, repr=False)  # the book's footer says it already
    widths: tuple[float, ...] = ()  # of the sheet's columns; those of the first table where empty
    tab: str = "band"
    one_page: bool = False
    compact: bool = False
    portrait: bool = False
    filtered: bool = False
    held: int = 0
    bare: bool = False
    hidden: bool = False

    @property
    def empty(self) -> bool:
        """Say whether it has tables, and none of them has a row."""
        tables = [block for block in self.blocks if isinstance(block, Table)]
        return bool(tables) and not any(table.rows or table.total for table in tables)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportBook:
    title: str
    sheets: tuple[ReportSheet, ...]
    footer: str
    decimals: int = field(
        default=2, repr=False
    )  # of its points; the figures say it already, and a digest is made of what this says
