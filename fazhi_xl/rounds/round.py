"""One round of collecting, as values: what came back, what it says, and how the units stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from fazhi_xl.findings import Finding, Severity
from fazhi_xl.notice.model import Notice
from fazhi_xl.points import Hundredths
from fazhi_xl.rounds.appeals import Appeals
from fazhi_xl.rounds.deadlines import Deadlines, Extension
from fazhi_xl.rounds.decisions import Adjustment, Ruling
from fazhi_xl.rounds.file import FileResult
from fazhi_xl.rounds.owner import unit_in_path
from fazhi_xl.rounds.score_table import ScoreTable, score_table
from fazhi_xl.rounds.sealed import SealedEdition
from fazhi_xl.rounds.second import SecondOpinion
from fazhi_xl.rounds.status import Status
from fazhi_xl.rounds.timeliness import Timeliness, first_usable, timeliness
from fazhi_xl.rounds.undecided import OpenMatter
from fazhi_xl.scoring.model import Basis, State, UnitScore


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """Scores and ranks under another option of a reading; `unanswered` are the units with sub-points there that they were not asked for."""

    reading: str
    option: str
    units: tuple[UnitScore, ...]
    unanswered: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierUnit:
    """A unit's total and rank in an earlier round, and its name then; None where it returned nothing.

    One that a veto took out of the ranking then has a total that counts in no mean.
    """

    name: str = ""
    full_marks: Hundredths
    percent: Hundredths | None
    total: Hundredths | None
    rank: int | None
    vetoed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierRound:
    """An earlier round's totals and ranks: by this round's short names, and the names of units that are not in this round.

    `year` is its notice's; None where an earlier version did not record it and the notice is not there to be read.
    """

    campaign: str
    year: int | None = None
    generated: datetime
    basis: Basis
    units: Mapping[str, EarlierUnit]
    gone: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Round:
    """Everything a report is made from; units in the notice's order, `mark` set for a rehearsal.

    `rulings` are the office's decisions by unit and sub-point, `claims` all that units claim a bonus for, `penalties` all that is
    provided or registered against a unit, each with its verdict or without. `units` stand on the `basis` alone: before the ranking is
    official no decision of the office counts or shows there, while `reviewed` has what is decided so far. `on_self` is how the units
    stand by their own scores, or by the computed ones. `open` is all that keeps the ranking from being official, and
    `unsealed` what keeps an official one from being sealed; `second` are the second opinions that were drawn. Of the units `unasked`
    nothing has to come back: their forms have no inputs. `identity` tells the round from others, and is blank where none was issued.
    `extensions` are the longer times that the office granted, by unit; `unread` says that what it registered could not be read.
    `sealed` is the newest sealed edition, with what differs from it. `appeals` are the units' requests for a review.
    """

    notice: Notice
    generated: datetime
    basis: Basis
    files: tuple[FileResult, ...]
    units: tuple[UnitScore, ...]
    version: str
    mark: str = ""
    review: tuple[tuple[str, Finding], ...] = ()  # what there is to say of review books, with their names
    rulings: Mapping[tuple[str, str], Ruling] = field(default_factory=dict)
    claims: tuple[Adjustment, ...] = ()
    penalties: tuple[Adjustment, ...] = ()
    on_self: tuple[UnitScore, ...] = ()
    reviewed: tuple[UnitScore, ...] = ()
    open: tuple[OpenMatter, ...] = ()
    unsealed: tuple[OpenMatter, ...] = ()
    second: tuple[SecondOpinion, ...] = ()
    unasked: frozenset[str] = frozenset()
    alternatives: tuple[Alternative, ...] = ()
    earlier: EarlierRound | None = None
    sealed: SealedEdition | None = None
    identity: str = ""
    extensions: Mapping[str, Extension] = field(default_factory=dict)
    unread: bool = False
    appeals: Appeals = field(default_factory=Appeals)

    @property
    def official(self) -> bool:
        return self.basis is Basis.REVIEWED

    @property
    def deducting(self) -> bool:
        """Say whether deductions are taken off: once the ranking is official, and always where there is nothing else to score."""
        return self.official or not self.notice.items

    def number_of(self, unit: str) -> int:
        """Give a unit's number in the list of units."""
        return self.notice.units_by_short[unit].no

    @cached_property
    def due(self) -> tuple[UnitScore, ...]:
        """The units of which something has to come back."""
        return tuple(unit for unit in self.units if unit.unit not in self.unasked)

    def reviewed_of(self, unit: UnitScore) -> UnitScore:
        """Give a unit with what the office has decided of it so far, official or not."""
        return self._reviewed.get(unit.unit, unit)

    @cached_property
    def _reviewed(self) -> Mapping[str, UnitScore]:
        return {unit.unit: unit for unit in self.reviewed}

    @cached_property
    def returned(self) -> tuple[UnitScore, ...]:
        return tuple(unit for unit in self.due if unit.state is not State.MISSING)

    @cached_property
    def missing(self) -> tuple[UnitScore, ...]:
        return tuple(unit for unit in self.due if unit.state is State.MISSING)

    @property
    def zeroed(self) -> tuple[UnitScore, ...]:
        """The units that returned nothing and count with 0 points."""
        return tuple(unit for unit in self.units if unit.zeroed)

    @cached_property
    def scored(self) -> tuple[UnitScore, ...]:
        """The units that have a total of their own, by what they returned or what is registered."""
        return tuple(unit for unit in self.units if unit.total is not None and not unit.zeroed)

    @cached_property
    def compared(self) -> tuple[UnitScore, ...]:
        """The units whose figures count in means, medians and rates."""
        return tuple(unit for unit in self.units if unit.compared)

    @cached_property
    def table(self) -> ScoreTable:
        """The scores of the units that are compared, as one table."""
        return score_table(self.notice, self.compared, self.basis)

    @property
    def vetoed(self) -> tuple[UnitScore, ...]:
        """The units that a veto takes out of the ranking, those too that returned nothing."""
        return tuple(unit for unit in self.units if unit.vetoes)

    def file_of(self, unit: str) -> FileResult | None:
        """Give the return that counts for a unit."""
        return next((file for file in self._files.get(unit, ()) if file.counts), None)

    def first_return(self, unit: str) -> FileResult | None:
        """Give the first of a unit's returns that could be used, by which it is judged whether it was in time."""
        return first_usable(self._files.get(unit, ()))

    @cached_property
    def deadlines(self) -> Deadlines:
        """The days by which each unit's returns are due."""
        return Deadlines(dates=self.notice.about.dates, extended=self.extensions)

    @property
    def extended(self) -> tuple[Extension, ...]:
        """The longer times granted to units of which something has to come back, in the notice's order."""
        return tuple(self.extensions[unit.unit] for unit in self.due if unit.unit in self.extensions)

    def timeliness(self, unit: str) -> Timeliness | None:
        """Say whether a unit returned in time; None where it returned nothing that could be used."""
        return timeliness(self._files.get(unit, ()), self.deadlines.of(unit))

    def _returned_so(self, when: Timeliness) -> tuple[str, ...]:
        return tuple(unit.unit for unit in self.returned if self.timeliness(unit.unit) is when)

    @property
    def late_units(self) -> tuple[str, ...]:
        """Name the units that returned late for certain; only these may be called late to others."""
        return self._returned_so(Timeliness.LATE)

    @property
    def presumed_late(self) -> tuple[str, ...]:
        """Name the units that are late only if the own time of a file is right, which the office has to confirm."""
        return self._returned_so(Timeliness.PRESUMED_LATE)

    @property
    def to_correct(self) -> tuple[str, ...]:
        """Name the units whose return counts and has to be corrected."""
        files = ((unit.unit, self.file_of(unit.unit)) for unit in self.returned)
        return tuple(unit for unit, file in files if file and file.status is Status.NEEDS_CORRECTION)

    def files_of(self, unit: str) -> tuple[FileResult, ...]:
        """Give every file of a unit, and the unreadable ones whose path names it."""
        return self._files_named.get(unit, ())

    @cached_property
    def _files(self) -> Mapping[str | None, tuple[FileResult, ...]]:
        return _by(self.files, lambda file: file.unit)

    @cached_property
    def _files_named(self) -> Mapping[str | None, tuple[FileResult, ...]]:
        return _by(self.files, self.unit_of)

    def unit_of(self, file: FileResult) -> str | None:
        """Say whose file it is; of one that cannot be read the unit that its path names, or else the one known by its sender."""
        unread = not file.unit and file.status is Status.REJECTED
        return unit_in_path(self.notice, file.path) or file.posted_by or None if unread else file.unit

    def refused_of(self, unit: str) -> FileResult | None:
        """Give a unit's latest rejected file; None where one of its files counts."""
        refused = [file for file in self.files_of(unit) if file.status is Status.REJECTED]
        return None if self.file_of(unit) else max(refused, key=lambda file: file.received, default=None)

    @property
    def needs_attention(self) -> bool:
        """Say whether the command ends with status 1.

        It does where a return or a review book has errors, where a table of the office's register is not used, or where 定稿/ is not as
        it was sealed.
        """
        books = any(found.severity in {Severity.FATAL, Severity.ERROR} for _, found in self.review)
        disturbed = self.sealed is not None and self.sealed.disturbed
        return (
            disturbed
            or books
            or self.unread
            or any(file.status in {Status.NEEDS_CORRECTION, Status.REJECTED} for file in self.files)
        )


def _by(
    files: Iterable[FileResult], unit_of: Callable[[FileResult], str | None]
) -> dict[str | None, tuple[FileResult, ...]]:
    found: dict[str | None, list[FileResult]] = {}
    for file in files:
        found.setdefault(unit_of(file), []).append(file)
    return {unit: tuple(own) for unit, own in found.items()}
