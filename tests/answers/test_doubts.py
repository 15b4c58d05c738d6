"""Where an entry cannot be taken as it stands, the question names the likely cause."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from fazhi_xl.answers.doubts import Doubt, DoubtContext, doubt
from fazhi_xl.answers.located import Found
from fazhi_xl.answers.normalise import normalise
from fazhi_xl.cells import CellKind
from fazhi_xl.findings import Code, Severity, Topic
from fazhi_xl.form.model import Field
from fazhi_xl.notice.choices import Kind

BOUND = Decimal(99_999)
WHOLE = Field(
    row="6.1.应出庭",
    column="填报",
    label="应出庭案件",
    kind=Kind.WHOLE,
    measure="件",
    minimum=Decimal(0),
    maximum=BOUND,
)
PAGES = Field(row="台账.001", column="页数", label="页数", kind=Kind.WHOLE, minimum=Decimal(1), maximum=BOUND)
SAMPLE = Field(
    row="9.1.样本", column="填报", label="样本", kind=Kind.WHOLE, minimum=Decimal(1), maximum=BOUND, required=True
)
SCORE = Field(
    row="6.1", column="自评", label="自评分", kind=Kind.DECIMAL, measure="分", minimum=Decimal(0), maximum=Decimal(2)
)
MONEY = Field(
    row="15.1.经费", column="填报", label="经费", kind=Kind.DECIMAL, measure="万元", minimum=Decimal(0), maximum=BOUND
)
SHARE = Field(row="6.1.比例", column="填报", label="应诉率", kind=Kind.DECIMAL, measure="%", maximum=Decimal(100))
YES_NO = Field(row="5.1.制度", column="填报", label="制度", kind=Kind.CHOICE, options=("是", "否", "不涉及"))
DEGREE = Field(
    row="15.4.清单", column="填报", label="清单", kind=Kind.CHOICE, options=("全部落实", "部分落实", "尚未落实")
)
FOR = Field(
    row="台账.045", column="得分点", label="得分点", kind=Kind.CHOICE, options=("第1.1项", "第8.1项", "第18.1项")
)
DAY = Field(
    row="18.3.起始", column="填报", label="起始日", kind=Kind.DATE, minimum=date(2020, 1, 1), maximum=date(2020, 12, 31)
)
REVIEWED = Field(
    row="02/15.1",
    column="审核日期",
    label="审核日期",
    kind=Kind.DATE,
    minimum=date(2020, 1, 1),
    maximum=date(2021, 12, 31),
)
TEXT = Field(row="台账.001", column="名称", label="材料名称", kind=Kind.TEXT)
SETTING = DoubtContext(year=2020, titles=frozenset({"情况说明", "备注"}))

OUT = ("不涉及", "不适用", "无此项", "N/A", "n/a", "Ｎ／Ａ", "NA", "不涉及。")
ERRORS = (
    "#REF!",
    "#SPILL!",
    "#BUSY!",
    "#GETTING_DATA",
    "#名称?",
    "#引用!",
    "#N/A",
    "#VALUE!",
    "#DIV/0!",
    "#NAME?",
    "#ref!",
    "＃ＲＥＦ！",
    "#NUM!",
    "#NULL!",
    "Err:502",
    "#####",
)
MEANT = (
    "2020年11月5日星期五",  # it was a Thursday
    "2020-11-04T16:00:00.000Z",  # midnight in China
    "2020-11-05 24:00",
    "2020年11月5日印发",
    "于2020.11.5开展",
    "2020 11 5",
    "2020。11。5",
    "2020,11,5",
    "2020--11-5",
    "20.11.5",
    "20年11月5日",
    "5-Nov-20",
    "2020年11月5日 9:00-11:00",
    "Nov 5, 20",
)
SEVERAL = (
    "2020.11.5-11.8",
    "2020年11月5日至8日",
    "2020.11.5、2020.11.6",
    "2020-11-5至2020-11-6",
    "11月5日至6日",
    "11.5-11.8",
    "2020年11月5日、6日",
    "十一月五日和六日",
    "2020-11-5,12-1",
)
NEVER = ("2020-2-30", "2020年13月40日", "20200230", "二〇二〇年十三月五日", "2020、2、30", "2019-2-29。")
NO_DAY = (
    "202011",
    "2020年11月上旬",
    "2020年1月至3月",
    "1-12月",
    "2020年度",
    "2020年底",
    "2020年上半年",
    "全年",
    "11月底",
)
Row = tuple[Field, str, str, str | None, dict[str, str]]
# field, kind, stored text, the doubt's code (None: there is none), its words

NUMBERS: list[Row] = [
    (SCORE, "s", "1。5", "number-meant", {"meant": "1.5"}),
    (SCORE, "s", "1，5", "number-meant", {"meant": "1.5"}),
    (SCORE, "s", "1,5", "number-meant", {"meant": "1.5"}),
    (SCORE, "s", "1 .5", "number-meant", {"meant": "1.5"}),
    (SCORE, "s", "1、5分", "number-meant", {"meant": "1.5"}),
    (SCORE, "s", "½", "number-meant", {"meant": "0.5"}),
    (SCORE, "s", "1/2", "number-meant", {"meant": "0.5"}),
    (SCORE, "s", "1/0", None, {}),
    (WHOLE, "s", "1 234", "number-meant", {"meant": "1234"}),
    (WHOLE, "s", "壹", "number-meant", {"meant": "1"}),
    (WHOLE, "s", "二十五件", "number-meant", {"meant": "25"}),
    (WHOLE, "s", "十二", "number-meant", {"meant": "12"}),
    (WHOLE, "s", "约5", "number-vague", {}),
    (WHOLE, "s", "5左右", "number-vague", {}),
    (WHOLE, "s", "≥5", "number-vague", {}),
    (WHOLE, "s", "5余件", "number-vague", {}),
    (WHOLE, "s", "3-5", "number-vague", {}),
    (WHOLE, "s", "3～5", "number-vague", {}),
    (WHOLE, "s", "5人次", "number-measure", {"measure": "件", "meant": "5"}),
    (SCORE, "s", "1%", "number-share", {}),
    (SCORE, "s", "95%", "number-share", {}),
    (SCORE, "s", "9。5", None, {}),
    (WHOLE, "s", "9。5", None, {}),
    (WHOLE, "s", "无", "number-none", {"instead": "没有的填0"}),
    (WHOLE, "s", "无。", "number-none", {"instead": "没有的填0"}),
    (WHOLE, "s", "无件", "number-none", {"instead": "没有的填0"}),
    (WHOLE, "s", "没有", "number-none", {"instead": "没有的填0"}),
    (WHOLE, "s", "/", "number-none", {"instead": "没有的填0"}),
    (WHOLE, "s", "／", "number-none", {"instead": "没有的填0"}),
    (WHOLE, "s", "—", "number-none", {"instead": "没有的填0"}),
    (WHOLE, "s", "——", "number-none", {"instead": "没有的填0"}),
    (WHOLE, "s", "-", "number-none", {"instead": "没有的填0"}),
    (WHOLE, "s", "－", "number-none", {"instead": "没有的填0"}),
    (WHOLE, "s", "None", "number-none", {"instead": "没有的填0"}),
    (SCORE, "s", "无", "number-none", {"instead": "没有的填0"}),
    (PAGES, "s", "无", "number-none", {"instead": "没有的留空"}),
    (SAMPLE, "s", "无", None, {}),  # neither 0 nor a blank would do
    (WHOLE, "s", "零", None, {}),  # a numeral: read, and noted
    (WHOLE, "s", "零件", None, {}),
    (WHOLE, "s", "0件", None, {}),
    (WHOLE, "s", "0次", "number-measure", {"measure": "件", "meant": "0"}),
    (WHOLE, "s", "0.3万", "number-measure", {"measure": "件", "meant": "3000"}),
    (WHOLE, "s", "10万件", None, {}),  # more than the field takes
    (MONEY, "s", "85000元", "number-measure", {"measure": "万元", "meant": "8.5"}),
    (MONEY, "s", "8.5万", "number-measure", {"measure": "万元", "meant": "8.5"}),
    (MONEY, "s", "8.5W", "number-measure", {"measure": "万元", "meant": "8.5"}),
    (MONEY, "s", "1.2亿", "number-measure", {"measure": "万元", "meant": "12000"}),
    (WHOLE, "s", "五", None, {}),
    (WHOLE, "s", "５", None, {}),
    (WHOLE, "s", "5-6", "number-vague", {}),
    (WHOLE, "s", "若干", "number-vague", {}),
    (WHOLE, "s", "数次", "number-vague", {}),
    (WHOLE, "s", "十几", "number-vague", {}),
    (WHOLE, "s", "几十次", "number-vague", {}),
    (WHOLE, "s", "95%", "number-share", {}),
    (WHOLE, "s", "９５％", "number-share", {}),
    (WHOLE, "s", "百分之九十五", "number-share", {}),
    (WHOLE, "s", "三分之二", "number-share", {}),
    (WHOLE, "s", "八成", "number-share", {}),
    (SHARE, "s", "百分之几", None, {}),
    (WHOLE, "s", "同上", "number-vague", {}),
    (WHOLE, "s", "见附件", "number-vague", {}),
    (WHOLE, "s", "详见附件3", "number-vague", {}),
    (WHOLE, "s", "待统计", "number-vague", {}),
    *((WHOLE, "s", text, "number-none", {"instead": "没有的、不涉及的都填0"}) for text in OUT),
    *((PAGES, "s", text, "number-none", {"instead": "没有的、不涉及的都留空"}) for text in OUT),
    (SAMPLE, "s", "不涉及", None, {}),  # neither 0 nor a blank would do
    *((field, "s", text, "error-as-text", {}) for field in (WHOLE, SCORE, DAY, YES_NO, TEXT) for text in ERRORS),
    (WHOLE, "s", "5", None, {}),
    (WHOLE, "n", "5", None, {}),
    (WHOLE, "b", "1", None, {}),
    (WHOLE, "e", "#REF!", None, {}),
    (WHOLE, "s", "", None, {}),
    (SCORE, "n", "46086", "number-is-date", {"day": "2026年3月5日", "typed": "3-5"}),
    (SCORE, "d", "2026-03-05", "number-is-date", {"day": "2026年3月5日", "typed": "3-5"}),
    (SCORE, "d", "12:30:00", None, {}),
    (WHOLE, "n", "46086", "number-like-date", {"day": "2026年3月5日", "typed": "3-5"}),
    (WHOLE, "s", "46086", None, {}),
    (WHOLE, "n", "43830", None, {}),  # 2019-12-31
    (WHOLE, "n", "47849", None, {}),  # 2031-01-01
    (SCORE, "n", "3", None, {}),
    (SHARE, "n", "0.95", "percent-or-share", {"meant": "95"}),
    (SHARE, "n", "1", "percent-or-share", {"meant": "100"}),
    (SHARE, "n", "1.5", "percent-or-share", {"meant": "150"}),
    (SHARE, "n", "0.0095", "percent-or-share", {"meant": "0.95"}),
    (SHARE, "n", "0", None, {}),
    (SHARE, "n", "1.51", None, {}),
    (SHARE, "s", "0.95%", None, {}),
    (WHOLE, "s", "=1+1", "formula-as-text", {}),
]

DATES: list[Row] = [
    (DAY, "n", "46086", "date-other-year", {"meant": "2020-03-05"}),
    (DAY, "s", "2021-3-5", "date-other-year", {"meant": "2020-03-05"}),
    (DAY, "s", "2024-2-29", "date-other-year", {"meant": "2020-02-29"}),
    (DAY, "s", "2019-3-5", None, {}),
    (DAY, "s", "2020-3-5", None, {}),
    (DAY, "s", "3月5日", "date-without-year", {"meant": "2020-03-05"}),
    (DAY, "s", "3-5", "date-without-year", {"meant": "2020-03-05"}),
    (DAY, "s", "3/5", "date-without-year", {"meant": "2020-03-05"}),
    (DAY, "n", "3.5", "date-without-year", {"meant": "2020-03-05"}),
    (DAY, "s", "13-5", None, {}),
    (DAY, "n", "2020.3", "date-without-day", {}),
    (DAY, "s", "2020.3", "date-without-day", {}),
    (DAY, "s", "2020年3月", "date-without-day", {}),
    (DAY, "s", "2020-3", "date-without-day", {}),
    (DAY, "s", "2020年", "date-without-day", {}),
    (DAY, "s", "3月", "date-without-day", {}),
    (DAY, "s", "十二月份", "date-without-day", {}),
    (DAY, "s", "第一季度", "date-without-day", {}),
    (DAY, "s", "上半年", "date-without-day", {}),
    (DAY, "s", "二〇二〇年三月", "date-without-day", {}),
    (DAY, "s", "十一月五日", "date-without-year", {"meant": "2020-11-05"}),
    (DAY, "s", "11月5日(星期四)", "date-without-year", {"meant": "2020-11-05"}),
    (DAY, "s", "'11-5。", "date-without-year", {"meant": "2020-11-05"}),
    (DAY, "s", "三十十-1", None, {}),
    (DAY, "n", "95", None, {}),
    (DAY, "n", "20201301", None, {}),
    (DAY, "s", "民国2020年3月5日", None, {}),
    (DAY, "s", "2020年2月30日印发", None, {}),
    (DAY, "s", "2019年3月5日印发", None, {}),  # the field does not take it
    (DAY, "s", "11/5/2020", "date-meant", {"meant": "2020-11-05或2020-05-11"}),
    (DAY, "s", "13/5/2020", "date-meant", {"meant": "2020-05-13"}),
    *((DAY, "s", text, "date-several", {}) for text in SEVERAL),
    *((DAY, "s", text, "date-never", {}) for text in NEVER),
    *((DAY, "s", text, "date-without-day", {}) for text in NO_DAY),
    (DAY, "s", "5-Abc-20", None, {}),
    (DAY, "s", "2019、3、5", None, {}),  # a day, and not of this year
    (DAY, "s", "2020年13月", "date-without-day", {}),
    (DAY, "s", "2020-11-05,9:30", "date-meant", {"meant": "2020-11-05"}),
    (REVIEWED, "s", "12月1日", "date-without-year", {"meant": "2020-12-01或2021-12-01"}),
    (REVIEWED, "s", "2月29日", "date-without-year", {"meant": "2020-02-29"}),
    (DAY, "s", "2020年11月5日" + "印发" * 60, None, {}),
    *((DAY, "s", text, "date-meant", {"meant": "2020-11-05"}) for text in MEANT),
    (DAY, "n", "0", None, {}),
    (DAY, "s", "民国109年3月5日", None, {}),
]

CHOICES: list[Row] = [
    (YES_NO, "s", "是", None, {}),
    (YES_NO, "s", "不涉急", "choice-near", {"meant": "不涉及"}),
    (YES_NO, "s", "是/否", None, {}),
    (YES_NO, "s", "是（部分）", None, {}),
    (YES_NO, "s", "制度", "title-as-value", {}),
    (YES_NO, "s", "情况说明", "title-as-value", {}),
    (DEGREE, "s", "部分已落实", "choice-near", {"meant": "部分落实"}),
    (DEGREE, "s", "未落实", "choice-near", {"meant": "尚未落实"}),
    (DEGREE, "s", "落实", None, {}),
    (DEGREE, "s", "基本完成", None, {}),
    (DEGREE, "n", "5", None, {}),
    (FOR, "s", "8.1", "choice-near", {"meant": "第8.1项"}),
    (FOR, "s", "第8.2项", None, {}),
]

TEXTS: list[Row] = [
    (TEXT, "s", "信访工作总结", None, {}),
    (TEXT, "s", "材料名称", "label-as-text", {}),
    (TEXT, "s", "备注", None, {}),  # what a document may well be called
    (TEXT, "s", "情况说明", None, {}),
    (TEXT, "s", "见#REF!", "text-with-error", {}),
    (TEXT, "s", "甲、#N/A、乙", "text-with-error", {}),
    (TEXT, "s", "完成率＃ＤＩＶ／０！", "text-with-error", {}),
    (TEXT, "s", "#1楼改造", None, {}),
    (TEXT, "s", "总结###", None, {}),
    (TEXT, "s", "张\ue123", "character-unreadable", {"characters": "U+E123"}),
    (TEXT, "s", "张\ue123李\ue124王\ue123", "character-unreadable", {"characters": "U+E123、U+E124"}),
    (TEXT, "s", "张\U000f0001", "character-unreadable", {"characters": "U+F0001"}),
    (TEXT, "s", "张\ufffd", "character-unreadable", {"characters": "U+FFFD"}),
    (TEXT, "s", "张\ue863", None, {}),  # 䶮
    (YES_NO, "s", "\ue123", None, {}),
    (TEXT, "n", "13800138000", None, {}),
    (TEXT, "n", "1.10105199003071E+17", "digits-lost", {}),
    (TEXT, "n", "110105199003071000", "digits-lost", {}),
    (TEXT, "s", "1.10105E+17", "digits-lost", {}),
    (TEXT, "s", "110105199003071234", None, {}),
    (TEXT, "s", "=1+1", "text-like-formula", {}),
    (TEXT, "s", '=HYPERLINK("http://x")', "text-like-formula", {}),
    (TEXT, "s", '=DISPIMG("ID_1",1)', "picture-in-cell", {}),
    (TEXT, "s", '=_xlfn.DISPIMG("ID_1",1)', "picture-in-cell", {}),
    (TEXT, "s", "= 见附件 =", None, {}),
]


@pytest.mark.parametrize(("field", "kind", "text", "code", "words"), [*NUMBERS, *DATES, *CHOICES, *TEXTS])
def test_causes(field: Field, kind: str, text: str, code: str | None, words: dict[str, str]) -> None:
    """A cause is named where one is likely, the same every time; what is right has none."""
    cell = Found(sheet="任务分解表", cell="D7", kind=CellKind(kind), text=text, formula=False)
    for _ in range(2):
        made = doubt(field, cell, normalise(field, cell).value, SETTING)
        assert made == (Doubt(Code.of(code), words) if code else None)


def test_days_counted_from_1904() -> None:
    """In an old Mac's workbook the same day has a smaller number."""
    cell = Found(sheet="任务分解表", cell="D7", kind=CellKind.NUMBER, text="44624", formula=False)
    made = doubt(SCORE, cell, 44_624, DoubtContext(year=2020, date1904=True))
    assert made == Doubt(Code.NUMBER_IS_DATE, {"day": "2026年3月5日", "typed": "3-5"})


def test_what_is_asked_back() -> None:
    """A doubt is asked back where its message is an error, and only there; the others ask for a confirmation."""
    codes = {Code.of(row[3]) for row in (*NUMBERS, *DATES, *CHOICES, *TEXTS) if row[3]}
    assert {code.topic: code.severity for code in codes} == {
        Topic.UNREAD: Severity.ERROR,
        Topic.VALUE: Severity.CONFIRM,
    }
    assert len({(code.topic, code.severity) for code in codes}) == 2
