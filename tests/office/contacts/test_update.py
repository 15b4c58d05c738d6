"""What accepted returns propose is put into the contacts' workbook, and what the office decides is carried out there, once."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.styles import PatternFill

from fazhi_xl.office.contacts import refresh as refreshing
from fazhi_xl.office.contacts.read import open_contacts
from fazhi_xl.office.contacts.update import Updated, update
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.rounds.file import FileResult
from tests.support.contact_books import changed, filled, put, three_units
from tests.support.rounds import Changes, returned_file

UNITS = [unit.short for unit in three_units().units]
DAY = date(2020, 11, 12)
ENTERED: Changes = {
    "联络.联络员.姓名": "李四",
    "联络.联络员.办公室电话": "025-81234567",
    "联络.联络员.手机号码": "13812345678",
    "联络.分管领导.姓名": "王五",
}


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    """Give a round whose contacts were filled in."""
    made = Workspace(tmp_path)
    made.contacts_file.write_bytes(changed(filled("a@example.cn", "b@example.cn", "c@example.cn")))
    return made


def returned(unit: str = UNITS[0], entered: Changes | None = None) -> FileResult:
    return returned_file(unit, {**dict.fromkeys(ENTERED), **(entered or {})})


def run(space: Workspace, *files: FileResult, sender: str = "", day: date = DAY) -> Updated:
    senders = {file.path: sender for file in files if sender}
    return update(space, three_units(), files, senders, day)


def rows(space: Workspace, sheet: str = "变更建议") -> list[tuple[Any, ...]]:
    """Give the rows of a table, without their hidden keys."""
    found = load_workbook(space.contacts_file)[sheet].iter_rows(min_row=4, values_only=True)
    return [row[:-1] for row in found if any(row)]


def edit(space: Workspace, *changes: Any) -> None:  # noqa: ANN401
    space.contacts_file.write_bytes(changed(*changes, data=space.contacts_file.read_bytes()))


def test_no_book(tmp_path: Path) -> None:
    """A round that keeps no contacts gets none."""
    assert run(Workspace(tmp_path), returned(entered=ENTERED)) == Updated()
    assert list(tmp_path.iterdir()) == []


def test_proposed_and_decided(space: Workspace) -> None:
    """The person whom the office writes to, the telephone numbers and the sender are proposed; what is adopted stands in the contacts."""
    file, blank = returned(entered=ENTERED), space.contacts_file.read_bytes()
    told = "联系人.xlsx 有3条变更建议没有处理,请在“变更建议”表里选。"
    assert run(space, file, sender="new@example.cn") == Updated(told=(told,))
    source = f"{UNITS[0]}.xlsx的“联络员名单”(2020-11-10收到)"
    letter = f"来信 {UNITS[0]}.xlsx 的发件人(2020-11-10收到)"
    assert rows(space) == [
        (UNITS[0], "联系人", None, "李四", source, None, None),
        (UNITS[0], "电话", None, "025-81234567、13812345678", source, None, None),
        (UNITS[0], "邮箱", "a@example.cn", "new@example.cn", f"{letter}。采用的,加上这一个,现在的也留着", None, None),
    ]
    first = space.contacts_file.read_bytes()
    assert run(space, file, sender="new@example.cn") == Updated(told=(told,))
    assert space.contacts_file.read_bytes() == first
    space.contacts_file.write_bytes(blank)
    run(space, file, sender="new@example.cn")
    assert space.contacts_file.read_bytes() == first  # the same input gives the same bytes
    edit(space, put("变更建议", F4="采用", F5="不采用", F6="采用"))
    adopted = open_contacts(space.contacts_file, three_units()).book.contacts.by_unit[UNITS[0]]
    assert (adopted.person, adopted.addresses) == (
        "李四",
        ("a@example.cn", "new@example.cn"),
    )  # before they are written
    assert run(space, file, sender="new@example.cn") == Updated(once=("联系人.xlsx 按“变更建议”改了2处。",))
    assert [row[-2:] for row in rows(space)] == [
        ("采用", "2020-11-12 采用,已写进“联系人”表"),
        ("不采用", "2020-11-12 不采用"),
        ("采用", "2020-11-12 采用,已在“联系人”表里加上,原来的“a@example.cn”也留着"),
    ]
    assert rows(space, "联系人")[0] == (1, UNITS[0], "李四", "a@example.cn;new@example.cn", None, None, None)
    assert run(space, file, sender="new@example.cn") == Updated()


def _dressed(book: Any) -> None:  # noqa: ANN401
    sheet = book["联系人"]
    sheet["D5"].fill = PatternFill("solid", fgColor="FFFFCC00")
    sheet["J3"], sheet["J5"], sheet["D5"] = "自己的栏", "老李", "b@example.cn;王主任"
    sheet["B7"], sheet["D7"], sheet["F4"] = "档案室", "x@example.cn", "=1+1"
    sheet.delete_rows(6)  # the third unit's; the one below moves up


@pytest.mark.long
def test_rows_of_people_stay(space: Workspace) -> None:
    """A row that is gone comes back at the end; people's colours, columns, rows and formulas stay, and nothing of a cell is lost."""
    edit(space, _dressed)
    run(space, returned(UNITS[1]), sender="new@example.cn")
    edit(space, put("变更建议", F4="采用"))
    told = run(space)
    sheet = load_workbook(space.contacts_file)["联系人"]
    assert [[sheet.cell(row, column).value for column in (1, 2, 4)] for row in range(4, 8)] == [
        [1, UNITS[0], "a@example.cn"],
        [2, UNITS[1], "b@example.cn;王主任;new@example.cn"],
        [None, "档案室", "x@example.cn"],
        [3, UNITS[2], None],
    ]
    assert (sheet["D5"].fill.fgColor.rgb, sheet["J5"].value, sheet["F4"].value) == ("FFFFCC00", "老李", "=1+1")
    assert sheet.tables["contacts"].ref.endswith("7")
    assert told.once == ("联系人.xlsx 按“变更建议”改了1处。",)


