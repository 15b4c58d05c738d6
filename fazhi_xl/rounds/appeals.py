"""Requests for a review of a score: what a feedback sheet that came back asks for, and what became of each request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fazhi_xl.findings import Finding, Place
from fazhi_xl.form.sheets.review.appeals import GRANTS
from fazhi_xl.points import Hundredths, show
from fazhi_xl.rounds.rates import rate


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedRow:
    """A row of a sheet that came back, as the unit filled it in: `mark` and `proof` are the locked texts, which nobody believes.

    `wrong` are the findings over which the row cannot be taken as it is.
    """

    sub_point: str
    asked: bool
    reason: str = ""
    material: str = ""
    mark: str = ""
    proof: str = ""
    place: Place
    wrong: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A feedback sheet that came back: whose it is, and its rows in which anything stands; `unknown` are rows of no sub-point.

    `others` names the unit that the file, its folder or its sender points to instead.
    """

    unit: str
    rows: tuple[AskedRow, ...] = ()
    unknown: tuple[str, ...] = ()
    others: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal:
    """A request that was taken, with the office's ruling; `mark` is the score that was asked to be reviewed, `now` the one in force.

    `ruling` is blank while nobody has decided.
    """

    no: int
    unit: str
    code: str
    text: str
    mark: Hundredths
    reason: str
    material: str
    received: date
    file: str
    ruling: str = ""
    now: Hundredths | None = None
    note: str = ""
    reviewer: str = ""
    day: str = ""

    @property
    def granted(self) -> bool:
        return self.ruling in GRANTS

    @property
    def outcome(self) -> str:
        """Say what was decided: 维持0.20分, 由0.20分改为1.00分; 待决定 while nothing is."""
        if not self.ruling:
            return "待决定"
        if not self.granted:
            return f"{self.ruling}{show(self.mark)}分"
        return f"由{show(self.mark)}分改为{show(self.now)}分" if self.now is not None else self.ruling


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeals:
    """All requests of a round, in the order in which they were taken, and how many were refused by rule."""

    taken: tuple[Appeal, ...] = ()
    refused: int = 0

    @property
    def decided(self) -> tuple[Appeal, ...]:
        return tuple(each for each in self.taken if each.ruling)

    @property
    def granted(self) -> tuple[Appeal, ...]:
        return tuple(each for each in self.taken if each.granted)

    @property
    def upheld_rate(self) -> int | None:
        """Give which share of the decided ones was upheld, in hundredths of a per cent; None where none is decided."""
        return rate(len(self.decided) - len(self.granted), len(self.decided)) if self.decided else None

    def of(self, unit: str) -> tuple[Appeal, ...]:
        """Give the requests of a unit."""
        return tuple(each for each in self.taken if each.unit == unit)
