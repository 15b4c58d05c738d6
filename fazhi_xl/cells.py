"""A spreadsheet's cell as its file stores it: the readers give these, and answers are read from them."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

CellPlace = tuple[str, int, int]
"""Sheet name, row and column from 1."""


class CellKind(StrEnum):
    """What a cell holds; the values are the reader's own short ones, after ECMA-376 part 1, 18.18.11."""

    NUMBER = "n"
    TEXT = "s"
    BOOLEAN = "b"
    ERROR = "e"
    DATE = "d"


class RawCell(NamedTuple):
    """One cell with content; `row` and `column` count from 1, and `formula` says whether the cell holds one.

    `text` is as stored: of a number its digits (`0.30000000000000004`), which `Decimal` takes, of a boolean `1` or `0`, of a
    date ISO 8601, of an error its sign (`#N/A`). A formula without a stored value is TEXT, and blank.
    """

    sheet: str
    row: int
    column: int
    kind: CellKind
    text: str
    formula: bool

    @property
    def place(self) -> CellPlace:
        return self[:3]
