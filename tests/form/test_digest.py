"""What a cell holds as a number: one declaration, as a formula and in Python."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi_xl.form import expression as x
from fazhi_xl.form.compiled import Evaluator
from fazhi_xl.form.digest import (
    PLACES,
    bare_digest,
    bare_digest_formula,
    digest,
    digest_formula,
    long_digest,
    long_digest_formula,
)
from fazhi_xl.form.expression import Const, FormulaError, Value

NUMBERS: list[tuple[Value, int]] = [
    (None, 0),
    (0, 3),
    (5, 5003),
    (-1, -997),
    (Fraction(17, 2), 8503),
    (Fraction("0.30000000000000004"), 303),
    (Fraction(1, 8), 128),
    (date(2020, 9, 1), 44075003),
]


@pytest.mark.parametrize(("value", "number"), NUMBERS)
def test_numbers(value: Value, number: int) -> None:
    """A number counts by its thousandths, a day by its number, and a blank is another than 0; so it is in every digest."""
    assert [digest(1, value), digest(5, value), long_digest(value), bare_digest(value)] == [number] * 4


def test_texts() -> None:
    """A text counts by its length and by the code points of its last characters, of which the first stands for all that are missing."""
    assert digest(1, "") == digest(5, "") == long_digest("") == bare_digest("") == 0
    assert digest(1, "是") == 17 + ord("是")
    assert digest(2, "是") == 17 + ord("是") * (1 + 131)
    assert digest(2, "12") == 34 + ord("2") + 131 * ord("1")
    assert long_digest("abcdefgh") == 17 * 8 + ord("h") + 131 * ord("f") + 1021 * ord("d") + 2399 * ord("b")
    assert bare_digest("abcdefgh") == 17 * 8


def test_formulas() -> None:
    """Each digest is one formula over a cell, without an error where a program has no code points."""
    assert bare_digest_formula() == "IF(ISNUMBER({0}),3+ROUND(1000*{0},0),17*LEN({0}))"
    assert digest_formula(2) == (
        "IF(ISNUMBER({0}),3+ROUND(1000*{0},0),"
        "17*LEN({0})+IFERROR(_xlfn.UNICODE(RIGHT({0},1))+131*_xlfn.UNICODE(RIGHT({0},2)),0))"
    )
    assert long_digest_formula() == (
        "IF(ISNUMBER({0}),3+ROUND(1000*{0},0),17*LEN({0})+IFERROR(_xlfn.UNICODE(RIGHT({0},1))"
        "+131*_xlfn.UNICODE(RIGHT({0},INT(LEN({0})*1/4)+1))+1021*_xlfn.UNICODE(RIGHT({0},INT(LEN({0})*2/4)+1))"
        "+2399*_xlfn.UNICODE(RIGHT({0},INT(LEN({0})*3/4)+1)),0))"
    )


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_other_numbers_have_other_digests(one: int, other: int) -> None:
    """Two numbers of thousandths never have the same digest."""
    assert (digest(1, Fraction(one, 1000)) == digest(1, Fraction(other, 1000))) == (one == other)


@given(st.text("0123456789", min_size=1, max_size=PLACES), st.integers(0, PLACES - 1), st.sampled_from("0123456789"))
def test_a_digit_of_a_number_that_is_a_text(text: str, place: int, digit: str) -> None:
    """A number that was typed as a text has another digest once one of its digits is another."""
    at = place % len(text)
    changed = text[:at] + digit + text[at + 1 :]
    assert (digest(PLACES, changed) == digest(PLACES, text)) == (changed == text)


def test_no_letter_stands_before_the_first() -> None:
    """A place below 1 is an error, as in a cell; one behind the last letter gives nothing."""
    with pytest.raises(FormulaError):
        Evaluator({}).value(x.call("letter", Const("AB"), Const(0)))
    assert Evaluator({}).value(x.call("letter", Const("AB"), Const(2))) == "B"
