"""The figures a summary rests on."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from statistics import median as plain_median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi_xl.notice.choices import NotApplicable
from fazhi_xl.points import USUAL, Hundredths, Kept
from fazhi_xl.rounds import rates as stats
from fazhi_xl.scoring.model import Basis, SubPointScore
from tests.support.campaign import the_notice
from tests.support.rounds import a_round, returned_file

SCORING = the_notice().about.scoring
FIGURES = st.lists(st.integers(-1_000, 11_000), min_size=1, max_size=45)


@pytest.mark.parametrize(
    ("values", "mean", "median"),
    [
        ([], None, None),
        ([9_000], 9_000, 9_000),
        ([9_000, 8_001], 8_501, 8_501),
        ([1, 2, 4], 2, 2),
        ([4, 1, 2, 3], 3, 3),
        ([0, 0], 0, 0),
        ([-1, -2], -2, -2),
    ],
)
def test_means_and_medians(values: list[int], mean: int | None, median: int | None) -> None:
    """Halves are rounded away from zero; of nothing there is neither mean nor median, and no zero."""
    assert (stats.mean(values, USUAL), stats.median(values, USUAL)) == (mean, median)


@pytest.mark.parametrize(
    ("kept", "mean", "median"),
    [
        (Kept(places=3), Fraction(23, 10), Fraction(15, 10)),
        (Kept(down=True), 2, 1),
        (Kept(places=3, down=True), Fraction(23, 10), Fraction(15, 10)),
    ],
)
def test_means_are_kept_as_scores_are(kept: Kept, mean: Hundredths, median: Hundredths) -> None:
    """The mean of 0.01, 0.01, 0.02 and 0.052 points, cut or to the third place; the median is the mean of the middle two."""
    values = (1, 1, 2, Fraction(52, 10))
    assert (stats.mean(values, kept), stats.median(values, kept)) == (mean, median)


@given(FIGURES)
def test_figures_are_exact(values: list[int]) -> None:
    """Mean and median are the exact ones, rounded half up once, whatever the order."""
    exact = (Decimal(sum(values)) / len(values)).quantize(Decimal(1), ROUND_HALF_UP)
    assert stats.mean(values, USUAL) == int(exact)
    middle = Decimal(str(plain_median(values))).quantize(Decimal(1), ROUND_HALF_UP)
    assert stats.median(values, USUAL) == stats.median(sorted(values), USUAL) == int(middle)


@pytest.mark.parametrize(
    ("awarded", "full", "rate"),
    [(0, 0, None), (0, 100, 0), (100, 100, 10_000), (1, 3, 3_333), (2, 3, 6_667), (43, 45, 9_556)],
)
def test_rates(awarded: int, full: int, rate: int | None) -> None:
    """A rate is in hundredths of a per cent; out of nothing there is none."""
    assert stats.rate(awarded, full) == rate


def sub(points: int, own: int | None, reviewed: int | None = None, *, out: bool = False) -> SubPointScore:
    return SubPointScore(code="1.1", points=points, auto=None, self_score=own, reviewed=reviewed, out=out)


def test_what_counts_on_a_basis() -> None:
    """Own and reviewed scores are never mixed; no score earns nothing."""
    score = sub(200, 150, 100)
    assert (stats.counted(score, Basis.SELF), stats.counted(score, Basis.REVIEWED)) == (150, 100)
    assert (stats.counted(sub(200, None), Basis.SELF), stats.counted(sub(200, 150), Basis.REVIEWED)) == (0, 0)


def test_the_rate_of_sub_points() -> None:
    """The rate is what was earned of the points that apply, 不涉及 as the reading says."""
    scores = [sub(200, 150), sub(100, None), sub(100, None, out=True)]
    out = SCORING.model_copy(update={"not_applicable": NotApplicable.OUT})
    rates = [stats.rate_of(scores, Basis.SELF, each) for each in (SCORING, out)]
    assert rates == [3_750, 5_000]
    assert stats.rate_of([], Basis.SELF, SCORING) is None


def test_rates_by_aspect_and_item() -> None:
    """Each aspect and item has its rate over the units that returned; one that nobody answers has none."""
    files = [
        returned_file("信访局", {"8.1.自评": 0}),  # item 8: 0 of 1 and 0 of 2; 8.2 does not fall below last year's
        returned_file("财政局", {"14.1.自评": 1, "14.2.自评": 2}),
    ]
    table = a_round(["信访局", "财政局", "法院"], files).table
    items = {no: sums.rate for no, sums in table.by_item().items()}
    aspects = {name: sums.rate for name, sums in table.by_aspect().items()}
    assert (items[8], items[14], items[10]) == (0, 7_500, None)
    assert list(items) == list(range(1, 22))
    assert list(aspects) == ["法规工作", "法治政府建设", "司法工作", "法治社会建设", "法治建设组织保障"]
    assert (aspects["法规工作"], aspects["司法工作"]) == (None, 7_500)
