"""Scores and ranks of all units, from their returns and the office's decisions, on one basis."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from fazhi_xl.answers.read import Answers
from fazhi_xl.form.model import Form
from fazhi_xl.notice.choices import EarlyBonus
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.review.effects import Decisions
from fazhi_xl.points import Hundredths, figure
from fazhi_xl.rounds.caps import capped_losses
from fazhi_xl.rounds.file import FileResult
from fazhi_xl.scoring.from_answers import claimed_bonus
from fazhi_xl.scoring.model import Basis, CappedLoss, State, SubPointScore, UnitScore
from fazhi_xl.scoring.ranking import ranked
from fazhi_xl.scoring.score import missing_score, preliminary, unit_score

Units = tuple[UnitScore, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scoring:
    """What all units are scored by: decisions, basis, and the deductions that count on that basis."""

    notice: Notice
    decided: Decisions
    basis: Basis
    taken_off: Mapping[str, Hundredths]
    caps: tuple[CappedLoss, ...]
    came: Mapping[str, Answers]
    scores: Mapping[str, tuple[SubPointScore, ...]]

    def score(self, form: Form) -> UnitScore:
        """Score a unit by what it returned; one without sub-points, where the notice has none, by the registers alone."""
        if self.scores.get(form.unit):
            return self._scored(form.unit, self.scores[form.unit])
        full, vetoes = figure(sum(self._full_marks(form))), self.decided.vetoes(form.unit)
        missing = missing_score(form.unit, self._group(form.unit), full, vetoes)
        unasked = missing if self.notice.items else self._scored(form.unit, ())
        return replace(unasked, state=self._state(form))

    def _state(self, form: Form) -> State:
        """Give the state of a unit without scores: it is missing only while something of its form has to come back."""
        if form.shape.sub_points or (form.shape.fields and form.unit not in self.came):
            return State.MISSING
        return State.VETOED if self.decided.vetoes(form.unit) else State.REVIEWED

    def _group(self, unit: str) -> str:
        return next(each.ranking_group for each in self.notice.units if each.short == unit)

    def _scored(self, unit: str, scores: Iterable[SubPointScore]) -> UnitScore:
        return unit_score(
            unit,
            self._group(unit),
            scores,
            bonus=self._bonus(unit),
            deduction=self.taken_off.get(unit, 0),
            scoring=self.notice.about.scoring,
            basis=self.basis,
            caps=self.caps,
            vetoes=self.decided.vetoes(unit),
        )

    def _bonus(self, unit: str) -> Hundredths:
        """Give the bonus: what is recognised once the ranking is official, before that by the reading what is claimed."""
        if not self.notice.bonus:
            return 0
        early = self.notice.about.scoring.early_bonus is EarlyBonus.CLAIMED
        if self.basis is Basis.REVIEWED or not early:
            return self.decided.bonus(unit)
        return claimed_bonus(self.came[unit]) if unit in self.came else 0

    def _full_marks(self, form: Form) -> Iterable[Hundredths]:
        """Give the points asked of a unit; without those that wait for a value of the office."""
        asked, office = self.notice.sub_points_of(form.unit), self.notice.scored_by_office
        for code in form.shape.sub_points:
            if code not in office or self.decided.complete(form.unit, asked[code]):
                yield asked[code].points


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How the units stand: on the `basis` of the round, on the `first` one, without the office's decisions, and `reviewed` so far.

    Once the ranking is official, `units` and `reviewed` are the same.
    """

    basis: Basis
    units: Units
    first: Units
    reviewed: Units


def score_units(
    notice: Notice, forms: Iterable[Form], files: Iterable[FileResult], decided: Decisions, *, undecided: bool
) -> Standing:
    """Score and rank the units: on 核定 once nothing is `undecided`, before that on 自评, or on 测算 where units give no scores."""
    every = tuple(forms)
    found = {file.unit: file.answers for file in files if file.unit and file.counts}
    came = {unit: answers for unit, answers in found.items() if answers and not answers.blank}
    scores = {unit: decided.scores(unit, answers) for unit, answers in came.items()}
    first = preliminary(notice.about.scoring) if notice.items else Basis.COMPUTED
    basis = first if undecided or not _returned(notice, every, came, scores) else Basis.REVIEWED
    before = {unit: tuple(score.before_review for score in own) for unit, own in scores.items()}

    def units(on: Basis, held: Mapping[str, tuple[SubPointScore, ...]]) -> Units:
        by = _Scoring(
            notice=notice,
            decided=decided,
            basis=on,
            taken_off=decided.deductions() if on is Basis.REVIEWED or not notice.items else {},
            caps=capped_losses(notice),
            came=came,
            scores=held,
        )
        return ranked([by.score(form) for form in every], notice.about.scoring.ties, notice.apart)

    on_first, reviewed = units(first, before), units(basis, scores)
    official = basis is Basis.REVIEWED
    return Standing(basis=basis, units=reviewed if official else on_first, first=on_first, reviewed=reviewed)


def _returned(
    notice: Notice,
    forms: Iterable[Form],
    came: Mapping[str, Answers],
    scores: Mapping[str, tuple[SubPointScore, ...]],
) -> bool:
    """Say whether there is enough for an official ranking: any return with sub-points, and where the notice has none each form."""
    if notice.items:
        return any(scores.values())
    return all(form.unit in came for form in forms if form.shape.fields)
