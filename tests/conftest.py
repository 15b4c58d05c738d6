"""The 2020 notice, and real clients. A test that uses a client is marked with its name, and skipped where the program is absent."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from shutil import copytree

import pytest

import fazhi_xl.cli  # noqa: F401 - looks for garbage less often, here as in the commands
from fazhi_xl.notice.load import load
from fazhi_xl.notice.model import Notice
from tests.clients.absent import ClientAbsentError, skip_or_fail
from tests.clients.libreoffice import LibreOffice
from tests.clients.office import find_programs
from tests.clients.validator import Validator, find_validator
from tests.notice.campaigns import CAMPAIGN
from tests.support.offices import Office, few

FINDERS: Mapping[str, Callable[[], object]] = {"libreoffice": find_programs, "validator": find_validator}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what uses a client, so that `-m "not libreoffice"` leaves it out; the exhaustive tests are run where they are named."""
    if "exhaustive" not in str(config.option.markexpr):
        config.hook.pytest_deselected(items=[item for item in items if item.get_closest_marker("exhaustive")])
        items[:] = [item for item in items if not item.get_closest_marker("exhaustive")]
    for item in items:
        for client in FINDERS.keys() & set(getattr(item, "fixturenames", ())):
            item.add_marker(client)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name a file's bytes by its argument: what a zip holds differs from run to run, and two processes must agree."""
    return argname if isinstance(val, bytes) else None


def pytest_runtest_setup(item: pytest.Item) -> None:
    for client, find in FINDERS.items():
        if item.get_closest_marker(client) and (absence := _absence(find)):
            skip_or_fail(absence)


def _absence(find: Callable[[], object]) -> str | None:
    try:
        find()
    except ClientAbsentError as absent:
        return str(absent)
    return None


@pytest.fixture(scope="session")
def notice() -> Notice:
    return load(CAMPAIGN)


@pytest.fixture(scope="session")
def libreoffice() -> Iterator[LibreOffice]:
    """Share one office among all tests of this process; it starts with the first document."""
    with LibreOffice() as office:
        yield office


@pytest.fixture(scope="session")
def validator() -> Validator:
    return Validator()


@pytest.fixture(scope="session")
def issued(tmp_path_factory: pytest.TempPathFactory, notice: Notice) -> Office:
    """Issue a round of four units once; each test gets a copy."""
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


@pytest.fixture(params=[pytest.param(2, id="few"), pytest.param(10, id="many", marks=pytest.mark.exhaustive)])
def rounds(request: pytest.FixtureRequest) -> int:
    """Say how often to try something by chance; more often in the exhaustive run."""
    asked: int = request.param
    return asked
