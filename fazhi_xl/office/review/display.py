"""The office's decisions as they are shown: beside the cases in a review book and a console, and in the reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from fazhi_xl.findings import Code, Key
from fazhi_xl.form.sheets.review import common as parts
from fazhi_xl.form.sheets.review import registers, scores
from fazhi_xl.form.sheets.review.arising import list_of
from fazhi_xl.form.sheets.review.dossier import Dossier, Matter
from fazhi_xl.form.sheets.unit import bonus, deductions
from fazhi_xl.notice.choices import EarlyBonus
from fazhi_xl.office.review.decision_log import Decision
from fazhi_xl.office.review.effects import Decisions
from fazhi_xl.office.review.register_rows import row_text
from fazhi_xl.office.review.session import Review
from fazhi_xl.office.review.statements import code_of
from fazhi_xl.office.review.undecided import undecided
from fazhi_xl.office.review.values import Values
from fazhi_xl.office.review.votes import Mark
from fazhi_xl.points import Hundredths
from fazhi_xl.rounds.decisions import Adjustment, Ruling
from fazhi_xl.rounds.file import FileResult
from fazhi_xl.scoring.from_answers import claim_weights, sub_point_scores
from fazhi_xl.scoring.model import Basis

# In review books and the console --------------------------------------------------------------------------------------


def by_code(done: Review) -> Mapping[str, Decision]:
    """Give the decision on each key by the row code in today's catalogue; keys without one are left out."""
    return {code: each for key, each in done.record.current.items() if (code := code_of(done.context.notice, key))}


def as_shown(dossier: Dossier, done: Review) -> Dossier:
    """Add to each row the review's findings on it and the number of its decision.

    A row with a verdict on 不涉及 keeps that input when the unit no longer claims it.
    """
    decided = by_code(done)
    shown = {code: Mark(base=each.no).text for code, each in decided.items()}
    told, held = _told_of(done), done.decided
    ruled_out = {code for code, each in decided.items() if scores.OUT in each.values}
    cases = tuple(
        replace(
            case,
            told="".join((own := told.get((case.unit.short, case.sub.code), {})).values()),
            register="" if Code.REVIEW_REGISTER_CONFLICT in own else row_text(held, case),
            out=case.out or case.code in ruled_out,
        )
        for case in dossier.cases
    )
    signed = {code: each.values.text(parts.REVIEWER) for code, each in decided.items()}
    return replace(dossier, cases=cases, decided=shown, reviewers=signed)


# What stands beside the rows, in this order: books of earlier versions are read by whether a contradiction comes first.
_BESIDE = (Code.REVIEW_CONFLICT, Code.REVIEW_REGISTER_CONFLICT, Code.REVIEW_CHANGED)


def _told_of(done: Review) -> Mapping[Key, Mapping[Code, str]]:
    """Give what this run has to say of each sub-point, in its own row."""
    own: defaultdict[Key, dict[Code, str]] = defaultdict(dict)
    for code in _BESIDE:
        for _, fault in done.findings:
            if fault.key and fault.code is code:
                own[fault.key][code] = fault.message_in_row
    return own


def still_open(done: Review) -> Dossier:
    """Give the sub-points that are still undecided, as they are shown."""
    cases = tuple(undecided(done.dossier, done.decided))
    return as_shown(replace(done.dossier, cases=cases), done)


# In the reports ------------------------------------------------------------------------------------------------------


def rulings(decided: Decisions, dossier: Dossier) -> dict[Key, Ruling]:
    """Give the decision on each sub-point that was returned, by unit and sub-point; and what the office's values settle."""
    keys = (*((case.unit.short, case.sub.code) for case in dossier.cases), *_valued(decided))
    by_no = {each.no: each for each in decided.decisions.values()}
    return {key: made for key in keys if (made := _ruling(decided, key, by_no))}


def _after(held: Decision, by_no: Mapping[int, Decision]) -> str:
    """Say what a decision came of, where it follows from a ruling that is in force."""
    ruling = by_no.get(held.follows or 0)
    drawn = list_of(ruling.row) if ruling else None
    return drawn.after if ruling and drawn and drawn.ruling and drawn.ruling(ruling.values) else ""


def _valued(decided: Decisions) -> Iterator[Key]:
    """Yield the sub-points that the office's values score, which nobody reviews."""
    for unit, answers in decided.answers.items():
        yield from ((unit, score.code) for score in sub_point_scores(decided.notice, answers) if score.by_office)


