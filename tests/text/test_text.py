"""Dates as documents write them, and the room that text takes."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi_xl.text.dates import chinese_date
from fazhi_xl.text.measure import lines, width


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2020, 1, 1), "2020年1月1日"),
        (date(2020, 11, 20), "2020年11月20日"),
        (datetime(2020, 9, 3, 23, 59), "2020年9月3日"),  # noqa: DTZ001 - only its day counts
    ],
)
def test_dates_have_no_leading_zeros(day: date, text: str) -> None:
    """Official documents write the month and the day without zeros before them."""
    assert chinese_date(day) == text


@pytest.mark.parametrize(
    ("text", "cells"),
    [("", 0), ("abc", 3), ("法治", 4), ("2020年", 6), ("“引号”", 8), ("１２", 4), ("＿", 2), ("é", 2), ("ｱ", 1)],
)
def test_a_full_width_character_takes_two_cells(text: str, cells: int) -> None:
    """Chinese characters and punctuation, and what is as wide in a Chinese font, count twice."""
    assert width(text) == cells


@pytest.mark.parametrize(
    ("text", "columns", "count"),
    [
        ("", 10, 1),
        ("法治", 10, 1),
        ("一二三四五", 10, 2),
        ("一\n二", 10, 2),
        ("一二三四五六七八九十", 10, 3),
        ("\n\n", 10, 3),
    ],
)
def test_lines_leave_slack_for_other_fonts(text: str, columns: float, count: int) -> None:
    """A line holds a little less than the column's width; a line break always begins a line."""
    assert lines(text, columns) == count


@given(st.text(max_size=60), st.floats(0, 80))
def test_more_text_never_needs_less_room(text: str, columns: float) -> None:
    """A row grows with its text, and shows one line at least."""
    assert lines(text + "字", columns) >= lines(text, columns) >= 1
