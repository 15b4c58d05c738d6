"""Rounds that earlier versions issued stay collectable: each zip in tests/data/rounds is a workspace as such a version left it.

`2026-11-28.zip`: three units of the 2020 notice, reviewed in a master and two copies by the version in which the record named
overruled votes by their texts. 检察院 10.2 was settled in the master against both copies; for 10.1 the master said 1.5 and 乙.xlsx 2,
the contradiction was shown, and the master was then set to 1, which that version did not record.
"""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest

from fazhi_xl.office.workspace.catalogue import issued_campaign
from fazhi_xl.office.workspace.folder import Workspace
from tests.support.offices import Office
from tests.support.reviews import Reviewing

pytestmark = pytest.mark.long

ROUNDS = Path(__file__).parents[1] / "data" / "rounds"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Give the office whose last command was run with the version of 2026-11-28."""
    with ZipFile(ROUNDS / "2026-11-28.zip") as held:
        held.extractall(tmp_path)
    space = Workspace(tmp_path)
    return Office(issued_campaign(space, None), tmp_path)


def test_returns_of_an_earlier_version_count(office: Office) -> None:
    """Its forms are read without a fault, and every score is what that version computed."""
    office.collect()
    assert set(office.statuses().values()) == {"accepted"}
    scores = {unit["unit"]: (unit["auto"], unit["self"]) for unit in office.report["units"] if unit["auto"] is not None}
    assert scores == {
        "政协机关": ("20.00", "21.00"),
        "检察院": ("28.17", "28.17"),
        "信访局": ("21.75", "23.75"),
    }


def test_decisions_of_an_earlier_version_stand(office: Office) -> None:
    """Its record is kept line by line, and votes that it settled against each other are no contradiction again."""
    review = Reviewing(office)
    before = review.record
    office.collect()
    assert review.record[: len(before)] == before
    assert review.decided("检察院", "10.2") == ["0.8"]
    scores = {each["code"]: each["reviewed"] for each in office.unit("检察院")["sub_points"]}
    assert scores["10.2"] == "0.80"


def test_the_last_word_in_a_master_of_an_earlier_version(office: Office) -> None:
    """A master that showed a contradiction in words alone settles it, though its 1 is the beginning of the 1.5 that it said before."""
    review = Reviewing(office)
    found = office.collect().review
    assert review.decided("检察院", "10.1") == ["1"]
    assert found == ()


def test_collecting_again_adds_nothing(office: Office) -> None:
    """Votes recorded by text and votes recorded as data are both known again."""
    review = Reviewing(office)
    office.collect()
    once = review.record
    office.collect()
    assert review.record == once
