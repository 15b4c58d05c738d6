"""The contacts' workbook as a whole: read with all that people do to it, and told why where it cannot be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fazhi_xl.office.contacts.read import ContactsBook, read_contacts
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.xlsx.kept import take as taking
from tests.support.contact_books import changed, filled, issued, put, three_units
from tests.support.progress import Heard

UNITS = [unit.short for unit in three_units().units]


def read(folder: Path, data: bytes) -> tuple[ContactsBook, list[str]]:
    """Read the workbook of these bytes, and give what was said as well."""
    space, progress = Workspace(folder), Heard()
    space.contacts_file.write_bytes(data)
    return read_contacts(space, three_units(), progress), progress.lines


def addresses(book: ContactsBook) -> dict[str, tuple[str, ...]]:
    return {unit: each.addresses for unit, each in book.contacts.by_unit.items()}


def test_none_and_new(tmp_path: Path) -> None:
    """Where there is no workbook there are no contacts, and of a new one nothing is told but that addresses are wanted."""
    assert read_contacts(Workspace(tmp_path), three_units(), Heard()) == ContactsBook()
    book, told = read(tmp_path, issued())
    assert (book.there, addresses(book), told) == (
        True,
        dict.fromkeys(UNITS, ()),
        ["联系人.xlsx 提示 3家没有邮箱,信发不到。"],
    )


def _as_people_do(book: Any) -> None:  # noqa: ANN401
    sheet = book["联系人"]
    sheet.title = "通讯录 2"
    sheet["D4"].value, sheet["D4"].hyperlink = "a@b.cn", "mailto:a@b.cn"
    sheet["D5"].value, sheet["F5"].value = "=CONCATENATE(1,2)", 2512345678
    sheet["D6"].value, sheet["D6"].data_type = "#REF!", "e"
    sheet.insert_rows(1)
    sheet["A9"].value, sheet["B9"].value = 99, "抄一份给档案室"
    sheet.merge_cells("D10:E10")


def test_as_people_do(tmp_path: Path) -> None:
    """Other names of sheets, rows above, links, formulas and errors cost no other row."""
    book, told = read(tmp_path, changed(_as_people_do))
    assert addresses(book)[UNITS[0]] == ("a@b.cn",)
    assert told == [
        "联系人.xlsx 要改 “通讯录 2”D10:E10:几栏的单元格合并了。取消合并,每一栏写自己的内容。",
        "联系人.xlsx 要改 “通讯录 2”D6:“邮箱”里是公式,没有算出的值。写上内容,或者用 Excel 打开算一次再保存。",
        "联系人.xlsx 要改 “通讯录 2”D7:“邮箱”里是公式的错误值 #REF!。删去公式,写上内容。",
        "联系人.xlsx 要改 “通讯录 2”B9:通知里没有“抄一份给档案室”,这一行没有用。改成通知里的名称;多余的,整行删去。",
        "联系人.xlsx 请核实 “通讯录 2”F6:电话是数字,前面的0可能丢了。核对号码;有区号的写成 025-12345678 的样子。",
        "联系人.xlsx 提示 2家没有邮箱,信发不到。",
    ]


def test_another_notice(tmp_path: Path) -> None:
    """Another year's workbook is asked about, and used; what sheets it lacks is told."""

    def other(book: Any) -> None:  # noqa: ANN401
        next(each for each in book.custom_doc_props.props if each.name == "工作名称").value = "2019年的考核"
        del book["邮箱设置"], book["变更建议"]

    book, told = read(tmp_path, changed(filled("a@b.cn", "c@d.cn", "e@f.cn"), other))
    assert addresses(book)[UNITS[2]] == ("e@f.cn",)
    now = three_units().about.title
    assert told == [
        (
            "联系人.xlsx 要改 “联系人”:没有“邮箱设置”这张表。表改了名的,改回“邮箱设置”;"
            "删了的,用“撤销”恢复,或者从以前的一份里复制回来;再检查一次。"
        ),
        f"联系人.xlsx 请核实 “联系人”:这本是“2019年的考核”的,现在的工作是“{now}”。逐家核对联系人、邮箱是不是还对。",
    ]


def test_a_column_that_is_gone(tmp_path: Path) -> None:
    """A column that is gone is told, and the others are read."""
    book, told = read(tmp_path, changed(filled("a@b.cn", "c@d.cn", "e@f.cn"), put("联系人", F3="座机")))
    assert addresses(book)[UNITS[0]] == ("a@b.cn",)
    assert [each.partition("。")[0] for each in told] == ["联系人.xlsx 要改 “联系人”A3:没有“电话”这一栏"]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (lambda: b"", "是空文件。请重新保存或者重新复制。"),
        (lambda: b"\xff\xd8\xff\xe0 a picture", "是图片,不是联系人工作簿。请检查是不是选错了文件。"),
        (
            lambda: issued()[:5000],
            "不完整或已损坏,读不出来。请用 Excel 或 WPS 打开,另存为 .xlsx 再试。打不开的,重新复制一份。",
        ),
        (
            lambda: changed(
                put("联系人", B3="甲", C3="乙", D3="丙", E3="丁", F3="戊"), lambda book: book["联系人"].tables.clear()
            ),
            "不是联系人工作簿:里面没有“联系人”这张表。请检查是不是选错了文件。",
        ),
    ],
    ids=["empty", "picture", "half", "other"],
)
def test_unread(tmp_path: Path, data: Callable[[], bytes], why: str) -> None:
    """What cannot be read is told in one line, and costs nothing else: there are no contacts."""
    book, told = read(tmp_path, data())
    line = f"{tmp_path / '联系人.xlsx'} {why}"
    assert (told, book) == ([line], ContactsBook(there=True, unread=(line,)))


def test_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A huge workbook is not read."""
    monkeypatch.setattr(taking, "SIZE_LIMIT", 1000)
    assert read(tmp_path, issued())[1] == [
        f"{tmp_path / '联系人.xlsx'} 超过0 MB,没有读。联系人工作簿不会这样大,请检查。"
    ]


def test_many_faults(tmp_path: Path) -> None:
    """Of many faults the first are told, those to be mended before others, with where the rest stands."""
    rows = {f"B{at}": f"没有的单位{at}" for at in range(7, 20)}
    _, told = read(tmp_path, changed(filled("a@b.cn", "a@b.cn", "a@b.cn"), put("联系人", **rows)))
    assert len(told) == 11
    assert told[-1] == "联系人.xlsx 还有5处,见“检查”表。"
