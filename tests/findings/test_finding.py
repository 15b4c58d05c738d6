"""Findings are made from the catalogue of messages."""

from __future__ import annotations

import pytest

from fazhi_xl.findings import NOWHERE, Code, Finding, Place, Severity, finding


def test_a_finding_carries_its_message_and_place() -> None:
    """The message's gaps are filled, and severity, place and value stand beside it."""
    place = Place(sheet="任务分解表", cell="D7", field="6.1.应出庭.填报")
    assert finding(Code.VALUE_MISSING, place, label="6.1.应出庭 应出庭案件", remedy=";没有发生的填0") == Finding(
        code=Code.VALUE_MISSING,
        place=place,
        value=None,
        message="6.1.应出庭 应出庭案件没有填写。请补填;没有发生的填0。",
    )


def test_a_finding_of_a_file_has_no_place() -> None:
    """What concerns a whole file stands nowhere in it, and the value fills its own gap."""
    made = finding(Code.DUPLICATE_FILE, value="甲/乙.xlsx")
    assert made.place is NOWHERE
    assert (made.severity, made.value) == (Severity.NOTE, "甲/乙.xlsx")
    assert made.message == "与甲/乙.xlsx内容完全相同,只计一次。"


@pytest.mark.parametrize("text", ["{0}", "{label}", "{", "}}", "{value!r}"])
def test_what_a_unit_typed_is_never_a_gap(text: str) -> None:
    """Braces in a unit's text are only text."""
    assert (
        finding(Code.VALUE_ERROR, value=text, label="甲").message == f"甲显示为错误值{text}。请删去公式,直接填写结果。"
    )


def test_a_word_may_be_named_like_an_argument() -> None:
    """A gap's word in the message is taken by name, and further words do no harm."""
    assert finding(Code.ROW_MISSING, value="6.1", other="不用").message.startswith("编号6.1所在的行不见了。")


def test_an_unknown_gap_is_refused() -> None:
    """A finding that the catalogue cannot word is a fault of the program."""
    with pytest.raises(KeyError):
        finding(Code.VALUE_MISSING)


def test_severities_are_the_four_of_the_report() -> None:
    """The report knows four severities, from the gravest to the lightest."""
    assert [severity.value for severity in Severity] == ["fatal", "error", "confirm", "note"]
