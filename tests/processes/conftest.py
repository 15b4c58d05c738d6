"""Offices with returns, in memory's own process and for the commands, which read the catalogue that the forms were issued from."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.offices import FIRST, SECOND, Office
from tests.support.once import Staged


def receive_some(office: Office) -> Office:
    """Receive a good return, a wrong one, and a file that cannot be read."""
    office.receive("2020-11-18/好.xlsx", office.filled(FIRST))
    office.receive("2020-11-18/错.xlsx", office.filled(SECOND, {**office.good(SECOND), "15.1.自评": 99}))
    office.receive("2020-11-18/检察院.pdf", b"%PDF-1.4")
    return office


@pytest.fixture
def busy(office: Office) -> Office:
    return receive_some(office)


@pytest.fixture
def collected(staged: Staged) -> Office:
    """Give the busy office after it has collected."""
    return staged("busy collected", lambda office: receive_some(office).collect())


@pytest.fixture
def whole(issued_whole: Office, tmp_path: Path) -> Office:
    """Give an office that has issued a few of the whole catalogue's forms, with some returns."""
    return receive_some(issued_whole.copied(tmp_path / "whole"))
