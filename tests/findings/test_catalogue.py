"""The table of findings: every row can be worded, is used, and fits its cell."""

from __future__ import annotations

import pickle
import re
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from fazhi_xl.findings import Actor, Code, Severity, Topic, finding

PACKAGE = Path(__file__).parents[2] / "fazhi_xl"
# Every gap of every message, with a word for it.
WORDS: dict[str, Any] = {
    "value": "约5",
    "compared": "自评",
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
    "period": "3月",
    "periods": "月份",
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
    "none": ";没有的填0",
    "instead": "没有的填0",
    "meant": "9.5",
    "reason": "其他(写明)",
    "verdict": "不认可",
    "because": "认定选了“重复”",
    "missing": "事项归并",
    "how": "同一事项的几行填同样的字",
    "register": "按交办登记计分:1条(6月3日 迟交月报),核定4.00分",
    "measure": "件",
    "mark": "1.5",
    "ruled": "核定2",
    "clause": "(依据:结果公布后五日内提出)",
    "day": "2026年3月5日",
    "typed": "3-5",
    "assessment": "评价",
    "of": "任务分解表",
    "issued": "任务分解表",
    "beside": "J7",
    "cell": "D7",
    "characters": "U+E123",
    "format": "[h]:mm",
    "shown": "1900/1/5",
    "right": "K7QF4M",
    "why": "错误值",
}


def gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("code", Code)
def test_every_text_can_be_worded(code: Code) -> None:
    """Every gap is a known word, and the filled text has none left."""
    made = finding(code, **WORDS)
    assert gaps(code.text) | gaps(code.short) <= WORDS.keys()
    assert gaps(code.early) <= gaps(code.text)
    assert not {"{", "}"} & set(made.message)
    assert made.message.endswith("。")
    assert made.early_message.endswith("。")


@pytest.mark.parametrize("code", [code for code in Code if code.early])
def test_what_is_said_early(code: Code) -> None:
    """Before verdicts count, a text on a decision names no score, reason, verdict or entry of a register."""
    words: dict[str, Any] = {gap: f"<{gap}>" for gap in WORDS}
    said = finding(code, **words).early_message
    assert not [gap for gap in ("value", "verdict", "reason", "register", "stays", "because") if f"<{gap}>" in said]


@pytest.mark.parametrize("code", Code)
def test_every_row_has_one_style(code: Code) -> None:
    """Codes are lower-case words with hyphens; what a report and the document say are sentences, what a cell shows is none."""
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", code.value)
    assert code.name == code.value.upper().replace("-", "_")
    assert code.text.endswith("。")
    assert code.office.endswith("。")
    assert "|" not in code.text + code.office
    assert not code.short.endswith("。")


def test_a_code_is_found_by_what_a_report_writes() -> None:
    """Each code is itself when it is read again, or comes from another process."""
    assert [Code.of(str(code)) for code in Code] == list(Code)
    assert [pickle.loads(pickle.dumps(code)) for code in Code] == list(Code)  # noqa: S301 - our own
    with pytest.raises(KeyError):
        Code.of("no-such-code")


def test_every_gap_is_used() -> None:
    """The words above are no more than the texts have gaps for."""
    assert set().union(*(gaps(code.text) | gaps(code.short) for code in Code)) == WORDS.keys()


def test_every_code_is_used() -> None:
    """A code that nothing in the package gives is dead."""
    files = (path for path in PACKAGE.rglob("*.py") if path.name != "catalogue.py" or path.parent.name != "findings")
    used = set(re.findall(r"\bCode\.([A-Z_]+)", "\n".join(path.read_text(encoding="utf-8") for path in files)))
    assert used == set(Code.__members__)


@pytest.mark.parametrize("code", [code for code in Code if code.short])
def test_what_a_cell_shows_is_for_the_unit_to_act_on(code: Code) -> None:
    """Only faults and questions are shown beside an input."""
    assert code.severity in {Severity.ERROR, Severity.CONFIRM}


@pytest.mark.parametrize("code", Code)
def test_who_acts(code: Code) -> None:
    """Nobody acts on a note, and somebody on all else; what is wrong in a review book the office puts right."""
    assert (code.actor is Actor.NOBODY) == (code.severity is Severity.NOTE)
    if code.topic is Topic.REVIEW and code.severity is not Severity.NOTE:
        assert code.actor is Actor.OFFICE


def test_topics() -> None:
    """What was read otherwise is a note; a cell without an answer is asked back, save where the whole form is."""
    assert {code for code in Code if code.topic is Topic.NORMALISED} == {"value-normalised", "value-from-formula"}
    assert {code.severity for code in Code if code.topic is Topic.UNREAD} == {Severity.ERROR}
    assert {code.topic for code in Code} == set(Topic)
