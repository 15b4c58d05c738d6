"""Limits in seconds are a usual core's: a slower machine has more, and a file that ran out of time one longer try."""

from __future__ import annotations

import pytest

from fazhi_xl.bounded import pace, patience
from fazhi_xl.bounded.children import OutOfTimeError
from fazhi_xl.bounded.patience import ChildLimits
from fazhi_xl.bounded.task import ChildTask
from fazhi_xl.findings import Code
from fazhi_xl.xlsx.reader import Bounds, RejectedError
from fazhi_xl.xlsx.reader.foreign.parent import open_apart, read_apart


@pytest.mark.parametrize(("seconds", "slow"), [(0.001, 1), (0.01, 1), (0.04, 4), (7, 10)])
def test_a_machine_is_measured(monkeypatch: pytest.MonkeyPatch, seconds: float, slow: float) -> None:
    """A machine counts as slow by its time for a known piece of work, never as faster than usual, and at most as ten times slower."""
    pace.slowness.cache_clear()
    monkeypatch.setattr(pace, "_measured", lambda: seconds)
    assert pace.slowness() == slow
    pace.slowness.cache_clear()


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """Give the processor time and the waiting time of each try of a child that never ends, on a machine that is twice as slow."""
    tries: list[tuple[int, int]] = []

    def run(order: ChildTask, _: bytes, wall: int) -> None:
        tries.append((order.cpu, wall))
        raise OutOfTimeError("超过时间")

    monkeypatch.setattr(patience, "asked", run)
    monkeypatch.setattr(patience, "slowness", lambda: 2.0)
    return tries


def test_one_longer_try(given: list[tuple[int, int]]) -> None:
    """A file that ran out of time is tried once more with three times as much, and then refused."""
    with pytest.raises(RejectedError) as refusal:
        read_apart(b"x", "xls", Bounds(), limits=ChildLimits(cpu=2, wall=10))

    assert given == [(4, 20), (12, 60)]
    assert (refusal.value.finding.code, refusal.value.finding.words) == (
        Code.FILE_READER_STOPPED,
        {"detail": "超过时间"},
    )


def test_a_password_has_one_try(given: list[tuple[int, int]]) -> None:
    """A key whose derivation takes too long is refused at once: the file decides how long it takes."""
    with pytest.raises(RejectedError):
        open_apart(b"x", (), ChildLimits(cpu=2, wall=10))

    assert given == [(4, 20)]
