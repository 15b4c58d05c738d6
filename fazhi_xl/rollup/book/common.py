"""What the sheets of a roll-up share: titles, the line under them, and how a district is named."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from fazhi_xl.office.outputs.results import RANKING_FILE
from fazhi_xl.points import percent, show_or_dash
from fazhi_xl.reports.media.titles import continued
from fazhi_xl.reports.media.workbook import Cell, Link, Meta
from fazhi_xl.reports.ranking.total_columns import TABLE
from fazhi_xl.rollup.places import results_of
from fazhi_xl.rollup.result import RollUp
from fazhi_xl.rollup.sorting import Member
from fazhi_xl.text.dates import chinese_date

LINKS = 65_530
"""How many links Excel takes on a sheet."""
BOUNDS = (9_000, 8_000, 6_000)
"""Rates below which a cell is shaded, a little, more and most, in hundredths of a per cent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheets:
    """A roll-up, and the folder that its books lie in."""

    result: RollUp
    folder: Path

    @property
    def subject(self) -> str:
        """What the districts were assessed in: the notice's title without the name of the district that it was read from."""
        first = self.result.notice
        return first.title.replace(first.district, "") if first else ""

    def title(self, what: str) -> str:
        return f"{self.result.mark}{self.subject} {what}".strip()

    @property
    def basis(self) -> str:
        """Say what the figures are, in a few words."""
        return "各区汇总(按核定)" if self.result.ranked else "还没有排名"

    @property
    def state(self) -> str:
        """Say what the ranking is made of."""
        count, out = len(self.result.ranked), len(self.result.sorted.left_out)
        left = f",另有{out}个没有计入" if out else ""
        return f"各区汇总(按核定,{count}个地区{left})" if count else f"还没有可以排名的地区({out}个没有计入)"

    @property
    def meta(self) -> Meta:
        return Meta(f"{self.result.mark}{self.state}", chinese_date(self.result.generated))

    def linked(self, member: Member) -> Cell:
        """Name a district, and lead to its own ranking where that lies within reach of a link."""
        path = results_of(member.folder) / RANKING_FILE
        way = _way(path.absolute(), self.folder.absolute())
        return Link(text=member.name, file=way, sheet=TABLE) if way and path.is_file() else member.name


def _way(path: Path, start: Path) -> str:
    """Give the way from a folder to a file; blank where a link cannot hold it."""
    try:
        way = os.path.relpath(path, start)
    except ValueError:  # on another drive
        way = str(path)
    return "" if set(way) & set("#%") else Path(way).as_posix()


def parted(
    name: str, rows: Sequence[tuple[Cell, ...]], most: int
) -> Iterator[tuple[str, tuple[tuple[Cell, ...], ...]]]:
    """Give rows in as many sheets as they take, with the sheets' names: none is cut off."""
    for no, first in enumerate(range(0, max(len(rows), 1), most)):
        yield continued(name, no), tuple(rows[first : first + most])


def ranked_by(result: RollUp) -> str:
    """Say how districts are ranked, and what equal ones are."""
    by = (
        "按平均得分率从高到低:一个地区的平均得分率是它计入平均的各单位得分率(得分÷应得分)的平均,先不舍入,最后四舍五入到0.01%"
        if result.by_rate
        else "按平均总分从高到低,取自各地区自己的排名汇总"
    )
    return f"名次{by}。相同的并列,后面的名次空出(1、2、2、4)。各地区分量相同,不按单位多少加权。"


def rate_or_total(result: RollUp, member: Member) -> str:
    """Write the figure that a district is ranked by."""
    figures = member.figures
    return percent(figures.mean_rate) if result.by_rate else f"{show_or_dash(figures.mean_total)}分"
