"""A mark on a cell goes when nothing is wrong there any more."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction

import pytest

from fazhi_xl.form.expression import Value
from fazhi_xl.office.outputs.refill import refilled
from fazhi_xl.reports.corrections import CellMark, Corrections
from fazhi_xl.reports.media.workbook import ReportSheet, Sentence
from tests.support.campaign import forms, the_notice
from tests.support.packages import Package

FRONT = ReportSheet(name="需修改事项", title="标题", blocks=(Sentence("一"),), widths=(40,))
BLANK_SCORE = 'IF((G62=""),TRUE,IF(AND(NOT((G62="")),IF(ISNUMBER(G62),OR(OR((G62<0),(1<G62)),NOT((ROUND(G62,2)=G62))),TRUE)),TRUE,FALSE))'


def package(mark: CellMark, values: Mapping[str, Value]) -> Package:
    asked = Corrections(front=FRONT, footer="", marks=(mark,), author="办公室")
    return Package(refilled(the_notice(), forms()["工信局"], values, asked))


def condition(mark: CellMark, values: Mapping[str, Value]) -> str:
    """Give the condition of the one mark, with the marked cell written as `X`."""
    place = forms()["工信局"].shape.places[mark.field]
    part = package(mark, values).sheets[place.sheet]
    (found,) = (each for each in part.every("conditionalFormatting") if each.get("sqref") == place.cell)
    return re.sub(rf"\b{place.cell}\b", "X", "".join(map(str, found.itertext())))


@pytest.mark.parametrize(
    ("field", "left_out", "values", "expected"),
    [
        ("联络.分管领导.姓名", True, {}, 'IF((X=""),TRUE,IF(IF(AND(NOT((X="")),(40<LEN(X))),TRUE,FALSE),TRUE,FALSE))'),
        ("联络.分管领导.姓名", False, {"联络.分管领导.姓名": "=1+1"}, '(X="=1+1")'),
        ("联络.分管领导.姓名", False, {"联络.分管领导.姓名": '"}{*}'}, '(X="""}{*}")'),
        ("联络.分管领导.姓名", False, {}, '(X="")'),
        ("联络.分管领导.姓名", False, {"联络.分管领导.姓名": "甲" * 35}, f'(X="{"甲" * 35}")'),
        ("15.1.说明", False, {"15.1.说明": "甲" * 130}, "TRUE"),
        ("15.6.次数.填报", False, {"15.6.次数.填报": 7}, "(X=7)"),
        ("15.6.自评", False, {"15.6.自评": Fraction(1, 2)}, "(X=(1/2))"),
        ("信息.01.报送日期", False, {"信息.01.报送日期": date(2020, 1, 8), "信息.01.标题": "甲"}, "(X=DATE(2020,1,8))"),
    ],
)  # fmt: skip
def test_condition(field: str, left_out: bool, values: Mapping[str, Value], expected: str) -> None:  # noqa: FBT001 - a table's column
    """It shows while the input's own checks hold; where none of them does, until the input is changed."""
    assert condition(CellMark(field=field, text="x", left_out=left_out), values) == expected


def test_of_a_check() -> None:
    """A blank score is marked by the very checks of the form."""
    assert condition(CellMark(field="15.6.自评", text="x"), {}) == BLANK_SCORE.replace("G62", "X")


def test_no_other_sheet() -> None:
    """No mark's condition looks at another sheet, whatever field it is on."""
    for key in forms()["工信局"].shape.fields:
        if key.endswith(".自评"):
            assert "!" not in condition(CellMark(field=key, text="x"), {key: 1})
