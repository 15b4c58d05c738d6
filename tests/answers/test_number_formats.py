"""Numbers whose format shows something else: words are read as they are seen, numbers and days are asked about."""

from __future__ import annotations

from datetime import date

import pytest

from fazhi_xl.answers.doubts import Doubt, DoubtContext, doubt
from fazhi_xl.answers.located import Found, fill_in
from fazhi_xl.answers.normalise import Normal, normalise
from fazhi_xl.answers.read import read_answers
from fazhi_xl.cells import CellKind
from fazhi_xl.findings import Code
from fazhi_xl.form.expression import Value
from fazhi_xl.form.model import Field
from fazhi_xl.notice.choices import Kind
from tests.answers.test_doubts import DAY, PAGES, SCORE, SHARE, TEXT, WHOLE, YES_NO
from tests.support.campaign import shape_of
from tests.support.returns import Typed, located, returned, right

PHONE = Field(row="联络", column="手机号码", label="手机号码", kind=Kind.TEXT, private=True)
SETTING, OLD_MAC = DoubtContext(year=2020), DoubtContext(year=2020, date1904=True)
Row = tuple[Field, str, str, Value, str | None, Doubt | None]
# field, stored number, its format, value, what the note says it became, the doubt


def told_as(code: Code, **words: str) -> Doubt:
    return Doubt(code, words)


NOVEMBER = {"day": "2020年11月5日", "typed": "11-5"}
ROWS: tuple[Row, ...] = (
    (TEXT, "44140", "yyyy/m/d", "2020/11/5", "2020/11/5", None),
    (TEXT, "0.375", "h:mm", "9:00", "9:00", None),
    (TEXT, "7", '"苏政发"000', "苏政发007", "苏政发007", None),
    (TEXT, "0.5", "0%", "50%", "50%", None),
    (TEXT, "44140", "", "44140", None, None),
    (TEXT, "8.0999999999999996", "", "8.1", None, None),
    (TEXT, "0.30000000000000004", "", "0.3", None, None),
    (TEXT, "1E+2", "", "100", None, None),
    (TEXT, "5.10", "", "5.1", None, None),
    (TEXT, "1E-20", "", "1E-20", None, None),
    (TEXT, "0.5", "# ?/?", "0.5", None, told_as(Code.NUMBER_UNDER_FORMAT, format="# ?/?")),
    (TEXT, "1.5", "[h]:mm", "1.5", None, told_as(Code.NUMBER_UNDER_FORMAT, format="[h]:mm")),
    (TEXT, "5", ";;;", "5", None, told_as(Code.NUMBER_UNDER_FORMAT, format=";;;")),
    (TEXT, "110105199003071000", "0" * 18, "110105199003071000", None, told_as(Code.DIGITS_LOST)),
    (PHONE, "13800138000", "000-0000-0000", "138-0013-8000", "138-0013-8000", None),
    (YES_NO, "1", '"是";;"否"', "是", "是", None),
    (YES_NO, "0", '"是";;"否"', "否", "否", None),
    (YES_NO, "1", '0"项"', "1项", "1项", None),
    (YES_NO, "1", ";;;", "是", "是", None),
    (WHOLE, "5", '0"件"', 5, None, None),
    (WHOLE, "5", "000", 5, None, None),
    (WHOLE, "44140", "yyyy/m/d", 44140, None, told_as(Code.NUMBER_LIKE_DATE, **NOVEMBER)),
    (WHOLE, "30000", "yyyy/m/d", 30000, None, told_as(Code.NUMBER_LIKE_DATE, day="1982年2月18日", typed="2-18")),
    (WHOLE, "30000", "0", 30000, None, None),
    (WHOLE, "5", "yyyy/m/d", 5, None, told_as(Code.NUMBER_SHOWN_AS, shown="1900/1/5")),
    (PAGES, "5", "[h]:mm", 5, None, told_as(Code.NUMBER_SHOWN_AS, shown="日期或时间")),
    (SCORE, "30000", "m-d", 30000, None, told_as(Code.NUMBER_IS_DATE, day="1982年2月18日", typed="2-18")),
    (SHARE, "1", "m-d", 1, None, told_as(Code.NUMBER_SHOWN_AS, shown="1-1")),
    (DAY, "44140", "yyyy/m/d", date(2020, 11, 5), None, None),
    (DAY, "44140", 'm"月"d"日"', date(2020, 11, 5), None, None),
    (DAY, "44136", 'yyyy"年"m"月"', date(2020, 11, 1), None, Doubt(Code.DATE_WITHOUT_DAY, seen="2020年11月")),
)


