"""A cluster of machines that a Dask scheduler leads: it is used as an executor, and everything about it that can fail is told in Chinese.

Its workers see the rounds' folders under the same paths, and are the same program to the byte; each task makes sure of that.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from fazhi_xl.errors import WrongUseError
from fazhi_xl.office.workspace.lock import lock_is_enough
from fazhi_xl.office.workspace.program import program_digest
from fazhi_xl.text.commands import Command

A = TypeVar("A")
B = TypeVar("B")
_PATIENCE = 10  # seconds for a scheduler to answer, and for its first worker to come
_SAME = "请把同一个程序装到每台机器上(Python 和所用的库也要一样),重新启动调度程序和工作进程,再运行一次。"
_OTHER = f"集群工作进程上的程序和这里的不一样,没有做。{_SAME}"
_WITHOUT = f"集群的调度程序或工作进程上找不到本程序。{_SAME}"
_ADDRESS = re.compile(r"tcp://\S+:\d{1,5}")
_TURN = threading.Lock()  # a worker may have several threads, and what is done here is for one at a time


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """A scheduler that answered, as an executor; `workers` is how many tasks it does at once."""

    address: str
    workers: int
    executor: Executor
    killed: type[Exception]  # as which it tells that a task lost several workers

    def submit(self, work: Callable[[A], B], item: A) -> Future[B]:
        return self.executor.submit(at_worker, work, item, program_digest())

    def result(self, future: Future[B]) -> B:
        """Give a task's result. Raises BrokenExecutor where it lost worker after worker, and WrongUseError for the cluster's faults."""
        try:
            return future.result()
        except self.killed as error:
            raise BrokenExecutor(str(error)) from error
        except CancelledError as error:
            message = f"和集群调度程序 {self.address} 的连接中断了。已经做完的都在,重新运行会接着做。"
            raise WrongUseError(message) from error
        except ModuleNotFoundError as error:
            raise WrongUseError(_WITHOUT) from error


def at_worker(work: Callable[[A], B], item: A, program: str) -> B:
    """Do a task where the program is the one that gave it. Raises WrongUseError where it is another."""
    if program != program_digest():
        raise WrongUseError(_OTHER)
    with _TURN, lock_is_enough():
        return work(item)


@contextmanager
def clustered(address: str) -> Iterator[Cluster]:
    """Join a cluster. Raises WrongUseError where it cannot be used: each way of that says what to do."""
    client = _joined(address)
    try:
        yield _cluster(client, address)
    finally:
        with suppress(Exception):  # a scheduler that has gone is left all the same
            client.close(timeout=_PATIENCE)


def _joined(address: str) -> Any:  # noqa: ANN401 - Dask is not loaded unless it is used
    try:
        from distributed import Client  # noqa: PLC0415 - an extra that most have no use for
    except ImportError as error:
        raise WrongUseError("这台电脑上没有装 Dask,不能使用集群。请运行 ", Command.INSTALL_CLUSTER, "。") from error
    message = f"连不上集群的调度程序 {address}。请检查地址(例如 tcp://192.168.1.10:8786)、网络和调度程序是否在运行。"
    if not _ADDRESS.fullmatch(address):
        raise WrongUseError(message)
    try:
        return Client(address, timeout=_PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call] # it is not typed
    except (OSError, ValueError, TypeError) as error:
        raise WrongUseError(message) from error


def _cluster(client: Any, address: str) -> Cluster:  # noqa: ANN401 - as above
    from distributed.scheduler import KilledWorker  # noqa: PLC0415 - as above

    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
    except TimeoutError as error:
        message = f"调度程序 {address} 下面没有工作进程。请先在各台机器上启动工作进程,再运行一次。"
        raise WrongUseError(message) from error
    if set(_programs(client)) != {program_digest()}:
        raise WrongUseError(_OTHER)
    return Cluster(
        address=address, workers=len(client.nthreads()), executor=client.get_executor(pure=False), killed=KilledWorker
    )


def _programs(client: Any) -> Iterable[str]:  # noqa: ANN401 - as above
    """Give which program each worker is; the scheduler, which opens the tasks as well, only has to know it."""
    try:
        client.run_on_scheduler(program_digest)
        return tuple(client.run(program_digest).values())
    except Exception as error:
        raise WrongUseError(_WITHOUT) from error
