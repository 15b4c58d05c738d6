"""A round of which two units' returns were collected, played once in a run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.offices import FEW, Office
from tests.support.once import Once


def collect_two(office: Office) -> None:
    for unit in FEW[:2]:
        office.receive(f"{unit}.xlsx", office.filled(unit))
    office.collect()


@pytest.fixture(scope="session")
def two_collected(once: Once, issued: Office) -> Office:
    """Issue four units' forms, receive two filled in without a fault, and collect; to be read only."""
    return Office(issued.notice, once("two collected", lambda root: collect_two(issued.copied(root))))


@pytest.fixture
def collected(two_collected: Office, tmp_path: Path) -> Office:
    """Give an office that has collected the returns of two units."""
    return two_collected.copied(tmp_path / "out")
