"""Headers, lists and dates as notices write them, one layout at a time."""

from __future__ import annotations

from datetime import date

import pytest

from fazhi_xl.docx.read import read_paper
from fazhi_xl.setup.draft.draft import draft_of
from fazhi_xl.setup.draft.marks import Draft
from tests.support.draft_difference import items_of, units_of
from tests.support.notices import as_docx


def _draft(text: str) -> Draft:
    return draft_of(read_paper(as_docx(text)), "通知.docx")


def _items(*rows: str) -> list[tuple[object, ...]]:
    """Give aspect, name and points of each item, and its sub-points with theirs."""
    read = _draft("\n".join(("附件", "<table>", *rows, "</table>")))
    return [
        (
            item.get("aspect"),
            item.get("name"),
            item.get("points"),
            [(sub["text"], sub.get("points")) for sub in item.get("sub_points", ())],
        )
        for item in items_of(read)
    ]


def test_three_levels() -> None:
    """The third one says what a row is about; points in names are the item's."""
    assert _items(
        "一级指标 | 二级指标 | 三级指标 | 分值 | 评分标准 | 责任单位",
        "组织领导(20分) | 工作机制(10分) | 机构 | 4 | 成立领导小组得4分。 | 各单位",
        "↑ | ↑ | 制度 | 6 | 每少一项扣1分。 | ↑",
        "↑ | 工作保障(10分) | 经费 | 10 | 纳入预算。 | ↑",
        "合计 | ← | ← | 20 |  | ",
    ) == [
        ("组织领导", "工作机制", 10, [("机构:成立领导小组得4分。", 4), ("制度:每少一项扣1分。", 6)]),
        ("组织领导", "工作保障", 10, [("经费:纳入预算。", 10)]),
    ]


def test_sections_within_a_table() -> None:
    """A row under a Chinese number, or across the table, is the aspect of the rows below."""
    assert _items(
        "序号 | 考核项目 | 评分细则 | 分值",
        "一 | 组织领导(30分) | ← | ←",
        "1 | 学习 | 组织学习得10分;不足的,每少一次扣2分。 | 10",
        "二 |  业务工作 |  | 70",
        "2 | 办案 | 办结率100%。 | 70",
        "(三)其他(5分) | ← | ← | ←",
        "3 | 信息 | 报送信息。 | 5",
    ) == [
        ("组织领导", "学习", 10, [("组织学习得10分;不足的,每少一次扣2分。", 10)]),
        ("业务工作", "办案", 70, [("办结率100%。", 70)]),
        ("其他", "信息", 5, [("报送信息。", 5)]),
    ]


def test_a_table_that_goes_on() -> None:
    """Over several tables with the header repeated, and without one."""
    read = _draft(
        "附件\n<table>\n序号 | 项目 | 要求 | 分值\n1 | 甲 | 做好甲。 | 1\n</table>\n"
        "<table>\n序号 | 项目 | 要求 | 分值\n2 | 乙 | 做好乙。 | 2\n</table>\n"
        "<table>\n3 | 丙 | 做好丙。 | 3\n</table>\n附件2\n<table>\n一 | 二 | 三 | 四\n</table>"
    )
    assert [(each["no"], each["name"]) for each in items_of(read)] == [(1, "甲"), (2, "乙"), (3, "丙")]
    assert read.left == ("表4第1行开始的表(“一、二、三、四”)",)


def test_cells_left_blank_instead_of_merged() -> None:
    """As workbooks often have them."""
    assert _items(
        "类别 | 项目 | 内容 | 分值",
        "学习 | 培训 | 举办培训,做好记录。 | 2",
        " |  | 组织考试,公布成绩。 | 3",
        " | 宣传 | 开展宣传活动。 | 5",
    ) == [
        ("学习", "培训", 5, [("举办培训,做好记录。", 2), ("组织考试,公布成绩。", 3)]),
        ("学习", "宣传", 5, [("开展宣传活动。", 5)]),
    ]


