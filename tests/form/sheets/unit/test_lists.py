"""The lists: evidence, bonus, reports and contacts; and the sheets without inputs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from fazhi_xl.form.expression import Value
from fazhi_xl.form.identity import Draft, Edition
from fazhi_xl.form.model import Label
from fazhi_xl.form.sheets.common.context import Brief
from fazhi_xl.form.sheets.unit import bonus, ledger
from fazhi_xl.form.sheets.unit.instructions import sheet as instructions
from fazhi_xl.form.unit_form import unit_forms
from fazhi_xl.notice.assignment import assign
from tests.support.campaign import KEY, shape_of, shapes, the_notice

SHAPE = shape_of("信访局")  # nine sub-points, one of the office's: rows 台账.001 to 008 are prefilled


def shown(row: str, values: Mapping[str, Value], column: str = "校验") -> Value:
    return SHAPE.evaluator({f"{row}.{key}": value for key, value in values.items()}).field(f"{row}.{column}")


def test_prefilled_rows_of_the_ledger() -> None:
    """The ledger's rows stand for the sub-points in their order, save what the office records; the spare ones for none."""
    rows = ledger.prefilled(SHAPE)
    assert tuple(rows.values()) == tuple(code for code in SHAPE.sub_points if code != "20.7")
    assert list(rows) == [f"台账.{no:03d}" for no in range(1, 9)]


EVIDENCE: dict[str, Value] = {"名称": "普法工作计划", "类型": "其他材料", "日期": date(2020, 3, 5)}
LEDGER: list[tuple[str, Mapping[str, Value], str]] = [
    ("台账.001", {}, ""),
    ("台账.001", EVIDENCE, "通过"),
    ("台账.001", {**EVIDENCE, "文件名": "8/计划.pdf", "页数": 3}, "通过"),
    ("台账.001", {"文件名": "8/计划.pdf"}, "待填:材料名称"),
    ("台账.001", {"名称": "普法工作计划"}, "待填:材料类型"),
    ("台账.001", {"名称": "普法工作计划", "类型": "制度类"}, "待填:形成日期"),
    ("台账.001", {**EVIDENCE, "日期": date(2019, 12, 31)}, "请核实:日期不在年度内:制度类请选类型,其他请核对"),
    ("台账.001", {**EVIDENCE, "类型": "制度类", "日期": date(2011, 6, 1)}, "通过"),
    ("台账.001", {**EVIDENCE, "日期": date(2021, 1, 1)}, "错误:应填1980-1-1至2020-12-31的日期,例如2020-5-8"),
    ("台账.001", {**EVIDENCE, "日期": "去年"}, "错误:应填1980-1-1至2020-12-31的日期,例如2020-5-8"),
    ("台账.001", {**EVIDENCE, "页数": 0}, "错误:应填1至9999的整数,例如3"),
    ("台账.001", {**EVIDENCE, "名称": "字" * 201}, "错误:超过200个字,请压缩"),
    ("台账.010", EVIDENCE, "待填:得分点"),
    ("台账.010", {**EVIDENCE, "得分点": "第8.1项"}, "通过"),
    (
        "台账.010",
        {**EVIDENCE, "得分点": "第6.1项"},
        "错误:请从下拉列表选:第8.1项至第20.6项",
    ),
    ("台账.010", {"得分点": "第8.1项"}, "待填:材料名称"),
]


@pytest.mark.parametrize(("row", "values", "text"), LEDGER)
def test_a_row_of_evidence(row: str, values: Mapping[str, Value], text: str) -> None:
    """A row is blank as a whole, or complete; material of another year is asked about unless it is a rule."""
    assert shown(row, values) == text


def test_evidence_is_prefilled() -> None:
    """Every sub-point that the unit proves has a row with the material for it; fifteen spare rows choose theirs."""
    given = [SHAPE.given[f"台账.{no:03d}.{ledger.FOR}"] for no in range(1, 9)]
    assert given == [f"第{code}项" for code in SHAPE.sub_points if code != "20.7"]
    spare = [field.row for field in SHAPE.fields.values() if field.column == ledger.FOR]
    assert spare == [f"台账.{no:03d}" for no in range(9, 24)]


def test_no_unit_proves_what_the_office_records() -> None:
    """The register of 交办 is the office's own: no text of any form asks a unit for it, no row of the ledger stands for it."""
    for shape in shapes().values():
        asked = [content.text for _, _, content in shape.cells() if isinstance(content, Label)]
        asked += [field.prompt for field in shape.fields.values()]
        assert not any("交办登记簿" in text for text in asked)
        assert "20.7" not in ledger.prefilled(shape).values()
        assert "材料列入台账目录" not in shape.fields["20.7.说明"].prompt


