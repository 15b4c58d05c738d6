"""Any catalogue that passes the checks plays a whole round: issued, filled in, collected, reviewed, published."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from fazhi_xl.errors import BrokenCatalogueError
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.commands.check import check
from fazhi_xl.office.commands.collect import CollectOrder, collect
from fazhi_xl.office.commands.rehearse import rehearse
from fazhi_xl.office.review.session import Acceptance, ReviewOrders
from fazhi_xl.office.workspace.folder import Workspace
from tests.support.catalogues import catalogue
from tests.support.progress import Silent
from tests.support.random_catalogues import random_catalogue

NOW = datetime(2031, 1, 25, 9).astimezone()
FEW = (2, 5, 22)
MANY = [pytest.param(seed, marks=pytest.mark.exhaustive) for seed in range(200) if seed not in FEW]


def checked(folder: Path, seed: int) -> Notice | None:
    """Give the seed's catalogue, None where the checks refuse it."""
    try:
        notice = catalogue(folder, random_catalogue(seed))
        check(notice)
    except BrokenCatalogueError:
        return None
    return notice


@pytest.mark.parametrize("seed", [*FEW, *MANY])
def test_a_whole_round(tmp_path: Path, seed: int) -> None:
    """Nothing that passes the checks fails later; everything that came back is judged as planned, and is ranked."""
    notice = checked(tmp_path / "目录", seed)
    if notice is None:
        return
    space = Workspace(tmp_path / "out")
    played = rehearse(notice, space, Silent(), jobs=1, seed=seed, now=NOW)
    accept = ReviewOrders(accept=Acceptance(units=("全部",), reviewer="张三"))
    reviewed = collect(notice, space, CollectOrder(review=accept), Silent(), now=NOW)
    again = collect(notice, space, CollectOrder(), Silent(), now=NOW)
    assert [unit.unit for unit in played.units] == [unit.short for unit in notice.units]
    assert again.units == reviewed.units
    assert (space.results / "排名汇总.xlsx").exists()


def test_most_catalogues_pass(tmp_path: Path) -> None:
    """The random catalogues are sound more often than not, so that the rounds above are played."""
    sound = [seed for seed in range(5) if checked(tmp_path / str(seed), seed)]
    assert len(sound) >= 3
