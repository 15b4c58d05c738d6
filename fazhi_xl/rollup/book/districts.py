"""各区排名, and 未计入的地区: every district, ranked or with the reason why it is not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction

from fazhi_xl.reports.media.workbook import Cell, Column, ReportSheet, Sentence, Table, pixels
from fazhi_xl.rollup.book import common
from fazhi_xl.rollup.book.common import Sheets, parted, ranked_by
from fazhi_xl.rollup.sorting import Member, Sorted
from fazhi_xl.text.dates import chinese_date

RANKING, LEFT_OUT = "各区排名", "未计入的地区"
_BAR = Fraction(9, 5)  # how much wider a cell is than the bar of the highest rate


def ranking_sheets(sheets: Sheets) -> Iterator[ReportSheet]:
    """Rank the districts, on as many sheets as their links take."""
    result = sheets.result
    shared = Counter(each.rank for each in result.ranked)
    rows = [_row(sheets, each, tied=shared[each.rank] > 1) for each in result.ranked]
    for name, some in parted(RANKING, rows, common.LINKS):
        yield ReportSheet(
            name=name,
            title=sheets.title(RANKING),
            meta=sheets.meta,
            blocks=(
                Sentence(ranked_by(result)),
                Sentence(
                    "各数取自该地区自己的排名汇总,点地区名称打开。平均总分、中位数、最高、最低只算计入平均的单位。"
                ),
                Table(columns=_columns(sheets), rows=some, name=name, native=name == RANKING, tall=19.0),
            ),
            tab="title",
            held=3,
        )


def _columns(sheets: Sheets) -> tuple[Column, ...]:
    highest = max((each.figures.mean_rate or 0 for each in sheets.result.ranked), default=0)
    bar = _BAR * highest if highest else None
    rate = (Column(title="平均得分率(%)", width=pixels(130), style="strong", bar=bar),) * sheets.result.by_rate
    return (
        Column(title="名次", width=pixels(46), style="rank"),
        Column(title="并列", width=pixels(46), style="centre"),
        Column(title="地区", width=pixels(190)),
        *rate,
        *(Column(title=name, width=pixels(72), style="figure") for name in ("平均总分", "中位数")),
        Column(title="最高", width=pixels(64), style="figure"),
        Column(title="最高的单位", width=pixels(150), style="small"),
        Column(title="最低", width=pixels(64), style="figure"),
        Column(title="最低的单位", width=pixels(150), style="small"),
        *(Column(title=name, width=pixels(74), style="whole") for name in ("单位数", "计入平均", "未报送")),
        Column(title="结果生成", width=pixels(120), style="centre"),
    )


def _row(sheets: Sheets, member: Member, *, tied: bool) -> tuple[Cell, ...]:
    figures = member.figures
    rate = (figures.mean_rate,) * sheets.result.by_rate
    return (
        member.rank,
        "并列" if tied and member.rank else "",
        sheets.linked(member),
        *rate,
        figures.mean_total,
        figures.median_total,
        figures.highest,
        "、".join(figures.first) or None,
        figures.lowest,
        "、".join(figures.last) or None,
        figures.units,
        figures.compared,
        figures.missing,
        chinese_date(member.district.generated),
    )


def left_out_sheet(sheets: Sheets) -> ReportSheet:
    """List who is not ranked, why, and what to do; below them the figures so far of those who have not finished."""
    rows = tuple(
        (no, each.name, each.why.word, each.detail, each.then, str(each.folder) if each.folder else None)
        for no, each in enumerate(sheets.result.sorted.left_out, 1)
    )
    columns = (
        Column(title="序号", width=pixels(46), style="count"),
        Column(title="地区", width=pixels(170)),
        Column(title="原因", width=pixels(110)),
        Column(title="情况", width=pixels(250)),
        Column(title="怎么办", width=pixels(330)),
        Column(title="文件夹", width=pixels(260), style="small"),
    )
    counts = Counter(each.why.word for each in sheets.result.sorted.left_out)
    said = "、".join(f"{word}{count}个" for word, count in counts.items())
    return ReportSheet(
        name=LEFT_OUT,
        title=sheets.title(LEFT_OUT),
        meta=sheets.meta,
        blocks=(
            Sentence(f"没有计入排名的{len(rows)}个:{said}。" if rows else "名单上和收到的地区都计入了。"),
            *(Sentence(text) for text in remarks(sheets.result.sorted)),
            Table(columns=columns, rows=rows, name=LEFT_OUT, native=True),
            *_unfinished(sheets),
        ),
        held=2,
    )


def remarks(found: Sorted) -> Iterator[str]:
    """Say what there is to know of the districts' names, and of the workbooks beside their reports."""
    if found.unlisted:
        yield f"不在名单上、也收到了的{len(found.unlisted)}个:{_some(found.unlisted)}。"
    if found.alike:
        yield f"有同名的地区({_some(found.alike)}),分开计入,括号里是文件夹名;如果是同一个地区,请移走多余的一份。"
    if found.shared:
        yield f"目录里写的地区名称相同的({_some(found.shared)}),按各自的文件夹名称计入;如果是同一个地区,请移走多余的一份。"
    if unlike := [each.name for each in found.read if each.unlike]:
        yield (
            f"排名汇总.xlsx 与 report.json 不是同一时间的{len(unlike)}个:{_some(unlike)}。汇总的数都取自 report.json。"
            "可能收表时排名汇总.xlsx 开着,或只写了 report.json(--report-only);请这些地区完整收一次表,两个文件就一致了。"
        )


_NAMED = 30  # districts that a sentence names


def _some(names: Sequence[str]) -> str:
    return "、".join(names[:_NAMED]) + ("等" if len(names) > _NAMED else "")


def _unfinished(sheets: Sheets) -> Iterator[Table]:
    members = sheets.result.sorted.unfinished
    if not members:
        return
    figures = ("平均得分率(%)", "平均总分")
    yield Table(
        title="还是预排名的地区(未定清单核定完以前数会变,不参加排名)",
        columns=(
            Column(title="序号", width=pixels(46), style="count"),
            Column(title="地区", width=pixels(170)),
            Column(title="口径", width=pixels(110)),
            Column(title="单位数、计入平均、未报送", width=pixels(250)),
            *(Column(title=name, width=pixels(110), style="figure") for name in figures),
        ),
        rows=tuple(_unfinished_row(no, each) for no, each in enumerate(members, 1)),
    )


def _unfinished_row(no: int, member: Member) -> tuple[Cell, ...]:
    figures = member.figures
    counts = f"{figures.units}家,计入平均{figures.compared}家,未报送{figures.missing}家"
    return no, member.name, member.district.basis.value, counts, figures.mean_rate, figures.mean_total
