"""The contacts' workbook where letters need it: made where there is none, and taken over from elsewhere without losing anything."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from fazhi_xl.errors import WouldLoseError, WrongUseError
from fazhi_xl.office.contacts.issue import Prepared, located, prepare
from fazhi_xl.office.workspace.folder import Workspace
from tests.support.contact_books import changed, filled, put, three_units
from tests.support.progress import Heard

UNITS = [unit.short for unit in three_units().units]
DAY = date(2020, 11, 12)


def run(space: Workspace, file: Path) -> tuple[Prepared, list[str]]:
    heard = Heard()
    return prepare(space, three_units(), file, heard, day=DAY), heard.lines


def first_address(found: Prepared) -> tuple[str, ...]:
    return found.book.contacts.by_unit[UNITS[0]].addresses


@pytest.mark.long
def test_issued_and_filled_in(tmp_path: Path) -> None:
    """Where there is none it is made, with what to fill in; the next run checks what was filled in, and tells it once it is right."""
    space = Workspace(tmp_path / "round")
    found, told = run(space, Path("联系人.xlsx"))
    assert (found.issued, told) == (
        True,
        [f"已做好 {space.contacts_file}:3家。填好“联系人”里的邮箱、“邮箱设置”,再运行一次。"],
    )
    space.contacts_file.write_bytes(
        changed(filled("甲", "b@example.cn", "c@example.cn"), data=space.contacts_file.read_bytes())
    )
    found, told = run(space, space.contacts_file)
    assert (found.issued, found.book.contacts.by_unit[UNITS[1]].addresses) == (False, ("b@example.cn",))
    assert told == [
        (
            "联系人.xlsx 要改 “联系人”D4:“邮箱”里的“甲”不是邮箱地址:没有@。"
            "写成 zhang@example.cn 的样子,几个的用分号隔开。改好以前不发到这一个。"
        ),
        "联系人.xlsx 提示 1家没有邮箱,信发不到。",
    ]
    assert load_workbook(space.contacts_file)["检查"]["A2"].value == "1处要改,1家没有邮箱。改好保存,再运行一次。"


@pytest.mark.long
def test_taken_over(tmp_path: Path) -> None:
    """A workbook from elsewhere becomes the round's, the one before is kept; one that the office has changed meanwhile is not covered."""
    space, file = Workspace(tmp_path / "round"), tmp_path / "通讯录.xlsx"
    run(space, Path("联系人.xlsx"))
    file.write_bytes(changed(filled("a@example.cn")))
    found, told = run(space, file)
    assert (first_address(found), told[0]) == (
        ("a@example.cn",),
        f"{file} 已接过来,存为 {space.contacts_file}。以后改这一本。",
    )
    (kept,) = space.archive.glob("联系人-2020-11-12-*.xlsx")
    assert load_workbook(kept)["联系人"]["D4"].value is None
    file.write_bytes(changed(filled("new@example.cn")))
    assert first_address(run(space, file)[0]) == ("new@example.cn",)  # nobody changed the round's own
    space.contacts_file.write_bytes(changed(put("联系人", C4="张三"), data=space.contacts_file.read_bytes()))
    file.write_bytes(changed(filled("later@example.cn")))
    with pytest.raises(WouldLoseError) as refused:
        run(space, file)
    assert str(refused.value) == (
        f"{space.contacts_file} 里有 {file} 没有的改动,没有换。要接着用自己这一本的,改写 {space.contacts_file};"
        f"要换的,先把改动抄到 {file},再把 {space.contacts_file} 改名或者移走。"
    )
    assert load_workbook(space.contacts_file)["联系人"]["C4"].value == "张三"


def test_not_there(tmp_path: Path) -> None:
    """A file that is not there, and is not called so, is a slip: nothing is made."""
    space, file = Workspace(tmp_path / "round"), tmp_path / "通讯录.xlsx"
    with pytest.raises(WrongUseError) as refused:
        run(space, file)
    assert str(refused.value) == (
        f"没有“{file}”这个文件。请检查文件名和所在的文件夹;还没有联系人工作簿的,文件名写 {space.contacts_file},程序做一本。"
    )
    file.write_bytes(b"\xff\xd8\xff\xe0 a picture")
    with pytest.raises(WrongUseError, match="是图片,不是联系人工作簿。请检查是不是选错了文件。"):
        run(space, file)
    assert not space.contacts_file.exists()


@pytest.mark.long
def test_another_years(tmp_path: Path) -> None:
    """Last year's workbook is asked about once, and files that it names from its own folder are still found."""
    space, file = Workspace(tmp_path / "round"), tmp_path / "去年" / "联系人.xlsx"
    file.parent.mkdir()
    (file.parent / "密码.txt").write_text("secret\n")
    (file.parent / "密码.txt").chmod(0o600)

    def last_year(book: Any) -> None:  # noqa: ANN401
        next(each for each in book.custom_doc_props.props if each.name == "工作名称").value = "2019年的考核"

    everybody = filled("a@example.cn", "b@example.cn", "c@example.cn")
    file.write_bytes(changed(last_year, everybody, put("邮箱设置", B18="密码.txt")))
    found, told = run(space, file)
    assert found.book.settings.password_file == file.parent / "密码.txt"
    asked = f"这本是“2019年的考核”的,现在的工作是“{three_units().about.title}”。逐家核对联系人、邮箱是不是还对。"
    assert told[1:] == [f"联系人.xlsx 请核实 “联系人”:{asked}"]
    assert run(space, space.contacts_file)[1] == []
    assert run(space, file)[1] == []  # it says the same


def test_only_the_bare_name_is_the_rounds_own(tmp_path: Path) -> None:
    """A path in another folder that is not there is a slip, however the file is called: the round's own is not taken instead."""
    space, elsewhere = Workspace(tmp_path / "round"), tmp_path / "没有的文件夹" / "联系人.xlsx"
    said = f"没有“{elsewhere}”这个文件。请检查文件名和所在的文件夹;还没有联系人工作簿的,文件名写 {space.contacts_file},程序做一本。"
    for _ in range(2):
        with pytest.raises(WrongUseError) as refused:
            located(space, elsewhere)
        assert str(refused.value) == said
        space.make()
        space.contacts_file.write_bytes(b"")
    assert located(space, Path("联系人.xlsx")) == space.contacts_file
    with pytest.raises(WrongUseError, match=r"没有“联系人[.]csv”这个文件"):
        located(space, Path("联系人.csv"))
