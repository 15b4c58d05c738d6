"""What stands in a cell, as a value of the field's kind."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fazhi_xl.answers.located import Found
from fazhi_xl.answers.normalise import Normal, clean, normalise
from fazhi_xl.answers.read import value_text
from fazhi_xl.cells import CellKind
from fazhi_xl.form.expression import Value, serial
from fazhi_xl.form.model import Field
from fazhi_xl.notice.choices import Kind

WRITTEN = (  # 5 November 2020, of which nobody can be in doubt
    "2020/11/5 0:00", "2020-11-05T00:00:00", "2020-11-05T09:30", "2020-11-05 09:30", "2020-11-05 9:30:15.123",
    "2020.11.5 9时30分", "2020-11-05T00:00:00+08:00", "2020-11-05T08:00:00Z", "2020年11月5日下午3:30",
    "2020年11月5日上午9点", "2020/11/5 3:30 PM", "二〇二〇年十一月五日", "二○二○年十一月五日",
    "二O二〇年十一月五号", "二零二零年十一月五日", "2020年十一月五日", "２０２０年１１月０５日",
    "2020年11月5日星期四", "2020年11月5日（周四）", "2020-11-5 星期四", "2020年11月5日 星期四 9:30",
    "2020年11月5日。", "2020.11.5.", "2020—11—5", "2020–11–05", "2020−11−5", "20201105 09:30",
    "20201105093000", "202011050930", "44140", "44140.0", "44140.3958333", "Nov 5, 2020", "5-Nov-2020",
    "5 November 2020", "Thursday, November 5, 2020", "Thu, 5 Nov 2020", "November 5th, 2020", "2020﹣11﹣5", "贰零贰零年拾壹月伍日",
    "贰零贰零年壹拾壹月零伍日",
    "'2020-11-5", "’2020-11-05", "'44140",
)  # fmt: skip
ALMOST = (  # asked about
    "2020年11月5日星期五", "2020-11-04T16:00:00Z", "2020-11-05T09:30-25:00", "2020-11-05 24:00", "2020-11-5:30",
    "5-Abc-2020", "19999", "60000", "二〇二〇年十三月五日",
    "二〇二〇年十一月十一一日", "二〇二〇年十一月三十二日", "二〇二〇年二十二十月五日",
    "Friday, November 5, 2020", "Someday, November 5, 2020", "2020-11-5 星期八", "9999-12-31T23:00-12:00", "0001-01-01T00:00+14:00",
)  # fmt: skip
WHOLE = Field(row="6.1.应出庭", column="填报", label="应出庭案件", kind=Kind.WHOLE, measure="件")
SCORE = Field(row="6.1", column="自评", label="自评分", kind=Kind.DECIMAL, measure="分")
YES_NO = Field(row="5.1.制度", column="填报", label="制度", kind=Kind.CHOICE, options=("是", "否", "不涉及"))
SHARE = Field(row="6.1.比例", column="填报", label="出庭应诉率", kind=Kind.DECIMAL, measure="%")
PLAIN = Field(row="15.1.制度", column="填报", label="制度", kind=Kind.CHOICE, options=("是", "否"))
DEGREE = Field(
    row="15.4.清单", column="填报", label="清单", kind=Kind.CHOICE, options=("全部落实", "部分落实", "尚未落实")
)
BONUS = Field(row="加分.01", column="情形", label="情形", kind=Kind.CHOICE, options=("①表彰奖励", "②经验推广"))
DAY = Field(row="18.3.起始", column="填报", label="起始日", kind=Kind.DATE)
TEXT = Field(row="6.1", column="说明", label="情况说明", kind=Kind.TEXT)


def found(kind: str, text: str, *, formula: bool = False) -> Found:
    return Found(sheet="任务分解表", cell="D7", kind=CellKind(kind), text=text, formula=formula)


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
    (WHOLE, "s", "5件。", 5, "5"),
    (WHOLE, "s", "5，", 5, "5"),
    (WHOLE, "s", "5\u00a0件", 5, "5"),
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
    (WHOLE, "s", "零", 0, "0"),
    (WHOLE, "s", "八", 8, "8"),
    (WHOLE, "s", "两件", 2, "2"),
    (WHOLE, "s", "十 件", 10, "10"),
    (SHARE, "s", "95%", 95, "95"),
    (SHARE, "s", "９５％", 95, "95"),
    (SHARE, "n", "0.95", Fraction(19, 20), None),
    (SCORE, "s", "一", 1, "1"),
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
    (WHOLE, "s", "八十", "八十", None),
    (WHOLE, "s", "壹", "壹", None),
    (WHOLE, "s", "半", "半", None),
    (WHOLE, "s", "1/2", "1/2", None),
    (WHOLE, "s", "٥", "٥", None),
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
    (SCORE, "s", "8，5", "8，5", None),
    (SCORE, "s", "8 .5", "8 .5", None),
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
    (YES_NO, "s", "'是", "是", "是"),
    *((YES_NO, "s", text, "是", "是") for text in ("是。", "是!", "（是）", "【是】", "“是”", "√。", "是 、")),
    *(
        (YES_NO, "s", text, "是", "是")
        for text in ("☑", "\uf0fc", "\uf0fe", "\uf050", "\uf052", "🗸", "🗹", "✅", "v", "V", "对", "Ｖ")
    ),
    *((YES_NO, "s", text, "否", "否") for text in ("✘", "\uf0fb", "\uf04f", "❌", "叉")),
    # a box with a cross is how Word shows what was chosen; a thumb and an unknown sign say nothing
    *((YES_NO, "s", text, text, None) for text in ("☒", "X", "👌", "🈚", "\ue123")),
    (YES_NO, "s", "\uf0fd", "☒", "☒"),
    (DEGREE, "s", "\uf0fc", "✓", "✓"),
    (YES_NO, "s", "是否", "是否", None),
    (YES_NO, "s", "是(部分)", "是(部分)", None),
    (YES_NO, "s", "是/否", "是/否", None),
    (YES_NO, "s", "是（部分）", "是（部分）", None),
    (YES_NO, "s", "有", "是", "是"),
    (YES_NO, "s", "已完成", "是", "是"),
    (YES_NO, "s", "✔️", "是", "是"),
    (YES_NO, "s", "没有", "否", "否"),
    (YES_NO, "n", "1", "是", "是"),
    (YES_NO, "n", "1.0", "是", "是"),
    (YES_NO, "s", "无", "无", None),  # 否 or 不涉及
    (YES_NO, "n", "0", "0", None),
    (YES_NO, "s", "无此项", "不涉及", "不涉及"),
    (YES_NO, "s", "不适用", "不涉及", "不涉及"),
    (YES_NO, "s", "N/A", "不涉及", "不涉及"),
    (YES_NO, "s", "/", "不涉及", "不涉及"),
    (YES_NO, "s", "／", "不涉及", "不涉及"),
    (YES_NO, "s", "—", "不涉及", "不涉及"),
    (YES_NO, "s", "-", "-", None),
    (PLAIN, "s", "无", "否", "否"),
    (PLAIN, "n", "0", "否", "否"),
    (PLAIN, "s", "/", "/", None),
    (PLAIN, "s", "N/A", "N/A", None),
    (PLAIN, "s", "不涉及", "不涉及", None),
    (DEGREE, "s", "部分 落实", "部分落实", "部分落实"),
    (DEGREE, "s", "是", "是", None),
    (DEGREE, "s", "无", "无", None),
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
    (DAY, "s", "2020年3月5号", date(2020, 3, 5), "2020-03-05"),
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
    *((DAY, "s", text, date(2020, 11, 5), "2020-11-05") for text in WRITTEN),
    (DAY, "s", "2020-11-05T12:00:00+00:00", date(2020, 11, 5), "2020-11-05"),
    (DAY, "s", "二〇二〇年十月三十一日", date(2020, 10, 31), "2020-10-31"),
    (DAY, "s", "二〇二〇年二月二十日", date(2020, 2, 20), "2020-02-20"),
    (DAY, "s", "二〇二〇年十二月廿五日", date(2020, 12, 25), "2020-12-25"),
    (DAY, "s", "二〇二〇年八月卅一日", date(2020, 8, 31), "2020-08-31"),
    (DAY, "s", "2020年11月8日星期天", date(2020, 11, 8), "2020-11-08"),
    (DAY, "s", "2020年11月8日周日", date(2020, 11, 8), "2020-11-08"),
    *((DAY, "s", text, text, None) for text in ALMOST),
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
    (TEXT, "s", "第一条_x000D_\n第二条", "第一条\n第二条", "第一条\n第二条"),
    (TEXT, "s", "第一条\r第二条", "第一条\n第二条", "第一条\n第二条"),
    (TEXT, "s", "已落实😀", "已落实", "已落实"),
    (TEXT, "s", "已落实👍🏽", "已落实", "已落实"),
    (TEXT, "s", "已\ue123落实", "已\ue123落实", None),
    (TEXT, "s", "张\ue863", "张䶮", "张䶮"),
    (TEXT, "s", "\ue81e\ue826\ue831", "龴龵𡗗", "龴龵𡗗"),
    (TEXT, "s", "\uf0fc 已落实", "✓ 已落实", "✓ 已落实"),
    (TEXT, "s", "😀", "😀", None),
    (TEXT, "s", "'0103", "0103", "0103"),
    (TEXT, "s", "'七五'普法", "'七五'普法", None),
    (TEXT, "s", "‘七五’普法", "‘七五’普法", None),
    (TEXT, "s", "'", "'", None),
    (WHOLE, "s", "'5", 5, "5"),
    (WHOLE, "s", "‘5", 5, "5"),
    (WHOLE, "s", "＇５件", 5, "5"),
    (SCORE, "s", "'0.5", Fraction(1, 2), "0.5"),
    (TEXT, "s", "①★§𠮷", "①★§𠮷", None),
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
        ("s", "42433", "42433"),  # by which count, nobody can tell
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


MEANT = {
    "是", "否", "不涉及", "√", "✓", "✔", "☑", "✅", "y", "yes", "true", "1", "有", "已有", "已完成", "是的", "v",
    "对", "对的", "🗸", "🗹", "×", "✕", "✖", "✗", "✘", "❌", "叉", "n", "no", "false", "没有", "未完成", "无此项",
    "不适用", "n/a", "/", "—", "——",
}  # fmt: skip
NUMERALS = "零〇一二三四五六七八九十两"
noise = st.sampled_from(["", " ", "\u3000", "\u00a0", "\u2003", "\u200b", "\ufeff", "\u2060", "\n", "\x07"])
widths = st.sampled_from([str, lambda text: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)])


@example("':")
@example("'0")
@given(st.text(max_size=12) | st.text(alphabet="0123456789 .,。，约年月日-/½一十两是否√%次件", max_size=8))
def test_garbage_is_nothing_else(text: str) -> None:
    """Whatever is typed, a number, a day or an option comes only of the patterns that stand for one; else the text is kept.

    An apostrophe before it is what a spreadsheet marks a text with, and is no part of it.
    """
    bare = re.sub(r"^['＇‘’`]\s*", "", clean(text))
    plain = "".join(bare.split()).translate(str.maketrans("０１２３４５６７８９．，－＋", "0123456789.,-+"))
    number, day, option = (of(field, "s", text).value for field in (WHOLE, DAY, YES_NO))
    if isinstance(number, int | Fraction):
        written = plain.removesuffix("件")
        assert re.fullmatch(r"[-+]?[0-9]+(,[0-9]{3})*(\.[0-9]+)?", written) or written in set(NUMERALS)
        assert number != 0 or not set(written) & set("123456789一二三四五六七八九十两")
    if isinstance(day, date):
        assert [int(part) for part in re.findall("[0-9]+", plain)] in (
            [day.year, day.month, day.day],
            [int(f"{day:%Y%m%d}")],
        )
    if option in YES_NO.options:
        assert unicodedata.normalize("NFKC", plain).lower() in MEANT
    for value in (number, day, option):
        assert not isinstance(value, str) or value in {clean(text), bare, *YES_NO.options}


@given(st.sampled_from([WHOLE, SCORE, SHARE, YES_NO, PLAIN, DEGREE, BONUS, DAY, TEXT]), st.text(max_size=12))
@example(TEXT, "'\n:")
def test_normalising_twice_changes_nothing(field: Field, text: str) -> None:
    """What a value is shown as is read as the same value, and needs no second change."""
    value = of(field, "s", text).value
    shown = value_text(value)
    if shown is not None:
        assert of(field, "s", shown) == Normal(value)


@given(st.integers(0, 99_999), noise, noise, widths, st.sampled_from(["", "件"]))
def test_noise_in_numbers(number: int, before: str, after: str, width: Callable[[str], str], measure: str) -> None:
    """Spaces, invisible characters, width and the field's own unit of measure change no number."""
    text = f"{before}{width(str(number))}{after}{measure}"
    assert of(WHOLE, "s", text).value == number


