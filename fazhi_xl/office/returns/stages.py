"""A returned file at each stage of its way: opened, identified, answered; or closed, where it goes no further."""

from __future__ import annotations

from dataclasses import dataclass, replace

from fazhi_xl.answers.locate import Found, Located
from fazhi_xl.answers.read import Answers
from fazhi_xl.findings import Code, Finding, finding
from fazhi_xl.form.model import Form
from fazhi_xl.intake.arrival import Arrival
from fazhi_xl.rounds.status import Status
from fazhi_xl.xlsx.reader import RawBook


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedFile:
    """A file that goes no further, with its status and the reasons; `unit` and `answers` are there if they were known by then."""

    arrival: Arrival
    status: Status
    findings: tuple[Finding, ...]
    unit: str | None = None
    answers: Answers | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedReturn:
    """A file that was read as a workbook."""

    arrival: Arrival
    book: RawBook


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentifiedReturn:
    """A workbook that is one of the forms issued; `findings` are the doubts of whose it is."""

    arrival: Arrival
    book: RawBook
    form: Form
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredReturn:
    """A form whose inputs were found and read; `findings` are those of the stages before, `answers` has its own."""

    arrival: Arrival
    book: RawBook
    form: Form
    located: Located
    answers: Answers
    findings: tuple[Finding, ...] = ()

    @property
    def unit(self) -> str:
        return self.form.unit

    @property
    def filled(self) -> frozenset[str]:
        """Name the form's inputs that hold anything."""
        found = self.located.cells
        return frozenset(key for key in self.form.shape.fields.keys() & found.keys() if holds(found[key]))

    @property
    def blank(self) -> bool:
        return not self.filled

    @property
    def older(self) -> bool:
        return older_edition(self.findings)

    @property
    def unprotected(self) -> list[str]:
        """The form's sheets, renamed ones included, that were read whole and are not protected."""
        rows, shape = self.located.rows, self.form.shape
        used = {rows[field.row][0] for field in shape.fields.values() if field.row in rows}
        own = used | {sheet.name for sheet in shape.sheets}
        return [sheet.name for sheet in self.book.sheets if sheet.name in own and not sheet.protected and not sheet.cut]

    def noting(self, *more: Finding) -> AnsweredReturn:
        """Add findings to those there are."""
        return replace(self, findings=(*self.findings, *more))

    def closed(self, status: Status, why: Finding) -> ClosedFile:
        """Close the return, with one more finding that gives the reason."""
        findings = (*self.findings, why)
        return ClosedFile(arrival=self.arrival, status=status, findings=findings, unit=self.unit, answers=self.answers)


def older_edition(findings: tuple[Finding, ...]) -> bool:
    """Say by a form's findings whether it is of an edition before the one that was issued last."""
    return any(known.code is Code.FORM_EDITION for known in findings)


def holds(cell: Found) -> bool:
    """Say whether anything stands in an input's cell."""
    return bool(cell.text) or cell.formula


def refused(arrival: Arrival, why: Finding, unit: str | None = None) -> ClosedFile:
    return ClosedFile(arrival=arrival, status=Status.REJECTED, findings=(why,), unit=unit)


def unreadable(arrival: Arrival, error: Exception | str, unit: str | None = None) -> ClosedFile:
    """Refuse a file on which the program itself failed, given the exception or the name of its class."""
    detail = error if isinstance(error, str) else type(error).__name__
    return refused(arrival, finding(Code.FILE_UNREADABLE, detail=detail), unit)
