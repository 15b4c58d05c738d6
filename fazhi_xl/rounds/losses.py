"""What a unit lost, sub-point by sub-point, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fazhi_xl.form.sheets.unit.tasks import auto_field, fact_field
from fazhi_xl.notice.model import SubPoint
from fazhi_xl.points import Hundredths, figure, short, show
from fazhi_xl.rounds import rates as stats
from fazhi_xl.rounds.caps import capped_losses
from fazhi_xl.rounds.round import Round
from fazhi_xl.rounds.shortfalls import Answered, shortfalls, unanswered
from fazhi_xl.scoring.model import CappedLoss, SubPointScore, UnitScore
from fazhi_xl.scoring.score import applicable_full_marks, lost_together, preliminary


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """Points that applied to a unit and that it did not get, on the round's basis; `why` is blank where nothing is known of it.

    What goes back to the unit because several sub-points may lose only so much together is not taken off, and is said in `why`.
    """

    sub: SubPoint
    score: SubPointScore
    lost: Hundredths
    why: str


def losses(round_: Round, unit: UnitScore) -> tuple[Loss, ...]:
    """List a unit's losses, the largest first; equal ones in the order of the notice."""
    return tuple(sorted(_losses(round_, unit), key=lambda loss: -loss.lost))


def _losses(round_: Round, unit: UnitScore) -> Iterator[Loss]:
    kept = {code: refund.words for refund in refunds(round_, unit) for code in refund.cap.codes}
    asked = round_.notice.sub_points_of(unit.unit)
    for score in unit.sub_points:
        points = lost(round_, score)
        if points > 0:
            why = ";".join(filter(None, (_why(round_, unit, score), kept.get(score.code))))
            yield Loss(sub=asked[score.code], score=score, lost=points, why=why)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refund:
    """What several sub-points of a unit lost together, beyond the most that they may, which the unit gets back."""

    cap: CappedLoss
    lost: Hundredths

    @property
    def points(self) -> Hundredths:
        return figure(self.lost - self.cap.at_most)

    @property
    def words(self) -> str:
        """Say why points go back to the unit, in words without the notice's clause."""
        named = "、".join(self.cap.codes)
        return f"{named}共失{show(self.lost)}分,以{short(self.cap.at_most)}分为限,补回{show(self.points)}分"


def refunds(round_: Round, unit: UnitScore) -> tuple[Refund, ...]:
    """List what goes back to a unit, on the round's basis, in the order of the notice's limits."""
    scoring, basis = round_.notice.about.scoring, round_.basis
    held = (
        Refund(cap=cap, lost=lost_together(unit.sub_points, cap, scoring, basis))
        for cap in capped_losses(round_.notice)
    )
    return tuple(each for each in held if each.points > 0)


def _why(round_: Round, unit: UnitScore, score: SubPointScore) -> str:
    """Give the office's reason, and before it what became of a claim that the sub-point does not apply.

    Where the office gave none, say what the unit's facts lack.
    """
    ruling = round_.rulings.get((unit.unit, score.code))
    said = ruling.why if ruling and score.decided else ""
    if claimed := _claimed_out(score):
        return ";".join(filter(None, (claimed, said)))
    return said or ";".join(_by_facts(round_, unit, score))


def _claimed_out(score: SubPointScore) -> str:
    """Say what became of a claim that the sub-point does not apply; blank where there is none, or it is approved."""
    if score.approved is False:
        return "不涉及未获核准"
    return "申请不涉及,待核准" if score.out and score.approved is None else ""


def _by_facts(round_: Round, unit: UnitScore, score: SubPointScore) -> Iterator[str]:
    """Say what the unit's own score and facts lack; nothing of what the office scores by its values."""
    if score.by_office:
        return
    own = score.self_score if round_.notice.about.scoring.self_score else score.auto
    if round_.notice.about.scoring.self_score and own is None:
        yield "没有自评分"
    elif round_.official and score.reviewed is not None and own is not None and score.reviewed < own:
        yield f"核定低于{preliminary(round_.notice.about.scoring).value}"
    elif score.auto is not None and own is not None and own < score.auto:
        yield f"自评低于测算({short(score.auto)}分)"
    yield from _lacking(round_, unit, score)


def _lacking(round_: Round, unit: UnitScore, score: SubPointScore) -> Iterator[str]:
    answered = _answered(round_, unit, score)
    if answered is None:
        return
    if score.auto is not None:
        yield from shortfalls(answered)
        return
    blank = unanswered(answered)
    yield f"没有填:{'、'.join(blank)},不能测算" if blank else "填得不对,不能测算"


def _answered(round_: Round, unit: UnitScore, score: SubPointScore) -> Answered | None:
    """Give the facts that were returned of a sub-point; None where there is no return."""
    file, sub = round_.file_of(unit.unit), round_.notice.sub_points_of(unit.unit)[score.code]
    if file is None or file.answers is None or auto_field(score.code) not in file.answers.shape.contents:
        return None
    evaluator = file.answers.evaluator()
    return Answered(sub=sub, values={fact.key: evaluator.field(fact_field(sub.code, fact.key)) for fact in sub.inputs})


def full_marks(round_: Round, score: SubPointScore) -> Hundredths:
    return applicable_full_marks((score,), round_.notice.about.scoring)


def lost(round_: Round, score: SubPointScore) -> Hundredths:
    return figure(full_marks(round_, score) - stats.counted(score, round_.basis))
