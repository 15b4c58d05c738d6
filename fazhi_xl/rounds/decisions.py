"""The office's decisions as values for reports: with who, when and why."""

from __future__ import annotations

from dataclasses import dataclass

from fazhi_xl.form.sheets.review.registers import Verdict
from fazhi_xl.form.sheets.review.scores import SPELT_OUT
from fazhi_xl.points import Hundredths, short


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A row of a register of the office on a unit: the register's name, and what the row says."""

    register: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """The office's decision on a sub-point; texts are blank where nothing was said.

    `no` and `replaces` number it in the record of decisions; `after` says of what it came where it follows from another one, as 经复核.
    `register` says what of a register settles the sub-point in its place,
    and `events` are the rows that do.
    """

    no: int | None = None
    replaces: int | None = None
    after: str = ""
    reason: str = ""
    note: str = ""
    visited: str = ""
    found: str = ""
    reviewer: str = ""
    day: str = ""
    book: str = ""
    bulk: bool = False
    register: str = ""
    events: tuple[Event, ...] = ()

    @property
    def why(self) -> str:
        """Say in one text why points were taken off."""
        visit = f"现场查证{self.visited}:{self.found}" if self.found else ""
        return self.register or ";".join(filter(None, (self.said, visit)))

    @property
    def said(self) -> str:
        """Give the reason and the note; of a reason that only asks for the reviewer's own words, these."""
        reason = "" if self.note and self.reason.endswith(SPELT_OUT) else self.reason
        said = ";".join(filter(None, (reason, self.note)))
        return f"{self.after}:{said}" if self.after and said else said


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment:
    """A matter for which a unit claims a bonus, or for which points are taken off it.

    `source` is who told of it, `degree` the level of an honour or how grave an offence is, `joined` the name that the office gave to
    several entries on one matter, and `counted` what the entry weighs in the total; `limited` says what a limit took off it, `same`
    names the row of the entry with which its matter counts instead, and `hint` says what other entries it looks like.
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
    same: str = ""
    hint: str = ""

    @property
    def recognised_by_office(self) -> bool:
        """Say whether the office's verdict on a claim is that it counts."""
        return self.verdict == Verdict.RECOGNISED

    def why(self, counted: Hundredths, cap: Hundredths | None, elsewhere: str = "") -> str:
        """Say why it counts no more: its matter counts with another entry, a limit, or the cap; blank where there is no reason."""
        same = (elsewhere or f"同一事项,已在{self.same}计") if self.same else ""
        full = f"已满{short(cap)}分上限" if cap is not None and counted < self.counted else ""
        return ";".join(filter(None, (same, self.limited, full)))