def test_a_form_of_the_first_draft_still_asks_for_it() -> None:
    """What was issued before is read as it was issued: with a row for what the office records."""
    first = Edition(number=1, draft=Draft.FIRST)
    forms = {form.unit: form for form in unit_forms(the_notice(), assign(the_notice()), edition=first, key=KEY)}
    assert tuple(ledger.prefilled(forms["信访局"].shape).values()) == SHAPE.sub_points


def test_where_to_list_further_documents() -> None:
    """The line under the ledger speaks of the rows above it."""
    sheet = next(each for each in SHAPE.sheets if each.name == ledger.NAME)
    assert sheet.rows[-1].cells["编号"] == Label("一个得分点有多份材料的,在上面的空行里,先选“得分点”再填。", "note")


MATTER: dict[str, Value] = {
    "情形": "①表彰奖励",
    "事项": "法治建设先进单位",
    "机关": "省司法厅",
    "级别": "省部级",
    "日期": date(2020, 6, 1),
}
BONUS: list[tuple[Mapping[str, Value], str, int]] = [
    ({}, "", 0),
    (MATTER, "通过", 1),
    ({**MATTER, "文号": "苏司〔2020〕1号", "备注": "无"}, "通过", 1),
    ({"情形": "①表彰奖励"}, "待填:事项名称", 0),
    ({"事项": "法治建设先进单位"}, "待填:加分情形", 0),
    ({**MATTER, "机关": None}, "待填:表彰或推广机关", 1),
    ({**MATTER, "级别": "市级"}, "错误:请从下拉列表选:国家级、省部级", 1),
    ({**MATTER, "日期": date(2019, 6, 1)}, "错误:应填2020-1-1至2020-12-31的日期,例如2020-5-8", 1),
]


@pytest.mark.parametrize(("values", "text", "points"), BONUS)
def test_a_row_of_the_bonus(values: Mapping[str, Value], text: str, points: int) -> None:
    """A matter counts one point once its situation and its name are there."""
    assert shown("加分.01", values) == text
    assert shown("加分.01", values, bonus.COUNTED) == points


def bonus_of(names: list[str]) -> Value:
    values = {
        f"{code}.{key}": value
        for code, name in zip(bonus.codes(), names, strict=False)
        for key, value in {**MATTER, "事项": name}.items()
    }
    return SHAPE.evaluator(values).field(bonus.total_field())


@pytest.mark.parametrize(
    ("names", "points"),
    [
        ([], 0),
        (["甲"], 1),
        (["甲", "乙", "丙"], 3),
        (["甲", "甲"], 1),
        (["甲", "乙", "甲", "乙"], 2),
        (["Abc", "aBC"], 1),
        ([f"第{no}件" for no in range(10)], 10),
        ([f"第{no}件" for no in range(12)], 10),
    ],
)
def test_the_bonus_counts_each_matter_once_up_to_ten(names: list[str], points: int) -> None:
    """同一事项的,不重复加分; 累计加分超过10分的,以10分为限."""
    assert bonus_of(names) == points


def test_a_repeated_matter_is_asked_about() -> None:
    """The later of two rows with one matter is to be confirmed, and does not count."""
    values = {f"{code}.{key}": value for code in ("加分.01", "加分.03") for key, value in MATTER.items()}
    evaluator = SHAPE.evaluator(values)
    assert [evaluator.field(f"{code}.校验") for code in ("加分.01", "加分.03")] == [
        "通过",
        "请核实:同一事项,不重复加分",
    ]
    assert [evaluator.field(f"{code}.计分") for code in ("加分.01", "加分.03")] == [1, 0]


