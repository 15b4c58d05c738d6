"""What a file stores as a score is held against what its answers give: told once, with the cells, and no accusation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from fazhi_xl.answers.located import Found, Located
from fazhi_xl.answers.read import Answers
from fazhi_xl.answers.stored_results import false_scores
from fazhi_xl.cells import CellKind
from fazhi_xl.form import expression as x
from fazhi_xl.form.expression import Ref, Value
from fazhi_xl.form.model import Computed, Field, Row, Shape, Sheet, SheetColumn
from fazhi_xl.notice.choices import Kind
from tests.support.campaign import forms
from tests.support.returns import Answer, Book, Typed, examine, layout_of, returned, right

FORM = forms()["信访局"]
SHAPE = FORM.shape
SCORES = tuple(key for key in SHAPE.formulas if key.rpartition(".")[2] in {"测算", "自评", "计分"})
COUNT, AUTO, TOTAL, OWN = "15.6.次数.填报", "15.6.测算", "合计.测算", "合计.自评"
CALCULATED, ISSUED, BLANK = "calculated", "issued", "blank"


def book(stored: Mapping[str, Typed], changes: Mapping[str, Answer | None] | None = None, by: str = CALCULATED) -> Book:
    """Give a right return with some answers changed, its scores as a client computes them of what was typed, then with `stored`."""
    values = right(SHAPE, changes)
    made = returned(SHAPE, values, FORM.slots)
    calculated = SHAPE.evaluator({key: as_typed(each) for key, each in values.items()})
    for key in SCORES:
        result = {CALCULATED: calculated.field(key), ISSUED: SHAPE.blank_results[key]}.get(by, "")
        shown = Typed("s", "", formula=True) if result == "" else number(repr(float(Fraction(str(result)))))
        place = SHAPE.places[key]
        made[place.sheet][place.row, place.column] = stored.get(key, shown)
    return made


def as_typed(answer: Answer) -> Value:
    """Give what a client computes with."""
    if isinstance(answer, Typed):
        return answer.text == "1" if answer.kind == "b" else Fraction(answer.text)
    return Fraction(answer) if isinstance(answer, Decimal | float) else answer


def number(text: str, *, formula: bool = True) -> Typed:
    return Typed("n", text, formula=formula)


def told(of: Book) -> list[tuple[str | None, str]]:
    """Examine twice, the same."""
    for _ in range(2):
        found = [each for each in examine(FORM, of).findings if each.code == "scores-stored"]
    return [(each.place.cell, each.message) for each in found]


@pytest.mark.parametrize("by", [CALCULATED, ISSUED, BLANK])
def test_what_programs_leave(by: str) -> None:
    """A program that calculates leaves what is true, one that never does what was issued, or nothing: neither is told."""
    assert told(book({}, by=by)) == []


def test_a_false_score_is_named() -> None:
    """A score that the answers do not give is told with its cell, what is stored and what is true."""
    cell = SHAPE.places[AUTO].cell
    assert told(book({AUTO: number("1.5")})) == [
        (
            cell,
            (
                f"有1处自动计算的分数,文件里存的与按填报内容重新计算的不同:15.6 测算分({cell})存的是1.50,应为1.00。"
                "已按重新计算的计分。改数以后没有重新计算就存盘的也会这样:"
                "请打开表按 F9 重新计算后存盘,对照盖章件,分数不同的重新打印盖章。"
            ),
        )
    ]


@pytest.mark.parametrize(
    ("key", "cell", "told_as"),
    [
        (AUTO, number("1.5", formula=False), "15.6 测算分({})存的是1.50,应为1.00"),  # typed over the formula
        (AUTO, number("0"), "15.6 测算分({})存的是0.00,应为1.00"),  # the others were calculated
        (AUTO, number("1e300"), "15.6 测算分({})存的是1e+300,应为1.00"),
        (AUTO, Typed("s", "优", formula=True), "15.6 测算分({})存的是文字,应为1.00"),
        (AUTO, number("inf"), "15.6 测算分({})存的是文字,应为1.00"),
        (OWN, number("99"), "合计 自评分({})存的是99.00,应为"),
        ("加分.01.计分", number("1"), "加分.01 计分({})存的是1.00,应为0.00"),
        ("加分.合计.计分", number("3"), "加分.合计 计分({})存的是3.00,应为0.00"),
    ],
)
def test_any_score(key: str, cell: Typed, told_as: str) -> None:
    """Scores, their totals and the bonus are held against the answers, whatever stands there."""
    ((at, message),) = told(book({key: cell}))
    assert at == SHAPE.places[key].cell
    assert told_as.format(at) in message


@pytest.mark.parametrize(
    "cell",
    [
        number("1.004"),
        number("0.99600000000000001"),
        Typed("e", "#NAME?", formula=True),
        Typed("s", "", formula=True),
    ],
)
def test_what_is_no_false_score(cell: Typed) -> None:
    """What rounds to the same, an error of a program without some function and a missing result are none."""
    assert told(book({AUTO: cell})) == []


def test_a_score_of_what_is_not_filled_in() -> None:
    """Where the answers give no score at all, that is said."""
    ((_, message),) = told(book({AUTO: number("1")}, {COUNT: None}))
    assert f"15.6 测算分({SHAPE.places[AUTO].cell})存的是1.00,应为空白" in message


def test_a_few_are_named() -> None:
    """Of many the first three are named, and all are counted."""
    many = {f"{code}.测算": number("77") for code in SHAPE.sub_points}
    ((_, message),) = told(book(many))
    assert message.startswith(f"有{len(many)}处自动计算的分数")
    assert message.count("存的是77.00") == 3
    assert "等。已按重新计算的计分" in message


@pytest.mark.parametrize("stored", ["0", "99"])
def test_nobody_calculated(stored: str) -> None:
    """Where no program calculated, a zero and what was issued stand for nothing; a number that nobody issued was put there."""
    found = told(book({AUTO: number(stored)}, by=ISSUED))
    assert [at for at, _ in found] == ([] if stored == "0" else [SHAPE.places[AUTO].cell])


@pytest.mark.parametrize(
    ("stored", "known", "count"),
    [(number("1.5"), True, 0), (number("1.5", formula=False), True, 1), (number("1.5", formula=False), False, 0)],
)
def test_a_form_that_was_sent_back(stored: Typed, known: bool, count: int) -> None:  # noqa: FBT001
    """A form sent back for correction holds the results of its answers of then: only what was typed over them is told."""
    made = book({AUTO: stored})
    layout = replace(layout_of(FORM, made), sent_back=True, formulas_known=known)
    found = [each for each in examine(FORM, made, layout).findings if each.code == "scores-stored"]
    assert len(found) == count


ORDERED: list[tuple[str, Answer]] = [
    (COUNT, "5次"),
    (COUNT, Typed("n", "4.999999999999999")),
    ("15.1.组织领导.填报", Typed("b", "1")),
    ("15.1.组织领导.填报", "√"),
    ("15.6.说明", Typed("n", "5")),
    ("台账.001.日期", "2020.3.5"),
]


@pytest.mark.parametrize(("key", "entry"), ORDERED)
def test_entries_that_are_put_in_order(key: str, entry: Answer) -> None:
    """A client computes with what was typed: a score that it gives no entry of text is no false one."""
    assert told(book({}, {key: entry})) == []


def test_a_stale_total_is_told() -> None:
    """An answer changed without calculating again leaves the scores of before, which is told, and innocently so."""
    made = book({}, {COUNT: 1})
    before = book({})
    for key in (AUTO, TOTAL):
        place = SHAPE.places[key]
        made[place.sheet][place.row, place.column] = before[place.sheet][place.row, place.column]
    ((at, message),) = told(made)
    assert at == SHAPE.places[AUTO].cell
    assert message.startswith("有2处自动计算的分数")


def test_a_formula_in_error_is_not_compared() -> None:
    """Where a formula gives an error there is no true score to hold a stored one against."""
    field = Field(row="1.1.数", column="填报", label="数", kind=Kind.WHOLE)
    share = x.when(x.blank(Ref(field.key)), x.ZERO, x.divide(x.ONE, x.subtract(Ref(field.key), x.ONE)))
    columns = tuple(SheetColumn(code=code, width=9) for code in ("填报", "测算"))
    rows = (Row(code="1.1.数", cells={"填报": field}), Row(code="1.1", cells={"测算": Computed(share)}))
    shape = Shape(name="S", sub_points=("1.1",), sheets=(Sheet(name="任务分解表", columns=columns, rows=rows),))
    stored = Found(sheet="任务分解表", cell="B3", kind=CellKind.NUMBER, text="7", formula=True)
    located = Located(cells={"1.1.测算": stored})
    answers = [Answers(shape=shape, values={field.key: value}, findings=()) for value in (1, 2)]
    assert [[f.value for f in false_scores(shape, each, located)] for each in answers] == [
        [],
        ["1.1 测算分(B3)存的是7.00,应为1.00"],
    ]
