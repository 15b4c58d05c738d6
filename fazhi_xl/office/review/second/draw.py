"""Draws the sub-points that get a second opinion: all that lost points, all that are worth many, and a share of the rest.

Who is drawn follows from the round's secret, the seed and the names, not from a generator: the same seed draws the same again in the
same round, and nobody without the secret can try which unit has which code name.
"""

from __future__ import annotations

import hashlib
import hmac
import math
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from fractions import Fraction

from fazhi_xl.form.sheets.review.common import NOTE, REVIEWER
from fazhi_xl.form.sheets.review.dossier import Case, Dossier
from fazhi_xl.form.sheets.review.scores import REASON, SCORE
from fazhi_xl.office.review.decision_log import Decision
from fazhi_xl.office.review.effects import Decisions
from fazhi_xl.rounds.second import Stratum


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot:
    """How a draw is made: the share of the rest, between 0 and 1, the seed, and the round's secret."""

    share: Fraction
    seed: int
    key: bytes

    def order(self, *names: object) -> str:
        """Give what orders things by chance: the same for the same seed and names in one round, and like nothing else."""
        said = "/".join(map(str, (self.seed, *names)))
        return hmac.new(self.key, said.encode(), hashlib.sha256).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A sub-point that a person scored, and why it may be drawn."""

    case: Case
    decision: Decision
    stratum: Stratum

    @property
    def ids(self) -> tuple[str, str]:
        return self.case.unit.id, self.case.sub.id

    @property
    def first_reason(self) -> str:
        said = self.decision.values
        return ";".join(filter(None, (said.text(REASON), said.text(NOTE))))


def drawn(
    dossier: Dossier, decided: Decisions, lot: Lot, before: Collection[tuple[str, str]] = ()
) -> tuple[Candidate, ...]:
    """Draw, in the order of the book. What was drawn of the rest `before`, by the ids of unit and sub-point, counts for the share."""
    every = tuple(_candidates(dossier, decided))
    rest = [each for each in every if each.stratum is Stratum.REST]
    chosen = {each.ids for each in _some(rest, lot, before)}
    kept = (each for each in every if each.stratum is not Stratum.REST or each.ids in chosen)
    return tuple(sorted(kept, key=_by_chance(lot, "顺序")))


def _candidates(dossier: Dossier, decided: Decisions) -> Iterator[Candidate]:
    """Give the sub-points that somebody scored and no register does, in the order of the dossier."""
    for case in dossier.cases:
        unit, code = case.unit.short, case.sub.code
        held = decided.decisions.get((unit, code))
        if (
            held
            and SCORE in held.values
            and held.values.text(REVIEWER)
            and not decided.governing(unit, code, out=case.out)
        ):
            yield Candidate(case=case, decision=held, stratum=_stratum(dossier, case, held))


def _stratum(dossier: Dossier, case: Case, held: Decision) -> Stratum:
    plan, score = dossier.notice.about.review, held.values.score
    claimed = case.auto if case.self_score is None else case.self_score
    if score is not None and claimed is not None and Fraction(score) * 100 < claimed:
        return Stratum.DEDUCTED
    return Stratum.LARGE if case.sub.points >= plan.second_points else Stratum.REST


def _some(rest: list[Candidate], lot: Lot, before: Collection[tuple[str, str]]) -> Iterator[Candidate]:
    """Take the share of the rest, rounded up: what was drawn before, and of the others item by item as evenly as goes."""
    by_chance = _by_chance(lot, "抽样")
    again = [each for each in rest if each.ids in before]
    ordered = sorted(
        (each for each in rest if each.ids not in before), key=lambda each: (each.case.sub.id, by_chance(each))
    )
    number = max(math.ceil(lot.share * len(rest)) - len(again), 0)
    yield from again
    yield from (ordered[at * len(ordered) // number] for at in range(number))


def _by_chance(lot: Lot, what: str) -> Callable[[Candidate], str]:
    return lambda each: lot.order(what, *each.ids)
