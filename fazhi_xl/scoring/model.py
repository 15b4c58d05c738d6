"""Scores as values. Every figure is in hundredths of a point."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fazhi_xl.points import Hundredths


class Basis(StrEnum):
    """What a ranking counts: the units' own scores, or the office's. They are never mixed."""

    SELF = "自评"
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
    by_office: bool = False  # it is scored from values that the office gives, on both bases alike

    @property
    def decided(self) -> bool:
        """Say whether the office has scored it or taken it out."""
        return self.reviewed is not None or self.approved is True


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitScore:
    """A unit's figures; `percent`, `total` and what they rest on are None where nothing was returned."""

    unit: str
    group: str
    state: State
    full_marks: Hundredths
    auto: Hundredths | None = None
    self_score: Hundredths | None = None
    reviewed: Hundredths | None = None
    percent: Hundredths | None = None
    bonus: Hundredths | None = None
    deduction: Hundredths | None = None
    total: Hundredths | None = None
    rank: int | None = None
    group_rank: int | None = None
    vetoes: tuple[str, ...] = ()  # the labels of what takes the unit out of the ranking
    sub_points: tuple[SubPointScore, ...] = ()