def _ruling(decided: Decisions, key: Key, by_no: Mapping[int, Decision]) -> Ruling | None:
    held, register = decided.decisions.get(key), decided.registered_text(*key)
    events = tuple(decided.events(*key)) if register else ()
    if held is None:
        return Ruling(register=register, events=events) if register else None
    said = held.values
    return Ruling(
        no=held.no,
        replaces=held.replaces,
        after=_after(held, by_no),
        reason=said.text(scores.REASON),
        note=said.text(parts.NOTE),
        visited=said.text(scores.VISITED),
        found=said.text(scores.FOUND),
        reviewer=said.text(parts.REVIEWER),
        day=said.text(parts.DAY),
        book=held.source,
        bulk=held.bulk,
        register=register,
        events=events,
    )


def claims(
    decided: Decisions, dossier: Dossier, basis: Basis, claimed: Mapping[Key, Hundredths]
) -> Iterator[Adjustment]:
    """List the bonus claims. Before the ranking is official a claim counts as claimed, unless the reading early_bonus says otherwise."""
    kept, hints = _told(dossier.claims)
    recognised = basis is Basis.REVIEWED or decided.notice.about.scoring.early_bonus is EarlyBonus.RECOGNISED
    for key in _keys(decided, kept, bonus.codes()):
        unit, row = key
        counted = decided.awards(unit).get(row, 0) if recognised else claimed.get(key, 0)
        limited = decided.award_limits(unit).get(row, "") if recognised else ""
        same = decided.awarded_with(unit).get(row, "") if recognised else ""
        held = decided.decisions.get(key)
        said = {**(held.seen if held else {}), **kept.get(key, {})}
        made = _entry(said, held, unit=unit, row=row, source=unit, counted=counted)
        yield replace(made, limited=limited, same=same, hint=hints.get(key, ""))


def _told(matters: Iterable[Matter]) -> tuple[dict[Key, Mapping[str, str]], dict[Key, str]]:
    """Give what stands in the rows of a list, by key, and what other rows they look like."""
    rows = {(each.unit.short, each.row): each for each in matters}
    return {key: each.said for key, each in rows.items()}, {key: each.hint for key, each in rows.items()}


def claimed(files: Iterable[FileResult]) -> dict[Key, Hundredths]:
    """Give the points that each claim in the returns that count would add, by key."""
    own = ((file.unit, file.answers) for file in files if file.counts)
    return {
        (unit, row): points
        for unit, answers in own
        if unit and answers
        for row, points in claim_weights(answers).items()
    }


def penalties(decided: Decisions, dossier: Dossier) -> Iterator[Adjustment]:
    """List the deductions that units provided or the office registered."""
    kept, hints = _told(dossier.provided)
    counted, limits, same = decided.penalties(), decided.penalty_limits(), decided.penalized_with()
    own = [key for key in decided.decisions if key[1].startswith(f"{registers.DEDUCTIONS}.")]
    for key in (*_keys(decided, kept, deductions.codes()), *own):
        held = decided.decisions.get(key)
        said = {**(held.seen if held else {}), **kept.get(key, {}), **(held.values.texts if held else {})}
        source = key[0] or said.get(registers.SOURCE, "")
        taken = counted.get(key, ("", 0))[1]
        made = _entry(said, held, unit=said.get(registers.UNIT, ""), row=key[1], source=source, counted=taken)
        yield replace(made, limited=limits.get(key, ""), same=_named(same.get(key), key), hint=hints.get(key, ""))


def _named(other: Key | None, own: Key) -> str:
    """Name the row with which a matter counts; the unit that provided it where another did, whose rows have the same codes."""
    if other is None:
        return ""
    unit, row = other
    return f"{unit}提供的{row}" if unit and unit != own[0] else row


def _keys(decided: Decisions, kept: Mapping[Key, object], rows: tuple[str, ...]) -> list[Key]:
    """Give the keys that were returned, then those decided on rows no longer returned."""
    gone = [key for key in decided.decisions if key[1] in rows and key not in kept]
    return [*kept, *gone]


def _entry(
    said: Mapping[str, str], held: Decision | None, *, unit: str, row: str, source: str, counted: Hundredths
) -> Adjustment:
    ruled = held.values if held else Values()
    return Adjustment(
        unit=unit,
        row=row,
        source=source,
        situation=said.get(registers.SITUATION, ""),
        matter=said.get(registers.MATTER, ""),
        degree=said.get(bonus.LEVEL) or said.get(registers.DEGREE, ""),
        authority=said.get(bonus.AUTHORITY, ""),
        document=said.get(registers.DOCUMENT, ""),
        dated=said.get(registers.DATED, ""),
        recognised=said.get(bonus.RECOGNISED, ""),
        verdict=ruled.text(registers.VERDICT),
        joined=ruled.text(registers.MATTER_KEY),
        note=ruled.text(parts.NOTE),
        reviewer=ruled.text(parts.REVIEWER),
        counted=counted,
    )
