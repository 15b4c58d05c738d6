"""A round of four units, issued once and copied for each test."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest

from fazhi_xl.notice.model import Notice
from tests.support.offices import Office, few


@pytest.fixture(scope="session")
def issued(tmp_path_factory: pytest.TempPathFactory, notice: Notice) -> Office:
    office = Office(few(notice), tmp_path_factory.mktemp("round") / "out")
    office.issue()
    return office


@pytest.fixture
def office(issued: Office, tmp_path: Path) -> Office:
    """Give an office that has issued its workbooks and received nothing."""
    return Office(issued.notice, Path(copytree(issued.root, tmp_path / "out")))


@pytest.fixture
def empty(issued: Office, tmp_path: Path) -> Office:
    """Give an office that has issued nothing."""
    return Office(issued.notice, tmp_path / "out")
