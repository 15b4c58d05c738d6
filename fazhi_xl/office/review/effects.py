"""Effects of the decisions: reviewed scores, recognised bonus and deductions, all in hundredths of a point."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import TypeGuard

from fazhi_xl.answers.read import Answers, value_text
from fazhi_xl.findings import Key
from fazhi_xl.form.expression import Value
from fazhi_xl.form.sheets.review.registers import (
    DEDUCTIONS,
    DEGREE,
    MATTER,
    MATTER_KEY,
    SITUATION,
    UNIT,
    VETOES,
    Verdict,
)
from fazhi_xl.form.sheets.review.scores import Approval
from fazhi_xl.form.sheets.unit import bonus, deductions
from fazhi_xl.notice.choices import Scope
from fazhi_xl.notice.model import Notice, Situation, SubPoint
from fazhi_xl.office.review.decision_log import Decision
from fazhi_xl.office.review.registered import Entries, Registered, Source, needed_values
from fazhi_xl.office.review.values import Values
from fazhi_xl.points import Hundredths, Kept
from fazhi_xl.rounds.decisions import Event
from fazhi_xl.scoring.adjustments import Counted, Entry, bonus_counted, deductions_counted
from fazhi_xl.scoring.from_answers import sub_point_scores
from fazhi_xl.scoring.from_registers import Rescored, rescored
from fazhi_xl.scoring.model import SubPointScore


@dataclass(frozen=True, kw_only=True)
class Decisions:
    """The decisions in force, by unit and row, and the units' answers, over which the registers' numbers are scored."""

    notice: Notice
    decisions: Mapping[Key, Decision] = field(default_factory=dict)
    answers: Mapping[str, Answers] = field(default_factory=dict)

    def scores(self, unit: str, answers: Answers) -> tuple[SubPointScore, ...]:
        """Give a unit's sub-point scores with the office's decision on each."""
        return tuple(self._scored(unit, score) for score in sub_point_scores(self.notice, answers))

    @property
    def _kept(self) -> Kept:
        return self.notice.about.scoring.kept

    def _scored(self, unit: str, score: SubPointScore) -> SubPointScore:
        sub, held = self.notice.sub_points[score.code], self.decisions.get((unit, score.code))
        values = held.values if held else Values()
        given = self.registered(unit, score.code)
        if score.code in self.notice.scored_by_office:
            # What the unit itself failed to enter earns nothing; nobody scores it by hand.
            score = replace(score, by_office=True, reviewed=0 if self.complete(unit, sub) else None)
            values = Values()
        if _rules(given, out=score.out):
            return replace(
                score, reviewed=None if given.out else given.score, approved=True if given.out else score.approved
            )
        if values.approval is not None:
            approved = values.approval is Approval.APPROVED
            return replace(score, approved=approved, reviewed=None if approved else 0)
        if values.score is None:
            return score
        most = score.points if sub.most is None else sub.most
        return replace(score, reviewed=min(most, self._entered(values.score)))

    def _entered(self, score: Decimal) -> Hundredths:
        return self._kept.round(Fraction(score) * 100)

    @cached_property
    def _registered(self) -> Registered:
        return Registered(notice=self.notice, decisions=self.decisions)

    def registered(self, unit: str, code: str) -> Rescored | None:
        """Give the score of a sub-point that follows from the office's registers.

        None where none of them says anything of it, where a value is missing that its rule reads, or an answer of the unit's.
        """
        sub, answers = self.notice.sub_points[code], self.answers.get(unit)
        fed = self._fed(unit, sub)
        return rescored(answers, sub, fed) if answers and fed and self.complete(unit, sub) else None

    def governing(self, unit: str, code: str, *, out: bool) -> Rescored | None:
        """Give the score by the registers; None where none settles a sub-point, of which the unit claims 不涉及 or not."""
        given = self.registered(unit, code)
        return given if _rules(given, out=out) else None

    def settles(self, unit: str, code: str, *, out: bool) -> bool:
        """Say whether a decision or a register determines the score of a sub-point, of which the unit claims 不涉及 or not."""
        held = self.decisions.get((unit, code))
        return _rules(self.registered(unit, code), out=out) or bool(held and held.decides)

    def contradicted(self, unit: str, code: str, *, out: bool) -> bool:
        """Say whether a reviewer decided a sub-point otherwise than the office's registers, by which it is scored."""
        held, given = self.decisions.get((unit, code)), self.registered(unit, code)
        if held is None or given is None or not _rules(given, out=out) or code in self.notice.scored_by_office:
            return False
        if held.values.score is not None:
            return given.out or self._entered(held.values.score) != given.score
        return held.values.approval is Approval.APPROVED and not given.out

    def complete(self, unit: str, sub: SubPoint) -> bool:
        """Say whether every value is there that the office is to give to the sub-point's rule."""
        return self._fed(unit, sub).keys() >= set(needed_values(self.notice, sub))

    def _fed(self, unit: str, sub: SubPoint) -> Mapping[str, Value]:
        return {key: value for each in self._registered.sources(unit, sub) for key, value in each.fed.items()}

    def registered_text(self, unit: str, code: str) -> str:
        """Say by what of which register a sub-point is scored; blank where none settles it."""
        if self.registered(unit, code) is None:
            return ""
        sub = self.notice.sub_points[code]
        return ";".join(_told(sub, source) for source in self._registered.sources(unit, sub))

    def events(self, unit: str, code: str) -> Iterator[Event]:
        """Give the rows of registers that settle a sub-point one by one, in the order of the catalogue and of their codes."""
        for source in self._registered.sources(unit, self.notice.sub_points[code]):
            if source.register.scope is Scope.ENTRY:
                for values in source.entries:
                    yield Event(register=source.register.name, text=self._registered.told(source.register, values))

    def entries(self, register: str, unit: str) -> Entries:
        """Give the values of a register's rows on a unit, by what the codes of its rows begin with."""
        return self._registered.entries(register, unit)

    def vetoes(self, unit: str) -> tuple[str, ...]:
        """Give the labels of the vetoes that the office registered against a unit, each once."""
        held = (values for values in self.entries(VETOES, unit) if values.verdict is Verdict.VETOED)
        return tuple(dict.fromkeys(values.text(SITUATION) for values in held))

    def bonus(self, unit: str) -> Hundredths:
        """Give the sum of the recognised claims, before the cap."""
        return self._recognised(unit)[1].total

    def awards(self, unit: str) -> Mapping[str, Hundredths]:
        """Give what each recognised claim of a unit adds, before the cap, by its row."""
        rows, counted = self._recognised(unit)
        return dict(zip(rows, counted.weights, strict=True))

    def awarded_with(self, unit: str) -> Mapping[str, str]:
        """Name for each claim of a unit whose matter counts with another claim the row of that one, by its row."""
        rows, counted = self._recognised(unit)
        return {row: rows[at] for row, at in zip(rows, counted.at, strict=True) if rows[at] != row}

    def award_limits(self, unit: str) -> Mapping[str, str]:
        """Say what a limit took off each recognised claim of a unit, by its row; blank where none did."""
        rows, counted = self._recognised(unit)
        return dict(zip(rows, counted.limited, strict=True))

    def _recognised(self, unit: str) -> tuple[tuple[str, ...], Counted]:
        """Give the rows of a unit's recognised claims and of those that repeat one, and what they count."""
        claims = (each for each in self._listed(bonus.codes()) if each.unit == unit)
        recognised = [each for each in claims if each.values.verdict in {Verdict.RECOGNISED, Verdict.REPEATED}]
        found = [(each.row, self._situation(each)) for each in recognised]
        own = [
            Entry(
                matter=_matter(each),
                situation=situation,
                level=self._claimed(each, bonus.LEVEL),
                repeated=each.values.verdict is Verdict.REPEATED,
            )
            for each, (_, situation) in zip(recognised, found, strict=True)
            if situation
        ]
        return tuple(row for row, situation in found if situation), bonus_counted(own, self.notice.limits)

    def _situation(self, claim: Decision) -> Situation | None:
        """Give the situation of a claim; the catalogue's first one where it no longer has that which was claimed."""
        label = self._claimed(claim, bonus.SITUATION)
        return next((each for each in self.notice.bonus if each.label == label), next(iter(self.notice.bonus), None))

    def _claimed(self, claim: Decision, column: str) -> str:
        """Give what the claim said when it was decided; what it says now where the record does not tell."""
        answers = self.answers.get(claim.unit)
        now = answers.values.get(f"{claim.row}.{column}") if answers else None
        return claim.seen.get(column) or value_text(now) or ""

    def _listed(self, rows: Iterable[str]) -> Iterator[Decision]:
        wanted = frozenset(rows)
        yield from (each for each in self.decisions.values() if each.row in wanted)

    def deductions(self) -> Mapping[str, Hundredths]:
        """Give the points deducted, by unit, before the cap."""
        return {unit: counted.total for unit, (_, counted) in self._penalties.items()}

    def penalties(self) -> Mapping[Key, tuple[str, Hundredths]]:
        """Give the unit and the points deducted for each entry that counts, by key."""
        return {
            key: (unit, points)
            for unit, (keys, counted) in self._penalties.items()
            for key, points in zip(keys, counted.weights, strict=True)
        }

    def penalized_with(self) -> Mapping[Key, Key]:
        """Name for each entry whose matter counts with another entry the key of that one, by its key."""
        return {
            key: keys[at]
            for keys, counted in self._penalties.values()
            for key, at in zip(keys, counted.at, strict=True)
            if keys[at] != key
        }

    def repeating_nothing(self) -> Iterator[Decision]:
        """Give the decisions that a matter repeats one of which no entry counts."""
        registered = (each for each in self.decisions.values() if each.row.startswith(f"{DEDUCTIONS}."))
        for each in self._listed(bonus.codes()):
            if each.values.verdict is Verdict.REPEATED and each.row not in self.awarded_with(each.unit):
                yield each
        for each in (*self._listed(deductions.codes()), *registered):
            if each.values.verdict is Verdict.REPEATED and each.key not in self.penalized_with():
                yield each

    def penalty_limits(self) -> Mapping[Key, str]:
        """Say what a limit took off each entry that counts, by key; blank where none did."""
        return {
            key: said
            for keys, counted in self._penalties.values()
            for key, said in zip(keys, counted.limited, strict=True)
        }

    @cached_property
    def _penalties(self) -> Mapping[str, tuple[tuple[Key, ...], Counted]]:
        """The entries against each unit, by key, and what they count."""
        found: defaultdict[str, dict[Key, Entry]] = defaultdict(dict)
        registered = (each for each in self.decisions.values() if each.row.startswith(f"{DEDUCTIONS}."))
        for each in (*self._listed(deductions.codes()), *registered):
            said = {**each.seen, **each.values.texts}
            offence = self._offence(said, each)
            if offence:
                found[said[UNIT]][each.key] = offence
        scoring, limits = self.notice.about.scoring, self.notice.limits
        return {
            unit: (tuple(own), deductions_counted(tuple(own.values()), scoring, limits)) for unit, own in found.items()
        }

    def _offence(self, said: Mapping[str, str], decision: Decision) -> Entry | None:
        situation = next((s for s in self.notice.deductions if s.label == said.get(SITUATION)), None)
        verdict = decision.values.verdict
        if not (situation and UNIT in said and verdict in {Verdict.DEDUCTED, Verdict.REPEATED}):
            return None
        level, repeated = said.get(DEGREE, ""), verdict is Verdict.REPEATED
        return Entry(matter=_matter(decision), situation=situation, level=level, repeated=repeated)


def _rules(given: Rescored | None, *, out: bool) -> TypeGuard[Rescored]:
    """Say whether a register settles a sub-point; not one that is empty by it where the unit claims so: that is for a reviewer."""
    return given is not None and not (given.out and out)


def _told(sub: SubPoint, source: Source) -> str:
    """Name a register with what it gives, and the number of its rows where it has several."""
    facts = ((sub.input(key), value_text(value)) for key, value in source.fed.items())
    said = ",".join(f"{fact.label}{value}{fact.measure}" for fact, value in facts)
    rows = f"({len(source.entries)}条)" if source.register.scope is Scope.ENTRY else ""
    return f"按{source.register.name}计分{rows}:{said}"


def _matter(decision: Decision) -> str:
    """Name the matter: the office's merge key (事项归并), else the matter as written, else the row code."""
    values = decision.values
    return values.text(MATTER_KEY) or values.text(MATTER) or decision.seen.get(MATTER) or decision.row