@given(st.decimals(min_value=0, max_value=99_999, places=2), noise, noise, widths)
def test_noise_in_decimals(number: Decimal, before: str, after: str, width: Callable[[str], str]) -> None:
    """The same holds for decimals."""
    assert of(SCORE, "s", f"{before}{width(str(number))}{after}分").value == Fraction(number)


@given(st.sampled_from([YES_NO, PLAIN, DEGREE, BONUS]), st.data(), noise, noise)
def test_noise_in_choices(field: Field, data: st.DataObject, before: str, after: str) -> None:
    """Noise around an option, or within it, changes nothing; every option is its own."""
    option = data.draw(st.sampled_from(field.options))
    at = data.draw(st.integers(0, len(option)))
    assert of(field, "s", before + option + after).value == option
    assert of(field, "s", option[:at] + before + option[at:]).value == option


@given(st.dates(date(1960, 1, 1), date(2060, 1, 1)), noise, noise, widths)
def test_noise_in_dates(day: date, before: str, after: str, width: Callable[[str], str]) -> None:
    """Noise around a day changes nothing."""
    assert of(DAY, "s", before + width(day.isoformat()) + after).value == day


@given(st.text(max_size=30))
def test_cleaning_loses_nothing_visible(text: str) -> None:
    """No letter and no figure is lost."""
    assert [c for c in clean(text) if c.isalnum()] == [c for c in text if c.isalnum()]


@given(st.text(max_size=30) | st.text(alphabet="_x0D\r\n\u200b甲", max_size=30))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    """What was cleaned is clean."""
    assert clean(clean(text)) == clean(text)


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
