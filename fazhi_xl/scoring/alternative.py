"""The same scores under another reading of the notice: other points, other sub-points, another scale."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction

from fazhi_xl.notice.model import Scoring
from fazhi_xl.points import Hundredths, Kept
from fazhi_xl.scoring.model import Basis, CappedLoss, SubPointScore, UnitScore
from fazhi_xl.scoring.score import missing_score, unit_score


def rescored(
    unit: UnitScore,
    group: str,
    points: Mapping[str, Hundredths],
    scoring: Scoring,
    basis: Basis,
    caps: Iterable[CappedLoss] = (),
) -> UnitScore:
    """Score a unit over those of its sub-points that `points` names, each with the points given there; without any it has no total.

    Where a sub-point is worth more or less, its scores change in proportion, rounded as the catalogue keeps scores.
    """
    kept = tuple(_scaled(each, points[each.code], scoring.kept) for each in unit.sub_points if each.code in points)
    if unit.total is None or (unit.sub_points and not kept):
        return missing_score(unit.unit, group, sum(points.values()), unit.vetoes)
    return unit_score(
        unit.unit,
        group,
        kept,
        bonus=unit.bonus or 0,
        deduction=unit.deduction or 0,
        scoring=scoring,
        basis=basis,
        caps=caps,
        vetoes=unit.vetoes,
    )


def _scaled(score: SubPointScore, points: Hundredths, kept: Kept) -> SubPointScore:
    if points == score.points:
        return score
    if not score.points:  # what is worth no points of its own gives and takes as much as before
        return replace(score, points=points)
    by = Fraction(points, score.points)

    def scaled(earned: Hundredths | None) -> Hundredths | None:
        return None if earned is None else kept.round(earned * by)

    return replace(
        score,
        points=points,
        auto=scaled(score.auto),
        self_score=scaled(score.self_score),
        reviewed=scaled(score.reviewed),
    )
