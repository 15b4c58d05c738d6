"""敏感性: how the ranks would stand under the other readings of what the notice leaves open."""

from __future__ import annotations

from collections.abc import Sequence

from fazhi_xl.points import show
from fazhi_xl.reports.media.titles import title
from fazhi_xl.reports.media.workbook import Cell, Column, ReportSheet, Sentence, Table
from fazhi_xl.rounds.round import Other, Round
from fazhi_xl.scoring.model import UnitScore
from fazhi_xl.scoring.ranking import in_order

SHEET = "敏感性"


def sensitivity_sheet(round_: Round) -> ReportSheet:
    telling = [each for each in round_.others if _figures(each.units) != _figures(round_.units)]
    columns = (
        Column(title="名次", width=7, style="whole"),
        Column(title="单位", width=18),
        Column(title="应得分", width=9, style="figure"),
        Column(title="总分", width=9, style="figure"),
        *(Column(title=f"{each.reading}:\n{each.option}", width=17, style="centre") for each in telling),
    )
    rows = tuple(_row(unit, telling) for unit in in_order(round_.returned))
    return ReportSheet(
        name=SHEET,
        title=title(round_, f"{SHEET}:换一种口径的名次"),
        blocks=(
            Sentence(
                "各单位的得分不变,只把一条口径换成另一种重算(加减分照旧):先写总分,再写名次,括号里是名次升(+)降(-)几位。"
                "“*”为有的得分点按这种口径要填而没有填,没有计入。“—”为按这种口径没有任务。"
            ),
            Sentence(_alike(round_, telling)),
            Table(columns=columns, rows=rows),
        ),
        held=2,
    )


def _alike(round_: Round, telling: Sequence[Other]) -> str:
    names = [f"{each.reading}({each.option})" for each in round_.others if each not in telling]
    return f"换了名次和总分都不变的:{'、'.join(names)}。" if names else "没有换了都不变的口径。"


def _figures(units: Sequence[UnitScore]) -> list[tuple[int | None, int | None]]:
    return [(unit.total, unit.rank) for unit in units]


def _row(unit: UnitScore, others: Sequence[Other]) -> tuple[Cell, ...]:
    return (unit.rank, unit.unit, unit.full_marks, unit.total, *(_other(unit, each) for each in others))


def _other(unit: UnitScore, other: Other) -> str | None:
    then = next((each for each in other.units if each.unit == unit.unit), None)
    if then is None or then.total is None:
        return None
    if then.rank is None or unit.rank is None:
        return f"{show(then.total)} " + ("不占名次" if then.rank is None else f"第{then.rank}名")
    moved = unit.rank - then.rank
    said = f"({moved:+d})" if moved else ""
    return f"{show(then.total)} 第{then.rank}名{said}" + ("*" if unit.unit in other.unanswered else "")
