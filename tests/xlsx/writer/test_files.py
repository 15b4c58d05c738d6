"""A file appears whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from fazhi_xl.xlsx.writer.files import replace_file


def test_new_file(tmp_path: Path) -> None:
    """A file is written with its bytes, readable by others unless said otherwise, and nothing is left beside it."""
    replace_file(tmp_path / "甲.json", b"abc")
    assert (tmp_path / "甲.json").read_bytes() == b"abc"
    assert [path.name for path in tmp_path.iterdir()] == ["甲.json"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
@pytest.mark.parametrize("mode", [0o644, 0o600])
def test_mode(tmp_path: Path, mode: int) -> None:
    """A file has the rights that were asked for, also where it replaces one with others."""
    (tmp_path / "甲.key").touch(mode=0o666)
    replace_file(tmp_path / "甲.key", b"abc", mode=mode)
    assert stat.S_IMODE((tmp_path / "甲.key").stat().st_mode) == mode


def test_replaced_file(tmp_path: Path) -> None:
    """What stood there is replaced."""
    (tmp_path / "甲.json").write_bytes(b"old and longer")
    replace_file(tmp_path / "甲.json", b"new")
    assert (tmp_path / "甲.json").read_bytes() == b"new"


@pytest.mark.parametrize("name", ["replace", "chmod"])
def test_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Where writing fails, the old file is whole and nothing is left beside it."""
    (tmp_path / "甲.json").write_bytes(b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, name, full)
    with pytest.raises(OSError, match="No space"):
        replace_file(tmp_path / "甲.json", b"new")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"甲.json": b"old"}


def test_interruption(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An interruption by the user leaves the old file whole too."""
    (tmp_path / "甲.json").write_bytes(b"old")

    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        replace_file(tmp_path / "甲.json", b"new")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"甲.json": b"old"}


def test_no_folder(tmp_path: Path) -> None:
    """No folder is made for a file: that is for the one who knows what it is for."""
    with pytest.raises(FileNotFoundError):
        replace_file(tmp_path / "没有" / "甲.json", b"new")
