"""Fits lists on one page: each gets its share of the height, and the entries left out are counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fazhi_xl.reports.media.workbook import Block, Cell, Column, Sentence, Table
from fazhi_xl.text.measure import height
from fazhi_xl.text.one_line import cut

ROOM = 1000.0  # points of rows that an upright A4 page holds at the scale that its width sets
_PLAIN, _TITLE = 15.0, 30.0  # a row as it is, and the sheet's title


@dataclass(frozen=True, slots=True, kw_only=True)
class PageList:
    """A list under a heading: rows of a table, or plain lines of which the page shows `room` characters.

    `more` counts what is left out (条), `share` is the part's due of the page, and `shortened` says that rows are cut already.
    """

    title: str
    columns: tuple[Column, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    lines: tuple[str, ...] = ()
    room: int = 0
    more: str = "条"
    share: float = 0.0
    shortened: bool = False

    @property
    def count(self) -> int:
        return len(self.rows) + len(self.lines)

    @property
    def whole(self) -> tuple[Block, ...]:
        return self._blocks(self.count, self.lines)

    def first(self, count: int) -> tuple[Block, ...]:
        """Give as many as there is room for, shortened, and say how many are left out."""
        rest = self.count - count
        more = (Sentence(f"其余{rest}{self.more}见“明细”。"),) if rest else ()
        return (*self._blocks(count, tuple(cut(line, self.room) for line in self.lines)), *more)

    def _blocks(self, count: int, lines: tuple[str, ...]) -> tuple[Block, ...]:
        if self.rows:
            return (Table(title=self.title, columns=self.columns, rows=self.rows[:count]),)
        return (Sentence(self.title, "big"), *(Sentence(line, "said") for line in lines[:count]))

    def heights(self, widths: tuple[float, ...]) -> list[float]:
        """Give the height of each entry on the page, in points, below columns of these widths."""
        lines = [height(cut(line, self.room), sum(widths)) for line in self.lines]
        return [*(_row(row, widths) for row in self.rows), *lines]

    @property
    def cut(self) -> bool:
        return self.shortened or any(len(line) > self.room for line in self.lines)


def fitted(
    opening: tuple[Block, ...], parts: Sequence[PageList], widths: tuple[float, ...]
) -> tuple[tuple[Block, ...], bool]:
    """Put the parts below the opening on one page; say also whether all is shown whole."""
    heads = sum(tall(part.first(0), widths) for part in parts)
    room = max(0.0, ROOM - _TITLE - tall(opening, widths) - heads)
    needs = [part.heights(widths) for part in parts]
    counts = [_count(need, room * part.share) for need, part in zip(needs, parts, strict=True)]
    left = room - sum(sum(need[:count]) for need, count in zip(needs, counts, strict=True))
    for no, need in reversed(tuple(enumerate(needs))):  # the short lists at the end first
        more = _count(need[counts[no] :], left)
        left -= sum(need[counts[no] : counts[no] + more])
        counts[no] += more
    blocks = (block for part, count in zip(parts, counts, strict=True) for block in part.first(count))
    whole = all(part.count == count and not part.cut for part, count in zip(parts, counts, strict=True))
    return (*opening, *blocks), whole


def _count(needs: Sequence[float], room: float) -> int:
    """Say how many of the first fit."""
    used = 0.0
    for count, need in enumerate(needs):
        used += need
        if used > room:
            return count
    return len(needs)


def tall(blocks: Sequence[Block], widths: tuple[float, ...]) -> float:
    """Measure blocks that stand one below the other, in points."""
    points = 0.0
    for block in blocks:
        if isinstance(block, Sentence):
            points += height(str(block.text), sum(widths))
        elif isinstance(block, Table):
            head = max(height(column.title, width) for column, width in zip(block.columns, widths, strict=True)) + 4
            rows = sum(_row(row, widths) for row in (*block.rows, *filter(None, (block.total,))))
            points += _PLAIN + head + rows + _PLAIN
    return points


def _row(row: tuple[Cell, ...], widths: tuple[float, ...]) -> float:
    needed = (height(cell, width) for cell, width in zip(row, widths, strict=True) if isinstance(cell, str))
    return max((_PLAIN, *needed))
