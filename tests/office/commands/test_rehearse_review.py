"""A rehearsal goes on to the end: more time, the review, second opinions, a request that is granted, an edition sealed and archived."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from fazhi_xl.notice.load import load
from fazhi_xl.office.commands.rehearse_review import rehearse_whole
from fazhi_xl.office.commands.verify_package import VerifyOrder, verify
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.rounds.round import Round
from fazhi_xl.rounds.second import Agreement
from tests.notice.campaigns import CAMPAIGN
from tests.support.offices import NOW
from tests.support.progress import Silent

pytestmark = pytest.mark.long

TOWNSHIPS = CAMPAIGN.with_name("chengchuan-xiangzhen-2023")
Played = tuple[Workspace, Round]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """Play a round of the fourteen townships to its end, registers of the office included, years after its requests were due."""
    space = Workspace(tmp_path_factory.mktemp("whole") / "演练")
    return space, rehearse_whole(load(TOWNSHIPS), space, Silent(), jobs=1, seed=2020, now=NOW.replace(year=2026))


def record(space: Workspace) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (space.review / "决定.jsonl").read_text("utf-8").splitlines()]


def test_it_ends_official(played: Played) -> None:
    """Nothing is open, nothing keeps it from being sealed, and one unit had more time."""
    _, round_ = played
    assert (round_.official, round_.open, round_.unsealed) == (True, (), ())
    assert len(round_.extensions) == 1


def test_a_reply(played: Played) -> None:
    """What one unit was asked it answered itself, on the form that went back to it, within the time that it was granted."""
    space, round_ = played
    replies = [json.loads(line) for line in (space.review / "答复.jsonl").read_text("utf-8").splitlines()]
    assert [(each["unit"], each["answer"], each["why_not"]) for each in replies] == [("东津桥街道", "right", "")]
    (extension,) = round_.extensions.values()
    assert replies[0]["received"] == extension.day.isoformat()


def test_second_opinions(played: Played) -> None:
    """All that were drawn are given, some are ruled on, and both decisions stand in the record."""
    _, round_ = played
    found = {each.agreement for each in round_.second}
    assert {Agreement.SAME, Agreement.RULED} <= found
    assert Agreement.WAITING not in found


def test_a_request(played: Played) -> None:
    """One unit asked for a review and was granted it."""
    space, round_ = played
    assert [each.granted for each in round_.appeals.taken] == [True]
    assert any(line["row"].startswith("复核.") for line in record(space))


def test_it_is_sealed_and_archived(played: Played) -> None:
    """One edition is sealed, and its package verifies by itself, the ranking made anew byte for byte."""
    space, _ = played
    (edition,) = (path for path in space.sealed.iterdir() if path.is_dir())
    assert edition.name == "01_演练稿"
    (package,) = (space.root / "归档").glob("*.zip")
    assert verify(VerifyOrder(place=Path(package)), Silent()).passed
