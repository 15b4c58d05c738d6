"""A workbook of tables as values: sheets, the heads of their columns, and their rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum, auto

Value = str | int | Decimal | date | None
"""What a cell holds."""


def link_to(sheet: str, cell: str = "") -> str:
    """Give the link to a cell, or to the first one of a sheet; people call sheets as they like."""
    return "#'{}'!{}".format(sheet.replace("'", "''"), cell or "A1")


class Use(Enum):
    """What a column is for."""

    ENTERED = auto()
    COMPUTED = auto()  # written by the program anew each time
    HIDDEN = auto()  # for the program


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A column: its unique title, its width in characters, and what its cells take.

    A cell is chosen from `options`, or from the cells of other tables' columns (`over`: sheet and title). `text` keeps what looks
    like a number as it is typed.
    """

    title: str
    width: float = 12
    use: Use = Use.ENTERED
    hint: str = ""
    options: tuple[str, ...] = ()
    over: tuple[tuple[str, str], ...] = ()
    text: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row: what tells it apart from the others, wherever it has been moved, its cells by title, and links by title.

    `at` is the row where it stands already, in a table that is amended.
    """

    key: str
    cells: Mapping[str, Value]
    links: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # of single cells, where they are not the column's
    at: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet with one table. `key` is the table's own name in the workbook, which it keeps when the sheet is renamed.

    `mark` is the title of the hidden column that holds the rows' keys; `told_by` gives what of a key tells a row apart.
    """

    name: str
    key: str
    says: str
    heads: tuple[Head, ...]
    lines: tuple[Line, ...] = ()
    mark: str = ""
    told_by: Callable[[str], str] = str
    tab: str = ""  # the colour of its tab, by role of the theme
    fixed: int = 0  # columns at the left that stay in sight
    hidden: bool = False
    spare: bool = False  # a workbook without it is whole


class Wrong(Enum):
    """What can be wrong with a workbook before its cells are understood."""

    NO_SHEET = auto()
    NO_COLUMN = auto()
    TWICE = auto()  # two columns with one title
    ERROR = auto()  # #REF! and the like
    UNCALCULATED = auto()  # a formula without a value
    ACROSS = auto()  # cells merged over several columns
    TOO_MANY = auto()
    COPY = auto()  # of a sheet that is there as well: it is not read


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong, and where: the sheet as it is called now, the cell, the title of a column, what stands there."""

    what: Wrong
    sheet: str
    cell: str = ""
    title: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLine:
    """A row as it was read: its number on the sheet, the key in its hidden cell, and its cells and their links by title."""

    at: int
    key: str
    cells: Mapping[str, Value]
    links: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSheet:
    """A table as it was read: what its sheet is called now, the row of its heads, the letters of its columns, and its rows."""

    name: str
    head_row: int
    letters: Mapping[str, str]
    lines: tuple[ReadLine, ...]

    def cell(self, title: str, at: int) -> str:
        """Name a cell, `C7`; the row's first one where the column is not there, and the head without a row."""
        return f"{self.letters.get(title, 'A')}{at or self.head_row}"
