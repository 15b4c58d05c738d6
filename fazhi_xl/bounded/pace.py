"""How slow this machine is: limits in seconds of processor time are those of a usual core."""

from __future__ import annotations

import json
import time
from functools import cache

_USUAL = 0.01  # seconds that a usual core of 2020 needs for the piece of work
_SLOWEST = 10  # times as slow; what is slower still is a machine that does something else
_ROWS = [[f"{no}.{column}" for column in range(8)] for no in range(500)]


@cache
def slowness() -> float:
    """Measure once how many times a usual core's time this machine needs, at least 1."""
    return min(max(min(_measured() for _ in range(3)) / _USUAL, 1.0), _SLOWEST)


def _measured() -> float:
    """Give the processor time of a piece of work like that of reading: texts, small objects, numbers."""
    before = time.process_time()
    for _ in range(8):
        rows = json.loads(json.dumps(_ROWS))
        sum(float(text) for row in rows for text in row)
    return time.process_time() - before
