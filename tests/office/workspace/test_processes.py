"""Work spread over processes comes back in order; where it is not worth a process it stays here."""

from __future__ import annotations

import multiprocessing
import os
from functools import partial

import pytest

from fazhi_xl.office.workspace.processes import default_jobs, spread


def here(_: object) -> int:
    return os.getpid()


def test_default() -> None:
    """At most four processors are used."""
    assert 1 <= default_jobs() <= 4


@pytest.mark.parametrize(("items", "jobs"), [(5, 1), (1, 4), (0, 4)])
def test_in_this_process(items: int, jobs: int) -> None:
    """One job, or one item, needs no other process."""
    assert set(spread(here, range(items), jobs)) <= {os.getpid()}


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="no fork here")
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


def test_without_fork(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no fork a process is started for many items only, and gives the same results."""
    monkeypatch.setattr(multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    assert set(spread(here, range(40), 2)) == {os.getpid()}
    assert list(spread(partial(divmod, 100), range(1, 50), 2)) == [divmod(100, no) for no in range(1, 50)]