@pytest.mark.parametrize(("field", "text", "code", "value", "kept", "cause"), ROWS)
def test_numbers_under_a_format(
    field: Field, text: str, code: str, value: Value, kept: str | None, cause: Doubt | None
) -> None:
    """What words are meant by is read as a person saw it; a number or a day that shows otherwise is asked about."""
    cell = Found(sheet="任务分解表", cell="D7", kind=CellKind.NUMBER, text=text, formula=False, format=code)
    for _ in range(2):
        assert normalise(field, cell) == Normal(value, kept)
        assert doubt(field, cell, value, SETTING) == cause


DAYS: tuple[tuple[Field, str, str, Value, Doubt | None], ...] = (
    (TEXT, "2020-11-05", "yyyy/m/d", "2020/11/5", None),
    (TEXT, "2020-11-05T09:30:00", "m-d h:mm", "11-5 9:30", None),
    (TEXT, "2020-11-05", "ggge", "2020-11-05", None),  # the day is told, whatever was seen of it
    (TEXT, "09:30:00", "h:mm", "09:30:00", None),
    (DAY, "2020-11-01", 'yyyy"年"m"月"', date(2020, 11, 1), Doubt(Code.DATE_WITHOUT_DAY, seen="2020年11月")),
    (DAY, "2020-11-05", "yyyy/m/d", date(2020, 11, 5), None),
)


@pytest.mark.parametrize(("field", "text", "code", "value", "cause"), DAYS)
@pytest.mark.parametrize("date1904", [False, True])
def test_days_of_other_formats(
    field: Field, text: str, code: str, value: Value, cause: Doubt | None, *, date1904: bool
) -> None:
    """A day that a reader gives as such is seen as a number under the same format is, from whichever year it was counted."""
    cell = Found(sheet="任务分解表", cell="D7", kind=CellKind.DATE, text=text, formula=False, format=code)
    assert normalise(field, cell, date1904=date1904).value == value
    assert doubt(field, cell, value, DoubtContext(year=2020, date1904=date1904)) == cause


def test_a_choice_is_quoted_as_it_is_seen() -> None:
    """A number that its format shows as a word is no number to whoever reads the question."""
    shape = shape_of("信访局")
    key, place = "15.4.责任清单.填报", shape_of("信访局").places["15.4.责任清单.填报"]
    found = fill_in(located(returned(shape, right(shape, {key: Typed("n", "2")}))), shape, {})
    (told,) = read_answers(shape, found, formats={(place.sheet, place.row, place.column): '"部分"'}).findings
    assert (told.code, told.value) == (Code.CHOICE_NEAR, "部分")


def test_days_since_1904() -> None:
    """What is seen of a day is counted as its workbook counts."""
    cell = Found(
        sheet="任务分解表", cell="D7", kind=CellKind.NUMBER, text="42678", formula=False, format="yyyy/m/d"
    )  # fmt: skip
    assert normalise(TEXT, cell, date1904=True).value == "2020/11/5"
    assert doubt(WHOLE, cell, 42678, OLD_MAC) == told_as(Code.NUMBER_LIKE_DATE, **NOVEMBER)


SHOWN_AS = "15.6.次数 “法律八进”活动存的是5,在表里却显示为“1900/1/5”:格子的格式是日期或时间。现按5计入。请核实,把格式改为“常规”后对照一遍。"


def test_a_return_with_formats() -> None:
    """Each cell is read by its own format, and the message says what was stored, what was seen, and what to do."""
    shape = shape_of("信访局")
    number, remark, day = "15.6.次数.填报", "15.6.说明", "台账.001.日期"
    answers = right(shape, {number: 5, remark: Typed("n", "7"), day: date(2020, 11, 1)})
    codes = {number: "yyyy/m/d", remark: '"苏政发"000', day: "yyyy年m月"}
    places = {key: shape.places[key] for key in codes}
    formats = {(at.sheet, at.row, at.column): codes[key] for key, at in places.items()}
    read = read_answers(shape, fill_in(located(returned(shape, answers)), shape, {}), formats=formats)
    assert read.values[remark] == "苏政发007"
    assert [(found.code, found.message) for found in read.findings if found.place.field in codes] == [
        ("value-normalised", "15.6 情况说明由“7”整理为“苏政发007”。"),
        ("number-shown-as", SHOWN_AS),
        ("date-without-day", "台账.001 形成日期填的是“2020年11月”,没有写到日。请年月日写全,例如2020-5-8。"),
    ]
