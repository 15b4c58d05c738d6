"""The office's decisions as values for reports: with who, when and why."""

from __future__ import annotations

from dataclasses import dataclass

from fazhi_xl.points import Hundredths


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """The office's decision on a sub-point; texts are blank where nothing was said.

    `no` and `replaces` number it in the record of decisions. `register` says what of a register settles the sub-point in its place.
    """

    no: int | None = None
    replaces: int | None = None
    reason: str = ""
    note: str = ""
    visited: str = ""
    found: str = ""
    reviewer: str = ""
    day: str = ""
    book: str = ""
    bulk: bool = False
    register: str = ""

    @property
    def why(self) -> str:
        """Say in one text why points were taken off."""
        visit = f"现场查证{self.visited}:{self.found}" if self.found else ""
        return self.register or ";".join(filter(None, (self.reason, self.note, visit)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment:
    """A matter for which a unit claims a bonus, or for which points are taken off it.

    `source` is who told of it, `degree` the level of an honour or how grave an offence is, `joined` the name that the office gave to
    several entries on one matter, and `counted` what the entry weighs in the total; `limited` says what a limit took off it.
    """

    unit: str
    row: str
    source: str
    situation: str
    matter: str
    degree: str = ""
    authority: str = ""
    document: str = ""
    dated: str = ""
    recognised: str = ""
    verdict: str = ""
    joined: str = ""
    note: str = ""
    reviewer: str = ""
    counted: Hundredths = 0
    limited: str = ""
