"""A clerk works on the catalogue's workbook in LibreOffice: what is written comes into the catalogue, what is only looks stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook

from fazhi_xl.notice.load import load
from fazhi_xl.notice.source import read_source
from fazhi_xl.setup.open_source import open_source
from fazhi_xl.setup.workbooks import bring_back, check_workbook, write_workbook
from tests.clients.libreoffice import Document, Input, LibreOffice
from tests.support import catalogues

pytestmark = pytest.mark.libreoffice

HEAD, FIRST = 3, 4
YELLOW = 0xFFCC00


@dataclass(frozen=True, slots=True)
class Seen:
    """A workbook as it was opened: where its columns and rows are."""

    book: Workbook

    def column(self, sheet: str, head: str) -> str:
        (found,) = (cell for cell in self.book[sheet][HEAD] if str(cell.value) == head)
        return get_column_letter(found.column or 0)

    def row(self, sheet: str, head: str, said: str) -> int:
        """Give the first row that says so."""
        column = self.column(sheet, head)
        sheet_rows = range(FIRST, self.book[sheet].max_row + 1)
        return next(row for row in sheet_rows if str(self.book[sheet][f"{column}{row}"].value) == said)

    def cell(self, sheet: str, row: int, head: str) -> str:
        return f"{self.column(sheet, head)}{row}"

    def area(self, sheet: str, first: int = FIRST) -> str:
        return f"A{first}:{get_column_letter(self.book[sheet].max_column)}{self.book[sheet].max_row}"


def seen(path: Path) -> Seen:
    return Seen(load_workbook(path))


def put(document: Document, look: Seen, sheet: str, row: int, **said: float | str) -> None:
    document.set_inputs(
        Input(
            sheet=sheet,
            cell=look.cell(sheet, row, head),
            kind="text" if isinstance(value, str) else "number",
            value=value,
        )
        for head, value in said.items()
    )


def work(document: Document, look: Seen) -> None:
    """Do in turn all that the test's name says, on sheets one after the other."""
    row = look.row("单位", "简称", "02社区")
    put(document, look, "单位", row, 简称="新社区", 名称="新社区居委会(东片)")
    document.dress("单位", look.cell("单位", row, "简称"), colour=YELLOW, comment="改了名")
    document.sort("单位", look.area("单位"), 2)

    row = look.row("得分点", "编号", "2.2")
    document.dress("得分点", look.cell("得分点", row, "原文"), colour=YELLOW, comment="请王科长看")
    put(document, look, "得分点", row, 编号="2.3")
    document.insert_rows("得分点", row)
    put(document, look, "得分点", row, 项目=2, 编号="2.2", 原文="新的一句(1分)", 分值=1)
    document.set_column("得分点", look.cell("得分点", HEAD, "佐证"), width=12_000)
    document.set_column("得分点", look.cell("得分点", HEAD, "最高"), width=2_000, hidden=True)
    for cell, text in (("Z3", "我的栏"), (f"Z{row + 1}", "老李 A")):
        document.set_inputs([Input(sheet="得分点", cell=cell, kind="text", value=text)])
    document.filter("得分点", look.area("得分点", HEAD), 0, "2")

    row = look.row("填报指标", "得分点", "2.2")
    document.insert_rows("填报指标", row)
    put(document, look, "填报指标", row, 得分点="2.2", 键名="次数", 名称="新的次数", 类别="整数", 单位="次")
    row = look.row("计分规则", "得分点", "2.2")
    document.insert_rows("计分规则", row)
    put(document, look, "计分规则", row, 得分点="2.2", 第几条=1, 种类="数量达到几", 填报指标="次数", 至少=2)
    document.insert_column("项目", look.cell("项目", HEAD, "名称"))
    document.rename_sheet("计分明细", "明细 2")


