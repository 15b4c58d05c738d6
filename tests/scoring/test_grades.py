"""Grades for reference: by the total, a bound belongs to the better grade, and no total has none."""

from __future__ import annotations

import pytest

from fazhi_xl.notice.model import GradeBand
from fazhi_xl.scoring.grades import grade_counts, grade_of

BANDS = (
    GradeBand(name="优秀", at_least=90),
    GradeBand(name="良好", at_least=80),
    GradeBand(name="一般"),
)


@pytest.mark.parametrize(
    ("total", "grade"),
    [
        (11_000, "优秀"),
        (9_000, "优秀"),
        (8_999, "良好"),
        (8_000, "良好"),
        (7_999, "一般"),
        (0, "一般"),
        (-500, "一般"),
        (None, None),
    ],
)
def test_grade(total: int | None, grade: str | None) -> None:
    """The bound itself is in the band; below all bounds is the last one, and no total is no grade."""
    assert grade_of(total, BANDS) == grade


def test_no_bands_no_grades() -> None:
    """Where the office gives no grades there are none."""
    assert grade_of(9_000, ()) is None
    assert grade_counts([9_000], ()) == {}


def test_one_band_takes_all() -> None:
    """A single band needs no bound."""
    assert grade_of(-1, (GradeBand(name="合格"),)) == "合格"


def test_grade_counts() -> None:
    """Every band is counted, best first, also one that nobody reached; what has no total is left out."""
    counted = grade_counts([9_500, None, 7_000, 7_999], BANDS)
    assert list(counted.items()) == [("优秀", 1), ("良好", 0), ("一般", 2)]