REPORTS: list[tuple[str, Mapping[str, Value], str, str]] = [
    # row, entries, counted as, result
    ("信息.03", {}, "", ""),
    ("信息.03", {"标题": "甲", "报送日期": date(2020, 3, 15)}, "按时", "通过"),
    ("信息.03", {"标题": "甲", "报送日期": date(2020, 3, 16)}, "迟报", "通过"),
    ("信息.03", {"标题": "甲", "报送日期": date(2020, 4, 2)}, "按时", "错误:日期不在3月,请填到对应的行"),
    ("信息.13", {"标题": "甲", "报送日期": date(2020, 4, 2)}, "按时", "通过"),
    ("信息.03", {"标题": "甲"}, "", "待填:报送日期"),
    ("信息.03", {"报送日期": date(2020, 3, 1)}, "按时", "待填:信息标题"),
    ("信息.03", {"标题": "甲", "报送日期": date(2019, 3, 1)}, "", "错误:应填2020-1-1至2020-12-31的日期,例如2020-5-8"),
    ("信息.03", {"标题": "甲", "报送日期": "3月1日"}, "", "错误:应填2020-1-1至2020-12-31的日期,例如2020-5-8"),
    ("信息.03", {"标题": "甲", "报送日期": 0}, "", "错误:应填2020-1-1至2020-12-31的日期,例如2020-5-8"),
    ("信息.03", {"标题": "甲", "报送日期": date(2020, 3, 1), "录用": "已录用"}, "按时", "待填:简报期号"),
    ("信息.03", {"标题": "甲", "报送日期": date(2020, 3, 1), "录用": "未录用"}, "按时", "通过"),
    ("信息.03", {"标题": "甲", "报送日期": date(2020, 3, 1), "录用": "已录用", "期号": "第15期"}, "按时", "通过"),
    ("信息.03", {"录用": "已录用"}, "", "待填:信息标题"),
    ("信息.03", {"期号": "第15期"}, "", "待填:信息标题"),
]


@pytest.mark.parametrize(("row", "values", "counted", "text"), REPORTS)
def test_a_row_of_the_reports(row: str, values: Mapping[str, Value], counted: str, text: str) -> None:
    """A piece is on time up to the 15th, stands in its month's row or in a spare one, and names its bulletin if taken."""
    assert (shown(row, values, "计分"), shown(row, values)) == (counted, text)


def test_the_reports_are_counted() -> None:
    """The last row says how many pieces were on time and how many taken."""
    values: dict[str, Value] = {
        "信息.01.报送日期": date(2020, 1, 3),
        "信息.02.报送日期": date(2020, 2, 20),
        "信息.02.录用": "已录用",
        "信息.13.报送日期": date(2020, 2, 15),
    }
    text = SHAPE.evaluator(values).field("信息.合计.标题")
    assert text == "按时报送2篇,录用1篇。得分见任务分解表。"


def test_contacts_are_annex_4() -> None:
    """The sheet has the annex's people and columns, ships empty, and asks for nothing that must be filled in."""
    fields = [field for field in SHAPE.fields.values() if field.row.startswith("联络.")]
    assert [field.key for field in fields] == [
        *(
            f"联络.{role}.{column}"
            for role in ("分管领导", "联络员")
            for column in ("姓名", "职务", "办公室电话", "手机号码")
        ),
        "联络.填报人.姓名",
    ]
    assert not any(field.required for field in fields)


def texts(sheet: str) -> list[str]:
    return [content.text for place, _, content in SHAPE.cells() if place.sheet == sheet and isinstance(content, Label)]


def test_the_index_is_for_reference() -> None:
    """The index sheet lists its 23 indicators and asks for nothing."""
    assert texts("法治环境指数")[-1] == "本表供参考,无需填写,也无需报送。"
    listed = [text for text in texts("法治环境指数") if text.isdigit()]
    assert listed == [str(no) for no in range(1, 24)]


def test_the_instructions_answer_what_units_ask() -> None:
    """When, how, which folders, whom to ask: each has its line, and the line for questions has no gap where a part is unknown."""
    said = texts("填报说明")
    assert said.count("2020年11月20日前") == said.count("本表和台账资料一并报送") == 1
    assert "按监测评价项目序号命名:8、15、20。" in said
    assert said[said.index("本表和台账资料一并报送") - 1] == "区委依法治区办"


@pytest.mark.parametrize(
    ("room", "phone", "said"),
    [
        ("", "", "咨询:区委依法治区办"),
        ("", "8888", "咨询:区委依法治区办  8888"),
        ("法治科", "8888", "咨询:法治科  8888"),
    ],
)
def test_whom_to_ask(room: str, phone: str, said: str) -> None:
    """Room and telephone are named where the catalogue has them."""
    notice = the_notice()
    about = notice.about.model_copy(update={"office_room": room, "office_phone": phone})
    sheet = instructions(Brief(notice=notice.model_copy(update={"about": about}), sub_points=()), ())
    held = [cell.text for row in sheet.rows for cell in row.cells.values() if isinstance(cell, Label)]
    assert [text for text in held if text.startswith("咨询")] == [said]


def test_lists_are_the_same_in_every_shape() -> None:
    """What does not depend on the sub-points is made once and shared."""
    for name in ("加分申报", "信息报送", "法治环境指数", "联络员名单"):
        assert len({id(sheet) for shape in shapes().values() for sheet in shape.sheets if sheet.name == name}) == 1
