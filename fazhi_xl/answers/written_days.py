"""Days as people and programs write them in text: with a time, a weekday or a full stop, in Chinese numerals, as a day's number.

What allows two readings is not read: `proposed` gives the likelier one, to be asked about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

from fazhi_xl.text.dates import day_of

SERIALS = range(20_000, 60_000)  # 1954 to 2064: no other number in a date's cell can be meant as a day
_CHINA = timezone(timedelta(hours=8))

_NUMERALS = ("〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖")
_FIGURES = {
    **{each: str(no) for numerals in _NUMERALS for no, each in enumerate(numerals)},
    **dict.fromkeys("○◯oO", "0"),
}
_WRITTEN = "0-9" + "".join(_FIGURES) + "十拾廿卅"
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣", "-"))
_WEEKDAYS = "一二三四五六日"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
END = "。.;,!、 "  # what people put after an entry, as after a sentence
_MOST = 100  # characters of a text in which a day is looked for

_MONTH_AND_DAY = rf"(?P<month>[{_WRITTEN}]{{1,3}}) ?[-/.月] ?(?P<day>[{_WRITTEN}]{{1,3}}) ?[日号]?"
_DAY = rf"(?P<year>[{_WRITTEN}]{{4}}) ?[-/.年] ?{_MONTH_AND_DAY}"
_WEEKDAY = r"(?: ?[,(]? ?(?:星期|礼拜|周)(?P<weekday>[一二三四五六日天])\)?)?"
_CLOCK = (
    r"(?P<half>上午|下午|早上|晚上|中午)? ?(?P<hour>[0-9]{1,2}) ?[:时点] ?(?P<minute>[0-9]{1,2})?"
    r"(?:分|:(?P<second>[0-9]{2})(?:\.[0-9]{1,9})?)?[秒整]? ?(?P<zone>Z|[+-][0-9]{2}:?[0-9]{2})? ?(?P<noon>[AaPp][Mm])?"
)
_LATER = (
    rf"(?:(?:T| |(?<=[日号)一二三四五六天])){_CLOCK})?"  # a time of day has to be parted from the figures of the day
)
_TEXT = re.compile(_DAY + _WEEKDAY + _LATER)
_COMPACT = re.compile(rf"(?P<year>[0-9]{{4}})(?P<month>[0-9]{{2}})(?P<day>[0-9]{{2}}){_LATER}")
_DIGITS = re.compile(
    r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})(?P<hour>[0-9]{2})(?P<minute>[0-9]{2})(?P<second>[0-9]{2})?"
)
_NAMED = (
    r"(?:([0-9]{1,2})(?:st|nd|rd|th)?[- ]([A-Za-z]{3,9})\.?[- ]|([A-Za-z]{3,9})\.? ([0-9]{1,2})(?:st|nd|rd|th)?,? )"
)
_ENGLISH = re.compile(rf"(?:([A-Za-z]{{3,9}})\.?,? )?{_NAMED}([0-9]{{4}})")
_SERIAL = re.compile(r"([0-9]{5})(?:\.[0-9]{1,12})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenDay:
    """A day as written, and the time of day beside it, to the minute; None where it tells none."""

    day: date
    time: time | None = None


def written_day(text: str) -> WrittenDay | None:
    """Read a day of which there is no doubt from half-width text; None otherwise.

    A weekday has to be the day's own, and a time of another zone may not lie on another day in China.
    """
    with suppress(ValueError, OverflowError):
        return _written(_plain(text).rstrip(END))
    return None


def _plain(text: str) -> str:
    """Give a short text with one kind of dash and single spaces; blank for a long one."""
    return " ".join(text.translate(_DASHES).split()) if len(text) <= _MOST else ""


def _written(text: str) -> WrittenDay | None:
    found = _TEXT.fullmatch(text) or _COMPACT.fullmatch(text) or _DIGITS.fullmatch(text)
    if found is None:
        return _english(text)
    parts = found.groupdict()
    day = date(_year(parts["year"]), _small(parts["month"]), _small(parts["day"]))
    if (weekday := parts.get("weekday")) and _WEEKDAYS.find(weekday) not in {day.weekday(), day.weekday() - 7}:
        return None
    if not parts["hour"]:
        return WrittenDay(day=day)
    moment = datetime.combine(day, _time(parts), _zone(parts.get("zone")))
    return WrittenDay(day=day, time=_time(parts)) if moment.astimezone(_CHINA).date() == day else None


def _english(text: str) -> WrittenDay | None:
    found = _ENGLISH.fullmatch(text)
    month = _month(found[3] or found[4]) if found else None
    if not found or not month:
        return None
    day = date(int(found[6]), month, int(found[2] or found[5]))
    if found[1] and found[1].lower()[:3] != _DAYS[day.weekday()]:
        return None
    return WrittenDay(day=day)


def _month(name: str) -> int | None:
    """Give the number of a month by its English name or the first three letters of it."""
    short = name.lower()[:3]
    return _MONTHS.index(short) + 1 if short in _MONTHS else None


def _time(parts: Mapping[str, str | None]) -> time:
    hour = int(parts["hour"] or 0)
    later = parts.get("half") in {"下午", "晚上"} or (parts.get("noon") or "").lower() == "pm"
    return time(hour + 12 if later and hour < 12 else hour, int(parts.get("minute") or 0))


def _zone(text: str | None) -> timezone:
    if text is None:
        return _CHINA
    digits = text.replace(":", "").replace("Z", "+0000")
    return timezone(timedelta(hours=int(digits[:3]), minutes=int(digits[0] + digits[3:])))


def _year(text: str) -> int:
    """Read four figures, Chinese or not."""
    return int("".join(_FIGURES.get(each, each) for each in text))


def _small(text: str) -> int:
    """Read a number up to 99: 05, 五, 〇五, 十一, 二十五, 廿五, 三十, 贰拾伍. Raises ValueError for another."""
    plain = text.replace("廿", "二十").replace("卅", "三十").replace("拾", "十")
    tens, ten, ones = plain.partition("十")
    if not ten:
        return _year(plain)
    if len(tens) > 1 or len(ones) > 1:
        raise ValueError(text)
    return _year(tens or "1") * 10 + _year(ones or "0")


def day_number(text: str) -> date | None:
    """Read the number of a day, which a program stored as text; the fraction is the time of day."""
    found = _SERIAL.fullmatch(text)
    return day_of(int(found[1])) if found and int(found[1]) in SERIALS else None


def month_and_day(text: str) -> tuple[int, int] | None:
    """Read a day without its year: 11月5日, 11-5, 十一月五日(星期四)."""
    found = _NO_YEAR.fullmatch(_plain(text).strip(_MARKS))
    with suppress(ValueError):
        return (_small(found["month"]), _small(found["day"])) if found else None
    return None


_MARKS = END + "'"
_NO_YEAR = re.compile(_MONTH_AND_DAY + _WEEKDAY + _LATER)


# What is asked about -----------------------------------------------------------------------------------------------

_WITHIN = re.compile(rf"(?<![0-9]){_DAY}(?![0-9])")
_ZONED = re.compile(_LATER)
_ANOTHER = r" ?(?:[-~至到—]+|[、,;和及与]) ?[0-9一二三四五六七八九十]+(?! ?[:时点0-9])"  # of a period, or of a list; no time of day
_MORE = re.compile(_ANOTHER)
_TWO_DAYS = re.compile(
    rf"[0-9一二三四五六七八九十]{{1,3}} ?[月./] ?[0-9一二三四五六七八九十]{{1,3}} ?[日号]?{_ANOTHER}"
)
_SEPARATED = re.compile(r"([0-9]{4})[-/.。,、\\_年 ]{1,3}([0-9]{1,2})[-/.。,、\\_月 ]{1,3}([0-9]{1,2}) ?[日号]?")
_SHORT_YEAR = re.compile(r"([0-9]{2}) ?[-/.年] ?([0-9]{1,2}) ?[-/.月] ?([0-9]{1,2}) ?[日号]?")
_YEAR_LAST = re.compile(r"([0-9]{1,2}) ?[-/.] ?([0-9]{1,2}) ?[-/.] ?([0-9]{4})")
_SHORT_NAMED = re.compile(rf"{_NAMED}([0-9]{{2}})")
_OTHER_CALENDAR = re.compile("农历|阴历|民国|令和|平成|昭和")


def proposed(text: str) -> tuple[date, ...]:
    """Give the days that half-width text may mean, the likelier first; none for those of another calendar."""
    plain = _plain(text).strip(_MARKS)
    return () if _OTHER_CALENDAR.search(plain) else tuple(_valid(plain))


def _valid(text: str) -> Iterator[date]:
    for year, month, day in _guesses(text):
        with suppress(ValueError, OverflowError):
            yield date(_year(year), _small(month), _small(day))
    with suppress(ValueError, OverflowError):
        yield from _within(text)


def _guesses(text: str) -> Iterator[tuple[str, str, str]]:
    """Give year, month and day as they stand there."""
    if found := _SEPARATED.fullmatch(text):
        yield found[1], found[2], found[3]
    if found := _SHORT_YEAR.fullmatch(text):
        yield f"20{found[1]}", found[2], found[3]
    if found := _YEAR_LAST.fullmatch(text):
        yield found[3], found[1], found[2]
        yield found[3], found[2], found[1]
    if (found := _SHORT_NAMED.fullmatch(text)) and (month := _month(found[2] or found[3])):
        yield f"20{found[5]}", str(month), found[1] or found[4]


def several(text: str) -> bool:
    """Whether half-width text tells a period, or more than one day: 11月5日至6日, 2020-11-5、2020-11-6."""
    plain = _plain(text).strip(_MARKS)
    every = list(_WITHIN.finditer(plain))
    return len(every) > 1 or any(_MORE.match(plain, each.end()) for each in every) or bool(_TWO_DAYS.match(plain))


def no_day(text: str) -> bool:
    """Whether half-width text is written as a day that no calendar has: 2020-2-30."""
    plain = _plain(text).rstrip(END)
    found = _TEXT.fullmatch(plain) or _COMPACT.fullmatch(plain) or _SEPARATED.fullmatch(plain)
    if not found:
        return False
    year, month, day = found.groups()[:3]
    with suppress(ValueError):
        date(_year(year), _small(month), _small(day))
        return False
    return True


def _within(text: str) -> Iterator[date]:
    """Give the one day that stands among other words, in China's time where a zone is told; of a period, or several days, none."""
    every = list(_WITHIN.finditer(text))
    if len(every) == 1 and not _MORE.match(text, every[0].end()):
        day = date(*(read(every[0][name]) for name, read in _PARTS.items()))
        later = _ZONED.match(text, every[0].end())
        if later and later["zone"] and not later["zone"].startswith("-"):  # 9:00-11:00 tells until when
            day = datetime.combine(day, _time(later.groupdict()), _zone(later["zone"])).astimezone(_CHINA).date()
        yield day


_PARTS = {"year": _year, "month": _small, "day": _small}
