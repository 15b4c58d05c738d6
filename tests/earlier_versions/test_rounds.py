"""Rounds that earlier versions issued stay collectable: each zip in tests/data/rounds is a workspace as such a version left it.

`2026-11-28.zip`: three units of the 2020 notice, reviewed in a master and two copies by the version in which the record named
overruled votes by their texts. 检察院 10.2 was settled in the master against both copies; for 10.1 the master said 1.5 and 乙.xlsx 2,
the contradiction was shown, and the master was then set to 1, which that version did not record.

`2026-11-29.zip`: three units of the rollover to 2021, by the version in which catalogues have their second format and records
name units and sub-points by ids (`make_round.py`). It bears the answers of a round of 2020; decisions and registers have scored a few
sub-points.

`2026-11-29b.zip`: the same round by the version after, whose forms count by plain numbers beside their results, and whose columns stand
in the order that all forms had until then.

`2026-11-29c.zip`: the same round by the version after, the first whose forms have the look of today.

`2026-11-30.zip`: the same round by the last version whose forms bear no check code over what is filled in.
"""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest

from fazhi_xl.form.sheets.unit import ledger
from fazhi_xl.office.workspace.catalogue import issued_campaign
from fazhi_xl.office.workspace.folder import Workspace
from tests.support.offices import Office
from tests.support.renumbering import renumbered
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


# Of the second format -------------------------------------------------------------------------------------------------


def kept(name: str, folder: Path) -> Office:
    """Unpack a round of the second format."""
    with ZipFile(ROUNDS / f"{name}.zip") as held:
        held.extractall(folder)
    return Office(issued_campaign(Workspace(folder), None), folder)


@pytest.fixture
def second(tmp_path: Path) -> Office:
    """Give the office whose last command was run with the version of 2026-11-29."""
    return kept("2026-11-29", tmp_path)


def reviewed(office: Office) -> dict[str, dict[str, str]]:
    """Give the scores that the office determined, by unit and sub-point's id."""
    return {
        unit["id"]: {each["id"]: each["reviewed"] for each in unit["sub_points"] if each["reviewed"] is not None}
        for unit in office.report["units"]
        if unit["sub_points"]
    }


SCORES = {
    "政协机关": {"20.7": "4.00"},
    "信访局": {"15.1": "0.50", "15.4": "8.00", "20.6": "3.50"},
    "消防大队": {"15.4": "10.00"},
}


@pytest.mark.parametrize(
    ("name", "claimed"),
    [("2026-11-29", "21.00"), ("2026-11-29b", "20.00"), ("2026-11-29c", "20.00"), ("2026-11-30", "20.00")],
)
def test_a_round_of_the_second_format(tmp_path: Path, name: str, claimed: str) -> None:
    """Its forms are read without a fault, its record is kept, and every score is what that version computed."""
    second = kept(name, tmp_path)
    before = Reviewing(second).record
    assert [found.code for _, found in second.collect().review] == ["review-register-claim"]
    assert set(second.statuses().values()) == {"accepted"}
    scores = {unit["id"]: (unit["auto"], unit["self"]) for unit in second.report["units"] if unit["auto"] is not None}
    assert scores == {"政协机关": ("20.00", claimed), "信访局": ("22.50", "22.50"), "消防大队": ("31.70", "31.70")}
    assert reviewed(second) == SCORES
    assert Reviewing(second).record == before


def test_it_keeps_its_forms(second: Office) -> None:
    """Issued again, its forms are those that units have: with a row for what the office records, which later forms leave out."""
    second.issue("政协机关", "信访局", "消防救援大队", force=True)
    assert (second.record["version"], second.record["draft"]) == ("1", 1)
    assert "19.7" in ledger.prefilled(second.forms["信访局"].shape).values()
    second.collect()
    assert set(second.statuses().values()) == {"accepted"}


def test_its_forms_are_drawn_anew_with_a_new_edition(second: Office) -> None:
    """Issued under a changed catalogue, the forms are today's; what came back of the earlier ones is still read."""
    later = Office(renumbered(second.notice, without=12), second.root)
    later.issue("政协机关", "信访局", "消防救援大队", force=True)
    assert (later.record["version"], later.record["draft"]) == ("2", 4)
    assert "18.7" not in ledger.prefilled(later.forms["信访局"].shape).values()
    later.collect()
    assert {code for each in later.report["files"] for code in (f["code"] for f in each["findings"])} <= {
        "form-edition",
        "form-renumbered",
    }


def test_it_can_be_numbered_anew(second: Office) -> None:
    """Issued again without an item, the round keeps its decisions, its registers and last year's answers with their sub-points."""
    before = second.forms["信访局"].prior["14.4.学法.上期"]
    later = Office(renumbered(second.notice, without=12), second.root)
    later.issue("政协机关", "信访局", "消防救援大队", force=True)
    assert [found.code for _, found in later.collect().review] == ["review-register-claim"]
    assert reviewed(later) == SCORES
    assert later.forms["信访局"].prior["13.4.学法.上期"] == before
