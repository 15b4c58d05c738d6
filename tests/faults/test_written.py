"""Faults 119 and 124 to 126: what people and input methods write: private characters, days in words, headings, marks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import TypeVar

import pytest
from openpyxl.styles import Font
from openpyxl.workbook import Workbook

from fazhi_xl.office.returns.pipeline import read_returns
from fazhi_xl.office.returns.sources import Sources
from fazhi_xl.office.workspace.issued_round import issued_round
from fazhi_xl.text.characters import public
from tests.faults.entries import (
    ASKED,
    COUNT,
    DAY,
    DEGREE,
    FINE,
    NAME,
    NOTED,
    REMARK,
    SHAPE,
    YES_NO,
    cell,
    changed,
    entered,
    good,
    together,
)
from tests.faults.fault import PATH, Fault, assert_fault
from tests.support.edits import Raw, edited
from tests.support.offices import Office
from tests.support.progress import Silent
from tests.support.returns import Answer

T = TypeVar("T")
dice = Random(119)
DAYS = [
    date(2020, 1, 13) + timedelta(31 * no + dice.randrange(3)) for no in range(11)
]  # none in the last three days of a month
DATED = ("台账.001.日期", "台账.002.日期", "台账.003.日期")
NAMES = (NAME, "联络.分管领导.姓名", REMARK, "联络.联络员.姓名", "台账.002.名称")
SURNAMES = "赵钱孙李周吴郑王"


def batched(each: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    return (each[at : at + size] for at in range(0, len(each), size))


# 119: characters of the private-use areas ---------------------------------------------------------------------------

KNOWN = [chr(code) for code in range(0xE000, 0xF900) if public(chr(code)) != chr(code)]
UNKNOWN = [chr(code) for code in (*range(0xE000, 0xF900), 0xF0000, 0xFFFFD, 0x100000) if public(chr(code)) == chr(code)]


def private() -> Iterator[Fault]:
    standard = ["\ue863", *dice.sample([sign for sign in KNOWN if sign < "\uf000" and public(sign).isalnum()], 4)]
    for signs, code in (
        (standard, "value-normalised"),
        (dice.sample(UNKNOWN, 4) + UNKNOWN[-1:], "character-unreadable"),
    ):
        typed = (f"{dice.choice(SURNAMES)}{sign}文" for sign in signs)
        yield together(119, NOTED, *((field, name, code) for field, name in zip(NAMES, typed, strict=True)))


# 124: days in words -------------------------------------------------------------------------------------------------

FIGURES, CHEQUES = "〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"
WEEKDAYS = "一二三四五六日"


def chinese(number: int, figures: str = FIGURES, ten: str = "十") -> str:
    """Write a number below 100 as a date does: 十一, 贰拾伍."""
    tens, ones = divmod(number, 10)
    return f"{figures[tens] if tens > 1 else ''}{ten if tens else ''}{figures[ones] if ones else ''}"


def certain(day: date) -> tuple[str, ...]:
    """Give ways to write a day of which there is no doubt."""
    year, cheque = (
        "".join(figures[int(each)] for each in str(day.year)) for figures in (FIGURES.replace("〇", "○"), CHEQUES)
    )
    return (
        f"{day.year}/{day.month}/{day.day} 0:00:00",
        f"{day}T{dice.randrange(24):02d}:30:00+08:00",
        f"{year}年{chinese(day.month)}月{chinese(day.day)}号",
        f"{cheque}年{chinese(day.month, CHEQUES, '拾')}月{chinese(day.day, CHEQUES, '拾')}日",
        f"{day:%A, %B} {day.day}, {day.year}",
        f"{day.year}.{day.month}.{day.day}日(星期{WEEKDAYS[day.weekday()]})。",
        f"＇{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d} 09:30",
        f"{(day - date(1899, 12, 30)).days}.5",
        f" {day.year} 年 {day.month} 月 {day.day} 日 上午9时",
    )


def asked_about(day: date) -> tuple[tuple[str, str], ...]:
    """Give ways that leave a doubt, with what is said of them."""
    next_day = day + timedelta(1)
    return (
        (f"{day.month}月{day.day}日", "date-without-year"),
        (f"{day.month}月{day.day}日至{next_day.day}日", "date-several"),
        (f"{day}、{next_day}", "date-several"),
        (f"{day.year}.{day.month}.{day.day}-{next_day.month}.{next_day.day}", "date-several"),
        (f"{day.year}-{day.month}-{day.day + 40}", "date-never"),
        (f"{day.year}-{day.month + 12}-{day.day}", "date-never"),
        (f"{day.day}/{day.month}/{day.year}", "date-meant"),
        (f"{day.day}-{day:%b-%y}", "date-meant"),
        (f"{day.year}年{day.month}月{'上中下'[(day.day - 1) // 10 % 3]}旬", "date-without-day"),
        (f"{day:%Y%m}", "date-without-day"),
        (f"民国{day.year - 1911}年{day.month}月{day.day}日", "date-wrong"),
        ("农历九月二十", "date-wrong"),
    )


def in_words() -> Iterator[Fault]:
    read = [(certain(DAYS[no])[no], "value-normalised") for no in range(len(certain(DAYS[0])))]
    asked = [asked_about(DAYS[no % len(DAYS)])[no] for no in range(len(asked_about(DAYS[0])))]
    for told, status in ((read, NOTED), (asked, ASKED)):
        for some in batched(told, len(DATED)):
            yield together(124, status, *((place, *one) for place, one in zip(DATED, some, strict=False)))
    quoted = ((COUNT, "'8"), (YES_NO, "'是"), (NAME, f"'苏政发{dice.randrange(90)}号"))
    yield together(124, NOTED, *((field, text, "value-normalised") for field, text in quoted))


# 125: headings and the texts of errors -------------------------------------------------------------------------------

TITLES = ("情况说明", "自评分", "备注", "填报内容", "校验", "台账目录", "得分点")
SIGNS = ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#SPILL!", "#名称?", "Err:502", "错误:508")


def headings() -> Iterator[Fault]:
    titles = dict(zip((NAME, "联络.分管领导.姓名", "台账.002.名称"), dice.sample(TITLES, 3), strict=True))
    yield entered(125, "、".join(titles.values()), titles, FINE)
    signs = zip((REMARK, NAME, COUNT, DEGREE), dice.sample(SIGNS, 4), strict=True)
    yield together(125, ASKED, *((field, sign, "error-as-text") for field, sign in signs))
    within = zip((REMARK, NAME), dice.sample(SIGNS, 2), strict=True)
    yield together(125, NOTED, *((field, f"完成{sign}件", "text-with-error") for field, sign in within))


# 126: check marks ---------------------------------------------------------------------------------------------------

CHOSEN = (YES_NO, "15.1.工作指导.填报", "15.1.经费保障.填报")
YES = (
    "\uf0fc",
    "\uf0fe",
    "\uf050",
    "\uf052",
    "✔",
    "✓",
    "√",
    "☑",
    "✅",
    "对",
    "Y",
    "ｙ",
    "v",
    "是。",
    "√。",
    "(是)",
    "“是”",
)
NO = ("\uf0fb", "\uf04f", "✗", "✘", "×", "❌", "叉", "N", "否。")
UNSAID = ("\uf0fd", "☒", "👌", "☑是 ☐否", "是√", "■", "\ue123", "同意")


def marks() -> Iterator[Fault]:
    for some in batched(["\uf0fc", *dice.sample(YES[1:], 5)], 3):
        yield together(
            126, NOTED, *((field, mark, "value-normalised") for field, mark in zip(CHOSEN, some, strict=True))
        )
    for mark in dice.sample(NO, 2):
        told = (("reason-for-more", "15.1.说明"), ("value-normalised", YES_NO))
        yield entered(126, repr(mark), {YES_NO: mark}, ASKED, *told)
    for some in batched(dice.sample(UNSAID, 6), 3):
        yield together(126, ASKED, *((field, mark, "choice-unknown") for field, mark in zip(CHOSEN, some, strict=True)))
    yield together(126, ASKED, *((DEGREE, mark, "choice-unknown") for mark in dice.sample(YES[:10], 1)))


def in_a_font(font: str, letter: str) -> Callable[[bytes], bytes]:
    """Store a mark as Excel does that was chosen in its table of symbols: a letter in a font of signs."""

    def edit(book: Workbook) -> None:
        held = book[SHAPE.places[YES_NO].sheet][cell(YES_NO)]
        held.value, held.font = letter, Font(name=font)

    return lambda workbook: edited(workbook, edit)


IN_FONTS = (
    ("Wingdings", "ü"),
    ("Wingdings", "þ"),
    ("Wingdings 2", "P"),
    ("Wingdings 2", "R"),
    ("Webdings", "a"),
    ("Marlett", "b"),
)
RUN = Raw('<is><r><rPr><rFont val="Wingdings"/></rPr><t>ü</t></r></is>')


def in_fonts() -> Iterator[Fault]:
    for font, letter in dice.sample(IN_FONTS, 3):
        yield changed(126, f"{letter} in {font}", in_a_font(font, letter), NOTED, ("value-normalised", cell(YES_NO)))
    yield together(126, NOTED, (YES_NO, RUN, "value-normalised"))
    yield changed(126, "no font of signs", in_a_font("Arial", "ü"), ASKED, ("choice-unknown", cell(YES_NO)))


FAULTS: tuple[Fault, ...] = (*private(), *in_words(), *headings(), *marks(), *in_fonts())


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_fault(office: Office, fault: Fault, times: int) -> None:
    """What can be read without doubt is read and noted; else the question says what is wrong."""
    assert_fault(office, fault, times)


def looked_at(office: Office, changes: Mapping[str, Answer]) -> tuple[Mapping[str, object], Mapping[str, str]]:
    """Give what is recorded of a return, and what is said of its fields."""
    office.receive(PATH, good(office, changes))
    (file,) = read_returns(issued_round(office.notice, office.space), Sources(), Silent()).files
    assert file.answers
    said = {each.place.field: each.message for each in file.findings if each.place.field}
    return file.answers.values, said


def test_no_character_is_dropped(office: Office) -> None:
    """A private character is recorded as the standard one, or as it is; it is never left out."""
    names = {
        field: f"张{sign}明"
        for field, sign in zip(NAMES, ("\ue863", "\ue81e", "\ue000", "\U000f0000", "\uf8ff"), strict=True)
    }
    held, said = looked_at(office, names)
    assert [held[field] for field in names] == ["张䶮明", "张龴明", "张\ue000明", "张\U000f0000明", "张\uf8ff明"]
    assert said.keys() == names.keys()


def test_days_are_those_that_were_written(office: Office) -> None:
    """A day in words is recorded as itself."""
    texts = {f"台账.{no:03d}.日期": text for no, text in enumerate(certain(DAYS[3])[:5], 1)}
    held, _ = looked_at(office, texts)
    assert {held[field] for field in texts} == {DAYS[3]}


@pytest.mark.parametrize("mark", dice.sample([*YES[:9], *NO[:6], *UNSAID[:5]], 4))
def test_a_mark_is_never_a_blank(office: Office, mark: str) -> None:
    """Wherever a mark is put it is recorded or quoted: nobody who typed something is told that nothing was filled in."""
    fields = (YES_NO, DEGREE, COUNT, DAY, NAME)
    held, said = looked_at(office, dict.fromkeys(fields, mark))
    assert set(fields) <= held.keys()
    assert not [text for field, text in said.items() if field in fields and "没有填写" in text]
    assert all(held[field] in SHAPE.fields[field].options or field in said for field in (YES_NO, DEGREE, COUNT, DAY))
