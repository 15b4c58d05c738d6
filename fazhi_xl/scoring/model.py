"""Scores as values. Every figure is in hundredths of a point."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from fazhi_xl.points import Hundredths


class Basis(StrEnum):
    """What a ranking counts: the units' own scores, those computed where units give none, or the office's. They are never mixed."""

    SELF = "自评"
    COMPUTED = "测算"
    REVIEWED = "核定"


class State(StrEnum):
    """How far a unit has come in a round."""

    MISSING = "missing"
    RETURNED = "returned"
    REVIEWED = "reviewed"
    VETOED = "vetoed"  # out of rank and mean (一票否决)


@dataclass(frozen=True, slots=True, kw_only=True)
class SubPointScore:
    """One sub-point of one unit. None is no answer, and not 0; `out` says that the unit claims 不涉及.

    `approved` is what the office decided of the claim, None before it did.
    """

    code: str
    points: Hundredths
    auto: Hundredths | None
    self_score: Hundredths | None
    reviewed: Hundredths | None = None
    out: bool = False
    approved: bool | None = None
    by_office: bool = False  # it is scored from values that the office gives, on every basis alike

    @property
    def before_review(self) -> SubPointScore:
        """The score as it stands before the office's decisions; what is scored from its values alone stays."""
        return self if self.by_office else replace(self, reviewed=None, approved=None)

    @property
    def decided(self) -> bool:
        """Say whether the office has scored it or taken it out."""
        return self.reviewed is not None or self.approved is True

    @property
    def pending(self) -> bool:
        """Say whether the office's value that it is scored from is not there yet: it counts neither as earned nor as due."""
        return self.by_office and not self.decided


@dataclass(frozen=True, slots=True, kw_only=True)
class CappedLoss:
    """The most that the sub-points of these codes lose together, and the words in which the notice says so."""

    text: str
    codes: tuple[str, ...]
    at_most: Hundredths


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitScore:
    """A unit's figures; `percent`, `total` and what they rest on are None where nothing was returned.

    `refund` is what the unit gets back of its losses where several sub-points may lose only so much together.
    """

    unit: str
    group: str
    state: State
    full_marks: Hundredths
    auto: Hundredths | None = None
    self_score: Hundredths | None = None
    reviewed: Hundredths | None = None
    refund: Hundredths = 0
    percent: Hundredths | None = None
    bonus: Hundredths | None = None
    deduction: Hundredths | None = None
    total: Hundredths | None = None
    rank: int | None = None
    group_rank: int | None = None
    vetoes: tuple[str, ...] = ()  # the labels of what takes the unit out of the ranking
    sub_points: tuple[SubPointScore, ...] = ()

    @property
    def zeroed(self) -> bool:
        """Say whether it returned nothing and counts with 0 points, by the reading that says so."""
        return self.state is State.MISSING and self.total is not None

    @property
    def compared(self) -> bool:
        """Say whether its figures count in means, rates and numbers of units: not without a total, and not after a veto."""
        return self.total is not None and not self.vetoes
