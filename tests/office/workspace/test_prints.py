"""Folders are printed so that whatever is read of a file, and whatever its day may rest on, changes the print."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fazhi_xl.office.workspace import prints as module
from fazhi_xl.office.workspace.prints import Printed
from tests.support.systems import links


def prints(folder: Path, *, dated: bool = False) -> dict[str, str]:
    return Printed(place=folder, dated=dated, without=frozenset({"发放"})).prints()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("一.txt", "内/二.txt", "发放/三.txt", "内/发放/四.txt"):
        path = tmp_path / "out" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())
        os.utime(path, (1e9, 1e9))
    return tmp_path / "out"


def test_what_is_printed(folder: Path) -> None:
    """Files are printed by their paths, but for those in the folders right there that do not matter; of returns, folders too."""
    assert sorted(prints(folder)) == ["一.txt", "内/二.txt", "内/发放/四.txt"]
    assert sorted(prints(folder, dated=True)) == ["一.txt", "内", "内/二.txt", "内/发放", "内/发放/四.txt"]


def test_times(folder: Path) -> None:
    """A file's time counts among the returns alone."""
    before = prints(folder), prints(folder, dated=True)["一.txt"]
    os.utime(folder / "一.txt", (1e9, 1e9 + 1))
    assert prints(folder) == before[0]
    assert prints(folder, dated=True)["一.txt"] != before[1]


def test_what_programs_put_there(folder: Path) -> None:
    """What programs put beside an open file counts among the returns alone, where any file is told of."""
    before = prints(folder)
    for name in (".lock", "~$一.xlsx"):
        (folder / name).write_bytes(b"x")
    assert prints(folder) == before
    assert {".lock", "~$一.xlsx"} <= prints(folder, dated=True).keys()


@links
def test_links(folder: Path) -> None:
    """A link is printed as what it leads to, and as one that leads nowhere."""
    (folder / "链接").symlink_to(folder / "一.txt")
    (folder / "文件夹").symlink_to(folder / "内")
    (folder / "断了").symlink_to(folder / "没有")
    found = prints(folder)
    assert found["链接"] == found["一.txt"]
    assert {"文件夹", "断了"} <= found.keys()
    assert "文件夹/二.txt" not in found


def test_a_file_alone(folder: Path) -> None:
    """A file is printed as a place too; where there is none, nothing can be said."""
    assert list(prints(folder / "一.txt")) == ["."]
    with pytest.raises(OSError, match="没有"):
        prints(folder / "没有")


@pytest.mark.parametrize(("head", "counts"), [(b"%PDF", False), (b"PK\x03\x04", True)])
def test_large_files(folder: Path, monkeypatch: pytest.MonkeyPatch, head: bytes, *, counts: bool) -> None:
    """Of a large file as much counts as is read of one: of an archive more than of a film."""
    monkeypatch.setattr(module, "_PIECE", 1000)
    monkeypatch.setattr(module, "PARTS_LIMIT", 5000)
    path = folder / "大"
    path.write_bytes(head + bytes(9000) + b"1")
    before = prints(folder)["大"]
    path.write_bytes(head + bytes(9000) + b"2")
    assert (prints(folder)["大"] != before) is counts
    path.write_bytes(head + bytes(4000) + b"1" + bytes(5000))
    assert prints(folder)["大"] != before
