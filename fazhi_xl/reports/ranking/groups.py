"""分组排名: the units against those with like tasks, group by group."""

from __future__ import annotations

from fazhi_xl.points import Hundredths
from fazhi_xl.reports.media.titles import VETO, title
from fazhi_xl.reports.media.workbook import Block, Cell, Column, Formula, ReportSheet, Sentence, Table, pixels
from fazhi_xl.reports.ranking.last_row import MEANS, mean_of
from fazhi_xl.reports.ranking.total_columns import (
    BONUS_POINTS,
    DEDUCTION,
    FULL,
    GROUP,
    GROUP_RANK,
    NUMBER,
    PERCENT,
    RANK,
    TABLE,
    TOTAL,
)
from fazhi_xl.reports.ranking.totals import present
from fazhi_xl.rounds.round import Round
from fazhi_xl.scoring.model import UnitScore

_GROUP_COLUMNS = (
    Column(title=GROUP_RANK, width=pixels(64), style="rank"),
    Column(title=NUMBER, width=pixels(48), style="count"),
    Column(title="单位", width=pixels(132)),
    *(Column(title=name, width=pixels(78), style="figure", key=name) for name in (FULL, PERCENT)),
    *(Column(title=name, width=pixels(78), style="quiet", key=name) for name in (BONUS_POINTS, DEDUCTION)),
    Column(title=TOTAL, width=pixels(150), style="strong", key=TOTAL),
    Column(title=RANK, width=pixels(62), style="count"),
    Column(title=VETO, width=pixels(100), style="centre"),
)


def groups_sheet(round_: Round) -> ReportSheet:
    blocks: list[Block] = []
    if round_.notice.items:
        blocks.append(Sentence("各单位承担的得分点不同,应得分相差很大,同组之间更可比。"))
    for no, group in enumerate(round_.notice.ranking_groups, 1):
        own = tuple(unit for unit in round_.units if unit.group == group.code)
        if own:
            blocks.append(_group(round_, f"{group.code}.{group.name}", f"{GROUP}{no}", own))
    return ReportSheet(
        name="分组排名", title=title(round_, "分组排名"), blocks=tuple(blocks), tab="title", portrait=True
    )


def _group(round_: Round, name: str, table: str, units: tuple[UnitScore, ...]) -> Table:
    order = sorted(units, key=lambda unit: (unit.group_rank is None, unit.group_rank or 0))
    came, columns = [unit for unit in units if unit in round_.scored], tuple(present(round_, _GROUP_COLUMNS))
    said = f",已报{len(came)}家" if round_.due else ""
    return Table(
        title=f"{name}({len(units)}家{said})",
        columns=columns,
        rows=tuple(tuple(_looked_up(round_, unit, column) for column in columns) for unit in order),
        total=tuple(mean_of(round_, units, column, table) for column in columns) if came else (),
        name=table,
    )


def _looked_up(round_: Round, unit: UnitScore, column: Column) -> Cell:
    if column.title in {NUMBER, "单位"}:
        return round_.number_of(unit.unit) if column.title == NUMBER else unit.unit
    if column.title == VETO:
        return "、".join(unit.vetoes) or None
    value: Hundredths | None = getattr(unit, _GROUP_VALUES[column.called])
    if value is None or unit.total is None:  # who has no total stands in no range of the ranking
        return value
    return Formula(text=f"SUMIFS({TABLE}[{column.called}],{TABLE}[{NUMBER}],[@{NUMBER}])", value=value)


_GROUP_VALUES = {**MEANS, FULL: "full_marks", RANK: "rank", GROUP_RANK: "group_rank"}
