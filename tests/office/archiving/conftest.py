"""A small round that was sealed and archived, played once in a run."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest

from tests.support.archived import archived, office_in, played
from tests.support.archives import unpacked
from tests.support.offices import Office
from tests.support.once import Once


def _played(root: Path) -> None:
    office = played(root)
    archived(office)


@pytest.fixture(scope="session")
def done(once: Once) -> Office:
    """Give an office that has sealed and archived; to be read only."""
    return office_in(once("archived", _played))


@pytest.fixture(scope="session")
def package(done: Office) -> Path:
    """Give its package; to be read only."""
    return next(done.space.packages.glob("*.zip"))


@pytest.fixture
def folder(package: Path, tmp_path: Path) -> Path:
    """Give the package unpacked, to be changed."""
    return unpacked(package, tmp_path / "包")


@pytest.fixture
def office(done: Office, tmp_path: Path) -> Office:
    """Give the office with what it sealed and without its package, to go on."""
    copytree(done.root.parent, tmp_path / "轮")
    made = office_in(tmp_path / "轮")
    for path in made.space.packages.iterdir():
        path.unlink()
    return made
