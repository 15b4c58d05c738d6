"""collect.py --backup and --restore as processes: killed at any moment, they leave nothing half, and the next run does it."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.processes.commands import run, started
from tests.support.offices import Office

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="Windows kills in another way"),
    pytest.mark.exhaustive,
]


@pytest.fixture
def office(issued_whole: Office, tmp_path: Path) -> Office:
    """Give an office with so much evidence that a backup of it takes a while."""
    office = issued_whole.copied(tmp_path / "whole")
    for no in range(40):
        office.receive(f"6/{no}.pdf", b"%PDF-1.4" + bytes([no]) * 1_000_000)
    return office


@pytest.fixture
def secret(tmp_path: Path) -> tuple[str, str]:
    path = tmp_path / "密码.txt"
    path.write_text("correct horse 12\n", "utf-8")
    path.chmod(0o600)
    return "--backup-password-file", str(path)


def killed(arguments: tuple[object, ...], begun: Callable[[], bool], wait: float) -> None:
    """Run a command until it has begun, and kill it a while later."""
    with started("collect.py", *map(str, arguments)) as process:
        while process.poll() is None and not begun():
            time.sleep(0.001)
        time.sleep(wait)
        process.kill()


@pytest.mark.parametrize("wait", [0.02, 0.3])
def test_killed(office: Office, tmp_path: Path, secret: tuple[str, str], wait: float) -> None:
    """What has the backup's name is whole, what has the folder's is the whole round, and what was left beside goes with the next run."""
    place, out = tmp_path / "U盘", tmp_path / "新"
    for folder in (place, out):
        folder.mkdir()
    backup = ("--backup", place / "备份.zip", "--out", office.root, *secret)
    restore = ("--restore", place / "备份.zip", "--out", out / "out", *secret)
    killed(backup, lambda: any(place.iterdir()), wait)
    if not (place / "备份.zip").exists():
        ended = run("collect.py", *map(str, backup))
        assert ended.returncode == 0, ended.stderr
    assert [path.name for path in place.iterdir()] == ["备份.zip"]
    killed(restore, lambda: any(out.iterdir()), wait)
    if not (out / "out").exists():
        ended = run("collect.py", *map(str, restore))
        assert ended.returncode == 0, ended.stderr
    assert [path.name for path in out.iterdir()] == ["out"]
    for path in office.space.returns.rglob("*.pdf"):
        assert (out / "out" / path.relative_to(office.root)).read_bytes() == path.read_bytes()
