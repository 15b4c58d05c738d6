"""The sheet in front of a form that was sent back is set apart, whatever became of it, and read for the unit's replies."""

from __future__ import annotations

from fazhi_xl.cells import CellKind, RawCell
from fazhi_xl.office.returns.replies import asked_in, replies_in, without_front_sheet
from fazhi_xl.rounds.replies import UNCODED
from fazhi_xl.xlsx.reader import RawBook
from fazhi_xl.xlsx.reader.kept import book_of_bytes, book_to_bytes
from fazhi_xl.xlsx.reader.model import RawSheet, SheetState

ONE, TWO = "06/核实:swing:15.4.次数.填报:3f9a0c11", "06/核实:evidence-missing:15.1.自评:aaaaaaaa"
HEADS = ("序号", "工作表", "所在编号(点击前往)", "单元格", "填的是", "问题和怎样改", "答复", "问题代码")


def cell(at: tuple[int, int], text: str, sheet: str = "需修改事项") -> RawCell:
    return RawCell(sheet=sheet, row=at[0], column=at[1], kind=CellKind.TEXT, text=text, formula=False)


def line(row: int, *texts: str, sheet: str = "需修改事项") -> list[RawCell]:
    return [cell((row, column), text, sheet) for column, text in enumerate(texts, 1) if text]


def asked(row: int, code: str, reply: str, *more: str, sheet: str = "需修改事项") -> list[RawCell]:
    """Give a question's row: its columns, and what was typed to the right of them."""
    return line(row, str(row), "任务分解表", "15.4", "C13", "“5000”", "请核实。", reply, code, *more, sheet=sheet)


def read(*cells: RawCell) -> list[tuple[str, str, str, bool]]:
    return [(each.question.text, each.cell, each.text, each.aside) for each in replies_in(cells)]


def test_reply() -> None:
    """A reply is what stands in the column 答复 of a row with a code; what the row says was entered goes with it."""
    (found,) = replies_in([*line(6, *HEADS), *asked(7, ONE, " 无误 "), *asked(8, TWO, "")])
    assert (found.question.text, found.sheet, found.cell, found.text, found.value, found.aside) == (
        ONE, "需修改事项", "G7", "无误", "5000", False,
    )  # fmt: skip


def test_moved() -> None:
    """Rows may be sorted and moved, and columns change places: a reply belongs to the code of its row."""
    heads = ["问题代码", "答复", *HEADS[:6]]
    assert read(*line(3, *heads), *line(9, TWO, "已改"), *line(4, ONE, "无误")) == [
        (ONE, "B4", "无误", False),
        (TWO, "B9", "已改", False),
    ]


def test_aside() -> None:
    """A reply beside the column is read where that is blank, and said to be aside; what the office wrote is none."""
    assert read(*line(6, *HEADS), *asked(7, ONE, "", "", "无误"), *asked(8, TWO, "已改", "另说")) == [
        (ONE, "J7", "无误", True),
        (TWO, "G8", "已改", False),
    ]


def test_without_heads() -> None:
    """Where the heads are gone nothing tells a reply from what the office wrote, so none is read."""
    assert read(*line(7, "", "", "", "", "", "", "", ONE)) == []


def test_without_code() -> None:
    """What was replied in a row whose code was overwritten is read, and told to answer nothing that is known; titles are no replies."""
    above = line(2, "单位", "", "", "", "", "", "退回日期")
    corrected = [*line(3, *HEADS), *line(4, "1", "任务分解表", "15.4", "C13", "“5”", "不对", "不用答复,改好即可")]
    rows = [*line(6, *HEADS), *asked(7, ONE, "无误"), *asked(8, "坏了", "去年没有"), *asked(9, "", "")]
    found = replies_in([*above, *corrected, *rows])
    assert [(each.question.text, each.cell, each.text) for each in found] == [
        (ONE, "G7", "无误"),
        (UNCODED.text, "G8", "去年没有"),
    ]


def test_twice() -> None:
    """Of a question that stands there twice the first reply counts; a blank one is none."""
    rows = [*line(6, *HEADS), *asked(7, ONE, ""), *asked(8, ONE, "无误"), *asked(9, ONE, "已改")]
    assert read(*rows) == [(ONE, "G8", "无误", False)]


def test_long() -> None:
    """Of a reply 300 characters are kept, in one line."""
    (found,) = replies_in([*line(6, *HEADS), *asked(7, ONE, "很长\n" * 200)])
    assert found.text == ("很长 " * 100)[:300]


def sheet(name: str) -> RawSheet:
    return RawSheet(name=name, state=SheetState.VISIBLE, protected=True, merges=())


def book(*sheets: str, cells: list[RawCell]) -> RawBook:
    return RawBook(kind="xlsx", sheets=tuple(map(sheet, sheets)), cells=tuple(cells))


def test_set_apart() -> None:
    """The sheet is known by its name, and renamed or copied by its codes; it is kept beside the form's cells, from a store too."""
    form = [cell((1, 1), "编号", "任务分解表"), cell((2, 1), "4/核实", "任务分解表")]
    front, copied = [*line(6, *HEADS), *asked(7, ONE, "无误")], asked(2, TWO, "已改", sheet="Sheet1")
    apart = without_front_sheet(book("需修改事项", "任务分解表", "Sheet1", cells=[*front, *form, *copied]))
    assert ([each.name for each in apart.sheets], apart.cells, apart.front) == (
        ["任务分解表"], tuple(form), (*front, *copied),
    )  # fmt: skip
    assert apart.sent_back
    assert book_of_bytes(book_to_bytes(apart)) == apart
    plain = book("任务分解表", cells=form)
    assert without_front_sheet(plain) is plain


def test_questions() -> None:
    """A question's row says what its sheet's heads name, also a head in two lines, with its first reply; each stands once, in its place."""
    heads = line(6, *HEADS[:2], "所在编号\n(点击前往)", *HEADS[3:])
    one, two = asked_in([*heads, *asked(7, ONE, ""), *asked(8, TWO, "已改"), *asked(9, ONE, "无误")])
    assert (one.question.text, one.reply and one.reply.cell, two.question.text) == (ONE, "G9", TWO)
    assert two.said["所在编号(点击前往)"] == "15.4"
    assert (two.said["问题和怎样改"], two.said["填的是"]) == ("请核实。", "“5000”")
