"""The checks of the returns that count, and the result of every file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fazhi_xl.findings import Code, Finding, finding
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.returns.checks.evidence import Packages, evidence_doubts
from fazhi_xl.office.returns.checks.surroundings import surrounding_findings
from fazhi_xl.office.returns.stages import AnsweredReturn, ClosedFile, unreadable
from fazhi_xl.rounds.file import FileResult
from fazhi_xl.rounds.status import status_of


def judged(returns: Iterable[AnsweredReturn | ClosedFile], evidence: Packages, notice: Notice) -> list[FileResult]:
    """Check the returns that count, and give every file with its status and all its findings."""
    return [_judged(each, evidence, notice) if isinstance(each, AnsweredReturn) else _result(each) for each in returns]


def _judged(each: AnsweredReturn, evidence: Packages, notice: Notice) -> FileResult:
    try:
        found = tuple(_findings(each, evidence, notice))
    except Exception as error:  # noqa: BLE001 - one bad file never stops the rest, whatever it sets off
        return _result(unreadable(each.arrival, error, each.unit))
    return _result(
        ClosedFile(arrival=each.arrival, status=status_of(found), findings=found, unit=each.unit, answers=each.answers)
    )


def _result(each: ClosedFile) -> FileResult:
    return FileResult(
        path=each.arrival.path,
        sha256=each.arrival.sha256,
        received=each.arrival.received,
        unit=each.unit,
        status=each.status,
        findings=each.findings,
        answers=each.answers,
        basis=each.arrival.basis.value,
    )


def _findings(each: AnsweredReturn, evidence: Packages, notice: Notice) -> Iterator[Finding]:
    yield from each.findings
    yield from _book_findings(each, notice)
    yield from (_newer(fault) if each.older else fault for fault in each.answers.findings)
    yield from evidence_doubts(each, evidence)


def _newer(found: Finding) -> Finding:
    """Report a row that the older edition did not have as new instead of missing."""
    return finding(Code.ROW_NEWER, found.place, value=found.value) if found.code is Code.ROW_MISSING else found


def _book_findings(each: AnsweredReturn, notice: Notice) -> Iterator[Finding]:
    book, due = each.book, notice.about.dates.ledger_due
    if each.arrival.received > due:
        yield finding(Code.RECEIVED_LATE, value=str(each.arrival.received), due=due)
    if book.outside:
        yield finding(Code.CELLS_OUTSIDE, count=book.outside)
    if not book.formulas_known:
        yield finding(Code.FILE_CONVERTED, kind=f".{book.kind}")
    elif open_sheets := _unprotected(each):
        yield finding(Code.PROTECTION_REMOVED, value="、".join(open_sheets))
    yield from surrounding_findings(each, notice.about.office)


def _unprotected(each: AnsweredReturn) -> list[str]:
    """Name the form's sheets, also renamed ones, that are not protected."""
    rows, shape = each.located.rows, each.form.shape
    used = {rows[field.row][0] for field in shape.fields.values() if field.row in rows}
    own = used | {sheet.name for sheet in shape.sheets}
    return [sheet.name for sheet in each.book.sheets if sheet.name in own and not sheet.protected and not sheet.cut]
