"""Many rounds of one notice share what they have in common, and each is as if it were the only one."""

from __future__ import annotations

from pathlib import Path

import pytest

from fazhi_xl.errors import WrongUseError
from fazhi_xl.office.commands.collect import CollectOrder, collect
from fazhi_xl.office.commands.issue import IssueOrder, issue
from fazhi_xl.office.workspace import folder, issued_round, shared_forms
from fazhi_xl.office.workspace.shared_forms import SharedForms
from tests.support.changes import tree
from tests.support.offices import FIRST, FOURTH, ISSUED, NOW, Office
from tests.support.progress import Silent

SHAPES = folder._shapes  # noqa: SLF001 - as the commands have it; tests keep what it gave
UNTOUCHED = ("draw", "manifest", "unit_forms")


@pytest.fixture
def shared(issued: Office) -> SharedForms:
    return SharedForms(issued.notice)


def keyed(root: Path, issued: Office, key: str) -> Office:
    """Give an office that has a key and nothing else."""
    office = Office(issued.notice, root)
    office.space.make()
    office.space.key_file.write_text(key * 32 + "\n")
    return office


def issue_shared(office: Office, shared: SharedForms, *units: str) -> None:
    issue(office.notice, office.space, IssueOrder(units=units, shared=shared), Silent(), today=ISSUED)


def used_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing be made any more that is shared."""

    def fails(*_: object, **__: object) -> None:
        raise AssertionError

    for name in UNTOUCHED:
        monkeypatch.setattr(shared_forms, name, fails)
    monkeypatch.setattr(issued_round, "manifest", fails)


def test_issuing(issued: Office, shared: SharedForms, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A further round's files are those that it would have alone, and no form is made or drawn for it."""
    issue_shared(keyed(tmp_path / "first", issued, "01"), shared)
    alone = keyed(tmp_path / "alone", issued, "02")
    alone.issue()
    used_up(monkeypatch)
    second = keyed(tmp_path / "second", issued, "02")
    issue_shared(second, shared)
    assert tree(second) == tree(alone)


def test_some_units(issued: Office, shared: SharedForms, tmp_path: Path) -> None:
    """What is recorded of some units is of these alone."""
    issue_shared(keyed(tmp_path / "first", issued, "01"), shared)
    office, alone = keyed(tmp_path / "shared", issued, "02"), keyed(tmp_path / "alone", issued, "02")
    issue_shared(office, shared, FOURTH)
    alone.issue(FOURTH)
    assert office.record == alone.record
    issue_shared(office, shared, FIRST)
    alone.issue(FIRST)
    assert tree(office) == tree(alone)


def test_collecting(issued: Office, shared: SharedForms, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A further round is read by the same shapes under its own numbers, and nothing is compared twice."""
    order = CollectOrder(report_only=True, shared=shared)
    offices = [keyed(tmp_path / key, issued, key) for key in ("01", "02")]
    for office in offices:
        issue_shared(office, shared)
        office.receive("甲.xlsx", office.filled(FIRST))
    collect(offices[0].notice, offices[0].space, order, Silent(), now=NOW)
    used_up(monkeypatch)
    collect(offices[1].notice, offices[1].space, order, Silent(), now=NOW)
    assert offices[1].statuses() == {"甲.xlsx": "accepted"}


def test_a_record_that_was_changed(issued: Office, shared: SharedForms, tmp_path: Path) -> None:
    """A round of other inputs is refused, though others before it were of these."""
    order = CollectOrder(report_only=True, shared=shared)
    good, bad = (keyed(tmp_path / key, issued, key) for key in ("01", "02"))
    for office in (good, bad):
        issue_shared(office, shared)
    collect(good.notice, good.space, order, Silent(), now=NOW)
    text = bad.space.campaign_file.read_text("utf-8")
    bad.space.campaign_file.write_text(text.replace('"kind":"whole"', '"kind":"text"', 1), "utf-8")
    with pytest.raises(WrongUseError, match="工作目录在发放之后改动过填报项"):
        collect(bad.notice, bad.space, order, Silent(), now=NOW)


def test_shapes_in_use_are_parsed_once(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a record that is held another reading gives the same shapes, and one that was changed others."""
    monkeypatch.setattr(folder, "_shapes", SHAPES)
    held, again = office.space.issued_campaign(), office.space.issued_campaign()
    assert again == held == office.record
    assert again["shapes"] is held["shapes"]
    text = office.space.campaign_file.read_text("utf-8")
    office.space.campaign_file.write_text(text.replace('"kind":"whole"', '"kind":"text"', 1), "utf-8")
    assert office.space.issued_campaign() == office.record != held


def test_shapes_are_forgotten(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """What nobody holds any more is not kept."""
    monkeypatch.setattr(folder, "_shapes", SHAPES)
    text = office.space.campaign_file.read_text("utf-8")
    office.space.campaign_file.write_text(text.replace('"kind":"whole"', '"kind":"date"', 1), "utf-8")
    held = office.space.issued_campaign()
    kept = len(folder._known)  # noqa: SLF001
    del held
    assert len(folder._known) < kept  # noqa: SLF001
