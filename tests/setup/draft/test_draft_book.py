"""The draft's workbook: what is doubtful stands beside its row and on a sheet, and nothing can be brought back before kinds are chosen."""

from __future__ import annotations

import json
from contextlib import redirect_stderr
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from fazhi_xl.cli.build_command import main
from fazhi_xl.notice.load import load
from fazhi_xl.setup.book.open_book import open_book
from fazhi_xl.setup.draft.draft import draft_of
from fazhi_xl.setup.workbooks import bring_back, check_workbook
from fazhi_xl.xlsx.kept.remarks import Weight
from tests.support.notices import notice_docx, notice_paper


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    folder: Path
    said: str

    @property
    def book(self) -> Path:
        return self.folder / "目录_草稿.xlsx"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> _Made:
    """Import the notice once, as a person would."""
    folder = tmp_path_factory.mktemp("draft")
    (folder / "通知.docx").write_bytes(notice_docx("small"))
    with redirect_stderr(StringIO()) as said:
        assert main(["--import", str(folder / "通知.docx"), "--to", str(folder / "目录_草稿.xlsx")]) == 0
    return _Made(folder=folder, said=said.getvalue())


@cache
def _rows(path: Path, sheet: str) -> list[dict[str, Any]]:
    heads, *rows = openpyxl.load_workbook(path)[sheet].iter_rows(min_row=3, values_only=True)
    return [dict(zip(map(str, heads), row, strict=True)) for row in rows]


def test_the_workbook_says_what_the_draft_says(made: _Made) -> None:
    """Read back, its tables are those of the draft."""
    read, told = open_book(made.book).taken.source, draft_of(notice_paper("small"), "通知.docx").source
    assert read.items == told.items
    for file in (*told.items, "units.toml", "departments.toml"):
        assert read.table(file) == told.table(file)


def test_suggestions_stand_beside_the_rules(made: _Made) -> None:
    """The kind is left blank."""
    assert [(each["得分点"], each["种类"], each["备注"]) for each in _rows(made.book, "计分规则")] == [
        ("1.1", None, "种类要由人来选。原文“不少于4次”,像是“数量达到几”(至少4)"),
        ("1.2", None, "种类要由人来选。原文“扣0.25分”,像是“从分值里往下扣”(每件0.25分)"),
        ("2.1", None, "种类要由人来选。原文没有数量、比率,像是“做到了没有”"),
    ]


def test_doubts_have_a_sheet_with_links(made: _Made) -> None:
    """Where on the workbook, what, why, and where in the notice; what was not taken comes last."""
    doubts = {each["是什么"]: each for each in _rows(made.book, "疑点")}
    second, alike = doubts["第2项的分值"], doubts["责任部门“西河林管站”"]
    assert [second[head] for head in ("表", "疑点", "通知里的位置")] == [
        "项目", "印的是50分,各得分点合计40分,请核对哪个对", "表1第3行",
    ]  # fmt: skip
    assert alike["疑点"] == (
        "不在单位名单里,名称相近的有“西河镇”,没有对应,请写明是哪个单位;是考核别人的部门、由全部单位填报的,写“@全部”"
    )
    assert doubts[None]["疑点"] == "没有录入:表2第1行开始的表(“年度、人数”)。里面有要用的,请自己填进各表"
    sheet = openpyxl.load_workbook(made.book)["疑点"]
    assert sheet["C4"].hyperlink.target == f"#'通知'!{sheet['C4'].value}"


def test_it_cannot_be_brought_back(made: _Made, tmp_path: Path) -> None:
    """The ordinary check refuses it; the doubts stay where they are."""
    brought = bring_back(made.book, tmp_path / "草稿")
    assert brought.examined.said.startswith("目录有14处要改,改好以前不能发放。")
    assert brought.written is None
    assert not (tmp_path / "草稿").exists()
    assert "疑点" in openpyxl.load_workbook(made.book, read_only=True).sheetnames


def test_what_is_said(made: _Made) -> None:
    """What was read, how much of it is doubtful, and what comes next."""
    assert made.said.splitlines()[1:] == [
        "读到2个项目、3个得分点、3家单位,13处拿不准;另有1处没有录入;3条计分规则要由人来选种类,选好以前不能发放。",
        "逐条核对“疑点”表,给每条计分规则选种类;改完用 --check 检查,没有错的用 --from-catalogue 写成工作目录。",
    ]


def test_a_workbook_that_is_there_is_not_covered(made: _Made, capsys: pytest.CaptureFixture[str]) -> None:
    """Another name, or --force."""
    assert main(["--import", str(made.folder / "通知.docx"), "--to", str(made.book)]) == 2
    assert "已经有了,没有覆盖。请用 --to 写另一个名称" in capsys.readouterr().err


