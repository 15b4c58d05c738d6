"""Which tests a run holds, the 2020 notice, rounds that are played once, and real clients.

A test that uses a client is marked with its name. It is run where the mark is named, and skipped where the program is absent.
"""

import gc
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from shutil import copytree
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, is_hypothesis_test, settings

import fazhi_xl.cli  # noqa: F401 - looks for garbage less often, here as in the commands
from fazhi_xl.bounded.children import end_children
from fazhi_xl.bounded.patience import patiently
from fazhi_xl.evidence import inspect
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.archiving import prints
from fazhi_xl.office.commands import collect
from fazhi_xl.office.outputs import results
from tests.clients.absent import ClientAbsentError, skip_or_fail
from tests.clients.dovecot import Dovecot, dovecot
from tests.clients.engines import OTHERS, Engine, in_libreoffice
from tests.clients.libreoffice import LibreOffice
from tests.clients.office import find_programs
from tests.clients.validator import Validator, find_validator
from tests.support.campaign import the_notice
from tests.support.evidence import opened_here
from tests.support.offices import FEW, Office, few
from tests.support.once import Once, Staged, in_this_run, remember
from tests.xlsx.reader.patience import PATIENT, give_child

if TYPE_CHECKING:
    from tests.clients.mail_server import MailServer

pytest.register_assert_rewrite("tests.faults.fault")  # where a fault's row fails, both sides are shown
LONGER = ("bundle", "engines", "exhaustive", "libreoffice", "long", "validator")
FINDERS: Mapping[str, Callable[[], object]] = {"libreoffice": find_programs, "validator": find_validator}


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """Share the tests among all processors, file by file, unless told otherwise, or single tests are named."""
    option, plugins = config.option, config.pluginmanager
    # A worker would start workers of its own, without end; --cov has already set itself up for what the command line says.
    if "PYTEST_XDIST_WORKER" in os.environ or not plugins.hasplugin("xdist") or plugins.hasplugin("_cov"):
        return
    if option.numprocesses is None and option.dist == "no" and not any("::" in each for each in config.args):
        option.numprocesses = None if option.usepdb else "logical"
        option.dist = "loadfile"
        option.loadscopereorder = not _named(
            config, "libreoffice"
        )  # by the number of their tests, which says nothing there


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:  # noqa: ANN401 - xdist has no types
    """Tell a worker whether files or folders were named: it is started with names in any case."""
    node.workerinput["chosen"] = _chosen(node.config)


def _chosen(config: pytest.Config) -> bool:
    """Tell whether files or folders are named on the command line."""
    told: dict[str, bool] = getattr(config, "workerinput", {})
    return told.get("chosen", config.args_source is pytest.Config.ArgsSource.ARGS)


def pytest_configure(config: pytest.Config) -> None:
    """Let what is tried by chance be the same in every run, on every machine; the exhaustive run draws anew."""
    fresh = _exhaustive(config)
    slow = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}  # no outcome depends on speed
    settings.register_profile("fazhi", derandomize=not fresh, database=None, print_blob=fresh, **slow)  # type: ignore[arg-type]
    settings.load_profile("fazhi")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what uses a client, and what draws by chance where that draws anew; leave out the longer tests that are not named."""
    for item in items:
        for client in FINDERS.keys() & set(getattr(item, "fixturenames", ())):
            item.add_marker(client)
        if "engine" in getattr(item, "fixturenames", ()):
            item.add_marker("engines")
        if _exhaustive(config) and is_hypothesis_test(getattr(item, "obj", None)):
            item.add_marker("exhaustive")
    left_out = [item for item in items if _left_out(config, {mark for mark in LONGER if item.get_closest_marker(mark)})]
    config.hook.pytest_deselected(items=left_out)
    gone = set(left_out)
    items[:] = sorted((item for item in items if item not in gone), key=_begun_late(items))


def _begun_late(items: list[pytest.Item]) -> Callable[[pytest.Item], bool]:
    """Tell whether a test's file waits for those in which a client works, which take longest: so no processor is idle at the end."""
    long = {item.path for item in items if item.get_closest_marker("libreoffice")}
    return lambda item: item.path not in long


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Look for no garbage in what lasts to the end of the run: the tests, and what they were made of."""
    gc.freeze()


def _left_out(config: pytest.Config, marks: set[str]) -> bool:
    """Tell whether a test with these marks waits for its run: long ones are part of every run for which files or folders are named."""
    if "exhaustive" in marks:
        return not _exhaustive(config)
    if _chosen(config):
        marks -= {"long"}
    return bool(marks) and not any(_named(config, mark) for mark in marks)


def _exhaustive(config: pytest.Config) -> bool:
    return _named(config, "exhaustive")


def _named(config: pytest.Config, mark: str) -> bool:
    """Tell whether -m asks for a mark."""
    return mark in str(config.option.markexpr).replace(f"not {mark}", "")


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
    return the_notice()


@pytest.fixture(scope="session")
def libreoffice() -> Iterator[LibreOffice]:
    """Share one office among all tests of this process; it starts with the first document."""
    with LibreOffice() as office:
        yield office


@pytest.fixture(scope="session")
def running_dovecot() -> Iterator[Dovecot]:
    """Share one mail server among all tests of this process."""
    try:
        with dovecot() as server:
            yield server
    except ClientAbsentError as absent:
        skip_or_fail(str(absent))


@pytest.fixture
def mailbox_server(running_dovecot: Dovecot) -> Dovecot:
    """Give the mail server with empty mailboxes."""
    return running_dovecot.emptied()


@pytest.fixture(scope="session", params=["libreoffice", *(each.name for each in OTHERS)])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """Give each program that recalculates workbooks in its turn; one that is absent skips its tests, as clients do."""
    every = (in_libreoffice(lambda: request.getfixturevalue("libreoffice")), *OTHERS)
    found = next(each for each in every if each.name == request.param)
    if absence := _absence(found.find):
        skip_or_fail(absence)
    yield found
    found.close()


@pytest.fixture(scope="session")
def validator() -> Validator:
    return Validator()


@pytest.fixture(scope="session")
def _mail_server(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[MailServer]":
    from tests.clients.mail_server import mail_server as running  # noqa: PLC0415 - few tests need it

    with running(tmp_path_factory.mktemp("authority")) as server:
        yield server


@pytest.fixture
def mail_server(_mail_server: "MailServer") -> "MailServer":
    """Give a mail server on this machine that has taken nothing yet; it runs as long as this process."""
    _mail_server.reset()
    return _mail_server


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Play a round in a folder that this run's processes share, where none has done so."""
    return in_this_run(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="session", autouse=True)
