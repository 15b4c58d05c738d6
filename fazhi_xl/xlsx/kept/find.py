"""Finding a table on a workbook that people have changed: by its own name, by the sheet's, and its columns by their titles."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from fazhi_xl.xlsx.kept.model import Sheet
from fazhi_xl.xlsx.kept.opened import cells_of

HEAD_ROWS = 15  # the first rows, in which the heads are looked for
MOST_ROWS = 2_000  # of one table
MOST_COLUMNS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Where a table stands: the row of its heads, and the column of each title, both counted from 1."""

    sheet: Worksheet
    head_row: int
    columns: dict[str, int]
    twice: tuple[str, ...] = ()


def plain(text: object) -> str:
    """Give a title without what people add to it: spaces, line breaks, full-width letters, a star or a colon behind it."""
    return "".join(unicodedata.normalize("NFKC", str(text or "")).split()).rstrip("*:")


def last_row(worksheet: Worksheet) -> int:
    """Give the last row on which anything stands; formats reach further, to the end of the sheet where a column was dressed."""
    return max((cell.row for cell in cells_of(worksheet) if cell.value is not None), default=1)


def last_column(worksheet: Worksheet) -> int:
    """Give the last column in which anything stands."""
    return max((cell.column for cell in cells_of(worksheet) if cell.value is not None), default=1)


def find(book: Workbook, sheet: Sheet) -> Found | None:
    """Find the table of a sheet; None where it is not there."""
    return next(filter(None, (_heads(each, sheet) for each in _likely(book, sheet))), None)


def _likely(book: Workbook, sheet: Sheet) -> Iterable[Worksheet]:
    """Give the sheets on which it may be: the one that holds its table, and the one called so."""
    every = [each for each in book.worksheets if isinstance(each, Worksheet)]
    owners = [each for each in every if sheet.key in each.tables]
    called = [each for each in every if plain(each.title) == plain(sheet.name)]
    copies = [each for each in every if is_copy(each.title, sheet.name)]  # what it was copied from may be gone
    return dict.fromkeys((*owners, *called, *copies))


def is_copy(title: str, name: str) -> bool:
    """Say whether a sheet is called as programs call the copy of another."""
    rest = plain(title).removeprefix(plain(name))
    return rest != plain(title) and bool(_COPY.fullmatch(rest))


_COPY = re.compile(r"\(\d+\)|_\d+|-?副本\d*|Copy\d*", re.IGNORECASE)


def _heads(worksheet: Worksheet, sheet: Sheet) -> Found | None:
    """Find the row in which most of the titles stand, at least half of them."""
    wanted = {plain(head.title): head.title for head in sheet.heads}
    bottom, right = min(worksheet.max_row, HEAD_ROWS), min(worksheet.max_column, MOST_COLUMNS)
    rows = [list(cells) for cells in worksheet.iter_rows(min_row=1, max_row=bottom, max_col=right, values_only=True)]
    for area in worksheet.merged_cells.ranges:
        if area.max_row <= bottom and area.min_col == area.max_col <= right:  # a head over two rows
            for at in range(area.min_row, area.max_row):
                rows[at][area.min_col - 1] = rows[area.min_row - 1][area.min_col - 1]
    found = [_titles(worksheet, no, cells, wanted) for no, cells in enumerate(rows, 1)]
    best = max(found, key=lambda each: len(each.columns), default=None)
    return best if best and len(best.columns) * 2 >= len(wanted) else None


def _titles(worksheet: Worksheet, no: int, cells: Iterable[object], wanted: dict[str, str]) -> Found:
    columns: dict[str, int] = {}
    twice: list[str] = []
    for at, value in enumerate(cells, 1):
        title = wanted.get(plain(value)) if value is not None else None
        if title in columns:
            twice.append(title)
        elif title:
            columns[title] = at
    return Found(sheet=worksheet, head_row=no, columns=columns, twice=tuple(twice))
