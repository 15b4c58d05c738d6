"""What a unit lost, sub-point by sub-point, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fazhi_xl.notice.model import SubPoint
from fazhi_xl.points import Hundredths
from fazhi_xl.rounds import rates as stats
from fazhi_xl.rounds.round import Round
from fazhi_xl.scoring.model import SubPointScore, UnitScore
from fazhi_xl.scoring.score import applicable_full_marks


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """Points that applied to a unit and that it did not get, on the round's basis; `why` is blank where nothing is known of it."""

    sub: SubPoint
    score: SubPointScore
    lost: Hundredths
    why: str


def losses(round_: Round, unit: UnitScore) -> tuple[Loss, ...]:
    """List a unit's losses, the largest first; equal ones in the order of the notice."""
    return tuple(sorted(_losses(round_, unit), key=lambda loss: -loss.lost))


def _losses(round_: Round, unit: UnitScore) -> Iterator[Loss]:
    for score in unit.sub_points:
        points = lost(round_, score)
        if points > 0:
            yield Loss(
                sub=round_.notice.sub_points[score.code], score=score, lost=points, why=_why(round_, unit, score)
            )


def _why(round_: Round, unit: UnitScore, score: SubPointScore) -> str:
    """Give the office's reason, and before it what became of a claim that the sub-point does not apply, or that nothing was claimed."""
    ruling = round_.rulings.get((unit.unit, score.code))
    said = ruling.why if ruling and score.decided else ""
    known = _presumed(score) if score.out or score.approved is False or not said else None
    return ";".join(filter(None, (known, said)))


def full_marks(round_: Round, score: SubPointScore) -> Hundredths:
    return applicable_full_marks((score,), round_.notice.about.scoring)


def lost(round_: Round, score: SubPointScore) -> Hundredths:
    return full_marks(round_, score) - stats.counted(score, round_.basis)


def _presumed(score: SubPointScore) -> str | None:
    """Say why points are lost without a decision: 不涉及 was claimed or refused, or there is no self-score."""
    if score.out and score.approved is None:
        return "申请不涉及,待核准"
    if score.approved is False:
        return "不涉及未获核准"
    return "没有自评分" if score.self_score is None else None
