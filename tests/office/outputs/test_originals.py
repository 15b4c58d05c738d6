"""存档: the originals stay as they came, and what was changed there is noticed."""

from __future__ import annotations

import hashlib
import stat
from pathlib import Path

import pytest

from fazhi_xl.office.commands.collect import CollectOrder, collect
from tests.support.offices import FIRST, NOW, Office
from tests.support.progress import Silent


class Said(Silent):
    """Keeps what a run says."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def say(self, *parts: str) -> None:
        self.lines.append("".join(parts))


@pytest.fixture
def office(collected: Office, report_only: None) -> Office:  # noqa: ARG001 - nothing else is looked at
    return collected


def said_of(office: Office) -> list[str]:
    """Collect; give what is said of the archive."""
    said = Said()
    collect(office.notice, office.space, CollectOrder(), said, now=NOW)
    return [line for line in said.lines if line.startswith("存档里的")]


def copy_of(office: Office) -> Path:
    """Give the copy of the first unit's return."""
    file = next(each for each in office.report["files"] if each["unit"] == FIRST)
    return next(office.space.archive.glob(f"{file['sha256']}*"))


def change(path: Path) -> str:
    """Write over a copy as a person would who got round its protection; give the SHA-256 of what stands there then."""
    path.chmod(0o644)
    path.write_bytes(path.read_bytes() + b"x")
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_originals_are_read_only(office: Office) -> None:
    """A copy that a link opens cannot be saved over; one of an earlier version is made so in the next run."""
    copy = copy_of(office)
    assert not copy.stat().st_mode & stat.S_IWRITE
    copy.chmod(0o644)
    assert said_of(office) == []
    assert not copy.stat().st_mode & stat.S_IWRITE


def test_a_changed_copy_is_made_anew(office: Office) -> None:
    """Where the original is still among the returns the copy is made anew; what was changed is kept, and it is said once."""
    copy = copy_of(office)
    before, path = copy.read_bytes(), next(each["path"] for each in office.report["files"] if each["unit"] == FIRST)
    now = change(copy)
    aside = f"改动过-{copy.stem[:8]}-{now[:8]}.xlsx"
    done = f"存档里的 {copy.name}({FIRST}的 {path}) 被改动过,已用回收里的原件重新存好,改动过的另存为 {aside}。"
    assert said_of(office) == [f"{done}存档里的文件只看,不要改;要改的另存到别处。"]
    assert (copy.read_bytes(), copy.with_name(aside).read_bytes()) == (before, before + b"x")
    assert said_of(office) == []


def test_a_changed_copy_without_its_original(office: Office) -> None:
    """Where the original is nowhere else the copy is left alone, and every run says so."""
    copy = copy_of(office)
    (original,) = (path for path in office.space.returns.rglob("*") if path.is_file() and FIRST in path.name)
    original.unlink()
    change(copy)
    lost = f"存档里的 {copy.name} 被改动过,和收到的原件不一样,回收里也没有原件了,没有动它。请从备份恢复这个文件。"
    assert [said_of(office), said_of(office)] == [[lost], [lost]]


def test_an_original_that_changes_meanwhile_is_told(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a return is replaced between being read and being kept, nothing else is kept in its name, and the run says so."""
    copy = copy_of(office)
    copy.chmod(0o644)
    copy.unlink()
    monkeypatch.setattr(
        "fazhi_xl.office.outputs.originals._content", lambda arrival: None if copy.stem == arrival.sha256 else b""
    )
    said = Said()
    collect(office.notice, office.space, CollectOrder(), said, now=NOW)
    assert [line for line in said.lines if "在读取之后又变了" in line] != []
    assert not copy.exists()
