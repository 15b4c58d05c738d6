"""Dates as official documents write them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta

_ASKED_BY = re.compile(r"((\d{4})年(\d{1,2})月(\d{1,2})日)(?:以|之)?前(?:改好)?(?:发回|报)")
BLANK_DAY = "____年__月__日"  # for the office to fill in


def day_or_blank(day: date | None, today: date) -> str:
    """Write the day by which something is asked for; a blank to write into where there is none, or it has gone by."""
    return chinese_date(day) if day and day >= today else BLANK_DAY


def gone_by(text: str, today: date) -> tuple[str, ...]:
    """Give the days before today by which a text asks for something, as it writes them: 请于2031年11月20日前发回."""
    return tuple(found[1] for found in _ASKED_BY.finditer(text) if _day(found) < today)


def blanked(text: str, days: Iterable[str]) -> str:
    """Write a blank for these days where something is asked for by them."""
    wanted = frozenset(days)
    return _ASKED_BY.sub(lambda found: found[0].replace(found[1], BLANK_DAY) if found[1] in wanted else found[0], text)


def _day(found: re.Match[str]) -> date:
    """Give the day that was found; one that does not exist is no day still to come."""
    try:
        return date(*map(int, found.group(2, 3, 4)))
    except ValueError:
        return date.min


def chinese_date(day: date) -> str:
    """Write a day as 2031年11月20日."""
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_moment(moment: datetime) -> str:
    """Write a moment as 2031年11月20日 17:00, by the clock that it carries."""
    return f"{chinese_date(moment)} {moment:%H:%M}"


def day_of(number: int) -> date:
    """Give the day that a spreadsheet's day number stands for."""
    return date(1899, 12, 30) + timedelta(days=number)
