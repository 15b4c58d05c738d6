"""Findings are data, and their texts are made from the table."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import pytest

import fazhi_xl
from fazhi_xl.findings import NOWHERE, Code, Finding, Place, Severity, finding


def test_a_finding_carries_its_data() -> None:
    """Code, place, value and the words for the gaps make a finding; severity and text come from the code."""
    place = Place(sheet="任务分解表", cell="D7", field="6.1.应出庭.填报")
    words = {"label": "6.1.应出庭 应出庭案件", "remedy": ";没有发生的填0"}
    made = finding(Code.VALUE_MISSING, place, value=None, **words, options="不用")
    assert made == Finding(code=Code.VALUE_MISSING, place=place, words=words)
    assert hash(made) == hash(replace(made))
    assert (made.severity, made.key) == (Severity.ERROR, None)
    assert made.message == "6.1.应出庭 应出庭案件没有填写。请补填;没有发生的填0。"


def test_texts_for_other_places() -> None:
    """The same data says its cause alone, is told in the row that it is about, or of several cells at once."""
    place = Place(unit="法院", field="6.1")
    made = finding(Code.REVIEW_WITHDRAWN, place, value="核定1", row="法院6.1")
    rest = "审核表里这一行清空了,先前的决定(核定1)已撤回。请核实是不是有意清空。"
    assert (made.message, made.message_in_row) == (f"法院6.1:{rest}", rest)
    assert made.message_about("这2处") == f"这2处:{rest}"
    assert made.cause == "法院6.1:审核表里这一行清空了,先前的决定(核定1)已撤回"
    assert (made.key, made.apart_from_subject) == (("法院", "6.1"), (("value", "核定1"),))


def test_nothing_decides_by_a_text() -> None:
    """Nothing in the package compares, searches or takes apart the text of a finding."""
    texts = {"message", "cause", "message_in_row"}
    taken = [
        (path.name, part.lineno)
        for path in Path(fazhi_xl.__file__).parent.rglob("*.py")
        for each in ast.walk(ast.parse(path.read_text("utf-8")))
        for part in _operands(each)
        if isinstance(part, ast.Attribute) and part.attr in texts
    ]
    assert taken == []


def _operands(each: ast.AST) -> list[ast.expr]:
    """Give what a node compares, takes an item of, or calls a method of."""
    if isinstance(each, ast.Compare):
        return [each.left, *each.comparators]
    return [each.value] if isinstance(each, ast.Attribute | ast.Subscript) else []


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


def test_identity_numbers() -> None:
    """No text of a finding prints a citizen's identity number whole, nor does its value as it is shown."""
    found = finding(Code.EVIDENCE_NOT_THERE, value="证书11010519491231002X.pdf", row="台账.001")
    assert "“证书1101************2X.pdf”" in found.message
    assert "“证书1101************2X.pdf”" in found.cause
    assert found.shown_value == "证书1101************2X.pdf"
