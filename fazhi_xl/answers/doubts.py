"""Finds the likely cause of an entry that cannot be read for certain, so that the question to the unit names it.

A doubt never changes a value. Where no cause is known, the field's own check asks in general terms.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from difflib import SequenceMatcher
from fractions import Fraction

from fazhi_xl.answers.located import Found
from fazhi_xl.answers.normalise import LARGEST, SINCE_1904, as_seen, clean, half_width, look
from fazhi_xl.answers.written_days import END, SERIALS, day_number, month_and_day, no_day, proposed, several
from fazhi_xl.cells import CellKind
from fazhi_xl.findings import Code
from fazhi_xl.form.expression import Value, serial
from fazhi_xl.form.model import Field
from fazhi_xl.notice.choices import Kind
from fazhi_xl.text.characters import unreadable
from fazhi_xl.text.dates import day_of
from fazhi_xl.text.number_format import shows_day, shows_moment

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A finding's code, and the words for its gaps beside those of the field; `seen` is what the cell shows, where that is told."""

    code: Code
    words: Words = field(default_factory=dict)
    seen: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtContext:
    """What reading a cell needs to know of its form and its workbook: the assessment year, the titles, how days are counted."""

    year: int
    titles: frozenset[str] = frozenset()
    date1904: bool = False


_YEARS = 10  # so long after the assessment year a form may still be filled in


def doubt(field: Field, found: Found, value: Value, setting: DoubtContext) -> Doubt | None:
    """Give the cause of doubt about a value, None where there is none or it is not known."""
    if value is None or found.kind in {CellKind.ERROR, CellKind.BOOLEAN}:
        return None
    found = as_seen(field, found, date1904=setting.date1904)
    if isinstance(value, str) and (sign := _sign(field, clean(found.text))):
        return Doubt(sign)
    return _CAUSES[field.kind](field, found, value, setting)


def _sign(field: Field, text: str) -> Code | None:
    """Tell what a text is that stands for something else: a picture, a formula, an error."""
    if text[:1] not in _OPENS_SIGN:
        return None
    text = half_width(text)
    if _PICTURE.fullmatch(text):
        return Code.PICTURE_IN_CELL
    if _FORMULA.fullmatch(text):
        return Code.TEXT_LIKE_FORMULA if field.kind is Kind.TEXT else Code.FORMULA_AS_TEXT
    return Code.ERROR_AS_TEXT if _ERROR.fullmatch(text) else None


def unread(field: Field, value: Value) -> bool:
    """Say whether a value stayed the text that was typed."""
    if field.kind is Kind.CHOICE:
        return value is not None and value not in field.options
    return isinstance(value, str) and field.kind is not Kind.TEXT


# Formulas in text -------------------------------------------------------------------------------------------

_PICTURE = re.compile(r"=(?:_xlfn\.)?DISPIMG\(.*", re.DOTALL | re.IGNORECASE)
_FORMULA = re.compile(r"=\s*[-+]?[A-Za-z0-9(].*", re.DOTALL)
# What Excel, WPS and LibreOffice show for an error; ### where a column is too narrow for its number.
_ERROR_SIGN = (
    r"#(?:[A-Z]{3,8}!|N/A|DIV/0!|NAME\?|GETTING_DATA|名称\?|(?:值|引用|数字|空值|除数为0)!)|Err:[0-9]{3}|错误:[0-9]{3}"
)
_OPENS_SIGN = frozenset("=#eE错＝＃ｅＥ")
_IN_ERROR = ("#", ":", "＃", "：")
_ERROR, _WITH_ERROR = re.compile(rf"{_ERROR_SIGN}|#{{3,}}", re.IGNORECASE), re.compile(_ERROR_SIGN, re.IGNORECASE)


# Numbers ----------------------------------------------------------------------------------------------------

