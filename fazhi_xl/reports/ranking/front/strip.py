"""一, the strip: every unit as a dot in its group, with the means and the bounds of the grades."""

from __future__ import annotations

from math import ceil, floor

from fazhi_xl.points import in_points, short
from fazhi_xl.reports.media.panel import (
    Line,
    Look,
    PanelBlock,
    Series,
    Span,
    Stack,
    Strip,
    heading,
    room,
    said,
)
from fazhi_xl.reports.ranking.front.figures import BOUND, MEAN, MEANS
from fazhi_xl.reports.ranking.front.page import GRID, LAST, Page
from fazhi_xl.reports.ranking.total_columns import TOTAL


def strip(page: Page) -> tuple[Stack, ...]:
    """Draw a strip for each group, a dot for each unit; the names stand in cells beside it."""
    if not page.totals:
        return ((said("还没有可以排名的总分,没有图。", 0, LAST),),)
    count = len(page.groups)
    rows = max(5, 2 * count + 1)
    tall, down = page.strip / rows, (rows - 1) // count
    fits = room(GRID, 0, 1)
    labels: list[PanelBlock] = []
    for group in page.groups:
        name = Span(value=fits.cut(group.name), first=0, last=1, style="panel_label", down=down - 1)
        labels += [Line(cells=(name,), height=tall), *(Line(height=tall) for _ in range(down - 1))]
    return tuple(labels), (_drawn(page, rows, tall),)


def strip_heading(page: Page) -> Line:
    grades = ",".join(
        f"{short(band.at_least)}分以上{band.name}"
        for band in page.round_.notice.about.grades[:4]
        if band.at_least is not None
    )
    parts = [f"每点为一家,共{len(page.totals)}家"]
    parts += ["◆为组平均"] if len(page.groups) > 1 else []
    parts += ["虚线为全部平均"]
    parts += [f"深色竖线为{page.round_.notice.about.words.grade}分界:{grades}"] if grades else []
    note = room(GRID, 3, LAST).cut(";".join(parts)) if page.totals else ""
    return heading("一、总分分布", 0, LAST, note=note, middle=2, height=21)


def _drawn(page: Page, rows: int, tall: float) -> Strip:
    low, high, step = _axis(page)
    bounds = (
        Series(name=f"{short(bound)}分", table=f"{BOUND}{no}", look=Look.BOUND)
        for no, bound in enumerate(page.bounds, 1)
        if low <= in_points(bound) <= high
    )
    units = (
        Series(name=group.name, table=group.table, look=Look.UNIT, across=TOTAL)
        for group in page.groups
        if group.totals
    )
    means = (Series(name="组平均", table=MEANS, look=Look.MEAN),) if len(page.groups) > 1 else ()
    overall = Series(name="全部平均", table=MEAN, look=Look.OVERALL)
    return Strip(
        said=f"各组总分的点图:每点为一家单位,共{len(page.totals)}家",
        series=(*bounds, overall, *units, *means),
        first=2,
        last=LAST,
        rows=rows,
        height=tall,
        low=low,
        high=high,
        step=step,
        levels=len(page.groups),
    )


_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


def _axis(page: Page) -> tuple[float, float, float]:
    """Give the axis its ends and its step, in points: all units between them, and no more than eight steps."""
    least, most = (float(in_points(end)) for end in (min(page.totals), max(page.totals)))
    around = max(0.0, float(in_points(page.round_.notice.about.scoring.full)) / 10 - (most - least)) / 2
    step = next((each for each in _STEPS if (most - least + 2 * around) / each <= 6), _STEPS[-1])
    low = floor((least - around) / step) * step
    return low, max(ceil((most + around) / step) * step, low + step) + step / 5, step
