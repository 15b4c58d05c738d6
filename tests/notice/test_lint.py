"""What is odd about a catalogue is said; it can be used all the same."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree
from typing import TYPE_CHECKING

import pytest

from fazhi_xl.notice.lint import RULES, lint
from fazhi_xl.notice.load import load, place_remarks
from fazhi_xl.notice.model import Notice
from tests.notice.campaigns import TEMPLATES
from tests.support.catalogues import catalogue, item, minimal, sub_point

if TYPE_CHECKING:
    from tests.notice.conftest import Choose, Edit

REMARKS_2020 = [
    ("item-points", "第9项分值4分,得分点合计3分"),
    ("total-points", "得分点合计99分,满分100分"),
    ("date-order", "联络员名单截止日2020-10-26早于通知印发日2020-10-29"),
    ("date-order", "台账截止日2020-11-20早于评价期末2020-12-31"),
]


def remarks(notice: Notice) -> list[tuple[str, str]]:
    return [(remark.code, remark.text) for remark in lint(notice)]


def test_the_notice_of_2020_has_four_oddities(notice: Notice) -> None:
    """Item 9 lacks a point, and two dates of the notice stand in the wrong order; run twice, it is the same."""
    assert remarks(notice) == REMARKS_2020
    assert remarks(notice) == REMARKS_2020


IDLE = [
    "人大常委会机关",
    "政协机关",
    "纪委监委",
    "统战部",
    "政法委",
    "总工会",
    "团委",
    "妇联",
    "科协",
    "残联",
    "红十字会",
]


def test_units_without_a_sub_point_are_named(folder: Path, choose: Choose) -> None:
    """As printed, 11 units have nothing to answer, and each is named."""
    choose("责任分配", "按整项")
    assert [text for code, text in remarks(load(folder)) if code == "idle-unit"] == [
        f"{unit}没有任何得分点" for unit in IDLE
    ]


EIGHT = "每年开展“法律八进”活动不低于4次(1分),少一次扣0.25分,最高减1分,减完为止。"
GRADES_2020 = """[[grades]]
name = "优秀"
at_least = 90

[[grades]]
name = "良好"
at_least = 80

