"""Scores and ranks of all units, from their returns and the office's decisions, on one basis (自评 or 核定)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fazhi_xl.answers.read import Answers
from fazhi_xl.form.model import Form
from fazhi_xl.notice.choices import EarlyBonus
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.review.effects import Decisions
from fazhi_xl.points import Hundredths
from fazhi_xl.rounds.file import FileResult
from fazhi_xl.scoring.from_answers import claimed_bonus
from fazhi_xl.scoring.model import Basis, SubPointScore, UnitScore
from fazhi_xl.scoring.ranking import ranked
from fazhi_xl.scoring.score import all_decided, missing_score, unit_score

Units = tuple[UnitScore, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scoring:
    """What all units are scored by: decisions, basis, and the deductions that count on that basis."""

    notice: Notice
    decided: Decisions
    basis: Basis
    taken_off: Mapping[str, Hundredths]

    def score(self, unit: str, group: str, scores: Iterable[SubPointScore], answers: Answers) -> UnitScore:
        scoring = self.notice.about.scoring
        official = self.basis is Basis.REVIEWED or scoring.early_bonus is EarlyBonus.RECOGNISED
        return unit_score(
            unit,
            group,
            scores,
            bonus=self.decided.bonus(unit) if official else claimed_bonus(answers),
            deduction=self.taken_off.get(unit, 0),
            scoring=scoring,
            basis=self.basis,
        )


def score_units(
    notice: Notice, forms: Iterable[Form], files: Iterable[FileResult], decided: Decisions
) -> tuple[Basis, Units, Units]:
    """Score and rank the units: on 核定 once every sub-point of every return is decided, on 自评 before.

    Gives the basis, the units on it, and the units on 自评.
    """
    found = {file.unit: file.answers for file in files if file.unit and file.counts}
    came = {unit: answers for unit, answers in found.items() if answers and not answers.blank}
    scores = {unit: decided.scores(unit, answers) for unit, answers in came.items()}
    basis = Basis.REVIEWED if scores and all(map(all_decided, scores.values())) else Basis.SELF
    points = {code: sub.points for code, sub in notice.sub_points.items()}
    groups = {unit.short: unit.ranking_group for unit in notice.units}

    def units(on: Basis) -> Units:
        taken_off = decided.deductions() if on is Basis.REVIEWED else {}
        by = _Scoring(notice=notice, decided=decided, basis=on, taken_off=taken_off)
        return ranked(
            [
                by.score(form.unit, groups[form.unit], scores[form.unit], came[form.unit])
                if form.unit in scores
                else missing_score(form.unit, groups[form.unit], sum(points[code] for code in form.shape.sub_points))
                for form in forms
            ],
            notice.about.scoring.ties,
            notice.apart,
        )

    on_self = units(Basis.SELF)
    return basis, on_self if basis is Basis.SELF else units(basis), on_self
