"""一页纸 of a roll-up: how many districts, who is first and last, what most lose, and who is not in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from fazhi_xl.points import in_points, percent, show, show_or_dash
from fazhi_xl.reports.media.panel import (
    Band,
    Bar,
    Line,
    PageSheet,
    PanelColumn,
    Span,
    Stack,
    Tile,
    gap,
    heading,
    room,
    said,
    table,
    tiles,
)
from fazhi_xl.reports.media.workbook import Cell
from fazhi_xl.reports.ranking.front.page import GRID, LAST, LEFT, MIDDLE, POINTS, RIGHT
from fazhi_xl.reports.ranking.overview import SHEET
from fazhi_xl.rollup.book.common import Sheets, rate_or_total
from fazhi_xl.rollup.book.districts import LEFT_OUT, RANKING, remarks
from fazhi_xl.rollup.result import Lost, RollUp
from fazhi_xl.rollup.sorting import Member, measure
from fazhi_xl.rounds import rates as stats
from fazhi_xl.text.dates import chinese_date

_FIVE, _TALL = 5, 25.0


def front_sheet(sheets: Sheets) -> PageSheet:
    """Make the page."""
    result = sheets.result
    bands: tuple[Band, ...] = (
        (_opening(sheets),),
        (tiles(_figures(result)),),
        ((gap(10),),),
        (_ends(result, "一、前五名", first=True), _aspects(result), _apart(result)),
        ((gap(10),),),
        (_ends(result, "二、后五名", first=False), _losses(result), _why(result)),
        ((gap(8), *_notes(sheets)),),
    )
    return PageSheet(
        name=SHEET, title=sheets.title(sheets.state), blocks=(), grid=GRID, bands=bands, tab="title", one_page=True
    )


def _opening(sheets: Sheets) -> Stack:
    """Give the title, the state, when, and the finding."""
    result = sheets.result
    named = f"{sheets.subject}各地区结果".strip()
    top = (
        Span(value=result.mark, first=0, last=1, style="page_mark"),
        Span(value=room(GRID, 2, 9, size=22).cut(named), first=2, last=9, style="page_title"),
        Span(value=room(GRID, 10, LAST, size=13).cut(sheets.basis), first=10, last=LAST, style="page_state"),
    )
    listed = f"名单上{result.expected}个    " if result.expected else ""
    when = f"{listed}{chinese_date(result.generated)}"
    meta = (
        Span(value=f"计入{len(result.ranked)}个地区", first=0, last=4, style="page_meta"),
        Span(value=when, first=5, last=LAST, style="page_meta_right"),
    )
    text = room(GRID, 0, LAST, size=15, indent=0).cut(finding(result))
    sentence = Span(value=text, first=0, last=LAST, style="finding")
    return Line(cells=top, height=33), Line(cells=meta, height=19), gap(4), Line(cells=(sentence,), height=27)


def finding(result: RollUp) -> str:
    """Say the result in one sentence."""
    return "".join(_finding(result))


def _finding(result: RollUp) -> Iterator[str]:
    ranked = result.ranked
    if not ranked:
        yield f"还没有可以排名的地区;没有计入的{len(result.sorted.left_out)}个,见“{LEFT_OUT}”。"
        return
    mean = (
        f",平均得分率{percent(result.mean_rate)}" if result.by_rate else f",平均总分{show_or_dash(result.mean_total)}分"
    )
    yield f"{len(ranked)}个地区{mean};最高{ranked[0].name}({rate_or_total(result, ranked[0])})"
    yield f",最低{ranked[-1].name}({rate_or_total(result, ranked[-1])})" if len(ranked) > 1 else ""
    if result.losses:
        worst = result.losses[0]
        yield f";失分最多的是{worst.code}({worst.item}),{worst.losing}个地区失分"
    yield "。"


def _figures(result: RollUp) -> tuple[Tile, ...]:
    ranked, left = result.ranked, result.sorted.left_out
    first, last = (ranked[0], ranked[-1]) if ranked else (None, None)
    listed = f"名单{result.expected}个" if result.expected else f"收到{len(result.sorted.read) + _came(result)}个"
    number = "0.00" + ('"%"' if result.by_rate else "")
    return (
        Tile(label="计入排名(个)", value=len(ranked), note=listed, number="0", first=0, last=1),
        Tile(
            label="平均得分率" if result.by_rate else "平均总分",
            value=result.mean_rate if result.by_rate else result.mean_total,
            note="各地区分量相同",
            number=number,
            first=2,
            last=2,
            apart=True,
        ),
        _end_tile("最高", first, number, 4, 5, apart=False),
        _end_tile("最低", last, number, 6, 7, apart=True),
        Tile(
            label="还是预排名(个)", value=len(result.sorted.unfinished), note="不参加排名", number="0", first=9, last=11
        ),
        Tile(
            label="没有计入(个)",
            value=len(left),
            note=f"见“{LEFT_OUT}”" if left else "没有",
            number="0",
            first=12,
            last=LAST,
            apart=True,
        ),
    )


def _came(result: RollUp) -> int:
    return sum(each.folder is not None for each in result.sorted.apart)


def _end_tile(label: str, member: Member | None, number: str, first: int, last: int, *, apart: bool) -> Tile:
    note = room(GRID, first, last, size=11.5).cut(member.name) if member else "还没有名次"
    value = measure(member) if member else None
    return Tile(label=label, value=value, note=note, number=number, first=first, last=last, apart=apart)


def _ends(result: RollUp, title: str, *, first: bool) -> Stack:
    """Give the first five, or of the others the last five."""
    ranked = [each for each in result.ranked if each.rank]
    some = ranked[:_FIVE] if first else ranked[max(_FIVE, len(ranked) - _FIVE) :]
    if not some:
        return heading(title, *LEFT), said("还没有名次。" if not ranked else "都在前五名里。", *LEFT, height=_TALL)
    end = float(in_points(max((measure(each) or 0 for each in ranked), default=0) or 10_000)) * 1.5
    columns = (
        PanelColumn(title="名次", first=0, last=0, style="panel_rank", head="panel_head_centre", number="0"),
        PanelColumn(title="地区", first=1, last=1),
        PanelColumn(
            title="平均得分率(%)" if result.by_rate else "平均总分",
            first=2,
            last=2,
            style="panel_bar",
            head="panel_head_right",
            number=POINTS,
            bar=Bar(end=end),
        ),
    )
    fits = room(GRID, 1, 1)
    rows = ((each.rank, fits.cut(each.name), measure(each)) for each in some)
    return heading(title, *LEFT), *table(columns, rows, height=_TALL)


def _aspects(result: RollUp) -> Stack:
    """Give the rates by aspect over all districts, the lowest five where there are more."""
    notice = result.notice
    title = f"三、{notice.words.aspects if notice else '各方面'}得分率(%)"
    pairs = list(zip(notice.aspects if notice else (), result.overall, strict=False))
    if not pairs:
        return heading(title, *MIDDLE), said("还没有得分率。", *MIDDLE, height=_TALL)
    kept = sorted(pairs, key=lambda each: each[1] if each[1] is not None else stats.FULL_RATE + 1)[:_FIVE]
    columns = (
        PanelColumn(title="方面", first=4, last=5),
        PanelColumn(
            title="得分率", first=6, last=7, style="panel_bar", head="panel_head_right", number=POINTS, bar=Bar(end=160)
        ),
    )
    fits = room(GRID, 4, 5)
    rows = ((fits.cut(name), rate) for name, rate in pairs if (name, rate) in kept)
    return heading(title, *MIDDLE), *table(columns, rows, height=_TALL)


def _losses(result: RollUp) -> Stack:
    """Give the sub-points that cost most."""
    title = "四、失分最多的得分点"
    if not result.losses:
        return heading(title, *MIDDLE), said(
            "没有失分的得分点。" if result.ranked else "还没有结果。", *MIDDLE, height=_TALL
        )
    columns = (
        PanelColumn(title="得分点", first=4, last=5),
        PanelColumn(title="失分地区", first=6, last=6, style="panel_centre", head="panel_head_centre"),
        PanelColumn(title="失分", first=7, last=7, style="panel_figure", head="panel_head_right", number=POINTS),
    )
    fits = room(GRID, 4, 5)
    rows = (_loss(each, fits.cut(f"{each.code} {each.item}")) for each in result.losses[:_FIVE])
    return heading(title, *MIDDLE), *table(columns, rows, height=_TALL)


def _loss(each: Lost, named: str) -> Sequence[Cell]:
    share = stats.rate(each.losing, each.districts) or 0
    return named, f"{each.losing}个({show(share).split('.')[0]}%)", each.points


def _apart(result: RollUp) -> Stack:
    """Count who is not ranked, by the reason."""
    counts = Counter(each.why for each in result.sorted.left_out)
    top = heading("五、没有计入的地区", *RIGHT)
    if not counts:
        return top, said("没有。", *RIGHT, height=_TALL)
    columns = (
        PanelColumn(title="原因", first=9, last=10),
        PanelColumn(title="个数", first=11, last=11, style="panel_centre", head="panel_head_centre", number="0"),
        PanelColumn(title="地区", first=12, last=LAST),
    )
    fits = room(GRID, 12, LAST)
    names = {why: [each.name for each in result.sorted.left_out if each.why is why] for why in counts}
    rows = ((why.word, count, fits.cut("、".join(names[why]))) for why, count in counts.items())
    return top, *table(columns, rows, height=_TALL)


def _why(result: RollUp) -> Stack:
    """Say how the ranks come about."""
    by = "按各单位得分率的平均排名。" if result.by_rate else "按各地区的平均总分排名。"
    lines = (by, "各地区分量相同,相同的并列。", "只排已全部核定(正式排名)的。", f"细则见“{RANKING}”。")
    return heading("六、怎样排的", *RIGHT), *(said(text, *RIGHT, height=_TALL) for text in lines)


def _notes(sheets: Sheets) -> Iterator[Line]:
    fits = room(GRID, 0, LAST)
    for text in remarks(sheets.result.sorted):
        yield said(fits.cut(text), 0, LAST, height=_TALL)