_POINT = re.compile(r"([0-9]+)(?:\s+\.\s*|\s*\.\s+|\s*[。,、·]\s*)([0-9]{1,2})")
_SPACED = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+")
_SHARE = re.compile(r"([0-9]{1,3})\s*/\s*([0-9]{1,3})")
_SHARES = {"½": "0.5", "¼": "0.25", "¾": "0.75"}
_VAGUE = re.compile(
    r"[约近超≥≤><=~≈]+\s*[0-9.]+.*|[0-9.]+\s*(?:左右|上下|余|多|以上|以下|以内|\+).*|[0-9.]+\s*[-~至到—]+\s*[0-9.]+.*",
    re.DOTALL,
)
_ELSEWHERE = re.compile(
    r"同[上前下左右].*|[详另参]?见.*|.*附件.*|若干.*|[十百]*[多数几]+[十百千万]*次?.*|很多.*|不少.*|不[详清].*|待.*",
    re.DOTALL,
)
# These may mean 0, a blank or 不涉及, so they are asked about; 零 and 〇 are numerals, which are read.
_NONE = frozenset(
    {"无", "没", "没有", "暂无", "尚无", "未发生", "没有发生", "无发生", "未开展", "none", "no", "nil", "null"}
)
_NOT_APPLICABLE = frozenset({"不涉及", "不适用", "无此项", "没有此项", "无此职能", "不存在", "n/a", "na", "n.a"})
_STROKES = re.compile(r"[-—–―/\\一]+")
_RATE = re.compile(r"百分之.*|[0-9]+(?:\.[0-9]+)?\s*[%‰]|.+分之.+|.+[成折]", re.DOTALL)
_MEASURED = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*([^0-9\s.,]{1,4})")
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "w": 10_000, "亿": 100_000_000}
_DAY = re.compile("([0-9]{4})-([0-9]{2})-([0-9]{2})")  # as the reader hands on a date
_LARGE_NUMERALS = {numeral: number for number, numeral in enumerate("壹贰叁肆伍陆柒捌玖拾", 1)}
_DIGITS = {numeral: number for number, numeral in enumerate("一二三四五六七八九", 1)}
_TENS = re.compile(r"([一二三四五六七八九]?)十([一二三四五六七八九]?)")


def _number(field: Field, found: Found, value: Value, setting: DoubtContext) -> Doubt | None:
    if isinstance(value, str):
        return _written_number(field, found, value)
    if found.kind is not CellKind.NUMBER or not isinstance(value, int | Fraction):
        return None
    shift = SINCE_1904 if setting.date1904 else 0
    first, last = serial(date(setting.year, 1, 1)), serial(date(setting.year + _YEARS, 12, 31))
    dated = shows_moment(found.format) if found.format else False
    # The number of a day when a form may be filled in, or of any that is shown as a day.
    if isinstance(value, int) and (first <= value + shift <= last or (dated and value + shift in SERIALS)):
        over = isinstance(field.maximum, Decimal) and value > Fraction(field.maximum)
        return Doubt(Code.NUMBER_IS_DATE if over else Code.NUMBER_LIKE_DATE, _typed(day_of(value + shift)))
    if dated:
        return Doubt(Code.NUMBER_SHOWN_AS, {"shown": look(found, date1904=setting.date1904) or "日期或时间"})
    if field.measure == "%" and 0 < value <= Fraction(3, 2):
        return Doubt(Code.PERCENT_OR_SHARE, {"meant": f"{float(value * 100):g}"})
    return None


def _typed(day: date) -> Words:
    return {"day": f"{day.year}年{day.month}月{day.day}日", "typed": f"{day.month}-{day.day}"}


def _written_number(field: Field, found: Found, value: str) -> Doubt | None:
    text = half_width(value)
    if found.kind is CellKind.DATE and (day := _DAY.match(value)):
        return Doubt(Code.NUMBER_IS_DATE, _typed(date(*map(int, day.groups()))))
    bare = text.removesuffix(field.measure).strip()
    if bare.strip(END).lower() in _NONE or (bare != "一" and _STROKES.fullmatch(bare)):
        instead = _instead_of_none(field, "没有的")
        return Doubt(Code.NUMBER_NONE, {"instead": instead}) if instead else None
    if bare.strip(END).lower() in _NOT_APPLICABLE:
        instead = _instead_of_none(field, "没有的、不涉及的都")
        return Doubt(Code.NUMBER_NONE, {"instead": instead}) if instead else None
    meant = _meant(bare)
    if meant:
        return Doubt(Code.NUMBER_MEANT, {"meant": meant}) if _takes(field, meant) else None
    return _no_number(field, text)


