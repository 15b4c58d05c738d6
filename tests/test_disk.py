"""Files are put in place and taken away as Windows lets one: what is open for a moment is waited for, what is read-only is let go."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fazhi_xl import disk
from fazhi_xl.disk import fresh_beside, remove, remove_own, rename, rename_over, windows_error
from tests.support.systems import links
from tests.support.windows import refused


@pytest.fixture
def waited(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Let no time pass, and give the pauses that were made."""
    pauses: list[float] = []
    monkeypatch.setattr(time, "sleep", pauses.append)
    return pauses


def failing(times: int, error: int, then: Callable[..., Any]) -> Callable[..., Any]:
    """Do what Windows does while somebody has a file open: refuse so many times."""
    left = iter([error] * times)

    def act(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever it stands for
        for number in left:
            raise refused(number)
        return then(*given, **named)

    return act


@pytest.fixture
def made(tmp_path: Path) -> Path:
    path = tmp_path / "新.xlsx"
    path.write_bytes(b"new")
    return path


@pytest.mark.parametrize("error", [5, 32, 33])
def test_a_scanner(made: Path, waited: list[float], monkeypatch: pytest.MonkeyPatch, error: int) -> None:
    """A file that a virus scanner has open for a moment is renamed a moment later."""
    monkeypatch.setattr(Path, "replace", failing(3, error, Path.replace))
    rename_over(made, made.with_name("旧.xlsx"))
    assert [path.name for path in made.parent.iterdir()] == ["旧.xlsx"]
    assert waited == [0.01, 0.02, 0.04]


def test_a_person(made: Path, waited: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that somebody works on is given up after a second, with Windows' own error, and both files stay."""
    old = made.with_name("旧.xlsx")
    old.write_bytes(b"old")
    monkeypatch.setattr(Path, "replace", failing(99, 32, Path.replace))
    with pytest.raises(PermissionError) as raised:
        rename_over(made, old)
    assert windows_error(raised.value) == 32
    assert (made.read_bytes(), old.read_bytes(), round(sum(waited), 3)) == (b"new", b"old", 1)


@pytest.mark.parametrize("error", [0, 112])
def test_what_does_not_pass(made: Path, waited: list[float], monkeypatch: pytest.MonkeyPatch, error: int) -> None:
    """What no moment mends is told at once: a full disk, and every error of another system."""
    monkeypatch.setattr(Path, "replace", failing(1, error, Path.replace))
    with pytest.raises(PermissionError):
        rename_over(made, made.with_name("旧.xlsx"))
    assert waited == []


def test_read_only(made: Path, waited: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that a person has made read-only is not replaced, and nobody waits for it."""
    old = made.with_name("旧.xlsx")
    old.write_bytes(b"old")
    old.chmod(0o444)
    monkeypatch.setattr(Path, "replace", failing(1, 5, Path.replace))
    with pytest.raises(PermissionError):
        rename_over(made, old)
    assert (waited, disk.is_read_only(old)) == ([], True)


def test_a_folder(made: Path, waited: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder in which a scanner reads is renamed a moment later."""
    old = made.parent
    monkeypatch.setattr(Path, "rename", failing(1, 5, Path.rename))
    rename(old, old.with_name("定稿"))
    assert (old.with_name("定稿") / made.name).read_bytes() == b"new"
    assert waited == [0.01]


def test_removing(made: Path, waited: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that an indexer reads is removed a moment later."""
    monkeypatch.setattr(Path, "unlink", failing(2, 32, Path.unlink))
    remove(made)
    assert (list(made.parent.iterdir()), waited) == ([], [0.01, 0.02])


def test_removing_what_is_read_only(tmp_path: Path) -> None:
    """A folder of the program's own goes with its read-only files and folders."""
    folder = tmp_path / "定稿"
    (folder / "内").mkdir(parents=True)
    (folder / "内" / "一.txt").write_bytes(b"")
    for path in (folder / "内" / "一.txt", folder / "内", folder):
        path.chmod(0o555 if path.is_dir() else 0o444)
    remove_own(folder)
    remove_own(folder)
    assert list(tmp_path.iterdir()) == []


@links
def test_removing_a_link(tmp_path: Path) -> None:
    """Of a link only the link goes: what it leads to stays, and stays read-only."""
    outside, folder = tmp_path / "别处", tmp_path / "定稿"
    for each in (outside, folder):
        each.mkdir()
    kept = outside / "一.txt"
    kept.write_bytes(b"")
    kept.chmod(0o444)
    (folder / "文件").symlink_to(kept)
    (folder / "文件夹").symlink_to(outside)
    remove_own(folder)
    assert ([path.name for path in tmp_path.iterdir()], disk.is_read_only(kept)) == (["别处"], True)


def test_a_folder_that_is_settled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder's entries are brought down to the disk where that can be asked for; where no folder can be opened nothing is said."""
    settled: list[int] = []
    monkeypatch.setattr(os, "fsync", settled.append)
    disk.settle(tmp_path / "没有")
    assert settled == []
    with open(os.devnull, "rb") as other:  # noqa: PTH123 - the system's own
        monkeypatch.setattr(os, "open", lambda *_: os.dup(other.fileno()))
        disk.settle(tmp_path)
    assert len(settled) == 1


def test_a_fresh_name(made: Path) -> None:
    """What is not finished stands beside its place, hidden, under a name that a later run knows as unfinished."""
    handle, fresh = fresh_beside(made)
    os.close(handle)
    assert (fresh.parent, fresh.read_bytes()) == (made.parent, b"")
    assert fresh.name.startswith(".新.xlsx.")
    assert len(fresh.name) == len(".新.xlsx.12345678.tmp")


@pytest.mark.parametrize(("mode", "others"), [(0o600, False), (0o640, True), (0o604, True), (0o700, False)])
def test_a_file_that_others_may_use(monkeypatch: pytest.MonkeyPatch, mode: int, others: bool) -> None:  # noqa: FBT001 - a case
    """A file's mode says who may use it, but for Windows, which tells the same of every file."""
    facts = os.stat_result((mode | stat.S_IFREG, *[0] * 9))
    found = {}
    for system in ("posix", "nt"):
        with monkeypatch.context() as patch:
            patch.setattr(os, "name", system)
            found[system] = disk.open_to_others(facts)
    assert found == {"posix": others, "nt": False}
