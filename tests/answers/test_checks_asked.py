"""Which checks of a return are asked: those that plainly cannot hold are passed over, and nothing else changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

import pytest

from fazhi_xl.answers import watched
from fazhi_xl.answers.located import Located
from fazhi_xl.answers.read import check_values, evaluated
from fazhi_xl.findings import Code
from fazhi_xl.form import expression as x
from fazhi_xl.form.expression import Const, Expr, Ref, Value
from fazhi_xl.form.expression_parts import fails_plainly
from fazhi_xl.form.model import Shape
from tests.form.test_compiled import CATALOGUES, shapes_of
from tests.round_trip.fillings import FILLINGS
from tests.support.campaign import shapes
from tests.support.tree_walk import TreeWalk

A, B = Ref("甲"), Ref("乙")
ENTERED = x.negate(x.blank(A))
PLAIN: list[tuple[Expr, bool, bool]] = [
    # the condition, whether it plainly fails while A is blank, and while A is filled in
    (ENTERED, True, False),
    (x.blank(A), False, True),
    (x.blank(B), False, False),
    (x.is_number(A), True, False),
    (x.is_number(B), False, False),
    (x.equal(A, Const("是")), True, False),
    (x.equal(A, x.ZERO), False, False),
    (x.equal(A, B), False, False),
    (x.equal(Const("是"), A), False, False),
    (x.negate(x.is_number(A)), False, False),
    (x.negate(B), False, False),
    (x.negate(x.equal(A, Const("是"))), False, False),
    (x.less(A, B), False, False),
    (x.both(ENTERED, x.less(B, A)), True, False),
    (x.both(x.blank(A), x.less(B, x.ONE)), False, True),
    (x.either(ENTERED, x.less(B, A)), False, False),
    (x.either(ENTERED, x.is_number(A)), True, False),
    (x.when(x.is_number(A), x.less(A, B), x.FALSE), True, False),
    (x.when(x.is_number(A), x.less(A, B), x.TRUE), False, False),
    (x.FALSE, True, True),
    (A, False, False),
]


@pytest.mark.parametrize(("condition", "blank", "filled"), PLAIN, ids=[str(no) for no in range(len(PLAIN))])
def test_what_plainly_fails(condition: Expr, *, blank: bool, filled: bool) -> None:
    """A condition fails plainly where it asks an input to be what it is not, whatever else it asks."""
    assert (fails_plainly(condition, blank=("甲",)), fails_plainly(condition, filled=("甲",))) == (blank, filled)


def first_that_hold(shape: Shape, values: Mapping[str, Value]) -> Iterator[tuple[str, Code]]:
    """Try every check of every input by walking its condition."""
    walk = TreeWalk({**shape.given, **values}, shape.formulas)
    for key, field in shape.fields.items():
        holding = (check.code for check in field.checks if walk.value(check.when))
        yield from ((key, code) for code in islice(holding, 1))


@pytest.mark.parametrize("filling", FILLINGS)
@pytest.mark.parametrize("name", CATALOGUES)
def test_no_check_is_lost(name: str, filling: str) -> None:
    """What is found is what trying every check finds, however the form is filled in."""
    shape = max(shapes_of(CATALOGUES[name]), key=lambda shape: len(shape.fields))
    values = {key: value for key, value in FILLINGS[filling](shape).items() if value is not None}
    found = [(each.place.field, each.code) for each in check_values(shape, values, Located())]
    assert found == [*first_that_hold(shape, values)]


def test_an_empty_text_is_blank() -> None:
    """An input that holds an empty text is asked what a blank one is asked."""
    shape = next(iter(shapes().values()))
    empty = [each.code for each in check_values(shape, dict.fromkeys(shape.fields, ""), Located())]
    assert empty == [each.code for each in check_values(shape, {}, Located())]


def test_each_return_is_computed_anew() -> None:
    """What was computed over one return's values is kept for that return alone."""
    shape = next(shape for shape in shapes().values() if "6.1" in shape.sub_points)
    one, other = ({"6.1.应出庭.填报": 20, "6.1.已出庭.填报": count} for count in (20, 0))
    assert evaluated(shape, one, {}) is evaluated(shape, one, {})
    scores = [evaluated(shape, each, {}).field("6.1.测算") for each in (one, other, one)]
    assert scores[0] == scores[2] != scores[1]
    assert evaluated(shape, one, {"甲": "5"}).field("甲") == "5"


def test_many_catalogues(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a process has seen the rows of many catalogues, they are looked through anew, and the same checks are asked."""
    watched.watched_rows.cache_clear()
    monkeypatch.setattr(watched, "_MOST", 1)
    monkeypatch.setattr(watched, "_rows", {})
    shape = next(iter(shapes().values()))
    values: dict[str, Value] = dict.fromkeys(islice(shape.fields, 40), 3)
    told = [(fault.place.field, fault.code) for fault in check_values(shape, values, Located())]
    assert told == list(first_that_hold(shape, values))
    watched.watched_rows.cache_clear()
