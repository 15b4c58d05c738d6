"""A notice without a table: its numbered paragraphs are items where they print points, and what is not taken over is told."""

from __future__ import annotations

import pytest

from fazhi_xl.setup.draft.draft import draft_of
from fazhi_xl.setup.draft.marks import Draft
from fazhi_xl.text.papers import Paper, Paragraph, plain_table
from tests.support.draft_difference import items_of

_UNITS = ("一、评价对象", "东河水库、西河水库、南河水库。")


def _drafted(*lines: str, units: tuple[str, ...] = _UNITS) -> Draft:
    told = (*units, *lines)
    return draft_of(
        Paper(blocks=tuple(Paragraph(text=text, where=f"第{no}段") for no, text in enumerate(told, 1))), "办法.docx"
    )


def _items(made: Draft) -> list[tuple[object, ...]]:
    return [(each.get("aspect"), each["name"], each["points"], len(each["sub_points"])) for each in items_of(made)]


def _doubts(made: Draft, path: str) -> list[str]:
    return [each.doubt for each in made.marks if each.path == path]


@pytest.mark.parametrize(
    ("lines", "items"),
    [
        (
            ("第二部分 内容(100分)", "一、大坝(60分)", "(一)巡查。每周得40分。(40分)", "(二)维修。不漏水。(20分)", "二、台账(40分)"),
            [("大坝", "巡查", 40, 1), ("大坝", "维修", 20, 1), (None, "台账", 40, 1)],
        ),
        (
            ("二、内容(100分)", "(一)大坝(60分)", "1.巡查。每周巡查得60分。(60分)", "(二)台账(40分)", "1.记录。齐全。(40分)", "三、附则"),
            [("大坝", "巡查", 60, 1), ("台账", "记录", 40, 1)],
        ),
        (
            ("二、内容", "(一)巡查。每周巡查得20分(60分)。", "(二)台账(40分)", "1.建账得30分。", "2.记账得10分。"),
            [(None, "巡查", 60, 1), (None, "台账", 40, 2)],
        ),
        (
            ("二、内容", "(一)大坝(60分)", "1.巡查(60分)", "(1)每周巡查(40分)。", "(2)有记录(20分)。", "(二)台账。齐全。(40分)"),
            [("大坝", "巡查", 60, 2), (None, "台账", 40, 1)],
        ),
    ],
)  # fmt: skip
def test_levels(lines: tuple[str, ...], items: list[tuple[object, ...]]) -> None:
    """The deepest with points are the items, the headings with points above them the aspects; a heading of all is none."""
    assert _items(_drafted(*lines)) == items


def test_it_is_said_that_the_text_was_read() -> None:
    made = _drafted("二、大坝(100分)", "(一)巡查。每周巡查。(40分)", "(二)维修。不漏水。(50分)")
    assert "读成了2个项目,合计90分。请逐项和原文核对" in _doubts(made, "no")[0]
    assert _doubts(made, "points") == ["“大坝”印的是100分,下面各项合计90分,请核对哪个对"]
    assert _doubts(made, "responsible") == ["通知里没有写各项由谁负责,每一项都要填责任部门;全部单位都填的写“@全部”"]


def test_without_items_the_first_doubt_says_so() -> None:
    """The paragraphs that tell of points are named."""
    made = _drafted("各单位每周巡查得4分。", "大坝不漏水得6分。")
    assert made.marks[0].doubt == (
        "没有读到项目,一项计分也没有录入;写有分值的有第3段、第4段。请逐项填进“项目”和“得分点”"
    )


def test_headings_of_tables_are_no_items() -> None:
    """What a table's heading prints as points is in the table."""
    table = plain_table([["项目", "要求", "分值"], ["甲", "做好", "5"]], ["", ""], {}, new_page=False)
    heading = Paragraph(text="一、大坝(5分)", where="第1段")
    made = draft_of(Paper(blocks=(heading, table)), "通知.docx")
    assert not any("没有录入" in each.doubt for each in made.marks)


def test_paragraphs_of_one_page_are_told_apart() -> None:
    """What is read of one does not hide another, where only the page is told."""
    lines = (
        *_UNITS,
        "四、加分",
        "(一)被推广的加3分,最多加5分。",
        "(二)有报道的加1分,最多加2分。",
        "五、结果",
        "90分以上为优秀,迟报的扣1分。",
    )
    made = draft_of(Paper(blocks=tuple(Paragraph(text=text, where="第1页") for text in lines)), "办法.pdf")
    assert [(each.path, each.where) for each in made.marks if "没有录入" in each.doubt and each.path != "sub_points"] == [
        ("scoring.bonus_cap", "第1页第4段"), ("deductions", "第1页第7段"), ("grades", "第1页第7段"),
    ]  # fmt: skip


def test_the_list_ends_with_the_next_heading() -> None:
    """Also of a part of the notice, and with points."""
    for heading in ("二、评价内容", "第二部分 内容", "(一)内容(100分)"):
        assert len(_drafted(heading, "(一)甲。做好甲。(40分)").source.table("units.toml")["units"]) == 3
    assert _drafted().source.table("notice.toml")["words"] == {"list": "评价对象"}


