"""What is said of sub-points that the office's registers score: in their rows, and where a score or a claim says otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from fazhi_xl.findings import Code, Finding, Place, finding
from fazhi_xl.form.sheets.review.dossier import Case, Dossier
from fazhi_xl.office.review.effects import Decisions
from fazhi_xl.office.review.votes import MASTER, brief
from fazhi_xl.points import show
from fazhi_xl.scoring.from_registers import Rescored

_FEW = 3  # events that a row of a book names; the reports name all


def row_text(decided: Decisions, case: Case) -> str:
    """Say in a sub-point's row by which register it is scored, so that nobody enters a score; blank where none settles it."""
    found = decided.governing(case.unit.short, case.sub.code, out=case.out)
    return f"{_scored(decided, case, found)};这里不用填。" if found else ""


def register_findings(dossier: Dossier, decided: Decisions) -> Iterator[tuple[str, Finding]]:
    """Give, with the book, the scores that contradict a register, and the self-scores that differ from one."""
    for case in dossier.cases:
        found = decided.governing(case.unit.short, case.sub.code, out=case.out)
        if found:
            yield from _said_otherwise(decided, case, found)


def _said_otherwise(decided: Decisions, case: Case, found: Rescored) -> Iterator[tuple[str, Finding]]:
    unit, code = case.unit.short, case.sub.code
    place, words = Place(unit=unit, field=code), {"row": f"{unit}{code}", "register": _scored(decided, case, found)}
    held = decided.decisions.get((unit, code))
    if held and decided.contradicted(unit, code, out=case.out):
        yield held.book, finding(Code.REVIEW_REGISTER_CONFLICT, place, value=brief(held.values), **words)
    own = case.self_score
    if own is not None and not found.out and own != found.score:
        yield MASTER, finding(Code.REVIEW_REGISTER_CLAIM, place, value=show(own), **words)


def _scored(decided: Decisions, case: Case, found: Rescored) -> str:
    """Say which rows of which register give which score; the first few rows are named."""
    key = case.unit.short, case.sub.code
    events = [event.text for event in decided.events(*key)]
    more = "等" if len(events) > _FEW else ""
    named = f"({';'.join(events[:_FEW])}{more})" if events else ""
    score = "不涉及" if found.out else f"核定{show(found.score)}分"
    return f"{decided.registered_text(*key)}{named},{score}"
