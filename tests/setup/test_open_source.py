"""A catalogue is opened by its name, by its folder, or by a round that was issued from it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from fazhi_xl.errors import BrokenCatalogueError, WrongUseError
from fazhi_xl.notice.load import load
from fazhi_xl.office.commands.issue import IssueOrder, issue
from fazhi_xl.office.workspace.catalogue import keep_copy
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.setup.open_source import open_source
from tests.notice.campaigns import CAMPAIGN, TEMPLATES
from tests.support.catalogues import minimal, write
from tests.support.progress import Silent


def test_by_name() -> None:
    """A shipped catalogue is opened by its name alone, with its tables as the files hold them."""
    opened = open_source("zhonglou-2020")
    assert (opened.name, opened.folder, opened.space) == ("zhonglou-2020", TEMPLATES / "zhonglou-2020", None)
    assert opened.readable.table("notice.toml")["number"] == "钟委法办〔2020〕8号"
    assert len(opened.source.items) == 21


def test_by_folder(tmp_path: Path) -> None:
    """A folder is opened by its path, and called by its name."""
    opened = open_source(str(write(tmp_path / "示例-2031", minimal())))
    assert (opened.name, sorted(opened.source.files)) == ("示例-2031", ["items/01.toml", "notice.toml", "units.toml"])


def test_by_round(tmp_path: Path) -> None:
    """A round is opened as it was issued, whatever its catalogue has become since."""
    folder, space = write(tmp_path / "示例-2031", minimal()), Workspace(tmp_path / "out")
    issue(load(folder), space, IssueOrder(), Silent(), today=date(2031, 2, 1))
    keep_copy(space, folder)
    (folder / "notice.toml").write_text("不再是目录", "utf-8")
    opened = open_source(str(space.root))
    assert (opened.name, opened.space, opened.problems) == ("示例-2031", space, ())
    assert opened.readable.table("notice.toml")["year"] == 2031


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    """What cannot be read is told with its file; whoever needs the whole catalogue is refused."""
    folder = Path(copytree(CAMPAIGN, tmp_path / "甲"))
    (folder / "theme.toml").write_text("x", "utf-8")
    opened = open_source(str(folder))
    assert [problem.file for problem in opened.problems] == ["theme.toml"]
    with pytest.raises(BrokenCatalogueError):
        _ = opened.readable


def test_nothing_there() -> None:
    """What is neither is refused with the nearest name."""
    with pytest.raises(WrongUseError, match=r"没有找到工作目录“zhonglou-202”。是不是“zhonglou-202[01]”"):
        open_source("zhonglou-202")
