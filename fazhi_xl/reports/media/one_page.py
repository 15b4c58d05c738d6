"""Fits lists on one page: each gets its share of the height, and the entries left out are counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fazhi_xl.reports.media.panel import Line, Stack, gap, heading, room, said
from fazhi_xl.reports.media.workbook import Block, Cell, Column, Sentence, Table
from fazhi_xl.text.one_line import cut

GRID = (44, 66, 186, 58, 58, 104, 60, 60, 58)
LAST = len(GRID) - 1
ROOM = 880.0  # points of rows that an upright A4 page holds at the scale that its height sets: 10.5 points print as 9
_PLAIN, _SIZE = 16.5, 10.5  # points: a row of one line, and its font


@dataclass(frozen=True, slots=True, kw_only=True)
class PageList:
    """A list under a heading: rows of a table, or plain lines of which the page shows `room` characters.

    A heading stands in one line, so `how` says below it what is to be done about plain lines, in as many as it takes.
    `more` counts what is left out (条), and `share` is the part's due of the page.
    """

    title: str
    how: str = ""
    columns: tuple[Column, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    lines: tuple[str, ...] = ()
    room: int = 0
    more: str = "条"
    share: float = 0.0

    @property
    def whole(self) -> tuple[Block, ...]:
        """Give all of it, uncut."""
        if self.rows:
            return (Table(title=self.title, columns=self.columns, rows=self.rows),)
        how = (self.how,) if self.how else ()
        return (Sentence(self.title, "big"), *(Sentence(line, "said") for line in (*how, *self.lines)))

    @property
    def part(self) -> Part:
        """Give plain lines as a part of the page."""
        return Part(
            head=(gap(), heading(self.title, 0, LAST), *((entry(self.how),) if self.how else ())),
            entries=tuple(entry(cut(line, self.room)) for line in self.lines),
            more=self.more,
            share=self.share,
            shortened=any(len(line) > self.room for line in self.lines),
        )


def entry(text: str, style: str = "list_line") -> Line:
    """Make a row of a text over the whole page, as high as it needs."""
    return said(text, 0, LAST, style=style, height=room(GRID, 0, LAST, size=_SIZE).tall(text, _PLAIN))


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Entries below a head on the page, of which the page shows the first; `shortened` says that some are cut already."""

    head: Stack
    entries: tuple[Line, ...]
    foot: Stack = ()
    more: str = "条"
    share: float = 0.0
    shortened: bool = False

    def first(self, count: int) -> Stack:
        """Give as many as there is room for, and say how many are left out."""
        rest = len(self.entries) - count
        more = (entry(f"其余{rest}{self.more}见“明细”。"),) if rest else ()
        return (*self.head, *self.entries[:count], *more, *self.foot)


def fitted(opening: Stack, parts: Sequence[Part], closing: Stack) -> tuple[Stack, bool]:
    """Put the parts between opening and closing on one page; say also whether all is shown."""
    free = ROOM - tall(opening) - tall(closing)
    if sum(tall(part.first(len(part.entries))) for part in parts) <= free:
        return (*opening, *(line for part in parts for line in part.first(len(part.entries))), *closing), True
    left_over = max(0.0, free - sum(tall(part.first(0)) for part in parts))
    needs = [[line.height for line in part.entries] for part in parts]
    counts = [_count(need, left_over * part.share) for need, part in zip(needs, parts, strict=True)]
    left = left_over - sum(sum(need[:count]) for need, count in zip(needs, counts, strict=True))
    for no in (0, *reversed(range(1, len(parts)))):  # the items first, then the short lists at the end
        rest = needs[no][counts[no] :]
        told = tall(parts[no].first(0)) - tall(parts[no].head) - tall(parts[no].foot)  # of how many are left out
        more = len(rest) if sum(rest) <= left + told else _count(rest, left)
        left -= sum(rest[:more]) - (told if more == len(rest) else 0.0)
        counts[no] += more
    stack = (line for part, count in zip(parts, counts, strict=True) for line in part.first(count))
    return (*opening, *stack, *closing), False


def _count(needs: Sequence[float], left: float) -> int:
    """Say how many of the first fit."""
    used = 0.0
    for count, need in enumerate(needs):
        used += need
        if used > left:
            return count
    return len(needs)


def tall(stack: Stack) -> float:
    """Measure blocks that stand one below the other, in points."""
    return sum(height for block in stack for height in block.heights)
