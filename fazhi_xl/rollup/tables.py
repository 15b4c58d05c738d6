"""A report as tables of Arrow: a row for each unit, and a row for each unit and sub-point; points are exact decimals.

Columns bear the names that 排名汇总.xlsx has for them. What says which district a row is of is added where districts come together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pyarrow as pa

from fazhi_xl.points import Hundredths, figure, in_points, round_half_up
from fazhi_xl.rollup.district import unit_rate
from fazhi_xl.rollup.records import Report, Scored, UnitRecord
from fazhi_xl.rounds.rates import FULL_RATE

FORMAT = "1"
"""The version of the columns, which stands in the files."""
_POINTS, _WORD = pa.decimal128(12, 3), pa.string()
_RATE = pa.decimal128(9, 2)
Row = Mapping[str, Any]

DISTRICT_COLUMNS = pa.schema(
    [
        pa.field("地区序号", pa.int32(), nullable=False),
        pa.field("地区", _WORD, nullable=False),
        pa.field("计入排名", pa.bool_(), nullable=False),
        pa.field("口径", _WORD, nullable=False),
    ]
)
_OF_UNIT = [
    pa.field("单位序号", pa.int32(), nullable=False),
    pa.field("单位", _WORD, nullable=False),
    pa.field("单位标识", _WORD, nullable=False),
    pa.field("分组", _WORD, nullable=False),
    pa.field("计入平均", pa.bool_(), nullable=False),
]
UNIT_COLUMNS = pa.schema(
    [
        *_OF_UNIT,
        pa.field("类别", _WORD, nullable=False),
        pa.field("报送", _WORD, nullable=False),
        *(pa.field(name, _POINTS) for name in ("应得分", "测算分", "自评分", "核定分", "得分")),
        pa.field("得分率", _RATE),
        *(pa.field(name, _POINTS) for name in ("折算分", "加分", "减分", "总分")),
        pa.field("名次", pa.int32()),
        pa.field("组内名次", pa.int32()),
    ]
)
SUB_POINT_COLUMNS = pa.schema(
    [
        *_OF_UNIT,
        pa.field("方面序号", pa.int32(), nullable=False),
        pa.field("方面", _WORD, nullable=False),
        pa.field("项目序号", pa.int32(), nullable=False),
        pa.field("项目", _WORD, nullable=False),
        pa.field("得分点序号", pa.int32(), nullable=False),
        pa.field("得分点", _WORD, nullable=False),
        pa.field("得分点标识", _WORD, nullable=False),
        *(pa.field(name, _POINTS) for name in ("分值", "测算分", "自评分", "核定分", "应得分", "计分", "失分")),
    ]
)


def unit_table(report: Report) -> pa.Table:
    """Give a row for each unit, in the notice's order."""
    shared = _shared(report)
    return _table((_unit_row(unit, shared(unit)) for unit in report.units), UNIT_COLUMNS)


def sub_point_table(report: Report) -> pa.Table:
    """Give a row for each unit and sub-point, in the notice's order."""
    shared, place = _shared(report), _places(report)
    rows = (
        {**own, **place[sub.code], **_scores(sub)}
        for unit in report.units
        for own in (shared(unit),)
        for sub in unit.sub_points
    )
    return _table(rows, SUB_POINT_COLUMNS)


def _table(rows: Iterator[Row], columns: pa.Schema) -> pa.Table:
    return pa.Table.from_pylist(list(rows), schema=columns)


def _shared(report: Report) -> Callable[[UnitRecord], Row]:
    groups = {group.code: group.name for group in report.notice.groups}
    return lambda unit: {
        "单位序号": unit.no,
        "单位": unit.unit,
        "单位标识": unit.id,
        "分组": groups[unit.group],
        "计入平均": unit.compared,
    }


def _unit_row(unit: UnitRecord, shared: Row) -> Row:
    rate = unit_rate(unit) if unit.awarded is not None else None
    points = {
        "应得分": unit.full_marks,
        "测算分": unit.auto,
        "自评分": unit.own,
        "核定分": unit.reviewed,
        "得分": unit.awarded,
        "得分率": None if rate is None else round_half_up(FULL_RATE * rate),
        "折算分": unit.percent,
        "加分": unit.bonus,
        "减分": unit.deduction,
        "总分": unit.total,
    }
    ranks = {"名次": unit.rank, "组内名次": unit.group_rank}
    return {**shared, "类别": unit.kind, "报送": unit.state.value, **_decimals(points), **ranks}


def _places(report: Report) -> Mapping[str, Row]:
    """Say of each sub-point where the notice has it, by its code."""
    items, aspects = {item.no: item for item in report.notice.items}, report.notice.aspects
    return {
        sub.code: {
            "方面序号": aspects.index(items[sub.item].aspect) + 1,
            "方面": items[sub.item].aspect,
            "项目序号": sub.item,
            "项目": items[sub.item].name,
            "得分点序号": no,
            "得分点": sub.code,
            "得分点标识": sub.id,
        }
        for no, sub in enumerate(report.notice.sub_points, 1)
    }


def _scores(sub: Scored) -> Row:
    return _decimals(
        {
            "分值": sub.points,
            "测算分": sub.auto,
            "自评分": sub.own,
            "核定分": sub.reviewed,
            "应得分": sub.full,
            "计分": sub.counted,
            "失分": figure(sub.full - sub.counted),
        }
    )


def _decimals(points: Mapping[str, Hundredths | None]) -> Row:
    return {name: None if held is None else in_points(held) for name, held in points.items()}
