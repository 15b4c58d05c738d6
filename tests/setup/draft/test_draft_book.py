"""The draft's workbook: what is doubtful stands beside its row and on a sheet, and nothing can be brought back before kinds are chosen."""

from __future__ import annotations

import json
from contextlib import redirect_stderr
from dataclasses import dataclass
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from fazhi_xl.cli.build_command import main
from fazhi_xl.setup.book.commands import bring_back
from fazhi_xl.setup.book.open_book import open_book
from tests.setup.draft.test_notice_of_2020 import drafted
from tests.support.notices import notice_docx


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
    (folder / "通知.docx").write_bytes(notice_docx())
    with redirect_stderr(StringIO()) as said:
        assert main(["--import", str(folder / "通知.docx"), "--to", str(folder / "目录_草稿.xlsx")]) == 0
    return _Made(folder=folder, said=said.getvalue())


@cache
def _rows(path: Path, sheet: str) -> list[dict[str, Any]]:
    heads, *rows = openpyxl.load_workbook(path)[sheet].iter_rows(min_row=3, values_only=True)
    return [dict(zip(map(str, heads), row, strict=True)) for row in rows]


def test_the_workbook_says_what_the_draft_says(made: _Made) -> None:
    """Read back, its tables are those of the draft."""
    read, told = open_book(made.book).taken.source, drafted().source
    assert read.items == told.items
    for file in (*told.items, "units.toml", "departments.toml"):
        assert read.table(file) == told.table(file)


def test_suggestions_stand_beside_the_rules(made: _Made) -> None:
    rules = _rows(made.book, "计分规则")
    assert len(rules) == 63
    assert {each["种类"] for each in rules} == {None}
    assert rules[0]["备注"] == "种类要由人来选。原文“至少召开一次”,像是“数量达到几”(至少1)"


def test_doubts_have_a_sheet_with_links(made: _Made) -> None:
    """Where on the workbook, what, why, and where in the notice; what was not taken comes last."""
    doubts = _rows(made.book, "疑点")
    ninth = next(each for each in doubts if each["是什么"] == "第9项的分值")
    assert (ninth["表"], ninth["疑点"], ninth["通知里的位置"]) == (
        "项目",
        "印的是4分,各得分点合计3分,请核对哪个对",
        "表1第10行",
    )
    assert "责任部门“区行政执法部门”" in {each["是什么"] for each in doubts}
    assert doubts[-1]["疑点"].startswith("没有录入:表2第1行开始的表")
    sheet = openpyxl.load_workbook(made.book)["疑点"]
    assert sheet["C4"].hyperlink.target == "#'通知'!C25"


def test_it_cannot_be_brought_back(made: _Made, tmp_path: Path) -> None:
    """The ordinary check refuses it; the doubts stay where they are."""
    brought = bring_back(made.book, tmp_path / "草稿")
    assert brought.examined.said.startswith("目录有162处要改,改好以前不能发放。")
    assert brought.written is None
    assert not (tmp_path / "草稿").exists()
    assert "疑点" in openpyxl.load_workbook(made.book, read_only=True).sheetnames


def test_what_is_said(made: _Made) -> None:
    """What was read, how much of it is doubtful, and what comes next."""
    assert made.said.splitlines()[1:] == [
        "读到21个项目、63个得分点、45家单位,35处拿不准;另有1处没有录入;63条计分规则要由人来选种类,选好以前不能发放。",
        "逐条核对“疑点”表,给每条计分规则选种类;改完用 --check 检查,没有错的用 --from-catalogue 写成工作目录。",
    ]


def test_a_workbook_that_is_there_is_not_covered(made: _Made, capsys: pytest.CaptureFixture[str]) -> None:
    """Another name, or --force."""
    assert main(["--import", str(made.folder / "通知.docx"), "--to", str(made.book)]) == 2
    assert "已经有了,没有覆盖。请用 --to 写另一个名称" in capsys.readouterr().err


@pytest.mark.long
def test_json(made: _Made, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every doubt with its place in the catalogue."""
    order = ["--import", str(made.folder / "通知.docx"), "--to", str(tmp_path / "目录_明年.xlsx"), "--force", "--json"]
    assert main(order) == 0
    told = json.loads(capsys.readouterr().out)
    assert ("items/09.toml", "points") in {(each["file"], each["path"]) for each in told["doubts"]}
