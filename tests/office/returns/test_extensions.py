"""延期: more time that the office grants a unit. A fault of a row is told by its cell, grants nothing, and stops nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache

import pytest

from fazhi_xl.cells import CellKind, RawCell
from fazhi_xl.office.returns.extensions import Extensions, read_extensions
from fazhi_xl.reports.receipt_register import receipts_book
from fazhi_xl.rounds.deadlines import Deadlines, Extension
from fazhi_xl.xlsx.reader import Bounds, RawBook, read
from fazhi_xl.xlsx.reader.model import RawSheet, SheetState
from fazhi_xl.xlsx.writer.report import report_bytes
from tests.support.campaign import the_notice

TITLES = ("单位", "延期至", "批准人", "理由", "结果")
Typed = str | int | RawCell | None
GOOD = ("法院", "2020-11-25", "张三", "机构改革")
WHERE = "收到登记.xlsx “延期”"


def formula(text: str = "") -> RawCell:
    kind = CellKind.NUMBER if text.isdecimal() else CellKind.TEXT
    return RawCell(sheet="", row=0, column=0, kind=kind, text=text, formula=True)


def book(  # noqa: PLR0913 - what a clerk may do to a sheet
    *rows: Iterable[Typed],
    sheet: str = "延期",
    titles: Iterable[str] = TITLES,
    head: int = 3,
    left: int = 1,
    date1904: bool = False,
    struck: frozenset[tuple[str, int, int]] = frozenset(),
    merges: tuple[str, ...] = (),
    more: tuple[RawCell, ...] = (),
) -> RawBook:
    """Give a register as it is read, with the table of extensions alone."""
    every = enumerate((tuple(titles), *rows), head)
    cells = [_cell(value, sheet, at, column) for at, row in every for column, value in enumerate(row, left)]
    raw = RawSheet(name=sheet, state=SheetState.VISIBLE, protected=False, merges=merges)
    kept = tuple(cell for cell in cells if cell)
    return RawBook(kind="xlsx", sheets=(raw,), cells=(*kept, *more), date1904=date1904, struck=struck)


def _cell(value: Typed, sheet: str, row: int, column: int) -> RawCell | None:
    if isinstance(value, RawCell):
        return value._replace(sheet=sheet, row=row, column=column)
    kind = CellKind.NUMBER if isinstance(value, int) else CellKind.TEXT
    if value is None:
        return None
    return RawCell(sheet=sheet, row=row, column=column, kind=kind, text=str(value), formula=False)


def entered(*rows: Iterable[Typed], **how: object) -> Extensions:
    return read_extensions(book(*rows, **how), the_notice())  # type: ignore[arg-type]


def days(found: Extensions) -> dict[str, str]:
    return {unit: str(each.day) for unit, each in found.granted.items()}


class TestGranted:
    def test_what_is_granted(self) -> None:
        """A whole row grants its unit a day, with who approved it and why, and says so in its last column."""
        found = entered(GOOD)
        assert found.granted == {"法院": Extension(unit="法院", day=date(2020, 11, 25), by="张三", why="机构改革")}
        assert (found.faults, found.results) == ((), {4: "报送期限延至2020年11月25日"})

    @pytest.mark.parametrize(
        "typed",
        [
            "2020.12.1",
            "2020-12-01",
            "2020/12/1",
            "2020年12月1日",
            " ２０２０．12．1 ",
            "2020-12-01 17:00",
            44166,
            20201201,
        ],
    )
    def test_days_however_they_are_typed(self, typed: str | int) -> None:
        """A day is read however a client or a person writes it."""
        found = entered(("法院", typed, "张三", "机构改革"))
        assert (days(found), found.faults) == ({"法院": "2020-12-01"}, ())

    def test_an_old_macs_days(self) -> None:
        """Day numbers of a workbook that counts from 1904 are read by its own count."""
        assert days(entered(("法院", 44166 - 1462, "张三", "机构改革"), date1904=True)) == {"法院": "2020-12-01"}

    def test_units_by_any_name_and_several_in_a_cell(self) -> None:
        """A unit is known by each of its names, and several may stand in one cell."""
        found = entered(("区人民法院、检察院", "2020-11-25", "张三", "机构改革"))
        assert days(found) == {"法院": "2020-11-25", "检察院": "2020-11-25"}

    def test_wherever_the_table_stands(self) -> None:
        """The sheet may be renamed, pasted elsewhere on it, and have rows and columns before and between: the titles count."""
        titles = ("备注", "理由", "单位", "延期至", "批准人")
        found = entered(("x", "停电", "法院", "2020-11-25", "张三"), sheet="延期名单", titles=titles, head=40, left=5)
        assert (days(found), found.faults) == ({"法院": "2020-11-25"}, ())

    def test_blank_rows_between(self) -> None:
        """Blank rows are passed over, and so is what stands in columns of the office's own."""
        found = entered((), GOOD, ("", None, " "), ("检察院", "2020-11-26", "张三", "停电"))
        assert (days(found), found.faults) == ({"法院": "2020-11-25", "检察院": "2020-11-26"}, ())

    def test_merged_cells(self) -> None:
        """An approver in a cell merged over several rows has approved all of them."""
        rows = (GOOD, ("检察院", "2020-11-26", None, "停电"))
        assert days(entered(*rows, merges=("C4:C5",))) == {"法院": "2020-11-25", "检察院": "2020-11-26"}

    def test_many_rows(self) -> None:
        """Five hundred rows are read, each fault told once."""
        units = [unit.short for unit in the_notice().units]
        rows = [(units[no % 45], "2020-11-25", "张三", f"理由{no}") for no in range(500)]
        found = entered(*rows)
        assert (len(found.granted), len(found.faults), len(found.results)) == (45, 455, 500)
        assert [*found.told][9:] == [found.faults[9], "收到登记.xlsx “延期”:还有445处,见这张表的“结果”一栏。"]

    def test_an_earlier_register(self) -> None:
        """A register without such a sheet grants nothing, and there is nothing to tell."""
        found = read_extensions(RawBook(kind="xlsx", sheets=(), cells=()), the_notice())
        assert found == Extensions()


