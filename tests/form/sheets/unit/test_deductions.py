"""减分情形提供表: rows that are blank as a whole or whole, a matter once for each unit, a degree where the notice has one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from fazhi_xl.form.checks import PASSED
from fazhi_xl.form.expression import Value
from tests.support.campaign import shape_of

SHAPE = shape_of("法院")  # provides ④, which has two degrees, and ⑤
PUNISHED, REFUSED = "④负责人违法违纪", "⑤拒不履行裁判或复议决定"
WHOLE: Mapping[str, Value] = {
    "情形": REFUSED,
    "单位": "城管局",
    "事项": "拒不履行(2020)苏0404行初1号判决",
    "文号": "(2020)苏0404行审1号",
    "日期": date(2020, 6, 1),
}


def shown(rows: Mapping[str, Mapping[str, Value]], row: str = "减分.01") -> Value:
    values = {f"{code}.{column}": value for code, cells in rows.items() for column, value in cells.items()}
    return SHAPE.evaluator(values).field(f"{row}.校验")


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({}, PASSED),
        ({"情形": None}, "待填:减分情形"),
        ({"单位": None}, "待填:发生情形的单位"),
        ({"单位": "法院"}, "错误:请从下拉列表选:区委办至消防大队"),
        ({"事项": None}, "待填:事项"),
        ({"文号": None}, "待填:文书名称和文号"),
        ({"日期": date(2019, 12, 31)}, "错误:应填2020-1-1至2020-12-31的日期,例如2020-5-8"),
        ({"情形": PUNISHED}, "待填:处理程度"),
        ({"情形": PUNISHED, "程度": "受到党纪政纪处分的"}, PASSED),
        ({"情形": PUNISHED, "程度": "依法被追究刑事责任的"}, PASSED),
        ({"程度": "依法被追究刑事责任的"}, f"错误:只用于“{PUNISHED}”,请清空"),
    ],
)
def test_a_row(changes: Mapping[str, Value], text: str) -> None:
    """A row passes once everything that its situation needs is there; a unit cannot name itself."""
    assert shown({"减分.01": {**WHOLE, **changes}}) == text


def test_a_blank_row() -> None:
    """A blank row says nothing."""
    assert shown({}) == ""


def test_the_same_matter_again() -> None:
    """The same matter of the same unit is asked about in the second row; of another unit it is another matter."""
    rows = {"减分.01": WHOLE, "减分.02": WHOLE, "减分.03": {**WHOLE, "单位": "住建局"}}
    said = [shown(rows, row) for row in rows]
    assert said == [PASSED, "请核实:同一单位同一事项,不重复减分", PASSED]


def test_no_degree_where_none_is_needed() -> None:
    """A unit that provides no situation with two degrees has no column for them."""
    assert "减分.01.程度" not in shape_of("审计局").fields
    assert "减分.01.程度" in SHAPE.fields
