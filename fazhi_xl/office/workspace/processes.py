"""The one executor: work spread over this machine's processes, or over a cluster's, with the results in the items' order.

Everything that is done for many files, units or districts goes through `spread`, and what carries it out is chosen here alone: this
process where one job is enough, a pool of processes, or, where a scheduler is named, its cluster.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.connection import wait
from typing import Any, TypeVar, cast

from fazhi_xl.office.workspace.cluster import clustered

A = TypeVar("A")
B = TypeVar("B")
Lost = Callable[[A, Exception], B]
_AT_ONCE = 61  # processes that Windows can wait for
_AHEAD = 4  # tasks for each worker that are given out, or done, before their results are asked for


def default_jobs() -> int:
    """Use at most four processors."""
    return min(os.cpu_count() or 1, 4)


def spread(
    work: Callable[[A], B],
    items: Sequence[A],
    jobs: int,
    lost: Lost[A, B] | None = None,
    *,
    scheduler: str = "",
    heavy: bool = False,
) -> Iterator[B]:
    """Give the results in the items' order; what is raised over an item is raised in its turn.

    Only a few results for each worker are held until they are asked for, however many items there are. Results must be picklable, and
    where processes are not forked (Windows) so must the work and the items, which each process gets once. `heavy` says that a few items
    are worth processes there too, where starting one takes a second: districts are, files are not.

    With a `scheduler` (of Dask, `tcp://host:8786`) the items go to its workers one by one. The work, the items and the results must be
    picklable, and the paths in them absolute. Raises WrongUseError where the cluster cannot be used.

    Where a worker is killed (the system does that where memory runs out), each item that it may have had gets a worker of its own, and
    `lost` gives the result of one that loses its worker again; without `lost` that raises BrokenExecutor. The other items go on as
    before. So an item may be begun twice, and the work has to bear that.
    """
    if scheduler:
        yield from _clustered(work, items, scheduler, lost)
    elif jobs < 2 or not _worth(len(items), jobs, heavy=heavy):
        yield from map(work, items)
    else:
        most = len(items) if _method() == "fork" else min(len(items), _AT_ONCE)
        yield from _pooled(work, items, min(jobs, most), lost)


def begun(work: Callable[[], B], jobs: int) -> Callable[[], B]:
    """Begin work beside what this process goes on with, and give what waits for its result.

    Where a process cannot be forked, or there is one job, or the system kills the process, the work is done here, once it is waited for.
    """
    if jobs < 2 or _method() != "fork":
        return work
    pool = _executor(_call, [work], 1)
    result = pool.submit(_do, 0)
    pool.shutdown(wait=False)

    def wait_for() -> B:
        try:
            return cast(B, result.result())
        except BrokenProcessPool:
            return work()

    return wait_for


def _call(work: Callable[[], B]) -> B:
    return work()


def _worth(items: int, jobs: int, *, heavy: bool) -> bool:
    """Say whether processes are started; a fork has the items at once, any other costs more than a few files do."""
    return items > (1 if heavy or _method() == "fork" else 20 * jobs)


def _method() -> str:
    return "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"


def _ahead(give: Callable[[A], Future[B]], items: Iterable[A], most: int) -> Iterator[tuple[A, Future[B]]]:
    """Give out the items, so many ahead of the one whose result is wanted, until nobody takes any more."""
    waiting: deque[tuple[A, Future[B]]] = deque()
    for item in items:
        try:
            waiting.append((item, give(item)))
        except BrokenExecutor:
            break
        if len(waiting) > most:
            yield waiting.popleft()
    yield from waiting


def _settled(item: A, error: Exception, lost: Lost[A, B] | None) -> B:
    """Give the result of an item that loses every worker."""
    if lost is None:
        raise error
    return lost(item, error)


# A cluster's workers -------------------------------------------------------------------------------------------------


def _clustered(work: Callable[[A], B], items: Iterable[A], scheduler: str, lost: Lost[A, B] | None) -> Iterator[B]:
    """Let the cluster's workers do it; a task whose worker is killed is begun again by the scheduler, on another one."""
    with clustered(scheduler) as cluster:
        for item, future in _ahead(lambda each: cluster.submit(work, each), items, _AHEAD * cluster.workers):
            try:
                result = cluster.result(future)
            except BrokenExecutor as error:
                result = _settled(item, error, lost)
            yield result


# This machine's processes --------------------------------------------------------------------------------------------


def _pooled(work: Callable[[A], B], items: Sequence[A], workers: int, lost: Lost[A, B] | None) -> Iterator[B]:
    """Let a pool of processes do it, and a new one what is left where a worker was killed."""
    done = 0
    while done < len(items):
        with _pool(work, items, workers) as pool:
            for no, future in _ahead(lambda no: pool.submit(_do, no), range(done, len(items)), _AHEAD * workers):
                try:
                    result: B = future.result()
                except BrokenProcessPool:
                    result = _apart(work, items[no], lost)
                done += 1
                yield result


@contextmanager
def _pool(work: Callable[[Any], Any], items: Sequence[Any], workers: int) -> Iterator[ProcessPoolExecutor]:
    pool = _executor(work, items, workers)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _executor(work: Callable[[Any], Any], items: Sequence[Any], workers: int) -> ProcessPoolExecutor:
    context = multiprocessing.get_context(_method())
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_adopt, initargs=(work, items))


def _apart(work: Callable[[A], B], item: A, lost: Lost[A, B] | None) -> B:
    """Give an item a worker of its own."""
    try:
        with _pool(work, [item], 1) as pool:
            result: B = pool.submit(_do, 0).result()
            return result
    except BrokenProcessPool as error:
        return _settled(item, error, lost)


class _Adopted:
    """The work and the items of a worker process; set only there."""

    work: Callable[[Any], Any]
    items: Sequence[Any]


def _adopt(work: Callable[[Any], Any], items: Sequence[Any]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # who is interrupted says so once, and its workers just end
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
