"""The rows of units: each that is right counts, and each that is not is told at its cell."""

from __future__ import annotations

import pytest

from fazhi_xl.office.contacts.people import People, people
from fazhi_xl.rounds.contacts import Contact
from fazhi_xl.xlsx.kept.model import ReadLine, ReadSheet, Value
from tests.support.campaign import the_notice

LETTERS = {"序号": "A", "单位": "B", "联系人": "C", "邮箱": "D", "抄送": "E", "电话": "F", "备注": "G", "标识": "H"}
FIRST, SECOND = the_notice().units[:2]


def row(at: int, unit: Value, mail: Value = None, key: str = "", link: str = "", **more: Value) -> ReadLine:
    links = {"邮箱": link} if link else {}
    return ReadLine(at=at, key=key, cells={"单位": unit, "邮箱": mail, **more}, links=links)


def read(*lines: ReadLine) -> People:
    return people(ReadSheet(name="联系人", head_row=3, letters=LETTERS, lines=lines), the_notice())


def told(found: People) -> list[str]:
    """Give what is told of rows, without the units that have none."""
    return [each.told for each in found.remarks if each.cell]


def test_contacts() -> None:
    """A row gives whom a unit is written to, and who gets copies; an address in both gets one letter."""
    found = read(row(4, FIRST.short, "A@b.cn;c@d.cn", 抄送="c@d.cn", 联系人="张三", 电话=13812345678))
    contact = Contact(unit=FIRST.short, addresses=("a@b.cn", "c@d.cn"), person="张三", phone="13812345678")
    assert found.contacts.by_unit == {FIRST.short: contact}
    assert told(found) == ["提示 “联系人”E4:“c@d.cn”在这一行写了两次,只算一次"]


@pytest.mark.parametrize(
    ("line", "line_told"),
    [
        (
            row(4, FIRST.short, "张三"),
            "要改 “联系人”D4:“邮箱”里的“张三”不是邮箱地址:没有@。写成 zhang@example.cn 的样子,几个的用分号隔开。改好以前不发到这一个。",
        ),
        (row(4, FIRST.short), f"提示 “联系人”D4:“{FIRST.short}”没有邮箱,信发不到这一家。有邮箱的填上。"),
        (
            row(4, FIRST.short, "a@163.con"),
            "请核实 “联系人”D4:“a@163.con”像是写错了。是不是“a@163.com”?不是的,不用改。",
        ),
        (
            row(4, FIRST.short, "a@b.cn", link="mailto:old@b.cn"),
            "请核实 “联系人”D4:看到的是“a@b.cn”,点开的链接是“old@b.cn”,按看到的发。核对用哪一个;用右键取消超链接。",
        ),
        (
            row(4, FIRST.short, "a@b.cn", 电话=2512345678),
            "请核实 “联系人”F4:电话是数字,前面的0可能丢了。核对号码;有区号的写成 025-12345678 的样子。",
        ),
        (row(4, None, "a@b.cn"), "要改 “联系人”B4:没有写是哪个单位,这一行没有用。写上单位;不要的,整行删去。"),
        (
            row(4, "区委办公室办", "a@b.cn"),
            "要改 “联系人”B4:通知里没有“区委办公室办”,这一行没有用。改成通知里的名称,例如“区委办公室”;多余的,整行删去。",
        ),
        (
            row(4, "老单位", "a@b.cn", key="老单位"),
            "请核实 “联系人”B4:通知里现在没有“老单位”,这一行没有用。改了名称、并到别家的,把邮箱写到那一家的行里;这一行留着也不要紧。",
        ),
        (
            row(4, "张主任", "a@b.cn", key=FIRST.id),
            (
                f"请核实 “联系人”B4:“张主任”通知里没有,按这一行原来的单位认作“{FIRST.short}”。"
                f"程序更新时改回“{FIRST.short}”;要加另一家的,先在工作目录里加。"
            ),
        ),
    ],
)
def test_told(line: ReadLine, line_told: str) -> None:
    """What is wrong or odd is told with its cell and what to do, and costs no other row."""
    found = read(line, row(9, SECOND.short, "ok@example.cn"))
    assert told(found) == [line_told]
    assert found.contacts.by_unit[SECOND.short].addresses == ("ok@example.cn",)


def test_a_link_gives_the_address() -> None:
    """A cell that shows a name and leads to an address has that address."""
    assert read(row(4, FIRST.short, "张三", link="mailto:a@b.cn")).contacts.by_unit[FIRST.short].addresses == (
        "a@b.cn",
    )


def test_two_rows_and_one_address_at_two_units() -> None:
    """The first row of a unit counts; an address of two units is asked about, and both are written to."""
    found = read(row(4, FIRST.short, "a@b.cn"), row(5, FIRST.name, "c@d.cn"), row(6, SECOND.short, "a@b.cn"))
    assert {unit: each.addresses for unit, each in found.contacts.by_unit.items()} == {
        FIRST.short: ("a@b.cn",),
        SECOND.short: ("a@b.cn",),
    }
    assert told(found) == [
        f"要改 “联系人”B5:“{FIRST.short}”有两行,第4行已经写了,这一行没有用。邮箱并到第4行(用分号隔开),这一行整行删去。",
        f"请核实 “联系人”D6:“a@b.cn”也是“{FIRST.short}”的邮箱。两家共用一个邮箱的,不用改;不是的,改成这一家自己的。",
    ]
    assert found.contacts.units_of["a@b.cn"] == {FIRST.short, SECOND.short}


def test_what_is_seen_decides() -> None:
    """Where only what is seen was sorted, a row is of the unit that it names, not of its hidden mark."""
    assert list(read(row(4, SECOND.short, "a@b.cn", key=FIRST.id)).contacts.by_unit) == [SECOND.short]


def test_a_row_that_is_gone() -> None:
    """A unit of the notice without a row is told."""
    found = read(row(4, FIRST.short, "a@b.cn"))
    assert [unit.short for unit in found.missing] == [unit.short for unit in the_notice().units[1:]]
    assert found.remarks[0].told == (
        f"请核实 “联系人”:没有“{SECOND.short}”这一行,信发不到这一家。程序更新时在表的下面补上一行,请填邮箱。"
    )


@pytest.mark.parametrize(
    ("title", "cell", "typed"),
    [
        ("邮箱", "D4", "密码:abc12345"),
        ("邮箱", "D4", "a@b.cn 授权码:abcdefghijklmnop"),
        ("抄送", "E4", "a@b.cn;pwd=abc12345"),
        ("备注", "G4", "口令是abc12345"),
        ("单位", "B4", "密码:abc12345"),
    ],
)
def test_a_password_is_not_repeated(title: str, cell: str, typed: str) -> None:
    """A password that is typed beside a unit is told at its cell as one, and stands in no remark."""
    cells: dict[str, Value] = {"单位": FIRST.short, title: typed}
    found = read(ReadLine(at=4, key=FIRST.id, cells=cells))
    assert f"“联系人”{cell}:这里写着像是密码的内容" in "".join(told(found))
    assert not any("abc" in each.told for each in found.remarks)


def test_an_address_is_no_password() -> None:
    """An address that begins like the word for one is an address."""
    found = read(row(4, FIRST.short, "password123@qq.com"))
    assert told(found) == []