FAULTS = {
    "unknown unit": (
        ("法元", *GOOD[1:]),
        "A4:通知里没有“法元”这个单位,这一行没有采用。是不是“法院”?",
    ),
    "no unit like it": (
        ("火星总部", *GOOD[1:]),
        "A4:通知里没有“火星总部”这个单位,这一行没有采用。请写通知里的单位名称。",
    ),
    "no unit": ((None, *GOOD[1:]), "A4:“单位”空着,这一行没有采用。请写通知里的单位名称。"),
    "no day": (("法院", None, "张三", "停电"), "B4:“延期至”空着,没有采用。请写延到哪一天,例如 2020-11-25。"),
    "no such day": (
        ("法院", "2020-11-31", "张三", "停电"),
        "B4:“2020-11-31”不是日期,没有采用。请年月日写全,例如 2020-11-25。",
    ),
    "a word": (("法院", "下周三", "张三", "停电"), "B4:“下周三”不是日期,没有采用。请年月日写全,例如 2020-11-25。"),
    "without a year": (
        ("法院", "11月25日", "张三", "停电"),
        "B4:“11月25日”不是日期,没有采用。请年月日写全,例如 2020-11-25。",
    ),
    "before the deadline": (
        ("法院", "2020-11-18", "张三", "停电"),
        "B4:2020-11-18不晚于通知的报送期限2020-11-20,没有采用。请写延到哪一天,例如 2020-11-25。",
    ),
    "the deadline itself": (
        ("法院", "2020-11-20", "张三", "停电"),
        "B4:2020-11-20不晚于通知的报送期限2020-11-20,没有采用。请写延到哪一天,例如 2020-11-25。",
    ),
    "another year": (
        ("法院", "2030-11-25", "张三", "停电"),
        "B4:2030-11-25比通知的报送期限2020-11-20晚一年以上,没有采用。请核对年份。",
    ),
    "a computed day": (
        ("法院", formula("44166"), "张三", "停电"),
        "B4:“延期至”是公式,没有采用:公式算出的日期会变。请删去公式,写上日期,例如 2020-11-25。",
    ),
    "nobody approved it": ((*GOOD[:2], None, "停电"), "C4:“批准人”空着,不算已经批准,没有采用。请写批准人的姓名。"),
    "a dash for who approved it": (
        (*GOOD[:2], "—", "停电"),
        "C4:“批准人”空着,不算已经批准,没有采用。请写批准人的姓名。",
    ),
    "an approver that was not computed": (
        (*GOOD[:2], formula(), "停电"),
        "C4:“批准人”的公式没有算出内容,不算已经批准,没有采用。请写批准人的姓名。",
    ),
    "no reason": ((*GOOD[:3], None), "D4:“理由”空着,不算已经批准,没有采用。请写为什么延期。"),
}


