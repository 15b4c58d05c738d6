"""The number beside each result."""

from __future__ import annotations

import pytest

from fazhi_xl.form.expression import Ref, Value
from fazhi_xl.form.model import Computed, Label, Row, Shape, Sheet, SheetColumn
from fazhi_xl.form.sheets.common.marks import COLUMN, marked

COLUMNS = (SheetColumn(code="编号", width=9), SheetColumn(code="校验", width=9))
HEAD = Row(cells={"编号": Label("编号"), "校验": Label("校验")}, head=True)
JUDGED = Row(code="1.1", cells={"编号": Label("1.1"), "校验": Computed(Ref("甲"), "status")})
TOLD = Row(code="1.2", cells={"校验": Label("由办公室提供")})
BAND = Row(cells={"编号": Label("说明")}, merged=True)


def sheet(*rows: Row) -> Sheet:
    return Sheet(name="表", columns=COLUMNS, rows=rows)


@pytest.mark.parametrize(
    ("said", "mark"),
    [("待填:次数", 1), ("错误:请填整数", 2), ("请核实:日期", 3), ("通过", 0), ("", 0), (None, 0), ("由办公室提供", 0)],
)
def test_what_a_result_says_has_a_number(said: Value, mark: int) -> None:
    """What is open, wrong and to be confirmed each has its number, and nothing else has one."""
    shape = Shape(name="", sub_points=(), sheets=(marked(sheet(HEAD, JUDGED)),))
    assert shape.results({"甲": said})["1.1.校验码"] == mark


def test_the_column_stands_last_and_aside() -> None:
    """Nothing moves for it, nothing is stretched over it, and rows without a result of their own have no number."""
    made = marked(sheet(HEAD, JUDGED, TOLD, BAND))
    assert made.columns == (*COLUMNS, COLUMN)
    assert made.printed == COLUMNS
    assert [row.cells.get("校验码") for row in made.rows][0::2] == [Label("类别", "mark"), Label("", "mark")]
    assert made.rows[3] is BAND


def test_a_sheet_without_results_stays() -> None:
    """Where nothing is judged there is nothing to number."""
    plain = sheet(HEAD, TOLD)
    assert marked(plain) is plain
