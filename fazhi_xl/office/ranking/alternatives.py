"""Scores and ranks under the catalogue's other readings, as they would be after a switch: issued again, the same returns collected.

What units entered and what the office decided stays; what is computed of it follows the other reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from fazhi_xl.answers.read import Answers
from fazhi_xl.form.model import Form
from fazhi_xl.notice.assignment import Assignment, assign
from fazhi_xl.notice.load import alternatives
from fazhi_xl.notice.model import Notice, SubPoint
from fazhi_xl.office.ranking.score_units import (
    Asked,
    Standing,
    UnitScoring,
    answers_in,
    claimed_in,
    deductions_on,
    first_basis,
)
from fazhi_xl.office.review.effects import Decisions
from fazhi_xl.points import Hundredths
from fazhi_xl.rounds.caps import capped_losses
from fazhi_xl.rounds.file import FileResult
from fazhi_xl.rounds.round import Alternative
from fazhi_xl.scoring.alternative import Rereader, affected, claims_count_otherwise
from fazhi_xl.scoring.model import Basis, SubPointScore, UnitScore
from fazhi_xl.scoring.ranking import ranked


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredRound:
    """A round under the readings chosen: what came of which forms, what is decided, and how the units stand."""

    forms: tuple[Form, ...]
    files: tuple[FileResult, ...]
    decided: Decisions
    standing: Standing


def alternative_rankings(round_: ScoredRound) -> Iterator[Alternative]:
    """Score and rank the units under each other option of each reading, on the same basis.

    What a unit would be asked for anew is blank, and earns nothing.
    """
    came = answers_in(round_.files)
    claimed = claimed_in(round_.decided.notice, came)
    before = _Before.of(round_, claimed)
    for reading, option, instead in alternatives(round_.decided.notice.folder):
        try:
            asked = assign(instead)
        except KeyError:  # an option that nobody chose may name a department that is not there yet
            continue
        if any(form.unit not in asked for form in round_.forms):  # nor is a unit that it calls otherwise
            continue
        switched = _Switched(round_=round_, came=came, claimed=claimed, before=before, instead=instead, asked=asked)
        yield Alternative(
            reading=reading.key, option=option.text, units=switched.units(), unanswered=switched.unanswered
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Before:
    """What scores are made of under the readings chosen: of all units, and what is added to each unit's sub-points."""

    terms: tuple[object, ...]
    added: Mapping[str, tuple[object, ...]]

    @classmethod
    def of(cls, round_: ScoredRound, claimed: Mapping[str, Hundredths]) -> _Before:
        basis, decided = round_.standing.basis, round_.decided
        by = UnitScoring(
            notice=decided.notice,
            decided=decided,
            basis=basis,
            taken_off=deductions_on(basis, decided),
            caps=capped_losses(decided.notice),
            claimed=claimed,
            scores={},
        )
        return cls(terms=by.terms, added={unit.unit: by.added(unit.unit) for unit in round_.standing.units})


@dataclass(frozen=True, kw_only=True)
class _Switched:
    """A round under another catalogue, in which one reading is switched."""

    round_: ScoredRound
    came: Mapping[str, Answers]
    claimed: Mapping[str, Hundredths]
    before: _Before
    instead: Notice
    asked: Assignment

    def units(self) -> tuple[UnitScore, ...]:
        scoring = self.instead.about.scoring
        basis = Basis.REVIEWED if self._official else first_basis(self.instead)
        by = UnitScoring(
            notice=self.instead,
            decided=self._decided,
            basis=basis,
            taken_off=deductions_on(basis, self._decided),
            caps=capped_losses(self.instead),
            claimed=self._claimed,
            scores={unit: self._scores(unit, answers) for unit, answers in self.came.items()},
        )
        standing = self._as_they_stand(by)
        made = [standing.get(form.unit) or by.score(self._asked_of(form)) for form in self.round_.forms]
        return ranked(made, scoring.ties, self.instead.apart)

    def _as_they_stand(self, by: UnitScoring) -> Mapping[str, UnitScore]:
        """Give the units of which the reading changes nothing that their score is made of."""
        if by.terms != self.before.terms:
            return {}
        units = (unit for unit in self.round_.standing.units if unit.sub_points)
        same = (unit for unit in units if by.scores.get(unit.unit) is unit.sub_points)
        return {unit.unit: unit for unit in same if by.added(unit.unit) == self.before.added[unit.unit]}

    @property
    def _official(self) -> bool:
        return self.round_.standing.basis is Basis.REVIEWED

    @cached_property
    def unanswered(self) -> frozenset[str]:
        """Name the units that returned a form which did not ask all that they are asked for."""
        return frozenset(unit for unit in self.came if set(self._codes(unit)) - self._held[unit].keys())

    def _asked_of(self, form: Form) -> Asked:
        codes = self._codes(form.unit)
        return Asked(unit=form.unit, codes=codes, expected=bool(codes or form.shape.fields))

    def _codes(self, unit: str) -> tuple[str, ...]:
        return self.asked[unit]

    @cached_property
    def _decided(self) -> Decisions:
        return replace(self.round_.decided, notice=self.instead)

    @cached_property
    def _rereader(self) -> Rereader:
        return Rereader(self.instead)

    @cached_property
    def _affected(self) -> frozenset[str]:
        return affected(self.round_.decided.notice, self.instead)

    @cached_property
    def _held(self) -> Mapping[str, Mapping[str, SubPointScore]]:
        """The scores of the sub-points that units are asked for now, by code."""
        return {unit.unit: {score.code: score for score in unit.sub_points} for unit in self.round_.standing.units}

    @cached_property
    def _sub_points(self) -> Mapping[str, tuple[SubPointScore, ...]]:
        return {unit.unit: unit.sub_points for unit in self.round_.standing.units}

    @cached_property
    def _claimed(self) -> Mapping[str, Hundredths]:
        if not claims_count_otherwise(self.round_.decided.notice, self.instead):
            return self.claimed
        read = {unit: self._rereader.read(answers, (), claims=True) for unit, answers in self.came.items()}
        return claimed_in(self.instead, read)

    def _scores(self, unit: str, answers: Answers) -> tuple[SubPointScore, ...]:
        """Give a unit's scores: those there are, but for sub-points that are worth something else, scored otherwise or asked anew."""
        held, codes = self._held[unit], self._codes(unit)
        own = self.instead.sub_points_of(unit) if codes else {}
        anew = {code: own[code] for code in codes if code not in held or self._otherwise(own[code], held[code])}
        if not anew and codes == tuple(held):
            return self._sub_points[unit]
        found = {**held, **{score.code: score for score in self._scored_anew(unit, answers, anew.values())}}
        return tuple(found[code] for code in codes)

    def _otherwise(self, sub: SubPoint, score: SubPointScore) -> bool:
        return sub.code in self._affected or sub.points != score.points

    def _scored_anew(self, unit: str, answers: Answers, subs: Iterable[SubPoint]) -> tuple[SubPointScore, ...]:
        asked = tuple(subs)
        if not asked:
            return ()
        read = self._rereader.read(answers, asked)
        scores = replace(self._decided, answers={unit: read}).scores(unit, read)
        return scores if self._official else tuple(score.before_review for score in scores)
