"""Opening a result: in Excel where there is one, else by the desktop, else by saying where it is. Nothing ever fails."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from fazhi_xl.addin.open_book import opened
from fazhi_xl.addin.xlwings_host import open_live
from tests.addin.engine import Engine

pytestmark = pytest.mark.long


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "排名汇总.xlsx"
    path.write_bytes(b"x")
    return path


@pytest.fixture(autouse=True)
def no_desktop(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)


def desktop(folder: Path, monkeypatch: pytest.MonkeyPatch, status: int) -> Path:
    """Put a program for opening files on the path; it writes down what it was given."""
    program = folder / "bin" / "xdg-open"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nprintf %s "$1" > "{folder}/given"\nexit {status}\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent), prepend=os.pathsep)
    monkeypatch.setenv("DISPLAY", ":0")
    return folder / "given"


def test_no_desktop(file: Path) -> None:
    """Without a desktop it is said where the file is."""
    assert opened(file) == f"这里没有桌面,请自己打开:{file}"


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_no_program(file: Path, monkeypatch: pytest.MonkeyPatch, platform: str) -> None:
    """Where there is a desktop, but nothing on it opens the file, that is said."""
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setenv("PATH", "")
    assert opened(file) == f"没有找到能打开它的程序,请自己打开:{file}"


def test_no_file(tmp_path: Path) -> None:
    """A file that is not there is said to be missing."""
    assert opened(tmp_path / "x.xlsx") == f"没有 {tmp_path / 'x.xlsx'},打不开。"


@pytest.mark.skipif(sys.platform != "linux", reason="xdg-open is Linux's")
@pytest.mark.parametrize("status", [0, 1])
def test_desktop(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, status: int) -> None:
    """A desktop opens it with the program of the user's choice; where that fails it is said where the file is."""
    given = desktop(tmp_path, monkeypatch, status)
    assert opened(file) == (f"这里没有桌面,请自己打开:{file}" if status else f"已打开:{file}")
    assert given.read_text() == str(file)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there may be an Excel")
def test_excel_is_not_asked_on_linux(file: Path) -> None:
    """Where xlwings can drive no Excel it is not even loaded."""
    assert not open_live(file)


def test_in_excel(excel: Engine, console: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the Excel that is running it is opened live, and in front."""
    monkeypatch.setattr(sys, "platform", "darwin")
    assert opened(console) == f"已在 Excel 里打开:{console}"
    assert [(book.name, book.active) for book in excel.app.books] == [("fazhi_xl.xlsm", True)]


def test_excel_fails(excel: Engine, file: Path) -> None:
    """A file that Excel does not open is left to the others."""
    assert not open_live(file)
    assert len(excel.app.books) == 0