[[grades]]
name = "一般"
"""
# file, what stands there, what is written instead, the remarks beside those of 2020 with file, line and path
ODD = [
    (
        "items/08.toml",
        "points = 3\nreq",
        "points = 3.5\nreq",
        [
            ("item-points", "items/08.toml:4 points", "第8项分值3.5分,得分点合计3分"),
            ("total-points", "notice.toml:23 scoring.full", "各项分值合计100.5分,满分100分"),
        ],
    ),
    (
        "items/08.toml",
        'requirement = "把信访',
        'requirement = "将信访',
        [
            ("requirement-text", "items/08.toml:5 requirement", "第8项的工作要求与各得分点连起来的文字不一致"),
        ],
    ),
    (
        "departments.toml",
        '"区民政局" = ["民政局"]',
        '"区民政局" = []',
        [
            (
                "department-units",
                'departments.toml:10 departments."区民政局"',
                "责任部门“区民政局”没有对应的监测评价对象",
            )
        ],
    ),
    (
        "departments.toml",
        "[departments]",
        '[departments]\n"区水利局" = ["农业农村局"]',
        [("department-use", 'departments.toml:3 departments."区水利局"', "责任部门“区水利局”没有用到")],
    ),
    (
        "groups.toml",
        "[[groups]]",
        '[[groups]]\nname = "群团"\nmembers = [{ unit = "妇联" }]\n[[groups]]',
        [
            ("group-use", "groups.toml:5 groups[0].name", "组“群团”没有用到"),
        ],
    ),
    (
        "units.toml",
        "[[units]]",
        '[[ranking_groups]]\ncode = "D"\nname = "其他"\n[[units]]',
        [("ranking-group-use", "units.toml:20 ranking_groups[3].code", "排名组D没有单位")],
    ),
    (
        "notice.toml",
        "published = 2020-10-30",
        "published = 2020-10-28",
        [("date-order", "notice.toml:20 dates.published", "通知发布日2020-10-28早于通知印发日2020-10-29")],
    ),
    (
        "items/20.toml",
        'label = "工作力量保障"',
        'label = "工作制度和运行机制"',
        [
            (
                "repeated-text",
                "items/20.toml:17 sub_points[0].inputs[1].label",
                "20.1的填报指标重复:工作制度、工作力量“工作制度和运行机制”",
            ),
        ],
    ),
    (
        "index.toml",
        "人大执法检查情况",
        "人大规范性文件备案审查情况",
        [
            (
                "repeated-text",
                "index.toml:11 projects[0].indicators[0].text",
                "指标重复:第1个、第2个“人大规范性文件备案审查情况”",
            ),
        ],
    ),
    (
        "items/09.toml",
        'name = "政府信息公开"',
        'name = "党内法规"',
        [("repeated-text", "items/01.toml:4 name", "监测项目重复:第1项、第9项“党内法规”")],
    ),
    (
        "adjustments.toml",
        "②经验推广",
        "①表彰奖励等",
        [
            (
                "option-prefix",
                "adjustments.toml:22 bonus[1].label",
                "加分情形的选项“①表彰奖励等”以另一个选项“①表彰奖励”开头",
            ),
        ],
    ),
    (
        "adjustments.toml",
        "⑥督察通报",
        "②重大决策违法的",
        [
            (
                "option-prefix",
                "adjustments.toml:68 deductions[5].label",
                "减分情形的选项“②重大决策违法的”以另一个选项“②重大决策违法”开头",
            ),
        ],
    ),
    (
        "items/08.toml",
        'label = "信访总量"',
        'label = "是否信访"',
        [("label-beginning", "items/08.toml:15 sub_points[0].inputs[0].label", "8.1.信访的名称“是否信访”以选项开头")],
    ),
    (
        "items/08.toml",
        'label = "信访总量"',
        'label = "部分履行的"',
        [("label-beginning", "items/08.toml:15 sub_points[0].inputs[0].label", "8.1.信访的名称“部分履行的”以选项开头")],
    ),
    (
        "notice.toml",
        GRADES_2020,
        "",
        [
            ("unused-text", "notice.toml:105 texts.grade_note", "写了texts.grade_note,但目录里没有等次([[grades]])"),
        ],
    ),
    (
        "items/15.toml",
        'text = "每年开展“法律八进”活动不低于4次(1分)。"',
        f'text = "{EIGHT}"',
        [
            ("requirement-text", "items/15.toml:6 requirement", "第15项的工作要求与各得分点连起来的文字不一致"),
            (
                "worded-rule",
                "items/15.toml:105 sub_points[5].text",
                f"15.6的文字里有“最高减”,规则里没有写:“{EIGHT}”",
            ),
            (
                "worded-rule",
                "items/15.toml:105 sub_points[5].text",
                f"15.6的文字里有“减完为止”,规则里没有写:“{EIGHT}”",
            ),
        ],
    ),
    (
        "items/08.toml",
        'text = "控制并减少集体上访、越级上访(2分)。"',
        'text = "控制上访,每升1个百分点加倍扣分(2分)。"',
        [
            ("requirement-text", "items/08.toml:5 requirement", "第8项的工作要求与各得分点连起来的文字不一致"),
            (
                "worded-rule",
                "items/08.toml:27 sub_points[1].text",
                "8.2的文字里有“百分点”,规则里没有写:“控制上访,每升1个百分点加倍扣分(2分)。”",
            ),
            (
                "worded-rule",
                "items/08.toml:27 sub_points[1].text",
                "8.2的文字里有“加倍”,规则里没有写:“控制上访,每升1个百分点加倍扣分(2分)。”",
            ),
        ],
    ),
    (
        "notice.toml",
        "严格按照任务分解表",
        "实行一票否决,严格按照任务分解表",
        [
            (
                "worded-veto",
                "notice.toml:102 texts.steps[1]",
                "notice.toml的文字里有“一票否决”,目录里没有一票否决情形([[vetoes]])",
            ),
        ],
    ),
    (
        "registers.toml",
        "登记不配合完成日常交办工作的",
        "按22.7和第30项登记不配合完成日常交办工作的",
        [
            ("quoted-code", "registers.toml:31 registers[1].note", "登记“交办登记”提到的22.7、第30项不在目录里"),
        ],
    ),
    (
        "notice.toml",
        "采集报送的材料数据要以2020年为主",
        "采集报送的材料数据要以2019年为主(见《2018年办法》)",
        [
            (
                "past-year",
                "notice.toml:108 texts.evidence[2]",
                "“各单位采集报送的材料数据…”写着2019年,本次评价的是2020年",
            ),
        ],
    ),
    (
        "notice.toml",
        "采集报送的材料数据要以2020年为主",
        "采集报送的材料数据要以二〇一九年为主",
        [
            (
                "past-year",
                "notice.toml:108 texts.evidence[2]",
                "“各单位采集报送的材料数据…”写着2019年,本次评价的是2020年",
            ),
        ],
    ),
    (
        "items/05.toml",
        'measure = "台", required = false',
        'measure = "台"',
        [
            (
                "unread-input",
                "items/05.toml:30 sub_points[1].inputs[1].required",
                "5.2.记录仪必填,却没有规则用到;只供参考的写 required = false",
            ),
        ],
    ),
    (
        "items/08.toml",
        'label = "信访总量"',
        f'label = "{"信访" * 13}"',
        [("label-length", "items/08.toml:15 sub_points[0].inputs[0].label", "8.1.信访的名称超过24个字")],
    ),
    (
        "notice.toml",
        "钟委法办〔2020〕8号",
        "钟委法办〔2018〕8号",
        [
            (
                "number-year",
                "notice.toml:4 number",
                "文号“钟委法办〔2018〕8号”的年份和年度2020、印发日2020-10-29都对不上",
            )
        ],
    ),
    (
        "registers.toml",
        'key = "报送日期", kind = "date"',
        'key = "报送日期", kind = "date", earliest = 2020-02-01, latest = 2020-03-10',
        [
            (
                "narrow-date",
                "registers.toml:18 registers[0].columns[1].latest",
                "登记“信息报送”的“报送日期”最晚只能填2020-03-10,早于评价期末2020-12-31",
            ),
            (
                "narrow-date",
                "registers.toml:18 registers[0].columns[1].earliest",
                "登记“信息报送”的“报送日期”最早只能填2020-02-01,晚于评价期初2020-01-01",
            ),
        ],
    ),
    (
        "notice.toml",
        "show_rank = false",
        "supplement_due = 2020-11-01\nshow_rank = false",
        [("narrow-date", "notice.toml:78 feedback.supplement_due", "补正期限2020-11-01早于报送期限2020-11-20")],
    ),
    (
        "items/20.toml",
        'terms = [{ input = "不配合", each = 1 }]',
        'terms = [{ input = "不配合", each = 2 }]',
        [
            (
                "worded-amount",
                "items/20.toml:105 sub_points[6].text",
                "20.7的文字写的1分在规则里没有:“配合完成区委依法治区办日常交办的工作(5分),不配合的,有1次扣1分,扣完为止。”",
            )
        ],
    ),
    (
        "notice.toml",
        "bonus_cap = 10",
        "bonus_cap = 8",
        [
            (
                "worded-amount",
                "notice.toml:112 texts.bonus_clause",
                "加分的文字写的10分在规则里没有:“具备上述条件的,有1项加1分。加分情形为同一事项的,不重复加分。累计加分超过10分的,以10分为限…”",
            )
        ],
    ),
    (
        "adjustments.toml",
        '{ name = "依法被追究刑事责任的", points = 5 }',
        '{ name = "依法被追究刑事责任的", points = 4 }',
        [
            (
                "worded-amount",
                "notice.toml:113 texts.deduction_clause",
                "减分的文字写的5分在规则里没有:“符合上述第四种情形,单位负责人受到党纪政纪处分的,有1项减3分;依法被追究刑事责任的,有1项减5分。符合上述其他情形的…”",
            )
        ],
    ),
    (
        "theme.toml",
        "created =",
        'colours.warn = "#B45F06"\ncreated =',
        [("pale-text", "theme.toml:3 colours.warn", "颜色 warn 的字在 warn_fill 上看不清:对比度3.9,至少要4.5")],
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "added"), ODD)
def test_an_oddity_is_remarked(
    folder: Path, edit: Edit, file: str, old: str, *, new: str, added: list[tuple[str, str, str]]
) -> None:
    """Each oddity gives its remark at its place, and only that."""
    edit(file, old, new)
    found = place_remarks(folder, lint(load(folder)))
    more = [each for each in found if (each.code, each.text) not in REMARKS_2020]
    assert [(each.code, f"{each.file}:{each.line} {each.path}", each.text) for each in more] == added


def test_a_sub_points_text_that_stands_twice_is_remarked(folder: Path, edit: Edit) -> None:
    """Two sub-points with one text are named, and so is the item whose words no longer agree."""
    edit("items/09.toml", 'text = "定期对政府信息公开工作进行考核、评议(1分)。"', 'text = "建立信用修复机制(1分)。"')
    assert ("repeated-text", "得分点文字重复:9.2、19.3“建立信用修复机制(1分)。”") in remarks(load(folder))


def test_every_rule_is_tested() -> None:
    """Each rule's code stands in a table of this file."""
    tested = (
        {code for row in ODD for code, _, _ in row[3]}
        | {code for code, _ in REMARKS_2020}
        | {"nothing-scored", "idle-unit", "begun-point", "stray-file", "idle-provider"}
        | {"idle-switch", "late-switch"}  # in test_switches
    )
    assert {code for code, _ in RULES} == tested


