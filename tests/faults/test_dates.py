"""Faults 26 to 37: days, percentages, and numbers that a client took for days."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import cycle

import pytest
from openpyxl.workbook import Workbook

from tests.faults.entries import (
    ASKED,
    COUNT,
    DAY,
    FINE,
    MONEY,
    NAME,
    NOTED,
    REMARK,
    SCORE,
    SHAPE,
    YES_NO,
    cell,
    changed,
    entered,
)
from tests.faults.fault import Fault, assert_fault
from tests.support.edits import edited, with_parts
from tests.support.offices import Office
from tests.support.packages import Package
from tests.support.returns import Answer, Typed


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


def chinese(number: int) -> str:
    """Write a number below 100 as a date does: 十一, 二十五."""
    tens, ones = divmod(number, 10)
    return f"{FIGURES[tens] if tens > 1 else ''}{'十' if tens else ''}{FIGURES[ones] if ones else ''}"


FIGURES = "〇一二三四五六七八九"
WEEKDAYS = "一二三四五六日"


def spellings(day: date) -> tuple[str, ...]:
    """Give what programs and people write for a day of which there is no doubt."""
    year = "".join(FIGURES[int(each)] for each in str(day.year))
    weekday = WEEKDAYS[day.weekday()]
    return (
        f"{day:%Y}/{day.month}/{day.day} 0:00",
        f"{day}T00:00:00",
        f"{day} 09:30",
        f"{day}T08:00:00+08:00",
        f"{year}年{chinese(day.month)}月{chinese(day.day)}日",
        f"{day:%Y}年{day.month}月{day.day}日星期{weekday}",
        f"{day:%Y.%m.%d}(周{weekday})",
        f"{day:%Y}年{day.month}月{day.day}日。",
        str((day - date(1899, 12, 30)).days),
        f"'{day}",
        f"{day.day} {day:%B} {day.year}",
    )


def doubtful(day: date) -> tuple[str, ...]:
    """Give what is likely that day, and may be another."""
    return (
        f"{day} 星期{WEEKDAYS[day.weekday() - 1]}",
        f"{day - timedelta(1)}T16:00:00.000Z",
        f"{day:%Y}年{day.month}月{day.day}日印发",
        f"{day:%y}.{day.month}.{day.day}",
        f"{day.month}/{day.day}/{day.year}",
        f"{day:%Y} {day.month} {day.day}",
    )


def seen(field: str, number: float, code: str, status: str, *told: tuple[str, str]) -> Fault:
    """Make the fault of a number under a number format."""

    def edit(book: Workbook) -> None:
        held = book[SHAPE.places[field].sheet][cell(field)]
        held.value, held.number_format = number, code

    found = [(each, cell(at)) for each, at in told]
    return changed(37, f"{number} as {code}", lambda good: edited(good, edit), status, *found)


AS_SEEN = (
    (REMARK, 44140, "yyyy/m/d"),
    (NAME, 44140, 'yyyy"年"m"月"d"日"'),
    (REMARK, 0.375, "h:mm"),
    (NAME, 7, '"苏政发"000'),
    (REMARK, 12, '"第"0"号"'),
    ("联络.分管领导.手机号码", 13800138000, "000-0000-0000"),
    (REMARK, 0.95, "0%"),
)
NOT_TOLD = ((REMARK, 1.5, "[h]:mm"), (NAME, 12000, '0.0,"万元"'), (REMARK, 5, ";;;"))
NO_DAY = ((COUNT, 5, "yyyy/m/d"), (MONEY, 8.5, 'm"月"d"日"'), (SCORE, 0.5, "h:mm"))
MONTHS = ((44136, 'yyyy"年"m"月"'), (43891, "mmm-yy"))
DAYS = [date(2020, 1, 1) + timedelta(37 * no) for no in range(9)]
PLACES = (DAY, "台账.002.日期", "台账.003.日期")
WRITTEN = [spellings(DAYS[no % 9])[no] for no in range(len(spellings(DAYS[0])))]  # each spelling with another day
MEANT = [doubtful(DAYS[-no])[no] for no in range(len(doubtful(DAYS[0])))]

FAULTS: tuple[Fault, ...] = (
    *(
        entered(26, text, {place: text}, NOTED, ("value-normalised", place))
        for text, place in zip(WRITTEN, cycle(PLACES), strict=False)
    ),
    *(asked(28, text, "date-meant", place) for text, place in zip(MEANT, cycle(PLACES), strict=False)),
    *(tidied(26, text) for text in ("2020.3.5", "2020/3/5", "2020年3月5日", "20200305", Typed("n", "20200305"))),
    *(asked(27, text, "date-without-day") for text in ("2020.3", "2020年3月", "3月", "一季度", "2020-3")),
    asked(27, Typed("n", "2020.3"), "date-without-day"),
    asked(28, Typed("n", "46086"), "date-other-year"),
    *(asked(28, text, "date-without-year") for text in ("3-5", "3/5", "3月5日")),
    entered(29, "a day's number", {DAY: Typed("n", "43895")}, FINE),
    changed(30, "days counted from 1904", since_1904, NOTED, ("old-mac-dates", None)),
    *(seen(field, number, code, NOTED, ("value-normalised", field)) for field, number, code in AS_SEEN),
    *(seen(field, number, code, NOTED, ("number-under-format", field)) for field, number, code in NOT_TOLD),
    *(seen(field, number, code, NOTED, ("number-shown-as", field)) for field, number, code in NO_DAY),
    *(seen(DAY, number, code, ASKED, ("date-without-day", DAY)) for number, code in MONTHS),
    seen(COUNT, 44140, "yyyy/m/d", NOTED, ("number-like-date", COUNT)),
    seen(COUNT, 38000, "m-d", NOTED, ("number-like-date", COUNT)),
    seen(SCORE, 38000, "yyyy/m/d", ASKED, ("number-is-date", SCORE)),
    seen(YES_NO, 1, '"是";;"否"', NOTED, ("value-normalised", YES_NO)),
    seen(REMARK, 44140, "#,##0.00", FINE),
    seen(COUNT, 5, '0"次"', FINE),
    seen(COUNT, 5, "000", FINE),
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