class TestBesideItems:
    """Situations under headings of any wording, and what is not taken over."""

    def test_deductions_by_chinese_numbers(self) -> None:
        made = _drafted(
            "四、扣分事项", "(一)溃坝的,每次扣2分;(二)被通报的,县级扣1分、市级扣2分;扣分累计不超过10分。", "五、其他"
        )
        first, second = made.source.table("adjustments.toml")["deductions"]
        assert (first["text"], first["points"]) == ("溃坝的,每次扣2分", 2)
        assert (second["text"], [each["name"] for each in second["levels"]]) == (
            "被通报的,县级扣1分、市级扣2分", ["县级", "市级"],
        )  # fmt: skip
        assert made.source.table("notice.toml")["scoring"] == {"deduction_cap": 10}

    def test_a_heading_of_several_sides(self) -> None:
        """Each paragraph is of the side that it has points or words of; a limit of one situation is not that of all."""
        made = _drafted(
            "四、加分和一票否决", "(一)被推广的每次加3分,累计加分不超过5分。", "(二)有报道的每篇加0.5分,最多加2分。",
            "(三)有下列情形之一的,实行一票否决:1.溃坝的;2.作假的。",
        )  # fmt: skip
        told = made.source.table("adjustments.toml")
        assert [each["points"] for each in told["bonus"]] == [3, 0.5]
        assert [each["text"] for each in told["vetoes"]] == ["溃坝的", "作假的"]
        assert made.source.table("notice.toml")["scoring"] == {}
        assert _doubts(made, "scoring.bonus_cap") == [
            "原文写有“加分不超过5分”“最多加2分”,分不清哪个是合计的上限,没有录入:合计有上限的,请填写"
        ]

    def test_a_situation_without_a_number(self) -> None:
        made = _drafted("四、附加分", "获国家级荣誉加5分、省级加3分,附加分最高10分。")
        assert [len(each["levels"]) for each in made.source.table("adjustments.toml")["bonus"]] == [2]
        assert made.source.table("notice.toml")["scoring"] == {"bonus_cap": 10}

    def test_what_was_not_taken_over(self) -> None:
        """Each paragraph once for each thing that it tells of."""
        made = _drafted("五、结果", "90分以上的为优秀。溃坝的一票否决。", "迟报的扣1分,早报的加1分。")
        assert [(each.path, each.where) for each in made.marks if each.doubt.startswith("没有录入")] == [
            ("vetoes", "第4段"), ("grades", "第4段"), ("bonus", "第5段"), ("deductions", "第5段"),
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "full", "doubt"),
    [
        (("总分90分以上的为优秀。", "实行百分制。"), 100, ["按“百分制”"]),
        (("总分90分以上的为优秀。",), None, ["没有读到,请填写"]),
        (("总分120分。",), 120, []),
        (("满分120分。", "个人满分50分。"), None, ["原文有几个满分:120分(第3段)、50分(第4段),请填写这次考核的满分"]),
        (("二、内容", "(一)甲。做好甲。(40分)", "(二)乙。做好乙。(60分)"), 100, ["原文没有写满分,按各项分值合计100分"]),
        (("二、内容", "(一)甲。做好甲。(40分)", "(二)乙。做好乙。(50分)"), None, ["没有读到,请填写;各项分值合计90分"]),
    ],
)  # fmt: skip
def test_full_marks(lines: tuple[str, ...], full: int | None, doubt: list[str]) -> None:
    """What a grade is given from is none; without a word on it a hundred only where points say so."""
    made = _drafted(*lines)
    assert made.source.table("notice.toml")["scoring"].get("full") == full
    assert _doubts(made, "scoring.full") == doubt


def test_whom_to_ask_is_no_list_of_contacts() -> None:
    """What is sent tells which day it is; the telephone number and whom it is sent to are suggested."""
    made = _drafted("各单位于2031年1月10日前将自评材料报河长办(联系人:王某,电话:0838-5550000)。")
    about = made.source.table("notice.toml")
    assert set(about["dates"]) == {"ledger_due"}
    assert about["office_phone"] == "0838-5550000"
    assert _doubts(made, "office") == ["没有读到,请填写;原文写有“报河长办”,可能是“河长办”"]


@pytest.mark.parametrize(
    ("text", "grades"),
    [
        (
            "总分90分以上的为优秀,75—89分为良好,60—74分为合格,60分以下为不合格。",
            [("优秀", 90), ("良好", 75), ("合格", 60), ("不合格", None)],
        ),
        (
            "90分(含)以上评定为“好”等次,80分(含)以上90分以下的为“较好”等次,不足80分的为“一般”等次。",
            [("好", 90), ("较好", 80), ("一般", None)],
        ),
        ("90分以上优秀,80分以上良好。", None),
        ("80分以上为良好,90分以上为优秀,90分以下为合格。", None),
    ],
)
def test_grades(text: str, grades: list[tuple[str, int | None]] | None) -> None:
    """Taken where they fall and leave no total out; else the paragraph is told."""
    made = _drafted("五、结果", text)
    told = made.source.table("notice.toml").get("grades")
    assert (told and [(each["name"], each.get("at_least")) for each in told]) == grades
    (doubt,) = _doubts(made, "grades")
    assert doubt.startswith("按“" if grades else "没有录入")
