"""More time for the process apart: a slow core must not decide what a test finds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from fazhi_xl.xlsx.reader.foreign.parent import CHILD_LIMITS

PATIENT = 20  # seconds of processor time; a usual core needs less than two


def give_child(seconds: int) -> None:
    """Let every file that is read apart in this process have so much processor time, and ten times as long to wait."""
    object.__setattr__(CHILD_LIMITS, "cpu", seconds)
    object.__setattr__(CHILD_LIMITS, "wall", 10 * seconds)


@contextmanager
def given_child(seconds: int) -> Iterator[None]:
    """Let it have so much for a while."""
    before = CHILD_LIMITS.cpu
    give_child(seconds)
    try:
        yield
    finally:
        give_child(before)
