"""One round's review: read the books, record what is new, say what has changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from fractions import Fraction
from itertools import count

from fazhi_xl.answers.read import value_text
from fazhi_xl.errors import WrongUseError
from fazhi_xl.findings import Code, Finding, Place, finding
from fazhi_xl.form.identity import Edition
from fazhi_xl.form.model import Content, Form
from fazhi_xl.form.review_form import shown
from fazhi_xl.form.sheets.review import scores
from fazhi_xl.form.sheets.review.common import DAY, REVIEWER
from fazhi_xl.form.sheets.review.dossier import Case, Dossier
from fazhi_xl.form.sheets.review.registers import DEDUCTIONS, NEWS, TASKS
from fazhi_xl.form.unit_form import REHEARSAL_MARK
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.review.console_entries import Taken, take
from fazhi_xl.office.review.decision_log import Decision, Record, add_to_record, read_record
from fazhi_xl.office.review.dossier import Returned, dossier_of, registers, returned
from fazhi_xl.office.review.effects import Decided
from fazhi_xl.office.review.merge import merged, named
from fazhi_xl.office.review.orders import Acceptance, ReviewOrders
from fazhi_xl.office.review.read_books import Book, Reader, code_of, read_books, seen_now
from fazhi_xl.office.review.values import Values, values_of
from fazhi_xl.office.review.votes import brief
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.rounds.file import FileResult

EVERYONE = "全部"
BULK = "--accept-self"  # stands in the record where a book's name does
Rows = Mapping[str, Mapping[str, Content]]
"""What the rows show of what was returned, by row code and column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """The round that is reviewed."""

    notice: Notice
    space: Workspace
    forms: tuple[Form, ...]
    edition: Edition
    now: datetime

    @property
    def mark(self) -> str:
        return REHEARSAL_MARK if self.edition.rehearsal else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A round's review under way: what is decided, the books that were read, and what there is to say, by book."""

    given: Given
    dossier: Dossier
    record: Record
    books: tuple[Book, ...]
    findings: tuple[tuple[str, Finding], ...]
    open_keys: frozenset[tuple[str, str]]
    accepted: int = 0
    left: int = 0  # sub-points that a bulk acceptance did not touch, since there is nothing to accept
    taken: Taken = field(default_factory=Taken)  # of what was typed into the console

    @property
    def decided(self) -> Decided:
        held = {key: each for key, each in self.record.current.items() if each.values}
        return Decided(notice=self.given.notice, decisions=held)


def reviewed(given: Given, files: Iterable[FileResult], orders: ReviewOrders) -> Review:
    """Read the review books and record what is new in them, and then what was typed into the console.

    Raises WrongUseError where the record cannot be read or written.
    """
    came, before = returned(given.notice, files), read_record(given.space)
    if orders.accept:
        _refuse_unknown(orders.accept, came)
    dossier = replace(dossier_of(given.notice, came, given.mark), this_year=given.now.year)
    books = read_books(given.space, _reader(given, dossier))
    now = given.now.isoformat(timespec="seconds")
    found = merged(before, books, now)
    _keep_books(given.space, books, found.added)
    record = add_to_record(given.space, before, found.added)
    taken = take(dossier, record, orders.entered, now)
    record = add_to_record(given.space, record, taken.added)
    rows = shown(dossier)
    bulk, left = _accepted(given, dossier, rows, record, orders.accept, _touched(books))
    record = add_to_record(given.space, record, bulk)
    own = tuple((book.name, fault) for book in books for fault in book.findings)
    changed = tuple(_changes(given.notice, dossier, rows, record))
    return Review(
        given=given,
        dossier=replace(dossier, registers=registers(_used(record, books))),
        record=record,
        books=books,
        findings=(*own, *found.findings, *changed),
        open_keys=found.contested,
        accepted=len(bulk),
        left=left,
        taken=taken,
    )


def _reader(given: Given, dossier: Dossier) -> Reader:
    return Reader(
        notice=given.notice,
        edition=given.edition,
        key=given.space.key(),
        assigned={form.unit: form.shape.sub_points for form in given.forms},
        now=dossier,
    )


def _keep_books(space: Workspace, books: Iterable[Book], added: Iterable[Decision]) -> None:
    """Keep each book from which something was taken, byte for byte, under its SHA-256."""
    taken = {decision.sha256 for decision in added}
    for book in books:
        target = space.archive / f"{book.sha256}.xlsx"
        if book.sha256 in taken and not target.exists():
            space.make(space.archive)
            space.write(target, book.data)


