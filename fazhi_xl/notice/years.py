"""Years, days and plans that a text names, in figures of any width and in Chinese numerals, each where it stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

_WIDE = "".join(map(chr, range(0xFF10, 0xFF1A)))  # figures as wide as a Chinese character
_ZEROS = "○零O\uff2f"
_PLAIN = str.maketrans(f"{_WIDE}{_ZEROS}", f"0123456789{'〇' * len(_ZEROS)}")  # as many characters as before
_NUMERALS = "〇一二三四五六七八九"
_WEEKDAYS = "一二三四五六日"

_OF_THINGS = "件次人元万亿分个份条名户亩吨家起例篇%\uff05"
_YEAR = re.compile(
    rf"(?<!\d)(?<!\d[.,])(?:19|20)\d\d(?!\d|[.,]\d{{3}}|\s*[{_OF_THINGS}])"
    rf"|(?<![{_NUMERALS}十百千万])[一二][{_NUMERALS}]{{3}}(?![{_NUMERALS}十百千万])"
)
_JOINED = re.compile(r"年?(?:度|学年)?\s*[\u2014\u2013\u2015\uff5e~至到/-]{1,2}\s*")
_DAY = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d|[一二][〇一二三四五六七八九]{3})年)?"
    r"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月"
    r"(?P<day>3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])[日号]"
    r"(?:之?前|以前)?(?P<weekday>\s*[(\uff08](?:星期|周)[一二三四五六日天][)\uff09])?"
)
_WRITTEN = re.compile(r"(?<!\d)(?P<year>20\d\d)(?P<sign>[-/.])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})(?!\d)")
_PLANS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("plans.toml").read_text("utf-8"))
"""The five-year plans that notices name: a number of each, the year it begins, and what follows the name of the second kind."""
_PLAN = re.compile(
    rf"(?P<tens>十?)(?P<ones>[一二三四五六七八九])五(?P<law>[”」’』]?\s*(?:{'|'.join(_PLANS['law']['followed_by'])}))?"
)
_PLAN_YEARS: int = _PLANS["years"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidYear:
    """A year that a text names, from `start` to `end`; `other` is the other end of the range that it is one end of."""

    start: int
    end: int
    year: int
    other: int | None = None
    of_calendar: bool = False  # whether 年 stands behind it

    @property
    def spans_years(self) -> bool:
        """Say whether it bounds a time of more than two years, as a plan's does."""
        return self.other is not None and abs(self.other - self.year) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidDay:
    """A day that a text names, with its year where that stands before it, and where its weekday stands behind it."""

    start: int
    end: int
    month: int
    day: int
    year: int | None = None
    weekday: tuple[int, int] | None = None

    def in_year(self, year: int) -> date | None:
        """Give the day in a year; None where that has no such day."""
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidPlan:
    """A five-year plan that a text names, of the state (十四五) or of legal education, and the years that it has."""

    start: int
    end: int
    first: int
    law: bool

    @property
    def years(self) -> range:
        return range(self.first, self.first + _PLAN_YEARS)


def said_years(text: str) -> tuple[SaidYear, ...]:
    """Find every year in a text, in its order."""
    plain = text.translate(_PLAIN)
    found = [(each.start(), each.end(), _number(each[0])) for each in _YEAR.finditer(plain)]
    return tuple(
        SaidYear(
            start=start, end=end, year=year, other=_other(plain, found, at), of_calendar=plain[end : end + 1] == "年"
        )
        for at, (start, end, year) in enumerate(found)
    )


def _number(written: str) -> int:
    return int("".join(str(_NUMERALS.index(each)) if each in _NUMERALS else each for each in written))


def _other(text: str, found: list[tuple[int, int, int]], at: int) -> int | None:
    """Give the other end of the range that a year bounds."""
    for first, second in ((at - 1, at), (at, at + 1)):
        between = text[found[first][1] : found[second][0]] if first >= 0 and second < len(found) else ""
        if between and _JOINED.fullmatch(between):
            return found[first if second == at else second][2]
    return None


def said_days(text: str) -> tuple[SaidDay, ...]:
    """Find every day in a text, in its order."""
    plain = text.translate(_PLAIN)
    found = [*_DAY.finditer(plain), *_WRITTEN.finditer(plain)]
    return tuple(map(_day, sorted(found, key=lambda each: each.start())))


def _day(found: re.Match[str]) -> SaidDay:
    weekday = found.span("weekday") if found.groupdict().get("weekday") else None
    return SaidDay(
        start=found.start(),
        end=found.end("day") + ("weekday" in found.groupdict()),
        year=_number(found["year"]) if found["year"] else None,
        month=_small(found["month"]),
        day=_small(found["day"]),
        weekday=weekday,
    )


def _small(written: str) -> int:
    """Read a number below 100, in figures or as 二十一."""
    if written.isdecimal():
        return int(written)
    tens, ten, ones = written.rpartition("十")
    return (_NUMERALS.index(tens) if tens else 1) * 10 * bool(ten) + (_NUMERALS.index(ones) if ones else 0)


def said_plans(text: str) -> tuple[SaidPlan, ...]:
    """Find every five-year plan in a text, in its order."""
    return tuple(filter(None, map(_plan, _PLAN.finditer(text))))


def _plan(found: re.Match[str]) -> SaidPlan | None:
    number = 10 * bool(found["tens"]) + _NUMERALS.index(found["ones"])
    law = not found["tens"]
    if law != bool(found["law"]):
        return None
    known, begins = _known(law=law)
    first = begins + (number - known) * _PLAN_YEARS
    return SaidPlan(start=found.start(), end=found.start("ones") + 2, first=first, law=law)


def _known(*, law: bool) -> tuple[int, int]:
    """Give a plan's number and the year in which it begins."""
    plan = _PLANS["law" if law else "state"]
    return plan["number"], plan["begins"]


def plan_of(year: int, *, law: bool) -> str:
    """Name the plan of a year: 十四五; of legal education, 八五."""
    number, first = _known(law=law)
    now = number + (year - first) // _PLAN_YEARS
    return f"{'十' if now >= 10 else ''}{_NUMERALS[now % 10] if now % 10 else ''}五"


def year_like(written: str, year: int) -> str:
    """Write a year as another one is written: in figures, wide ones, or Chinese numerals with the same zero."""
    plain = written.translate(_PLAIN)
    if plain.isascii():
        wide = written[0] in _WIDE
        return "".join(_WIDE[int(each)] if wide else each for each in str(year))
    zero = next((each for each, known in zip(written, plain, strict=True) if known == "〇"), "〇")
    return "".join(zero if each == "0" else _NUMERALS[int(each)] for each in str(year))


def weekday(day: date) -> str:
    """Name a day's weekday: 星期五."""
    return f"星期{_WEEKDAYS[day.weekday()]}"


def replaced(text: str, changes: Iterable[tuple[int, int, str]]) -> str:
    """Put other words in the places given, which do not overlap."""
    for start, end, words in sorted(changes, reverse=True):
        text = f"{text[:start]}{words}{text[end:]}"
    return text
