"""A round that was issued, collected, reviewed, sealed and archived goes on elsewhere with the same results, byte for byte."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from shutil import copytree, move

import pytest

from fazhi_xl.disk import is_read_only, remove_own
from fazhi_xl.notice.load import load
from fazhi_xl.office.commands.backup import BackupOrder, backup
from fazhi_xl.office.commands.collect import CollectOrder, collect
from fazhi_xl.office.commands.restore import RestoreOrder, restore
from fazhi_xl.office.workspace.catalogue import issued_catalogue, keep_copy
from fazhi_xl.office.workspace.folder import Workspace
from tests.support.archived import NOW
from tests.support.offices import Office
from tests.support.progress import Heard, Silent
from tests.support.systems import clocks

pytestmark = pytest.mark.long

PASSWORD = "correct horse 12"  # noqa: S105 - a test's own
_OWN = (".lock", ".cache.sqlite", "交接.jsonl", "存档/目录/sq-2031.来源.txt")


def results(root: Path) -> dict[str, bytes]:
    """Give all files of a round that are the round itself."""
    files = {path.relative_to(root).as_posix(): path for path in root.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in files.items() if not name.startswith((*_OWN, "工作目录/"))}


def collected(root: Path) -> tuple[dict[str, bytes], list[str]]:
    """Collect by the catalogue that the round finds by itself; gives its files and what was said."""
    space, heard = Workspace(root), Heard()
    collect(load(issued_catalogue(space)), space, CollectOrder(), heard, now=NOW)
    return results(root), heard.lines


def copied(done: Office, root: Path) -> Path:
    """Copy the round and its catalogue with all times and rights, and keep of that what the command keeps at issue.

    Of what a Mac put there the day is told as it stands, and registered nowhere.
    """
    copytree(done.root.parent, root)
    (root / "out" / "回收" / "._表.xlsx").unlink()
    keep_copy(Workspace(root / "out"), root / "sq-2031")
    return root / "out"


def without_times(root: Path) -> None:
    """Leave what a copy by a program leaves that keeps neither times nor rights: it was made on a later day."""
    for path in (root, *root.rglob("*")):
        path.chmod(0o777)
        os.utime(path, (NOW.timestamp() + 86_400, NOW.timestamp() + 86_400))


def on_fat(root: Path) -> None:
    """Leave what a stick leaves that counts two seconds and has no rights."""
    for path in (root, *root.rglob("*")):
        path.chmod(0o777)
        even = int(path.stat().st_mtime) // 2 * 2
        os.utime(path, (even, even))


@pytest.fixture
def expected(done: Office, tmp_path: Path) -> tuple[dict[str, bytes], list[str]]:
    return collected(copied(done, tmp_path / "原处"))


def test_backed_up(done: Office, tmp_path: Path, expected: tuple[dict[str, bytes], list[str]]) -> None:
    """A backup that is restored elsewhere, its catalogue gone where it was, goes on the same, and what was sealed is read-only again."""
    old = Workspace(copied(done, tmp_path / "旧"))
    target = tmp_path / "备份.zip"
    backup(old, BackupOrder(target=target, password=PASSWORD, now=NOW), Silent())
    new = tmp_path / "新" / "深处"
    restore(Workspace(new), RestoreOrder(place=target, password=PASSWORD, now=NOW), Silent())
    remove_own(old.root.parent)
    assert issued_catalogue(Workspace(new)) == new / "工作目录" / "sq-2031"
    assert collected(new) == expected
    assert is_read_only(new / "定稿" / "01_年终" / "定稿.json")


@clocks
@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda _: None, []),
        (on_fat, []),
        (without_times, ["3个文件的文件时间变晚了(多半是复制、解压过),收到日期仍按 收到登记.xlsx 里记下的。"]),
    ],
    ids=["whole", "on a stick", "without times"],
)
def test_copied(
    done: Office,
    tmp_path: Path,
    expected: tuple[dict[str, bytes], list[str]],
    spoil: Callable[[Path], None],
    said: list[str],
) -> None:
    """A folder that was copied by hand, its catalogue beside it, goes on the same, whatever the copy has lost of times and rights."""
    there = Path(move(copied(done, tmp_path / "先").parent, tmp_path / "后"))
    spoil(there)
    (found, told), (files, lines) = collected(there / "out"), expected
    assert {name for name in {**found, **files} if found.get(name) != files.get(name)} == set()
    assert told == [*said, *lines]
    assert issued_catalogue(Workspace(there / "out")).resolve() == (there / "sq-2031").resolve()
