"""Dates as official documents write them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

BLANK_DAY = "____年__月__日"  # for the office to fill in


def day_or_blank(day: date | None, today: date) -> str:
    """Write the day by which something is asked for; a blank to write into where there is none, or it has gone by."""
    return chinese_date(day) if day and day >= today else BLANK_DAY


def chinese_date(day: date) -> str:
    """Write a day as 2031年11月20日."""
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_moment(moment: datetime) -> str:
    """Write a moment as 2031年11月20日 17:00, by the clock that it carries."""
    return f"{chinese_date(moment)} {moment:%H:%M}"


def day_of(number: int) -> date:
    """Give the day that a spreadsheet's day number stands for."""
    return date(1899, 12, 30) + timedelta(days=number)
