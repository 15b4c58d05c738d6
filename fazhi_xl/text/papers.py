"""A paper as it was read, whatever program wrote it: its paragraphs and tables in their order, and what could not be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

Anchor = tuple[int, int]
"""Row and column, from 0, of the cell that a cell belongs to: its own, or that of the merged cell it is part of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell's text; every cell that a merged one covers has its text and its anchor."""

    text: str
    anchor: Anchor


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph, and where it stands (`第12段`)."""

    text: str
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of one width, at least one of them with a cell, and where each stands (`表2第5行`).

    `new_page`: the table before may go on in this one.
    """

    rows: tuple[tuple[Cell, ...], ...]
    places: tuple[str, ...]
    new_page: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A whole paper. `unread` names what it holds beside text; `wrapped`: a line's end in a cell need not end anything.

    `doubt` says why the rows of its tables may be cut otherwise than they are printed; blank where they cannot.
    """

    blocks: tuple[Paragraph | Table, ...]
    unread: tuple[str, ...] = ()
    wrapped: bool = False
    doubt: str = ""

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """Its paragraphs, without the tables."""
        return tuple(each for each in self.blocks if isinstance(each, Paragraph))

    @property
    def tables(self) -> tuple[Table, ...]:
        """Its tables."""
        return tuple(each for each in self.blocks if isinstance(each, Table))

    @property
    def length(self) -> int:
        """How many characters it has."""
        return sum(len(text) for text in self._texts())

    def _texts(self) -> Iterator[str]:
        for block in self.blocks:
            if isinstance(block, Paragraph):
                yield block.text
            else:
                yield from (cell.text for row in block.rows for cell in row)


def plain_table(rows: list[list[str]], places: list[str], merged: dict[Anchor, Anchor], *, new_page: bool) -> Table:
    """Make a table of texts; `merged` gives, for each cell that is part of another, the cell that it belongs to."""
    width = max(map(len, rows), default=0)

    def cell(row: int, column: int) -> Cell:
        anchor = merged.get((row, column), (row, column))
        held = rows[anchor[0]]
        return Cell(text=held[anchor[1]] if anchor[1] < len(held) else "", anchor=anchor)

    cells = tuple(tuple(cell(row, column) for column in range(width)) for row in range(len(rows)))
    return Table(rows=cells, places=tuple(places), new_page=new_page)