@pytest.fixture(scope="module")
def office(libreoffice: LibreOffice, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Have the workbook written, worked on, checked, brought back and written again; gives the folder of it all."""
    root = tmp_path_factory.mktemp("office")
    folder = catalogues.write(root / "甲县", catalogues.full())
    path = root / "目录_甲县.xlsx"
    write_workbook(open_source(str(folder)), path)
    look = seen(path)
    with libreoffice.open(path) as document:
        work(document, look)
        document.save_as(path)
    (root / "存的.xlsx").write_bytes(path.read_bytes())
    examined = check_workbook(path)
    assert examined.wrong == 0
    assert [each.told for each in examined.remarks if "原来的2.2" in each.what] == [
        f"请核实 “{sheet}”A{row}:“得分点”写的2.2算作现在的2.2,不是原来的:原来的2.2现在是2.3。就是现在的2.2,不用改;要算到原来的,改成2.3。"
        for sheet, row in (("填报指标", 8), ("计分规则", 7))
    ]
    assert not any("原来的" in each.what for each in check_workbook(path).remarks)
    assert bring_back(path, folder).said == f"已写回 {folder}:2个文件有改动。"
    write_workbook(open_source(str(folder)), path)
    return root


def test_what_was_written_is_in_the_catalogue(office: Path) -> None:
    """A new name, a new sub-point in the middle with what belongs to it, those after it by new numbers, and nothing else."""
    before, now = catalogues.full(), read_source(office / "甲县")[0].files
    item, old = now["items/02.toml"], before["items/02.toml"]["sub_points"]
    assert [sub["code"] for sub in item["sub_points"]] == ["2.1", "2.2", "2.3"]
    assert item["sub_points"][0] == _equal(old[0])
    assert item["sub_points"][2] == _equal({**old[1], "id": "2.2", "code": "2.3"})
    new = item["sub_points"][1]
    assert (new["text"], new["inputs"][0]["label"], new["rule"]["parts"][0]["kind"]) == (
        "新的一句(1分)",
        "新的次数",
        "count",
    )
    units = load(office / "甲县").units
    assert [unit.short for unit in units] == ["01社区", "新社区", "03社区", "04社区", "05社区", "06社区"]
    assert units[1].id == "02社区"
    assert [file for file in now if now[file] != _equal(before.get(file, {}))] == ["units.toml", "items/02.toml"]


def _equal(node: Any) -> Any:  # noqa: ANN401 - a node of a catalogue's tables
    """Give a table as it is read back: with lists, and without what is written otherwise."""
    if isinstance(node, Mapping):
        return {key: _equal(value) for key, value in node.items()}
    return [_equal(each) for each in node] if isinstance(node, list | tuple) else node


def test_what_was_made_of_it_stays(office: Path) -> None:
    """Colours and comments stand with their rows, columns are as wide, hidden or added as they were, and rows are in order."""
    sheet, look = load_workbook(office / "目录_甲县.xlsx")["得分点"], seen(office / "目录_甲县.xlsx")
    row = look.row("得分点", "编号", "2.3")
    cell = sheet[look.cell("得分点", row, "原文")]
    assert (cell.fill.fgColor.rgb, cell.comment.text if cell.comment else "") == ("FFFFCC00", "请王科长看")
    assert (sheet["Z3"].value, sheet[f"Z{row}"].value) == ("我的栏", "老李 A")
    assert sheet.column_dimensions[look.column("得分点", "最高")].hidden
    assert sheet.column_dimensions[look.column("得分点", "佐证")].width > 45
    unit = look.row("单位", "简称", "新社区")
    assert load_workbook(office / "目录_甲县.xlsx")["单位"][look.cell("单位", unit, "简称")].comment is not None
    assert [str(each.value) for each in look.book["单位"]["A"][HEAD:]] == list("123456")
    assert "明细 2" in look.book.sheetnames
    assert "计分明细" not in look.book.sheetnames


def test_no_column_has_two_widths(office: Path) -> None:
    """Nor is anything else of the file broken: no part is told by a copy that it would be lost."""
    with ZipFile(office / "目录_甲县.xlsx") as package:
        assert package.testzip() is None
    assert not list(office.glob("*原件*"))
    for sheet in load_workbook(office / "目录_甲县.xlsx"):
        ends = sorted((each.min or 0, each.max or 0) for each in sheet.column_dimensions.values())
        assert all(last < first for (_, last), (first, _) in pairwise(ends))


def test_it_opens_again(libreoffice: LibreOffice, office: Path) -> None:
    """LibreOffice opens what was written, and the trial computes without an error."""
    with libreoffice.open(office / "目录_甲县.xlsx") as document:
        document.calculate_all()
        assert [reading for reading in document.formulas() if reading.result == "error"] == []
