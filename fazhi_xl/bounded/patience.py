"""A task is given the time that this machine needs for it, and what runs out of time may have one longer try."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any

from fazhi_xl.bounded.children import BrokenDownError, OutOfTimeError, asked
from fazhi_xl.bounded.pace import slowness
from fazhi_xl.bounded.task import Answer, ChildTask
from fazhi_xl.limits import MB

_LONGER = 3  # times as long is the second try


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildLimits:
    """Memory in bytes, processor time and waiting time in seconds on a usual core; Windows knows only the last.

    Waiting time is longer than processor time, since other processes run beside. A slower machine gets as much more as it is slower.
    """

    memory: int = 300 * MB
    cpu: int = 2
    wall: int = 10
    growth: int = 32 * MB  # of a child that takes another file, over what it had at its beginning


class StoppedError(Exception):
    """The child was stopped over a file; says why, in words for people."""


def patiently(module: str, data: Mapping[str, Any], content: bytes, limits: ChildLimits, *, tries: int = 2) -> Answer:
    """Let a child do a task of a module. Raises StoppedError."""
    slow, stopped = slowness(), ""
    for times in (1, _LONGER)[:tries]:
        cpu = ceil(limits.cpu * slow * times)
        order = ChildTask(module=module, memory=limits.memory, cpu=cpu, growth=limits.growth, data=data)
        try:
            return asked(order, content, ceil(limits.wall * slow * times))
        except OutOfTimeError as error:
            stopped = str(error)
        except BrokenDownError as error:
            stopped = f"读取进程中止,代码{error.status}"
            break
    raise StoppedError(stopped)
