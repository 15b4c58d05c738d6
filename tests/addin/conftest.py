"""One small round, played by the real core: issued, filled in and collected once, with a console beside it."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import xlwings

from fazhi_xl.addin import layout
from fazhi_xl.addin.console import make_console
from fazhi_xl.office.workspace.folder import Workspace
from tests.addin.engine import Engine
from tests.addin.fake_host import FakeHost
from tests.notice.campaigns import CAMPAIGN
from tests.support.campaign import the_notice
from tests.support.offices import FEW, Office
from tests.support.once import Once


@pytest.fixture(scope="session")
def played(once: Once, issued_whole: Office) -> Office:
    """Issue four units' forms by the whole catalogue, receive two, one of them with a fault, and collect."""
    return Office(issued_whole.notice, once("console", lambda root: _play(issued_whole.copied(root))))


def _play(office: Office) -> None:
    first, second, *_ = FEW
    office.receive(f"{first}.xlsx", office.filled(first))
    wrong = dict(office.good(second))
    wrong["15.1.自评"] = "=9+9"
    office.receive(f"{second}.xlsx", office.filled(second, wrong))
    office.collect()


@pytest.fixture
def office(played: Office, tmp_path: Path) -> Office:
    return Office(played.notice, Path(copytree(played.root, tmp_path / "out")))


@pytest.fixture
def console(office: Office, once: Once) -> Path:
    return console_in(office.space, once)


def console_in(space: Workspace, once: Once) -> Path:
    """Give a workspace its console; it is generated once in a run, and the workspace's path put in for that of the first."""
    first = once(
        "console made", lambda root: make_console(the_notice(), CAMPAIGN.name, Workspace(root), this_year=2020)
    )
    path, there = space.root / layout.FILE, str(space.root.resolve()).encode()
    space.make()
    with ZipFile(first / layout.FILE) as old, ZipFile(path, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(str(first.resolve()).encode(), there))
    return path


@pytest.fixture
def host(office: Office) -> FakeHost:
    return FakeHost(settings={layout.OUT: str(office.root)})


@pytest.fixture
def excel(monkeypatch: pytest.MonkeyPatch) -> Engine:
    """Give an Excel that xlwings takes for the one that is running."""
    engine = Engine()
    monkeypatch.setattr(xlwings.engines, "active", xlwings.main.Engine(impl=engine))
    return engine
