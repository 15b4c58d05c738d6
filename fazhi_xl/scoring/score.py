"""From sub-points to a unit's total, by the figures of the notice and the readings chosen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from fazhi_xl.notice.choices import Conversion, NotApplicable
from fazhi_xl.notice.model import Scoring
from fazhi_xl.points import Hundredths, figure
from fazhi_xl.scoring.model import Basis, CappedLoss, State, SubPointScore, UnitScore


def unit_score(  # noqa: PLR0913 - the figures a total is made of
    unit: str,
    group: str,
    sub_points: Iterable[SubPointScore],
    *,
    bonus: Hundredths,
    deduction: Hundredths,
    scoring: Scoring,
    basis: Basis,
    caps: Iterable[CappedLoss] = (),
    vetoes: tuple[str, ...] = (),
) -> UnitScore:
    """Score a unit, in hundredths. A sub-point without a score earns nothing; a unit without sub-points begins with the full marks."""
    all_scores = tuple(sub_points)
    full = applicable_full_marks(all_scores, scoring) if all_scores else scoring.full
    refund = sum(refunded(all_scores, cap, scoring, basis) for cap in caps)
    awarded = _sum(earned(score, basis) for score in all_scores) + refund if all_scores else full
    reviewed = basis is Basis.REVIEWED or all_decided(all_scores)
    percent = percent_score(awarded, full, scoring)
    kept, taken = capped(bonus, scoring.bonus_cap), capped(deduction, scoring.deduction_cap)
    return UnitScore(
        unit=unit,
        group=group,
        state=State.VETOED if vetoes else State.REVIEWED if reviewed else State.RETURNED,
        full_marks=full,
        auto=_sum(score.auto for score in all_scores) if all_scores else None,
        self_score=_sum(score.self_score for score in all_scores) if scoring.self_score and all_scores else None,
        reviewed=_sum(score.reviewed for score in all_scores) if reviewed and all_scores else None,
        refund=figure(refund),
        percent=percent,
        bonus=kept,
        deduction=taken,
        total=total_score(percent, kept, taken, scoring),
        vetoes=vetoes,
        sub_points=all_scores,
    )


def all_decided(scores: Iterable[SubPointScore]) -> bool:
    """Say whether the office has decided each sub-point, so that the unit has a reviewed score."""
    kept = tuple(scores)
    return bool(kept) and all(score.decided for score in kept)


def earned(score: SubPointScore, basis: Basis) -> Hundredths | None:
    """Give the hundredths that a sub-point earns on one basis; what the office took out earns nothing on any."""
    if score.approved:
        return None
    if score.by_office or basis is Basis.REVIEWED:
        return score.reviewed
    return score.self_score if basis is Basis.SELF else score.auto


def preliminary(scoring: Scoring) -> Basis:
    """Say what counts before everything is decided: the units' own scores, or the computed ones where units give none."""
    return Basis.SELF if scoring.self_score else Basis.COMPUTED


def refunded(scores: Iterable[SubPointScore], cap: CappedLoss, scoring: Scoring, basis: Basis) -> Hundredths:
    """Give what a unit gets back of the losses of the cap's sub-points: all that goes beyond what they may lose together."""
    # 累计扣分不超过5分。
    return figure(max(0, lost_together(scores, cap, scoring, basis) - cap.at_most))


def lost_together(scores: Iterable[SubPointScore], cap: CappedLoss, scoring: Scoring, basis: Basis) -> Hundredths:
    """Add up what the cap's sub-points lost; one that earned more than its points has lost none."""
    full = applicable_full_marks
    own = (score for score in scores if score.code in cap.codes)
    return _sum(max(0, full((score,), scoring) - (earned(score, basis) or 0)) for score in own)


def missing_score(unit: str, group: str, full_marks: Hundredths, vetoes: tuple[str, ...] = ()) -> UnitScore:
    """Score a unit that returned nothing: no figures, no rank, and no zero."""
    return UnitScore(unit=unit, group=group, state=State.MISSING, full_marks=full_marks, vetoes=vetoes)


def zeroed(score: UnitScore, deduction: Hundredths, scoring: Scoring) -> UnitScore:
    """Give a unit that returned nothing 0 points and no bonus, whatever the conversion; what is registered against it is taken off."""
    taken = capped(deduction, scoring.deduction_cap)
    return replace(score, percent=0, bonus=0, deduction=taken, total=total_score(0, 0, taken, scoring))


def applicable_full_marks(scores: Iterable[SubPointScore], scoring: Scoring) -> Hundredths:
    """Add up the points that a unit can earn.

    不涉及 takes its points out once approved, before that only by the other reading. What waits for a value of the office is not due.
    """
    return _sum(score.points for score in scores if not (score.pending or _taken_out(score, scoring)))


def _taken_out(score: SubPointScore, scoring: Scoring) -> bool:
    if score.approved is None:
        return score.out and scoring.not_applicable is NotApplicable.OUT
    return score.approved


def percent_score(awarded: Hundredths, full_marks: Hundredths, scoring: Scoring) -> Hundredths:
    """Convert an award to the percent score, in hundredths, rounded as the catalogue keeps scores."""
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
