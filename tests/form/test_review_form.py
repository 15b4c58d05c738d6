"""The review book: what each sheet asks the office for, and what it says beside the inputs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from fazhi_xl.form.expression import Value
from fazhi_xl.form.expression_parts import texts_of
from fazhi_xl.form.identity import Edition, read_form_number
from fazhi_xl.form.meanings import to_formula
from fazhi_xl.form.model import Field, Form, Label, Shape
from fazhi_xl.form.review_form import review_form, review_shape
from fazhi_xl.form.review_form import shown as shown_rows
from fazhi_xl.form.sheets.review.dossier import Case, Dossier, Matter
from fazhi_xl.form.sheets.review.registers import DEDUCTIONS, of_section
from fazhi_xl.notice.model import Unit
from tests.support.campaign import KEY, sub_point, the_notice

DAY = date(2020, 12, 1)
SIGNED: Mapping[str, Value] = {"审核人": "张三", "审核日期": DAY}


def unit(short: str) -> Unit:
    return next(each for each in the_notice().units if each.short == short)


def a_dossier() -> Dossier:
    """Give two sub-points of 法院, one of them claimed 不涉及, a third without a self-score, and a row of each list."""
    court = unit("法院")
    return Dossier(
        notice=the_notice(),
        cases=(
            Case(unit=court, sub=sub_point("6.1"), facts="应出庭案件:20件", auto=200, self_score=150, evidence=2),
            Case(unit=court, sub=sub_point("6.2"), self_score=None, out=True),
            Case(unit=court, sub=sub_point("15.1"), doubts="请核实"),
        ),
        claims=(Matter(unit=court, row="加分.01", said={"情形": "①表彰奖励", "事项": "全国先进"}),),
        provided=(
            Matter(
                unit=unit("审计局"), row="减分.01", said={"情形": "②重大决策违法", "单位": "法院", "事项": "某决策"}
            ),
        ),
        registers={DEDUCTIONS: ("减分登记.001",), "交办登记": ("交办登记.001",), "信息采用": ("信息采用.001",)},
        basis={"06/6.1": "0123456789"},
        decided={"06/6.1": "7"},
    )


def form() -> Form:
    return review_form(a_dossier(), edition=Edition(number=2), key=KEY)


def shape() -> Shape:
    return form().shape


def said(row: str, values: Mapping[str, Value]) -> Value:
    """Give what stands in a row's 校验 where its inputs hold the values."""
    return shape().results({f"{row}.{column}": value for column, value in values.items()})[f"{row}.校验"]


def test_the_form_number_is_the_review_books_own() -> None:
    """The number is of unit 00, so that neither a unit's form nor another round's book is taken for it."""
    claim = read_form_number(form().number, KEY)
    assert (claim.unit_no, claim.prefix, claim.edition, claim.genuine) == (0, "ZL2020", "2", True)
    assert form().number.startswith("ZL2020-00-2-")
    assert form().slots["unit_line"] == f"办公室审核用    表号:{form().number}"


def test_the_sheets() -> None:
    """进度 comes first, then 审核 and the claims, which can be filtered, and the registers."""
    assert [each.name for each in shape().sheets] == ["进度", "审核", "加分认定", "减分登记", "交办登记", "信息采用"]
    assert [each.filtered for each in shape().sheets] == [False, True, True, False, False, False]


def test_a_row_shows_what_was_returned() -> None:
    """The facts, scores and doubts stand locked beside the inputs, and what the row rests on."""
    row = next(each for each in shape().sheets[1].rows if each.code == "06/6.1")
    texts = {code: content.text for code, content in row.cells.items() if isinstance(content, Label)}
    assert texts == {
        "编号": "06/6.1",
        "单位": "法院",
        "科室": "法治政府建设",
        "得分点": f"6.1 {sub_point('6.1').text}",
        "事实": "应出庭案件:20件",
        "佐证": "2",
        "待核": "",
        "不涉及": "",
        "数据": "0123456789",
        "决定": "7",
    }
    given = shape().given
    assert (given["06/6.1.分值"], given["06/6.1.测算"], given["06/6.1.自评"]) == (2, 2, Fraction(3, 2))
    assert [code for code, content in row.cells.items() if isinstance(content, Field)] == [
        "核定", "原因", "说明", "查证日期", "查证情况", "审核人", "审核日期",
    ]  # fmt: skip