def _remembered(request: pytest.FixtureRequest) -> Iterator[None]:
    """Make a shape once in a process; in the exhaustive run each command makes its own, as it does for the office."""
    with pytest.MonkeyPatch.context() as patch:
        if not _exhaustive(request.config):
            remember(patch)
        yield


@pytest.fixture(scope="session", autouse=True)
def _soon_written(request: pytest.FixtureRequest) -> Iterator[None]:
    """Wait for no disk: what is written in this process outlives it without that; processes that are killed are others."""
    with pytest.MonkeyPatch.context() as patch:
        if not _exhaustive(request.config):
            patch.setattr(os, "fsync", lambda _: None)
        yield


@pytest.fixture(scope="session", autouse=True)
def _patient() -> None:
    """Let no slow core decide what a file that is read apart comes to."""
    give_child(PATIENT)


@pytest.fixture(scope="session", autouse=True)
def _opened_here() -> Iterator[None]:
    """Open evidence in the tests' own process, without the start of another one; what tests that other one is `opened_apart`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inspect, "patiently", opened_here)
        yield


@pytest.fixture(scope="session", autouse=True)
def _archived_unprinted() -> Iterator[None]:
    """Archive as where there is no LibreOffice, whose pages take longer than the rest; office/archiving/test_prints.py has them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prints, "find_office", lambda: None)
        yield


@pytest.fixture
def opened_apart(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Open evidence in a process apart, as the commands do."""
    monkeypatch.setattr(inspect, "patiently", patiently)
    end_children()
    yield
    end_children()


@pytest.fixture(scope="session")
def issued(once: Once, notice: Notice) -> Office:
    """Issue a round of four units once; each test gets a copy."""
    return Office(few(notice), once("issued", lambda root: Office(few(notice), root).issue()))


@pytest.fixture(scope="session")
def issued_whole(once: Once, notice: Notice) -> Office:
    """Issue a few of the whole catalogue's forms once, as the commands issue them."""
    return Office(notice, once("issued whole", lambda root: Office(notice, root).issue(*FEW)))


@pytest.fixture
def report_only(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out of 结果 all but report.json, unless a test is marked `whole`; the exhaustive run always writes everything."""
    if not request.node.get_closest_marker("whole") and not _exhaustive(request.config):
        monkeypatch.setattr(collect, "alternative_rankings", lambda _: ())
        monkeypatch.setattr(results, "ranking_book", lambda _: None)
        monkeypatch.setattr(results, "report_bytes", lambda *_: b"")
        monkeypatch.setattr(results, "send_back", lambda *_: {})
        monkeypatch.setattr(results, "publishing", lambda *_: ())


@pytest.fixture
def no_review(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Write no review book, on the same terms."""
    if not request.node.get_closest_marker("whole") and not _exhaustive(request.config):
        monkeypatch.setattr(collect, "begin_books", lambda *_: None)
        monkeypatch.setattr(collect, "write_books", lambda *_: ())


@pytest.fixture
def staged(once: Once, issued: Office, tmp_path: Path) -> Staged:
    """Give what copies the office as it was after some doings, which are done once in a run."""

    def stage(name: str, do: Callable[[Office], object]) -> Office:
        root = once(name, lambda root: do(issued.copied(root)))
        return Office(issued.notice, root).copied(tmp_path / "out")

    return stage


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


@pytest.fixture(params=[pytest.param(1, id="once"), pytest.param(2, id="twice", marks=pytest.mark.exhaustive)])
def times(request: pytest.FixtureRequest) -> int:
    """Say how often to look at the same: twice in the exhaustive run, where no check may be switched off by its first use."""
    asked: int = request.param
    return asked
