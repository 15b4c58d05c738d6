"""From sub-points to a unit's total."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi_xl.notice.choices import Conversion, NotApplicable
from fazhi_xl.notice.model import Scoring
from fazhi_xl.scoring.model import Basis, State, SubPointScore, UnitScore
from fazhi_xl.scoring.score import applicable_full_marks, missing_score, percent_score, total_score, unit_score, zeroed
from tests.support.campaign import the_notice

SCORING = the_notice().about.scoring
MARKS = st.integers(0, 10_000)


def scoring(**changes: object) -> Scoring:
    return SCORING.model_copy(update=changes)


def sub(
    points: int, own: int | None, *, reviewed: int | None = None, auto: int | None = None, out: bool = False
) -> SubPointScore:
    return SubPointScore(code="1.1", points=points, auto=auto, self_score=own, reviewed=reviewed, out=out)


def scored(
    subs: Sequence[SubPointScore],
    *,
    bonus: int = 0,
    deduction: int = 0,
    by: Scoring = SCORING,
    basis: Basis = Basis.SELF,
) -> UnitScore:
    return unit_score("科技局", "A", subs, bonus=bonus, deduction=deduction, scoring=by, basis=basis)


def test_the_2020_figures() -> None:
    """采取百分制计分,满分100分; 以10分为限: the catalogue says so, in hundredths."""
    assert (SCORING.full, SCORING.bonus_cap) == (10_000, 1_000)
    assert (SCORING.not_applicable, SCORING.percent) == ("zero_until_approved", "percent")
    assert SCORING.index_coefficient == 1


@pytest.mark.parametrize(
    ("awarded", "full", "percent"),
    [
        (0, 2_200, 0),
        (2_200, 2_200, 10_000),
        (1_100, 2_200, 5_000),
        (100, 300, 3_333),
        (200, 300, 6_667),
        (1, 1_600, 6),  # 0.0625 rounds up
        (1_999, 2_000, 9_995),
        (3_333, 9_900, 3_367),
        (0, 0, 0),
    ],
)
def test_the_percent_score(awarded: int, full: int, percent: int) -> None:
    """The percent score is 100 times the award over the marks that apply, halves rounded up; without marks it is 0."""
    assert percent_score(awarded, full, SCORING) == percent


@given(MARKS, st.integers(1, 10_000))
def test_the_percent_score_is_exact(awarded: int, full: int) -> None:
    """The percent score is the exact quotient rounded half up once, and lies between 0 and 100."""
    kept = min(awarded, full)
    exact = Decimal(kept * 10_000) / Decimal(
        full
    )  # 28 places: no quotient of these sizes is nearer to a half than that
    assert percent_score(kept, full, SCORING) == int(exact.quantize(Decimal(1), ROUND_HALF_UP))
    assert 0 <= percent_score(kept, full, SCORING) <= 10_000


@given(MARKS, MARKS)
def test_the_other_reading_of_the_percent_score(awarded: int, full: int) -> None:
    """Read as 100 less what was lost, a point weighs the same for every unit."""
    lost = max(awarded, full) - min(awarded, full)
    by = scoring(percent=Conversion.HUNDRED_MINUS_LOST)
    assert percent_score(min(awarded, full), max(awarded, full), by) == 10_000 - lost


@pytest.mark.parametrize(
    ("percent", "bonus", "deduction", "total"),
    [
        (9_000, 0, 0, 9_000),
        (9_000, 300, 0, 9_300),
        (9_000, 1_000, 0, 10_000),
        (9_000, 1_200, 0, 10_000),
        (10_000, 1_000, 0, 11_000),
        (9_000, 300, 500, 8_800),
        (100, 0, 300, -200),
    ],
)
def test_the_total(percent: int, bonus: int, deduction: int, total: int) -> None:
    """The bonus is added up to ten points, the deduction taken off without a floor; a total may pass 100."""
    assert total_score(percent, bonus, deduction, SCORING) == total


def test_plain_points() -> None:
    """Read the other way, points are not put on a scale."""
    assert percent_score(2_050, 2_200, scoring(percent=Conversion.RAW)) == 2_050


@pytest.mark.parametrize(("percent", "total"), [(9_000, 9_300), (9_700, 10_000), (10_000, 10_000)])
def test_a_capped_total(percent: int, total: int) -> None:
    """Read the other way, a total ends at 100."""
    assert total_score(percent, 300, 0, scoring(total_cap=10_000)) == total


@given(MARKS, st.integers(0, 3_000), st.integers(0, 3_000), st.sampled_from(["1", "0.987", "0.9", "1.05"]))
def test_the_index_weighs_the_percent_score_alone(percent: int, bonus: int, deduction: int, coefficient: str) -> None:
    """Used as a coefficient, the index multiplies the percent score, and neither bonus nor deduction."""
    weighed = (Decimal(percent) * Decimal(coefficient)).quantize(Decimal(1), ROUND_HALF_UP)
    by = scoring(index_coefficient=Decimal(coefficient))
    assert total_score(percent, bonus, deduction, by) == int(weighed) + min(bonus, 1_000) - deduction


@pytest.mark.parametrize(("reading", "full"), [(NotApplicable.ZERO_UNTIL_APPROVED, 300), (NotApplicable.OUT, 100)])
def test_not_applicable(reading: NotApplicable, full: int) -> None:
    """不涉及 counts as nothing earned until the office approves it; read the other way, its points are taken out."""
    subs = (sub(100, 100), sub(200, None, out=True))
    by = scoring(not_applicable=reading)
    assert applicable_full_marks(subs, by) == full
    score = scored(subs, by=by)
    assert (score.full_marks, score.percent) == (full, int(Decimal(1_000_000) / full))


def test_a_unit_by_its_own_scores() -> None:
    """On the units' own scores nothing of the office's counts, and what has no score earns nothing."""
    subs = (sub(100, 50, auto=100, reviewed=25), sub(200, None, auto=0, reviewed=200), sub(100, 100))
    assert scored(subs, bonus=1_200, deduction=300) == UnitScore(
        unit="科技局",
        group="A",
        state=State.RETURNED,
        full_marks=400,
        auto=100,
        self_score=150,
        reviewed=None,
        percent=3_750,
        bonus=1_000,
        deduction=300,
        total=4_450,
        sub_points=subs,
    )


def test_a_unit_by_the_offices_scores() -> None:
    """On the office's scores nothing of the unit's own counts; both stand there side by side."""
    subs = (sub(100, 100, auto=100, reviewed=25), sub(200, 200, auto=200, reviewed=None))
    score = scored(subs, basis=Basis.REVIEWED)
    figures = (score.state, score.self_score, score.reviewed, score.percent, score.total)
    assert figures == (State.REVIEWED, 300, 25, 833, 833)


def test_a_unit_that_returned_nothing_has_no_figures() -> None:
    """未报送 is no zero: only the marks that it could have earned are known."""
    score = missing_score("科技局", "A", 2_200)
    assert score == UnitScore(unit="科技局", group="A", state=State.MISSING, full_marks=2_200)
    known = (score.auto, score.self_score, score.reviewed, score.percent, score.bonus, score.deduction, score.total)
    assert known == (None,) * 7
    assert (score.rank, score.group_rank, score.sub_points) == (None, None, ())


@pytest.mark.parametrize("percent", list(Conversion))
def test_a_unit_that_returned_nothing_may_count_with_0(percent: Conversion) -> None:
    """按0分排名: 0 points by every conversion, no bonus, and less what is registered against it, up to the cap; else it has no figures."""
    by = scoring(percent=percent, deduction_cap=700, index_coefficient=Decimal("1.037"))
    score = zeroed(missing_score("科技局", "A", 2_200), 800, by)
    assert (score.percent, score.bonus, score.deduction, score.total) == (0, 0, 700, -700)
    assert (score.state, score.full_marks, score.zeroed, score.compared) == (State.MISSING, 2_200, True, True)
    assert (score.auto, score.self_score, score.reviewed, score.sub_points) == (None, None, None, ())
    assert not missing_score("科技局", "A", 2_200).zeroed


@given(st.lists(st.tuples(st.integers(50, 1_000), st.none() | st.integers(0, 50)), min_size=1, max_size=12))
def test_a_total_is_the_sum_of_its_parts(marks: list[tuple[int, int | None]]) -> None:
    """Whatever the sub-points, the figures add up, twice the same."""
    subs = tuple(sub(points, own) for points, own in marks)
    score = scored(subs, bonus=100)
    full, own = sum(points for points, _ in marks), sum(each or 0 for _, each in marks)
    assert (score.full_marks, score.self_score) == (full, own)
    exact = Fraction(10_000 * own, full) if full else Fraction(0)
    assert score.total is not None
    assert abs(score.total - 100 - exact) <= Fraction(1, 2)
    assert scored(subs, bonus=100) == score