def test_reasons_come_from_the_catalogue() -> None:
    """The reasons are the catalogue's, and are offered word for word."""
    assert shape().fields["06/6.1.原因"].options == the_notice().about.review.reasons
    assert "佐证材料不足" in the_notice().about.review.reasons


def test_only_a_claim_can_be_approved() -> None:
    """不涉及 is decided where the unit claims it, and nowhere else."""
    assert [key for key in shape().fields if key.endswith(".不涉及")] == ["06/6.2.不涉及"]


SCORES: tuple[tuple[str, Mapping[str, Value], str], ...] = (
    ("06/6.1", {}, ""),
    ("06/6.1", {"核定": 2, **SIGNED}, "通过"),
    ("06/6.1", {"核定": Fraction(3, 2), **SIGNED}, "通过"),
    ("06/6.1", {"核定": 1, **SIGNED}, "错误:低于自评,请选扣分原因或写说明"),
    ("06/6.1", {"核定": 1, "原因": "佐证材料不足", **SIGNED}, "通过"),
    ("06/6.1", {"核定": 1, "说明": "现场看过", **SIGNED}, "通过"),
    ("06/6.1", {"核定": 1, "原因": "其他(写明)", **SIGNED}, "错误:请在“说明”里写明原因"),
    ("06/6.1", {"核定": 1, "原因": "其他(写明)", "说明": "两次未回复", **SIGNED}, "通过"),
    ("06/15.1", {"核定": 0, "原因": "其他(写明)", **SIGNED}, "错误:请在“说明”里写明原因"),
    (
        "06/6.1",
        {"核定": 1, "原因": "不好", **SIGNED},
        "错误:请从下拉列表选:" + "、".join(the_notice().about.review.reasons),
    ),
    ("06/6.1", {"核定": Fraction(201, 100), **SIGNED}, "错误:应填0至2的数,最多2位小数,例如2"),
    ("06/6.1", {"核定": Fraction(1501, 1000), **SIGNED}, "错误:应填0至2的数,最多2位小数,例如2"),
    ("06/6.1", {"核定": "满分", **SIGNED}, "错误:应填0至2的数,最多2位小数,例如2"),
    ("06/6.1", {"核定": 2}, "待填:审核人"),
    ("06/6.1", {"核定": 2, "审核人": "张三"}, "待填:审核日期"),
    ("06/6.1", {"审核人": "张三"}, "待填:核定分"),
    ("06/6.1", {"原因": "佐证材料不足"}, "待填:核定分"),
    ("06/6.1", {"查证日期": DAY}, "待填:现场查证情况(填了现场查证日期)"),
    ("06/6.1", {"查证情况": "看过"}, "待填:现场查证日期(写了现场查证情况)"),
    ("06/6.1", {"查证情况": "看过", "查证日期": DAY}, "通过"),
    (
        "06/6.1",
        {"核定": 2, "审核人": "张三", "审核日期": date(2019, 12, 31)},
        "错误:应填2020-1-1至2021-12-31的日期,例如2021-5-8",
    ),
    ("06/6.2", {"不涉及": "核准", **SIGNED}, "通过"),
    ("06/6.2", {"不涉及": "不核准", "核定": 0, **SIGNED}, "通过"),
    ("06/6.2", {"不涉及": "不核准", "核定": 1, **SIGNED}, "错误:已选核准或不核准,核定分留空"),
    ("06/6.2", {"不涉及": "核准", "核定": "无", **SIGNED}, "错误:应填0至1的数,最多2位小数,例如1"),
    ("06/6.2", {"不涉及": "核准"}, "待填:审核人"),
    ("06/6.2", {"核定": 1, **SIGNED}, "待填:不涉及(单位申请不涉及,填了核定分)"),
    ("06/15.1", {"核定": 0, **SIGNED}, "通过"),  # without a self-score there is nothing to be below
)


