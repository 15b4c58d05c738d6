"""The same scores under another reading: other points scale what was earned, sub-points may drop out, and nothing is made up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fazhi_xl.scoring.alternative import rescored
from fazhi_xl.scoring.model import Basis, State, SubPointScore, UnitScore
from fazhi_xl.scoring.score import missing_score, unit_score
from tests.support.campaign import the_notice

SCORING = the_notice().about.scoring
SUBS = (
    SubPointScore(code="9.1", points=200, auto=133, self_score=133),
    SubPointScore(code="9.2", points=100, auto=None, self_score=50, reviewed=25),
)


def unit() -> UnitScore:
    return unit_score("政府办", "B", SUBS, bonus=100, deduction=300, scoring=SCORING, basis=Basis.SELF)


def test_nothing_changes() -> None:
    """Under the same points and the same scale a unit stands as it stood."""
    assert rescored(unit(), "B", {"9.1": 200, "9.2": 100}, SCORING, Basis.SELF) == unit()


def test_more_points() -> None:
    """What was earned grows with the points, halves rounded up, and no answer stays none."""
    made = rescored(unit(), "B", {"9.1": 300, "9.2": 100}, SCORING, Basis.SELF)
    assert (made.full_marks, made.self_score, made.sub_points[0]) == (
        400, 250, SubPointScore(code="9.1", points=300, auto=200, self_score=200),
    )  # fmt: skip
    assert made.sub_points[1] == SUBS[1]


def test_fewer_sub_points() -> None:
    """A sub-point that the reading gives to others is left out, and another group may rank the unit."""
    made = rescored(unit(), "C", {"9.2": 100}, SCORING, Basis.SELF)
    assert (made.group, made.full_marks, made.percent, made.total) == ("C", 100, 5_000, 4_800)


@pytest.mark.parametrize("points", [{}, {"1.1": 100}])
def test_no_task_left(points: dict[str, int]) -> None:
    """A unit without any of the sub-points has no total, and no zero."""
    assert rescored(unit(), "B", points, SCORING, Basis.SELF) == missing_score("政府办", "B", sum(points.values()))


def test_who_did_not_return() -> None:
    """Who returned nothing has no total under any reading."""
    missing = missing_score("法院", "B", 3_800)
    made = rescored(missing, "B", {"6.1": 200}, SCORING, Basis.SELF)
    assert made == replace(missing, full_marks=200)
    assert made.state is State.MISSING
