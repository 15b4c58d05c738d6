"""The days by which a unit's returns are due: the notice's, and what the office has granted one unit beyond it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from fazhi_xl.notice.model import Dates


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """What the office granted a unit: the last day on which its form is in time, who approved it, and why."""

    unit: str
    day: date
    by: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadlines:
    """The notice's days, and the extensions by the units' short names; all days inclusive.

    An extension moves the day for returning the form, and a day for corrections or objections that would lie before it; the day
    for the list of contact persons stays.
    """

    dates: Dates
    extended: Mapping[str, Extension] = field(default_factory=dict)

    def of(self, unit: str) -> date:
        """Give the last day on which a unit's form is in time."""
        granted = self.extended.get(unit)
        return granted.day if granted else self.dates.ledger_due

    def corrections(self, unit: str) -> date | None:
        """Give the day by which what was sent back comes back; None where the catalogue names none."""
        named = self.dates.corrections_due
        return named and max(named, self.of(unit)) if unit in self.extended else named

    def objections(self, unit: str) -> date:
        """Give the day by which a unit says what is wrong with its receipt: the later one of all that are named for it.

        Where the catalogue names none, what is wrong can be told as long as forms are taken.
        """
        days = (self.dates.objections_due or self.dates.corrections_due, self.of(unit))
        return max(day for day in days if day)
