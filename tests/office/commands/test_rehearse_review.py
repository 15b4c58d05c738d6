"""A rehearsal goes on to the end: more time, the review, second opinions, a request that is granted, an edition sealed and archived."""

from __future__ import annotations

import json
import re
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from fazhi_xl.notice.load import load
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.commands import archive
from fazhi_xl.office.commands.rehearse_review import rehearse_whole
from fazhi_xl.office.commands.verify_package import VerifyOrder, verify
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.rounds.round import Round
from fazhi_xl.rounds.second import Agreement
from tests.notice.campaigns import CAMPAIGN
from tests.office.commands.test_rehearse import CAST
from tests.support.archived import here
from tests.support.offices import NOW, few
from tests.support.progress import Silent

pytestmark = pytest.mark.long

TOWNSHIPS = CAMPAIGN.with_name("chengchuan-xiangzhen-2023")
UNITS = ("锦塘街道", "东津桥街道", "白石埠镇", "云栈镇", "石鼓岭镇", "双枫乡")
"""As few as play all that is looked at here, those among them that its groups name; of fewer none would have more time."""
Played = tuple[Workspace, Round]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """Play a round of six townships to its end, registers of the office included, years after its requests were due."""
    root = tmp_path_factory.mktemp("whole")
    notice, space = load(_cut(Path(copytree(TOWNSHIPS, root / TOWNSHIPS.name)))), Workspace(root / "演练")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(archive, "regenerate", here)  # in a process apart where its package is verified below
        return space, rehearse_whole(notice, space, Silent(), jobs=1, seed=2020, now=NOW.replace(year=2026))


def _cut(folder: Path) -> Path:
    """Leave out of a catalogue all units but a few."""
    path = folder / "units.toml"
    head, *units = path.read_text("utf-8").split("[[units]]\n")
    kept = [unit for unit in units if any(f'short = "{name}"' in unit for name in UNITS)]
    numbered = (re.sub(r"^no = \d+", f"no = {no}", unit) for no, unit in enumerate(kept, 1))
    path.write_text("[[units]]\n".join((head, *numbered)), "utf-8")
    return folder


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


def test_the_round_of_the_readme(tmp_path: Path, notice: Notice, monkeypatch: pytest.MonkeyPatch) -> None:
    """A round of the 2020 catalogue comes to its end too; all 45 of its units play in the exhaustive run (cli/test_scripts.py)."""
    monkeypatch.setattr(
        archive, "regenerate", lambda *_, **__: ""
    )  # with all units' catalogue it would be another round
    round_ = rehearse_whole(few(notice, CAST[:6]), Workspace(tmp_path / "演练"), Silent(), jobs=1, seed=2020, now=NOW)
    assert (round_.official, round_.open, round_.unsealed) == (True, (), ())
