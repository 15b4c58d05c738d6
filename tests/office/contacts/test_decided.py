"""What becomes of proposals beside those that are there: in values, without a workbook."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest

from fazhi_xl.office.contacts.decided import Decided, decide
from fazhi_xl.office.contacts.declared import Part
from fazhi_xl.office.contacts.proposals import Proposal, proposed
from fazhi_xl.rounds.contacts import Contact, Contacts
from fazhi_xl.rounds.status import Status
from fazhi_xl.xlsx.kept.model import ReadLine, ReadSheet, Value
from tests.support.contact_books import three_units
from tests.support.rounds import returned_file

UNIT, OTHER = three_units().units[:2]
DAY = date(2020, 11, 12)
LETTERS = dict(zip(("单位", "项目", "现在", "建议", "来源", "处理", "结果", "标识"), "ABCDEFGH", strict=True))
CONTACT = Contact(unit=UNIT.short, addresses=("a@example.cn",), copies=("copy@example.cn",), person="张三", phone="1")


def proposal(said: str, part: Part = Part.PERSON) -> Proposal:
    return Proposal(unit=UNIT, part=part, said=said, source="某表")


def row(at: int, said: str, decision: Value = None, result: Value = None, part: Part = Part.PERSON) -> ReadLine:
    """Give the row of a proposal, as the program wrote it, with what people chose."""
    cells = {"单位": UNIT.short, "项目": part.word, "建议": said, "处理": decision, "结果": result}
    return ReadLine(at=at, key=proposal(said, part).key, cells=cells)


def decided(lines: Iterable[ReadLine] = (), proposals: Iterable[Proposal] = (), contact: Contact = CONTACT) -> Decided:
    sheet = ReadSheet(name="变更建议", head_row=3, letters=LETTERS, lines=tuple(lines))
    return decide(three_units(), Contacts(by_unit={UNIT.short: contact}), sheet, proposals, DAY)


def said_of(found: Decided) -> list[tuple[int, Value]]:
    """Give the rows that are written, 0 for a new one, with what is proposed there."""
    return [(line.at, line.cells.get("建议")) for line in (*found.lines.values(), *found.added)]


@pytest.mark.parametrize(
    ("lines", "new", "written"),
    [
        ((), "李四", [(0, "李四")]),
        ((), "张三", []),  # the contacts say so
        ((row(4, "李四"),), "李四", []),
        ((row(4, "李四"),), "赵六", [(4, "赵六")]),  # a newer return replaces what is open
        ((row(4, "李四", "不采用", "2020-11-10 不采用"),), "李四", []),  # not while it is the same
        ((row(4, "李四", "不采用", "2020-11-10 不采用"),), "赵六", [(0, "赵六")]),
        ((row(4, "李四", None, "采用"), row(5, "赵六", None, "采用")), "李四", [(0, "李四")]),  # changed back since
    ],
)
def test_new_proposals(lines: tuple[ReadLine, ...], new: str, written: list[tuple[int, str]]) -> None:
    """What was decided and is the same is not asked again, what is open is replaced, and all else is asked."""
    assert said_of(decided(lines, [proposal(new)])) == written


def test_what_people_wrote_over_a_proposal_stays() -> None:
    """A proposal that people put right before they decide is still the same one."""
    line = replace(row(4, "李四"), cells={**row(4, "李四").cells, "建议": "李四平"})
    assert said_of(decided([line], [proposal("李四")])) == []


@pytest.mark.parametrize("said", ["a@example.cn", "copy@example.cn"])
def test_addresses_that_are_known(said: str) -> None:
    """An address that the unit is written to, or gets copies at, is not proposed."""
    assert said_of(decided((), [proposal(said, Part.ADDRESSES)])) == []


def test_addresses_add_up() -> None:
    """Of two addresses neither replaces the other."""
    lines = [row(4, "b@example.cn", part=Part.ADDRESSES)]
    assert said_of(decided(lines, [proposal("c@example.cn", Part.ADDRESSES)])) == [(0, "c@example.cn")]
    both = [
        row(4, "b@example.cn", "采用", part=Part.ADDRESSES),
        row(5, "C@example.cn", "采用", part=Part.ADDRESSES),
    ]
    assert decided(both).adopted == {(UNIT.short, Part.ADDRESSES): "b@example.cn;c@example.cn"}


def test_telephone_numbers_however_written() -> None:
    """Numbers that stand there already, with other signs between their figures, are not proposed."""
    contact = replace(CONTACT, phone="025 8123-4567,13812345678(手机)")
    assert said_of(decided((), [proposal("025-81234567、13812345678", Part.PHONE)], contact)) == []
    assert said_of(decided((), [proposal("025-81234568", Part.PHONE)], contact)) == [(0, "025-81234568")]


@pytest.mark.parametrize(
    ("line", "result"),
    [
        (row(4, "李四", "采用"), "2020-11-12 采用,已写进“联系人”表,原来是“张三”"),
        (row(4, "李四", "不采用"), "2020-11-12 不采用"),
        (row(4, "张三"), "2020-11-12 “联系人”表已经是这样"),  # typed in by hand
        (row(4, "张三", "采用"), "2020-11-12 “联系人”表已经是这样"),
    ],
)
def test_results(line: ReadLine, result: str) -> None:
    """What was decided, or is settled, is recorded with its day, and what stood there before."""
    found = decided([line])
    assert [(each.at, each.cells) for each in found.lines.values()] == [(4, {"结果": result})]
    assert found.open == 0


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (
            row(4, "李四", "同意"),
            "请核实 “变更建议”F4:“处理”应是“采用”或“不采用”,写的是“同意”,没有处理。从下拉里选。",
        ),
        (
            row(4, "新地址", "采用", part=Part.ADDRESSES),
            "要改 “变更建议”D4:建议的“新地址”不是邮箱地址:没有@,没有写进“联系人”表。改好“建议”,或者选“不采用”。",
        ),
        (
            row(4, "", "采用"),
            "请核实 “变更建议”D4:选了“采用”,“建议”空着,没有处理。写上内容;要清空的,直接改“联系人”表。",
        ),
        (
            ReadLine(at=4, key="", cells={"单位": "没有的单位", "项目": "联系人", "建议": "李四"}),
            "请核实 “变更建议”A4:建议是“没有的单位”的,通知里没有这一家,没有处理。删去这一行,或者在“处理”里选“不采用”。",
        ),
        (
            ReadLine(at=4, key="", cells={"单位": UNIT.short, "项目": "职务", "建议": "主任"}),
            "请核实 “变更建议”B4:“项目”里的“职务”不认得,没有处理。写“联系人”“邮箱”或“电话”。",
        ),
    ],
)
def test_what_cannot_be_carried_out(line: ReadLine, told: str) -> None:
    """It is told at its cell, changes nothing, and stays open."""
    found = decided([line])
    assert ([each.told for each in found.remarks], found.adopted, found.lines) == ([told], {}, {})


def test_rows_of_people() -> None:
    """A row that people wrote by themselves is carried out as others are."""
    line = ReadLine(at=9, key="", cells={"单位": UNIT.name, "项目": "联系人", "建议": "李四", "处理": "采用"})
    assert decided([line]).adopted == {(UNIT.short, Part.PERSON): "李四"}


ENTERED = {"联络.联络员.姓名": "李四", "联络.联络员.手机号码": "13812345678", "联络.分管领导.姓名": "王五"}
NOBODY = dict.fromkeys((*ENTERED, "联络.联络员.办公室电话"))


def from_return(sender: str = "", status: Status | None = None, contacts: Contacts | None = None) -> list[str]:
    file = returned_file(UNIT.short, {**NOBODY, **ENTERED})
    file = replace(file, status=status) if status else file
    found = proposed(three_units(), [file], {file.path: sender}, contacts or Contacts())
    return [f"{each.part.word}:{each.said}" for each in found]


def test_of_a_return() -> None:
    """The person whom the office writes to is proposed, none of the others in the list, and the sender's address."""
    assert from_return("A@example.cn") == ["联系人:李四", "电话:13812345678", "邮箱:a@example.cn"]
    assert from_return() == ["联系人:李四", "电话:13812345678"]


def test_of_a_return_that_is_sent_back() -> None:
    """Only accepted returns propose."""
    assert from_return("a@example.cn", Status.NEEDS_CORRECTION) == []


def test_the_sender_of_another_unit() -> None:
    """An address that is another unit's is no proposal: that the return came from there is a question of its own."""
    others = Contacts(by_unit={OTHER.short: Contact(unit=OTHER.short, addresses=("b@example.cn",))})
    assert "邮箱:b@example.cn" not in from_return("b@example.cn", contacts=others)
