"""复审表 and 复审裁定: what a second reviewer sees and fills in, and what a ruling asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from fazhi_xl.form.expression import Value
from fazhi_xl.form.model import Label
from fazhi_xl.form.review_form import review_shape
from fazhi_xl.form.sheets.review import arising
from fazhi_xl.form.sheets.review.adjudication import ADJUDICATION
from fazhi_xl.form.sheets.review.arising import by_list
from fazhi_xl.form.sheets.review.blind import BlindRow, blind_shape
from fazhi_xl.form.sheets.review.dossier import Case, Dossier
from fazhi_xl.form.sheets.review.matters import MatterList, Said
from fazhi_xl.xlsx.writer.form import draw
from tests.support.campaign import sub_point, the_notice

SIGNED: Mapping[str, Value] = {"审核人": "李四", "审核日期": date(2020, 12, 1)}
ROW = "复审01.001"


def case() -> Case:
    return Case(
        unit=the_notice().units_by_short["法院"], sub=sub_point("6.1"), auto=200, self_score=200, facts="应出庭:20件"
    )


def said(own: Case, values: Mapping[str, Value]) -> Value:
    shape = blind_shape(Dossier(notice=the_notice()), (BlindRow(code=ROW, alias="单位03", case=own),))
    return shape.results({f"{ROW}.{column}": value for column, value in values.items()})[f"{ROW}.校验"]


def test_what_it_shows() -> None:
    """The code name stands for the unit; no column shows a mark of the office."""
    shape = blind_shape(Dossier(notice=the_notice()), (BlindRow(code=ROW, alias="单位03", case=case(), basis="ab"),))
    row = next(each for each in shape.sheets[0].rows if each.code == ROW)
    texts = {column: content.text for column, content in row.cells.items() if isinstance(content, Label)}
    assert texts == {
        "编号": ROW, "代号": "单位03", "评分点": f"6.1 {sub_point('6.1').text}", "事实": "应出庭:20件", "佐证": "0", "材料": "",
        "数据": "ab", "决定": "",
    }  # fmt: skip
    assert [shape.given[f"{ROW}.{column}"] for column in ("分值", "测算", "自评")] == [2, 2, 2]


def test_how_it_is_printed() -> None:
    """On A3, one page wide, with the title in the first column and without the columns that are for the program."""
    notice = the_notice()
    shape = blind_shape(Dossier(notice=notice), (BlindRow(code=ROW, alias="单位03", case=case()),))
    slots = dict.fromkeys(("unit_line", "unit_name", "unit_short", "form_number"), "甲")
    data = draw(shape, notice.theme, title="复审表", values={}).fill(slots)
    (sheet,) = load_workbook(BytesIO(data)).worksheets
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (8, None, 0)
    assert (sheet.print_title_cols, sheet.print_area) == (None, "'复审'!$A$1:$O$6")
    assert str(sheet["A2"].value).endswith("复审")


@pytest.mark.parametrize("drawn", arising.LISTS, ids=[each.head for each in arising.LISTS])
def test_lists_that_arise_are_printed_alike(drawn: MatterList) -> None:
    """They have one page's width at a size that can be read, and the columns to fill in beside the facts."""
    sheet = drawn.sheet(Dossier(notice=the_notice()), (drawn.matter(the_notice().units_by_short["法院"], "6.1", {}),))
    assert (sheet.large, sheet.broad) == (True, False)
    assert sum(column.width for column in sheet.printed) < 265
    assert list(sheet.rows[0].cells) == ["编号"]
    assert "数据" not in {column.code for column in sheet.printed}


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({}, ""),
        ({"核定": 2, **SIGNED}, "通过"),
        ({"核定": 1, **SIGNED}, "错误:低于测算,请选扣分原因或写说明"),
        ({"核定": 1, "原因": "佐证材料不足", **SIGNED}, "通过"),
        ({"核定": 1, "说明": "缺签到表", **SIGNED}, "通过"),
        (SIGNED, "待填:复审分"),
        ({"核定": 2}, "待填:复审人"),
    ],
)
def test_what_it_asks(values: Mapping[str, Value], text: str) -> None:
    """A mark below the computed one needs a reason; a mark is signed."""
    assert said(case(), values) == text


def test_without_a_computed_score() -> None:
    """Where nothing is computed, or the unit gave no score, nothing is compared."""
    assert said(replace(case(), auto=None, self_score=None), {"核定": 0, **SIGNED}) == "通过"


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({}, ""),
        ({"核定": 1, "说明": "材料补齐", **SIGNED}, "通过"),
        ({"核定": 1, **SIGNED}, "待填:说明(填了裁定分)"),
        ({"说明": "材料补齐"}, "待填:裁定分"),
        ({"核定": 3, "说明": "材料补齐", **SIGNED}, "错误:应填0至2的数,最多2位小数,例如2"),
    ],
)
def test_a_ruling(values: Mapping[str, Value], text: str) -> None:
    """It says which score counts, within what the sub-point can have, why, and who says so."""
    matter = ADJUDICATION.matter(the_notice().units_by_short["法院"], "6.1", {"评分点": "6.1 出庭"})
    shape = review_shape(Dossier(notice=the_notice(), matters=by_list((matter,))))
    assert (
        shape.results({f"{matter.code}.{column}": value for column, value in values.items()})[f"{matter.code}.校验"]
        == text
    )


def test_what_follows_from_a_ruling() -> None:
    """The sub-point gets the score, with who said so and why, and nothing else of the row."""
    assert ADJUDICATION.ruling is not None
    given: dict[str, Said] = {
        "核定": Decimal(1),
        "说明": "材料补齐",
        "审核人": "王五",
        "审核日期": date(2020, 12, 2),
        "别的": "甲",
    }
    assert ADJUDICATION.ruling(given) == {column: value for column, value in given.items() if column != "别的"}
