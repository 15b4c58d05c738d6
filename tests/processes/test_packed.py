"""collect.py --pack as a process: killed while it copies, it goes on, and other programs verify what it made."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.processes.commands import run, started
from tests.support.locking import packed
from tests.support.offices import FIRST, Office

pytestmark = [pytest.mark.skipif(sys.platform == "win32", reason="Windows kills in another way"), pytest.mark.long]
MEMBERS = {f"{FIRST}/15/{no:03d}.pdf": b"%PDF-1.4 " + bytes([no]) * 300_000 for no in range(120)}


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("15_*/*/*.pdf")}


@pytest.mark.exhaustive
def test_killed_and_verified(whole: Office, tmp_path: Path) -> None:
    """Killed among its files it leaves whole ones; the next run does the rest, and sha256sum finds every file as it has to be."""
    whole.receive("2020-11-18/包.zip", packed(MEMBERS))
    (tmp_path / "密码.txt").write_text("没有用到\n", "utf-8")
    folder, arguments = whole.space.packed, ("--out", whole.root, "--pack", "--password-file", tmp_path / "密码.txt")
    with started("collect.py", *arguments) as process:
        while process.poll() is None and sum(1 for _ in folder.glob("15_*/*/*.pdf")) < 10:
            time.sleep(0.002)
        process.kill()
    came = {Path(name).name: data for name, data in MEMBERS.items()}
    there = files(folder)
    assert there.items() <= came.items()
    left = len(came) - len(there)
    ended = run("collect.py", *arguments)
    assert ended.returncode == 1, ended.stderr
    assert "上报材料120份" in ended.stderr
    assert (f"这次复制{left}份" if left else "没有重新复制") in ended.stderr
    assert files(folder) == came
    if checksums := shutil.which("sha256sum"):
        checked = subprocess.run(
            [checksums, "--strict", "-c", "manifest-sha256.txt"], check=False, cwd=folder, capture_output=True
        )
        assert (checked.returncode, checked.stdout.count(b": OK\n")) == (0, 121)
