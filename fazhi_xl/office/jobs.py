"""Spreads work over processes, in order; one job stays in this process."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

A = TypeVar("A")
B = TypeVar("B")


def default_jobs() -> int:
    """Use at most four processors."""
    return min(os.cpu_count() or 1, 4)


def spread(work: Callable[[A], B], items: Sequence[A], jobs: int) -> Iterator[B]:
    """Give the results in the items' order. `work` and the items must be picklable."""
    if jobs < 2 or len(items) < 2:
        yield from map(work, items)
        return
    # A fork starts in milliseconds; where there is none (Windows), starting costs more than a few files do.
    methods = multiprocessing.get_all_start_methods()
    if "fork" not in methods and len(items) < 20 * jobs:
        yield from map(work, items)
        return
    context = multiprocessing.get_context("fork" if "fork" in methods else "spawn")
    with ProcessPoolExecutor(min(jobs, len(items)), mp_context=context) as pool:
        yield from pool.map(work, items)
