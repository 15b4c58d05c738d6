"""Effects of the decisions: reviewed scores, recognised bonus and deductions, all in hundredths of a point."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from fazhi_xl.answers.read import Answers
from fazhi_xl.findings import Key
from fazhi_xl.form.expression import Const, Evaluator
from fazhi_xl.form.sheets.review.registers import (
    DEDUCTIONS,
    DEGREE,
    MATTER,
    MATTER_KEY,
    NEWS,
    SITUATION,
    TASKS,
    UNIT,
    VETOES,
    Verdict,
    register_of,
)
from fazhi_xl.form.sheets.review.scores import Approval
from fazhi_xl.form.sheets.unit import bonus, deductions, information
from fazhi_xl.notice.model import Notice, SubPoint
from fazhi_xl.notice.rules import Deduct, EventTerm, Tally
from fazhi_xl.office.review.decision_log import Decision
from fazhi_xl.office.review.values import Values
from fazhi_xl.points import Hundredths, Kept
from fazhi_xl.scoring.adjustments import (
    Offence,
    bonus_weights,
    cooperation_score,
    deduction_weights,
    information_score,
    offence_points,
)
from fazhi_xl.scoring.from_answers import sub_point_scores
from fazhi_xl.scoring.model import SubPointScore

Entries = tuple[Values, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """The decisions in force, by unit and row."""

    notice: Notice
    decisions: Mapping[Key, Decision] = field(default_factory=dict)

    def scores(self, unit: str, answers: Answers) -> tuple[SubPointScore, ...]:
        """Give a unit's sub-point scores with the office's decision on each."""
        return tuple(self._scored(unit, score) for score in sub_point_scores(self.notice, answers))

    @property
    def _kept(self) -> Kept:
        return self.notice.about.scoring.kept

    def _scored(self, unit: str, score: SubPointScore) -> SubPointScore:
        registered = self.registered(unit, score.code)
        if registered is not None:
            return replace(score, reviewed=registered)
        held = self.decisions.get((unit, score.code))
        values = held.values if held else Values()
        if values.approval is not None:
            approved = values.approval is Approval.APPROVED
            return replace(score, approved=approved, reviewed=None if approved else 0)
        if values.score is None:
            return score
        return replace(score, reviewed=min(score.points, self._kept.round(Fraction(values.score) * 100)))

    def registered(self, unit: str, code: str) -> Hundredths | None:
        """Give the score of a sub-point that follows from a register's entries; None where the register has none on the unit."""
        sub = self.notice.sub_points[code]
        for part in sub.rule.parts:
            if isinstance(part, Deduct) and (times := len(self.entries(TASKS, unit))):
                return self._kept.round(cooperation_score(sub.points, part.terms[0].each, times))
            if isinstance(part, Tally) and (pieces := self.entries(NEWS, unit)):
                return self._kept.round(information_score(sub.points, self._counts(sub, part, pieces)))
        return None

    def register_of(self, code: str) -> str:
        """Name the register that may determine a sub-point's score; blank where none may."""
        return register_of(self.notice.sub_points[code])

    def _counts(self, sub: SubPoint, part: Tally, pieces: Entries) -> Iterator[tuple[Decimal, int]]:
        days = (Const(day) for each in pieces if (day := each.day(information.SENT)))
        early = (Evaluator({}, {}).value(information.by_monthly_day(self.notice, day)) for day in days)
        counts = {
            True: sum(map(bool, early)),
            False: sum(each.get(information.ADOPTED) == information.TAKEN for each in pieces),
        }
        fed = {feed.input: counts[feed.on_time] for feed in information.reports(self.notice).feeding(sub.id)}
        terms = (term for term in part.terms if isinstance(term, EventTerm))
        yield from ((term.each, fed.get(term.input, 0)) for term in terms)

    def entries(self, register: str, unit: str) -> Entries:
        """Give the values of a register's rows on a unit."""
        own = (each.values for each in self.decisions.values() if each.row.startswith(f"{register}."))
        return tuple(values for values in own if values.get(UNIT) == unit)

    def vetoes(self, unit: str) -> tuple[str, ...]:
        """Give the labels of the vetoes that the office registered against a unit, each once."""
        held = (values for values in self.entries(VETOES, unit) if values.verdict is Verdict.VETOED)
        return tuple(dict.fromkeys(values.text(SITUATION) for values in held))

    def bonus(self, unit: str) -> Hundredths:
        """Give the sum of the recognised claims, before the cap."""
        return sum(self.awards(unit).values())

    def awards(self, unit: str) -> Mapping[str, Hundredths]:
        """Give what each recognised claim of a unit adds, before the cap, by its row."""
        claims = (each for each in self._listed(bonus.codes()) if each.unit == unit)
        own = [each for each in claims if each.values.verdict is Verdict.RECOGNISED]
        weights = bonus_weights(map(_matter, own), self.notice.bonus[0].points)
        return dict(zip((each.row for each in own), weights, strict=True))

    def _listed(self, rows: Iterable[str]) -> Iterator[Decision]:
        wanted = frozenset(rows)
        yield from (each for each in self.decisions.values() if each.row in wanted)

    def deductions(self) -> Mapping[str, Hundredths]:
        """Give the points deducted, by unit."""
        taken: defaultdict[str, Hundredths] = defaultdict(int)
        for unit, points in self.penalties().values():
            taken[unit] += points
        return taken

    def penalties(self) -> Mapping[Key, tuple[str, Hundredths]]:
        """Give the unit and the points deducted for each entry that counts, by key."""
        offences: defaultdict[str, dict[Key, Offence]] = defaultdict(dict)
        registered = (each for each in self.decisions.values() if each.row.startswith(f"{DEDUCTIONS}."))
        for each in (*self._listed(deductions.codes()), *registered):
            said = {**each.seen, **each.values.texts}
            offence = self._offence(said, each)
            if offence:
                offences[said[UNIT]][each.key] = offence
        return {
            key: (unit, points)
            for unit, own in offences.items()
            for key, points in zip(own, deduction_weights(tuple(own.values()), self.notice.about.scoring), strict=True)
        }

    def _offence(self, said: Mapping[str, str], decision: Decision) -> Offence | None:
        situation = next((s for s in self.notice.deductions if s.label == said.get(SITUATION)), None)
        verdict = decision.values.verdict
        if not (situation and UNIT in said and verdict in {Verdict.DEDUCTED, Verdict.REPEATED}):
            return None
        points = offence_points(situation, said.get(DEGREE, ""))
        return Offence(matter=_matter(decision), points=points, repeated=verdict is Verdict.REPEATED)


def _matter(decision: Decision) -> str:
    """Name the matter: the office's merge key (事项归并), else the matter as written, else the row code."""
    values = decision.values
    return values.text(MATTER_KEY) or values.text(MATTER) or decision.seen.get(MATTER) or decision.row