@pytest.mark.long
def test_the_check_in_the_book(space: Workspace) -> None:
    """What is told stands in the sheet of the check, with links; the cells are marked, and the marks go with the faults."""
    edit(space, put("联系人", D4="甲", D5="a@163.con"))
    run(space)
    book = load_workbook(space.contacts_file)
    check = book["检查"]
    assert check["A2"].value == "1处要改,1处请核实,1家没有邮箱。改好保存,再运行一次。"
    assert [[cell.value for cell in check[row][1:4]] for row in (4, 5)] == [
        ["要改", "联系人", "D4"],
        ["请核实", "联系人", "D5"],
    ]
    assert check["D4"].hyperlink.target == "#'联系人'!D4"
    marked = {str(area.sqref) for area in book["联系人"].conditional_formatting}
    assert marked == {"D4", "D5"}
    edit(space, filled("a@example.cn", "b@example.cn"))
    run(space)
    book = load_workbook(space.contacts_file)
    assert book["检查"]["A2"].value == "没有发现问题。"
    assert list(book["联系人"].conditional_formatting) == []


def test_open_elsewhere(space: Workspace) -> None:
    """A workbook that is open elsewhere is left as it is, and the office is told; so is one that cannot be read."""
    space.contacts_file.with_name(f"~${space.contacts_file.name}").write_bytes(b"")
    before = space.contacts_file.read_bytes()
    told = run(space, returned(entered={"联络.联络员.姓名": "李四"}))
    assert told.once == ("联系人.xlsx 正在别的程序里打开,没有更新;关闭以后再运行一次。",)
    assert space.contacts_file.read_bytes() == before
    space.contacts_file.write_bytes(before[:3000])
    assert run(space).told == (
        f"{space.contacts_file} 不完整或已损坏,读不出来。请用 Excel 或 WPS 打开,另存为 .xlsx 再试。打不开的,重新复制一份。",
    )


@pytest.mark.long
def test_sheets_that_are_gone(space: Workspace) -> None:
    """Sheets that are gone are drawn anew, with their drop-downs."""

    def without(book: Any) -> None:  # noqa: ANN401
        del book["邮箱设置"], book["变更建议"]

    edit(space, without)
    run(space, returned(entered={"联络.联络员.姓名": "李四"}))
    book = load_workbook(space.contacts_file)
    assert [row[3] for row in rows(space)] == ["李四"]
    assert book["邮箱设置"]["A4"].value == "发件地址"
    offered = {each.formula1 for each in book["邮箱设置"].data_validations.dataValidation if each.formula1}
    assert offered == {"下拉_1"}


def _merged(book: Any) -> None:  # noqa: ANN401
    book["联系人"].merge_cells("D6:D9")
    book["变更建议"].merge_cells("G3:H3")
    book["联系人"].delete_rows(5)


@pytest.mark.long
def test_merged_cells(space: Workspace) -> None:
    """Cells that people merged stop nothing: those below the rows and in the heads are parted where something has to stand there."""
    edit(space, _merged)
    once = run(space, returned(entered={"联络.联络员.姓名": "李四"})).once
    assert once == ("联系人.xlsx 补上了1家的行,请填邮箱。",)
    assert [row[1] for row in rows(space, "联系人")] == [UNITS[0], UNITS[2], UNITS[1]]
    assert [row[3] for row in rows(space)] == ["李四"]


def test_beyond_its_library(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """A workbook that its library cannot change is told, and stops no collect."""

    def refused(*_: object, **__: object) -> None:
        raise TypeError("D7")

    monkeypatch.setattr(refreshing, "write_book", refused)
    assert run(space).once == (
        "联系人.xlsx 没有更新(TypeError):多半是表的样子改得太多。请把内容抄到一本新的里:先改名移开,再让程序做一本。",
    )
