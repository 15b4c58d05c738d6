"""一页纸: the result in a few sentences and tables, for leadership."""

from __future__ import annotations

from collections.abc import Iterator

from fazhi_xl.points import Hundredths, percent, short, show_or_dash
from fazhi_xl.reports.filing.review_progress import begun, progress
from fazhi_xl.reports.media.titles import dated, state, title
from fazhi_xl.reports.media.workbook import Block, Chart, Column, ReportSheet, Sentence, Table
from fazhi_xl.reports.ranking.totals import changed
from fazhi_xl.rounds import rates as stats
from fazhi_xl.rounds.round import Round
from fazhi_xl.scoring.grades import grade_counts
from fazhi_xl.scoring.model import UnitScore
from fazhi_xl.scoring.ranking import in_order


def front_sheet(round_: Round) -> ReportSheet:
    aspects = _aspect_table(round_)
    blocks: list[Block] = [
        Sentence(dated(round_), "big"),
        *(Sentence(text, "said") for text in headline(round_)),
        *_short_table([unit for unit in in_order(round_.returned) if unit.rank is not None]),
        aspects,
        Chart(title="五方面得分率(%)", table=_ASPECTS, names="方面", values="得分率(%)", at=5, rows=10, width=490),
        _group_table(round_),
        *_grade_table(round_),
        Sentence(changed(round_)),
    ]
    return ReportSheet(
        name="一页纸",
        title=title(round_, state(round_)),
        blocks=tuple(blocks),
        widths=(26, 20, 12, 12, 3, 22, 20, 12, 12),
        tab="title",
        one_page=True,
    )


def headline(round_: Round) -> Iterator[str]:
    """Give the result in a few sentences, every figure from the tables."""
    totals = [unit.total for unit in round_.returned if unit.total is not None]
    rate = percent(stats.rate(len(round_.returned), len(round_.units)))
    if not totals:
        yield f"还没有收到可以计分的表(应报{len(round_.units)}家)。"
        return
    kept = round_.notice.about.scoring.kept
    best, worst = max(totals), min(totals)
    yield (
        f"应报{len(round_.units)}家,已报{len(round_.returned)}家,报送率{rate}。"
        f"平均{show_or_dash(stats.mean(totals, kept))}分,中位数{show_or_dash(stats.median(totals, kept))}分,"
        f"最高{show_or_dash(best)}分({_holders(round_, best)}),最低{show_or_dash(worst)}分({_holders(round_, worst)})。"
    )
    if begun(round_):
        yield progress(round_)
    weak = _weakest(round_)
    if weak:
        yield "得分率最低的项目:" + ";".join(weak) + "。"
    if partial := round_.to_correct:
        more = "填报里有须改正的,按核定分计" if round_.official else "暂按已填部分计,名次会变"
        yield f"退回修改{len(partial)}家:" + "、".join(partial) + f"({more})。"
    if round_.missing:
        yield (
            f"未报送{len(round_.missing)}家:"
            + "、".join(unit.unit for unit in round_.missing)
            + "(不排名,不计入平均)。"
        )


def _holders(round_: Round, total: Hundredths) -> str:
    """Name who has the total; of many the first three, and how many they are."""
    units = [unit.unit for unit in in_order(round_.returned) if unit.total == total]
    return "、".join(units[:3]) + (f"等{len(units)}家" if len(units) > 3 else "")


def _weakest(round_: Round) -> list[str]:
    rates = stats.item_rates(round_.notice, round_.returned, round_.basis)
    names = {item.no: item.name for item in round_.notice.items}
    known = sorted((rate, no) for no, rate in rates.items() if rate is not None and rate < stats.FULL_RATE)
    return [f"{no}.{names[no]}({percent(rate)})" for rate, no in known[:3]]


def _short_table(order: list[UnitScore]) -> tuple[Table, Table]:
    columns = (
        Column(title="名次", width=20, style="whole"),
        Column(title="单位", width=24),
        Column(title="应得分", width=13, style="figure"),
        Column(title="总分", width=13, style="figure"),
    )
    first = [unit for unit in order if unit.rank and unit.rank <= 5]  # with all that share the fifth rank
    last = order[max(len(first), len(order) - 5) :]
    rows = ([(unit.rank, unit.unit, unit.full_marks, unit.total) for unit in units] for units in (first, last))
    first_rows, last_rows = rows
    return (
        Table(title="前五名", columns=columns, rows=tuple(first_rows)),
        Table(title="后五名", columns=columns, rows=tuple(last_rows), at=5, beside=True),
    )


_ASPECTS = "一页纸方面"


def _aspect_table(round_: Round) -> Table:
    rates = stats.aspect_rates(round_.notice, round_.returned, round_.basis)
    units = {
        aspect: sum(
            any(round_.notice.item_of[s.code].aspect == aspect for s in unit.sub_points) for unit in round_.returned
        )
        for aspect in rates
    }
    return Table(
        title="五方面得分率",
        name=_ASPECTS,
        columns=(
            Column(title="方面", width=9),
            Column(title="有此任务的单位", width=24, style="whole"),
            Column(title="得分率(%)", width=13, style="figure"),
        ),
        rows=tuple((aspect, units[aspect], rate) for aspect, rate in rates.items()),
    )


def _group_table(round_: Round) -> Table:
    columns = (
        Column(title="分组", width=20),
        Column(title="已报(家)", width=22, style="centre"),
        Column(title="平均分", width=12, style="figure"),
        Column(title="中位数", width=12, style="figure"),
    )
    rows, kept = [], round_.notice.about.scoring.kept
    for group in round_.notice.ranking_groups:
        own = [unit for unit in round_.units if unit.group == group.code]
        totals = [unit.total for unit in own if unit.total is not None]
        rows.append((group.name, f"{len(totals)}/{len(own)}", stats.mean(totals, kept), stats.median(totals, kept)))
    return Table(title="分组", columns=columns, rows=tuple(rows))


def _grade_table(round_: Round) -> Iterator[Table]:
    """Count the grades for reference, where the catalogue has any."""
    bands = round_.notice.about.grades
    if bands:
        counts = grade_counts((unit.total for unit in round_.returned), bands)
        columns = (
            Column(title="参考等次", width=20, style="centre"),
            Column(title="界限", width=20, style="centre"),
            Column(title="家数", width=12, style="whole"),
            Column(title="占比(%)", width=12, style="figure"),
        )
        rows = tuple(
            (
                band.name,
                ("以下" if band.at_least is None else f"{short(band.at_least)}分及以上"),
                counts[band.name],
                stats.rate(counts[band.name], len(round_.returned)),
            )
            for band in bands
        )
        yield Table(title="参考等次", columns=columns, rows=rows, at=5, beside=True)
