"""Faults 1 to 25: what people type, paste and drag into the inputs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from itertools import cycle

import pytest

from tests.faults.entries import (
    ASKED,
    COUNT,
    DEGREE,
    FINE,
    MAIN,
    MONEY,
    NAME,
    NOTED,
    OTHER_PHONE,
    PHONE,
    REMARK,
    SCORE,
    YES_NO,
    changed,
    entered,
)
from tests.faults.fault import Fault, assert_fault
from tests.support.edits import Raw, with_cells
from tests.support.offices import Office
from tests.support.returns import Answer, Typed

RICH = Raw(
    "<is><r><t>已</t></r><r><rPr><b/></rPr><t>落实</t></r>"
    '<rPh sb="0" eb="1"><t>yi</t></rPh><phoneticPr fontId="1"/></is>'
)
PAGES: Mapping[str, Answer] = {f"台账.{no:03d}.页数": no + 6 for no in range(1, 5)}
DAYS: Mapping[str, Answer] = {f"台账.{no:03d}.日期": date(2020, 6, 1) + timedelta(no) for no in range(1, 5)}


def asked(no: int, text: Answer, code: str, field: str = COUNT) -> Fault:
    return entered(no, repr(text), {field: text}, ASKED, (code, field))


def tidied(no: int, text: Answer, field: str = COUNT) -> Fault:
    return entered(no, repr(text), {field: text}, NOTED, ("value-normalised", field))


TITLED: tuple[tuple[str, Mapping[str, Answer]], ...] = tuple(
    (title, {}) for title in ("情况说明", "自评分", "备注", "材料名称及文号")
)
NAMES = (REMARK, NAME, "联络.分管领导.姓名")


FAULTS: tuple[Fault, ...] = (
    tidied(1, "８"),
    tidied(1, "１．０", SCORE),
    asked(2, "9。5", "number-meant", MONEY),
    asked(2, "8，5", "number-meant", MONEY),
    asked(2, "8 .5", "number-meant", MONEY),
    tidied(3, "5次"),
    tidied(3, "5 次"),
    tidied(3, "1分", SCORE),
    asked(3, "95%", "number-share", SCORE),
    asked(3, "百分之九十五", "number-share"),
    asked(3, "5个", "number-measure"),
    asked(3, "约5", "number-vague"),
    asked(3, "5左右", "number-vague"),
    asked(3, "≥5", "number-vague"),
    tidied(4, "八"),
    tidied(4, "两次", "15.2.宪法.填报"),
    tidied(4, "一分", SCORE),
    asked(4, "壹", "number-meant"),
    *(asked(4, text, "number-vague") for text in ("若干", "同上", "见附件", "5-6")),
    entered(5, "a number as text", {COUNT: "8", MONEY: "8.5"}, FINE),
    tidied(6, "1,234"),
    tidied(6, "1,234.5万元", MONEY),
    asked(6, "1 234", "number-meant"),
    asked(6, "12,34", "whole-wrong"),
    entered(7, "noise of binary fractions", {SCORE: Typed("n", "0.99999999999999989")}, FINE),
    entered(7, "8.450000001", {MONEY: Typed("n", "8.450000001")}, ASKED, ("number-wrong", MONEY)),
    entered(7, "8.4500000001", {MONEY: Typed("n", "8.4500000001")}, FINE),
    entered(8, "more decimals", {MONEY: Fraction(1, 8)}, ASKED, ("number-wrong", MONEY)),
    entered(8, "just over the maximum", {SCORE: Typed("n", "1.001")}, ASKED, ("number-wrong", SCORE)),
    entered(8, "half a count", {COUNT: Fraction(11, 2)}, ASKED, ("whole-wrong", COUNT)),
    asked(9, -5, "whole-wrong"),
    asked(9, "-5", "whole-wrong"),
    asked(10, 100_000, "whole-wrong"),
    asked(10, Fraction(101, 100), "number-wrong", SCORE),
    asked(10, 95, "number-wrong", SCORE),
    tidied(11, "是 ", YES_NO),
    tidied(11, " 是", YES_NO),
    tidied(11, "是\u00a0", YES_NO),
    tidied(11, "\u3000是", YES_NO),
    tidied(11, "\u200b是", YES_NO),
    tidied(11, "\ufeff是", YES_NO),
    tidied(11, "8\u200b", COUNT),
    *(tidied(12, text, YES_NO) for text in ("√", "✔", "✓", "Y", "y", "yes", "TRUE", "有", "已完成", 1)),
    *(
        entered(
            12, repr(text), {YES_NO: text}, ASKED, ("reason-for-more", "15.1.说明"), ("value-normalised", YES_NO)
        )
        for text in ("×", "N", "无", "FALSE", 0)
    ),
    *(tidied(12, text, YES_NO) for text in ("\uf0fc", "\uf052", "☑", "🗸", "对", "v", "'是")),
    *(
        entered(
            12, repr(text), {YES_NO: text}, ASKED, ("reason-for-more", "15.1.说明"), ("value-normalised", YES_NO)
        )
        for text in ("\uf0fb", "✗", "叉", "no")
    ),
    # a box with a cross is how Word shows what was chosen; none of them is a blank
    *(asked(12, text, "choice-unknown", YES_NO) for text in ("\uf0fd", "☒", "👌", "\ue123", "X")),
    *(asked(12, text, "choice-unknown", DEGREE) for text in ("\uf0fc", "✅")),
    *(asked(12, text, "whole-wrong") for text in ("\uf0fc", "✅", "👌")),
    asked(12, "好", "choice-unknown", YES_NO),
    asked(12, "√", "choice-unknown", DEGREE),
    asked(13, "是/否", "choice-unknown", YES_NO),
    asked(13, "是（部分）", "choice-unknown", YES_NO),
    entered(14, "a blank", {COUNT: ""}, ASKED, ("value-missing", COUNT)),
    entered(14, "a zero is an answer", {COUNT: 0, SCORE: 0}, FINE),
    *(asked(14, text, "number-none") for text in ("无", "没有", "/", "—", "-", "无。")),
    *(asked(14, text, "number-none") for text in ("N/A", "不涉及", "不适用", "无此项")),
    entered(14, "what does not apply here", {YES_NO: "不涉及"}, ASKED, ("choice-unknown", YES_NO)),
    entered(15, "spaces only", {COUNT: "  "}, ASKED, ("value-missing", COUNT)),
    entered(15, "spaces in a remark", {REMARK: " \u3000"}, FINE),
    tidied(16, Typed("b", "1"), YES_NO),
    entered(
        16,
        "a check box that LibreOffice made a formula",
        {YES_NO: Typed("b", "1", formula=True)},
        NOTED,
        ("value-from-formula", YES_NO),
    ),
    asked(17, "部分已落实", "choice-near", DEGREE),
    asked(17, "未落实", "choice-near", DEGREE),
    asked(17, "基本完成", "choice-unknown", DEGREE),
    asked(18, "普法组织领导", "title-as-value", YES_NO),
    entered(18, "its own title", {REMARK: "情况说明"}, NOTED, ("label-as-text", REMARK)),
    *(
        entered(18, f"a document titled {title}", {f"台账.{no:03d}.名称": title, **named}, FINE)
        for no, (title, named) in enumerate(TITLED, 1)
    ),
    entered(
        18, "the same telephone number", {PHONE: "13800138000", OTHER_PHONE: "138 0013 8000"}, NOTED,
        ("phone-repeated", OTHER_PHONE),
    ),
    entered(19, "a telephone number as a number", {PHONE: Typed("n", "13800138000")}, FINE),
    entered(19, "the same with a decimal point", {PHONE: Typed("n", "13800138000.0")}, FINE),
    entered(19, "18 digits", {PHONE: Typed("n", "1.10105199003071E+17")}, ASKED, ("digits-lost", PHONE)),
    entered(20, "text over the limit", {REMARK: "字" * 301}, ASKED, ("text-too-long", REMARK)),
    entered(20, "as much as a cell holds", {REMARK: "字" * 32_767}, ASKED, ("text-too-long", REMARK)),
    entered(20, "lines", {REMARK: "第一\n第二\t第三"}, FINE),
    tidied(20, "第一_x000D_\n第二", REMARK),
    tidied(21, "已落实😀", REMARK),
    *(
        entered(21, f"private character {hex(ord(sign))}", {key: f"张{sign}"}, NOTED, ("value-normalised", key))
        for sign, key in zip("\ue863\ue81e\ue831\ue864", cycle(NAMES), strict=False)
    ),
    *(
        entered(21, f"unknown {hex(ord(sign))}", {key: f"张{sign}"}, NOTED, ("character-unreadable", key))
        for sign, key in zip("\ue000\ue4c5\uf8ff\U000f0001\ufffd", cycle(NAMES), strict=False)
    ),
    tidied(21, "已\u202e落实", REMARK),
    entered(22, "rich text with readings", {REMARK: RICH}, FINE),
    changed(
        23,
        "pasted beside the table",
        lambda good: with_cells(good, {(MAIN, "L22"): Typed("s", "见附件")}),
        NOTED,
        ("stray-values", "L22"),
    ),
    entered(24, "pasted over the list", {DEGREE: "指标1"}, ASKED, ("choice-unknown", DEGREE)),
    entered(25, "counts dragged down", PAGES, NOTED, ("count-run", "台账.001.页数")),
    entered(25, "days dragged down", DAYS, NOTED, ("count-run", "台账.001.日期")),
    entered(25, "three in a row are no run", dict(list(PAGES.items())[:3]), FINE),
    entered(25, "equal ones neither", dict.fromkeys(PAGES, 3), FINE),
)  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_fault(office: Office, fault: Fault, times: int) -> None:
    """Each fault sets off exactly what is written beside it."""
    assert_fault(office, fault, times)


def test_private_entries(office: Office) -> None:
    """What is wrong with a telephone number is told without the number, wherever it stands."""
    number = "1.10105199003071E+17"
    fault = entered(
        19, "18 digits", {PHONE: Typed("n", number), OTHER_PHONE: " 13800138000"}, ASKED, ("digits-lost", PHONE),
        ("value-normalised", OTHER_PHONE),
    )  # fmt: skip
    assert_fault(office, fault, times=2)
    text = office.space.results.joinpath("report.json").read_text("utf-8")
    assert not [found for found in (number, "13800138000") if found in text]
