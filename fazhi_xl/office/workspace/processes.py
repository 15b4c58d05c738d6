"""Spreads work over processes, in order; one job stays in this process."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait
from typing import Any, TypeVar

A = TypeVar("A")
B = TypeVar("B")


def default_jobs() -> int:
    """Use at most four processors."""
    return min(os.cpu_count() or 1, 4)


def spread(
    work: Callable[[A], B], items: Sequence[A], jobs: int, lost: Callable[[A, Exception], B] | None = None
) -> Iterator[B]:
    """Give the results in the items' order; results must be picklable, and on Windows so must the work and the items.

    Where the system kills a worker (it does where memory runs out), each item that is left gets a worker of its own, and `lost` gives
    the result of one that loses its worker again. Raises BrokenProcessPool where there is no `lost`.
    """
    methods = multiprocessing.get_all_start_methods()
    # A fork has the items at once. Where there is none (Windows), starting a process costs more than a few files do.
    worth = len(items) > 1 if "fork" in methods else len(items) > 20 * jobs
    if jobs < 2 or not worth:
        yield from map(work, items)
        return
    done = 0
    try:
        for result in _pooled(work, items, min(jobs, len(items))):
            done += 1
            yield result
    except BrokenProcessPool:
        for item in items[done:]:
            yield _apart(work, item, lost)


def _pooled(work: Callable[[A], B], items: Sequence[A], workers: int) -> Iterator[B]:
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("fork" if "fork" in methods else "spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_adopt, initargs=(work, items)) as pool:
        yield from pool.map(_do, range(len(items)))


def _apart(work: Callable[[A], B], item: A, lost: Callable[[A, Exception], B] | None) -> B:
    try:
        return next(_pooled(work, [item], 1))
    except BrokenProcessPool as error:
        if lost is None:
            raise
        return lost(item, error)


class _Adopted:
    """The work and the items of a worker process; set only there."""

    work: Callable[[Any], Any]
    items: Sequence[Any]


def _adopt(work: Callable[[Any], Any], items: Sequence[Any]) -> None:
    _Adopted.work, _Adopted.items = staticmethod(work), items
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this worker when the process that started it was killed; otherwise it would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent:
        wait([parent.sentinel])
        os._exit(1)


def _do(index: int) -> Any:  # noqa: ANN401 - whatever the work gives
    return _Adopted.work(_Adopted.items[index])
