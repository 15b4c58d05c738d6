"""复核申请 in a feedback sheet: what a unit lost, what it asks to be reviewed, and how the sheet is told from a form."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from fazhi_xl.form.appeal_form import (
    AppealRow,
    AppealSheet,
    appeal_form,
    by_when,
    proof_of,
    reading_shape,
    row_of,
    sub_point_of,
)
from fazhi_xl.form.expression import Value
from fazhi_xl.form.identity import Edition, appeal_number, read_appeal_number, read_form_number
from fazhi_xl.form.model import Form, Label
from fazhi_xl.notice.model import Notice
from tests.support.campaign import KEY, the_notice

ROW = row_of("6.1")


def form(notice: Notice | None = None) -> Form:
    given = notice or the_notice()
    unit = given.units_by_short["法院"]
    number = appeal_number(prefix="ZL2020", unit_no=unit.no, edition=Edition(number=1), key=KEY)
    row = AppealRow(sub_point="6.1", text="6.1 出庭", points="2.00", own="2.00", mark="1.00", written="佐证材料不足")
    return appeal_form(AppealSheet(notice=given, unit=unit, number=number, rows=(row,), today=date(2020, 12, 10)), KEY)


def test_its_number() -> None:
    """It is genuine as a feedback sheet's, and not as a form's."""
    number = form().number
    assert read_appeal_number(number, KEY).genuine
    assert not read_form_number(number, KEY).genuine


def test_what_a_row_shows() -> None:
    """The marks and the reason stand locked, with a code that says they were printed so."""
    row = next(each for each in form().shape.sheets[0].rows if each.code == ROW)
    texts = {column: cell.text for column, cell in row.cells.items() if isinstance(cell, Label)}
    assert texts == {
        "编号": ROW, "得分点": "6.1 出庭", "分值": "2.00", "自评": "2.00", "核定": "1.00", "核定理由": "佐证材料不足",
        "凭据": proof_of(the_notice().units_by_short["法院"], "6.1", "1.00", KEY),
    }  # fmt: skip


def test_without_self_scores() -> None:
    """Where units do not score themselves there is no column for it."""
    notice = the_notice()
    scoring = notice.about.scoring.model_copy(update={"self_score": False})
    plain = notice.model_copy(update={"about": notice.about.model_copy(update={"scoring": scoring})})
    assert "自评" not in {column.code for column in form(plain).shape.sheets[0].columns}


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, ""),
        ({"申请复核": "申请", "理由": "签到表齐全"}, "通过"),
        ({"申请复核": "申请"}, "待填:理由"),
        ({"理由": "签到表齐全"}, "待填:申请复核"),
        ({"新的材料": "签到表"}, "待填:申请复核"),
    ],
)
def test_what_a_row_asks(values: Mapping[str, Value], said: str) -> None:
    """A request has a reason, and what is written belongs to a request."""
    shape = form().shape
    assert shape.results({f"{ROW}.{column}": value for column, value in values.items()})[f"{ROW}.校验"] == said


def test_by_when() -> None:
    """The sheet names the catalogue's day, and leaves no blank where there is none."""
    notice = the_notice()
    assert by_when(notice) == ""
    dates = notice.about.dates.model_copy(update={"appeals_due": date(2020, 12, 31)})
    dated = notice.model_copy(update={"about": notice.about.model_copy(update={"dates": dates})})
    assert by_when(dated) == "于2020年12月31日前"


def test_it_is_read_by() -> None:
    """The inputs of the rows about the sub-points that are named, and no others."""
    assert {field.row for field in reading_shape(the_notice(), ("6.1", "15.1")).fields.values()} == {
        ROW,
        row_of("15.1"),
    }
    assert [sub_point_of(row) for row in (ROW, "6.1")] == ["6.1", ""]