class TestFaults:
    @pytest.mark.parametrize("name", FAULTS)
    def test_a_row_with_a_fault(self, name: str) -> None:
        """A row with any fault grants nothing, is told by sheet and cell with what to do, and the rows after it are read."""
        row, told = FAULTS[name]
        found = entered(row, ("检察院", "2020-11-26", "李四", "停电"))
        assert found.faults == (f"{WHERE}{told}",)
        assert days(found) == {"检察院": "2020-11-26"}
        assert found.results[4].startswith("没有采用:")

    def test_each_fault_of_a_row(self) -> None:
        """All that is wrong with a row is told at once."""
        found = entered(("法元", "明天", None, None))
        assert [each.removeprefix(WHERE)[:2] for each in found.faults] == ["A4", "B4", "C4", "D4"]
        assert found.results == {4: "没有采用:单位、延期至、批准人、理由要改"}

    def test_one_unknown_of_several(self) -> None:
        """Of several units in a cell all have to be known."""
        found = entered(("法院、火星总部", *GOOD[1:]))
        assert found.granted == {}
        assert "没有“火星总部”这个单位" in found.faults[0]

    def test_the_same_unit_twice(self) -> None:
        """Of two rows of one unit the later day counts, in whatever order they stand, and the second is told."""
        earlier, later = ("法院", "2020-11-23", "张三", "停电"), ("法院", "2020-11-27", "李四", "停网")
        for rows in ((earlier, later), (later, earlier)):
            found = entered(*rows)
            assert found.granted["法院"].by == "李四"
            assert found.faults == (f"{WHERE}A5:“法院”第4行已经写过,按最晚的2020年11月27日算。请只留一行。",)

    def test_the_same_row_twice(self) -> None:
        """A row that was copied counts once, and is told."""
        assert entered(GOOD, GOOD).faults == (f"{WHERE}A5:“法院”第4行已经写过,一样的只算一次。请把这一行删去。",)

    def test_a_row_that_is_crossed_out(self) -> None:
        """Crossing out takes a row back."""
        found = entered(GOOD, struck=frozenset({("延期", 4, 1)}))
        assert (found.granted, found.results) == ({}, {4: "没有采用:划去了"})
        assert found.faults == (
            f"{WHERE}A4:这一行有内容划去了,按撤销的办,没有采用。要用的,取消删除线;不用的,整行删去。",
        )

    def test_titles_that_were_changed(self) -> None:
        """A sheet whose titles are not all there any more is told with those that are missing."""
        found = entered(GOOD, titles=("单位", "延期至", "批准", "理由"))
        assert (found.granted, found.table, found.unread, entered(GOOD).unread) == ({}, None, True, False)
        assert found.faults == (f"{WHERE}:找不到“批准人”,这张表没有采用。请恢复表头,再收一次表。",)

    def test_a_copy_of_the_sheet(self) -> None:
        """Of the sheet and its copy the one with the name counts, and the other is told."""
        copy = book(("法院", "2020-11-27", "张三", "停电"), sheet="延期 (2)")
        own = book(GOOD)
        both = RawBook(kind="xlsx", sheets=(*copy.sheets, *own.sheets), cells=(*copy.cells, *own.cells))
        found = read_extensions(both, the_notice())
        assert days(found) == {"法院": "2020-11-25"}
        assert found.faults[0].startswith("收到登记.xlsx “延期 (2)”:和“延期”一样是延期的表,只采用“延期”。")


@cache
def blank() -> bytes:
    return report_bytes(receipts_book(the_notice(), ()), the_notice().theme)


def test_the_blank_sheet() -> None:
    """The register that is issued has the sheet, with nothing in it to read and nothing to tell."""
    found = read_extensions(read(blank(), bounds=Bounds(rows=100)), the_notice())
    assert found.table
    assert (found.table.sheet, found.table.head, found.granted, found.faults) == ("延期", 3, {}, ())


class TestDeadlines:
    def test_days_of_a_unit(self) -> None:
        """An extension moves its unit's day, and its day for corrections where that would come before; no other unit's."""
        dates = the_notice().about.dates
        granted = {"法院": Extension(unit="法院", day=date(2020, 11, 25), by="张三", why="停电")}
        plain = Deadlines(dates=dates, extended=granted)
        assert (plain.of("法院"), plain.of("检察院")) == (date(2020, 11, 25), date(2020, 11, 20))
        assert plain.corrections("法院") is None
        for named, then in ((date(2020, 11, 23), date(2020, 11, 25)), (date(2020, 11, 30), date(2020, 11, 30))):
            own = Deadlines(dates=dates.model_copy(update={"corrections_due": named}), extended=granted)
            assert (own.corrections("法院"), own.corrections("检察院")) == (then, named)

    def test_objections(self) -> None:
        """A receipt names the catalogue's day, else that for corrections, else the form's; none before the unit's longer time."""
        dates = the_notice().about.dates
        granted = {"法院": Extension(unit="法院", day=date(2020, 11, 25), by="张三", why="停电")}
        for named, then in (
            ({}, 20),
            ({"corrections_due": 23}, 23),
            ({"corrections_due": 28, "objections_due": 24}, 24),
        ):
            days = {key: date(2020, 11, day) for key, day in named.items()}
            own = Deadlines(dates=dates.model_copy(update=days), extended=granted)
            assert own.objections("检察院") == date(2020, 11, then)
            assert own.objections("法院") == date(2020, 11, 25)
