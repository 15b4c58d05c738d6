"""Which of a unit's returns counts: the latest that somebody filled in; the others stay on the list and in the archive."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

import pytest

from tests.support.offices import FIRST, SECOND, Office, dated


def test_later_folder(office: Office) -> None:
    """The return in the folder of the later date counts, whatever the files' own times are."""
    office.receive("2020-11-12/a.xlsx", office.filled(FIRST, office.good(FIRST, 2)), date(2020, 11, 30))
    office.receive("2020-11-18/a.xlsx", office.filled(FIRST), date(2020, 11, 1))
    office.collect()
    assert office.statuses() == {"2020-11-12/a.xlsx": "superseded", "2020-11-18/a.xlsx": "accepted"}
    assert office.unit(FIRST)["file"] == "2020-11-18/a.xlsx"
    (finding,) = office.file("2020-11-12/a.xlsx")["findings"]
    assert (finding["code"], finding["value"]) == ("superseded-file", "2020-11-18/a.xlsx")


@pytest.mark.parametrize("folder", ["", "2020-11-18/"])
def test_one_day(office: Office, folder: str) -> None:
    """Of a day's returns the one with the later time of its own counts: `(1)` is mostly a correction."""
    for name, hour in (("表.xlsx", 9), ("表(1).xlsx", 15)):
        answers = office.good(FIRST, hour)
        dated(office.receive(folder + name, office.filled(FIRST, answers)), date(2020, 11, 18), hour)
    office.collect()
    assert office.unit(FIRST)["file"] == f"{folder}表(1).xlsx"


def test_one_moment(office: Office) -> None:
    """Of returns of one moment the last by name counts, in every run."""
    for no in (1, 2):
        office.receive(f"{no}.xlsx", office.filled(FIRST, office.good(FIRST, no)))
    office.collect()
    assert office.unit(FIRST)["file"] == "2.xlsx"


def test_several_corrections(office: Office) -> None:
    """Of many returns all but the last are superseded, each by the one after it."""
    for day in (10, 12, 14):
        office.receive(f"2020-11-{day}/a.xlsx", office.filled(FIRST, office.good(FIRST, day)))
    office.collect()
    assert list(office.statuses().values()) == ["superseded", "superseded", "accepted"]


def test_equal_bytes(office: Office) -> None:
    """Of two equal files the first counts and the other is its duplicate."""
    for day in (12, 18):
        office.receive(f"2020-11-{day}/a.xlsx", office.filled(FIRST))
    office.collect()
    assert office.statuses() == {"2020-11-12/a.xlsx": "accepted", "2020-11-18/a.xlsx": "duplicate"}
    (finding,) = office.file("2020-11-18/a.xlsx")["findings"]
    assert (finding["code"], finding["value"]) == ("duplicate-file", "2020-11-12/a.xlsx")


def test_back_to_an_earlier_one(office: Office) -> None:
    """A file sent again after a correction is the latest again, and counts."""
    for day, seed in ((10, 1), (12, 2), (14, 1)):
        office.receive(f"2020-11-{day}/a.xlsx", office.filled(FIRST, office.good(FIRST, seed)))
    office.collect()
    assert office.unit(FIRST)["file"] == "2020-11-14/a.xlsx"


def test_unfilled(office: Office) -> None:
    """A form sent back blank is to be corrected, its unit has no rank and no zero."""
    office.receive("空.xlsx", office.issued(FIRST))
    office.collect()
    assert (office.statuses(), office.codes("空.xlsx")) == ({"空.xlsx": "needs_correction"}, ["form-unfilled"])
    unit = office.unit(FIRST)
    assert (unit["state"], unit["rank"], unit["total"]) == ("missing", None, None)


@pytest.mark.parametrize("day", [10, 20])
def test_unfilled_never_displaces(office: Office, day: int) -> None:
    """A blank form, earlier or later, never takes the place of one that was filled in."""
    office.receive("2020-11-15/填.xlsx", office.filled(FIRST))
    office.receive(f"2020-11-{day}/空.xlsx", office.issued(FIRST))
    office.collect()
    assert office.unit(FIRST)["file"] == "2020-11-15/填.xlsx"


def test_damaged_never_displaces(office: Office) -> None:
    """A later file that cannot be read leaves the earlier one in force."""
    office.receive("2020-11-15/好.xlsx", office.filled(FIRST))
    office.receive("2020-11-18/坏.xlsx", office.filled(FIRST)[:20_000])
    office.collect()
    assert office.unit(FIRST)["file"] == "2020-11-15/好.xlsx"


def test_units_do_not_mix(office: Office) -> None:
    """Returns of two units under one name both count."""
    office.receive("2020-11-15/表.xlsx", office.filled(FIRST))
    office.receive("2020-11-18/表.xlsx", office.filled(SECOND))
    office.collect()
    assert set(office.statuses().values()) == {"accepted"}


def test_everything_is_kept(office: Office) -> None:
    """Superseded and duplicate originals are kept as well as the one that counts."""
    first, second = (office.filled(FIRST, office.good(FIRST, seed)) for seed in (1, 2))
    office.receive("2020-11-10/a.xlsx", first)
    office.receive("2020-11-12/a.xlsx", second)
    office.receive("2020-11-12/b.xlsx", second)
    office.collect()
    kept = {path.name: path.read_bytes() for path in office.space.archive.glob("*.xlsx")}
    assert kept == {f"{sha256(data).hexdigest()}.xlsx": data for data in (first, second)}


def test_late(office: Office) -> None:
    """A return after the last day is read, with a note, and counts."""
    office.receive("2020-11-20/a.xlsx", office.filled(FIRST))
    office.receive("2020-11-21/b.xlsx", office.filled(SECOND))
    office.collect()
    assert office.codes("2020-11-20/a.xlsx") == []
    (finding,) = office.file("2020-11-21/b.xlsx")["findings"]
    assert (finding["code"], finding["severity"], finding["value"]) == ("received-late", "note", "2020-11-21")
    assert "2020-11-20" in finding["message"]
    assert office.statuses()["2020-11-21/b.xlsx"] == "accepted_with_notes"
