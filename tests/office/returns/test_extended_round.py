"""A round in which a unit has more time: the register as the office left it, and all that follows the longer time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from io import BytesIO

import openpyxl
import pytest
from openpyxl.styles import PatternFill
from openpyxl.workbook import Workbook

from fazhi_xl.office.commands.collect import CollectOrder, collect
from fazhi_xl.office.commands.invented_extensions import enter_extensions
from fazhi_xl.office.workspace.issued_round import issued_round
from fazhi_xl.rounds.deadlines import Extension
from tests.support.offices import FIRST, SECOND, THIRD, Office
from tests.support.once import Staged
from tests.support.progress import Heard

NOW = datetime(2020, 11, 24, 9).astimezone()
REGISTER, SHEET = "收到登记.xlsx", "延期"
YELLOW = PatternFill("solid", start_color="FFFFFF00", end_color="FFFFFF00")


def run(office: Office) -> list[str]:
    """Collect, and give what was said."""
    heard = Heard()
    collect(office.notice, office.space, CollectOrder(), heard, now=NOW)
    return list(heard.lines)


def book(office: Office) -> Workbook:
    return openpyxl.load_workbook(BytesIO((office.root / REGISTER).read_bytes()))


def edit(office: Office, change: Callable[[Workbook], object]) -> None:
    """Edit the register as somebody does in Excel."""
    held = book(office)
    change(held)
    held.save(office.root / REGISTER)


def grant(unit: str, day: str = "2020.11.25", by: str = "张三", why: str = "机构改革") -> Callable[[Workbook], None]:
    def change(held: Workbook) -> None:
        for column, value in zip("ABCD", (unit, day, by, why), strict=True):
            held[SHEET][f"{column}4"] = value

    return change


def late(office: Office) -> None:
    office.receive(f"2020-11-23/{FIRST}.xlsx", office.filled(FIRST))
    office.receive(f"2020-11-23/{SECOND}.xlsx", office.filled(SECOND))


def late_and_collected(office: Office) -> None:
    late(office)
    run(office)


def granted_first(office: Office) -> None:
    """Grant the first unit more time before anything came, then receive two returns after the notice's day."""
    edit(office, grant(FIRST))
    late(office)
    assert run(office) == []


@pytest.fixture
def extended(staged: Staged) -> Office:
    return staged("extended", granted_first)


def test_granted_before_anything_came(extended: Office) -> None:
    """The register is there from the first issue on; who keeps to the longer time is in time, and another unit is not."""
    assert extended.codes(f"2020-11-23/{FIRST}.xlsx") == []
    assert extended.codes(f"2020-11-23/{SECOND}.xlsx") == ["received-late"]
    assert extended.unit(FIRST)["extended"] == {"until": "2020-11-25", "by": "张三", "why": "机构改革"}
    assert extended.unit(SECOND)["extended"] is None


def test_the_longer_time_is_over(staged: Staged) -> None:
    """Once a longer time has gone by its unit is reminded as others are, though nothing else changed; before that nothing is new."""
    office = staged("extended", granted_first)
    edit(office, grant(THIRD))
    run(office)
    assert office.collect(now=NOW + timedelta(days=1)).generated == NOW
    assert office.collect(now=NOW + timedelta(days=2)).generated == NOW + timedelta(days=2)
    assert office.collect(now=NOW + timedelta(days=3)).generated == NOW + timedelta(days=2)


def test_granted_after_the_return_came(staged: Staged) -> None:
    """An extension that is entered after the return came counts too, and one that is taken back does no longer."""
    office = staged("late", late_and_collected)
    assert office.codes(f"2020-11-23/{FIRST}.xlsx") == ["received-late"]
    edit(office, grant(FIRST))
    assert run(office) == []
    assert office.codes(f"2020-11-23/{FIRST}.xlsx") == []
    edit(office, lambda held: held[SHEET].delete_rows(4))
    assert run(office) == []
    assert office.codes(f"2020-11-23/{FIRST}.xlsx") == ["received-late"]


def test_a_table_that_is_not_used(extended: Office) -> None:
    """Where a title of the sheet was changed nothing in it is used, and the run ends with status 1 until it is put right."""
    assert not extended.collect(now=NOW).needs_attention
    edit(extended, lambda held: held[SHEET].__setitem__("C3", "谁批的"))
    assert extended.collect(now=NOW).needs_attention
    assert extended.codes(f"2020-11-23/{FIRST}.xlsx") == ["received-late"]


