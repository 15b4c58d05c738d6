"""差异.xlsx: what its sheets tell, and that what does not differ has none."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from random import Random

import pytest

from fazhi_xl.notice.load import load
from fazhi_xl.notice.model import Notice
from fazhi_xl.reports.media.workbook import Link, Marked, ReportBook, ReportSheet, Sentence, Table
from fazhi_xl.setup.compare.book import differences_book, differences_bytes
from fazhi_xl.setup.compare.diff import Side, comparison
from fazhi_xl.setup.compare.told import Told
from tests.notice.campaigns import CAMPAIGN
from tests.setup.compare.test_compare import made
from tests.support.catalogues import Files, catalogue, full, item, minimal, negative_list, sub_point
from tests.support.packages import Package
from tests.support.progress import Silent
from tests.support.random_catalogues import random_catalogue


def told(old: Notice, new: Notice) -> Told:
    before, now = (Side(notice=each, place=each.folder, named=each.campaign) for each in (old, new))
    return comparison(before, now, Silent())


def book(tmp_path: Path, before: Files, change: Callable[[Files], object]) -> ReportBook:
    after = deepcopy(before)
    change(after)
    return differences_book(told(catalogue(tmp_path / "旧", before), catalogue(tmp_path / "新", after)))


@pytest.fixture(scope="module")
def next_year(notice: Notice) -> Told:
    return told(notice, load(CAMPAIGN.with_name("zhonglou-2021")))


def sentences(sheet: ReportSheet) -> list[str]:
    return [str(block.text) for block in sheet.blocks if isinstance(block, Sentence)]


def table(made: ReportBook, name: str) -> list[dict[str, object]]:
    """Give a sheet's rows by the columns' titles; texts without what marks them but the brackets."""
    sheet = next(each for each in made.sheets if each.name == name)
    (found,) = (block for block in sheet.blocks if isinstance(block, Table))
    return [
        {
            column.title: cell.text if isinstance(cell, Marked | Link) else cell
            for column, cell in zip(found.columns, row, strict=True)
        }
        for row in found.rows
    ]


def test_the_first_sheet(next_year: Told) -> None:
    """It says in figures and in sentences what has changed, with a link to each sheet that tells more."""
    made = differences_book(next_year)
    first = made.sheets[0]
    assert sentences(first)[:5] == [
        "共有39处变化,涉及单位、得分点、项目、口径、通知、参考指标。另有45处变了编号。",
        "单位:改名1家(消防大队→消防救援大队)。",
        "得分点:取消2个,改分值1个,改文字1个,只变了编号38个。",
        "全部得分点的分值合计由99分变为100分。",
        "谁填什么:1家单位要填的得分点变了,1家有减少的。",
    ]
    rows = {row["内容"]: row for row in table(made, "差异")}
    assert (rows["得分点"]["取消"], rows["得分点"]["只变编号"], rows["得分点"]["详见"]) == (2, 38, "得分点")
    assert rows["登记"]["详见"] == "没有变化"
    names = [sheet.name for sheet in made.sheets]
    assert names == ["差异", "单位", "项目", "得分点", "谁填什么", "加减分、登记、口径", "日期和计分", "上期数据"]
    assert {str(row["详见"]) for row in rows.values()} - {"没有变化"} == set(names[1:])


def test_marked_texts(next_year: Told) -> None:
    """Of a sub-point that reads otherwise both texts stand beside each other, with the words marked."""
    (row,) = [each for each in table(differences_book(next_year), "得分点") if each["变化"] == "分值、文字"]
    assert (row["旧编号"], row["旧分值"], row["新分值"]) == ("6.1", 200, 600)
    assert str(row["旧的原文"]).endswith("出庭应诉率不低于95%(【2】分)。")
    assert str(row["新的原文"]).endswith("出庭应诉率不低于95%(【6】分)。")


def test_days(next_year: Told) -> None:
    """Each field of the notice that differs stands under its Chinese name."""
    rows = {row["哪一处"]: (row["旧"], row["新"]) for row in table(differences_book(next_year), "日期和计分")}
    assert rows["日期的评价期末"] == ("【2020】年12月31日", "【2021】年12月31日")
    assert "文号" in rows


def test_nothing_has_changed(notice: Notice) -> None:
    """Then there is one sheet, which says so, and that both are the same place."""
    (only,) = differences_book(told(notice, notice)).sheets
    assert sentences(only) == [
        "两边写的是同一个目录(zhonglou-2020)。要比较改动前后的,先把改动前的目录另存一份。",
        "两个目录完全一样,没有任何变化。",
    ]
    assert not any(isinstance(block, Table) for block in only.blocks)


def test_the_wrong_way_round(notice: Notice, next_year: Told) -> None:
    """An old catalogue that is the newer one, and another district, are pointed out, and compared nevertheless."""
    turned = differences_book(told(next_year.differences.new, notice)).sheets[0]
    assert sentences(turned)[0] == "旧的是2021年度,新的是2020年度,像是写反了。“新增”“取消”都按写的先后算。"
    other = differences_book(told(notice, load(CAMPAIGN.with_name("wanglan-bumen-2023")))).sheets[0]
    assert sentences(other)[0].startswith("两个目录不是同一个地区的:旧的是钟楼区,新的是望澜市。")


def test_rules_and_inputs(tmp_path: Path) -> None:
    """A rule is told by the sentences that the unit reads, with what was changed; inputs have a sheet of their own."""
    before = minimal() | {"items/01.toml": item(1, sub_point(10))}

    def other(files: Files) -> None:
        sub = files["items/01.toml"]["sub_points"][0]
        sub["rule"]["parts"][0]["at_least"] = 6
        sub["inputs"][0]["hint"] = "全年的次数"

    made = book(tmp_path, before, other)
    (rule,) = table(made, "规则")
    assert (rule["单位原来读到的"], rule["单位现在读到的"]) == (
        "走访次数数量达到【4】得分,不足的不得分。", "走访次数数量达到【6】得分,不足的不得分。",
    )  # fmt: skip
    assert rule["改了哪里"] == "第1条的至少:4→6"
    (asked,) = table(made, "填报指标")
    assert (asked["名称"], asked["哪一处"], asked["旧"], asked["新"]) == ("1.1 走访次数", "提示", None, "全年的次数")


def test_a_new_sub_point_and_who_fills_it_in(tmp_path: Path) -> None:
    """A new sub-point is told with the sentence that units read, and stands with every unit that answers it."""
    made = book(
        tmp_path, minimal(), lambda files: files["items/01.toml"]["sub_points"].append({"code": "1.2", **sub_point(1)})
    )
    (new,) = table(made, "得分点")
    assert (new["变化"], new["旧编号"], new["新编号"]) == ("新增", None, "1.2")
    assert new["其他改动"] == "单位读到:走访次数数量达到4得分,不足的不得分。"
    rows = table(made, "谁填什么")
    assert [(row["单位"], row["旧(个)"], row["新(个)"], row["新增的得分点"]) for row in rows] == [
        ("01社区", 1, 2, "1.2 做好一项工作(1分)"),
        ("02社区", 1, 2, "1.2 做好一项工作(1分)"),
    ]


def test_parts_that_no_notice_has(tmp_path: Path) -> None:
    """What neither notice has is on no sheet, not even as a line of the first one."""
    made = book(tmp_path, negative_list(), lambda files: files["units.toml"]["units"].pop())
    assert {row["内容"] for row in table(made, "差异")} == {"单位", "加减分、一票否决", "日期、计分等(处)"}


@pytest.mark.parametrize("turned", [False, True])
def test_it_can_be_drawn(tmp_path: Path, turned: bool) -> None:  # noqa: FBT001 - either way round
    """Everything new, or everything gone, is drawn, and again to the same bytes."""
    both = catalogue(tmp_path / "小", minimal()), catalogue(tmp_path / "大", full())
    found = told(*(reversed(both) if turned else both))
    data = differences_bytes(found)
    assert data == differences_bytes(found)
    assert "差异" in Package(data).sheets


@pytest.mark.long
def test_any_two() -> None:
    """Of any two catalogues, hostile names and all, something is told where they differ and only there, and it is drawn."""
    dice = Random(3)
    known = [each for seed in range(60) if (each := made(random_catalogue(seed)))]
    for _ in range(60):
        old, new = dice.choice(known), dice.choice(known)
        found = told(old, new)
        assert bool(found.differences.changes) == (old != new)
        assert Package(differences_bytes(found)).sheets.keys() >= {"差异"}
