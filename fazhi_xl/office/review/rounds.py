"""One round's review: read the books, record what is new, say what has changed, and write the review book anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from itertools import count
from pathlib import Path

from fazhi_xl.answers.read import show
from fazhi_xl.errors import WrongUseError
from fazhi_xl.findings import Finding, Place, finding
from fazhi_xl.form.expression import Value
from fazhi_xl.form.identity import Edition
from fazhi_xl.form.model import Content, Field, Form, Kind
from fazhi_xl.form.review_form import TITLE, review_form, shown
from fazhi_xl.form.sheets import review
from fazhi_xl.form.sheets.dossier import Case, Dossier
from fazhi_xl.form.sheets.review_parts import DAY, REVIEWER
from fazhi_xl.form.sheets.review_registers import DEDUCTIONS, NEWS, TASKS
from fazhi_xl.form.unit_form import REHEARSAL_MARK
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.progress import Progress
from fazhi_xl.office.returns import Acceptance
from fazhi_xl.office.review.books import Book, Reader, code_of, read_books, seen_now
from fazhi_xl.office.review.cases import Returned, dossier_of, registers, returned
from fazhi_xl.office.review.merge import brief, merged, named
from fazhi_xl.office.review.record import Decision, Record, add_to_record, read_record
from fazhi_xl.office.review.settle import Decided
from fazhi_xl.office.workspace import Workspace
from fazhi_xl.reports.round import FileResult
from fazhi_xl.xlsx.writing.form import draw

BOOK = "审核表.xlsx"
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

    @property
    def decided(self) -> Decided:
        held = {key: each for key, each in self.record.current.items() if each.values}
        return Decided(notice=self.given.notice, decisions=held)


def reviewed(given: Given, files: Iterable[FileResult], accept: Acceptance | None) -> Review:
    """Read the review books and record what is new in them. Raises WrongUseError where the record cannot be read or written."""
    came, before = returned(given.notice, files), read_record(given.space)
    if accept:
        _refuse_unknown(accept, came)
    dossier = dossier_of(given.notice, came, given.mark)
    books = read_books(given.space, _reader(given, dossier))
    now = given.now.isoformat(timespec="seconds")
    found = merged(before, books, now)
    _keep_books(given.space, books, found.added)
    record = add_to_record(given.space, before, found.added)
    rows = shown(dossier)
    bulk, left = _accepted(given, dossier, rows, record, accept)
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
    given: Given, dossier: Dossier, rows: Rows, record: Record, accept: Acceptance | None
) -> tuple[tuple[Decision, ...], int]:
    """Take the self-scores of what nobody has decided; where there is none, or 不涉及 is claimed, it stays open."""
    if accept is None:
        return (), 0
    still = list(_still_open(given.notice, dossier, record, accept))
    taken = [case for case in still if case.self_score is not None and not case.out]
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


def _accepting(case: Case, accept: Acceptance, now: datetime) -> Mapping[str, str]:
    score = show(Fraction(case.self_score or 0, 100)) or ""
    return {review.SCORE: score, REVIEWER: accept.reviewer.strip(), DAY: now.date().isoformat()}


def _still_open(notice: Notice, dossier: Dossier, record: Record, accept: Acceptance) -> Iterator[Case]:
    decided = Decided(notice=notice, decisions=record.current)
    for case in dossier.cases:
        key = case.unit.short, case.sub.code
        wanted = EVERYONE in accept.units or case.unit.short in accept.units
        if wanted and decided.registered(*key) is None and not _is_decided(record, key):
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
        place = Place(field=key[1])
        if code not in dossier.basis:
            yield each.book, finding("review-not-returned", place, row=named(key))
        elif each.basis != dossier.basis[code]:
            before, after = _worded(each.seen), _worded(seen_now(rows[code]))
            words = {"row": named(key), "before": before, "after": after}
            yield each.book, finding("review-changed", place, value=brief(each.values), **words)


def _worded(seen: Mapping[str, str]) -> str:
    return ",".join(f"{column}{said}" for column, said in seen.items()) or "(空)"


# The book of this run ------------------------------------------------------------------------------------------------


def write_book(done: Review, progress: Progress) -> None:
    """Write 审核表.xlsx with the decisions in place; what stands there and was not taken whole stays, under a numbered name."""
    _tell(done, progress)
    space = done.given.space
    path, master = space.review / BOOK, next((book for book in done.books if book.name == BOOK), None)
    try:
        data = _drawn(done, master)
        space.make(space.review)
        there = path.read_bytes() if path.exists() else None
        if there == data:
            return
        if there is not None and not (master and master.data == there and _legible(master)):
            kept = _free_name(space.review)
            path.replace(kept)
            progress.say(f"{BOOK} 有改动没有读到或读不出来,已原样改名为 {kept.name},没有覆盖。")
        space.write(path, data)
    except (WrongUseError, OSError) as error:
        why = str(error) if isinstance(error, WrongUseError) else f"{BOOK} 写不了:{error.strerror}。"
        progress.say(f"{why}其余结果照常写。")


def _legible(book: Book) -> bool:
    """Tell whether the new book can hold all that stands in this one."""
    return not any(fault.severity == "fatal" or fault.code in _TORN for fault in book.findings)


_TORN = frozenset({"sheet-missing", "column-missing", "row-repeated", "sheet-copied", "review-row-unknown"})


def _free_name(folder: Path) -> Path:
    names = (folder / f"{TITLE}({no}).xlsx" for no in count(2))
    return next(name for name in names if not name.exists())


def _drawn(done: Review, master: Book | None) -> bytes:
    given = done.given
    decided = {code: each for key, each in done.record.current.items() if (code := code_of(given.notice, key))}
    shown = {code: str(each.no) for code, each in decided.items()}
    dossier = _with_doubts(replace(done.dossier, decided=shown), done, decided)
    form = review_form(dossier, edition=given.edition, key=given.space.key())
    values = dict(_values(form, decided, _unsettled(done, master), master))
    title = f"{given.mark}{given.notice.about.short_title}{TITLE}"
    return draw(form.shape, given.notice.theme, title=title, values=values).fill(form.slots)


def _unsettled(done: Review, master: Book | None) -> frozenset[str]:
    """Name the rows whose entries in the book are not recorded, so that they stay as they were typed."""
    contested = {code_of(done.given.notice, key) for key in done.open_keys}
    return frozenset({*(master.blocked if master else ()), *contested})


def _values(
    form: Form, decided: Mapping[str, Decision], unsettled: frozenset[str], master: Book | None
) -> Iterator[tuple[str, Value]]:
    typed = master.typed if master else {}
    theirs = {key.rpartition(".")[0] for key in typed} & unsettled
    for key, own in form.shape.fields.items():
        if own.row in theirs:
            value = typed.get(key)
        else:
            held = decided.get(own.row)
            value = _value(own, held.values.get(own.column) if held else None)
        if value is not None:
            yield key, value


def _value(own: Field, said: str | None) -> Value:
    if said is None:
        return None
    if own.kind is Kind.DATE:
        return date.fromisoformat(said)
    return Fraction(said) if own.kind in {Kind.DECIMAL, Kind.WHOLE} else said


def _with_doubts(dossier: Dossier, done: Review, decided: Mapping[str, Decision]) -> Dossier:
    """Put what the review has to say of a row beside it; a verdict on 不涉及 keeps its cell where the claim has gone."""
    said = {fault.message.partition(":")[0]: fault.message for _, fault in done.findings if fault.code in _BESIDE}
    return replace(dossier, cases=tuple(_with_doubt(case, said, decided.get(case.code)) for case in dossier.cases))


_BESIDE = frozenset({"review-conflict", "review-changed"})


def _with_doubt(case: Case, said: Mapping[str, str], held: Decision | None) -> Case:
    name = named((case.unit.short, case.sub.code))
    told = said.get(name, "").removeprefix(f"{name}:")
    return replace(case, doubts=told + case.doubts, out=case.out or bool(held and review.OUT in held.values))


def _tell(done: Review, progress: Progress) -> None:
    """Say what the review has to be looked at for."""
    for book, fault in done.findings:
        if fault.severity != "note":
            progress.say(f"  审核/{book}:{fault.message}")
    if done.accepted or done.left:
        progress.say(
            f"按自评核定{done.accepted}个得分点;没有自评分或申请不涉及的{done.left}个没有核定,请在{BOOK}里逐个审核。"
        )