def test_late_all_the_same(extended: Office) -> None:
    """Who comes after the longer time is late by that day."""
    edit(extended, grant(FIRST, "2020-11-22"))
    run(extended)
    (found,) = extended.file(f"2020-11-23/{FIRST}.xlsx")["findings"]
    assert found["message"] == "收到日期2020-11-23晚于截止日期2020-11-22(延期后的),按迟报登记。"


def test_what_the_office_made_of_the_register_stays(extended: Office) -> None:
    """Colours, widths, comments, columns, sorted rows and sheets of the office's own stay; outcomes and new files are added."""

    def dress(held: Workbook) -> None:
        sheet = held["收到登记"]
        sheet["I3"], sheet["I5"] = "备注", "已电话核实"
        sheet["A4"].fill = YELLOW
        sheet.column_dimensions["B"].width = 33
        held[SHEET]["A4"].fill = YELLOW
        held[SHEET].title = "延期名单"
        held.create_sheet("我的")["A1"] = "x"

    edit(extended, dress)
    extended.receive(f"2020-11-24/{THIRD}.xlsx", extended.filled(THIRD))
    assert run(extended) == []
    held = book(extended)
    sheet = held["收到登记"]
    assert [sheet[cell].value for cell in ("B4", "B5", "I5", "B6")] == [FIRST, SECOND, "已电话核实", THIRD]
    assert (sheet["A4"].fill.start_color.rgb, sheet.column_dimensions["B"].width) == ("FFFFFF00", 33)
    assert held["延期名单"]["A4"].fill.start_color.rgb == "FFFFFF00"
    assert held["延期名单"]["E4"].value == "报送期限延至2020年11月25日"
    assert sheet.auto_filter.ref == "A3:J6"
    assert [each for each in held.sheetnames if held[each].sheet_state == "visible"] == ["收到登记", "延期名单", "我的"]


def test_entered_by_the_program(extended: Office) -> None:
    """What a rehearsal enters stands below what is there, and is granted."""
    more = Extension(unit=SECOND, day=date(2020, 11, 26), by="李四", why="停电")
    enter_extensions(issued_round(extended.notice, extended.space), [more])
    assert run(extended) == []
    assert extended.codes(f"2020-11-23/{SECOND}.xlsx") == []
    assert [book(extended)[SHEET][f"{letter}5"].value for letter in "ABCD"] == [SECOND, "2020-11-26", "李四", "停电"]


def test_nothing_new_changes_nothing(extended: Office) -> None:
    """A register that says all already is not written again."""
    before = (extended.root / REGISTER).read_bytes()
    assert run(extended) == []
    assert (extended.root / REGISTER).read_bytes() == before


def test_faults_stop_nothing(extended: Office) -> None:
    """A row that is wrong is told in a line, grants nothing, stands as it was typed, and says in its last column what is wrong."""
    edit(extended, grant(FIRST, by=""))
    assert run(extended) == ["收到登记.xlsx “延期”C4:“批准人”空着,不算已经批准,没有采用。请写批准人的姓名。"]
    assert extended.codes(f"2020-11-23/{FIRST}.xlsx") == ["received-late"]
    assert [book(extended)[SHEET][f"{letter}4"].value for letter in "ABE"] == [
        FIRST,
        "2020.11.25",
        "没有采用:批准人要改",
    ]


def test_a_register_without_the_sheet(extended: Office) -> None:
    """A register of an earlier version, or one whose sheet was deleted, gets the sheet, blank, and keeps what it has."""
    edit(extended, lambda held: held.remove(held[SHEET]))
    assert run(extended) == []
    assert book(extended).sheetnames[:2] == ["收到登记", SHEET]
    assert [cell.value for cell in book(extended)[SHEET][3]] == ["单位", "延期至", "批准人", "理由", "结果"]
    assert extended.codes(f"2020-11-23/{FIRST}.xlsx") == ["received-late"]


def test_heads_out_of_sight(extended: Office) -> None:
    """A table that was moved too far down to be updated is read, left as it is, and told."""

    def move(held: Workbook) -> None:
        held[SHEET].insert_rows(1, 20)
        held[SHEET]["A30"] = "法元"

    edit(extended, move)
    before = (extended.root / REGISTER).read_bytes()
    fault, *_, left = run(extended)
    assert fault.startswith("收到登记.xlsx “延期”A30:通知里没有“法元”这个单位")
    assert left.startswith("收到登记.xlsx “延期”的表头在第23行,程序只在前15行、前200栏里找,没有更新它。")
    assert (extended.root / REGISTER).read_bytes() == before
