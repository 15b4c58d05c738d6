"""敏感性 tells what a switch would give: every reading is switched, issued again with the same returns, and compared."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from fazhi_xl.notice.changes import readings
from fazhi_xl.notice.source import read_source
from fazhi_xl.office.ranking.alternatives import alternative_rankings
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.scoring.model import Basis
from tests.notice.campaigns import CAMPAIGN
from tests.support.once import Once
from tests.support.switched import Played, after_switch, played, told

NOW = datetime(2024, 2, 1, 9).astimezone()
SHIPPED = tuple(sorted(path.parent for path in CAMPAIGN.parent.glob("*/readings.toml")))
SEEDS = {"预排名": None, "正式排名": 7}
TELLING = {
    ("wanglan-bumen-2023", "尾数", "四舍五入", "正式排名"): (pytest.mark.long,),
}


def _switches() -> Iterator[object]:
    for catalogue in SHIPPED:
        for _, reading in readings(read_source(catalogue)[0]):
            for option in reading.options:
                if option.key == reading.chosen or not (option.changes or reading.choice.changes):
                    continue
                for titled in SEEDS:
                    named = catalogue.name, reading.key, option.key, titled
                    marks = TELLING.get(named, (pytest.mark.exhaustive,))
                    yield pytest.param(catalogue, *named[1:], marks=marks, id="-".join(named))


@pytest.mark.parametrize(("catalogue", "reading", "option", "titled"), tuple(_switches()))
def test_it_tells_what_the_switch_gives(
    once: Once, tmp_path: Path, catalogue: Path, reading: str, option: str, titled: str
) -> None:
    """Total and rank of every unit under another option are those that a switch, --force and the same returns give."""

    def play(root: Path) -> None:
        root.mkdir()
        played(root, catalogue, NOW, official=SEEDS[titled])

    root = once(f"switched-{catalogue.name}-{titled}", play)
    played_once = Played(catalogue=root / catalogue.name, space=Workspace(root / "out"), now=NOW)
    before = played_once.copied(_made(tmp_path / "before"))
    scored = before.scored()
    official = scored.standing.basis is Basis.REVIEWED
    assert official is (SEEDS[titled] is not None)
    text = _text(before, reading, option)
    alternative = next(each for each in alternative_rankings(scored) if (each.reading, each.option) == (reading, text))
    then = after_switch(played_once, _made(tmp_path / "after"), reading, option, official=official)
    assert told(alternative.units) == then


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _text(round_: Played, reading: str, option: str) -> str:
    held = next(each for each in round_.notice.readings if each.key == reading)
    return next(each.text for each in held.options if each.key == option)