@pytest.mark.parametrize(("row", "values", "result"), SCORES)
def test_what_a_score_needs(row: str, values: Mapping[str, Value], result: str) -> None:
    """A score lies within the points, is reasoned where it is below the self-score, and signed."""
    assert said(row, values) == result


OFFENCE: Mapping[str, Value] = {
    "来源": "纪委监委", "情形": "①文件制定违法", "单位": "法院", "事项": "甲", "文号": "1号", "认定": "减分", **SIGNED,
}  # fmt: skip
LISTS: tuple[tuple[str, Mapping[str, Value], str], ...] = (
    ("06/加分.01", {"认定": "认可", **SIGNED}, "通过"),
    ("06/加分.01", {"认定": "认可"}, "待填:审核人"),
    ("06/加分.01", {"归并": "全国先进"}, "待填:认定"),
    ("06/加分.01", SIGNED, "待填:认定"),
    ("06/加分.01", {"认定": "重复", **SIGNED}, "待填:事项归并(认定选了“重复”)"),
    ("06/加分.01", {"认定": "重复", "归并": "全国先进", **SIGNED}, "通过"),
    ("06/加分.01", {"认定": "减分", **SIGNED}, "错误:请从下拉列表选:认可、不认可、重复"),
    ("28/减分.01", {"认定": "减分", **SIGNED}, "通过"),
    ("28/减分.01", {"认定": "认可", **SIGNED}, "错误:请从下拉列表选:减分、不减分、重复"),
    ("06/加分.01", {"认定": "不认可", **SIGNED}, "错误:选了“不认可”,请在“说明”里写明理由"),
    ("06/加分.01", {"认定": "不认可", "说明": "市级表彰", **SIGNED}, "通过"),
    ("28/减分.01", {"认定": "不减分", **SIGNED}, "错误:选了“不减分”,请在“说明”里写明理由"),
    ("28/减分.01", {"认定": "不减分", "说明": "不在本年度", **SIGNED}, "通过"),
    ("减分登记.001", {}, ""),
    ("减分登记.001", OFFENCE, "通过"),
    ("减分登记.001", {**OFFENCE, "单位": "区法院"}, "错误:请从下拉列表选:区委办至消防大队"),
    ("减分登记.001", {"说明": "甲"}, "待填:减分情形"),
    ("减分登记.001", {**OFFENCE, "情形": "④负责人违法违纪"}, "待填:处理程度"),
    ("减分登记.001", {**OFFENCE, "情形": "④负责人违法违纪", "程度": "依法被追究刑事责任的"}, "通过"),
    ("减分登记.001", {**OFFENCE, "程度": "依法被追究刑事责任的"}, "错误:只用于“④负责人违法违纪”,请清空"),
    ("减分登记.001", {**OFFENCE, "认定": "不减分"}, "错误:选了“不减分”,请在“说明”里写明理由"),
    ("减分登记.001", {**OFFENCE, "认定": "不减分", "说明": "已经撤销"}, "通过"),
    ("交办登记.001", {"单位": "法院", "事项": "迟交", "日期": DAY, **SIGNED}, "通过"),
    ("交办登记.001", {"单位": "法院", "事项": "迟交", **SIGNED}, "待填:日期"),
    ("信息采用.001", {"单位": "法院", "标题": "甲", "报送日期": DAY, **SIGNED}, "通过"),
    ("信息采用.001", {"单位": "法院", "标题": "甲", "报送日期": DAY}, "待填:审核人"),
)


@pytest.mark.parametrize(("row", "values", "result"), LISTS)
def test_what_the_registers_need(row: str, values: Mapping[str, Value], result: str) -> None:
    """An entry of a register is whole and signed, or blank."""
    assert said(row, values) == result


