"""A table on some sheet of a workbook that people keep: found by its titles, wherever they stand, and read as raw cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from fazhi_xl.answers.located import Found
from fazhi_xl.answers.normalise import clean
from fazhi_xl.answers.structure import column_number
from fazhi_xl.cells import CellKind
from fazhi_xl.form.model import column_letters
from fazhi_xl.xlsx.reader import RawBook

NOTHING = Found(sheet="", cell="", kind=CellKind.TEXT, text="", formula=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class TitledRow:
    """A row by its number on the sheet: its cells by title, and whether one of them is crossed out."""

    at: int
    cells: Mapping[str, Found]
    struck: bool = False

    def text(self, title: str) -> str:
        """Give what a cell says."""
        return clean(self.cells.get(title, NOTHING).text)


@dataclass(frozen=True, slots=True, kw_only=True)
class TitledTable:
    """A table: its sheet's name now, the row of its titles, its columns from 1 by title, its rows, and how its days count."""

    sheet: str
    head: int
    columns: Mapping[str, int] = field(default_factory=dict)
    rows: tuple[TitledRow, ...] = ()
    date1904: bool = False

    def cell(self, title: str, at: int) -> str:
        """Name a cell, `C7`."""
        return f"{column_letters(self.columns[title])}{at}"


def titled_tables(book: RawBook, wanted: Iterable[str], titles: Iterable[str]) -> tuple[TitledTable, ...]:
    """Give the first table of each sheet on which all that is `wanted` stands in one row; of its columns those of the `titles`."""
    grid: defaultdict[str, defaultdict[int, dict[int, Found]]] = defaultdict(lambda: defaultdict(dict))
    for cell in book.cells:
        found = Found(sheet=cell.sheet, cell="", kind=cell.kind, text=cell.text, formula=cell.formula)
        grid[cell.sheet][cell.row][cell.column] = found
    needed, named = frozenset(wanted), tuple(titles)
    return tuple(table for sheet, rows in grid.items() if (table := _table(book, sheet, rows, needed, named)))


def _table(
    book: RawBook, sheet: str, rows: Mapping[int, Mapping[int, Found]], needed: frozenset[str], named: Iterable[str]
) -> TitledTable | None:
    for head, cells in rows.items():
        found = {
            clean(each.text): column for column, each in reversed([*cells.items()])
        }  # of two with one title the left one
        if needed <= found.keys():
            columns = {title: found[title] for title in named if title in found}
            below = {at: own for at, own in rows.items() if at > head}
            made = tuple(_rows(book, sheet, columns, _merged(book, sheet, below)))
            return TitledTable(sheet=sheet, head=head, columns=columns, rows=made, date1904=book.date1904)
    return None


def _rows(
    book: RawBook, sheet: str, columns: Mapping[str, int], rows: Mapping[int, Mapping[int, Found]]
) -> Iterator[TitledRow]:
    for at, own in sorted(rows.items()):
        cells = {title: own.get(column, NOTHING) for title, column in columns.items()}
        struck = any((sheet, at, column) in book.struck for column in columns.values())
        yield TitledRow(at=at, cells=cells, struck=struck)


def _merged(book: RawBook, sheet: str, rows: Mapping[int, Mapping[int, Found]]) -> Mapping[int, Mapping[int, Found]]:
    """Let a cell speak for those below it that it was merged with, as far as these rows have anything else."""
    areas = next((each.merges for each in book.sheets if each.name == sheet), ())
    made = {at: dict(own) for at, own in rows.items()}
    for area in areas:
        first, _, last = area.partition(":")
        (top, left), (bottom, right) = _place(first), _place(last or first)
        if left == right and left in made.get(top, {}):
            for at in range(top + 1, bottom + 1):
                if at in made:
                    made[at][left] = made[top][left]
    return made


def _place(cell: str) -> tuple[int, int]:
    """Give row and column, from 1, of a cell's name."""
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :] or 0), column_number(letters)
