"""What second opinions come to: which are still to be given, which agree, and which somebody has to rule on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from fazhi_xl.form.sheets.review.adjudication import (
    ADJUDICATION,
    FACTS,
    FIRST,
    FIRST_BY,
    FIRST_WHY,
    SECOND,
    SECOND_BY,
    SECOND_WHY,
    WHAT,
)
from fazhi_xl.form.sheets.review.blind import NAME
from fazhi_xl.form.sheets.review.common import NOTE, REVIEWER
from fazhi_xl.form.sheets.review.dossier import Case, Dossier, Matter
from fazhi_xl.form.sheets.review.scores import REASON
from fazhi_xl.office.review.decision_log import Decision, DecisionLog
from fazhi_xl.office.review.rulings import before_rulings
from fazhi_xl.office.review.second.book import BlindBook
from fazhi_xl.office.review.second.drawn import Drawing, DrawnRow
from fazhi_xl.points import Hundredths, Kept, show
from fazhi_xl.rounds.second import Agreement, SecondOpinion, Stratum
from fazhi_xl.rounds.undecided import OpenMatter, Undecided


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """A row that was drawn: the decision that it is about, and the second opinion on it, None while there is none."""

    dossier: Dossier
    record: DecisionLog
    drawing: Drawing
    row: DrawnRow
    case: Case

    @property
    def first(self) -> Decision:
        return self.record.decisions[self.row.decision - 1]

    @property
    def second(self) -> Decision | None:
        return self.record.in_force.get((self.case.unit.short, self.drawing.row_of(self.row)))

    @property
    def matter(self) -> Matter:
        """Give the row in which somebody rules, whether one has to or not."""
        said = {
            WHAT: f"{self.case.sub.code} {self.case.sub.text}",
            FACTS: self.case.facts,
            FIRST: show(self._points(self.first)),
            FIRST_BY: self.first.values.text(REVIEWER),
            FIRST_WHY: _why(self.first),
            SECOND: show(self._points(self.second)),
            SECOND_BY: self.second.values.text(REVIEWER) if self.second else "",
            SECOND_WHY: _why(self.second),
        }
        rests_on = [self.drawing.no, said[FIRST], said[SECOND]]
        return ADJUDICATION.matter(self.case.unit, self.case.sub.id, said, rests_on)

    @property
    def opinion(self) -> SecondOpinion:
        key, matter = (self.case.unit.short, self.case.sub.code), self.matter
        ruling = self.record.in_force.get((self.case.unit.short, matter.row))
        return SecondOpinion(
            unit=key[0],
            sub_point=key[1],
            text=self.case.sub.text,
            book=self.drawing.book,
            code=self.row.code,
            stratum=Stratum.of(self.row.stratum),
            agreement=self._agreement(ruling),
            first=self._points(self.first),
            first_reviewer=self.first.values.text(REVIEWER),
            first_reason=_why(self.first),
            second=None if self.second is None else self._points(self.second),
            second_reviewer=self.second.values.text(REVIEWER) if self.second else "",
            second_reason=_why(self.second),
            ruled=self._points(ruling) if ruling else None,
            ruled_by=ruling.values.text(REVIEWER) if ruling else "",
        )

    def _agreement(self, ruling: Decision | None) -> Agreement:
        if self.second is None:
            return Agreement.WAITING if self._stands else Agreement.LAPSED
        apart = abs(Fraction(self._points(self.second) - self._points(self.first)))
        if apart <= self.dossier.notice.about.review.second_tolerance:
            return Agreement.NEAR if apart else Agreement.SAME
        if ruling:
            return Agreement.RULED
        return Agreement.DISPUTED if self._stands else Agreement.LAPSED

    @property
    def _stands(self) -> bool:
        """Whether the sub-point still has the score that was drawn, but for what was ruled on it."""
        key = self.case.unit.short, self.case.sub.code
        held = before_rulings(self.record, self.record.in_force.get(key), (key[0], self.matter.row))
        return held is not None and (held.no == self.first.no or held.values.score == self.first.values.score)

    def _points(self, decision: Decision | None) -> Hundredths:
        kept: Kept = self.dossier.notice.about.scoring.kept
        score = decision.values.score if decision else None
        return kept.round(Fraction(score if score is not None else Decimal(0)) * 100)


def _why(decision: Decision | None) -> str:
    said = [decision.values.text(column) for column in (REASON, NOTE)] if decision else []
    return ";".join(filter(None, said))


def _pairs(dossier: Dossier, record: DecisionLog, drawings: Iterable[Drawing]) -> Iterator[_Pair]:
    for drawing in drawings:
        for row, case in BlindBook(drawing=drawing, dossier=dossier).rows:
            if row.decision <= len(record.decisions):
                yield _Pair(dossier=dossier, record=record, drawing=drawing, row=row, case=case)


def second_opinions(
    dossier: Dossier, record: DecisionLog, drawings: Iterable[Drawing]
) -> tuple[tuple[SecondOpinion, ...], tuple[Matter, ...]]:
    """Give every sub-point that was drawn, in the order of the books, and the matters on which somebody has ruled or has to."""
    pairs = [(each, each.opinion) for each in _pairs(dossier, record, drawings)]
    ruled = (Agreement.DISPUTED, Agreement.RULED)
    return (
        tuple(opinion for _, opinion in pairs),
        tuple(sorted((pair.matter for pair, opinion in pairs if opinion.agreement in ruled), key=_by_unit)),
    )


def _by_unit(matter: Matter) -> tuple[int, str]:
    return matter.unit.no, matter.said[WHAT]


def waiting(opinions: Iterable[SecondOpinion]) -> Iterator[OpenMatter]:
    """Give the rows of blind books that nobody has filled in; they name no unit."""
    for each in opinions:
        if each.agreement is Agreement.WAITING:
            yield OpenMatter(
                kind=Undecided.SECOND,
                row=each.code,
                code=each.code,
                sheet=NAME,
                what=each.sub_point,
                book=each.book,
                for_sealing=True,
            )
