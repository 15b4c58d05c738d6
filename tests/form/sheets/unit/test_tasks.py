"""任务分解表: what stands beside an input once it is filled in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

import pytest

from fazhi_xl.form.checks import prompt
from fazhi_xl.form.expression import Value
from fazhi_xl.form.identity import Draft, Edition
from fazhi_xl.form.model import Given, Label
from fazhi_xl.form.sheets.unit import tasks
from fazhi_xl.form.sheets.unit.tasks import auto_field
from fazhi_xl.form.unit_form import unit_forms
from fazhi_xl.notice.assignment import assign
from fazhi_xl.points import in_points
from tests.support.campaign import KEY, shape_of, shape_with, shapes, sub_point, the_notice
from tests.support.returns import read, right


def shown(row: str, values: Mapping[str, Value]) -> Value:
    """Give what the result column of a row shows."""
    code = ".".join(row.split(".")[:2])
    return shape_with(code).evaluator(values).field(f"{row}.校验")


RATES: list[tuple[Value, Value, Value]] = [
    # due, done, what stands beside the second
    (20, 19, "95.00%,达到95%"),
    (19, 18, "94.73%,低于95%"),
    (25_000, 23_749, "94.99%,低于95%"),  # 94.996 % is cut off, and does not read 95.00 %
    (3, 3, "100.00%,达到95%"),
    (7, 1, "14.28%,低于95%"),
    (4, 0, "0.00%,低于95%"),
    (0, 0, "通过"),
    (None, 4, "通过"),
    ("约4", 4, "通过"),
    (4, None, "待填:负责人出庭"),
    (4, "约3", "错误:应填0至99999的整数,例如3;没有的填0"),
    (4, 5, "错误:大于“应出庭案件”,请核对"),
]


@pytest.mark.parametrize(("due", "done", "text"), RATES)
def test_the_rate_beside_its_inputs(due: Value, done: Value, text: str) -> None:
    """The rate is shown cut off to two places, with the verdict that the exact comparison gives."""
    assert shown("6.1.已出庭", {"6.1.应出庭.填报": due, "6.1.已出庭.填报": done}) == text


def test_each_rate_of_several_has_its_own() -> None:
    """Where a sub-point has several rates, each stands beside the number that it is made of."""
    values: dict[str, Value] = {
        "1.3.应备案.填报": 4,
        "1.3.报备.填报": 4,
        "1.3.及时报备.填报": 3,
        "1.3.合法合规.填报": 4,
    }
    texts = [shown(f"1.3.{key}", values) for key in ("应备案", "报备", "及时报备", "合法合规")]
    assert texts == ["通过", "100.00%,达到100%", "75.00%,低于100%", "100.00%,达到100%"]


@pytest.mark.parametrize(
    ("row", "value", "text"),
    [
        ("5.1.公示制度", None, "待填:行政执法公示制度"),
        ("5.1.公示制度", "不涉及", "通过"),
        ("5.1.公示制度", "有", "错误:请从下拉列表选:是、否、不涉及"),
        ("5.1.网址", None, ""),
        ("5.1.网址", "http://…", "通过"),
        ("5.1.网址", "字" * 101, "错误:超过100个字,请压缩"),
        ("14.1.金额", Fraction(25, 2), "通过"),
        ("14.1.金额", Fraction(1, 8), "错误:应填0至99999的数,最多2位小数,例如8.5"),
        ("18.3.起始", date(2019, 9, 1), "错误:应填2020-1-1至2020-12-31的日期,例如2020-5-8"),
        ("18.3.起始", date(2020, 9, 1), "通过"),
    ],
)
def test_one_fact(row: str, value: Value, text: str) -> None:
    """A fact is asked for where it is required, passes, or is told how to be right."""
    assert shown(row, {f"{row}.填报": value}) == text


SCORE_ROWS: list[tuple[Mapping[str, Value], str]] = [
    # 5.1 is worth 0.5 and may be 不涉及
    ({}, "待填:自评分"),
    ({"5.1.自评": Fraction(1, 2)}, "通过"),
    ({"5.1.公示制度.填报": "是", "5.1.自评": Fraction(1, 2)}, "通过"),
    ({"5.1.公示制度.填报": "是", "5.1.自评": Fraction(1, 4)}, "通过"),
    ({"5.1.公示制度.填报": "否", "5.1.自评": Fraction(1, 2)}, "错误:自评高于测算,请在情况说明写理由"),
    ({"5.1.公示制度.填报": "否", "5.1.自评": Fraction(1, 2), "5.1.说明": "见附件"}, "通过"),
    ({"5.1.公示制度.填报": "否", "5.1.自评": 5}, "错误:应填0至0.5的数,最多2位小数,例如0.5"),
    ({"5.1.公示制度.填报": "不涉及"}, "错误:选了不涉及,请在情况说明写理由"),
    ({"5.1.公示制度.填报": "不涉及", "5.1.说明": "无执法权"}, "通过"),
    ({"5.1.公示制度.填报": "不涉及", "5.1.说明": "无执法权", "5.1.自评": 0}, "通过"),
    ({"5.1.公示制度.填报": "不涉及", "5.1.自评": Fraction(1, 2)}, "错误:不涉及的,自评分留空或填0"),
    ({"5.1.自评": 0, "5.1.说明": "字" * 301}, "错误:超过300个字,请压缩"),
]


@pytest.mark.parametrize(("values", "text"), SCORE_ROWS)
def test_the_score_row(values: Mapping[str, Value], text: str) -> None:
    """Beside a sub-point stands the first fault of its self-score and its remark."""
    assert shown("5.1", values) == text


def test_one_means_out_of_several_needs_a_reason_too() -> None:
    """不涉及 on one of several facts takes that fact out, and asks for a reason as well."""
    values: dict[str, Value] = {"3.1.公共服务.填报": "不涉及", "3.1.自评": 3}
    assert shown("3.1", values) == "错误:选了不涉及,请在情况说明写理由"
    assert shown("3.1", {**values, "3.1.说明": "没有该项职能"}) == "通过"


def test_totals() -> None:
    """The totals add up what is there: a score that is not computed yet is left out."""
    shape = shape_of("信访局")
    evaluator = shape.evaluator({"15.6.次数.填报": 4, "15.6.自评": 1, "8.1.自评": "约1"})
    assert (evaluator.field("合计.测算"), evaluator.field("合计.自评")) == (6, 1)  # 15.6, and 5 of 20.7


def test_what_the_office_or_another_sheet_gives() -> None:
    """Facts that the unit does not give are locked, and say where they come from."""
    shape = shape_with("20.6")
    held = {key: content for _, key, content in shape.coded}
    assert held["20.7.不配合.填报"] == Given(0)
    assert held["20.7.不配合.校验"] == Label("由办公室登记", "status")
    assert held["20.6.按时篇数.校验"] == held["20.6.录用篇数.校验"] == Label("取自“信息报送”表", "status")


def test_an_items_band() -> None:
    """An item says what it is worth, what this unit carries of it, its basis and who else answers it."""
    shape = shape_of("信访局")
    assert shape.contents["8.项目"] == Label("坚持法治信访", "item")
    assert shape.contents["8.说明"] == Label("3分;本单位2个得分点、3分", "item_share")
    told = [content.text for _, _, content in shape.cells() if content.style == "basis" and isinstance(content, Label)]
    assert "法治政府建设。依据:信访工作相关要求。责任部门:区信访局。以下得分点由信访局填报" in told
    assert any(
        text.endswith("。以下得分点由区委办、人大常委会机关、政府办、政协机关、纪委监委、法院等45家填报")
        for text in told
    )


TALLIES: list[tuple[dict[str, Value], str]] = [
    ({}, "全部通过"),
    ({"8.1.信访.填报": None, "8.1.自评": None}, "待填2处"),
    ({"8.1.信访.填报": "约5"}, "错误1处"),
    ({"8.1.信访.填报": "约5", "8.1.自评": None}, "待填1处、错误1处"),
]


@pytest.mark.parametrize(("changes", "text"), TALLIES)
def test_an_item_counts_what_is_open_in_it(changes: dict[str, Value], text: str) -> None:
    """The item's row says how many of its rows are open and how many wrong, and nothing of it is counted again."""
    shape = shape_of("信访局")
    values = {**read(shape, right(shape)).values, **changes}
    assert shape.evaluator(values).field("8.校验") == text
    assert "8.校验码" not in shape.contents


