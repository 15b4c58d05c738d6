"""collect.py --seal as a process: killed while it writes, or stopped by a full disk, it leaves no edition or a whole one."""

from __future__ import annotations

import os
import shutil
import sys
import time
from hashlib import sha256
from pathlib import Path

import pytest

from tests.processes.commands import run, started
from tests.support.disks import small_disk
from tests.support.offices import FIRST, Office

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="Windows kills in another way, and has no mounts"),
    pytest.mark.exhaustive,
]
SEAL = ("--seal", "第一稿", "--by", "张三")


@pytest.fixture
def decided(issued_whole: Office, tmp_path: Path) -> Office:
    """Give an office whose ranking of one return is official."""
    office = issued_whole.copied(tmp_path / "whole")
    office.receive(f"{FIRST}.xlsx", office.filled(FIRST))
    ended = run("collect.py", "--out", office.root, "--accept-self", "全部", "--by", "张三")
    assert ended.returncode == 0, ended.stderr
    return office


def wrong(folder: Path) -> list[str]:
    """Name the files that are not as the manifest says, and those that it does not name."""
    lines = (folder / "manifest-sha256.txt").read_text("utf-8").splitlines()
    named = {path: digest for digest, path in (line.split("  ", 1) for line in lines)}
    there = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    there.pop("manifest-sha256.txt")
    changed = [
        path for path in named.keys() & there.keys() if sha256(there[path].read_bytes()).hexdigest() != named[path]
    ]
    return [*changed, *(named.keys() ^ there.keys())]


@pytest.mark.parametrize("wait", [0.0, 0.005, 0.02, 0.1])
def test_killed(decided: Office, wait: float) -> None:
    """Killed at any moment of its writing it leaves no edition or a whole one; the next run seals, or says that it is sealed."""
    begun, made = decided.space.sealed / ".01_第一稿.tmp", decided.space.sealed / "01_第一稿"
    with started("collect.py", "--out", decided.root, *SEAL) as process:
        while process.poll() is None and not (begun.exists() or made.exists()):
            time.sleep(0.001)
        time.sleep(wait)
        process.kill()
    if whole := made.exists():
        assert wrong(made) == []
    ended = run("collect.py", "--out", decided.root, *SEAL)
    assert ended.returncode == (2 if whole else 0), ended.stderr
    assert wrong(made) == []
    assert run("collect.py", "--out", decided.root).returncode == 0
    if not whole:
        assert [path.name for path in decided.space.sealed.iterdir()] == ["01_第一稿"]


@pytest.mark.parametrize("left", [60_000, 300_000, 500_000])
def test_full_disk(decided: Office, tmp_path: Path, left: int) -> None:
    """On a full disk nothing stays of the edition; with room it is sealed."""
    with small_disk(tmp_path / "disk", "24m") as disk:
        office = Office(decided.notice, Path(shutil.copytree(decided.root, disk / "out")))
        assert run("collect.py", "--out", office.root).returncode == 0  # all results are there as they will be
        free = os.statvfs(disk)
        (disk / "fill").write_bytes(b"x" * max(0, free.f_bavail * free.f_frsize - left))
        ended = run("collect.py", "--out", office.root, *SEAL)
        assert (ended.returncode, "磁盘满了" in ended.stderr) == (2, True), ended.stderr
        assert not office.space.sealed.exists() or list(office.space.sealed.iterdir()) == []
        (disk / "fill").unlink()
        assert run("collect.py", "--out", office.root, *SEAL).returncode == 0
        assert wrong(office.space.sealed / "01_第一稿") == []
