"""The last, bold row of 排名总表 and of each group: sums and means of the units whose figures are compared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from fazhi_xl.points import Hundredths
from fazhi_xl.reports.media.titles import VETO
from fazhi_xl.reports.media.workbook import Cell, Column, Formula
from fazhi_xl.reports.ranking import data
from fazhi_xl.reports.ranking.total_columns import (
    AWARDED,
    BONUS_POINTS,
    DEDUCTION,
    FULL,
    PERCENT,
    REFUND,
    TABLE,
    TOTAL,
)
from fazhi_xl.rounds import rates as stats
from fazhi_xl.rounds.round import Round
from fazhi_xl.scoring.model import UnitScore

_ANY = ">-999999"  # any number, and no text
MEANS = {PERCENT: "percent", BONUS_POINTS: "bonus", DEDUCTION: "deduction", TOTAL: "total"}
_SUMS: Mapping[str, Callable[[Round, UnitScore], Hundredths | None]] = {
    FULL: lambda _, unit: unit.full_marks,
    data.AUTO: lambda _, unit: unit.auto or 0,
    data.SELF: lambda _, unit: unit.self_score or 0,
    data.REVIEWED: lambda _, unit: unit.reviewed,
    REFUND: lambda _, unit: unit.refund,
    AWARDED: lambda round_, unit: stats.awarded(unit, round_.basis),
}


def how_it_comes_about(columns: Iterable[Column]) -> str:
    """Say which columns the row adds up, and of which it gives the mean."""
    called = {column.called: column.title for column in columns}
    sums, means = ("、".join(called[each] for each in kept if each in called) for kept in (_SUMS, MEANS))
    return (
        "末行" + ",".join(filter(None, (f"{sums}为合计" if sums else "", f"{means}为平均"))) + ",只算计入平均的单位。"
    )


def summed_up(round_: Round, column: Column) -> Cell:
    """Add a column of 排名总表 up, or give its mean, as it allows; None where it allows neither."""
    if column.title == "单位":
        return "合计/平均" if round_.notice.items else "平均"
    if column.called not in _SUMS:
        return mean_of(round_, round_.units, column, TABLE)
    kept = f',{TABLE}[{VETO}],"—"' if round_.vetoed else ""
    text = data.exact(round_, f'SUMIFS({TABLE}[{column.called}],{TABLE}[{TOTAL}],"{_ANY}"{kept})')
    found = [_SUMS[column.called](round_, unit) for unit in round_.compared]
    values = [value for value in found if value is not None]
    return Formula(text=_unless_none(round_, column, TABLE, text), value=sum(values) if values else None)


def mean_of(round_: Round, units: tuple[UnitScore, ...], column: Column, table: str) -> Cell:
    """Give the mean of a column over the units whose figures are compared, and a dash where there are none."""
    if column.title == "单位":
        return "平均"
    taken = MEANS.get(column.called)
    if taken is None:
        return None
    values = [value for unit in units if unit.compared and (value := getattr(unit, taken)) is not None]
    over, kept = f"{table}[{column.called}]", f'{table}[{VETO}],"—"'
    mean = f'SUMIFS({over},{kept})/COUNTIFS({over},"{_ANY}",{kept})' if round_.vetoed else f"AVERAGE({over})"
    text = _unless_none(round_, column, table, data.kept(round_, mean))
    return Formula(text=text, value=stats.mean(values, round_.notice.about.scoring.kept))


def _unless_none(round_: Round, column: Column, table: str, text: str) -> str:
    """Write a dash where no unit has both this figure and a total that is compared."""
    compared = f',{table}[{VETO}],"—"' if round_.vetoed else ""
    counted = f'COUNTIFS({table}[{column.called}],"{_ANY}",{table}[{TOTAL}],"{_ANY}"{compared})'
    return f'IF({counted}=0,"—",{text})'
