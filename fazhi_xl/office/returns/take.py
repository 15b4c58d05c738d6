"""The way of one file from its bytes to its answers, which knows of no other file: so each is done by itself, in whatever process.

What comes of it is little: of a workbook, which has thousands of cells, only what its form's inputs hold and what stands around them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from sys import intern

from fazhi_xl.answers.content_code import ContentCode
from fazhi_xl.answers.located import Found, Located, found_cell
from fazhi_xl.answers.read import Answers
from fazhi_xl.bounded.children import end_children
from fazhi_xl.cells import CellPlace
from fazhi_xl.findings import Finding
from fazhi_xl.findings.adjustable import Weights
from fazhi_xl.form.expression import Value
from fazhi_xl.form.model import Form, column_letters
from fazhi_xl.intake.arrival import Arrival
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.returns.answer import answered
from fazhi_xl.office.returns.answered_before import AnsweredBefore, answers_entry
from fazhi_xl.office.returns.bounced import with_addressees
from fazhi_xl.office.returns.identify import IssuedNumbers, identified
from fazhi_xl.office.returns.item_folders import ItemFolders, without_evidence
from fazhi_xl.office.returns.open import READING, may_be_known, opened
from fazhi_xl.office.returns.own_files import without_own_files
from fazhi_xl.office.returns.read_before import ReadBefore, book_entry, book_of
from fazhi_xl.office.returns.requests import with_requests
from fazhi_xl.office.returns.stages import AnsweredReturn, ClosedFile, IdentifiedReturn, OpenedReturn, unreadable
from fazhi_xl.office.returns.survival import survived
from fazhi_xl.office.workspace.processes import spread
from fazhi_xl.office.workspace.progress import Progress
from fazhi_xl.office.workspace.store import Entry, Store
from fazhi_xl.xlsx.reader import RawBook

Opened = Sequence[OpenedReturn | ClosedFile]
Known = Sequence[IdentifiedReturn | ClosedFile]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a round's files are read by; `kept_under` digests what answers depend on, and is blank where nothing is kept."""

    notice: Notice
    numbers: IssuedNumbers
    evidence: ItemFolders
    passwords: tuple[str, ...] = ()
    sent_back: frozenset[str] = frozenset()
    kept_under: str = ""

    def known(self, returns: Opened) -> Known:
        """Say of opened files whose forms they are."""
        asked = with_requests(returns, self.notice, self.numbers)
        own = with_addressees(without_own_files(asked, self.notice, self.numbers.key), self.numbers.origins)
        return without_evidence(identified(own, self.numbers), self.evidence)

    def take(self, file: _File) -> _Taken:
        """Open a file, and go its way to the end."""
        book = book_of(file.held)
        begun = (
            OpenedReturn(arrival=file.arrival, book=book)
            if book
            else opened(file.arrival, self.passwords, self.sent_back)
        )
        found = survived(self.known, [begun])
        (result,) = survived(answered, found)
        return _Taken(result=_Answered.of(result), entries=tuple(self._entries(begun, found[0], result)))

    def _entries(
        self,
        begun: OpenedReturn | ClosedFile,
        found: IdentifiedReturn | ClosedFile,
        result: AnsweredReturn | ClosedFile,
    ) -> Iterator[Entry]:
        if not self.kept_under:
            return
        if isinstance(begun, OpenedReturn) and (entry := book_entry(begun.arrival.sha256, begun.book, self.passwords)):
            yield entry
        if isinstance(found, IdentifiedReturn) and isinstance(result, AnsweredReturn):
            entry = answers_entry(self.kept_under, found, result)
            if entry:
                yield entry


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """A file to take, with what was kept of its workbook where that is so."""

    arrival: Arrival
    held: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answered:
    """A form that was read, as it is sent between processes: without the form itself, and its unit in the form's place."""

    arrival: Arrival
    unit: str
    book: RawBook
    rows: Mapping[str, tuple[str, int]]
    values: Mapping[str, Value]
    cells: Mapping[str, Found]
    doubts: tuple[Finding, ...]
    findings: tuple[Finding, ...]
    says: Weights
    content: ContentCode | None

    @classmethod
    def of(cls, result: AnsweredReturn | ClosedFile) -> _Answered | ClosedFile:
        """Leave out what is not asked for any more."""
        if isinstance(result, ClosedFile):
            return result
        own = {field.row for field in result.form.shape.fields.values()}
        return cls(
            arrival=result.arrival,
            unit=result.unit,
            book=_emptied(result.book, result.located),
            rows={row: at for row, at in result.located.rows.items() if row in own},
            values=result.answers.values,
            cells=result.answers.cells,
            doubts=result.findings,
            findings=result.answers.findings,
            says=dict(result.says),
            content=result.answers.content,
        )

    def back(self, form: Form) -> AnsweredReturn:
        """Put the form back. Texts that every return of a form has are one and the same."""
        fields = form.shape.fields
        own = {code: code for key, field in fields.items() for code in (key, field.row)}
        cells = {
            own.get(key, key): found_cell((intern(at[0]), intern(at[1]), *at[2:])) for key, at in self.cells.items()
        }
        plain = not any(at.format for at in cells.values())
        located = cells if plain else {key: at._replace(format="") for key, at in cells.items()}
        answers = Answers(
            shape=form.shape,
            values={own.get(key, key): value for key, value in self.values.items()},
            findings=self.findings,
            prior=form.prior,
            cells=cells,
            content=self.content,
        )
        return AnsweredReturn(
            arrival=self.arrival,
            book=self.book,
            form=form,
            located=Located(cells=located, rows={own.get(row, row): at for row, at in self.rows.items()}),
            answers=answers,
            findings=self.doubts,
            says=self.says,
        )


