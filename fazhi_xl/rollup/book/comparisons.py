"""Districts side by side: their rates by aspect, the units of one kind, and what most of them lose."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from fazhi_xl.points import round_half_up
from fazhi_xl.reports.media.workbook import Cell, Column, ReportSheet, Sentence, Table, pixels
from fazhi_xl.rollup.book.common import BOUNDS, Sheets, parted
from fazhi_xl.rollup.result import Kind, Lost
from fazhi_xl.rollup.sorting import Member
from fazhi_xl.rounds import rates as stats

KINDS, LOSSES = "同类单位比较", "失分最多的得分点"
_ROWS = 1_000_000  # of a sheet, without what stands above them


def aspect_sheets(sheets: Sheets) -> Iterator[ReportSheet]:
    """Give each district's rates by aspect, in the order of the ranks, and those over all."""
    notice = sheets.result.notice
    if notice is None or len(notice.aspects) < 2:
        return
    name = f"{notice.words.aspects}得分率"
    rows = [_aspect_row(sheets, each) for each in sheets.result.ranked]
    overall = sheets.result.overall
    total = ("", "全部地区", *overall, _weakest(notice.aspects, overall)) if overall else ()
    for title, some in parted(name, rows, _ROWS):
        yield ReportSheet(
            name=title,
            title=sheets.title(f"{name}(核定,%)"),
            meta=sheets.meta,
            blocks=(
                Sentence("得分率=各单位这方面计分合计÷应得分合计。不到90%、80%、60%的底色依次加深。"),
                Table(columns=_aspect_columns(notice.aspects), rows=some, total=total, name=title, tall=17.0),
            ),
            held=2,
        )


def _aspect_columns(aspects: tuple[str, ...]) -> tuple[Column, ...]:
    wide = pixels(max(76, min(120, 640 // len(aspects))))
    return (
        Column(title="名次", width=pixels(46), style="rank"),
        Column(title="地区", width=pixels(190)),
        *(
            Column(title=each, width=wide, style="rate", shades=BOUNDS, key=f"方面{no}")
            for no, each in enumerate(aspects)
        ),
        Column(title="最低的方面", width=pixels(150)),
    )


def _aspect_row(sheets: Sheets, member: Member) -> tuple[Cell, ...]:
    names = sheets.result.notice.aspects if sheets.result.notice else ()
    rates = sheets.result.aspects.get(member.no, (None,) * len(names))
    return (member.rank, member.name, *rates, _weakest(names, rates))


def _weakest(names: tuple[str, ...], rates: tuple[int | None, ...]) -> str | None:
    known = [(rate, name) for rate, name in zip(rates, names, strict=True) if rate is not None]
    least = min((rate for rate, _ in known), default=None)
    if least is None or least >= stats.FULL_RATE:
        return None if least is None else "全部满分"
    return "、".join(name for rate, name in known if rate == least)


def _one_table(sheets: Sheets, name: str, title: str, said: str, table: Table) -> ReportSheet:
    """Give a sheet of a sentence and a table."""
    return ReportSheet(name=name, title=title, meta=sheets.meta, blocks=(Sentence(said), table), held=2)


def kinds_sheet(sheets: Sheets) -> ReportSheet:
    """Compare the units of one kind, 法院 of all districts, by their totals."""
    columns = (
        Column(title="序号", width=pixels(46), style="count"),
        Column(title="单位", width=pixels(150)),
        *(Column(title=name, width=pixels(60), style="whole") for name in ("地区数", "家数")),
        *(Column(title=name, width=pixels(78), style="figure") for name in ("平均总分", "最高")),
        Column(title="最高的地区", width=pixels(190)),
        Column(title="最低", width=pixels(78), style="figure"),
        Column(title="最低的地区", width=pixels(190)),
        Column(title="极差", width=pixels(78), style="figure"),
    )
    rows = tuple(_kind_row(no, each) for no, each in enumerate(sheets.result.kinds, 1))
    said = "各地区同一种单位放在一起,按总分比较;同分的写序号在前的地区。每一家在同类里的名次见“单位明细”。"
    return _one_table(
        sheets, KINDS, sheets.title(KINDS), said, Table(columns=columns, rows=rows, name=KINDS, native=True)
    )


def _kind_row(no: int, kind: Kind) -> tuple[Cell, ...]:
    apart = kind.highest - kind.lowest
    return no, kind.name, kind.districts, kind.count, kind.mean, kind.highest, kind.first, kind.lowest, kind.last, apart


def losses_sheet(sheets: Sheets) -> ReportSheet:
    """List the sub-points that cost anything, those that cost most first, with the share of the districts that lose there."""
    losses = sheets.result.losses
    most = max((each.points for each in losses), default=0)
    word = sheets.result.notice.words.item if sheets.result.notice else "项目"
    columns = (
        Column(title="序号", width=pixels(46), style="rank"),
        Column(title="得分点", width=pixels(430)),
        Column(title=word, width=pixels(190)),
        *(Column(title=name, width=pixels(72), style="whole") for name in ("涉及地区", "失分地区")),
        Column(title="失分地区占比(%)", width=pixels(96), style="figure"),
        *(Column(title=name, width=pixels(72), style="whole") for name in ("涉及单位", "失分单位")),
        Column(title="失分合计", width=pixels(170), style="strong", bar=most * Fraction(9, 5) or None),
        Column(title="失分率(%)", width=pixels(84), style="figure"),
    )
    rows = tuple(_loss_row(no, each) for no, each in enumerate(losses, 1))
    said = "按失分合计从多到少。失分率=失分合计÷应得分合计;核准不涉及的不算。" if losses else "没有失分的得分点。"
    table = Table(columns=columns, rows=rows, name=LOSSES, native=True)
    return _one_table(sheets, LOSSES, sheets.title(f"{LOSSES}(核定)"), said, table)


def _loss_row(no: int, lost: Lost) -> tuple[Cell, ...]:
    share, cost = (
        stats.rate(lost.losing, lost.districts),
        round_half_up(Fraction(stats.FULL_RATE * lost.points) / lost.full),
    )
    text = f"{lost.code} {lost.text}"
    return no, text, lost.item, lost.districts, lost.losing, share, lost.units, lost.losing_units, lost.points, cost
