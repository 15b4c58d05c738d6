"""二 and 三, the first and the last."""

from __future__ import annotations

from collections.abc import Sequence

from fazhi_xl.points import Hundredths, in_points
from fazhi_xl.reports.media.panel import (
    Bar,
    PanelColumn,
    Stack,
    heading,
    room,
    said,
    table,
)
from fazhi_xl.reports.media.workbook import Formula
from fazhi_xl.reports.ranking.front.page import GRID, LEFT, POINTS, Page
from fazhi_xl.reports.ranking.total_columns import NUMBER, RANK, TABLE, TOTAL
from fazhi_xl.scoring.model import UnitScore
from fazhi_xl.scoring.ranking import in_order

_MOST = 8  # rows of the first ones, with all that share the fifth rank


def first_ones(page: Page) -> Stack:
    first, _ = _ends(page)
    if not first:
        return (heading("二、前五名", *LEFT), said("还没有名次。", *LEFT, height=page.tall))
    kept = first if len(first) <= _MOST else first[: _MOST - 1]
    more = (
        (said(f"另有{len(first) - len(kept)}家同为第{first[-1].rank}名。", *LEFT, height=page.tall),)
        if len(kept) < len(first)
        else ()
    )
    return (heading("二、前五名", *LEFT), *_ranked(page, kept), *more)


def last_ones(page: Page) -> Stack:
    first, last = _ends(page)
    if last:
        return (heading("三、后五名", *LEFT), *_ranked(page, last))
    text = "有名次的都在前五名里。" if first else "还没有名次。"
    return (heading("三、后五名", *LEFT), said(text, *LEFT, height=page.tall))


def _ends(page: Page) -> tuple[list[UnitScore], list[UnitScore]]:
    """Give the first five with all that share the fifth rank, and of the others the last five."""
    order = [unit for unit in in_order(page.round_.units) if unit.rank is not None] if page.round_.scored else []
    first = [unit for unit in order if unit.rank and unit.rank <= 5]
    return first, order[max(len(first), len(order) - 5) :]


def _ranked(page: Page, units: Sequence[UnitScore]) -> Stack:
    end = float(in_points(max(page.totals, default=10_000) or 10_000)) * 1.5
    columns = (
        PanelColumn(title="名次", first=0, last=0, style="panel_rank", head="panel_head_centre", number="0"),
        PanelColumn(title="单位", first=1, last=1),
        PanelColumn(
            title="总分", first=2, last=2, style="panel_bar", head="panel_head_right", number=POINTS, bar=Bar(end=end)
        ),
    )
    fits = room(GRID, 1, 1)
    rows = (
        (_of_unit(page, unit, RANK, unit.rank), fits.cut(unit.unit), _of_unit(page, unit, TOTAL, unit.total))
        for unit in units
    )
    return table(columns, rows, height=page.tall)


def _of_unit(page: Page, unit: UnitScore, column: str, value: Hundredths | None) -> Formula:
    by = f"{TABLE}[{NUMBER}],{page.round_.number_of(unit.unit)}"
    return Formula(text=f"SUMIFS({TABLE}[{column}],{by})", value=value)