def test_the_order_of_the_columns() -> None:
    """What is filled in stands beside its label, the points and scores behind it, and the marks at the end."""
    sheet = next(each for each in shape_of("信访局").sheets if each.name == tasks.NAME)
    assert [column.code for column in sheet.columns] == [
        "编号", "项目", "填报", "单位", "分值", "测算", "自评", "说明", "校验", "校验码", "内容数",
    ]  # fmt: skip
    assert [round(column.width * 7 + 5) for column in sheet.printed] == [84, 290, 108, 52, 46, 56, 58, 224, 162]


def test_what_is_merged() -> None:
    """A sub-point's text and an input's hint reach over cells without input."""
    sheet = next(each for each in shape_of("信访局").sheets if each.name == tasks.NAME)
    reach = {row.code: {code: stretch.to for code, stretch in sheet.reach(row).items()} for row in sheet.rows}
    assert reach["8"] == {"项目": "自评"}
    assert reach["8.1"] == {"项目": "单位"}
    assert reach["8.1.信访"] == {"分值": "说明"}
    assert reach["合计"] == {"项目": "单位", "说明": "校验"}


@pytest.mark.parametrize("draft", [Draft.FIRST, Draft.SECOND])
def test_earlier_drafts_keep_their_layout(draft: Draft) -> None:
    """A round issued before has its points left of the answers, its hints among the remarks, and an item in one row."""
    edition = Edition(number=1, draft=draft)
    form = next(unit_forms(the_notice(), assign(the_notice()), edition=edition, key=KEY))
    sheet = next(each for each in form.shape.sheets if each.name == tasks.NAME)
    codes = [column.code for column in sheet.columns]
    assert codes == ["编号", "项目", "分值", "填报", "单位", "测算", "自评", "说明", "校验", "校验码"]
    item = sheet.rows[3]
    assert isinstance(item.cells["项目"], Label)
    assert item.cells["项目"].text.startswith("法规工作 · 1 党内法规(4分;本单位承担3个得分点、4分)\n依据:")
    assert (item.merged, "校验" in item.cells) == (True, False)
    assert [row.stretched for row in sheet.rows if row.stretched] == []
    held = form.shape.contents
    fact = next(key.removesuffix(".填报") for key in form.shape.fields if key.endswith(".填报"))
    assert (held[f"{fact}.分值"], held[f"{fact}.说明"].style) == (Label(""), "hint")
    head = next(row for row in sheet.rows if row.head)
    assert [content.text for content in head.cells.values() if isinstance(content, Label)] == [
        "编号", "得分点 / 填报指标", "分值", "填报内容", "单位", "测算分", "自评分", "情况说明", "校验", "类别",
    ]  # fmt: skip


