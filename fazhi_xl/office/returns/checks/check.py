"""The checks of the returns that count, and the result of every file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from fazhi_xl.findings import Code, Finding, finding
from fazhi_xl.notice.model import Notice
from fazhi_xl.notice.switches import weights
from fazhi_xl.office.returns.checks.evidence import documents, evidence_doubts
from fazhi_xl.office.returns.checks.opened_evidence import UnitsEvidence, opened_doubts, shared_evidence
from fazhi_xl.office.returns.checks.paper import paper_doubts
from fazhi_xl.office.returns.checks.surroundings import surrounding_findings
from fazhi_xl.office.returns.checks.switched import weighed
from fazhi_xl.office.returns.evidence_owners import Evidence
from fazhi_xl.office.returns.stages import AnsweredReturn, ClosedFile
from fazhi_xl.rounds.file import FileResult
from fazhi_xl.rounds.status import status_of


def judged(returns: Iterable[AnsweredReturn | ClosedFile], evidence: Evidence, notice: Notice) -> list[FileResult]:
    """Check the returns that count, and give every file with its status and all its findings."""
    every = tuple(returns)
    here = {each.unit: each for each in every if isinstance(each, AnsweredReturn)}
    shared = shared_evidence(evidence, [unit.short for unit in notice.units if unit.short in here])
    return [
        _judged(each, evidence, notice, shared.get(each.unit, ()))
        if isinstance(each, AnsweredReturn)
        else _result(_with_paper(each, here.get(each.unit or "")), evidence)
        for each in every
    ]


def _judged(each: AnsweredReturn, evidence: Evidence, notice: Notice, shared: tuple[Finding, ...]) -> FileResult:
    own = each.answers.findings
    if each.older:  # it lacks the rows that are new since, and has lost none
        own = tuple(
            finding(Code.ROW_NEWER, fault.place, value=fault.value) if fault.code is Code.ROW_MISSING else fault
            for fault in own
        )
    listed = tuple(documents(each, evidence))
    of_evidence = UnitsEvidence.of(each, listed, evidence)
    found = (
        *each.findings,
        *_book_findings(each, notice),
        *own,
        *evidence_doubts(each, listed, evidence),
        *opened_doubts(of_evidence),
        *shared,
        *paper_doubts(each, each),
    )
    kept = weighed(found, weights(notice.switches, each.arrival.received), each.says, each.form.shape)
    closed = ClosedFile(
        arrival=each.arrival,
        status=status_of(kept.told),
        findings=kept.told,
        unit=each.unit,
        answers=each.answers,
        replies=each.replies,
    )
    return replace(_result(closed, evidence), documents=listed, off=kept.off)


def _with_paper(each: ClosedFile, counting: AnsweredReturn | None) -> ClosedFile:
    more = tuple(paper_doubts(each, counting))
    return replace(each, findings=(*each.findings, *more)) if more else each


def _result(each: ClosedFile, evidence: Evidence) -> FileResult:
    return FileResult(
        path=each.arrival.path,
        sha256=each.arrival.sha256,
        received=each.arrival.received,
        time=each.arrival.time,
        unit=each.unit,
        status=each.status,
        findings=each.findings,
        answers=each.answers,
        basis=each.arrival.basis,
        sender=each.arrival.sender,
        request=None if each.arrival.excluded else each.request,
        trace=each.arrival.trace,
        evidence=evidence.known(each.arrival.path),
        replies=each.replies,
    )


def _book_findings(each: AnsweredReturn, notice: Notice) -> Iterator[Finding]:
    book = each.book
    if book.outside:
        yield finding(Code.CELLS_OUTSIDE, count=book.outside)
    if not book.formulas_known:
        yield finding(Code.FILE_CONVERTED, kind=f".{book.kind}")
    elif open_sheets := each.unprotected:
        yield finding(Code.PROTECTION_REMOVED, value="、".join(open_sheets))
    yield from surrounding_findings(each, notice.about.office)
