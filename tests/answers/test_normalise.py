"""What stands in a cell, as a value of the field's kind."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi_xl.answers.locate import Found
from fazhi_xl.answers.normalise import Normal, clean, normalise
from fazhi_xl.form.expression import Value, serial
from fazhi_xl.form.model import Field, Kind

WHOLE = Field(row="6.1.应出庭", column="填报", label="应出庭案件", kind=Kind.WHOLE, measure="件")
SCORE = Field(row="6.1", column="自评", label="自评分", kind=Kind.DECIMAL, measure="分")
YES_NO = Field(row="5.1.制度", column="填报", label="制度", kind=Kind.CHOICE, options=("是", "否", "不涉及"))
BONUS = Field(row="加分.01", column="情形", label="情形", kind=Kind.CHOICE, options=("①表彰奖励", "②经验推广"))
DAY = Field(row="18.3.起始", column="填报", label="起始日", kind=Kind.DATE)
TEXT = Field(row="6.1", column="说明", label="情况说明", kind=Kind.TEXT)


def found(kind: str, text: str, *, formula: bool = False) -> Found:
    return Found(sheet="任务分解表", cell="D7", kind=kind, text=text, formula=formula)


def of(field: Field, kind: str, text: str, *, date1904: bool = False) -> Normal:
    """Normalise twice: what was normalised before must not matter."""
    first = normalise(field, found(kind, text), date1904=date1904)
    assert normalise(field, found(kind, text), date1904=date1904) == first
    return first


Row = tuple[Field, str, str, Value, str | None]
# field, kind, stored text, value, what the note says it became (None: nothing was changed)

NUMBERS: list[Row] = [
    (WHOLE, "n", "5", 5, None),
    (WHOLE, "n", "0", 0, None),
    (WHOLE, "n", "5.0", 5, None),
    (WHOLE, "n", "-3", -3, None),
    (WHOLE, "n", "1E+3", 1000, None),
    (WHOLE, "s", "5", 5, None),
    (WHOLE, "s", " 5 ", 5, "5"),
    (WHOLE, "s", "１２", 12, "12"),
    (WHOLE, "s", "5件", 5, "5"),
    (WHOLE, "s", "5 件", 5, "5"),
    (WHOLE, "s", "５件　", 5, "5"),
    (WHOLE, "s", "1,234", 1234, "1234"),
    (WHOLE, "s", "1，234件", 1234, "1234"),
    (WHOLE, "s", "12,345,678", 12_345_678, "12345678"),
    (WHOLE, "s", "\u200b5", 5, "5"),
    (WHOLE, "s", "\ufeff5", 5, "5"),
    (WHOLE, "s", "\u00a05\u00a0", 5, "5"),
    (WHOLE, "s", "5\u200b0", 50, "50"),
    (WHOLE, "s", "-5", -5, None),
    (WHOLE, "s", "+5", 5, None),
    (WHOLE, "s", "0103", 103, None),
    (SCORE, "n", "0.5", Fraction(1, 2), None),
    (SCORE, "n", "0.30000000000000004", Fraction(3, 10), None),
    (SCORE, "n", "8.4500000001", Fraction(169, 20), None),
    (SCORE, "n", "0.125", Fraction(1, 8), None),
    (SCORE, "n", "0.3000001", Fraction("0.3000001"), None),
    (SCORE, "s", "０．５", Fraction(1, 2), "0.5"),
    (SCORE, "s", "0.5分", Fraction(1, 2), "0.5"),
    (SCORE, "s", "1,234.5分", Fraction(2469, 2), "1234.5"),
]

ASKED_BACK: list[Row] = [
    # What may mean something else stays as it was typed.
    (WHOLE, "s", "约5", "约5", None),
    (WHOLE, "s", "5左右", "5左右", None),
    (WHOLE, "s", "≥5", "≥5", None),
    (WHOLE, "s", "5次", "5次", None),
    (WHOLE, "s", "3-5", "3-5", None),
    (WHOLE, "s", "八", "八", None),
    (WHOLE, "s", "无", "无", None),
    (WHOLE, "s", "/", "/", None),
    (WHOLE, "s", "—", "—", None),
    (WHOLE, "s", "不涉及", "不涉及", None),
    (WHOLE, "s", "12,34", "12,34", None),
    (WHOLE, "s", "8，5", "8，5", None),
    (WHOLE, "s", "1 234", "1 234", None),
    (WHOLE, "s", "5\t6", "5\t6", None),
    (WHOLE, "s", "5\n6", "5\n6", None),
    (WHOLE, "s", "10²", "10²", None),
    (WHOLE, "s", "①", "①", None),
    (WHOLE, "s", "½", "½", None),
    (WHOLE, "s", "1e3", "1e3", None),
    (WHOLE, "s", "=1+1", "=1+1", None),
    (WHOLE, "s", " 约5 ", "约5", "约5"),
    (WHOLE, "b", "1", "TRUE", None),
    (WHOLE, "b", "0", "FALSE", None),
    (WHOLE, "e", "#REF!", "#REF!", None),
    (WHOLE, "d", "2020-03-05", "2020-03-05", None),
    (WHOLE, "n", "1000000000000000", "1000000000000000", None),
    (SCORE, "s", "9。5", "9。5", None),
    (SCORE, "s", ".5", ".5", None),
    (SCORE, "s", "95%", "95%", None),
    (SCORE, "s", "0.5.1", "0.5.1", None),
]

BLANKS: list[Row] = [
    (field, "s", text, None, None)
    for field in (WHOLE, SCORE, YES_NO, DAY, TEXT)
    for text in ("", " ", "\u00a0", "　", "\u200b", "\ufeff \n\t")
]

CHOICES: list[Row] = [
    (YES_NO, "s", "是", "是", None),
    (YES_NO, "s", "是 ", "是", "是"),
    (YES_NO, "s", "是\u00a0", "是", "是"),
    (YES_NO, "s", "\u200b是", "是", "是"),
    (YES_NO, "s", "不涉及", "不涉及", None),
    (YES_NO, "s", "√", "是", "是"),
    (YES_NO, "s", "✓", "是", "是"),
    (YES_NO, "s", "✔", "是", "是"),
    (YES_NO, "s", "Y", "是", "是"),
    (YES_NO, "s", "Ｙ", "是", "是"),
    (YES_NO, "s", "yes", "是", "是"),
    (YES_NO, "s", "×", "否", "否"),
    (YES_NO, "s", "✗", "否", "否"),
    (YES_NO, "s", "N", "否", "否"),
    (YES_NO, "s", "no", "否", "否"),
    (YES_NO, "b", "1", "是", "是"),
    (YES_NO, "b", "0", "否", "否"),
    (YES_NO, "s", "TRUE", "是", "是"),
    (YES_NO, "s", "是否", "是否", None),
    (YES_NO, "s", "是(部分)", "是(部分)", None),
    (YES_NO, "s", "有", "有", None),
    (YES_NO, "s", "无", "无", None),
    (YES_NO, "n", "1", "1", None),
    (YES_NO, "n", "0", "0", None),
    (YES_NO, "e", "#N/A", "#N/A", None),
    (BONUS, "s", "①表彰奖励", "①表彰奖励", None),
    (BONUS, "s", "1表彰奖励", "①表彰奖励", "①表彰奖励"),
    (BONUS, "s", "√", "√", None),
    (BONUS, "b", "1", "TRUE", None),
]

DATES: list[Row] = [
    (DAY, "n", "43895", date(2020, 3, 5), None),
    (DAY, "n", "43895.0", date(2020, 3, 5), None),
    (DAY, "n", "43895.75", date(2020, 3, 5), "2020-03-05"),
    (DAY, "n", "20200305", date(2020, 3, 5), "2020-03-05"),
    (DAY, "n", "20200305.0", date(2020, 3, 5), "2020-03-05"),
    (DAY, "d", "2020-03-05", date(2020, 3, 5), None),
    (DAY, "d", "2020-03-05T00:00:00", date(2020, 3, 5), None),
    (DAY, "d", "2020-03-05T12:30:00", date(2020, 3, 5), "2020-03-05"),
    (DAY, "s", "2020-3-5", date(2020, 3, 5), "2020-03-05"),
    (DAY, "s", "2020-03-05", date(2020, 3, 5), None),
    (DAY, "s", "2020.3.5", date(2020, 3, 5), "2020-03-05"),
    (DAY, "s", "2020/3/5", date(2020, 3, 5), "2020-03-05"),
    (DAY, "s", "2020年3月5日", date(2020, 3, 5), "2020-03-05"),
    (DAY, "s", "2020年 3月 5日", date(2020, 3, 5), "2020-03-05"),
    (DAY, "s", "２０２０年３月５日", date(2020, 3, 5), "2020-03-05"),
    (DAY, "s", "20200305", date(2020, 3, 5), "2020-03-05"),
    (DAY, "s", "2020-02-29", date(2020, 2, 29), None),
    # asked back
    (DAY, "s", "2019-02-29", "2019-02-29", None),
    (DAY, "s", "2020-13-1", "2020-13-1", None),
    (DAY, "s", "20201301", "20201301", None),
    (DAY, "s", "3月5日", "3月5日", None),
    (DAY, "s", "3-5", "3-5", None),
    (DAY, "s", "2020年3月", "2020年3月", None),
    (DAY, "s", "2020.3", "2020.3", None),
    (DAY, "s", "5/3/2020", "5/3/2020", None),
    (DAY, "s", "43895", "43895", None),
    (DAY, "s", "民国109年3月5日", "民国109年3月5日", None),
    (DAY, "s", "一季度", "一季度", None),
    (DAY, "e", "#VALUE!", "#VALUE!", None),
    (DAY, "b", "1", "TRUE", None),
    (DAY, "d", "12:30:00", "12:30:00", None),
    (DAY, "n", "95", 95, None),
    (DAY, "n", "2020.3", Fraction("2020.3"), None),
    (DAY, "n", "0", 0, None),
    (DAY, "n", "-1", -1, None),
    (DAY, "n", "20201301", 20_201_301, None),
    (DAY, "n", "20200305.5", Fraction("20200305.5"), None),
]

TEXTS: list[Row] = [
    (TEXT, "s", "已落实", "已落实", None),
    (TEXT, "s", " 已落实\n ", "已落实", "已落实"),
    (TEXT, "s", "第一条\r\n第二条", "第一条\n第二条", "第一条\n第二条"),
    (TEXT, "s", "甲\t乙", "甲\t乙", None),
    (TEXT, "s", "甲\x07乙", "甲乙", "甲乙"),
    (TEXT, "s", "=1+1", "=1+1", None),
    (TEXT, "s", "0103", "0103", None),
    (TEXT, "s", "１２", "１２", None),
    (TEXT, "n", "13800138000", "13800138000", None),
    (TEXT, "n", "13800138000.0", "13800138000", None),
    (TEXT, "n", "0", "0", None),
    (TEXT, "b", "1", "TRUE", None),
    (TEXT, "s", "不涉及", "不涉及", None),
    (TEXT, "d", "2020-03-05", "2020-03-05", None),
]


@pytest.mark.parametrize(
    ("field", "kind", "text", "value", "shown"), [*NUMBERS, *ASKED_BACK, *BLANKS, *CHOICES, *DATES, *TEXTS]
)
def test_values(field: Field, kind: str, text: str, value: Value, shown: str | None) -> None:
    """What is certain is read, and said if it was changed; anything else stays as typed, and blank stays blank."""
    assert of(field, kind, text) == Normal(value, shown)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("n", "42433", date(2020, 3, 5)),
        ("n", "20200305", date(2020, 3, 5)),
        ("d", "2020-03-05", date(2020, 3, 5)),
        ("s", "2020-3-5", date(2020, 3, 5)),
        ("n", "95", 95),
    ],
)
def test_days_counted_from_1904(kind: str, text: str, value: Value) -> None:
    """An old Mac's workbook counts its days 1462 later; only the numbers of days are moved."""
    assert of(DAY, kind, text, date1904=True).value == value


