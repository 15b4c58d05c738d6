"""What is double-clicked is read by cmd and by sh as it is meant."""

from __future__ import annotations

import subprocess

import pytest

from fazhi_xl.text.commands import Starter
from tools.bundling.platforms import PYTHONS
from tools.bundling.scripts import linux, windows, windows_faults

WINDOWS, LINUX = windows(PYTHONS), linux(PYTHONS)


@pytest.mark.parametrize("path", WINDOWS)
def test_each_line_of_a_bat(path: str) -> None:
    """Every line of every .bat is in code page 936, ends as cmd wants it, and has a form that was thought about."""
    assert list(windows_faults(path, WINDOWS[path])) == []


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"@echo off\n", "a.bat: the last line does not end"),
        (b"@echo off\npause\r\n", "a.bat:1: not one line to cmd"),
        ("echo 俓\r\n".encode("gbk"), "a.bat:1: a character whose second byte means something to cmd"),
        (b"echo a & del b\r\n", "a.bat:1: no known form: echo a & del b"),
        (b"goto gone\r\n", "a.bat:1: no label gone"),
        (b'call "a\r\n', "a.bat:1: a quotation mark without its other"),
    ],
)
def test_what_cmd_would_misread(data: bytes, fault: str) -> None:
    """A line that cmd would take otherwise is found."""
    assert fault in list(windows_faults("a.bat", data))


def test_the_first_commands_of_a_bat() -> None:
    """The code page is set before the first line that needs it."""
    for each in Starter:
        lines = WINDOWS[f"{each}.bat"].split(b"\r\n")
        assert lines[:2] == [b"@echo off", b"chcp 936 >nul"]
        assert all(line.isascii() for line in lines[:3])


@pytest.mark.parametrize("path", LINUX)
def test_each_sh(path: str) -> None:
    """Every script for Linux can be parsed by sh."""
    checked = subprocess.run(["/bin/sh", "-n"], input=LINUX[path], capture_output=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, b"")


@pytest.mark.parametrize("files", [WINDOWS, LINUX], ids=["windows", "linux"])
def test_every_starter_is_there(files: dict[str, bytes]) -> None:
    """Each starter is one file at the top, and stays open until its reader has read what it says."""
    top = {name.rpartition(".")[0]: data for name, data in files.items() if "/" not in name}
    assert top.keys() == set(Starter)
    assert all(b"pause" in data or b"read -r" in data for data in top.values())
