"""Districts by chance, told apart or wholly brought together in this process."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from fazhi_xl.notice.model import Notice
from fazhi_xl.office.commands.standing import Heard
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.rollup.find import district_folders
from fazhi_xl.rollup.read import Task, read_district
from fazhi_xl.rollup.result import RollUp
from fazhi_xl.rollup.roll_up import RollUpOrder, roll_up
from fazhi_xl.rollup.sorting import Sorted, sort_out
from tests.support.offices import few
from tests.support.progress import Silent

NOW = datetime(2021, 1, 8, 9).astimezone()
Roll = Callable[..., RollUp]
Sort = Callable[..., Sorted]


@pytest.fixture(scope="session")
def small(notice: Notice) -> Notice:
    """Give the notice with four of its units."""
    return few(notice)


@pytest.fixture
def heard() -> Heard:
    return Heard(to=Silent())


@pytest.fixture
def roll(tmp_path: Path, heard: Heard) -> Roll:
    """Give what brings the districts under `各区` together, into `汇总`."""

    def do(*paths: Path, now: datetime = NOW, **order: object) -> RollUp:
        asked = RollUpOrder(paths=paths or (tmp_path / "各区",), **order)  # type: ignore[arg-type]
        return roll_up(Workspace(tmp_path / "汇总"), asked, heard, now=now)

    return do


@pytest.fixture
def sort(tmp_path: Path) -> Sort:
    """Give what reads the districts under `各区` and tells them apart, and writes nothing but their parts."""
    parts = tmp_path / "部分"
    parts.mkdir()

    def do(*paths: Path, expected: tuple[str, ...] = (), catalogue: str | None = None) -> Sorted:
        found = district_folders(paths or (tmp_path / "各区",), Silent())
        read = [read_district(Task(folder=folder, parts=parts, program="", now=NOW)) for folder in found.folders]
        return sort_out([*read, *found.passed], listed=found.listed, expected=expected, catalogue=catalogue)

    return do
