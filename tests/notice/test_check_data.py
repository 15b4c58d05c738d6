"""What `--check` refuses of names, lists, registers, limits and years, in a small catalogue with every part."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from fazhi_xl.errors import BrokenCatalogueError
from fazhi_xl.notice.lint import lint
from tests.support.catalogues import Files, catalogue, full

Change = Callable[[Files], Any]


def _put(*way: str | int, value: object) -> Change:
    """Make the change that sets one value."""

    def change(files: Files) -> None:
        node: Any = files
        for step in way[:-1]:
            node = node[step]
        node[way[-1]] = value

    return change


def _register(at: int, *way: str | int, value: object) -> Change:
    return _put("registers.toml", "registers", at, *way, value=value)


def _feed(at: int, key: str, value: object) -> Change:
    return _register(at, "feeds", 0, key, value=value)


def _sub(item: int, at: int, *way: str | int, value: object) -> Change:
    return _put(f"items/{item:02d}.toml", "sub_points", at, *way, value=value)


LONG = [f"第{no}种很长的情况说明文字" for no in range(1, 30)]
REFUSED: list[tuple[Change, list[str]]] = [
    # names
    (
        _put("units.toml", "units", 2, "short", value="一/二社区"),
        ["units.toml: units[2].short: “一/二社区”里不能有“/”"],
    ),
    (_put("items/01.toml", "aspect", value='方面"一"'), ['items/01.toml: aspect: “方面"一"”里不能有“"”']),
    (_put("notice.toml", "grades", 0, "name", value="甲[等]"), ["notice.toml: grades[0].name: “甲[等]”里不能有“[”"]),
    (
        _put("units.toml", "ranking_groups", 0, "name", value="组" * 41),
        ["units.toml: ranking_groups[0].name: 最多40个字,现有41个"],
    ),
    (
        _put("units.toml", "ranking_groups", 0, "name", value="甲组 "),
        ["units.toml: ranking_groups[0].name: “甲组 ”的开头或末尾有空格"],
    ),
    (_put("units.toml", "units", 0, "name", value="长" * 101), ["units.toml: units[0].name: 最多100个字,现有101个"]),
    (_put("notice.toml", "short_title", value="长" * 61), ["notice.toml: short_title: 最多60个字,现有61个"]),
    # texts
    (
        _sub(1, 0, "text", value="年初\u0007有计划"),
        ["items/01.toml: sub_points[0].text: 文字里有看不见的控制字符(U+0007),请删去重打"],
    ),
    (_put("notice.toml", "office", value="  "), ["notice.toml: office: 不能只有空格"]),
    (_put("notice.toml", "issuer", value="\ufffe县"), ["notice.toml: issuer: 文字里有看不见的控制字符(U+FFFE)"]),
    # numbers that leave nothing to be reached or entered
    (
        _register(2, "columns", 0, "minimum", value=101),
        ["registers.toml: registers[2].columns[0].maximum: 不能小于 minimum"],
    ),
    (_register(0, "rows", value=3), ["registers.toml: registers[0].rows: 至少要有4行,每个季度一行"]),
    (_put("adjustments.toml", "deductions", 0, "no", value=0), ["adjustments.toml: deductions[0].no: 应大于0"]),
    (
        _put("notice.toml", "dates", "period_start", value=0),
        ["notice.toml: dates.period_start: 评价期初1970-01-01比年度2031早得多"],
    ),
    (
        _register(2, "columns", 0, "maximum", value=200_000),
        ["registers.toml: registers[2].feeds[0].value: “满意率”能填0至200000,“满意率”只能是0至99999"],
    ),
    (
        lambda files: files["registers.toml"]["registers"][2]["columns"][0].update(kind="decimal"),
        ["registers.toml: registers[2].feeds[0].value: “满意率”是小数,“满意率”是整数,对不上"],
    ),
    (
        lambda files: (
            files["registers.toml"]["registers"][2]["columns"][0].update(kind="decimal", places=3),
            files["items/04.toml"]["sub_points"][0]["inputs"][0].update(kind="decimal"),
        ),
        ["registers.toml: registers[2].feeds[0].value: “满意率”最多2位小数"],
    ),
    (
        lambda files: files["registers.toml"]["registers"][2]["feeds"].append(
            {"sub_point": "4.1", "input": "满意率", "value": "满意率"}
        ),
        ["registers.toml: registers[2].feeds[1].input: “满意率”已由另一处登记供数"],
    ),
    (
        lambda files: (
            files["registers.toml"]["registers"][1]["columns"].append({"key": "份数", "kind": "whole", "minimum": -3}),
            files["registers.toml"]["registers"][1]["feeds"][0].update(sum="份数"),
        ),
        ["registers.toml: registers[1].feeds[0].sum: “份数”要合计,不能填负数"],
    ),
    (
        _register(0, "summary", value="共{没有}份"),
        ["registers.toml: registers[0].summary: 花括号里的“没有”不是这张登记供数的填报指标"],
    ),
    (_register(0, "summary", value="共{报送份"), ["registers.toml: registers[0].summary: 花括号没有成对"]),
    (_register(1, "summary", value="共几份"), ["registers.toml: registers[1].summary: 办公室的登记没有合计一行"]),
    # sheets and row codes
    (_put("index.toml", "sheet", value="任务分解表"), ["index.toml: sheet: 已有一张叫“任务分解表”的表"]),
    (_put("index.toml", "sheet", value="联络表"), ["contacts.toml: sheet: 已有一张叫“联络表”的表"]),
    (_put("index.toml", "sheet", value="表" * 32), ["index.toml: sheet: 表名最多31个字,现有32个"]),
    (_register(0, "name", value="加分申报"), ["registers.toml: registers[0].name: 已有一张叫“加分申报”的表"]),
    (_register(0, "prefix", value="加分"), ["registers.toml: registers[0].prefix: 行编号不能以“加分”开头"]),
    (
        _register(1, "name", value="季度小结"),
        [
            "registers.toml: registers[1].name: 已有一张叫“季度小结”的表",
            "registers.toml: registers[1].name: 行编号不能以“季度小结”开头",
        ],
    ),
    # lists
    (
        _sub(1, 0, "inputs", 0, "options", value=["是", *LONG]),
        ["items/01.toml: sub_points[0].inputs[0].options: 下拉选项合计最多255个字符"],
    ),
    (
        _sub(1, 0, "inputs", 0, "options", value=["是", "否,没有"]),
        ["items/01.toml: sub_points[0].inputs[0].options: 选项“否,没有”里不能有半角逗号"],
    ),
    (
        _sub(1, 0, "inputs", 0, "options", value=["是", "a", "A"]),
        ["items/01.toml: sub_points[0].inputs[0].options: 选项只差大小写"],
    ),
    (
        _put("notice.toml", "review", "reasons", value=["没有材料", *LONG]),
        ["notice.toml: review.reasons: 下拉选项合计最多255个字符"],
    ),
    (
        _put("adjustments.toml", "bonus", 0, "label", value="表彰,奖励"),
        [
            "adjustments.toml: bonus[0].label: 选项“表彰,奖励”里不能有半角逗号",
            "adjustments.toml: limits[0].of[0]: 没有“表彰”这个情形",
        ],
    ),
    (
        _put("adjustments.toml", "deductions", 0, "levels", 0, "name", value="轻 "),
        ["adjustments.toml: deductions[0].levels[0].name: 选项“轻 ”里不能有半角逗号、换行,首尾不能有空格"],
    ),
    (
        _put("adjustments.toml", "deductions", 1, "label", value="=1+1"),
        ["adjustments.toml: deductions[1].label: 选项“=1+1”不能以 = + - @ 开头"],
    ),
    (
        _put("adjustments.toml", "deductions", 1, "label", value="\u200b事故"),
        ["adjustments.toml: deductions[1].label: 选项“\u200b事故”不能以 = + - @ 开头"],
    ),
    # ids
    (
        _put("units.toml", "units", 1, "id", value="01社区"),
        ["units.toml: units[1].id: 标识“01社区”已用于 units.toml 的 units[0].short"],
    ),
    (
        _sub(1, 1, "id", value="1.1"),
        ["items/01.toml: sub_points[1].id: 标识“1.1”已用于 items/01.toml 的 sub_points[0].code"],
    ),
    (
        _sub(1, 0, "id", value="1.2"),
        ["items/01.toml: sub_points[1].code: 标识“1.2”已用于 items/01.toml 的 sub_points[0].id"],
    ),
    (
        _put("items/02.toml", "id", value="1"),
        [
            "notice.toml: review.sections[0].items[1]: 没有标识(id,没写的即序号)为“2”的项目",
            "items/02.toml: id: 标识“1”已用于 items/01.toml 的 no",
        ],
    ),
    # registers
    (
        _register(0, "columns", 1, "key", value="标题"),
        [
            "registers.toml: registers[0].columns[1].key: “标题”重复",
            "registers.toml: registers[0].on_time.column: “报送日期”应为这张表里的日期(date)栏目",
        ],
    ),
    (
        _register(0, "columns", 1, "required_with", value={"没有": "甲"}),
        ["registers.toml: registers[0].columns[1].required_with: 没有“没有”这个栏目"],
    ),
    (
        _register(0, "columns", 1, "required_with", value={"标题": "甲"}),
        ["registers.toml: registers[0].columns[1].required_with: “标题”应为选择(choice)"],
    ),
    (_register(1, "periods", value="month"), ["registers.toml: registers[1].periods: 只有各单位填的登记"]),
    (
        _register(0, "scope", value="unit"),
        [
            "registers.toml: registers[0].scope: 各单位填的登记一行是一件事",
            "registers.toml: registers[0].feeds[0]: 一个单位一行或全评价一行",
        ],
    ),
    (
        _register(1, "columns", 0, "key", value="单位"),
        ["registers.toml: registers[1].columns[0].key: 每张登记表自带“单位”一栏"],
    ),
    (
        _register(1, "columns", 0, "key", value="审核人"),
        ["registers.toml: registers[1].columns[0].key: 每张登记表自带“审核人”一栏"],
    ),
    (
        _register(1, "prefix", value="减分登记"),
        ["registers.toml: registers[1].prefix: 行编号不能以“减分登记”开头"],
    ),
    (
        _register(0, "on_time", "counted", value="标题"),
        ["registers.toml: registers[0].on_time.counted: “标题”已是一个栏目"],
    ),
    # feeds
    (
        _feed(0, "sub_point", "9.9"),
        [
            "registers.toml: registers[0].feeds[0].sub_point: 没有标识",
            "items/03.toml: sub_points[0].inputs[0].given_by: 由登记供数",
        ],
    ),
    (
        _feed(1, "input", "缺席"),
        [
            "registers.toml: registers[1].feeds[0].input: 得分点2.1没有“缺席”这个填报指标",
            "items/02.toml: sub_points[0].inputs[0].given_by: 由登记供数",
        ],
    ),
    (_feed(0, "where", {"标题": "甲"}), ["registers.toml: registers[0].feeds[0].where: “标题”应为选择(choice)"]),
    (_feed(1, "on_time", value=True), ["registers.toml: registers[1].feeds[0].on_time: 这张登记没有写按时的标准"]),
    (_feed(1, "sum", "材料"), ["registers.toml: registers[1].feeds[0].sum: “材料”应为这张表里的整数(whole)栏目"]),
    (
        _feed(1, "value", "材料"),
        [
            "registers.toml: registers[1].feeds[0].value: “材料”是文字,“迟交”是整数,对不上",
            "registers.toml: registers[1].feeds[0].value: 一行一件事的登记不能取值",
        ],
    ),
    (_feed(2, "value", "没有"), ["registers.toml: registers[2].feeds[0].value: 没有“没有”这个栏目"]),
    (
        _sub(3, 0, "inputs", 0, "given_by", value="unit"),
        ["registers.toml: registers[0].feeds[0].input: 得分点3.1的“报送”由登记得出"],
    ),
    (
        _sub(4, 0, "inputs", 0, "given_by", value="unit"),
        ["registers.toml: registers[2].feeds[0].input: 得分点4.1的“满意率”由办公室给出"],
    ),
    (
        _sub(1, 1, "inputs", 0, "given_by", value="office"),
        ["items/01.toml: sub_points[1].inputs[0].given_by: 由登记供数"],
    ),
    (
        lambda files: files["registers.toml"]["registers"][0]["feeds"].append({"sub_point": "3.1", "input": "报送"}),
        ["registers.toml: registers[0].feeds[1].input: “报送”已由另一处登记供数"],
    ),
    (
        lambda files: files["registers.toml"]["registers"][1]["feeds"].append({"sub_point": "1.1", "input": "制度"}),
        ["registers.toml: registers[1].feeds[1].input: “制度”应为整数(whole)"],
    ),
    # caps, limits, groups
    (
        _put("notice.toml", "loss_caps", 0, "sub_points", 0, value="9.9"),
        ["notice.toml: loss_caps[0].sub_points[0]: 没有标识"],
    ),
    (
        _put("notice.toml", "loss_caps", 0, "sub_points", 0, value="2.2"),
        ["notice.toml: loss_caps[0].sub_points[1]: “2.2”写了两次"],
    ),
    (
        _put("adjustments.toml", "limits", 0, "of", 1, value="表彰"),
        ["adjustments.toml: limits[0].of[1]: “表彰”写了两次"],
    ),
    (
        _put("adjustments.toml", "limits", 0, "of", 1, value="通报"),
        ["adjustments.toml: limits[0].of: 加分情形和减分情形不能合用一个限额"],
    ),
    (
        _sub(4, 2, "points_by_group", value={"丙": 2}),
        ['items/04.toml: sub_points[2].points_by_group."丙": 没有“丙”这个排名组'],
    ),
    # years
    (
        _put("notice.toml", "year", value=2030),
        ["notice.toml: year: 年度是2030", "notice.toml: form_prefix: 表号开头带着2031,年度是2030"],
    ),
    (
        _put("notice.toml", "dates", "period_end", value=date(2030, 12, 31)),
        ["notice.toml: dates.period_end: 评价期末2030-12-31早于评价期初2031-01-01"],
    ),
]


def test_the_catalogue_itself(tmp_path: Path) -> None:
    """The catalogue that the others change a little has nothing that is wrong or odd."""
    assert {remark.code for remark in lint(catalogue(tmp_path, full()))} == {"repeated-text"}


@pytest.mark.parametrize(("change", "problems"), REFUSED)
def test_refused(tmp_path: Path, change: Change, problems: list[str]) -> None:
    """Each fault is reported at its place, in the order of the files, and nothing else is."""
    files = deepcopy(full())
    change(files)
    with pytest.raises(BrokenCatalogueError) as caught:
        catalogue(tmp_path, files)
    found = [str(problem) for problem in caught.value.problems]
    assert len(found) == len(problems), found
    assert all(text.startswith(start) for text, start in zip(found, problems, strict=True)), found
