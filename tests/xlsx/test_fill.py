"""An issued workbook filled in by a program keeps what was issued, and takes what was entered as what it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from fazhi_xl.notice.model import Notice
from fazhi_xl.xlsx.fill import CellEntry, fill
from fazhi_xl.xlsx.reader import read
from tests.support.offices import FIRST, Office, few
from tests.support.packages import Package

TABLE = "任务分解表"


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory, notice: Notice) -> bytes:
    office = Office(few(notice, (FIRST,)), tmp_path_factory.mktemp("one"))
    office.issue()
    return office.issued(FIRST)


def cell(workbook: bytes, at: tuple[int, int]) -> tuple[str, str, bool]:
    found: Iterator[tuple[str, str, bool]] = (
        (kind, text, formula)
        for sheet, row, column, kind, text, formula in read(workbook).cells
        if (sheet, row, column) == (TABLE, *at)
    )
    return next(found)


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (3, "n", "3"),
        (8.5, "n", "8.5"),
        (date(2020, 11, 18), "n", "44153"),
        ("是", "s", "是"),
        ("=1+1", "s", "=1+1"),
        ("0103", "s", "0103"),
        ("#N/A", "s", "#N/A"),
    ],
)
def test_values(issued: bytes, value: str | float | date, kind: str, text: str) -> None:
    """A number, a date and a text arrive as such; a text that looks like a formula or an error stays text."""
    assert cell(fill(issued, [(TABLE, "D7", value)]), (7, 4)) == (kind, text, False)


def test_the_rest_stays(issued: bytes) -> None:
    """Protection, validations, defined names and formulas are those of the issued workbook."""
    entries: list[CellEntry] = [(TABLE, "D7", "是")]
    before, after = Package(issued), Package(fill(issued, entries))
    assert dict(after.names).keys() >= dict(before.names).keys() - {"_xlnm.Print_Titles"}
    for name, part in before.sheets.items():
        assert after.sheets[name].one("sheetProtection")["sheet"] == "1"
        assert len(after.sheets[name].validations) == len(part.validations)
        formulas = {at: each.formula for at, each in part.cells.items() if each.formula}
        assert {at: each.formula for at, each in after.sheets[name].cells.items() if each.formula} == formulas
