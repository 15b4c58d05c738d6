"""四 and 五, where points are won and lost: aspects against the whole, and the weakest items."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from fazhi_xl.points import Hundredths
from fazhi_xl.reports.media.panel import (
    Bar,
    Line,
    PanelColumn,
    Span,
    Stack,
    heading,
    room,
    said,
    table,
)
from fazhi_xl.reports.media.workbook import Cell, Formula
from fazhi_xl.reports.ranking import data
from fazhi_xl.reports.ranking.front import figures
from fazhi_xl.reports.ranking.front.figures import SCORES, Live, Words
from fazhi_xl.reports.ranking.front.page import GRID, MIDDLE, POINTS, Page
from fazhi_xl.reports.ranking.total_columns import BONUS_POINTS, DEDUCTION
from fazhi_xl.rounds import rates as stats
from fazhi_xl.rounds.bearers import Bearers, aspect_bearers, item_bearers
from fazhi_xl.rounds.round import Round
from fazhi_xl.rounds.score_table import Part

_FIVE, _THREE = 5, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rated:
    """An aspect or an item with what its rate is made of; its bearers are counted where they are shown."""

    name: str
    by: tuple[str, str | int]
    scores: Part
    bearers: Callable[[], Bearers]


def rates(page: Page) -> Stack:
    """Give the rate of each aspect against that of all; where there are no aspects, those of the items, of many the lowest."""
    notice = page.round_.notice
    if not notice.items:
        return _adjusted(page)
    if len(notice.aspects) > 1:
        every = [_aspect(page.round_, no, name) for no, name in enumerate(notice.aspects, 1)]
        return _rate_table(page, every, f"{notice.about.words.aspects}得分率(%)", "个方面")
    every = [_item(page.round_, item.no) for item in notice.items]
    return _rate_table(page, every, "各项得分率(%)", "项")


def _aspect(round_: Round, no: int, name: str) -> _Rated:
    own = round_.table.of_aspect(name)
    return _Rated(name=name, by=(data.ASPECT_NO, no), scores=own, bearers=partial(aspect_bearers, round_, name))


def _item(round_: Round, no: int) -> _Rated:
    own = round_.table.of_item(no)
    name = next(item.name for item in round_.notice.items if item.no == no)
    return _Rated(name=f"{no}. {name}", by=(data.ITEM_NO, no), scores=own, bearers=partial(item_bearers, round_, no))


def _rate(page: Page, each: _Rated) -> Live:
    return figures.rate(each.scores.whole(), page.round_, each.by)


def _rate_table(page: Page, every: Sequence[_Rated], title: str, measure: str) -> Stack:
    kept = every
    if len(every) > _FIVE:
        least = sorted(every, key=lambda each: _place(_rate(page, each)))[:_FIVE]
        kept, title = [each for each in every if each in least], f"{title}:最低的{_FIVE}{measure}"
    columns = (
        PanelColumn(title="方面" if measure != "项" else "名称", first=4, last=4),
        PanelColumn(title="家数", first=5, last=5, style="panel_centre", head="panel_head_centre"),
        PanelColumn(
            title="得分率",
            first=6,
            last=6,
            style="panel_bar",
            head="panel_head_right",
            number=POINTS,
            bar=Bar(end=160),
        ),
        PanelColumn(
            title="比总体", first=7, last=7, style="panel_figure", head="panel_head_right", number="+0.00;-0.00;0.00"
        ),
    )
    fits = room(GRID, 4, 4)
    bearers = [each.bearers() for each in kept]
    pairs = zip(kept, bearers, strict=True)
    rows = ((fits.cut(each.name), _few(own), *_rated(page, each)) for each, own in pairs)
    note = "家数:有结果/承担" if any(own.assigned != own.scored for own in bearers) else ""
    whole = room(GRID, 4, 5 if note else 7, size=13, indent=0)
    top = heading(whole.cut(f"四、{title}"), *MIDDLE, note=note, middle=5)
    return (top, *table(columns, rows, height=page.tall))


def _place(rate: Live) -> tuple[bool, Hundredths]:
    """Order rates from the lowest; what has none comes last."""
    return rate.value is None, rate.value or 0


def _few(own: Bearers) -> str:
    both = f"{own.scored}/{own.assigned}"
    return str(own.scored) if own.scored == own.assigned or not room(GRID, 5, 5, indent=0).fits(both) else both


def _rated(page: Page, each: _Rated) -> tuple[Cell, Cell]:
    rate = _rate(page, each)
    return rate.cell, figures.against_all(page.round_, rate).cell


def weakest(page: Page) -> Stack:
    """Give the three items of the lowest rate, who carries them and what they cost."""
    if not page.round_.notice.items:
        return (
            heading("五、计分办法", *MIDDLE),
            said("总分由基准分和已登记的事项得出,逐项见“加减分明细”。", *MIDDLE, height=2 * page.tall),
        )
    every = [_item(page.round_, item.no) for item in page.round_.notice.items]
    rated = [(_rate(page, each).value, no) for no, each in enumerate(every)]
    low = sorted((rate, no) for rate, no in rated if rate is not None and rate < stats.FULL_RATE)[:_THREE]
    title = f"五、得分率最低的{'三项' if len(low) in {0, _THREE} else f'{len(low)}项'}(%)"
    lines = (line for _, no in low for line in _weak(page, every[no]))
    blank = "没有失分的项目。" if page.totals else "还没有得分率。"
    none = () if low else (said(blank, *MIDDLE, height=page.tall),)
    return (heading(title, *MIDDLE), *lines, *none)


def _weak(page: Page, each: _Rated) -> Iterator[Line]:
    points = figures.lost_points(each.scores.whole(), page.round_, each.by)
    name = room(GRID, *MIDDLE).beside("(失1000.00分)").cut(each.name)
    words = Words().say(f"{name}(失").points(points, page.places).say("分)").formula
    yield Line(cells=(Span(value=words, first=4, last=7, style="panel_label"),), height=page.tall)
    rate, more = _rated(page, each)
    yield Line(
        cells=(
            Span(value=_carriers(each), first=4, last=5, style="panel_more"),
            Span(value=rate, first=6, last=6, style="panel_bar", number=POINTS, bar=Bar(end=160)),
            Span(value=more, first=7, last=7, style="panel_figure", number="+0.00;-0.00;0.00"),
        ),
        height=page.tall,
    )


def _carriers(each: _Rated) -> str:
    """Say who carries an item: the only unit by its name, of several how many."""
    fits = room(GRID, 4, 5, indent=3)
    carriers = list(each.scores.by_unit())
    bearers = each.bearers()
    if bearers.assigned == 1 and len(carriers) == 1:
        return fits.cut(f"只有{carriers[0]}承担")
    return bearers.words if fits.fits(bearers.words) else f"{bearers.assigned}家承担"


def _adjusted(page: Page) -> Stack:
    """Where there are no items: how many units have bonus and deductions, and how much."""
    notice = page.round_.notice
    columns = (
        PanelColumn(title="类别", first=4, last=4),
        PanelColumn(title="家数", first=5, last=5, style="panel_middle", head="panel_head_centre", number="0"),
        PanelColumn(title="合计", first=6, last=7, style="panel_figure", head="panel_head_right", number=POINTS),
    )
    kinds = ((BONUS_POINTS, notice.bonus), (DEDUCTION, notice.deductions))
    rows = [_adjustment(page, kind) for kind, there in kinds if there and page.compared]
    names = "、".join(kind for kind, there in kinds if there) or "加减分"
    none = () if rows else (said("还没有登记。", *MIDDLE, height=page.tall),)
    return (heading(f"四、{names}(分)", *MIDDLE), *table(columns, rows, height=page.tall), *none)


def _adjustment(page: Page, kind: str) -> tuple[Cell, ...]:
    held = [(unit.bonus if kind == BONUS_POINTS else unit.deduction) or 0 for unit in page.compared]
    column = f"{SCORES}[{kind}]"
    return (
        kind,
        Formula(text=f'COUNTIF({column},">0")', value=sum(each > 0 for each in held)),
        Formula(text=data.exact(page.round_, f"SUM({column})"), value=sum(held)),
    )