def _no_number(field: Field, text: str) -> Doubt | None:
    if _VAGUE.fullmatch(text) or _ELSEWHERE.fullmatch(text):
        return Doubt(Code.NUMBER_VAGUE)
    if field.measure != "%" and _RATE.fullmatch(text):
        return Doubt(Code.NUMBER_SHARE)
    measured = _MEASURED.fullmatch(text)
    if measured and field.measure and measured[2] != field.measure:
        meant = f"{(Decimal(measured[1]) * _scale(measured[2]) / _scale(field.measure)).normalize():f}"
        return Doubt(Code.NUMBER_MEASURE, {"measure": field.measure, "meant": meant}) if _takes(field, meant) else None
    return None


def _scale(measure: str) -> int:
    """Give what a measure counts in: 万元, 8.5万 and 8.5W count in ten thousands."""
    return _SCALES.get(measure[0].lower(), 1)


def _instead_of_none(field: Field, none: str) -> str:
    """Say what stands for nothing in the input: 0 where it takes it, else a blank; blank where it has to be filled in otherwise."""
    if _takes(field, "0"):
        return f"{none}填0"
    return "" if field.required else f"{none}留空"


def _meant(text: str) -> str | None:
    """Guess the number that was meant; it is asked about, never used."""
    if match := _POINT.fullmatch(text):
        return f"{match[1]}.{match[2]}"
    if _SPACED.fullmatch(text):
        return text.replace(" ", "")
    if (match := _SHARE.fullmatch(text)) and int(match[2]):
        return f"{int(match[1]) / int(match[2]):.4g}"
    if match := _TENS.fullmatch(text):
        return str(_DIGITS.get(match[1], 1) * 10 + _DIGITS.get(match[2], 0))
    large = _LARGE_NUMERALS.get(text)
    return _SHARES.get(text) or (str(large) if large else None)


def _takes(field: Field, number: str) -> bool:
    """Tell whether the cell would take the number that is asked about."""
    value = Decimal(number)
    low, high = (bound if isinstance(bound, Decimal) else value for bound in (field.minimum, field.maximum))
    return low <= value <= high and (field.kind is Kind.DECIMAL or value == value.to_integral_value())


# Dates ------------------------------------------------------------------------------------------------------

_OR = "或"  # between the days of which one is meant
_A_YEAR, _A_MONTH = r"[0-9〇零○一二三四五六七八九]{4}", r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
_MONTH_ONLY = re.compile(
    rf"(?:{_A_YEAR}\s*[-/.年]\s*)?(?:{_A_MONTH}\s*月?\s*[-~至到]\s*)?{_A_MONTH}\s*月份?(?:[上中下]旬|[初中底末])?"
    rf"|{_A_YEAR}\s*[-/.年]\s*{_A_MONTH}|{_A_YEAR}\s*(?:年度?)?|20[0-9]{{2}}(?:0[1-9]|1[0-2])"
    r"|.*(?:季度|[上下]半年|年[初底中]|全年)"
)


def _date(field: Field, found: Found, value: Value, setting: DoubtContext) -> Doubt | None:
    if isinstance(value, date):
        if found.format and not shows_day(found.format):
            return Doubt(Code.DATE_WITHOUT_DAY, seen=look(found, date1904=setting.date1904))
        later = value.year > _latest(field).year
        meant = _inside(field, value.month, value.day) if later else None
        return Doubt(Code.DATE_OTHER_YEAR, {"meant": meant}) if meant else None
    text = half_width(clean(found.text))
    day = month_and_day(text)
    if day and (meant := _in_likely_years(field, *day)):
        return Doubt(Code.DATE_WITHOUT_YEAR, {"meant": meant})
    if found.kind is CellKind.TEXT and (cause := _written_date(field, text)):
        return cause
    likely = found.kind is not CellKind.NUMBER or f"{setting.year}." in text
    return Doubt(Code.DATE_WITHOUT_DAY) if likely and _MONTH_ONLY.fullmatch(text) else None


