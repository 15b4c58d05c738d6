"""Work spread over processes comes back in order; where it is not worth a process it stays here."""

from __future__ import annotations

import multiprocessing
import os
import signal
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from pathlib import Path

import pytest

from fazhi_xl.office.workspace import processes
from fazhi_xl.office.workspace.processes import begun, default_jobs, spread

forked = pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="no fork here")


def here(_: object) -> int:
    return os.getpid()


def test_default() -> None:
    """At most four processors are used."""
    assert 1 <= default_jobs() <= 4


@pytest.mark.parametrize(("items", "jobs"), [(5, 1), (1, 4), (0, 4)])
def test_in_this_process(items: int, jobs: int) -> None:
    """One job, or one item, needs no other process."""
    assert set(spread(here, range(items), jobs)) <= {os.getpid()}


@forked
def test_forked() -> None:
    """Several items go to other processes, and the results keep their order."""
    assert os.getpid() not in set(spread(here, range(4), 2))
    assert list(spread(str, range(100), 2)) == [str(no) for no in range(100)]


def test_unpicklable_work() -> None:
    """Where a process is forked, the work need not be picklable."""
    if "fork" in multiprocessing.get_all_start_methods():
        assert list(spread(lambda no: no + 1, [1, 2], 2)) == [2, 3]


def test_error() -> None:
    """What the work raises in another process is raised here."""
    with pytest.raises(ValueError, match="invalid literal"):
        list(spread(int, ["1", "x"], 2))


def dying(no: int, *, always: bool, marks: Path) -> int:
    """Lose the worker over 3: always, or the first time only."""
    mark = marks / "3"
    if no == 3 and (always or not mark.exists()):
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return no * 10


@forked
@pytest.mark.parametrize(("always", "third"), [(False, 30), (True, -3)])
def test_a_worker_that_is_killed(tmp_path: Path, always: bool, third: int) -> None:  # noqa: FBT001 - a case of the table
    """What is left is done by workers of its own; only an item that loses its worker again is lost, and no other."""
    work = partial(dying, always=always, marks=tmp_path)
    assert list(spread(work, range(8), 2, lambda no, _: -no)) == [0, 10, 20, third, 40, 50, 60, 70]
    if always:
        with pytest.raises(BrokenProcessPool):
            list(spread(work, range(8), 2))


def test_without_fork(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no fork a process is started for many items only, and gives the same results."""
    monkeypatch.setattr(multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    assert set(spread(here, range(40), 2)) == {os.getpid()}
    assert list(spread(partial(divmod, 100), range(1, 50), 2)) == [divmod(100, no) for no in range(1, 50)]


def killing_once(no: int, *, marks: Path) -> int:
    """Lose the worker over some items, far from each other, the first time."""
    mark = marks / str(no)
    if no % 20 == 3 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return no


@forked
def test_workers_killed_again_and_again(tmp_path: Path) -> None:
    """However many workers are lost, a new pool does what is left, and no result is missing or out of its turn."""
    assert list(spread(partial(killing_once, marks=tmp_path), range(70), 2)) == list(range(70))
    assert len(list(tmp_path.iterdir())) == 4


def noted(no: int, *, marks: Path) -> int:
    (marks / str(no)).touch()
    return no


@forked
def test_no_more_than_is_asked_for(tmp_path: Path) -> None:
    """Of many items only some for each worker are begun before the first results are taken."""
    results = spread(partial(noted, marks=tmp_path), range(1000), 2)
    assert [next(results), next(results)] == [0, 1]
    results.close()  # type: ignore[attr-defined] # it is a generator
    assert len(list(tmp_path.iterdir())) < 20


def test_heavy_items_without_fork(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no fork, a few items are worth processes if each is much work."""
    monkeypatch.setattr(multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    assert [processes._worth(2, 2, heavy=heavy) for heavy in (False, True)] == [False, True]  # noqa: SLF001


@pytest.mark.parametrize(("methods", "workers"), [(["fork", "spawn"], 90), (["spawn"], 61)])
def test_more_than_windows_can_wait_for(monkeypatch: pytest.MonkeyPatch, methods: list[str], workers: int) -> None:
    """Windows waits for 61 processes at most; however many are asked for, no more are started there."""
    monkeypatch.setattr(multiprocessing, "get_all_start_methods", lambda: methods)
    monkeypatch.setattr(processes, "_pooled", lambda _work, _items, most, _lost: [most])
    assert list(spread(here, range(90), 1000, heavy=True)) == [workers]


@forked
def test_begun_beside() -> None:
    """What is begun is done in another process while this one goes on; its result and what it raises come back once waited for."""
    assert os.getpid() != begun(os.getpid, 2)()
    with pytest.raises(ZeroDivisionError):
        begun(lambda: 1 // 0, 2)()


def test_begun_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """With one job, or without fork, the work is done in this process, and only once it is waited for."""
    done: list[int] = []
    waiting = begun(partial(done.append, 1), 1)
    assert done == []
    waiting()
    monkeypatch.setattr(multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    begun(partial(done.append, 2), 2)()
    assert done == [1, 2]


@forked
def test_begun_in_a_process_that_is_killed(tmp_path: Path) -> None:
    """Where the system kills the process, the work is done here."""
    assert begun(partial(dying, 3, always=False, marks=tmp_path), 2)() == 30
