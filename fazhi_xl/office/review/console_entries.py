"""Decisions typed into the office's console: checked like the rows of a review book, recorded under the console's name."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from fazhi_xl.answers.located import Found, Located
from fazhi_xl.answers.read import read_answers
from fazhi_xl.cells import CellKind
from fazhi_xl.findings import Code, Finding, Place, Severity, finding
from fazhi_xl.form.model import Content
from fazhi_xl.form.review_form import review_shape
from fazhi_xl.form.review_form import shown as shown_rows
from fazhi_xl.form.sheets.review.common import BASIS, DAY, DECIDED, NOTE, REVIEWER
from fazhi_xl.form.sheets.review.dossier import Dossier
from fazhi_xl.form.sheets.review.scores import NAME as SHEET
from fazhi_xl.form.sheets.review.scores import OUT, REASON, SCORE
from fazhi_xl.office.review.decision_log import Decision, DecisionLog
from fazhi_xl.office.review.merge import merge
from fazhi_xl.office.review.sayings import without_bare
from fazhi_xl.office.review.statements import ReviewBook, keys_of, seen_now, with_statements

NAME = "办公室工作台"
COLUMNS = (SCORE, OUT, REASON, NOTE, REVIEWER, DAY)
"""The columns of sheet 审核 that can be typed into the console."""
Typed = str | float | date | None
Rows = Mapping[str, Mapping[str, Content]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsoleRow:
    """A row of the console's review queue: `basis` is the digest of the data it showed, `base` the number of the decision it showed."""

    code: str
    unit: str
    values: Mapping[str, Typed]
    basis: str
    base: str = ""

    @property
    def filled(self) -> dict[str, Typed]:
        """The columns that are not blank."""
        return {column: value for column, value in self.values.items() if value is not None and str(value).strip()}


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsoleResult:
    """The decisions to record, and the findings on rows that were refused, by row code."""

    added: tuple[Decision, ...] = ()
    faults: tuple[tuple[str, Finding], ...] = ()


def take(dossier: Dossier, record: DecisionLog, entries: Iterable[ConsoleRow], now: str) -> ConsoleResult:
    """Check the rows by the fields and checks of a review book; a row with an error is refused, the others are taken."""
    filled = tuple(entry for entry in entries if entry.filled)
    faults = list(_refused(dossier, filled))
    wrong = {code for code, _ in faults}
    kept = tuple(entry for entry in filled if entry.code not in wrong)
    if not kept:
        return ConsoleResult(faults=tuple(faults))
    book, tried = _tried(dossier, kept)
    found = merge(record, (book,), now)
    codes = {key: code for code, key in keys_of(_only(dossier, kept)).items()}
    wrong_now = (each for _, each in found.findings if each.severity is Severity.ERROR)
    faults += [*tried, *((codes[each.key], each) for each in wrong_now if each.key)]
    return ConsoleResult(added=found.added, faults=tuple(faults))


def _refused(dossier: Dossier, entries: Iterable[ConsoleRow]) -> Iterator[tuple[str, Finding]]:
    """Give findings on rows whose sub-point is gone, whose data changed since it was shown, or where 不涉及 was not claimed."""
    known = {case.code: case for case in dossier.cases}
    for entry in entries:
        case, place = known.get(entry.code), Place(field=entry.code)
        if case is None or case.unit.short != entry.unit:
            yield entry.code, finding(Code.REVIEW_ROW_UNKNOWN, place, value=entry.code)
        elif entry.basis != dossier.basis[entry.code]:
            yield entry.code, finding(Code.REVIEW_STALE, place, row=f"{case.unit.short}{case.sub.code}")
        elif OUT in entry.filled and not case.out:
            yield entry.code, finding(Code.REVIEW_OUT_UNCLAIMED, place, row=f"{case.unit.short}{case.sub.code}")


def _tried(dossier: Dossier, entries: tuple[ConsoleRow, ...]) -> tuple[ReviewBook, list[tuple[str, Finding]]]:
    """Read the rows as a review book is read; give the book and the errors by row code."""
    shown = _only(dossier, entries)
    shape = review_shape(shown)
    typed = _located(shown_rows(shown), entries)
    located = without_bare(typed, shape, partial(read_answers, shape), lambda *_: "")
    answers = read_answers(shape, located)
    book = with_statements(ReviewBook(name=NAME, data=b"", sha256=""), answers, located, keys_of(shown), dossier.notice)
    faults = (
        each for each in answers.findings if each.severity is Severity.ERROR and each.code is not Code.FORM_UNFILLED
    )
    codes, fields = {entry.code for entry in entries}, ((each.place.field or "", each) for each in faults)
    return book, [(field if field in codes else field.rpartition(".")[0], each) for field, each in fields]


def _only(dossier: Dossier, entries: Iterable[ConsoleRow]) -> Dossier:
    codes = {entry.code for entry in entries}
    cases = tuple(case for case in dossier.cases if case.code in codes)
    return Dossier(notice=dossier.notice, cases=cases, basis=dossier.basis, this_year=dossier.this_year)


def _located(rows: Rows, entries: tuple[ConsoleRow, ...]) -> Located:
    """Give the rows as located cells of a review book: what each row showed, then what was typed."""
    cells: dict[str, Found] = {}
    for entry in entries:
        shown = {**seen_now(rows[entry.code]), BASIS: entry.basis, DECIDED: entry.base}
        cells |= {f"{entry.code}.{column}": _found(CellKind.TEXT, said) for column, said in shown.items()}
        typed = ((column, value) for column, value in entry.filled.items() if column in COLUMNS)
        cells |= {f"{entry.code}.{column}": _typed(value) for column, value in typed}
    places = {entry.code: (SHEET, no) for no, entry in enumerate(entries, 1)}
    times = [entry.code for entry in entries]
    repeated = tuple(code for code in places if times.count(code) > 1)
    return Located(cells=cells, rows=places, repeated=repeated)


def _typed(value: Typed) -> Found:
    if isinstance(value, bool):
        return _found(CellKind.BOOLEAN, str(int(value)))
    if isinstance(value, int | float) and math.isfinite(value):
        return _found(CellKind.NUMBER, f"{value:.15g}")
    if isinstance(value, date | datetime):
        return _found(CellKind.DATE, value.isoformat())
    return _found(CellKind.TEXT, str(value))


def _found(kind: CellKind, said: str) -> Found:
    return Found(sheet=SHEET, cell="", kind=kind, text=said, formula=False)
