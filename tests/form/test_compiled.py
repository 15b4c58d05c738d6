"""The compiled reading gives what walking the expression's tree gives: the same values, of the same types, and the same errors."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fazhi_xl.form import expression as x
from fazhi_xl.form.compiled import Evaluator, Formulas, Shared
from fazhi_xl.form.expression import Call, Const, Expr, FormulaError, Ref, Span, Value
from fazhi_xl.form.generated import DEEPEST, maker
from fazhi_xl.form.meanings import MEANINGS, Takes
from fazhi_xl.form.model import Shape
from fazhi_xl.form.unit_form import unit_forms
from fazhi_xl.notice.assignment import assign
from fazhi_xl.notice.load import load
from tests.form.test_review_form import shape as review_shape
from tests.notice.campaigns import TEMPLATES
from tests.round_trip.fillings import FILLINGS
from tests.round_trip.random_answers import random_values
from tests.support.campaign import EDITION, KEY, shapes
from tests.support.tree_walk import TreeWalk

ENTERED, COMPUTED = ("甲", "乙", "丙", "丁"), ("子", "丑", "寅")
HELD: tuple[Value, ...] = (
    None, "", "是", "A", "a", "约5", "3", 0, 1, 2, 7, -1, Fraction(1, 2), Fraction(-5, 2), Fraction(2), True, False,
    date(2020, 9, 30),
)  # fmt: skip
CONSTANTS: tuple[int | str | date, ...] = (
    0,
    1,
    2,
    5,
    100,
    -3,
    "",
    "是",
    "A",
    "约5",
    "12.50",
    True,
    False,
    date(2020, 2, 29),
)
OPERATIONS = sorted(MEANINGS)


def outcome(compute: Callable[[], Value]) -> tuple[object, ...]:
    """Give what is computed with its type, or that it is an error."""
    try:
        value = compute()
    except (FormulaError, ValueError):  # of a text that is no number, or a day after the last one
        return ("error",)
    return type(value), value


# Any expression --------------------------------------------------------------------------------------------------------

SPANS = (Span(ENTERED[:3]), Span(COMPUTED), Span(("甲", "子", "丁")))
SINGLE = (Span(("甲",)), Span(("子",)))
LEAVES: tuple[Expr, ...] = (*map(Ref, (*ENTERED, *COMPUTED)), *map(Const, CONSTANTS))
Draw = Callable[[Sequence[Expr]], Expr]


def a_call(op: str, draw: Draw, inner: Callable[[], Expr]) -> Expr:
    """Make a call with arguments as its operation takes them; places and repetitions are few."""
    meaning = MEANINGS[op]
    if op in {"count_where", "sum_where"}:
        amounts = [draw(SPANS)] if op == "sum_where" else []
        return Call(op, (*amounts, draw(SPANS), inner(), draw(SPANS), inner()))
    cells = SPANS if op == "at_place" else (*SPANS, *SINGLE)
    drawn = {Takes.CELLS: lambda: draw(cells), Takes.WHOLE: lambda: draw(tuple(map(Const, (1, 2, 3))))}
    count = 3 if "{*}" in meaning.formula else 1 + max(no for no in range(4) if f"{{{no}}}" in meaning.formula)
    takes = (*meaning.takes, *[meaning.takes[-1]] * count)[:count]
    return Call(op, tuple(drawn.get(each, inner)() for each in takes))


@st.composite
def expressions(draw: st.DrawFn, depth: int = 3) -> Expr:
    """Draw an expression, or a leaf of one."""
    if depth == 0 or draw(st.integers(0, 4)) == 0:
        leaf: Expr = draw(st.sampled_from(LEAVES))
        return leaf
    op = draw(st.sampled_from(OPERATIONS))
    return a_call(op, lambda among: draw(st.sampled_from(among)), lambda: draw(expressions(depth - 1)))


VALUES = st.fixed_dictionaries({field: st.sampled_from(HELD) for field in ENTERED})


@settings(max_examples=300)
@given(expressions(), st.tuples(*[expressions(2)] * 3), VALUES)
def test_any_expression(expr: Expr, computed: tuple[Expr, ...], values: Mapping[str, Value]) -> None:
    """Whatever the operations, the cells and what stands in them, both readings come to the same."""
    formulas = {field: _earlier(made, no) for no, (field, made) in enumerate(zip(COMPUTED, computed, strict=True))}
    walked, compiled = TreeWalk(values, formulas), Evaluator(values, Formulas(formulas))
    for field in COMPUTED:
        assert outcome(lambda: compiled.field(field)) == outcome(lambda: walked.field(field))  # noqa: B023 - called at once
    assert outcome(lambda: compiled.value(expr)) == outcome(lambda: walked.value(expr))


def _earlier(expr: Expr, no: int) -> Expr:
    """Let a formula read formulas before it only."""
    if isinstance(expr, Ref):
        return expr if expr.field in (*ENTERED, *COMPUTED[:no]) else Ref(ENTERED[0])
    if isinstance(expr, Span):
        return Span(tuple(field if field in (*ENTERED, *COMPUTED[:no]) else ENTERED[0] for field in expr.fields))
    return Call(expr.op, tuple(_earlier(arg, no) for arg in expr.args)) if isinstance(expr, Call) else expr


OTHERS: tuple[Expr, ...] = (
    x.add(Ref("甲"), Ref("乙")), x.divide(Ref("甲"), Const(3)), x.divide(Const(1), Const(4)), x.divide(x.ONE, x.ZERO),
    x.blank(Ref("甲")), x.join(Ref("乙"), Const("A")), x.call("length", Ref("甲")), x.is_number(Ref("丙")),
    x.when(Ref("乙"), Const(1), x.divide(Ref("丁"), Const(2))), x.when(x.is_number(Ref("乙")), Ref("乙"), x.EMPTY),
)  # fmt: skip


@pytest.mark.parametrize("op", OPERATIONS)
def test_every_operation(op: str) -> None:
    """Each operation comes to the same over whatever may stand in its cells, and over what others give."""
    random = Random(op)
    formulas: dict[str, Expr] = {
        "子": x.add(Ref("甲"), x.ONE),
        "丑": x.blank(Ref("乙")),
        "寅": x.join(Ref("丙"), x.EMPTY),
    }
    for _ in range(150):
        expr = a_call(op, random.choice, lambda: random.choice((*LEAVES, *OTHERS)))
        values = {field: random.choice(HELD) for field in ENTERED}
        walked, compiled = TreeWalk(values, formulas), Evaluator(values, Formulas(formulas, (expr.args[0],)))  # type: ignore[union-attr] # a call
        assert outcome(lambda: compiled.value(expr)) == outcome(lambda: walked.value(expr)), (expr, values)  # noqa: B023 - called at once


def test_a_deep_expression() -> None:
    """An expression may be as deep as it likes: what is deeper than Python takes brackets is a function of its own."""
    deep: Expr = x.ONE
    for no in range(9 * DEEPEST):
        deep = x.when(x.equal(Ref("甲"), Const(no)), Const(-no), x.add(deep, x.ONE))
    assert [Evaluator({"甲": each}).value(deep) for each in (9 * DEEPEST - 1, 0, -1)] == [
        1 - 9 * DEEPEST,
        9 * DEEPEST - 1,
        9 * DEEPEST + 1,
    ]


def test_expressions_built_alike_share_a_function() -> None:
    """A function is written once for all expressions of one pattern, whatever their cells and constants are."""
    before = maker.cache_info().misses
    rest = [x.call("round_up", x.multiply(Const(no), Ref(f"{no}.甲"), Ref("乙"))) for no in range(2, 9)]
    assert [Evaluator({f"{no}.甲": 3, "乙": no}).value(expr) for no, expr in enumerate(rest, 2)] == [
        3 * no * no for no in range(2, 9)
    ]
    assert maker.cache_info().misses <= before + 1


HOSTILE = ('"', "'); raise SystemExit #", "{0}", "\\", "\n", "cells")


@pytest.mark.parametrize("word", HOSTILE)
def test_no_word_is_run(word: str) -> None:
    """What a catalogue says, and how its cells are called, is data to what is compiled, never a part of it."""
    expr = x.join(x.when(x.equal(Ref(word), Const(word)), Const(word), Const("")), Ref(word))
    assert Evaluator({word: word}).value(expr) == word + word


# Forms ------------------------------------------------------------------------------------------------------------------

CATALOGUES = {
    **{folder.name: folder for folder in sorted(TEMPLATES.iterdir())},
    "negative-list": TEMPLATES.parent / "tests" / "data" / "catalogues" / "negative-list",
}


@cache
def shapes_of(folder: Path) -> tuple[Shape, ...]:
    notice = load(folder)
    forms = unit_forms(notice, assign(notice), edition=EDITION, key=KEY)
    return tuple({form.shape.name: form.shape for form in forms}.values())


def differing(shape: Shape, values: Mapping[str, Value]) -> Iterator[object]:
    """Name the formulas and checks of a form that come to something else when they are walked."""
    walked, compiled = TreeWalk({**shape.given, **values}, shape.formulas), shape.evaluator(values)
    for key in shape.formulas:
        if outcome(lambda: compiled.field(key)) != outcome(lambda: walked.field(key)):  # noqa: B023 - called at once
            yield key
    for field in shape.fields.values():
        for condition in (field.waived, *(check.when for check in field.checks)):
            if outcome(lambda: compiled.value(condition)) != outcome(lambda: walked.value(condition)):  # noqa: B023
                yield field.key, condition


def _some(shapes: Sequence[Shape]) -> list[Shape]:
    """Give the first shape and the last, the largest among them."""
    return list(dict.fromkeys((shapes[0], max(shapes, key=lambda shape: len(shape.fields)))))


@pytest.mark.parametrize("filling", FILLINGS)
@pytest.mark.parametrize("name", CATALOGUES)
def test_forms(name: str, filling: str) -> None:
    """Every formula and every check of a form comes to the same, however the form is filled in."""
    for shape in _some(shapes_of(CATALOGUES[name])):
        assert [*differing(shape, FILLINGS[filling](shape))] == []


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", CATALOGUES)
def test_every_form(name: str, rounds: int) -> None:
    """So do those of every form, filled in by chance."""
    for shape in shapes_of(CATALOGUES[name]):
        for no in range(rounds):
            assert [*differing(shape, random_values(shape, Random(f"{shape.name}{no}")))] == []


@pytest.mark.parametrize("filling", FILLINGS)
def test_the_review_form(filling: str) -> None:
    """So do those of the office's review form."""
    shape = review_shape()
    assert [*differing(shape, FILLINGS[filling](shape))] == []


