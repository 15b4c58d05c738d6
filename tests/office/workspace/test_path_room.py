"""A folder that lies too deep for Windows is refused at once, with its length, the limit, and what to do."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from fazhi_xl.errors import WrongUseError
from fazhi_xl.office.sealing.naming import LONGEST
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.office.workspace.path_room import DEEPEST, longest_path, refuse_deep
from tests.support.offices import Office
from tests.support.windows import on_windows

UNIT, UNFINISHED = (
    40,
    len(". .12345678.tmp") - 1,
)  # the longest name of a unit; what is added to a file's while it is written


ALLOWED = r"HKLM\SYSTEM\CurrentControlSet\Control\FileSystem\LongPathsEnabled"


@pytest.mark.parametrize(("allowed", "most"), [(None, 259), (0, 259), (1, None)])
def test_on_windows(monkeypatch: pytest.MonkeyPatch, allowed: int | None, most: int | None) -> None:
    """Windows takes 259 characters, unless somebody has allowed it more."""
    on_windows(monkeypatch, {} if allowed is None else {ALLOWED: allowed})
    assert longest_path() == most


def test_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """On other systems no path that people use is too long."""
    monkeypatch.setattr(sys, "platform", "darwin")
    assert longest_path() is None


def test_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is made in a folder that lies too deep, and the line says how long the path may be."""
    on_windows(monkeypatch)
    root = tmp_path / ("d" * (139 - len(str(tmp_path)) - 1))
    with pytest.raises(WrongUseError) as raised:
        Workspace(root).make()
    assert str(raised.value) == (
        f"{root} 的路径有139个字符,太长了:Windows 的路径最多259个字符,程序在里面写的文件还要占120个。"
        "请把文件夹移到靠近盘符的位置(路径不超过138个字符),例如 D:\\考核,再运行一次。"
    )
    assert list(tmp_path.iterdir()) == []
    Workspace(root.with_name(root.name[1:])).make()
    refuse_deep(tmp_path, 1)


def test_how_deep(collected: Office) -> None:
    """What a collect writes lies no deeper than is allowed for, also for units with the longest names, and while it is written."""
    files = [path.relative_to(collected.root) for path in collected.root.rglob("*") if path.is_file()]
    shorts = [unit.short for unit in collected.notice.units]
    longest = {
        path: len(str(path)) + max((UNIT - len(each) for each in shorts if each in path.name), default=0)
        for path in files
    }
    assert max(longest.values()) + UNFINISHED <= DEEPEST
    sealed = (
        len("定稿/.01_.未完成/") + LONGEST + max(length for path, length in longest.items() if path.parts[0] == "结果")
    )
    assert sealed <= DEEPEST
