"""Years, days and plans are found in texts, however they are written."""

from __future__ import annotations

from datetime import date

import pytest

from fazhi_xl.notice.years import plan_of, said_days, said_plans, said_years, weekday, year_like

WIDE = "\uff12\uff10\uff13\uff11"

YEARS: list[tuple[str, list[tuple[str, int]]]] = [
    ("2031年度工作,2030年的除外", [("2031", 2031), ("2030", 2030)]),
    ("示例办〔2031〕8号", [("2031", 2031)]),
    ("表号SL2031", [("2031", 2031)]),
    (f"{WIDE}年", [(WIDE, 2031)]),
    ("二〇三一年", [("二〇三一", 2031)]),
    ("二○三一,二零三○年", [("二○三一", 2031), ("二零三○", 2030)]),
    ("2031件、2,031元、120310人、2031.500公里", []),
    ("第2031次", []),
    ("二十年、一二三四五", []),
]


@pytest.mark.parametrize(("text", "found"), YEARS)
def test_years(text: str, found: list[tuple[str, int]]) -> None:
    """A year is found in figures of any width and in Chinese numerals; a number of things is none."""
    assert [(text[each.start : each.end], each.year) for each in said_years(text)] == found


RANGES: list[tuple[str, list[tuple[int, int | None, bool]]]] = [
    ("2030—2031年", [(2030, 2031, False), (2031, 2030, False)]),
    ("2030-2031学年", [(2030, 2031, False), (2031, 2030, False)]),
    ("规划(2026-2030年)", [(2026, 2030, True), (2030, 2026, True)]),
    ("二〇二六年至二〇三〇年", [(2026, 2030, True), (2030, 2026, True)]),
    ("2026年和2030年", [(2026, None, False), (2030, None, False)]),
]


@pytest.mark.parametrize(("text", "found"), RANGES)
def test_ranges(text: str, found: list[tuple[int, int | None, bool]]) -> None:
    """Each end of a range knows the other; one of more than two years is that of a plan."""
    assert [(each.year, each.other, each.spans_years) for each in said_years(text)] == found


DAYS: list[tuple[str, list[tuple[str, int | None, int, int, str]]]] = [
    ("于11月20日前报送", [("11月20日", None, 11, 20, "")]),
    ("2031年1月5日(星期日)起", [("2031年1月5日", 2031, 1, 5, "(星期日)")]),
    ("十一月二十日前(周四)", [("十一月二十日", None, 11, 20, "(周四)")]),
    ("二〇三一年十月三十一日", [("二〇三一年十月三十一日", 2031, 10, 31, "")]),
    ("1月1日至12月31日", [("1月1日", None, 1, 1, ""), ("12月31日", None, 12, 31, "")]),
    ("2031-11-20、2031.3.5", [("2031-11-20", 2031, 11, 20, ""), ("2031.3.5", 2031, 3, 5, "")]),
    ("每月15日、3个月、10日内", []),
]


@pytest.mark.parametrize(("text", "found"), DAYS)
def test_days(text: str, found: list[tuple[str, int | None, int, int, str]]) -> None:
    """A day is found with its year and its weekday, where they are written."""
    assert [
        (text[each.start : each.end], each.year, each.month, each.day, text[slice(*(each.weekday or (0, 0)))])
        for each in said_days(text)
    ] == found


def test_days_that_are_none() -> None:
    """A year may lack a day that another has."""
    (day,) = said_days("2月29日")
    assert (day.in_year(2032), day.in_year(2031)) == (date(2032, 2, 29), None)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“十四五”规划", [("十四五", 2021, False)]),
        ("十三五、十五五", [("十三五", 2016, False), ("十五五", 2026, False)]),
        ("“八五”普法规划", [("八五", 2021, True)]),
        ("二十五日,三五成群,七五折", []),
    ],
)
def test_plans(text: str, found: list[tuple[str, int, bool]]) -> None:
    """Five-year plans of the state and of legal education are known by their numbers."""
    assert [(text[each.start : each.end], each.first, each.law) for each in said_plans(text)] == found


def test_plan_of_a_year() -> None:
    """Each year has its plans."""
    assert [plan_of(year, law=False) for year in (2020, 2021, 2031)] == ["十三五", "十四五", "十六五"]
    assert [plan_of(year, law=True) for year in (2020, 2021)] == ["七五", "八五"]


@pytest.mark.parametrize(
    ("written", "now"),
    [("2031", "2040"), (WIDE, "\uff12\uff10\uff14\uff10"), ("二〇三一", "二〇四〇"), ("二零三一", "二零四零")],
)
def test_written_alike(written: str, now: str) -> None:
    """A year is written as the other one is."""
    assert year_like(written, 2040) == now


def test_weekday() -> None:
    """The week ends on Sunday."""
    assert [weekday(date(2031, 11, day)) for day in (20, 23)] == ["星期四", "星期日"]
