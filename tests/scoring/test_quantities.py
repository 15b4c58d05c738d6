"""What a rule looks at in a unit's facts, by which two units are compared: more is better, whatever the rule's threshold."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from pydantic import TypeAdapter

from fazhi_xl.form.expression import Value
from fazhi_xl.notice.rules import Part, Rule
from fazhi_xl.scoring.quantities import _of, quantities

PART: TypeAdapter[Part] = TypeAdapter(Part)
DEDUCTING = {"input": "a", "each": "0.5"}
MARGIN = {"done": ["a"], "due": ["b"], "each": "0.1"}


def amounts(part: dict[str, Any], facts: dict[str, Value]) -> tuple[Fraction, ...] | None:
    return quantities(Rule(parts=(PART.validate_python(part),)), facts)


@pytest.mark.parametrize(
    ("part", "worse", "better"),
    [
        ({"kind": "yes", "input": "a"}, {"a": "否"}, {"a": "是"}),
        ({"kind": "grade", "input": "a", "shares": {"优": 100, "良": 60}}, {"a": "良"}, {"a": "优"}),
        ({"kind": "count", "input": "a", "at_least": 4}, {"a": 4}, {"a": 5}),
        ({"kind": "count_zero", "input": "a"}, {"a": 2}, {"a": 1}),
        ({"kind": "rate", "done": ["a"], "due": ["b"]}, {"a": 8, "b": 10}, {"a": 9, "b": 10}),
        ({"kind": "rate", "done": ["a"], "due": ["b"]}, {"a": 8, "b": 10}, {"a": 0, "b": 0}),
        ({"kind": "ratio", "amount": "a", "base": "b", "at_least": 3}, {"a": 2, "b": 1}, {"a": Fraction(5, 2), "b": 1}),
        ({"kind": "fall", "this_year": "a", "last_year": "b"}, {"a": 3, "b": 4}, {"a": 1, "b": 4}),
        (
            {"kind": "fall", "this_year": "a", "last_year": "b", "this_year_of": "c", "last_year_of": "d"},
            {"a": 1, "c": 2, "b": 1, "d": 1},
            {"a": 1, "c": 4, "b": 1, "d": 1},
        ),
        (
            {"kind": "days", "start": "a", "end": "b", "at_least": 30},
            {"a": date(2020, 1, 1), "b": date(2020, 1, 3)},
            {"a": date(2020, 1, 1), "b": date(2020, 1, 4)},
        ),
        (
            {"kind": "months", "start": "a", "end": "b", "at_least": 3},
            {"a": date(2020, 1, 2), "b": date(2020, 1, 3)},
            {"a": date(2020, 1, 1), "b": date(2020, 1, 3)},
        ),
        ({"kind": "tally", "terms": [DEDUCTING]}, {"a": 1}, {"a": 2}),
        ({"kind": "deduct", "terms": [DEDUCTING]}, {"a": 2}, {"a": 1}),
        ({"kind": "deduct", "terms": [{**DEDUCTING, "target": 4}]}, {"a": 2}, {"a": 3}),
        ({"kind": "balance", "plus": [DEDUCTING], "minus": [{**DEDUCTING, "input": "b"}]}, {"a": 1, "b": 2}, {"a": 2, "b": 1}),
        ({"kind": "deduct", "terms": [{**MARGIN, "reference": 90}]}, {"a": 8, "b": 10}, {"a": 9, "b": 10}),
        (
            {"kind": "tally", "terms": [{**MARGIN, "reference_input": "c", "side": "above"}]},
            {"a": 8, "b": 10, "c": 70},
            {"a": 8, "b": 10, "c": 60},
        ),
        (
            {"kind": "deduct", "terms": [{**MARGIN, "last_done": ["c"], "last_due": ["d"]}]},
            {"a": 8, "b": 10, "c": 9, "d": 10},
            {"a": 8, "b": 10, "c": 8, "d": 10},
        ),
        (
            {"kind": "bands", "input": "a", "bands": [{"at_least": 90, "points": 2}, {"at_least": 80, "points": 1}]},
            {"a": 80},
            {"a": 81},
        ),
        (
            {"kind": "bands", "done": ["a"], "due": ["b"], "bands": [{"at_most": 5, "points": 2}, {"at_most": 9, "points": 1}]},
            {"a": 2, "b": 10},
            {"a": 1, "b": 10},
        ),
    ],
)  # fmt: skip
def test_more_is_better(part: dict[str, Any], worse: dict[str, Value], better: dict[str, Value]) -> None:
    """Facts that speak for a unit give a larger quantity, also on one side of a threshold."""
    low, high = amounts(part, worse), amounts(part, better)
    assert low is not None
    assert high is not None
    assert low < high
    assert all(one <= other for one, other in zip(low, high, strict=True))


def test_bands_that_go_up_and_down() -> None:
    """Where neither more nor less is better throughout, only the same number is as good."""
    part = {"kind": "bands", "input": "a", "bands": [{"at_least": 90, "points": 1}, {"at_least": 80, "points": 2}]}
    assert amounts(part, {"a": 85}) == (Fraction(85), Fraction(-85))
    mixed = {"kind": "bands", "input": "a", "bands": [{"at_least": 9, "points": 2}, {"at_most": 3, "points": 1}]}
    assert amounts(mixed, {"a": 5}) == (Fraction(5), Fraction(-5))


@pytest.mark.parametrize(
    ("part", "facts"),
    [
        ({"kind": "yes", "input": "a"}, {"a": "不涉及"}),
        ({"kind": "yes", "input": "a"}, {}),
        ({"kind": "count", "input": "a"}, {"a": None}),
        ({"kind": "count", "input": "a"}, {"a": "约5次"}),
        ({"kind": "count", "input": "a"}, {"a": True}),
        ({"kind": "rate", "done": ["a"], "due": ["b"], "no_case": "not_applicable"}, {"a": 0, "b": 0}),
        ({"kind": "days", "start": "a", "end": "b", "at_least": 30}, {"a": date(2020, 1, 1)}),
    ],
)
def test_what_cannot_be_compared(part: dict[str, Any], facts: dict[str, Value]) -> None:
    """A blank, a text that is no number, a due of 0 and 不涉及 are neither more nor less than anything."""
    assert amounts(part, facts) is None


def test_every_kind_of_part_has_one() -> None:
    """What no rule is made of has no quantity."""
    with pytest.raises(TypeError):
        next(_of(object(), {}))
