"""The limits of spreadsheet programs, found on forms before they are drawn."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fazhi_xl.form import expression as x
from fazhi_xl.form.expression import Const, Expr, Ref
from fazhi_xl.form.limits import limit_faults
from fazhi_xl.form.model import Computed, Content, Field, Label, Row, Shape, Sheet, SheetColumn
from fazhi_xl.notice.choices import Kind

COLUMNS = (SheetColumn(code="编号", width=10), SheetColumn(code="值", width=10))


def shape(*contents: Content, name: str = "表") -> Shape:
    rows = tuple(Row(code=f"1.{no}", cells={"值": content}) for no, content in enumerate(contents, 1))
    return Shape(name="S", sub_points=(), sheets=(Sheet(name=name, columns=COLUMNS, rows=rows),))


def faults(made: Shape) -> list[tuple[str, str]]:
    return [(fault.row, fault.message) for fault in limit_faults(made)]


def _deep(levels: int) -> Expr:
    expr: Expr = Ref("1.1.值")
    for _ in range(levels):
        expr = x.negate(expr)
    return expr


def _options(*options: str) -> Field:
    return Field(row="1.1", column="值", label="甲", kind=Kind.CHOICE, options=options)


CASES: list[tuple[Content, str]] = [
    (Label("字" * 32_768), "一格的文字有32768个"),
    (_options("甲" * 127, "乙" * 128), "下拉选项合计256个字符"),
    (_options("甲,乙", "丙"), "选项“甲,乙”里不能有半角逗号"),
    (Computed(_deep(65)), "公式嵌套65层"),
    (Computed(x.call("maximum", *(Const(no) for no in range(256)))), "公式嵌套1层、一层256个"),
    (Computed(x.join(Const("字" * 256), Const("乙"))), "公式里的一段文字有256个字"),
    (Computed(x.call("maximum", *(x.join(Const("字" * 250)) for _ in range(40)))), "公式有10"),
    (Computed(_deep(5000)), "公式嵌套过深"),
]


@pytest.mark.parametrize(("content", "message"), CASES)
def test_over_a_limit(content: Content, message: str) -> None:
    """What a program could not hold is told with the row that it is in."""
    found = faults(shape(content))
    assert [row for row, _ in found][:1] == ["1.1"]
    assert found[0][1].startswith(message)


@pytest.mark.parametrize(
    "content",
    [
        Label("字" * 32_767),
        _options("甲" * 127, "乙" * 127),
        replace(_options("甲" * 200, "乙" * 200), options_from=("1.1.值", "1.2.值")),
        Computed(_deep(64)),
        Computed(x.join(Const("字" * 255), Ref("1.1.值"))),
    ],
)
def test_at_a_limit(content: Content) -> None:
    """What just fits is not told of; options that stand in cells have no limit."""
    assert faults(shape(content, Label("乙"))) == []


@pytest.mark.parametrize("name", ["表" * 32, "甲/乙", "[甲]", "'甲"])
def test_a_sheets_name(name: str) -> None:
    """A sheet that Excel could not name is told of."""
    assert [message[:2] for _, message in faults(shape(name=name))] == ["表名"]


def test_two_sheets_with_one_name() -> None:
    """Excel takes names that differ by case alone for the same."""
    made = shape(name="Ab")
    twice = replace(made, sheets=(*made.sheets, replace(made.sheets[0], name="aB", rows=())))
    assert faults(twice) == [("", "有两张叫“aB”的表")]
