"""What a unit lost, sub-point by sub-point, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fazhi_xl.notice.model import SubPoint
from fazhi_xl.points import Hundredths
from fazhi_xl.reports.round import Round
from fazhi_xl.reports.sheets.losses import presumed
from fazhi_xl.reports.sheets.scores import lost
from fazhi_xl.scoring.model import SubPointScore, UnitScore


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """Points that applied to a unit and that it did not get, on the round's basis."""

    sub: SubPoint
    score: SubPointScore
    lost: Hundredths
    why: str


def losses(done: Round, unit: UnitScore) -> tuple[Loss, ...]:
    """List a unit's losses, the largest first; equal ones in the order of the notice."""
    return tuple(sorted(_losses(done, unit), key=lambda loss: -loss.lost))


def _losses(done: Round, unit: UnitScore) -> Iterator[Loss]:
    for score in unit.sub_points:
        points = lost(done, score)
        if points > 0:
            yield Loss(sub=done.notice.sub_points[score.code], score=score, lost=points, why=_why(done, unit, score))


def _why(done: Round, unit: UnitScore, score: SubPointScore) -> str:
    ruling = done.rulings.get((unit.unit, score.code))
    said = ruling.why if ruling and score.decided else ""
    known = presumed(score) if score.out or score.approved is False or not said else None
    return ";".join(filter(None, (known, said))) or "自评未得满分"
