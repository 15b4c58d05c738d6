"""The catalogue of messages: every one can be worded, is used, and fits its cell."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from fazhi_xl.findings import Severity, finding
from fazhi_xl.text.messages import MESSAGES

PACKAGE = Path(__file__).parents[2] / "fazhi_xl"
# Every gap of every message, with a word for it.
WORDS: dict[str, Any] = {
    "value": "约5",
    "label": "6.1.应出庭 应出庭案件",
    "row": "台账.001",
    "other": "负责人出庭",
    "prior": "40",
    "options": "是、否、不涉及",
    "minimum": "0",
    "maximum": "99999",
    "places": "2",
    "length": "300",
    "example": "3",
    "month": "3月",
    "kept": "5",
    "size": "21.0",
    "limit": "20",
    "kind": ".xls",
    "detail": "内容读不出来",
    "current": "2",
    "number": "ZL2020-02-1-C6YCCD2M",
    "due": "2020-11-20",
    "sheet": "任务分解表",
    "situation": "④负责人违法违纪",
    "unit": "司法局",
    "named": "财政局",
    "count": 3,
    "before": 120,
    "after": 5,
    "stays": "暂不采用",
    "remedy": ";没有发生的填0",
    "meant": "9.5",
    "reason": "其他(写明)",
    "measure": "件",
    "day": "2026年3月5日",
    "typed": "3-5",
    "of": "任务分解表",
    "issued": "任务分解表",
    "beside": "J7",
    "cell": "D7",
}


def gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def source() -> str:
    files = (path for path in PACKAGE.rglob("*.py") if path.name != "messages.py")
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


@pytest.mark.parametrize("code", MESSAGES)
def test_every_message_can_be_worded(code: str) -> None:
    """Every gap is a known word, and the filled text has none left."""
    made = finding(code, **WORDS)
    assert gaps(MESSAGES[code].text) | gaps(MESSAGES[code].short) <= WORDS.keys()
    assert not {"{", "}"} & set(made.message)
    assert made.message.endswith("。")


@pytest.mark.parametrize("code", MESSAGES)
def test_every_message_has_a_severity_and_one_style(code: str) -> None:
    """Codes are lower-case words with hyphens, severities those of the report, and the cell's text has no full stop."""
    message = MESSAGES[code]
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", code)
    assert message.severity in set(Severity)
    assert not message.short.endswith("。")


def test_every_gap_is_used() -> None:
    """The words above are no more than the messages have gaps for."""
    named = set().union(*(gaps(message.text) | gaps(message.short) for message in MESSAGES.values()))
    assert named == WORDS.keys()


def test_every_code_is_used() -> None:
    """A message that nothing in the package gives is dead."""
    text = source()
    assert [code for code in MESSAGES if f'"{code}"' not in text] == []


def test_every_code_that_is_given_exists() -> None:
    """What the package gives as a finding stands in the catalogue."""
    given = re.findall(r'\b(?:finding|rejected)\(\s*"([^"]+)"|Check\(code="([^"]+)"', source())
    assert {code for pair in given for code in pair if code} <= MESSAGES.keys()


@pytest.mark.parametrize("code", [code for code, message in MESSAGES.items() if message.short])
def test_what_a_cell_shows_is_for_the_unit_to_act_on(code: str) -> None:
    """Only faults and questions are shown beside an input."""
    assert MESSAGES[code].severity in {"error", "confirm"}
