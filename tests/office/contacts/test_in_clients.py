"""The contacts' workbook in real clients: what a clerk does in LibreOffice comes through, and Excel opens it, new and updated."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from fazhi_xl.office.contacts.issue import issue_contacts
from fazhi_xl.office.contacts.read import open_contacts
from fazhi_xl.office.contacts.update import update
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.rounds.contacts import Contact
from tests.clients.libreoffice import Input, LibreOffice
from tests.clients.validator import Validator
from tests.support.contact_books import changed, filled, put, three_units
from tests.support.rounds import returned_file

FIRST, SECOND, THIRD = (unit.short for unit in three_units().units)
DAY = date(2020, 11, 12)
YELLOW = 0xFFCC00


def run(space: Workspace) -> None:
    """Let a return propose a new person, and the office's decisions be carried out."""
    nobody = dict.fromkeys(("联络.联络员.办公室电话", "联络.联络员.手机号码"))
    file = returned_file(FIRST, {**nobody, "联络.联络员.姓名": "李四"})
    update(space, three_units(), [file], {file.path: "new@example.cn"}, DAY)


@pytest.mark.libreoffice
def test_in_libreoffice(libreoffice: LibreOffice, tmp_path: Path) -> None:
    """Sorted, coloured, with a row inserted and sheets renamed, saved by LibreOffice and updated twice: nothing is lost."""
    space = Workspace(tmp_path)
    issue_contacts(space, three_units())
    run(space)
    typed = {
        ("联系人", "D4"): "甲 <a@example.cn>；copy@example.cn",
        ("联系人", "D5"): "b@example.cn",
        ("联系人", "F6"): "025-81234567",
        ("联系人", "J3"): "自己的栏",
        ("联系人", "J5"): "老李",
        ("变更建议", "F4"): "采用",
        ("变更建议", "F5"): "采用",
        ("邮箱设置", "B4"): "office@example.cn",
        ("邮箱设置", "B6"): "smtp.example.cn",
        ("邮箱设置", "B7"): "587",
    }
    with libreoffice.open(space.contacts_file) as document:
        document.set_inputs(
            Input(sheet=sheet, cell=cell, kind="text", value=value) for (sheet, cell), value in typed.items()
        )
        document.dress("联系人", "D5", colour=YELLOW, comment="问过了")
        document.insert_rows("联系人", 4)
        document.rename_sheet("联系人", "通讯录")
        document.save_as(space.contacts_file)
    run(space)
    run(space)
    opened = open_contacts(space.contacts_file, three_units())
    assert opened.people.contacts.by_unit == {
        FIRST: Contact(unit=FIRST, addresses=("a@example.cn", "copy@example.cn", "new@example.cn"), person="李四"),
        SECOND: Contact(unit=SECOND, addresses=("b@example.cn",)),
        THIRD: Contact(unit=THIRD, phone="025-81234567"),
    }
    settings = opened.settings.settings
    assert settings.smtp
    assert (settings.address, settings.smtp.host, settings.smtp.port) == ("office@example.cn", "smtp.example.cn", 587)
    sheet = load_workbook(space.contacts_file)["通讯录"]
    assert (sheet["D6"].fill.fgColor.rgb, sheet["J6"].value) == ("FFFFCC00", "老李")
    assert sheet["D6"].comment.text == "问过了"
    with libreoffice.open(space.contacts_file) as document:
        assert document.sheets() == ["说明", "检查", "通讯录", "邮箱设置", "变更建议", "下拉"]


@pytest.mark.validator
def test_valid(validator: Validator, tmp_path: Path) -> None:
    """So it is when it is issued, and after it was filled in, checked and updated."""
    space = Workspace(tmp_path)
    issue_contacts(space, three_units())
    assert validator.faults([space.contacts_file]) == []
    run(space)
    data = changed(
        filled("甲", "b@example.cn"),
        put("变更建议", F4="采用"),
        put("邮箱设置", B7="很多"),
        data=space.contacts_file.read_bytes(),
    )
    space.contacts_file.write_bytes(data)
    run(space)
    assert validator.faults([space.contacts_file]) == []
