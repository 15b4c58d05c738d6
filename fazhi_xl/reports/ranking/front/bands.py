"""Grades and bands of totals by which units are counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from fazhi_xl.points import Hundredths, round_half_up, short
from fazhi_xl.reports.ranking.front.page import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Totals from `low` to below `high`, and the grade that they have."""

    name: str
    low: Hundredths | None
    high: Hundredths | None

    @property
    def words(self) -> str:
        if self.low is None:
            return f"{short(self.high)}以下" if self.high is not None else "全部"
        return f"{short(self.low)}以上" if self.high is None else f"{short(self.low)}—{short(self.high)}"


_COLUMNS, _GRADES = 5, 4  # of the table of grades, and the grades that the page names


def grades(page: Page) -> tuple[Bin, ...]:
    """Give the grades with their bounds; none where there are none, or more than the page can name."""
    bands = page.round_.notice.about.grades
    if not 0 < len(bands) <= _GRADES:
        return ()
    high: Hundredths | None = None
    found = []
    for band in bands:
        found.append(Bin(name=band.name, low=band.at_least, high=high))
        high = band.at_least
    return tuple(found)


def bins(page: Page) -> tuple[Bin, ...]:
    """Give the bands of totals that units are counted in: the grades, and of those below the first the upper ones in two halves."""
    whole = grades(page) or _without_grades(page)
    split = range(1, 1 + _COLUMNS - len(whole))
    return tuple(part for no, own in enumerate(whole) for part in (_halves(page, whole, no) if no in split else [own]))


def _without_grades(page: Page) -> tuple[Bin, ...]:
    """Take nine and eight tenths of what a total is out of, where no grades say more."""
    full = page.round_.notice.about.scoring.full
    high, middle = (round_half_up(Fraction(full * tenths, 10)) for tenths in (9, 8))
    return (
        Bin(name="", low=high, high=None),
        Bin(name="", low=middle, high=high),
        Bin(name="", low=None, high=middle),
    )


def _halves(page: Page, whole: Sequence[Bin], no: int) -> list[Bin]:
    """Split a band: in the middle, or where it has no lower end as far below as the band above is broad."""
    own, above = whole[no], whole[no - 1]
    if own.high is None or own.low is None:
        upper, full = above.high, page.round_.notice.about.scoring.full
        broad = full // 10 if upper is None or own.high is None else upper - own.high
        middle = (own.high or 0) - broad
    else:
        middle = round_half_up(Fraction(own.low + own.high, 2))
    inside = own.high is not None and middle < own.high and (own.low is None or own.low < middle)
    halves = [Bin(name=own.name, low=middle, high=own.high), Bin(name=own.name, low=own.low, high=middle)]
    return halves if inside else [own]
