"""一页纸: the result on one page, for leadership."""

from __future__ import annotations

from dataclasses import replace

from fazhi_xl.reports.media.panel import Band, Line, PageSheet, Span, Stack, gap, heights, room, tiles
from fazhi_xl.reports.media.titles import state, title
from fazhi_xl.reports.ranking.front.attention import attention, unchanged
from fazhi_xl.reports.ranking.front.ends import first_ones, last_ones
from fazhi_xl.reports.ranking.front.figures import (
    beside,
    groups,
)
from fazhi_xl.reports.ranking.front.groups import grade_table, group_table
from fazhi_xl.reports.ranking.front.page import GRID, LAST, Page
from fazhi_xl.reports.ranking.front.rates import rates, weakest
from fazhi_xl.reports.ranking.front.strip import strip, strip_heading
from fazhi_xl.reports.ranking.front.tiles import figures_of, finding
from fazhi_xl.rounds.round import Round
from fazhi_xl.text.dates import chinese_date

SHEET = "一页纸"


def front_sheet(round_: Round) -> PageSheet:
    """Make the page."""
    page = _filling(Page(round_=round_, groups=groups(round_)))
    return PageSheet(
        name=SHEET,
        title=title(round_, state(round_)),
        blocks=(),
        grid=GRID,
        bands=_bands(page),
        beside=beside(round_, page.groups, page.bounds, len(GRID) + 1),
        tab="title",
        one_page=True,
    )


_ROOM = 612.0  # points of rows that a page of this grid holds, a little scaled down
_LEAST_STRIP, _MOST_STRIP, _LEAST_ROW, _MOST_ROW, _TABLE_ROWS = 78.0, 190.0, 16.5, 24.0, 12


def _filling(page: Page) -> Page:
    """Give strip and rows the heights with which the page is full: first the strip, then the rows of the tables."""
    rest = _ROOM - sum(heights(_bands(page)))
    strip = min(max(page.strip + rest, _LEAST_STRIP), _MOST_STRIP) if page.totals else page.strip
    tall = page.tall + (rest - (strip - page.strip)) / _TABLE_ROWS
    return replace(page, strip=strip, tall=min(max(tall, _LEAST_ROW), _MOST_ROW))


def _bands(page: Page) -> tuple[Band, ...]:
    return (
        (_opening(page),),
        (tiles(figures_of(page)),),
        ((gap(), strip_heading(page)),),
        strip(page),
        ((gap(),),),
        (first_ones(page), rates(page), group_table(page)),
        (last_ones(page), weakest(page), grade_table(page)),
        ((gap(5), *attention(page), unchanged(page)),),
    )


def _opening(page: Page) -> Stack:
    """Give mark, title, state, who says it and when, and the finding."""
    round_, about = page.round_, page.round_.notice.about
    named = f"{about.short_title}结果"
    top = (
        Span(value=round_.mark, first=0, last=1, style="page_mark"),
        Span(value=room(GRID, 2, 9, size=22).cut(named), first=2, last=9, style="page_title"),
        Span(value=state(round_), first=10, last=LAST, style="page_state"),
    )
    meta = (
        Span(value=room(GRID, 0, 4, size=12, indent=0).cut(about.issuer), first=0, last=4, style="page_meta"),
        Span(value=_when(round_), first=5, last=LAST, style="page_meta_right"),
    )
    sentence = Span(value=finding(page), first=0, last=LAST, style="finding")
    return Line(cells=top, height=33), Line(cells=meta, height=19), gap(4), Line(cells=(sentence,), height=27)


def _when(round_: Round) -> str:
    came = f"已报{len(round_.returned)}家,共{len(round_.due)}家" if round_.due else ""
    inside = "" if round_.official else "还未核定,供内部掌握"
    return "    ".join(filter(None, (chinese_date(round_.generated), came, f"目录第{round_.version}版", inside)))
