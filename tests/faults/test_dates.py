"""Faults 26 to 37: days, percentages, and numbers that a client took for days."""

from __future__ import annotations

import re

import pytest

from tests.faults.entries import ASKED, COUNT, DAY, FINE, MONEY, NOTED, SCORE, changed, entered
from tests.faults.fault import Fault, assert_fault
from tests.support.edits import with_parts
from tests.support.offices import Office
from tests.support.packages import Package
from tests.support.returns import Answer, Typed

UNTESTED = {
    37: "a number format is not read: the stored value counts, and a scaling format leaves it as it was typed",
}


def asked(no: int, text: Answer, code: str = "date-wrong", field: str = DAY) -> Fault:
    return entered(no, repr(text), {field: text}, ASKED, (code, field))


def tidied(no: int, text: Answer) -> Fault:
    return entered(no, repr(text), {DAY: text}, NOTED, ("value-normalised", DAY))


def since_1904(good: bytes) -> bytes:
    """Let the workbook count its days from 1904, and its numbers be those of the same days."""
    parts = Package(good).parts
    book = re.sub(rb"<workbookPr[^>]*/>", b'<workbookPr date1904="1"/>', parts["xl/workbook.xml"])
    sheets = {
        name: re.sub(
            rb"<v>(43[0-9]{3}|44[01][0-9]{2})</v>", lambda number: b"<v>%d</v>" % (int(number[1]) - 1462), data
        )
        for name, data in parts.items()
        if name.startswith("xl/worksheets/sheet")
    }
    return with_parts(good, {"xl/workbook.xml": book, **sheets})


FAULTS: tuple[Fault, ...] = (
    *(tidied(26, text) for text in ("2020.3.5", "2020/3/5", "2020年3月5日", "20200305", Typed("n", "20200305"))),
    *(asked(27, text, "date-without-day") for text in ("2020.3", "2020年3月", "3月", "一季度", "2020-3")),
    asked(27, Typed("n", "2020.3"), "date-without-day"),
    asked(28, Typed("n", "46086"), "date-other-year"),
    *(asked(28, text, "date-without-year") for text in ("3-5", "3/5", "3月5日")),
    entered(29, "a day's number", {DAY: Typed("n", "43895")}, FINE),
    changed(30, "days counted from 1904", since_1904, NOTED, ("old-mac-dates", None)),
    asked(31, Typed("n", "95")),
    tidied(31, Typed("n", "20200305.0")),
    asked(31, Typed("n", "20201305")),
    asked(32, Typed("n", "60")),
    asked(32, Typed("n", "-1")),
    asked(32, Typed("n", "0.229")),
    asked(32, Typed("d", "12:30:00")),
    asked(33, "2021-3-5", "date-other-year"),
    asked(33, "1979-12-31"),
    asked(33, "民国109年3月5日"),
    asked(33, "令和2年3月5日"),
    asked(33, "正月初五"),
    asked(34, "95%", "number-share", SCORE),
    asked(34, Typed("n", "95"), "number-wrong", SCORE),
    asked(35, Typed("n", "46244"), "number-is-date", SCORE),
    asked(35, Typed("d", "2026-08-10"), "number-is-date", SCORE),
    entered(35, "a count that is a day's number", {COUNT: Typed("n", "46244")}, NOTED, ("number-like-date", COUNT)),
    entered(35, "money that is a day's number", {MONEY: Typed("n", "46244")}, NOTED, ("number-like-date", MONEY)),
    asked(36, "½", "number-meant", SCORE),
    asked(36, "1/2", "number-meant", SCORE),
    asked(36, Typed("n", "46024"), "number-is-date", SCORE),
)


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_fault(office: Office, fault: Fault, times: int) -> None:
    """Each fault sets off exactly what is written beside it."""
    assert_fault(office, fault, times)
