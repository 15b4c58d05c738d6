"""Two commands in one workspace: the second says so and does nothing."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from fazhi_xl.errors import WrongUseError
from fazhi_xl.office.commands.reissue import reissue
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.office.workspace.lock import locked
from tests.processes.commands import run
from tests.support.offices import FIRST, Office
from tests.support.progress import Silent

pytestmark = [pytest.mark.skipif(sys.platform == "win32", reason="the test holds the lock by a fork"), pytest.mark.long]


@contextmanager
def held(office: Office) -> Iterator[None]:
    """Hold the workspace in another process."""
    ready, tell = os.pipe()
    wait, end = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(end)
        with locked(office.space):
            os.write(tell, b"x")
            os.read(wait, 1)
        os._exit(0)
    os.close(wait)
    assert os.read(ready, 1) == b"x"
    try:
        yield
    finally:
        os.close(end)
        os.waitpid(child, 0)
        for pipe in (ready, tell):
            os.close(pipe)


def test_every_use(office: Office) -> None:
    """Collecting, issuing and issuing again each wait for nobody: they stop with one clear line."""
    office.receive("表.xlsx", office.filled(FIRST))
    uses = (
        office.collect,
        lambda: office.issue(force=True),
        lambda: reissue(office.notice, office.space, office.path(FIRST), Silent()),
    )
    with held(office):
        for use in uses:
            with pytest.raises(
                WrongUseError,
                match=r"正在被另一个收表或生成命令使用:电脑 .*开始\),这一次没有运行。请等它结束后再运行。",
            ):
                use()
        assert not office.space.results.exists()
    for use in uses:
        use()


def test_commands(whole: Office) -> None:
    """The commands end with status 2 and one line."""
    with held(whole):
        for script, more in (("collect.py", ()), ("build_workbooks.py", ("--force",))):
            ended = run(script, "--out", whole.root, *more)
            assert (ended.returncode, ended.stdout, len(ended.stderr.splitlines())) == (2, "", 1)
            assert f"{whole.root} 正在被另一个收表或生成命令使用" in ended.stderr


def test_again_in_one_process(office: Office) -> None:
    """The lock is free again after each use, one that failed included."""
    for _ in range(2):
        with pytest.raises(ZeroDivisionError), locked(office.space):
            raise ZeroDivisionError
    with locked(office.space):
        pass


def test_workspace_is_gone(tmp_path: Path) -> None:
    """Where there is no workspace nothing is made."""
    with pytest.raises(WrongUseError, match="不能写入"), locked(Workspace(tmp_path / "没有")):
        pass
    assert not (tmp_path / "没有").exists()