@pytest.mark.parametrize(
    "header",
    [
        "序号 | 监测指标 | 工作要求 | 分值 | 责任部门",
        "编号 | 项目名称 | 考核标准 | 标准分 | 牵头单位",
        "序 号 | 考核项目 | 评分细则 | 分值(分) | 责任单位(部门)",
        "项次 | 评价指标 | 具体内容及计分办法 | 满分 | 承办部门",
        "序号 | 指标 | 内容 | 分数 | 被考核单位",
        "No. | 任务 | 要点 | 权重(%) | 单位",
    ],
)
def test_spellings_of_headers(header: str) -> None:
    read = _draft(f"附件\n<table>\n{header}\n1 | 学习 | 举办培训。 | 2 | 市教育局\n</table>")
    (item,) = items_of(read)
    assert (item["no"], item["name"], item["requirement"], item["points"]) == (1, "学习", "举办培训。", 2)
    assert item["responsible"] == ["市教育局"]


def test_columns_that_are_not_taken_are_named() -> None:
    read = _draft("附件\n<table>\n项目 | 要求 | 分值 | 评分部门 | 备注\n甲 | 做好。 | 1 | 市委办 | \n</table>")
    assert read.left == ("项目表的“评分部门”一栏", "项目表的“备注”一栏")


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("考核对象名单\n1.甲局\n2.乙局\n(3)丙局", [("甲局", None), ("乙局", None), ("丙局", None)]),
        (
            "附件1\n考核对象\n一、街道(2个):东街道、西街道\n二、镇:南镇、北镇",
            [("东街道", "A"), ("西街道", "A"), ("南镇", "B"), ("北镇", "B")],
        ),
        ("考核对象为:甲局、乙局(含丁办)、丙局等3家单位。", [("甲局", None), ("乙局", None), ("丙局", None)]),
        (
            "名单\n<table>\n序号 | 单位名称 | 序号 | 单位名称\n1 | 甲局 | 3 | 丙局\n2 | 乙局 | 4 | 丁局\n</table>",
            [("甲局", None), ("乙局", None), ("丙局", None), ("丁局", None)],
        ),
        (
            "名单\n<table>\n类别 | 单位\n党群 | 甲部、乙部\n政府 | 丙局↵丁局\n</table>",
            [("甲部", "A"), ("乙部", "A"), ("丙局", "B"), ("丁局", "B")],
        ),
        ("评价对象\n市甲子局、市乙丑局", [("甲子局", None), ("乙丑局", None)]),
    ],
)
def test_lists_of_units(text: str, units: list[tuple[str, str | None]]) -> None:
    """Numbered lines, classes, a sentence, tables of several columns."""
    assert [(each["short"], each.get("ranking_group")) for each in units_of(_draft(text))] == units


_UNITS = "名单\n1.甲局\n2.乙局"


@pytest.mark.parametrize(
    ("text", "place", "value"),
    [
        ("关于印发《2031年度考核\n办法》的通知", "title", "关于印发《2031年度考核办法》的通知"),
        ("市政府办公室关于开展２０３１年考核的通知", "title", "市政府办公室关于开展２０３１年考核的通知"),
        ("示政办〔 2031 〕第 5 号", "number", "示政办〔2031〕第5号"),
        ("示例市人民政府办公室\n二〇三一年十月二十一日", "dates.issued", date(2031, 10, 21)),
        ("示例市人民政府办公室\n二○三一年三月五日", "issuer", "示例市人民政府办公室"),
        ("中共某州市示例区委办公室\n2031年3月5日", "district", "示例区"),
        ("关于2031年考核的通知\n考核时间为1月1日至12月31日。", "dates.period_end", date(2031, 12, 31)),
        ("考核期从2030年7月1日起至2031年6月30日止。", "dates.period_start", date(2030, 7, 1)),
        ("各单位于2032年1月5日前报送台账。", "dates.ledger_due", date(2032, 1, 5)),
        ("于2031年3月8日前报送联络员名单。", "dates.contacts_due", date(2031, 3, 8)),
        ("考核总分为120分。", "scoring.full", 120),
        ("基础分100分,累计扣分不超过20分。", "scoring.deduction_cap", 20),
        ("加分项目最高加5分。", "scoring.bonus_cap", 5),
    ],
)
def test_what_the_text_says(text: str, place: str, value: object) -> None:
    """Titles over two lines, numbers, days in figures and in Chinese numerals, full marks and caps."""
    found: object = _draft(f"{text}\n{_UNITS}").source.table("notice.toml")
    for step in place.split("."):
        assert isinstance(found, dict)
        found = found.get(step)
    assert found == value


def test_days_that_no_calendar_has_are_not_read() -> None:
    dates = _draft(f"各单位于2031年2月30日前报送台账。\n某办公室\n2031年13月1日\n{_UNITS}").source.table("notice.toml")[
        "dates"
    ]
    assert dates == {}
