"""A cluster of machines does what one does: a Dask scheduler and two workers on this one, of which one is killed."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections.abc import Callable, Coroutine, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from fazhi_xl.errors import WrongUseError
from fazhi_xl.notice.load import load
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.commands.collect import CollectOrder
from fazhi_xl.office.commands.collect_districts import DistrictsCollect, collect_districts
from fazhi_xl.office.commands.district_list import District as Listed
from fazhi_xl.office.commands.district_tasks import Crew
from fazhi_xl.office.commands.issue_districts import DistrictsIssue, folders_for, issue_districts, settle
from fazhi_xl.office.workspace import cluster
from fazhi_xl.office.workspace.districts import district_folders
from fazhi_xl.office.workspace.processes import spread
from fazhi_xl.rollup.district import District
from fazhi_xl.rollup.read import Task, read_district
from tests.processes.commands import unfinished
from tests.support.catalogues import minimal, write
from tests.support.changes import tree
from tests.support.offices import ISSUED, NOW, Office

NAMES = tuple(f"{no}县" for no in range(1, 7))


def test_without_dask(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Dask is not installed, it is said how it is had."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(WrongUseError, match="这台电脑上没有装 Dask,不能使用集群。请运行 uv sync --extra cluster。"):
        list(spread(str, [1], 1, scheduler="tcp://127.0.0.1:1"))


@contextmanager
def forked(main: Callable[[], Coroutine[Any, Any, None]]) -> Iterator[int]:
    """Run a part of the cluster in a process of its own, which has loaded everything."""
    pid = os.fork()
    if pid == 0:
        try:
            quiet = os.open(os.devnull, os.O_WRONLY)
            os.dup2(quiet, 1)
            os.dup2(quiet, 2)
            asyncio.run(main())
        finally:
            os._exit(1)
    try:
        yield pid
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


async def lead(port: int) -> None:
    """Be the scheduler."""
    import distributed  # noqa: PLC0415 - it takes a second that most runs can do without

    async with distributed.Scheduler(host="127.0.0.1", port=port, dashboard=False) as scheduler:
        await scheduler.finished()


async def serve(address: str, folder: Path) -> None:
    """Be a worker, once that is asked for."""
    import distributed  # noqa: PLC0415 - as above

    while not (folder / "start").exists():  # noqa: ASYNC110 - another process says so
        await asyncio.sleep(0.05)
    async with distributed.Worker(address, nthreads=1, dashboard=False, local_directory=str(folder)) as worker:
        await worker.finished()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def refused(address: str) -> str:
    with pytest.raises(WrongUseError) as error:
        list(spread(str, [1], 1, scheduler=address))
    return str(error.value)


def offices(root: Path, notice: Notice) -> list[Office]:
    """Give an office for each district, with a key of its own that is the same wherever it is."""
    made = [Office(notice, root / name) for name in NAMES]
    for no, office in enumerate(made):
        office.space.make()
        office.space.key_file.write_text(f"{no:02x}" * 32 + "\n")
    return made


def told(root: Path, home: Path, notice: Notice, crew: Crew, doomed: int = 0) -> list[list[str]]:
    """Issue and collect everything; once the first district is collected, kill a worker."""
    folders = folders_for([Listed(name=name) for name in NAMES], root)
    order, _ = settle(DistrictsIssue(catalogue=str(home), today=ISSUED), folders)
    issued = [each.outcome.value for each in issue_districts(order, folders, crew)]
    for name in NAMES:
        office = Office(notice, root / name)
        office.receive("好.xlsx", office.filled("01社区"))
    collected: list[str] = []
    wanted = DistrictsCollect(order=CollectOrder(), now=NOW)
    for each in collect_districts(wanted, district_folders([root]), crew):
        if doomed and not collected:
            os.kill(doomed, signal.SIGKILL)
        collected.append(each.outcome.value)
    return [issued, collected]


def summed_up(root: Path, names: Iterable[str], address: str) -> list[District | None]:
    """Read the districts' results for a roll-up, each anew."""
    parts = root / f"部分{bool(address)}"
    parts.mkdir()
    tasks = [Task(folder=root / "there" / name, parts=parts, program="", now=datetime.now(UTC)) for name in names]
    return [each.district for each in spread(read_district, tasks, 1, scheduler=address)]


@pytest.mark.long
@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_cluster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a cluster issues and collects is to the byte what one process does, though a worker is killed; what fails is told."""
    import distributed  # noqa: F401, PLC0415 - so that the forked processes have it

    port = free_port()
    address = f"tcp://127.0.0.1:{port}"
    home = write(tmp_path / "shequ", minimal(2))
    notice = load(home)
    there, here = (offices(tmp_path / name, notice) for name in ("there", "here"))
    worker = partial(serve, address, tmp_path)
    with forked(partial(lead, port)), forked(worker) as doomed, forked(worker):
        monkeypatch.setattr(cluster, "_PATIENCE", 2)
        assert refused(f"tcp://127.0.0.1:{free_port()}").startswith("连不上集群的调度程序 tcp://127.0.0.1:")
        assert refused(address).startswith(f"调度程序 {address} 下面没有工作进程。")
        monkeypatch.setattr(cluster, "_PATIENCE", 30)
        (tmp_path / "start").touch()
        with monkeypatch.context() as patch:
            patch.setattr(cluster, "program_digest", lambda: "another")
            assert refused(address).startswith("集群工作进程上的程序和这里的不一样,没有做。")
        issued, collected = told(tmp_path / "there", home, notice, Crew(scheduler=address), doomed)
        read = summed_up(tmp_path, NAMES, address)
    assert None not in read
    assert read == summed_up(tmp_path, NAMES, "")
    assert issued == ["完成"] * len(NAMES)
    assert set(collected) <= {"完成", "没有变化"}  # done before its worker was killed, and asked for again
    told(tmp_path / "here", home, notice, Crew())
    for one, other in zip(there, here, strict=True):
        assert tree(one) == tree(other)
        assert unfinished(one.root) == []
