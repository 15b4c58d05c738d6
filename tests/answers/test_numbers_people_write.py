"""What people write where a number is asked: it is read and noted, or asked about with what to do; it never becomes 0 in silence."""

from __future__ import annotations

import pytest

from fazhi_xl.findings import Finding
from tests.support.campaign import shape_of
from tests.support.returns import read, right

SHAPE = shape_of("信访局")
COUNT = "15.6.次数.填报"
READ: tuple[tuple[str, int], ...] = (
    ("８", 8),
    ("１２", 12),
    ("3次", 3),
    (" 3 次 ", 3),
    ("五", 5),
    ("零", 0),
    ("〇", 0),
)
NONE = "不是数字。没有的填0,有的填准确的数,例如3。"
VAGUE = "不是一个确定的数。请填准确的数,例如3。"
SHARE = "是比例。本栏填的是数,不是比例,请填准确的数,例如3。"
OUT = "不是数字。没有的、不涉及的都填0,有的填准确的数,例如3。"
BOUNDS = "应填0至99999的整数,不带单位,例如3。"
ASKED: tuple[tuple[str, str], ...] = (
    *((text, NONE) for text in ("无", "没有", "/", "／", "—", "——", "-", "暂无", "未发生", "无。")),
    *((text, OUT) for text in ("不涉及", "不适用", "N/A", "无此项")),
    *((text, VAGUE) for text in ("同上", "见附件", "若干", "约5", "5-6", "5～6", "十几次")),
    *((text, SHARE) for text in ("百分之九十五", "95%", "９５％")),
    *((text, BOUNDS) for text in ("2020.11.5", "全部", "1/2", "-5", "0.95")),
)


def told(text: str | None) -> tuple[object, list[Finding]]:
    """Give what a count is read as, and what is said of it."""
    answers = read(SHAPE, right(SHAPE, {COUNT: text}))
    return answers.values.get(COUNT), [each for each in answers.findings if each.place.field == COUNT]


@pytest.mark.parametrize(("text", "number"), READ)
def test_r05_a_number_is_read_and_noted(text: str, number: int) -> None:
    """A number in another spelling counts, and what was typed is kept in a note."""
    value, (note,) = told(text)
    assert value == number
    assert note.code == "value-normalised"
    assert f"由“{text}”整理为“{number}”" in note.message


@pytest.mark.parametrize(("text", "remedy"), ASKED)
def test_r05_what_is_no_number_is_asked_about(text: str, remedy: str) -> None:
    """What is no number goes back to the unit with what it wrote and what to write instead, and is no 0."""
    value, (found,) = told(text)
    assert value != 0
    assert found.severity == "error"
    assert text in found.message
    assert found.message.endswith(remedy)


@pytest.mark.parametrize("text", [None, "", "  ", "\u3000"])
def test_r05_a_blank_is_no_zero(text: str | None) -> None:
    """A blank is asked for; a 0 is an answer."""
    value, (found,) = told(text)
    assert value is None
    assert found.message.endswith("没有填写。请补填;没有发生的填0。")
    assert told("0") == (0, [])
