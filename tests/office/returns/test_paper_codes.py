"""纸质校验码: what the office reads off the stamped paper is held against the code of the file, and kept as it was typed."""

from __future__ import annotations

import pytest

from fazhi_xl.form.sheets.unit.content_code import FRONT
from fazhi_xl.reports.filing.returns import returns_sheet
from fazhi_xl.reports.media.workbook import Table
from tests.office.returns.test_receipt_register import enter, path, run
from tests.support.offices import FIRST, Office
from tests.support.once import Staged
from tests.support.packages import Package

FILE = "2020-11-18/表.xlsx"


@pytest.fixture
def one(staged: Staged) -> Office:
    """Give an office with a return and its register."""
    return staged("paper", _receive)


def _receive(office: Office) -> None:
    office.receive(FILE, office.filled(FIRST))
    assert run(office) == []


def code(office: Office) -> str:
    """Give the code that the unit's program shows over its answers."""
    return str(office.forms[FIRST].shape.evaluator(office.good(FIRST)).field(FRONT))


def shown(office: Office) -> tuple[str, str]:
    cells = Package(path(office)).sheets["收到登记"].cells
    return cells["H4"].text or "", (cells["I4"].text or "") if "I4" in cells else ""


def test_the_register_shows_the_files_code(one: Office) -> None:
    """The code computed over the file stands in the register and in 报送情况, beside room for that of the paper."""
    assert shown(one) == (code(one), "")
    table = returns_sheet(one.collect()).blocks[-1]
    assert isinstance(table, Table)
    assert [row[-2] for row in table.rows if row[1] == FIRST] == [code(one)]
    assert table.columns[-2].title == "内容校验码"


@pytest.mark.parametrize("typed", [" {1} ", "{2}-{3}"])
def test_the_same_code(one: Office, typed: str) -> None:
    """The same code, however it is typed, says nothing and stays as it was typed."""
    right = code(one)
    entered = typed.format(right, right.lower(), right[:3], right[3:])
    enter(one, "I4", entered)
    assert run(one) == []
    assert one.codes(FILE) == []
    assert shown(one)[1] == entered


def test_another_code(one: Office) -> None:
    """Another code on the paper is asked about: both are named, and what to do; the return counts, and the entry stays for the next run."""
    enter(one, "I4", "ABCDEF")
    run(one)
    (found,) = one.file(FILE)["findings"]
    assert (found["code"], found["severity"], found["value"]) == ("paper-differs", "confirm", "ABCDEF")
    assert code(one) in found["message"]
    assert one.statuses() == {FILE: "accepted_with_notes"}
    run(one)
    assert one.codes(FILE) == ["paper-differs"]


def test_what_is_no_code(one: Office) -> None:
    """What is no code is told with its row and not compared; it stays where it was typed."""
    enter(one, "I4", "K7Q")
    assert run(one) == ["收到登记.xlsx 第4行:纸质校验码“K7Q”不是六位字母和数字,例如 K7QF4M,没有采用。"]
    assert one.codes(FILE) == []
    assert shown(one)[1] == "K7Q"
