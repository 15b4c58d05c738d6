"""Scores and ranks of all units, from their returns and the office's decisions, on one basis."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from fazhi_xl.answers.read import Answers
from fazhi_xl.form.model import Form
from fazhi_xl.notice.choices import EarlyBonus, Missing
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.review.effects import Decisions
from fazhi_xl.points import Hundredths, figure
from fazhi_xl.rounds.caps import capped_losses
from fazhi_xl.rounds.file import FileResult
from fazhi_xl.scoring.from_answers import claimed_bonus
from fazhi_xl.scoring.model import Basis, CappedLoss, State, SubPointScore, UnitScore
from fazhi_xl.scoring.ranking import ranked
from fazhi_xl.scoring.score import missing_score, preliminary, unit_score, zeroed

Units = tuple[UnitScore, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A unit, the codes of its sub-points, and whether its form has any input, so that something has to come back."""

    unit: str
    codes: tuple[str, ...]
    expected: bool

    @classmethod
    def of(cls, form: Form) -> Asked:
        """Say what a form asks."""
        return cls(unit=form.unit, codes=form.shape.sub_points, expected=bool(form.shape.fields))


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitScoring:
    """What all units are scored by: decisions, basis, the deductions that count on it, and the bonus that each return claims."""

    notice: Notice
    decided: Decisions
    basis: Basis
    taken_off: Mapping[str, Hundredths]
    caps: tuple[CappedLoss, ...]
    claimed: Mapping[str, Hundredths]
    scores: Mapping[str, tuple[SubPointScore, ...]]

    def score(self, asked: Asked) -> UnitScore:
        """Score a unit by what it returned; one without sub-points, where the notice has none, by the registers alone."""
        unit = asked.unit
        if self.scores.get(unit):
            return self._scored(unit, self.scores[unit])
        full, vetoes = figure(sum(self._full_marks(asked))), self.decided.vetoes(unit)
        missing = missing_score(unit, self._group(unit), full, vetoes)
        if asked.codes and self.notice.about.scoring.missing is Missing.ZERO:
            return zeroed(missing, self.taken_off.get(unit, 0), self.notice.about.scoring)
        unasked = missing if self.notice.items else self._scored(unit, ())
        return replace(unasked, state=self._state(asked))

    @property
    def terms(self) -> tuple[object, ...]:
        """What the scores of all units are made by."""
        notice = self.notice
        return self.basis, self.caps, notice.about.scoring, notice.bonus, notice.apart, notice.items == ()

    def added(self, unit: str) -> tuple[object, ...]:
        """Give what a unit's score is made of besides its sub-points."""
        return self._group(unit), self._bonus(unit), self.taken_off.get(unit, 0), self.decided.vetoes(unit)

    def _state(self, asked: Asked) -> State:
        """Give the state of a unit without scores: it is missing only while something of its form has to come back."""
        if asked.codes or (asked.expected and asked.unit not in self.claimed):
            return State.MISSING
        return State.VETOED if self.decided.vetoes(asked.unit) else State.REVIEWED

    def _group(self, unit: str) -> str:
        return self.notice.units_by_short[unit].ranking_group

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
        return self.claimed.get(unit, 0)

    def _full_marks(self, asked: Asked) -> Iterable[Hundredths]:
        """Give the points asked of a unit; without those that wait for a value of the office."""
        own, office = self.notice.sub_points_of(asked.unit), self.notice.scored_by_office
        for code in asked.codes:
            if code not in office or self.decided.complete(asked.unit, own[code]):
                yield own[code].points


def answers_in(files: Iterable[FileResult]) -> dict[str, Answers]:
    """Give the answers of the returns that count, by unit, without the forms that came back blank."""
    found = {file.unit: file.answers for file in files if file.unit and file.counts}
    return {unit: answers for unit, answers in found.items() if answers and not answers.blank}


def claimed_in(notice: Notice, came: Mapping[str, Answers]) -> dict[str, Hundredths]:
    """Give the bonus that each unit claims of those that returned something."""
    return {unit: claimed_bonus(answers) if notice.bonus else 0 for unit, answers in came.items()}


def first_basis(notice: Notice) -> Basis:
    """Say what counts before everything is decided; where nothing is scored but registers, what is computed of them."""
    return preliminary(notice.about.scoring) if notice.items else Basis.COMPUTED


def deductions_on(basis: Basis, decided: Decisions) -> Mapping[str, Hundredths]:
    """Give the deductions that count on a basis, by unit: the decided ones, once everything is or where there is nothing else."""
    return decided.deductions() if basis is Basis.REVIEWED or not decided.notice.items else {}


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
    came = answers_in(files)
    scores = {unit: decided.scores(unit, answers) for unit, answers in came.items()}
    first = first_basis(notice)
    basis = first if undecided or not _returned(notice, every, came, scores) else Basis.REVIEWED
    before = {unit: tuple(score.before_review for score in own) for unit, own in scores.items()}
    claimed = claimed_in(notice, came)

    def units(on: Basis, held: Mapping[str, tuple[SubPointScore, ...]]) -> Units:
        by = UnitScoring(
            notice=notice,
            decided=decided,
            basis=on,
            taken_off=deductions_on(on, decided),
            caps=capped_losses(notice),
            claimed=claimed,
            scores=held,
        )
        return ranked([by.score(Asked.of(form)) for form in every], notice.about.scoring.ties, notice.apart)

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