def test_answered_doubts_leave_the_notes(made: _Made, tmp_path: Path) -> None:
    """With the next check, where the kind is chosen or the field filled in; what a person changed, and open ones, stay."""
    path = tmp_path / "目录_草稿.xlsx"
    book = openpyxl.load_workbook(made.book)
    _fill(
        book["计分规则"],
        "得分点",
        {"1.1": {"种类": "数量达到几"}, "2.1": {"种类": "做到了没有", "备注": "种类要由人来选。已商量"}},
    )
    _fill(book["通知"], "名称", {"办公室": {"填什么": "县社区办"}})
    _fill(book["责任部门"], "责任部门", {"西河林管站": {"单位或组": "西河镇"}})
    before = {each["名称"]: each["备注"] for each in _rows(made.book, "通知")}
    book.save(path)
    check_workbook(path)
    assert [each["备注"] for each in _rows(path, "计分规则")] == [
        None,
        "种类要由人来选。原文“扣0.25分”,像是“从分值里往下扣”(每件0.25分)",
        "种类要由人来选。已商量",
    ]
    after = {each["名称"]: each["备注"] for each in _rows(path, "通知")}
    assert (before["办公室"], after.pop("办公室")) == ("没有读到,请填写", None)
    assert {each["责任部门"]: each["备注"] for each in _rows(path, "责任部门")}["西河林管站"] is None
    assert after == {name: note for name, note in before.items() if name != "办公室"}


@pytest.mark.long
def test_json(made: _Made, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every doubt with its place in the catalogue."""
    order = ["--import", str(made.folder / "通知.docx"), "--to", str(tmp_path / "目录_明年.xlsx"), "--force", "--json"]
    assert main(order) == 0
    told = json.loads(capsys.readouterr().out)
    assert ("items/02.toml", "points") in {(each["file"], each["path"]) for each in told["doubts"]}


@pytest.mark.long
def test_a_person_finishes_it(made: _Made, tmp_path: Path) -> None:
    """What is missing is filled in, in the workbook alone, and it becomes a catalogue that can be issued."""
    path = tmp_path / "目录_示例.xlsx"
    book = openpyxl.load_workbook(made.book)
    _fill(book["通知"], "名称", {"办公室": {"填什么": "县社区办"}, "表号开头": {"填什么": "SX2031"}})
    _fill(book["单位"], "简称", {name: {"类别": "乡镇", "排名组": "A"} for name in ("东山镇", "西河镇", "南桥乡")})
    _fill(book["项目"], "序号", {2: {"方面": "制度", "分值": 40}, 1: {"方面": "学习", "分值": 60}})
    _fill(book["得分点"], "编号", {"1.2": {"分值": 30}})
    _fill(book["计分规则"], "得分点", {
        "1.1": {"种类": "数量达到几", "至少": 4, "填报指标": "培训"},
        "1.2": {"种类": "从分值里往下扣"},
        "2.1": {"种类": "做到了没有", "填报指标": "制度"},
    })  # fmt: skip
    _add(book["排名组"], {"编号": "A", "名称": "乡镇"})
    _add(book["填报指标"], {"得分点": "1.1", "键名": "培训", "名称": "培训", "类别": "整数"})
    _add(book["填报指标"], {"得分点": "1.2", "键名": "迟报", "名称": "迟报", "类别": "整数"})
    _add(book["填报指标"], {"得分点": "2.1", "键名": "制度", "名称": "健全制度", "类别": "选择", "选项": "是\n否"})
    _add(book["计分明细"], {"得分点": "1.2", "第几条": 1, "项": "计", "填报指标": "迟报", "每件分值": Decimal("0.25")})
    _fill(book["通知"], "名称", {"满分": {"填什么": 100}})
    book.save(path)
    brought = bring_back(path, tmp_path / "示例")
    assert [each.told for each in brought.examined.remarks if each.weight is Weight.WRONG] == []
    assert load(tmp_path / "示例").sub_points["1.2"].points == 3000


def _fill(sheet: Worksheet, name: str, values: dict[Any, dict[str, Any]]) -> None:
    """Fill in cells of the rows that are called so in a column."""
    heads = _heads(sheet)
    for at in range(4, sheet.max_row + 1):
        for head, value in values.get(sheet.cell(at, heads[name]).value, {}).items():
            sheet.cell(at, heads[head], value)


def _add(sheet: Worksheet, cells: dict[str, Any]) -> None:
    """Write a row below the last one that says something."""
    heads = _heads(sheet)
    last = max(
        at
        for at in range(3, sheet.max_row + 1)
        if any(sheet.cell(at, each).value is not None for each in heads.values())
    )
    for head, value in cells.items():
        sheet.cell(last + 1, heads[head], value)


def _heads(sheet: Worksheet) -> dict[str, int]:
    return {str(cell.value): at for at, cell in enumerate(sheet[3], 1)}
