"""Killed at whatever moment, a command leaves whole files, and the next run puts everything right."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from random import Random

import pytest

from fazhi_xl.errors import FazhiError
from tests.processes.commands import broken, run, started, unfinished
from tests.support.offices import FIRST, THIRD, Office

pytestmark = [pytest.mark.skipif(sys.platform == "win32", reason="Windows kills in another way"), pytest.mark.long]


def in_a_fork(work: Callable[[], object], seconds: float) -> int:
    """Do some work in a process that is killed after so many seconds; gives its status, negative where it was killed."""
    child = os.fork()
    if child == 0:
        status = 3
        try:
            work()
            status = 0
        except FazhiError:
            status = 2
        finally:
            os._exit(status)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.005)
    os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_collecting(busy: Office, rounds: int) -> None:
    """Killed again and again while it collects: every file is whole, no original is lost, and the last run is like the first one."""
    began = time.monotonic()
    busy.collect()
    whole = time.monotonic() - began
    expected, originals = names(busy.root), {path: path.read_bytes() for path in busy.space.returns.rglob("*.*")}
    random, statuses = Random(7), []
    for no in range(rounds + 1):
        if no % 3 == 0:
            for path in busy.space.results.rglob("*.*"):
                path.unlink(missing_ok=True)
        statuses.append(in_a_fork(busy.collect, random.uniform(0, 1.1 * whole) if no else 0))
        assert broken(busy.root) == []
        assert {path: path.read_bytes() for path in originals} == originals
    assert {-signal.SIGKILL} <= set(statuses) <= {-signal.SIGKILL, 0}
    busy.collect()
    assert (names(busy.root), unfinished(busy.root)) == (expected, [])


def test_while_writing(busy: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed before each single rename in turn: what is there is whole, what is not is left beside, and the next run clears it away."""
    statuses: list[int] = []
    while 0 not in statuses:
        for folder in (busy.space.results, busy.space.archive):
            shutil.rmtree(folder, ignore_errors=True)
        with monkeypatch.context() as patch:
            patch.setattr(Path, "replace", killing(len(statuses) + 1))
            statuses.append(in_a_fork(busy.collect, 600))
        assert broken(busy.root) == []
        assert len(unfinished(busy.root)) == (0 if statuses[-1] == 0 else 1)
    # Two originals, the ranking, the list of evidence and the report; in four folders their records, what goes back, a receipt, two
    # sheets, the bulletin and its draft.
    assert statuses == [*[-signal.SIGKILL] * 18, 0]
    busy.collect()
    assert unfinished(busy.root) == []


def killing(number: int) -> Callable[[Path, Path], Path]:
    """Make a rename that kills its process at the given call."""
    real, calls = Path.replace, count(1)

    def replace(self: Path, target: Path) -> Path:
        if next(calls) == number:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(self, target)

    return replace


def test_the_command(whole: Office, rounds: int) -> None:
    """The command as users start it, workers included, killed at random moments: the next one is whole, and nobody is left waiting."""
    random = Random(3)
    for _ in range(rounds - 1):
        with started("collect.py", "--out", whole.root, "--jobs", "2") as process:
            time.sleep(random.uniform(0.6, 2.2))
            process.kill()
            process.wait()
            assert gone(process.pid)
        assert broken(whole.root) == []
    ended = run("collect.py", "--out", whole.root)
    assert (ended.returncode, unfinished(whole.root)) == (1, [])
    assert whole.statuses()["2020-11-18/好.xlsx"] == "accepted"


def gone(group: int, seconds: float = 60) -> bool:
    """Wait until no process of a session is left."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


def test_issuing(empty: Office, rounds: int) -> None:
    """Killed while it issues, the key stays the same, and the next run gives the forms of an undisturbed one."""
    random, keys = Random(5), set()
    for _ in range(rounds):
        in_a_fork(lambda: empty.issue(force=True), random.uniform(0, 0.9))
        assert broken(empty.root) == []
        if empty.space.key_file.exists():
            keys.add(empty.space.key_file.read_bytes())
    empty.issue(THIRD, force=True)
    empty.issue(force=True)
    assert (len(keys), unfinished(empty.root)) == (1, [])
    empty.receive("好.xlsx", empty.filled(FIRST))
    empty.collect()
    assert empty.statuses() == {"好.xlsx": "accepted"}


def test_only_its_own_leftovers(busy: Office) -> None:
    """The next run clears away unfinished files of this program; other names, and whatever lies among the returns, stay."""
    own = busy.space.results / ".排名汇总.xlsx.abcd_123.tmp"
    others = [busy.space.results / "x.tmp", busy.space.results / ".x.tmp", busy.space.returns / ".a.abcd_123.tmp"]
    busy.space.make(busy.space.results)
    for path in (own, *others):
        path.write_bytes(b"x")
    busy.collect()
    assert (own.exists(), [path.exists() for path in others]) == (False, [True, True, True])
