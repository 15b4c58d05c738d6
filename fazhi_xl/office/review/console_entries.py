"""Decisions that were typed into the office's console: tried as a review book's rows are, and recorded under the console's name."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from fazhi_xl.answers.locate import Found, Located
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
from fazhi_xl.office.review.decision_log import Decision, Record
from fazhi_xl.office.review.merge import merged
from fazhi_xl.office.review.read_books import Book, keys_of, seen_now, with_statements

NAME = "办公室工作台"
COLUMNS = (SCORE, OUT, REASON, NOTE, REVIEWER, DAY)
"""What the console takes, as columns of the review book's sheet 审核."""
Typed = str | float | date | None
Rows = Mapping[str, Mapping[str, Content]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A row as it stood in the console: `basis` and `base` are what the row showed of the return and of the record."""

    code: str
    unit: str
    values: Mapping[str, Typed]
    basis: str
    base: str = ""

    @property
    def filled(self) -> dict[str, Typed]:
        """Give the columns in which anything stands."""
        return {column: value for column, value in self.values.items() if value is not None and str(value).strip()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What is to be recorded of the entries, and what is wrong with the others, by row code."""

    added: tuple[Decision, ...] = ()
    faults: tuple[tuple[str, Finding], ...] = ()


def take(dossier: Dossier, record: Record, entries: Iterable[Entry], now: str) -> Taken:
    """Try the entries by the fields and checks of a review book; a row with a fault is not taken, the others are."""
    filled = tuple(entry for entry in entries if entry.filled)
    faults = list(_refused(dossier, filled))
    wrong = {code for code, _ in faults}
    kept = tuple(entry for entry in filled if entry.code not in wrong)
    if not kept:
        return Taken(faults=tuple(faults))
    book, tried = _tried(dossier, kept)
    found = merged(record, (book,), now)
    codes = {key: code for code, key in keys_of(_only(dossier, kept)).items()}
    wrong_now = (each for _, each in found.findings if each.severity is Severity.ERROR)
    faults += [*tried, *((codes[each.key], each) for each in wrong_now if each.key)]
    return Taken(added=found.added, faults=tuple(faults))


def _refused(dossier: Dossier, entries: Iterable[Entry]) -> Iterator[tuple[str, Finding]]:
    """Say of rows that are no longer what was shown why they cannot be taken."""
    known = {case.code: case for case in dossier.cases}
    for entry in entries:
        case, place = known.get(entry.code), Place(field=entry.code)
        if case is None or case.unit.short != entry.unit:
            yield entry.code, finding(Code.REVIEW_ROW_UNKNOWN, place, value=entry.code)
        elif entry.basis != dossier.basis[entry.code]:
            yield entry.code, finding(Code.REVIEW_STALE, place, row=f"{case.unit.short}{case.sub.code}")
        elif OUT in entry.filled and not case.out:
            yield entry.code, finding(Code.REVIEW_OUT_UNCLAIMED, place, row=f"{case.unit.short}{case.sub.code}")


def _tried(dossier: Dossier, entries: tuple[Entry, ...]) -> tuple[Book, list[tuple[str, Finding]]]:
    """Read the entries as a review book is read, and give what its rows say and what is wrong with them."""
    shown = _only(dossier, entries)
    shape = review_shape(shown)
    located = _located(shown_rows(shown), entries)
    answers = read_answers(shape, located)
    book = with_statements(Book(name=NAME, data=b"", sha256=""), answers, located, keys_of(shown))
    faults = (
        each for each in answers.findings if each.severity is Severity.ERROR and each.code is not Code.FORM_UNFILLED
    )
    codes = {entry.code for entry in entries}
    return book, [(_row(codes, each.place.field or ""), each) for each in faults]


def _only(dossier: Dossier, entries: Iterable[Entry]) -> Dossier:
    codes = {entry.code for entry in entries}
    cases = tuple(case for case in dossier.cases if case.code in codes)
    return Dossier(notice=dossier.notice, cases=cases, basis=dossier.basis, this_year=dossier.this_year)


def _row(codes: Iterable[str], field: str) -> str:
    return field if field in codes else field.rpartition(".")[0]


def _located(rows: Rows, entries: tuple[Entry, ...]) -> Located:
    """Put the entries where a review book's cells would be found."""
    cells = {f"{entry.code}.{column}": found for entry in entries for column, found in _cells(rows[entry.code], entry)}
    places = {entry.code: (SHEET, no) for no, entry in enumerate(entries, 1)}
    times = [entry.code for entry in entries]
    repeated = tuple(code for code in places if times.count(code) > 1)
    return Located(cells=cells, rows=places, repeated=repeated)


def _cells(row: Mapping[str, Content], entry: Entry) -> Iterator[tuple[str, Found]]:
    """Give what the row shows, as text, and what was typed."""
    shown = {**seen_now(row), BASIS: entry.basis, DECIDED: entry.base}
    yield from ((column, _found(CellKind.TEXT, said)) for column, said in shown.items())
    yield from ((column, _typed(value)) for column, value in entry.filled.items() if column in COLUMNS)


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
