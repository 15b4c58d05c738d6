"""The processes that read files for this one live on, and a file that stops one costs nobody else anything."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from fazhi_xl.bounded import children
from fazhi_xl.bounded.children import end_children
from fazhi_xl.bounded.patience import ChildLimits
from fazhi_xl.findings import Code
from fazhi_xl.xlsx.reader import Bounds, RejectedError
from fazhi_xl.xlsx.reader.foreign.parent import open_apart, read_apart
from tests.xlsx.reader.crafted import with_cell, with_rows
from tests.xlsx.reader.filled import filled, locked

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="Windows limits neither memory nor processor time"),
    pytest.mark.long,
]
ROOT = Path(__file__).parents[3]
CELL = '<row r="1"><c r="A1"><v>1</v></c></row>'
GOOD = with_cell('<c r="A1"><v>1</v></c>')
CRASHING = with_rows(f'{CELL}<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
HUNGRY = with_rows(f'{CELL}<row r="65536"><c r="IV65536"><v>1</v></c></row>')
SWELLING = with_rows(f'{CELL}<row r="65536"><c r="Z65536"><v>1</v></c></row>')
ENDLESS = locked(filled(), "x").replace(b'spinCount="100000"', b'spinCount="9999999"')
READING = (
    "from fazhi_xl.bounded import children\nfrom tests.xlsx.reader.test_children import GOOD, outcome\noutcome(GOOD)\n"
)


@pytest.fixture(autouse=True)
def none_left() -> Iterator[None]:
    end_children()
    yield
    end_children()


def outcome(data: bytes) -> str:
    """Read a file apart; give its first text, or the code of the refusal."""
    try:
        return read_apart(data, "xlsx", Bounds()).cells[0].text
    except RejectedError as refusal:
        return refusal.finding.code


def hang() -> str:
    with pytest.raises(RejectedError) as refusal:
        open_apart(ENDLESS, [], ChildLimits(cpu=1))
    return refusal.value.finding.code


def waiting() -> list[int]:
    return [child.pid for child in children._idle]  # noqa: SLF001 - there is nothing else to see of them


def lives(pid: int) -> bool:
    """Tell whether there is such a process, be it only a zombie."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def ends(pid: int) -> bool:
    """Wait for the end of a process, which is a zombie where nobody asks for its status."""
    for _ in range(1200):
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except (FileNotFoundError, ProcessLookupError):
            return True
        time.sleep(0.05)
    return False


def test_a_child_lives_on() -> None:
    """Files that are read one after the other are read by one process."""
    pids = [(outcome(GOOD), tuple(waiting())) for _ in range(3)]

    assert len(set(pids)) == 1
    assert pids[0][0] == "1"
    assert len(pids[0][1]) == 1


@pytest.mark.parametrize("order", [(CRASHING, HUNGRY), (HUNGRY, CRASHING)], ids=["crash first", "crash last"])
def test_a_bad_file_costs_itself_alone(order: tuple[bytes, bytes]) -> None:
    """Files that crash and that eat memory, between good ones, are refused in any order, and the good ones read."""
    read = [outcome(data) for data in (GOOD, order[0], GOOD, order[1], GOOD)]

    assert read == ["1", Code.FILE_READER_STOPPED, "1", Code.FILE_READER_STOPPED, "1"]


def test_a_hanging_file_costs_itself_alone() -> None:
    """A file that takes more than its share of time is stopped, though the process has time left from files before it."""
    assert [outcome(GOOD), hang(), outcome(GOOD)] == ["1", Code.FILE_READER_STOPPED, "1"]


def test_a_swollen_child_ends() -> None:
    """A process that took much memory for a file is not kept."""
    assert (outcome(SWELLING), waiting()) == ("1", [])


def test_a_lost_child_is_replaced() -> None:
    """A process that was killed while it waited costs no file."""
    outcome(GOOD)
    before = waiting()
    os.kill(before[0], signal.SIGKILL)

    assert outcome(GOOD) == "1"
    assert waiting() != before
    assert not lives(before[0])


def test_nothing_is_left() -> None:
    """Processes that are ended are gone, and leave no zombie."""
    outcome(GOOD)
    before = waiting()
    end_children()

    assert waiting() == []
    assert not lives(before[0])


@pytest.mark.parametrize("name", ["SIGKILL", "SIGINT"])  # by names, which Windows lacks
def test_nothing_outlives_its_parent(name: str) -> None:
    """A process ends with the one that started it, also where that was killed, or both interrupted from the keyboard."""
    # Where the tests themselves run in the background, interruptions are ignored, and what they start inherits that.
    heard = "import signal\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n"
    work = f"{heard}{READING}print(children._idle[0].pid, flush=True)\nimport time\ntime.sleep(60)"
    with subprocess.Popen(
        [sys.executable, "-c", work],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        assert process.stdout
        pid = int(process.stdout.readline())
        number = signal.Signals[name]
        os.kill(process.pid, number) if name == "SIGKILL" else os.killpg(process.pid, number)
        process.wait()

    assert ends(pid)


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_workers_have_children_of_their_own(method: str) -> None:
    """A worker process reads with a child of its own, whether it was forked or spawned, and this one's child stays."""
    outcome(GOOD)
    before = waiting()
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context(method)) as pool:
        theirs = pool.submit(_read_there).result()

    assert theirs[0] == "1"
    assert theirs[1] not in before
    assert (outcome(GOOD), waiting()) == ("1", before)
    assert ends(theirs[1])


def _read_there() -> tuple[str, int]:
    return outcome(GOOD), waiting()[0]
