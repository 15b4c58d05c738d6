"""What has not changed is not done again, and nobody can tell from the results."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from shutil import copytree

import pytest

from fazhi_xl.findings import Code
from fazhi_xl.office.commands import standing as module
from fazhi_xl.office.commands.collect import CollectOrder
from fazhi_xl.office.returns.sources import Sources
from fazhi_xl.office.review.session import Acceptance, ReviewOrders
from fazhi_xl.office.workspace.store import STORE
from tests.support.changes import CHANGES, as_before, collected_both_ways, told, tree
from tests.support.offices import FIRST, NOW, SECOND, Office
from tests.support.reviews import Reviewing, verdict
from tests.support.systems import seen


@contextmanager
def held(path: Path) -> Iterator[Path]:
    """Put a file back as it was afterwards, with its time."""
    data, facts, above = path.read_bytes(), path.stat(), path.parent.stat()
    yield path
    path.write_bytes(data)
    for each, was in ((path, facts), (path.parent, above)):
        os.utime(each, ns=(was.st_atime_ns, was.st_mtime_ns))


@pytest.fixture(scope="module")
def settled(issued: Office, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Give an office with its own catalogue that has collected two returns; to be left as it is."""
    root = tmp_path_factory.mktemp("settled")
    own = Path(copytree(issued.notice.folder, root / issued.notice.folder.name))
    return _collected(Office(issued.notice.model_copy(update={"folder": own}), issued.copied(root / "out").root))


@pytest.fixture
def going(office: Office) -> Office:
    """Give an office that has collected two returns, and goes on."""
    return _collected(office)


def _collected(office: Office) -> Office:
    for unit in (FIRST, SECOND):
        office.receive(f"{unit}.xlsx", office.filled(unit))
    told(office)
    return office


def test_nothing_has_changed(settled: Office) -> None:
    """Where nothing has changed, what the collect said is known, and collecting says that again and changes nothing."""
    before, kept = tree(settled), as_before(settled)
    assert kept is not None
    assert told(settled) == ([seen(line, settled.root, ".") for line in kept.lines], kept.attention)
    assert tree(settled) == before


ALTERED: Mapping[str, Callable[[Office], Path]] = {
    "a return": lambda office: office.space.returns / f"{FIRST}.xlsx",
    "the review book": lambda office: Reviewing(office).master,
    "the register": lambda office: office.root / "收到登记.xlsx",
    "the catalogue": lambda office: office.notice.folder / "readings.toml",
    "what was issued": lambda office: office.space.campaign_file,
    "a result": lambda office: office.space.results / "排名汇总.xlsx",
    "a feedback sheet": lambda office: next((office.space.results / "反馈单").glob("*.xlsx")),
    "an original": lambda office: next(path for path in office.space.archive.glob("*.xlsx")),
}


def test_a_file_has_changed(settled: Office) -> None:
    """Every file that a collect reads or writes counts, byte for byte."""
    for name, find in ALTERED.items():
        with held(find(settled)) as path:
            path.chmod(0o644)
            path.write_bytes(path.read_bytes() + b"\n")
            assert as_before(settled) is None, name
        assert as_before(settled) is not None, name


def test_a_file_has_another_time(settled: Office) -> None:
    """The time of a return counts, as its day of receipt may rest on it."""
    with held(settled.space.returns / f"{FIRST}.xlsx") as path:
        os.utime(path, (1_600_000_000, 1_600_000_000))
        assert as_before(settled) is None
    assert as_before(settled) is not None


def test_files_come_and_go(settled: Office) -> None:
    """So does each file that is there, and each that is not."""
    for folder in (settled.space.returns, settled.space.review, settled.space.archive, settled.space.results):
        above = folder.stat()
        (folder / "新.xlsx").write_bytes(b"x")
        assert as_before(settled) is None, folder.name
        (folder / "新.xlsx").unlink()
        os.utime(folder, ns=(above.st_atime_ns, above.st_mtime_ns))
        assert as_before(settled) is not None, folder.name


def test_another_order(settled: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The passwords, the places, what is compared with, the day and the program count; how many processes do the work does not."""
    other, plain = settled.space.returns / f"{FIRST}.xlsx", CollectOrder()
    orders = (
        replace(plain, sources=Sources(passwords=("123",))),
        replace(plain, sources=Sources(paths=(other,))),
        replace(plain, previous=settled.root),
        replace(plain, review=ReviewOrders(accept=Acceptance(units=(FIRST,), reviewer="王五"))),
        replace(plain, restore=True),
    )
    assert [as_before(settled, order) for order in orders] == [None] * len(orders)
    assert as_before(settled, now=NOW + timedelta(days=1)) is None
    assert as_before(settled, replace(plain, sources=Sources(jobs=2)), now=NOW + timedelta(hours=1)) is not None
    monkeypatch.setattr(module, "program_digest", lambda: "another")
    assert as_before(settled) is None


@pytest.mark.long
def test_told_once(going: Office) -> None:
    """What a collect tells only once keeps the next from being left out; the one after it tells nothing, and may be."""
    (going.space.returns / f"{FIRST}.xlsx").unlink()
    lines, _ = told(going)
    assert any(line.startswith("上次收表时有") for line in lines)
    assert as_before(going) is None
    told(going)
    assert as_before(going) is not None


@pytest.mark.long
def test_decided(going: Office) -> None:
    """A decision is recorded by a collect, so the next one reads a record that is new; after it nothing is."""
    review = Reviewing(going)
    review.enter(verdict(review.rows(2)[0], {"核定": 0}))
    told(going)
    assert as_before(going) is None
    told(going)
    assert as_before(going) is not None


@pytest.mark.long
def test_what_may_pass(going: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that could not be read this time may be read the next, though nothing has changed."""
    going.receive("坏.xlsx", going.filled(FIRST)[:3000])
    told(going)
    assert as_before(going) is not None
    monkeypatch.setattr(module, "_PASSING", frozenset({Code.FILE_DAMAGED}))
    (going.root / STORE).unlink()
    told(going)
    assert as_before(going) is None


@pytest.mark.long
def test_nothing_came_back(office: Office, tmp_path: Path) -> None:
    """Before any return there is nothing to be done again either."""
    told(office)
    assert collected_both_ways(office, tmp_path / "aside")
    assert office.report["review"] == []


@pytest.mark.long
def test_whatever_happens(going: Office, tmp_path: Path, rounds: int) -> None:
    """After any changes a collect gives the files and the words of one that knows of none before it."""
    for seed in range(rounds):
        dice, here = Random(seed), going.copied(tmp_path / f"{seed}")
        spared = 0
        for _ in range(4):
            dice.choice(CHANGES).does(here, dice)
            spared += sum(collected_both_ways(here, tmp_path / "aside") for _ in range(2))
        assert spared
