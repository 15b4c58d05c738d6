"""The checks that come with a field's type, their words, and what a row's result column shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from fazhi_xl.findings import Code
from fazhi_xl.form import expression as x
from fazhi_xl.form.checks import date_in_bounds, status, type_error, with_checks, words
from fazhi_xl.form.compiled import Evaluator
from fazhi_xl.form.expression import Const, Ref, Value
from fazhi_xl.form.model import Check, Field
from fazhi_xl.notice.choices import Kind
from tests.support.campaign import shapes

CHOICE = Field(row="1.1", column="填报", label="制度", kind=Kind.CHOICE, options=("是", "否"))
WHOLE = Field(row="1.1", column="填报", label="次数", kind=Kind.WHOLE, minimum=Decimal(0), maximum=Decimal(99))
SCORE = Field(row="1.1", column="填报", label="自评分", kind=Kind.DECIMAL, minimum=Decimal(0), maximum=Decimal("0.5"))
SHARE = replace(SCORE, minimum=Decimal("0.01"), maximum=Decimal(99_999), places=1)
DAY = Field(
    row="1.1", column="填报", label="日期", kind=Kind.DATE, minimum=date(2020, 1, 1), maximum=date(2020, 12, 31)
)
TEXT = Field(row="1.1", column="填报", label="说明", kind=Kind.TEXT, length=5)


def faults(field: Field, value: Value) -> list[str]:
    evaluator = Evaluator({field.key: value})
    return [check.code for check in with_checks(field).checks if evaluator.value(check.when)]


TYPES: list[tuple[Field, Value, list[str]]] = [
    (CHOICE, "是", []),
    (CHOICE, None, []),
    (CHOICE, "是否", ["choice-unknown"]),
    (CHOICE, 1, ["choice-unknown"]),
    (CHOICE, 0, ["choice-unknown"]),
    (WHOLE, 0, []),
    (WHOLE, 99, []),
    (WHOLE, None, []),
    (WHOLE, 100, ["whole-wrong"]),
    (WHOLE, -1, ["whole-wrong"]),
    (WHOLE, Fraction(1, 2), ["whole-wrong"]),
    (WHOLE, "约5", ["whole-wrong"]),
    (WHOLE, "5", ["whole-wrong"]),
    (WHOLE, True, ["whole-wrong"]),
    (SCORE, Fraction(1, 2), []),
    (SCORE, Fraction(1, 100), []),
    (SCORE, 0, []),
    (SCORE, Fraction(51, 100), ["number-wrong"]),
    (SCORE, Fraction(1, 8), ["number-wrong"]),
    (SCORE, "0.5", ["number-wrong"]),
    (SHARE, Fraction(1, 100), ["number-wrong"]),
    (SHARE, Fraction(1, 10), []),
    (SHARE, 0, ["number-wrong"]),
    (DAY, date(2020, 1, 1), []),
    (DAY, date(2020, 12, 31), []),
    (DAY, date(2019, 12, 31), ["date-wrong"]),
    (DAY, date(2021, 1, 1), ["date-wrong"]),
    (DAY, 20_200_305, ["date-wrong"]),
    (DAY, 0, ["date-wrong"]),
    (DAY, "3月5日", ["date-wrong"]),
    (TEXT, "一二三四五", []),
    (TEXT, "一二三四五六", ["text-too-long"]),
    (TEXT, None, []),
]


@pytest.mark.parametrize(("field", "value", "codes"), TYPES)
def test_a_fields_type(field: Field, value: Value, codes: list[str]) -> None:
    """Each kind takes what it says, bounds included; a blank is no fault of the type."""
    assert faults(field, value) == codes


@pytest.mark.parametrize(
    ("value", "waived", "codes"),
    [(None, False, ["value-missing"]), ("", False, ["value-missing"]), (0, False, []), (None, True, [])],
)
def test_a_required_field(value: Value, *, waived: bool, codes: list[str]) -> None:
    """What is required must be filled in, 0 is filled in, and where it is waived it may stay blank."""
    assert faults(replace(WHOLE, required=True, waived=Const(value=waived)), value) == codes


def test_a_choice_from_locked_cells() -> None:
    """Options that stand in the sheet are compared with those cells."""
    field = replace(CHOICE, options_from=("甲.得分点", "乙.得分点"))
    check = with_checks(field).checks[0]
    held: dict[str, Value] = {"甲.得分点": "第1.1项", "乙.得分点": "第1.2项"}
    found = [Evaluator({**held, field.key: each}).value(check.when) for each in ("第1.2项", "第1.3项", "<1", None)]
    assert found == [False, True, True, False]


def test_many_options_are_named_by_their_ends() -> None:
    """A long list is not told in full: a text within a formula may have 255 characters."""
    options = tuple(f"第{no}.{at}项" for no in range(1, 10) for at in range(1, 10))
    assert type_error(replace(CHOICE, options=options)) == "请从下拉列表选:第1.1项至第9.9项"


def test_a_number_without_bounds_is_refused() -> None:
    """A number or a date without bounds cannot be checked; the form that asks for one is wrong."""
    with pytest.raises(TypeError):
        with_checks(replace(WHOLE, maximum=None))


@pytest.mark.parametrize(
    ("field", "text"),
    [
        (CHOICE, "请从下拉列表选:是、否"),
        (WHOLE, "应填0至99的整数,例如3;没有的填0"),
        (SCORE, "应填0至0.5的数,最多2位小数,例如0.5"),
        (SHARE, "应填0.01至99999的数,最多1位小数,例如8.5"),
        (DAY, "应填2020-1-1至2020-12-31的日期,例如2020-5-8"),
        (TEXT, "超过5个字,请压缩"),
    ],
)
def test_what_a_cell_says_when_it_refuses(field: Field, text: str) -> None:
    """The workbook names what the cell takes, with an example that it takes."""
    assert type_error(field) == text


def test_examples_are_right() -> None:
    """In every form, the example that a number's or a date's message gives is one that its field takes."""
    wrong = []
    for shape in shapes().values():
        for field in shape.fields.values():
            example = words(field)["example"]
            if field.kind in {Kind.WHOLE, Kind.DECIMAL} and faults(field, Fraction(example)):
                wrong.append((field.key, example))
            if field.kind is Kind.DATE and faults(field, date(*map(int, example.split("-")))):
                wrong.append((field.key, example))
    assert wrong == []


@pytest.mark.parametrize(
    ("field", "remedy"), [(CHOICE, ",从下拉列表选择"), (WHOLE, ";没有发生的填0"), (DAY, ",年月日写全"), (SCORE, "")]
)
def test_a_blank_is_told_how_to_be_filled(field: Field, remedy: str) -> None:
    """What to enter depends on the kind: only a count is 0 where nothing happened."""
    assert words(field)["remedy"] == remedy


def test_words_without_bounds_are_empty() -> None:
    """A text has no bounds and no example; its gaps are filled with nothing."""
    assert words(TEXT) == {
        "label": "说明",
        "options": "",
        "minimum": "",
        "maximum": "",
        "places": "2",
        "length": "5",
        "example": "",
        "remedy": "",
        "none": "",
    }


@pytest.mark.parametrize(("day", "inside"), [(date(2020, 1, 1), True), (date(2021, 1, 1), False), (0, False)])
def test_days_in_bounds(day: Value, *, inside: bool) -> None:
    """A day lies in its field's bounds, both included."""
    assert Evaluator({DAY.key: day}).value(date_in_bounds(DAY)) is inside


def test_a_result_begins_with_its_weight() -> None:
    """A blank is 待填, a fault 错误, a question 请核实, in words and not by colour alone; the first that holds is shown."""
    cell = Ref("甲")
    checks = (
        Check(code=Code.VALUE_MISSING, when=x.blank(cell), words={"label": "次数"}),
        Check(code=Code.MORE_THAN, when=x.equal(cell, Const(1)), words={"label": "次数", "other": "总数"}),
        Check(code=Code.MATTER_REPEATED, when=x.is_number(cell)),
    )
    shown = status(checks, Const("通过"))
    results = [Evaluator({"甲": each}).value(shown) for each in (None, 1, 2, "是")]
    assert results == ["待填:次数", "错误:大于“总数”,请核对", "请核实:同一事项,不重复加分", "通过"]