def test_prompts_name_the_evidence() -> None:
    """Each input says what it needs and what proves it; the remark names the folder."""
    fields = shape_with("6.1").fields
    told = {key: prompt(field) for key, field in fields.items()}
    assert told["6.1.应出庭.填报"] == (
        "填0至99999的整数,以件为单位,只填数字。没有的填0。"
        "计分:负责人出庭÷应出庭案件达到95%得分,不足的不得分;应办数为0时按做到计。佐证:法院应诉统计表、出庭通知书。"
    )
    assert told["6.1.自评"] == (
        "填0至2的数,最多2位小数,以分为单位,只填数字。"
        "本得分点满分2分,对照左边的测算分填写。高于测算分的,在情况说明里写明理由。"
    )
    assert told["6.1.说明"] == "填文字,不超过300个字。简要写明做法和成效。材料列入台账目录,放入以6命名的文件夹。"
    assert told["台账.001.日期"] == "填1980-1-1至2020-12-31的日期,例如2020-5-8。填材料形成的日期。"
    assert told["10.2.说明.填报"] == "填文字,不超过100个字。不计分,供审核参考。佐证:组建文件、运行情况。"


def test_each_self_score_is_bounded_by_its_points() -> None:
    """No self-score may exceed its sub-point's points."""
    for shape in shapes().values():
        for code in shape.sub_points:
            field = shape.fields[f"{code}.自评"]
            assert field.minimum == 0
            assert field.maximum == in_points(sub_point(code).points)
            assert auto_field(code) in shape.formulas
