"""What a unit lost, sub-point by sub-point, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fazhi_xl.notice.model import SubPoint
from fazhi_xl.points import Hundredths
from fazhi_xl.reports.round import Round
from fazhi_xl.reports.statistics import counted
from fazhi_xl.scoring.model import SubPointScore, UnitScore
from fazhi_xl.scoring.score import applicable_full_marks

REFUSED = "申请不涉及,没有核准"


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """Points that applied to a unit and that it did not get, on the round's basis."""

    sub: SubPoint
    score: SubPointScore
    lost: Hundredths
    why: str


def lost_points(done: Round, score: SubPointScore) -> Hundredths:
    """Give what applied and was not earned; what is out of the full marks is not lost."""
    return applicable_full_marks((score,), done.notice.about.scoring) - counted(score, done.basis)


def losses(done: Round, unit: UnitScore) -> tuple[Loss, ...]:
    """List a unit's losses, the largest first; equal ones in the order of the notice."""
    return tuple(sorted(_losses(done, unit), key=lambda loss: -loss.lost))


def _losses(done: Round, unit: UnitScore) -> Iterator[Loss]:
    for score in unit.sub_points:
        lost = lost_points(done, score)
        if lost > 0:
            yield Loss(sub=done.notice.sub_points[score.code], score=score, lost=lost, why=_why(done, unit, score))


def _why(done: Round, unit: UnitScore, score: SubPointScore) -> str:
    ruling = done.rulings.get((unit.unit, score.code))
    said = ruling.why if ruling and score.decided else ""
    if score.approved is False:
        return f"{REFUSED};{said}" if said else REFUSED
    if said:
        return said
    return "没有可用的自评分" if score.self_score is None else "自评未得满分"
