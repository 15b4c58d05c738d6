"""From sub-points to a unit's total, by part 三 and 四 of the notice and the readings chosen."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from fazhi_xl.notice.choices import Conversion, NotApplicable
from fazhi_xl.notice.model import Scoring
from fazhi_xl.points import Hundredths, figure
from fazhi_xl.scoring.model import Basis, State, SubPointScore, UnitScore


def unit_score(  # noqa: PLR0913 - the figures a total is made of
    unit: str,
    group: str,
    sub_points: Iterable[SubPointScore],
    *,
    bonus: Hundredths,
    deduction: Hundredths,
    scoring: Scoring,
    basis: Basis,
) -> UnitScore:
    """Score a unit that returned its form, in hundredths. A sub-point without a score earns nothing; the checks report it."""
    all_scores = tuple(sub_points)
    full = applicable_full_marks(all_scores, scoring)
    counted = _sum(earned(score, basis) for score in all_scores)
    reviewed = basis is Basis.REVIEWED or all_decided(all_scores)
    percent = percent_score(counted, full, scoring)
    kept = capped(bonus, scoring.bonus_cap)
    return UnitScore(
        unit=unit,
        group=group,
        state=State.REVIEWED if reviewed else State.RETURNED,
        full_marks=full,
        auto=_sum(score.auto for score in all_scores),
        self_score=_sum(score.self_score for score in all_scores),
        reviewed=_sum(score.reviewed for score in all_scores) if reviewed else None,
        percent=percent,
        bonus=kept,
        deduction=deduction,
        total=total_score(percent, kept, deduction, scoring),
        sub_points=all_scores,
    )


def all_decided(scores: Iterable[SubPointScore]) -> bool:
    """Say whether the office has decided each sub-point, so that the unit has a reviewed score."""
    kept = tuple(scores)
    return bool(kept) and all(score.decided for score in kept)


def earned(score: SubPointScore, basis: Basis) -> Hundredths | None:
    """Give the hundredths that a sub-point earns on one basis; what the office took out earns nothing on either."""
    if score.approved:
        return None
    return score.self_score if basis is Basis.SELF else score.reviewed


def missing_score(unit: str, group: str, full_marks: Hundredths) -> UnitScore:
    """Score a unit that returned nothing: no figures, no rank, and no zero."""
    return UnitScore(unit=unit, group=group, state=State.MISSING, full_marks=full_marks)


def applicable_full_marks(scores: Iterable[SubPointScore], scoring: Scoring) -> Hundredths:
    """Add up the points that a unit can earn; 不涉及 takes its points out once approved, before that only by the other reading."""
    drop = scoring.not_applicable is NotApplicable.OUT
    return _sum(
        score.points for score in scores if not (drop and score.out if score.approved is None else score.approved)
    )


def percent_score(awarded: Hundredths, full_marks: Hundredths, scoring: Scoring) -> Hundredths:
    """Convert an award to the percent score, in hundredths, rounded as the catalogue keeps scores."""
    # 采取百分制计分,满分100分。
    if scoring.percent is Conversion.RAW:
        return awarded
    if scoring.percent is Conversion.HUNDRED_MINUS_LOST:
        return figure(scoring.full - (full_marks - awarded))
    return scoring.kept.round(Fraction(scoring.full * awarded, full_marks)) if full_marks else 0


def total_score(percent: Hundredths, bonus: Hundredths, deduction: Hundredths, scoring: Scoring) -> Hundredths:
    """Add the bonus and take the deduction off; the index coefficient, where it is used, weighs the percent score alone."""
    # “累计加分超过10分的,以10分为限”; an index that is published by itself may also serve as a coefficient.
    weighed = scoring.kept.round(percent * Fraction(scoring.index_coefficient))
    total = figure(weighed + capped(bonus, scoring.bonus_cap) - deduction)
    return capped(total, scoring.total_cap)


def capped(points: Hundredths, cap: Hundredths | None) -> Hundredths:
    """Give at most the cap, where there is one."""
    return points if cap is None else min(points, cap)


def _sum(scores: Iterable[Hundredths | None]) -> Hundredths:
    return figure(sum(score for score in scores if score is not None))
