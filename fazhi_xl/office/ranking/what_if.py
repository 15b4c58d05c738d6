"""What would move if one score were another one: the round's own ranking, with that score changed and all else as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from fazhi_xl.answers.read import Answers
from fazhi_xl.form.model import Form
from fazhi_xl.office.ranking.score_units import Asked, Units, UnitScoring, claimed_in
from fazhi_xl.office.review.effects import Decisions
from fazhi_xl.points import Hundredths
from fazhi_xl.rounds.caps import capped_losses
from fazhi_xl.scoring.model import Basis, SubPointScore, UnitScore
from fazhi_xl.scoring.ranking import ranked


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A unit whose place would be another one, in what it is ranked in."""

    unit: str
    before: int | None
    after: int | None


@dataclass(frozen=True, kw_only=True)
class WhatIf:
    """How the units stand by the office's decisions, whatever is still open."""

    forms: tuple[Form, ...]
    decided: Decisions
    came: Mapping[str, Answers]

    @cached_property
    def _by(self) -> UnitScoring:
        notice, decided = self.decided.notice, self.decided
        return UnitScoring(
            notice=notice,
            decided=decided,
            basis=Basis.REVIEWED,
            taken_off=decided.deductions(),
            caps=capped_losses(notice),
            claimed=claimed_in(notice, self.came),
            scores={unit: decided.scores(unit, answers) for unit, answers in self.came.items()},
        )

    @cached_property
    def units(self) -> Units:
        """Give the units as they stand."""
        return self._ranked(self._by.score(Asked.of(form)) for form in self.forms)

    def _ranked(self, units: Iterable[UnitScore]) -> Units:
        notice = self.decided.notice
        return ranked(list(units), notice.about.scoring.ties, notice.apart)

    def score(self, unit: str, code: str) -> SubPointScore | None:
        """Give a unit's score on a sub-point; None where it returned nothing or is not asked for it."""
        return next((each for each in self._by.scores.get(unit, ()) if each.code == code), None)

    def unit(self, unit: str) -> UnitScore:
        """Give a unit as it stands. Raises KeyError for one that there is not."""
        return _by_unit(self.units)[unit]

    def with_score(self, unit: str, code: str, points: Hundredths | None) -> Units:
        """Give the units with another score of one unit on one sub-point; None takes the sub-point out of what applies to it."""
        out = points is None
        scores = tuple(
            replace(each, reviewed=points, approved=True if out else None) if each.code == code else each
            for each in self._by.scores[unit]
        )
        by = replace(self._by, scores={**self._by.scores, unit: scores})
        form = next(form for form in self.forms if form.unit == unit)
        changed = by.score(Asked.of(form))
        return self._ranked(changed if each.unit == unit else each for each in self.units)


def moves(before: Units, after: Units, *, grouped: bool) -> tuple[Move, ...]:
    """List the units whose place differs, by where they stood; among all units, or where they are `grouped` in their groups."""
    now = _by_unit(after)
    pairs = ((each, now[each.unit]) for each in before)
    found = [Move(unit=a.unit, before=place(a, grouped=grouped), after=place(b, grouped=grouped)) for a, b in pairs]
    apart = (each for each in found if each.before != each.after)
    return tuple(sorted(apart, key=lambda each: (each.before is None, each.before or 0)))


def place(unit: UnitScore, *, grouped: bool) -> int | None:
    """Give a unit's place."""
    return unit.group_rank if grouped else unit.rank


def _by_unit(units: Units) -> dict[str, UnitScore]:
    return {each.unit: each for each in units}
