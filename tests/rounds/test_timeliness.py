"""Whether a unit returned in time: by its first return that could be used, and nobody is late by a presumed day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from fazhi_xl.rounds.day_basis import DayBasis
from fazhi_xl.rounds.file import FileResult
from fazhi_xl.rounds.status import Status
from fazhi_xl.rounds.timeliness import Timeliness, first_usable, timeliness
from tests.support.rounds import a_round, blank_file, other_file, returned_file

UNIT = "信访局"
DUE = date(2020, 11, 20)


def came(day: int, basis: DayBasis = DayBasis.FOLDER, status: Status = Status.ACCEPTED, sha256: str = "") -> FileResult:
    file = returned_file(UNIT, received=date(2020, 11, day), basis=basis)
    return replace(file, path=f"{day}.xlsx", status=status, sha256=sha256 or f"{day}")


@pytest.mark.parametrize(
    ("files", "first"),
    [
        ([], None),
        ([came(12, status=Status.SUPERSEDED), came(25)], "12.xlsx"),
        ([came(12, status=Status.DUPLICATE), came(25)], "12.xlsx"),
        ([came(12, status=Status.IGNORED), came(25)], "25.xlsx"),
        ([came(12, status=Status.REJECTED), came(25)], "25.xlsx"),
        ([came(12, status=Status.NEEDS_CORRECTION), came(25)], "12.xlsx"),
        ([blank_file(UNIT), came(25)], "25.xlsx"),
        ([other_file("a.pdf", Status.REJECTED, UNIT)], None),
        ([came(12, DayBasis.FILE, sha256="a"), came(25, DayBasis.MAIL, sha256="a")], "25.xlsx"),
        ([came(12, DayBasis.FILE), came(25, DayBasis.MAIL)], "12.xlsx"),
    ],
)
def test_the_first_that_could_be_used(files: list[FileResult], first: str | None) -> None:
    """What was read, filled in and not set aside counts for the day, superseded or not; of one content the better known day."""
    found = first_usable(files)
    assert (found and found.path) == first


@pytest.mark.parametrize(
    ("day", "basis", "when"),
    [
        (20, DayBasis.FOLDER, Timeliness.ON_TIME),
        (20, DayBasis.FILE, Timeliness.ON_TIME),
        (21, DayBasis.FOLDER, Timeliness.LATE),
        (21, DayBasis.MAIL, Timeliness.LATE),
        (21, DayBasis.CORRECTED, Timeliness.LATE),
        (21, DayBasis.CONFIRMED, Timeliness.LATE),
        (21, DayBasis.FILE, Timeliness.PRESUMED_LATE),
    ],
)
def test_in_time_or_late(day: int, basis: DayBasis, when: Timeliness) -> None:
    """On the last day one is in time; after it late, where more than the file's own time says so."""
    assert timeliness([came(day, basis)], DUE) is when
    done = a_round([UNIT], [came(day, basis)])
    assert done.late_units == ((UNIT,) if when is Timeliness.LATE else ())
    assert done.presumed_late == ((UNIT,) if when is Timeliness.PRESUMED_LATE else ())


def test_who_returned_nothing_is_not_late() -> None:
    """A unit without a return that could be used is missing, and neither late nor in time."""
    done = a_round([UNIT], [blank_file(UNIT)])
    assert (done.timeliness(UNIT), done.late_units, done.presumed_late) == (None, (), ())


def test_a_presumed_day_beside_a_known_one() -> None:
    """While the day of any of a unit's returns is presumed it may have been the first, unless it is a copy of one whose day is known."""
    late, copy = came(25, DayBasis.FOLDER, sha256="a"), came(26, DayBasis.FILE)
    assert timeliness([late, copy], DUE) is Timeliness.PRESUMED_LATE
    assert timeliness([late, replace(copy, sha256="a")], DUE) is Timeliness.LATE
    assert timeliness([late, replace(copy, basis=DayBasis.CONFIRMED)], DUE) is Timeliness.LATE
    assert timeliness([came(19), copy], DUE) is Timeliness.ON_TIME