def test_no_kind_of_blank_is_a_zero() -> None:
    """Blank, 0 and 不涉及 are three answers."""
    values = [of(WHOLE, "s", "").value, of(WHOLE, "n", "0").value, of(WHOLE, "s", "不涉及").value]
    assert values == [None, 0, "不涉及"]


@given(st.text(max_size=12))
def test_text_never_becomes_a_number_without_digits(text: str) -> None:
    """Whatever is typed, a number comes only of digits, and zero only of zeros."""
    value = of(WHOLE, "s", text).value
    if isinstance(value, int | Fraction):
        digits = [unicodedata.digit(c) for c in text if c.isdigit()]
        assert digits
        assert value != 0 or not any(digits)
    else:
        assert value is None or value == clean(text)


@given(st.text(max_size=30))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    """What was cleaned is clean, and nothing visible is lost."""
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert [c for c in cleaned if c.isalnum()] == [c for c in text if c.isalnum()]


@given(st.integers(-(10**12), 10**12))
def test_whole_numbers_come_back(number: int) -> None:
    """A number comes back however it was stored: as a number, as text, with separators, with its unit."""
    assert of(WHOLE, "n", str(number)).value == number
    assert of(WHOLE, "s", f"{number:,} 件").value == number


@given(st.decimals(min_value=0, max_value=99_999, places=2))
def test_decimals_come_back_from_binary_fractions(number: Decimal) -> None:
    """Two places come back exactly from what a spreadsheet stores of them, noise of its own computing included."""
    assert of(SCORE, "n", repr(float(number))).value == Fraction(number)
    assert of(SCORE, "n", repr(float(number) + 1e-10)).value == Fraction(number)
    assert of(SCORE, "s", str(number)).value == Fraction(number)


@given(st.decimals(min_value=0, max_value=999, places=6))
def test_further_places_are_kept(number: Decimal) -> None:
    """More places than the field takes are never rounded away: the check sees them."""
    assert of(SCORE, "n", str(number)).value == Fraction(number)


@given(
    st.dates(date(1960, 1, 1), date(2060, 1, 1)),
    st.sampled_from(["{}-{}-{}", "{}.{}.{}", "{}/{:02}/{:02}", "{}年{}月{}日"]),
)
def test_dates_come_back(day: date, pattern: str) -> None:
    """A day comes back from its number, its eight digits, its ISO form, and however it is written year first."""
    written = pattern.format(day.year, day.month, day.day)
    stored = [("n", str(serial(day))), ("n", f"{day:%Y%m%d}"), ("d", day.isoformat()), ("s", written)]
    assert {of(DAY, kind, text).value for kind, text in stored} == {day}
    moved = str(serial(day - timedelta(days=1462)))
    assert of(DAY, "n", moved, date1904=True).value == day