def test_full_marks_of_each_class(tmp_path: Path) -> None:
    """Where classes of units have full marks of their own, what is asked of each class is compared with them."""
    folder = Path(copytree(TEMPLATES / "wanglan-bumen-2023", tmp_path / "classes"))
    units = folder / "units.toml"
    units.write_text(units.read_text("utf-8").replace("full = 80", "full = 79.5"), "utf-8")
    assert remarks(load(folder)) == [("total-points", "综合管理类的得分点合计80分,满分79.5分")]


def test_a_list_without_items() -> None:
    """A catalogue that only takes points off asks for no sub-points, so there is nothing to add up and no unit is idle."""
    assert remarks(load(Path(__file__).parents[1] / "data" / "catalogues" / "negative-list")) == []


def test_a_catalogue_by_which_nothing_is_scored(tmp_path: Path) -> None:
    """Neither items nor anything added or taken: that is said before all else."""
    files = {file: table for file, table in minimal().items() if not file.startswith("items/")}
    assert remarks(catalogue(tmp_path, files))[0] == (
        "nothing-scored", "目录里没有项目,也没有加分、减分情形,各单位都没有要填的,也没有得分",
    )  # fmt: skip


def test_begun_points(tmp_path: Path) -> None:
    """What a text says of a part of a percentage point is compared with how the rule counts."""
    files = minimal()
    rate = {"done": ["次数"], "due": ["应走访"], "reference": 90, "each": 1}
    files["items/01.toml"] = item(
        1,
        sub_point(
            10,
            {"kind": "deduct", "terms": [rate]},
            inputs=[
                files["items/01.toml"]["sub_points"][0]["inputs"][0],
                {"key": "应走访", "label": "应走访", "kind": "whole"},
            ],
            text="走访率每低1个百分点扣1分,不足1个百分点的按1个计(10分)",
        ),
    )
    said = "1.1的文字写了不足1个百分点怎么算,规则按每满1个百分点算(step = “full”)"
    assert remarks(catalogue(tmp_path, files)) == [("begun-point", said)]