def test_what_forms_share_is_compiled_once() -> None:
    """A formula that several forms have is compiled for the first of them, and computed over each one's cells."""
    one, other = Ref("甲"), Ref("乙")
    own, part = x.add(one, x.ONE), x.blank(Ref("丙"))
    with_part, of_stretch = x.when(part, x.EMPTY, other), x.call("sum", Span(("甲", "丙")))
    shared = Shared()
    here, there = (Formulas({"乙": own, "丁": with_part, "戊": of_stretch}, (part,), shared) for _ in range(2))
    assert [here.of(field) is there.of(field) for field in ("乙", "丁", "戊")] == [True] * 3
    assert [Evaluator({"甲": each}, there).field("乙") for each in (1, 2)] == [2, 3]
    assert here.function(own) is not here.function(own)  # no part is kept by itself


def test_a_form_in_which_other_cells_have_formulas_shares_nothing_of_them() -> None:
    """Whether a cell may be an error decides what is compiled; a form in which it has a formula, or none any more, gets its own."""
    part, read = x.blank(Ref("丙")), x.add(Ref("乙"), x.ONE)
    formulas: dict[str, Expr] = {"乙": x.ONE, "丁": x.when(part, x.EMPTY, Ref("甲")), "戊": read}
    shared = Shared()
    first = Formulas(formulas, (part,), shared)
    entered = Formulas({field: formulas[field] for field in ("丁", "戊")}, (part,), shared)
    computed = Formulas({**formulas, "丙": x.ZERO}, (part,), shared)
    alone = Formulas(formulas, (), shared)
    assert [first.of("丁") is each.of("丁") for each in (entered, computed)] == [True, False]
    assert [first.of("戊") is each.of("戊") for each in (entered, computed)] == [False, True]
    assert Evaluator({"甲": 5, "丙": 1}, alone).field("丁") == 5


