"""Means and medians, in hundredths of a point and rounded as the catalogue says, and rates, in hundredths of a per cent, half up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from fazhi_xl.notice.model import Scoring
from fazhi_xl.points import Hundredths, Kept, round_half_up
from fazhi_xl.scoring.model import Basis, SubPointScore, UnitScore
from fazhi_xl.scoring.score import applicable_full_marks, earned

FULL_RATE = 10_000
"""The whole of what could be earned, in hundredths of a per cent."""


def mean(values: Sequence[Hundredths], kept: Kept) -> Hundredths | None:
    return kept.round(Fraction(sum(values), len(values))) if values else None


def median(values: Sequence[Hundredths], kept: Kept) -> Hundredths | None:
    """Give the median, of an even number the mean of the middle two; None of no values."""
    if not values:
        return None
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else kept.round(Fraction(ordered[half - 1] + ordered[half], 2))


def counted(score: SubPointScore, basis: Basis) -> Hundredths:
    """Give the points that a sub-point earned on this basis; 0 where it has no score."""
    return earned(score, basis) or 0


def awarded(unit: UnitScore, basis: Basis) -> Hundredths:
    """Give what a unit earned, with what goes back to it."""
    return sum(counted(score, basis) for score in unit.sub_points) + unit.refund


def rate(points: Hundredths, full: Hundredths) -> int | None:
    return round_half_up(Fraction(FULL_RATE * points, full)) if full else None


def rate_of(scores: Iterable[SubPointScore], basis: Basis, scoring: Scoring) -> int | None:
    """Give the share of the points that apply that the sub-points earned; None where there are none."""
    kept = tuple(scores)
    return rate(sum(counted(score, basis) for score in kept), applicable_full_marks(kept, scoring))