def test_a_refusal_on_record_without_a_reason() -> None:
    """A verdict that an earlier version recorded without a reason is not asked for one; another one in its row is."""
    made = review_shape(replace(a_dossier(), unexplained={"28/减分.01": "不减分", "减分登记.001": "不减分"}))
    again = {"认定": "不减分", **SIGNED}
    typed: tuple[tuple[str, Mapping[str, Value], str], ...] = (
        ("28/减分.01", again, "通过"),
        ("28/减分.01", {"认定": "重复", **SIGNED}, "待填:事项归并(认定选了“重复”)"),
        ("减分登记.001", {**OFFENCE, **again}, "通过"),
        ("06/加分.01", {"认定": "不认可", **SIGNED}, "错误:选了“不认可”,请在“说明”里写明理由"),
    )
    for row, values, result in typed:
        assert made.results({f"{row}.{c}": v for c, v in values.items()})[f"{row}.校验"] == result


def test_what_units_said_stands_locked() -> None:
    """What a unit claims or provides is shown, and only the verdict is asked for."""
    fields = [key for key in shape().fields if key.startswith(("06/加分.01", "28/减分.01"))]
    asked = ("认定", "归并", "说明", "审核人", "审核日期")
    assert fields == [f"{row}.{column}" for row in ("06/加分.01", "28/减分.01") for column in asked]
    assert (shape().given["28/减分.01.单位"], shape().given["28/减分.01.来源"]) == ("法院", "审计局")


def test_a_catalogue_without_degrees() -> None:
    """Where no deduction has a graver form, the register asks for no degree."""
    plain = tuple(each.model_copy(update={"levels": ()}) for each in the_notice().deductions)
    notice = the_notice().model_copy(update={"deductions": plain})
    made = review_shape(Dossier(notice=notice, registers={DEDUCTIONS: ("减分登记.001",)}))
    assert "减分登记.001.程度" not in made.fields
    assert made.results({f"减分登记.001.{c}": v for c, v in OFFENCE.items()})["减分登记.001.校验"] == "通过"


def test_an_empty_book() -> None:
    """Before anything has come back the book has its sheets, and no rows."""
    made = review_shape(Dossier(notice=the_notice()))
    assert (dict(made.fields), len(made.sheets)) == ({}, 6)


def test_names_and_formulas_are_sound() -> None:
    """Every input has a name of its own; no formula is longer than 8192 characters, and no text in one than 255."""
    names = [field.name for field in shape().fields.values()]
    assert len(set(names)) == len(names)
    formulas = [to_formula(expr, lambda _: "'审核'!$AA$1000") for expr in shape().formulas.values()]
    assert max(map(len, formulas)) < 8_192
    assert all(len(text) <= 255 for expr in shape().formulas.values() for text in texts_of(expr))


# Sections and what rows show -----------------------------------------------------------------------------------------


def test_a_sections_book() -> None:
    """A section's book has its items' rows; the registers stand in that of the section that holds what they settle."""
    whole = a_dossier()
    for section in the_notice().about.review.sections:
        own = of_section(whole, section)
        assert {each.sub.code for each in own.cases} <= {
            sub.code for item in the_notice().items if item.id in section.items for sub in item.sub_points
        }
        names = [each.name for each in review_shape(own).sheets]
        assert names == ["进度", "审核", *(("交办登记", "信息采用") if "20" in section.items else ())]


def test_what_rows_show() -> None:
    """Every row of what was returned is shown by its code, before anything is asked beside it."""
    whole = a_dossier()
    rows = shown_rows(whole)
    matters = (*whole.claims, *whole.provided)
    assert list(rows) == [*(case.code for case in whole.cases), *(matter.code for matter in matters)]


def test_inputs_are_made_once() -> None:
    """Two books of one run share the inputs of a row that they both have."""
    whole = a_dossier()
    first, second = (review_shape(whole) for _ in range(2))
    key = next(iter(first.fields))
    assert first.fields[key] is second.fields[key]
