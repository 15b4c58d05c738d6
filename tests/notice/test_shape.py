"""What a file holds that its model cannot take: each value is reported at its place, in plain Chinese."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from fazhi_xl.notice import shape
from fazhi_xl.notice.load import load

if TYPE_CHECKING:
    from pathlib import Path

    from tests.notice.conftest import Edit

COUNT_4 = '{ kind = "count", input = "次数", at_least = 4 }'
PUBLIC = '{ kind = "rate", done = ["公众参与"], due = ["制定"], below = "linear" }'

KINDS = "yes、count、count_zero、rate、ratio、fall、grade、months、days、tally、deduct、balance、bands"

# fmt: off
# file, what stands there, what is written instead, the problems
SHAPES = [
    ("items/15.toml", "points = 10", 'points = "10"', ["items/15.toml: sub_points[3].points: 应为数字,例如 0.5"]),
    ("items/15.toml", "points = 10", "points = true", ["items/15.toml: sub_points[3].points: 应为数字,例如 0.5"]),
    ("items/15.toml", "points = 10", "points = inf", ["items/15.toml: sub_points[3].points: 应为数字,例如 0.5"]),
    ("items/15.toml", "points = 10", "points = 10.125", ["items/15.toml: sub_points[3].points: 分值最多两位小数,例如 0.25"]),
    ("items/15.toml", "points = 10", "points = 1e30", ["items/15.toml: sub_points[3].points: 分值太大,例如应为 100"]),
    ("notice.toml", "full = 100", "full = 100\nplaces = 4", ["notice.toml: scoring.places: 不能大于3"]),
    ("notice.toml", "full = 100", "full = 100.5\nplaces = true", ["notice.toml: scoring.places: 不能小于2"]),
    ("notice.toml", "full = 100", 'full = 100\nrounding = "up"', ["notice.toml: scoring.rounding: 应为其中之一:half_up、down"]),
    ("items/15.toml", "points = 10", "points = -1", ["items/15.toml: sub_points[3].points: 不能小于0"]),
    ("items/15.toml", 'requirement = "', 'base = "', [
        "items/15.toml: requirement: 缺少此项",
        "items/15.toml: base: 没有这个名称,请检查拼写",
    ]),
    ("items/15.toml", 'aspect = "法治社会建设"', "aspect = 15", ["items/15.toml: aspect: 应为文字,用引号括起来"]),
    ("items/15.toml", 'aspect = "法治社会建设"', 'aspect = ""', ["items/15.toml: aspect: 不能为空"]),
    ("items/08.toml", 'responsible = ["区信访局"]', "responsible = []", ["items/08.toml: responsible: 至少要有1项"]),
    ("items/08.toml", 'responsible = ["区信访局"]', 'responsible = "区信访局"', ["items/08.toml: responsible: 应为列表,用方括号括起来"]),
    ("items/15.toml", 'code = "15.1"', 'code = "15-1"', [
        "items/15.toml: sub_points[0].code: 应为“项目序号.得分点序号”,例如 15.4",
        "items/15.toml: sub_points[0].code: 应为 15.1",
    ]),
    ("items/15.toml", COUNT_4, '{ kind = "counts", input = "次数" }', [
        f"items/15.toml: sub_points[5].rule.parts[0].kind: 没有“counts”这种规则,应为其中之一:{KINDS}",
    ]),
    ("items/15.toml", COUNT_4, '{ input = "次数" }', ["items/15.toml: sub_points[5].rule.parts[0].kind: 缺少规则种类 kind"]),
    ("items/15.toml", COUNT_4, '{ kind = "count", input = "次数", at_least = "四" }', [
        "items/15.toml: sub_points[5].rule.parts[0].at_least: 应为整数,例如 3",
    ]),
    ("items/15.toml", COUNT_4, '{ kind = "count", input = "次数", atleast = 4 }', [
        "items/15.toml: sub_points[5].rule.parts[0].atleast: 没有这个名称,请检查拼写",
    ]),
    ("items/15.toml", COUNT_4, '{ kind = "count", at_least = 4 }', [
        "items/15.toml: sub_points[5].rule.parts[0].input: 缺少此项",
    ]),
    ("items/15.toml", COUNT_4, "4", ["items/15.toml: sub_points[5].rule.parts[0]: 应为一组“名称 = 值”"]),
    ("items/02.toml", PUBLIC, PUBLIC.replace("linear", "partly"), [
        "items/02.toml: sub_points[1].rule.parts[0].below: 应为其中之一:zero、linear",
    ]),
    ("items/06.toml", "at_least = 95", "at_least = 101", [
        "items/06.toml: sub_points[0].rule.parts[0].at_least: 不能大于100",
    ]),
    ("items/06.toml", "at_least = 95", "at_least = 9.5", [
        "items/06.toml: sub_points[0].rule.parts[0].at_least: 应为整数,例如 3",
    ]),
    ("items/01.toml", 'key = "会议"', 'key = "会议 次数"', [
        "items/01.toml: sub_points[0].inputs[0].key: 只能用文字、字母、数字和下划线,不能有标点空格",
    ]),
    ("items/01.toml", 'options = ["是", "否"]', 'options = ["是"]', [
        "items/01.toml: sub_points[1].inputs[0].options: 选择项至少要有两个选项 options",
    ]),
    ("items/10.toml", "required = false", 'required = "随便"', [
        "items/10.toml: sub_points[1].inputs[1].required: 应为 true 或 false",
    ]),
    ("items/10.toml", "required = false", "required = []", [
        "items/10.toml: sub_points[1].inputs[1].required: 应为 true 或 false",
    ]),
    ("items/17.toml", "minimum = 0.01", 'minimum = "少许"', [
        "items/17.toml: sub_points[2].inputs[1].minimum: 应为数字,例如 0.5",
    ]),
    ("items/17.toml", "minimum = 0.01", "minimum = nan", [
        "items/17.toml: sub_points[2].inputs[1].minimum: 应为数字,例如 0.5",
    ]),
    ("items/17.toml", "minimum = 0.01", "minimum = []", [
        "items/17.toml: sub_points[2].inputs[1].minimum: 应为数字,例如 0.5",
    ]),
    ("items/20.toml", "each = 0.5", "each = 0.0005", [
        "items/20.toml: sub_points[5].rule.parts[0].terms[0].each: 分值最多三位小数,例如 0.125",
    ]),
    ("items/20.toml", "each = 0.5", "each = -1", ["items/20.toml: sub_points[5].rule.parts[0].terms[0].each: 应大于0"]),
    ("notice.toml", "ledger_due = 2020-11-20", 'ledger_due = "11月20日"', [
        "notice.toml: dates.ledger_due: 应为日期,例如 2031-11-20(不加引号)",
    ]),
    ("notice.toml", "ledger_due = 2020-11-20", "ledger_due = 20201120", [
        "notice.toml: dates.ledger_due: 应为日期,例如 2031-11-20(不加引号)",
    ]),
    ("notice.toml", "ledger_due = 2020-11-20", "ledger_due = []", [
        "notice.toml: dates.ledger_due: 应为日期,例如 2031-11-20(不加引号)",
    ]),
    ("registers.toml", '{ "录用" = "已录用" }, hint', '{ "录用" = "已录用", "标题" = "甲" }, hint', [
        "registers.toml: registers[0].columns[3].required_with: 最多1项",
    ]),
    ("registers.toml", "day = 15", "day = 0", ["registers.toml: registers[0].on_time.day: 不能小于1"]),
    ("notice.toml", "year = 2020", "year = []", ["notice.toml: year: 应为整数,例如 3"]),
    ("notice.toml", 'name = "法规工作"', 'name = "法规/工作"', [
        'notice.toml: review.sections[0].name: 应为30个字以内,不能有空格和 \\ / : * ? " < > | . ~ $',
    ]),
    ("registers.toml", 'key = "日期", kind', 'key = "日 期", kind', [
        "registers.toml: registers[1].columns[1].key: 只能用文字、字母、数字和下划线,不能有标点空格",
    ]),
    ("notice.toml", 'form_prefix = "ZL2020"', 'form_prefix = "钟楼"', ["notice.toml: form_prefix: 应为2至10位大写字母或数字"]),
    ("theme.toml", "created =", 'colours.input = "#fff9db"\ncreated =', [
        "theme.toml: colours.input: 应为 #RRGGBB 形式的颜色,字母大写,例如 #FFF9DB",
    ]),
    ("departments.toml", '"区民政局" = ["民政局"]', '"区民政局" = "民"', [
        'departments.toml: departments."区民政局": 应为列表,用方括号括起来',
    ]),
    ("departments.toml", "[departments]", "departments = 1\n[others]", [
        "departments.toml: departments: 应为一组“名称 = 值”",
        "departments.toml: others: 没有这个名称,请检查拼写",
    ]),
    ("contacts.toml", 'rows = ["分管领导", "联络员"]', 'rows = ["分管领导", 2]', ["contacts.toml: rows[1]: 应为文字,用引号括起来"]),
    ("readings.toml", '"about.scoring" = { not_applicable = "out" }', '"about.scoring" = "out"', [
        'readings.toml: readings[23].options[1].changes."about.scoring": 应为一组“名称 = 值”',
    ]),
]
# fmt: on


@pytest.mark.parametrize(("file", "old", "new", "problems"), SHAPES)
def test_a_wrong_shape_is_reported_at_its_place(
    edit: Edit, faults: Callable[[], list[str]], file: str, old: str, *, new: str, problems: list[str]
) -> None:
    """A value of the wrong shape is one problem, at its file and path, in plain Chinese."""
    edit(file, old, new)
    assert faults() == problems


@pytest.mark.parametrize(
    ("file", "whole", "place"),
    [
        ("items/15.toml", "points = 10", "sub_points[3].points"),
        ("notice.toml", "at_least = 90", "grades[0].at_least"),
        ("notice.toml", "bonus_cap = 10", "scoring.bonus_cap"),
        ("adjustments.toml", "points = 1", "bonus[0].points"),
    ],
)
def test_points_have_the_places_of_the_catalogue(
    folder: Path, edit: Edit, faults: Callable[[], list[str]], file: str, whole: str, *, place: str
) -> None:
    """A third place is refused, unless the catalogue keeps three; a fourth always is."""
    edit(file, whole, f"{whole}.125")
    assert faults() == [f"{file}: {place}: 分值最多两位小数,例如 0.25"]
    edit("notice.toml", "full = 100", "full = 100\nplaces = 3")
    load(folder)
    edit(file, f"{whole}.125", f"{whole}.1255")
    assert faults() == [f"{file}: {place}: 分值最多三位小数,例如 0.125"]


@pytest.mark.parametrize("template", sorted({fault.value.told for fault in shape.MESSAGES.values()} - {"{error}"}))
def test_every_message_of_shape_is_produced(template: str) -> None:
    """Each message about a wrong shape stands in the table above."""
    pattern = re.compile(".*: " + re.sub(r"\\{\w+\\}", ".+", re.escape(template)))
    assert any(pattern.fullmatch(problem) for row in SHAPES for problem in row[3])
