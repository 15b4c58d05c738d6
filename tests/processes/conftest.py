"""Offices with returns, in memory's own process and for the commands, which read the catalogue that the forms were issued from."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest

from fazhi_xl.notice.model import Notice
from tests.support.offices import FEW, FIRST, SECOND, Office


def receive_some(office: Office) -> Office:
    """Receive a good return, a wrong one, and a file that cannot be read."""
    office.receive("2020-11-18/好.xlsx", office.filled(FIRST))
    office.receive("2020-11-18/错.xlsx", office.filled(SECOND, {**office.good(SECOND), "15.1.自评": 99}))
    office.receive("2020-11-18/检察院.pdf", b"%PDF-1.4")
    return office


@pytest.fixture
def busy(office: Office) -> Office:
    return receive_some(office)


@pytest.fixture(scope="session")
def issued_whole(notice: Notice, tmp_path_factory: pytest.TempPathFactory) -> Office:
    office = Office(notice, tmp_path_factory.mktemp("whole") / "out")
    office.issue(*FEW)
    return office


@pytest.fixture
def whole(issued_whole: Office, tmp_path: Path) -> Office:
    """Give an office that has issued a few of the whole catalogue's forms, with some returns."""
    return receive_some(Office(issued_whole.notice, Path(copytree(issued_whole.root, tmp_path / "whole"))))