def _used(record: Record, books: Iterable[Book]) -> dict[str, int]:
    """Give the last row of each register that holds anything."""
    codes = {each.row for each in record.decisions} | {key.rpartition(".")[0] for book in books for key in book.typed}
    rows = (code.rpartition(".")[::2] for code in codes)
    numbers = [(name, int(no)) for name, no in rows if name in {DEDUCTIONS, TASKS, NEWS}]
    return {name: max(no for other, no in numbers if other == name) for name, _ in numbers}


# Self-scores accepted in bulk ----------------------------------------------------------------------------------------


def _refuse_unknown(accept: Acceptance, came: Iterable[Returned]) -> None:
    known = {each.unit.short for each in came}
    strange = [unit for unit in accept.units if unit not in {*known, EVERYONE}]
    if strange:
        raise WrongUseError(f"--accept-self 里的“{strange[0]}”没有可计分的填报表。请写单位简称,或写“{EVERYONE}”。")


def _accepted(
    given: Given, dossier: Dossier, rows: Rows, record: Record, accept: Acceptance | None, touched: frozenset[str]
) -> tuple[tuple[Decision, ...], int]:
    """Take the self-scores of what nobody has begun to decide; without one, or where 不涉及 is claimed, it stays open."""
    if accept is None:
        return (), 0
    still = list(_still_open(given.notice, dossier, record, accept))
    taken = [case for case in still if case.self_score is not None and not case.out and case.code not in touched]
    numbers = count(len(record.decisions) + 1)
    made = (
        Decision(
            no=next(numbers),
            unit=case.unit.short,
            row=case.sub.code,
            values=_accepting(case, accept, given.now),
            book=BULK,
            sha256="",
            basis=dossier.basis[case.code],
            seen=seen_now(rows[case.code]),
            replaces=before.no if (before := record.current.get((case.unit.short, case.sub.code))) else None,
            bulk=True,
            recorded=given.now.isoformat(timespec="seconds"),
        )
        for case in taken
    )
    return tuple(made), len(still) - len(taken)


def _touched(books: Iterable[Book]) -> frozenset[str]:
    """Name the rows in which somebody has typed anything: what is open there is contested, or not yet right."""
    return frozenset(key.rpartition(".")[0] for book in books for key in book.typed)


def _accepting(case: Case, accept: Acceptance, now: datetime) -> Values:
    score = value_text(Fraction(case.self_score or 0, 100)) or ""
    return values_of({scores.SCORE: score, REVIEWER: accept.reviewer.strip(), DAY: now.date().isoformat()})


def _still_open(notice: Notice, dossier: Dossier, record: Record, accept: Acceptance) -> Iterator[Case]:
    for case in undecided(notice, dossier, record):
        if EVERYONE in accept.units or case.unit.short in accept.units:
            yield case


def undecided(notice: Notice, dossier: Dossier, record: Record) -> Iterator[Case]:
    """Give the sub-points that neither a decision nor a register settles."""
    decided = Decided(notice=notice, decisions=record.current)
    for case in dossier.cases:
        key = case.unit.short, case.sub.code
        if decided.registered(*key) is None and not _is_decided(record, key):
            yield case


def _is_decided(record: Record, key: tuple[str, str]) -> bool:
    before = record.current.get(key)
    return before is not None and before.decides


# What has changed ----------------------------------------------------------------------------------------------------


def _changes(notice: Notice, dossier: Dossier, rows: Rows, record: Record) -> Iterator[tuple[str, Finding]]:
    """Say where a decision rests on other facts than those of today, and where there is nothing left to decide."""
    for key, each in record.current.items():
        code = code_of(notice, key)
        if not each.values or not key[0]:
            continue
        place = Place(unit=key[0], field=key[1])
        if code not in dossier.basis:
            yield each.book, finding(Code.REVIEW_NOT_RETURNED, place, row=named(key))
        elif each.basis != dossier.basis[code]:
            before, after = _worded(each.seen), _worded(seen_now(rows[code]))
            words = {"row": named(key), "before": before, "after": after}
            yield each.book, finding(Code.REVIEW_CHANGED, place, value=brief(each.values), **words)


def _worded(seen: Mapping[str, str]) -> str:
    return ",".join(f"{column}{said}" for column, said in seen.items()) or "(空)"
