"""A returned file at each stage of its way: opened, identified, answered; or closed, where it goes no further."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from fazhi_xl.answers.located import Found, Located
from fazhi_xl.answers.read import Answers
from fazhi_xl.findings import Code, Finding
from fazhi_xl.findings.adjustable import Weights
from fazhi_xl.form.model import Form
from fazhi_xl.intake.arrival import Arrival, failure
from fazhi_xl.office.returns.replies import replies_in
from fazhi_xl.office.workspace.editions import EarlierEdition
from fazhi_xl.rounds.appeals import Request
from fazhi_xl.rounds.replies import GivenReply
from fazhi_xl.rounds.status import Status
from fazhi_xl.xlsx.reader import RawBook


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedFile:
    """A file that goes no further, with its status and the reasons; the rest is there if it was known by then.

    `request` is what a feedback sheet that came back asks for, `replies` what stands beside the questions in front of a form.
    """

    arrival: Arrival
    status: Status
    findings: tuple[Finding, ...]
    unit: str | None = None
    answers: Answers | None = None
    request: Request | None = None
    replies: tuple[GivenReply, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedReturn:
    """A file that was read as a workbook."""

    arrival: Arrival
    book: RawBook


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentifiedReturn:
    """A workbook that is one of the forms issued; `findings` are the doubts of whose it is.

    Of an earlier `edition` `rows_then` gives today's codes of the rows that had another code then. `says` is what the office had made of
    findings when the form was issued, `off` what it had switched off when it came back.
    """

    arrival: Arrival
    book: RawBook
    form: Form
    findings: tuple[Finding, ...] = ()
    edition: EarlierEdition | None = None
    rows_then: Mapping[str, str] = field(default_factory=dict)
    says: Weights = field(default_factory=dict)
    off: frozenset[Code] = frozenset()

    def renumbered(self, coded: Located) -> tuple[IdentifiedReturn, Located]:
        """Give the return and its coded cells with the codes and defined names of today."""
        if self.edition is None:
            return self, coded
        rows = self.rows_then
        found = coded.renamed(lambda row: rows.get(row, row), self.edition.said)
        return replace(self, book=replace(self.book, names=self._names_now())), found

    def _names_now(self) -> Mapping[str, str]:
        """Give the workbook's defined names under the names that inputs have today."""
        then, held = {now: row for row, now in self.rows_then.items()}, self.book.names
        fields = self.form.shape.fields.values()
        # A row that was another one then has no name of its own unless it is found under its code of that time.
        rows = ((each, then.get(each.row, "" if each.row in self.rows_then else each.row)) for each in fields)
        names = ((each.name, replace(each, row=row).name) for each, row in rows)
        own = {each.name for each in fields}
        return {
            **{name: at for name, at in held.items() if name not in own},
            **{name: held[old] for name, old in names if old in held},
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredReturn:
    """A form whose inputs were found and read; `findings` are those of the stages before, `answers` has its own."""

    arrival: Arrival
    book: RawBook
    form: Form
    located: Located
    answers: Answers
    findings: tuple[Finding, ...] = ()
    says: Weights = field(default_factory=dict)  # as its identified return has it

    @property
    def unit(self) -> str:
        return self.form.unit

    @property
    def filled(self) -> frozenset[str]:
        """Name the form's inputs that hold anything."""
        found = self.located.cells
        return frozenset(key for key in self.form.shape.fields.keys() & found.keys() if holds(found[key]))

    @property
    def replies(self) -> tuple[GivenReply, ...]:
        """Give what the unit says to the questions on the sheet in front."""
        return replies_in(self.book.front)

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
        return ClosedFile(
            arrival=self.arrival,
            status=status,
            findings=findings,
            unit=self.unit,
            answers=self.answers,
            replies=self.replies,
        )


def older_edition(findings: tuple[Finding, ...]) -> bool:
    """Say by a form's findings whether it is of an edition before the one that was issued last."""
    return any(known.code is Code.FORM_EDITION for known in findings)


def holds(cell: Found) -> bool:
    """Say whether anything stands in an input's cell."""
    return bool(cell.text) or cell.formula


def refused(arrival: Arrival, why: Finding, unit: str | None = None) -> ClosedFile:
    return ClosedFile(arrival=arrival, status=Status.REJECTED, findings=(why,), unit=unit)


def unreadable(arrival: Arrival, error: Exception, unit: str | None = None) -> ClosedFile:
    """Refuse a file on which the program itself failed."""
    trouble, trace = failure(error)
    return refused(replace(arrival, trace=trace), trouble, unit)