def _written_date(field: Field, text: str) -> Doubt | None:
    if meant := _likely(field, text):
        return Doubt(Code.DATE_MEANT, {"meant": meant})
    if several(text):
        return Doubt(Code.DATE_SEVERAL)
    return Doubt(Code.DATE_NEVER) if no_day(text) else None


def _likely(field: Field, text: str) -> str | None:
    """Name the days that the text may mean that the field takes; a number may be one of a workbook since 1904."""
    counted = day_number(text)
    days = (counted, counted + timedelta(days=SINCE_1904)) if counted else proposed(text)
    return _OR.join(dict.fromkeys(str(day) for day in days if _takes_day(field, day))) or None


def _takes_day(field: Field, day: date) -> bool:
    return isinstance(field.minimum, date) and field.minimum <= day <= _latest(field)


def _latest(field: Field) -> date:
    return field.maximum if isinstance(field.maximum, date) else date.max


def _inside(field: Field, month: int, day: int) -> str | None:
    """Give the day in the field's last year, if there is one and the field takes it."""
    return _in_years(field, month, day, first=_latest(field).year)


def _in_likely_years(field: Field, month: int, day: int) -> str | None:
    """Name the day in the field's last year, and in the first too where it takes two."""
    last = _latest(field).year
    two = isinstance(field.minimum, date) and field.minimum.year == last - 1
    return _in_years(field, month, day, first=last - two)


def _in_years(field: Field, month: int, day: int, *, first: int) -> str | None:
    meant: list[str] = []
    for year in range(first, _latest(field).year + 1):
        with suppress(ValueError):
            meant += [str(each) for each in (date(year, month, day),) if _takes_day(field, each)]
    return _OR.join(meant) or None


# Choices and text -------------------------------------------------------------------------------------------

_ALIKE = 0.6


def _choice(field: Field, found: Found, value: Value, setting: DoubtContext) -> Doubt | None:  # noqa: ARG001 - one signature
    if not isinstance(value, str) or value in field.options:
        return None
    if value in setting.titles or value == field.label:
        return Doubt(Code.TITLE_AS_VALUE)
    options = () if field.options_from else field.options  # of a list of names, another's is no slip
    figures = re.sub("[^0-9]", "", value)  # which are never taken for others
    likely = [option for option in options if len(option) > 2 and re.sub("[^0-9]", "", option) == figures]
    rated = sorted(((SequenceMatcher(None, value[:50], option).ratio(), option) for option in likely), reverse=True)
    best = [option for ratio, option in rated if ratio == rated[0][0] >= _ALIKE]
    return Doubt(Code.CHOICE_NEAR, {"meant": best[0]}) if len(best) == 1 else None


_SHORTENED = re.compile(r"[0-9](?:\.[0-9]+)?[Ee]\+[0-9]{2}")


def _text(field: Field, found: Found, value: Value, setting: DoubtContext) -> Doubt | None:  # noqa: ARG001 - one signature
    text = str(value)
    if (found.kind is CellKind.NUMBER and abs(Decimal(found.text)) >= LARGEST) or _SHORTENED.fullmatch(text):
        return Doubt(Code.DIGITS_LOST)
    if found.format and found.kind is CellKind.NUMBER:
        return Doubt(Code.NUMBER_UNDER_FORMAT, {"format": found.format})
    if text == field.label:
        return Doubt(Code.LABEL_AS_TEXT)
    if any(sign in text for sign in _IN_ERROR) and _WITH_ERROR.search(half_width(text)):
        return Doubt(Code.TEXT_WITH_ERROR)
    strange = unreadable(text)
    return Doubt(Code.CHARACTER_UNREADABLE, {"characters": "、".join(strange)}) if strange else None


_CAUSES: Mapping[Kind, Callable[[Field, Found, Value, DoubtContext], Doubt | None]] = {
    Kind.CHOICE: _choice,
    Kind.WHOLE: _number,
    Kind.DECIMAL: _number,
    Kind.DATE: _date,
    Kind.TEXT: _text,
}