def test_a_stray_file(folder: Path) -> None:
    """A file that no part has is named, with the one that is meant; anything but TOML may stand beside the catalogue."""
    for name in ("adjustment.toml", "9.toml", "README.md"):
        (folder / name).write_text("x", "utf-8")
    found = [text for code, text in remarks(load(folder)) if code == "stray-file"]
    assert found[1] == "没有“adjustment.toml”这种文件,里面写的都不会用到。是不是“adjustments.toml”?"
    assert found[0].startswith("没有“9.toml”这种文件,里面写的都不会用到。有用的是notice.toml、")


def test_a_provider_of_a_bonus(folder: Path, edit: Edit) -> None:
    """Nobody but the unit itself claims a bonus."""
    edit("adjustments.toml", 'label = "①表彰奖励"', 'label = "①表彰奖励"\nprovided_by = ["区司法局"]')
    assert [text for code, text in remarks(load(folder)) if code == "idle-provider"] == [
        "加分情形“①表彰奖励”写了由谁提供(provided_by),加分由各单位自己申报,用不到"
    ]


def test_places_of_what_no_table_above_breaks(folder: Path, edit: Edit, choose: Choose) -> None:
    """A unit, a stray file and a provider are placed too; a stray file has no line, and an item's file is called as the folder does."""
    choose("责任分配", "按整项")
    edit("adjustments.toml", 'label = "①表彰奖励"', 'label = "①表彰奖励"\nprovided_by = ["区司法局"]')
    (folder / "9.toml").write_text("x", "utf-8")
    (folder / "items" / "09.toml").rename(folder / "items" / "9.toml")
    found = place_remarks(folder, lint(load(folder)))
    placed = {each.code: (each.file, each.line, each.path) for each in reversed(found)}
    assert placed["idle-unit"] == ("units.toml", 31, "units[1].short")
    assert placed["stray-file"] == ("9.toml", None, "")
    assert placed["idle-provider"] == ("adjustments.toml", 17, "bonus[0].provided_by")
    assert placed["item-points"] == ("items/9.toml", 5, "points")
    assert found[0].told == "items/9.toml 第5行:第9项分值4分,得分点合计3分"
