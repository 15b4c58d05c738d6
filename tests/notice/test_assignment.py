"""Who answers what under the readings of 2020."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from fazhi_xl.notice.assignment import assign, expand, sharers
from fazhi_xl.notice.load import load
from fazhi_xl.notice.model import Notice
from fazhi_xl.points import short

if TYPE_CHECKING:
    from tests.notice.conftest import Choose

# 单位 | 类别 | 组 | 照印时的项目 | 照印时应得分 | 按得分点分配的得分点数 | 应得分
TABLE = """
区委办 | 党委部门 | B | 1,20 | 17 | 12 | 29
人大常委会机关 | 人大/政协 | C | - | 0 | 6 | 22
政府办 | 行政机关 | B | 2,9,15,20 | 35 | 14 | 29.5
政协机关 | 人大/政协 | C | - | 0 | 6 | 22
纪委监委 | 纪检监察 | C | - | 0 | 6 | 22
法院 | 司法机关 | B | 6,10,11,13,15 | 30 | 15 | 38
检察院 | 司法机关 | B | 10,12,15 | 23 | 11 | 31
组织部 | 党委部门 | B | 1,15,20 | 32 | 11 | 27.5
宣传部 | 党委部门 | B | 1,15 | 19 | 10 | 27
统战部 | 党委部门 | C | - | 0 | 6 | 22
政法委 | 党委部门 | C | - | 0 | 6 | 22
发改局 | 行政机关 | A | 3,4,5,15,19,20 | 43 | 22 | 39.5
教育局 | 行政机关 | A | 3,4,5,15,20 | 39 | 19 | 35.5
科技局 | 行政机关 | A | 3,4,5,15,20 | 39 | 18 | 34.5
工信局 | 行政机关 | A | 3,4,5,15,20 | 39 | 18 | 34.5
民政局 | 行政机关 | A | 3,4,5,15,20 | 39 | 18 | 34.5
司法局 | 行政机关 | A | 2,3,4,5,6,7,14,15,16,17,18,20,21 | 69 | 44 | 68.5
财政局 | 行政机关 | A | 3,4,5,14,15,20 | 43 | 20 | 38.5
人社局 | 行政机关 | A | 3,4,5,7,15,20 | 42 | 19 | 37.5
住建局 | 行政机关 | A | 3,4,5,15,20 | 39 | 18 | 34.5
城管局 | 行政机关 | A | 3,4,5,15,20 | 39 | 18 | 34.5
农业农村局 | 行政机关 | A | 3,4,5,15,16,20 | 43 | 22 | 38.5
商务局 | 行政机关 | A | 3,4,5,15,20 | 39 | 18 | 34.5
文体旅局 | 行政机关 | A | 3,4,5,15,20 | 39 | 18 | 34.5
卫健局 | 行政机关 | A | 3,4,5,15,20 | 39 | 18 | 34.5
退役军人事务局 | 行政机关 | A | 3,4,5,15,20 | 39 | 18 | 34.5
应急管理局 | 行政机关 | A | 3,4,5,15,20 | 39 | 18 | 34.5
审计局 | 行政机关 | A | 3,4,5,15,20 | 39 | 18 | 34.5
行政审批局 | 行政机关 | A | 3,4,5,15,20 | 39 | 18 | 34.5
市场监管局 | 行政机关 | A | 3,4,5,15,20 | 39 | 18 | 34.5
统计局 | 行政机关 | A | 3,4,5,15,20 | 39 | 18 | 34.5
信访局 | 行政机关 | B | 8,15,20 | 31 | 9 | 25.5
地方金融监管局 | 行政机关 | A | 3,4,5,15,20 | 39 | 18 | 34.5
总工会 | 群团 | C | - | 0 | 6 | 22
团委 | 群团 | C | - | 0 | 6 | 22
妇联 | 群团 | C | - | 0 | 6 | 22
科协 | 群团 | C | - | 0 | 6 | 22
残联 | 群团 | C | - | 0 | 6 | 22
红十字会 | 群团 | C | - | 0 | 6 | 22
公安分局 | 行政机关(垂管/派出) | A | 3,4,5,15,20 | 39 | 18 | 34.5
交警大队 | 行政机关(垂管/派出) | A | 3,4,5,15,20 | 39 | 18 | 34.5
生态环境局 | 行政机关(垂管/派出) | A | 3,4,5,15,20 | 39 | 18 | 34.5
自然资源分局 | 行政机关(垂管/派出) | A | 3,4,5,15,20 | 39 | 18 | 34.5
税务局 | 行政机关(垂管/派出) | A | 3,4,5,15,20 | 39 | 18 | 34.5
消防大队 | 行政机关(垂管/派出) | A | 3,4,5,15,20 | 39 | 18 | 34.5
"""
ROWS = [tuple(line.split(" | ")) for line in TABLE.strip().splitlines()]


@pytest.fixture
def as_printed(folder: Path, choose: Choose) -> Notice:
    choose("责任分配", "按整项")
    return load(folder)


def _points(notice: Notice, codes: tuple[str, ...]) -> str:
    return short(sum(notice.sub_points[code].points for code in codes))


def test_units_answer_what_the_table_says(notice: Notice) -> None:
    """Per sub-point, each unit has its number of sub-points and its applicable full marks."""
    assignment = assign(notice)
    assert [
        (unit.short, unit.kind, unit.ranking_group, str(len(codes)), _points(notice, codes))
        for unit, codes in zip(notice.units, assignment.values(), strict=True)
    ] == [(row[0], row[1], row[2], row[5], row[6]) for row in ROWS]


def test_per_sub_point_nobody_is_idle(notice: Notice) -> None:
    """Per sub-point, there are 672 cells and every unit answers something."""
    assignment = assign(notice)
    assert (assignment.cells, assignment.idle) == (672, ())
    assert list(assignment) == [unit.short for unit in notice.units]
    assert len(assignment) == 45


def test_as_printed_units_answer_whole_items(as_printed: Notice) -> None:
    """As printed, each unit answers every sub-point of its items, with these full marks."""
    for row, codes in zip(ROWS, assign(as_printed).values(), strict=True):
        items = dict.fromkeys(str(as_printed.item_of[code].no) for code in codes)
        assert (row[0], ",".join(items) or "-", _points(as_printed, codes)) == (row[0], row[3], row[4])


def test_as_printed_11_units_are_idle(as_printed: Notice) -> None:
    """As printed, there are 747 cells, and the 11 units of group C answer nothing."""
    assignment = assign(as_printed)
    assert assignment.cells == 747
    assert assignment.idle == tuple(row[0] for row in ROWS if row[2] == "C")
    assert len(assignment.idle) == 11


def test_as_printed_items_have_so_many_units(as_printed: Notice) -> None:
    """As printed, 169 pairs of unit and item come of the departments, no unit twice."""
    counts = [len(expand(as_printed, item.responsible)) for item in as_printed.items]
    assert counts == [3, 2, 27, 27, 27, 2, 2, 1, 1, 2, 1, 1, 1, 2, 33, 2, 1, 1, 1, 31, 1]
    assert sum(counts) == 169


def test_codes_stand_in_the_order_of_the_notice(notice: Notice) -> None:
    """A unit's sub-points keep the notice's order, which is not that of text: 15.1 comes before 20.1, 2.1 before 14.1."""
    order = list(notice.sub_points)
    for codes in assign(notice).values():
        assert [order.index(code) for code in codes] == sorted(order.index(code) for code in codes)


@pytest.mark.parametrize(
    ("code", "units"),
    [
        ("1.1", "区委办 组织部 宣传部"),
        ("2.5", "政府办 司法局"),
        ("15.5", "组织部 宣传部 教育局 司法局"),
        ("18.1", "司法局"),
        ("20.1", "区委办 司法局"),
        ("20.3", "区委办 发改局 司法局"),
        ("20.4", "组织部"),
    ],
)
def test_a_sub_point_has_its_units(notice: Notice, code: str, units: str) -> None:
    """A sub-point is answered by the units its departments stand for, in the order of Annex 1."""
    assert assign(notice).units[code] == tuple(units.split())


def test_departments_of_one_unit_count_once(notice: Notice) -> None:
    """Several names of one unit, alone or within a group, give it once, in the order of Annex 1."""
    assert expand(notice, ("区依法行政办", "区委依法治区办", "区司法局")) == ("司法局",)
    found = expand(notice, ("区行政执法部门", "区检察院", "区法院"))
    assert (found[:3], len(found), len(set(found))) == (("法院", "检察院", "发改局"), 29, 29)


def test_sharers_are_the_other_units(notice: Notice) -> None:
    """Whoever else answers a part of the item is named, the unit itself is not."""
    assert sharers(notice, "法院", 10) == ("检察院",)
    assert sharers(notice, "信访局", 8) == ()
    assert sharers(notice, "组织部", 1) == ("区委办", "宣传部")
    assert len(sharers(notice, "司法局", 20)) == 44
    assert sharers(notice, "妇联", 8) == ("信访局",)
