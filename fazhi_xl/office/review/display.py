"""What is to be decided, with what the review has to say of it: as a review book shows it, or a console."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from fazhi_xl.findings import Code, Key
from fazhi_xl.form.sheets.review import scores
from fazhi_xl.form.sheets.review.dossier import Case, Dossier
from fazhi_xl.office.review.decision_log import Decision
from fazhi_xl.office.review.read_books import code_of
from fazhi_xl.office.review.session import Review, undecided
from fazhi_xl.office.review.votes import Mark


def by_code(done: Review) -> Mapping[str, Decision]:
    """Give the last decisions by the row codes that they have in today's catalogue."""
    return {code: each for key, each in done.record.current.items() if (code := code_of(done.given.notice, key))}


def as_shown(dossier: Dossier, done: Review) -> Dossier:
    """Put what the review has to say of a row beside it; a verdict on 不涉及 keeps its cell where the claim has gone."""
    decided = by_code(done)
    shown = {code: Mark(base=each.no).text for code, each in decided.items()}
    said = {fault.key: fault.message_in_row for _, fault in done.findings if fault.code in _BESIDE}
    cases = tuple(_with_doubt(case, said, decided.get(case.code)) for case in dossier.cases)
    return replace(dossier, cases=cases, decided=shown)


_BESIDE = frozenset({Code.REVIEW_CONFLICT, Code.REVIEW_CHANGED})


def _with_doubt(case: Case, said: Mapping[Key | None, str], held: Decision | None) -> Case:
    told = said.get((case.unit.short, case.sub.code), "")
    return replace(case, doubts=told + case.doubts, out=case.out or bool(held and scores.OUT in held.values))


def still_open(done: Review) -> Dossier:
    """Give what is still to be decided."""
    cases = tuple(undecided(done.given.notice, done.dossier, done.record))
    return as_shown(replace(done.dossier, cases=cases), done)