def _emptied(book: RawBook, located: Located) -> RawBook:
    """Leave out of a workbook what is not asked for once its inputs are read: of single cells only what is said of inputs is told."""
    inputs = {(at.sheet, at.cell) for at in located.cells.values()}

    def of_inputs(places: frozenset[CellPlace]) -> frozenset[CellPlace]:
        return frozenset(at for at in places if (at[0], f"{column_letters(at[2])}{at[1]}") in inputs)

    return replace(
        book,
        sheets=tuple(replace(sheet, merges=()) for sheet in book.sheets),
        cells=(),
        names={},
        formats={},
        struck=of_inputs(book.struck),
        disguised=of_inputs(book.disguised),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Taken:
    """What came of a file, and what is to be kept of it."""

    result: _Answered | ClosedFile
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What a store has of files that were taken before."""

    store: Store
    books: ReadBefore
    answers: AnsweredBefore

    def taken(self, file: _File, reading: Reading) -> AnsweredReturn | ClosedFile | None:
        """Give what came of a file; None where some of it has to be done."""
        book = book_of(file.held)
        if book is None:
            return None
        try:
            (found,) = reading.known([OpenedReturn(arrival=file.arrival, book=book)])
        except Exception:  # noqa: BLE001 - whatever a file sets off, it is told where it is taken
            return None
        result = found if isinstance(found, ClosedFile) else self.answers.answered(found)
        if isinstance(result, AnsweredReturn):
            return replace(result, book=_emptied(book, result.located))
        return result


def taken(
    found: Sequence[Arrival], reading: Reading, progress: Progress, *, jobs: int = 1, before: Before | None = None
) -> list[AnsweredReturn | ClosedFile]:
    """Take every file, in their order; of what was taken before nothing is done again."""
    known: dict[int, AnsweredReturn | ClosedFile] = {}
    rest: list[_File] = []
    for no, arrival in enumerate(found):
        file = _File(arrival=arrival, held=_held(arrival, reading, before))
        if before and (done := before.taken(file, reading)):
            known[no] = done
        else:
            rest.append(file)
    read = _read(spread(reading.take, rest, jobs, _lost), reading, before)
    try:
        return list(progress.track(_in_order(len(found), known, read), READING, len(found)))
    finally:
        end_children()


def _held(arrival: Arrival, reading: Reading, before: Before | None) -> bytes | None:
    return before.books.held(arrival.sha256) if before and may_be_known(arrival, reading.sent_back) else None


def _lost(file: _File, error: Exception) -> _Taken:
    return _Taken(result=unreadable(file.arrival, error))


def _read(taking: Iterator[_Taken], reading: Reading, before: Before | None) -> Iterator[AnsweredReturn | ClosedFile]:
    for each in taking:
        for entry in each.entries:
            if before:
                before.store.put(*entry)
        result = each.result
        yield result if isinstance(result, ClosedFile) else result.back(reading.numbers.forms[result.unit])


def _in_order(
    files: int, known: Mapping[int, AnsweredReturn | ClosedFile], read: Iterator[AnsweredReturn | ClosedFile]
) -> Iterator[AnsweredReturn | ClosedFile]:
    for no in range(files):
        yield known[no] if no in known else next(read)
    yield from read  # nothing is left in it; so the processes end that read