def test_a_formula_with_a_part_too_deep_is_shared_by_none() -> None:
    """What is cut off an expression since it is too deep is known by no form."""
    deep: Expr = Ref("甲")
    for _ in range(2 * DEEPEST):
        deep = x.add(deep, x.ONE)
    shared = Shared()
    first, second = (Formulas({"乙": deep}, (), shared) for _ in range(2))
    assert first.of("乙") is not second.of("乙")
    assert Evaluator({"甲": 1}, second).field("乙") == 1 + 2 * DEEPEST


def test_the_sheets_of_forms_share_their_functions() -> None:
    """Units that are asked for different sub-points have the same lists, and these are compiled once."""
    one, other = list(shapes().values())[:2]
    assert one.shared is other.shared
    key = "加分.01.情形"
    conditions = [[check.when for check in shape.fields[key].checks] for shape in (one, other)]
    assert [*map(one.compiled.function, conditions[0])] == [*map(other.compiled.function, conditions[1])]


def test_what_was_entered_over_a_formula_is_not_taken() -> None:
    """A computed cell is what its formula gives, unless it is given another value on purpose."""
    formulas = Formulas({"子": x.add(Ref("甲"), x.ONE), "丑": x.multiply(Ref("子"), Const(2))})
    assert Evaluator({"甲": 1, "子": 50}, formulas).field("丑") == 4
    assert Evaluator({"甲": 1}, formulas, {"子": 50}).field("丑") == 100


def test_a_compiled_shape_can_be_sent_to_another_process() -> None:
    """What is compiled stays behind, and is compiled anew where the shape arrives."""
    shape = next(iter(shapes().values()))
    key = next(iter(shape.formulas))
    shown = shape.blank.field(key)
    assert pickle.loads(pickle.dumps(shape)).blank.field(key) == shown  # noqa: S301 - the test's own bytes
