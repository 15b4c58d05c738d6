"""What a person sees of a number under a number format."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fazhi_xl.text.number_format import BUILT_IN, says_more, shown, shows_day, shows_moment

DAY = "44140.75"  # 5 November 2020, a Thursday, at six in the evening
SHOWN: tuple[tuple[str, str, str | None], ...] = (
    (DAY, "yyyy/m/d", "2020/11/5"),
    (DAY, "yyyy\\-mm\\-dd;@", "2020-11-05"),
    (DAY, '[$-804]yyyy"年"m"月"d"日"', "2020年11月5日"),
    (DAY, "[$-F800]dddd, mmmm dd, yyyy", "Thursday, November 05, 2020"),
    (DAY, "[Red]yy.m.d", "20.11.5"),
    (DAY, "e年m月d日 aaaa", "2020年11月5日 星期四"),
    (DAY, "d-mmm-yy ddd aaa", "5-Nov-20 Thu 四"),
    (DAY, "mmmmm", "N"),
    (DAY, "yyyy/m/d h:mm", "2020/11/5 18:00"),
    (DAY, "h:mm AM/PM", "6:00 PM"),
    (DAY, "上午/下午h时mm分", "下午6时00分"),
    ("0.25", "上午/下午h时mm分", "上午6时00分"),
    ("0.0", "h:mm AM/PM", "12:00 AM"),
    ("0.3958333333", "hh:mm:ss", "09:30:00"),
    ("0.0104282407", "mm:ss", "15:01"),
    ("44140.9999999", "yyyy/m/d h:mm", "2020/11/6 0:00"),
    (DAY, '[DBNum1][$-804]yyyy"年"m"月"d"日";@', "二〇二〇年十一月五日"),
    ("44185", '[DBNum1]m"月"d"日"', "十二月二十日"),
    ("43840", "[dbnum1]mmm d", "Jan 十"),
    ("0", "[DBNum1]h时", "〇时"),
    ("0", "yyyy/m/d", "1900/1/0"),
    ("1", "yyyy/m/d", "1900/1/1"),
    ("60", "yyyy/m/d", "1900/2/29"),
    ("61", "yyyy/m/d", "1900/3/1"),
    ("-1", "yyyy/m/d", None),
    ("1E+30", "yyyy/m/d", None),
    (DAY, "[h]:mm", None),
    (DAY, "mm:ss.0", None),
    (DAY, "bbbb", None),
    (DAY, "gggee", None),
    ("7", '"苏政发"000', "苏政发007"),
    ("7", '"苏政发〔2020〕"0"号"', "苏政发〔2020〕7号"),
    ("1234", "000000", "001234"),
    ("1234567", "000000", "1234567"),
    ("13800138000", "000-0000-0000", "138-0013-8000"),
    ("138001380001", "000-0000-0000", "1380-0138-0001"),
    ("12", '"第"0-0', "第1-2"),
    ("2", '"第"#-0', "第-2"),
    ("1234567", '#,##0"元"', "1,234,567元"),
    ("0", '#,###"元"', "元"),
    ("44140.5", "#,##0.00", "44,140.50"),
    ("1.5", '0.##"万"', "1.5万"),
    ("2", '.00"万"', None),
    ("0.5", '0"次"', "1次"),
    ("0.955", "0.0%", "95.5%"),
    ("5", "[$￥-804]0", "￥5"),
    ("5", "[$-804]0", "5"),
    ("-5", '0"件"', "-5件"),
    ("-5", '0"件";"负"0', "负5"),
    ("-5", '0"件";@', "-5件"),
    ("1234.50", 'General"元"', "1234.5元"),
    ("5", "@", "5"),
    ("1", '"是";;"否"', "是"),
    ("0", '"是";;"否"', "否"),
    ("-1", '"是";;"否"', None),
    ("5", ";;;", None),
    ("12000", '0.0,"万元"', None),
    ("12000", "0,", None),
    ("12000", "0.0-0", None),
    ("12000", "0,0-0", None),
    ("5", '[>3]"多";"少"', None),
    ("5", "0.0E+00", None),
    ("0.5", "# ?/?", None),
    ("2.5", "# ??/??", None),
    ("5", "[DBNum1]0", None),
    ("5", "[DBNum2]0", None),
)


@pytest.mark.parametrize(("number", "code", "seen"), SHOWN)
def test_what_is_seen(number: str, code: str, seen: str | None) -> None:
    """A number is shown as every program shows it, and not at all where programs differ or nothing is seen."""
    assert shown(Decimal(number), code) == seen


def test_days_since_1904() -> None:
    """An old Mac's workbook counts days from 1904."""
    assert shown(Decimal(44140 - 1462), "yyyy/m/d", date1904=True) == "2020/11/5"


PLAIN = (
    "", "General", "0", "0.00", "#,##0.00", "@", "0_);[Red]\\(0.00\\)", '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    "[$￥-804]#,##0.00", '0" ,"', "G/通用格式",
)  # fmt: skip
TELLING = ('"苏政发"000', "000", "0%", "yyyy/m/d", "h:mm", ";;;", '0"次"', "0.0,", "0-0", "[>3]0", "0E+00", "[DBNum1]0")


@pytest.mark.parametrize("code", [*PLAIN, *TELLING])
def test_formats_that_say_more(code: str) -> None:
    """A format says more where words, days, leading zeros, shares or nothing may be seen."""
    assert says_more(code) is (code in TELLING)


def test_days_and_months() -> None:
    """A format of days shows the day, or the month alone; a time of day says nothing of either."""
    assert [shows_moment(code) for code in ("0", "yyyy/m/d", "h:mm", "AM/PM")] == [False, True, True, True]
    assert [shows_day(code) for code in ("yyyy/m/d", "m月d日", "h:mm", "yyyy年m月", "mmm-yy")] == [
        True,
        True,
        True,
        False,
        False,
    ]
    assert {says_more(code) for code in BUILT_IN.values()} == {True}


@given(
    st.decimals(allow_nan=False, allow_infinity=False), st.text(alphabet='ymdhs0#?.,;@"[]$-!\\_*%年E+ab/', max_size=12)
)
@example(Decimal("1e28"), "")
@example(Decimal("9" * 40), "0.00%")
@example(Decimal("1e999999"), "yyyy/m/d")
def test_any_format(number: Decimal, code: str) -> None:
    """Whatever a file holds, nothing is raised."""
    assert shown(number, code) != ""
    assert says_more(code) in {True, False}
