"""A child process, which may run out of memory or time: `python -m fazhi_xl.bounded.child`.

It opens one file after the other, until its standard input ends. A task is a `ChildTask` as one line of JSON, a line with the size of the
file, and the file. The answer is a line of three numbers: the size of a line of JSON, that of what follows it, and 1 where the child
ends after it, since its memory has grown. Then come both. No such line means that the process was stopped.
"""

from __future__ import annotations

import json
import os
import re
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from math import ceil
from pathlib import Path
from typing import Any, BinaryIO, cast

from fazhi_xl.bounded.task import Answer, ChildTask


def _of_posix(name: str) -> Any:  # noqa: ANN401 - a module, of which Windows has no types either
    """Load a module that Windows does not have; None there."""
    with suppress(ImportError):
        return import_module(name)
    return None


_resource = _of_posix("resource")  # on Windows the parent's clock has to do
_alarm: Callable[[int], object] = getattr(signal, "alarm", lambda _: None)
_STATUS, _PEAK = Path("/proc/self/status"), re.compile(rb"VmHWM:\s*(\d+)")
_LATEST = 20  # times the processor time of a file; the parent waits for less
_Work = Callable[[dict[str, Any], bytes], Answer]


def main() -> int:
    source, sink = sys.stdin.buffer, _own_output()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is interrupted as well, and ends this
    worked: dict[str, _Work] = {}
    most, last = 0, False
    while not last and (line := source.readline()):
        order = ChildTask.from_line(line)
        size = int(source.readline())
        if order.module not in worked:  # what it is made of is no matter of the file
            worked[order.module] = cast("_Work", import_module(order.module).work)
            most = _peak() + order.growth
        _limit(order)
        answer, rest = worked[order.module](dict(order.data), source.read(size))
        said = json.dumps(answer).encode()
        last = _peak() > most
        sink.write(b"%d %d %d\n" % (len(said), len(rest), last) + said + rest)
        sink.flush()
        del answer, rest, said
        _wait_as_long_as_it_takes()
    return 0


def _own_output() -> BinaryIO:
    """Give the standard output, and let nobody else write there."""
    own = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return own


def _peak() -> int:
    """Give the most memory in bytes that this process has had; 0 on Windows, where only time is limited."""
    if _resource is None:
        return 0
    with suppress(OSError):  # what Linux says of its resources counts the parent's memory as well
        return int(_PEAK.findall(_STATUS.read_bytes())[0]) * 1024
    return int(_resource.getrusage(_resource.RUSAGE_SELF).ru_maxrss)


def _limit(order: ChildTask) -> None:
    """Limit what the next file may take. The limits are those at which a process is stopped: processor time counts from the beginning."""
    if _resource is None:
        return
    for kind, most in (
        (_resource.RLIMIT_AS, order.memory),
        (_resource.RLIMIT_CPU, ceil(time.process_time() + order.cpu)),
        (_resource.RLIMIT_CORE, 0),
    ):
        _, hard = _resource.getrlimit(kind)
        with suppress(ValueError, OSError):  # a stricter limit is in force already
            _resource.setrlimit(kind, (most if hard == _resource.RLIM_INFINITY else min(most, hard), hard))
    _alarm(_LATEST * order.cpu)  # where the parent was killed, nobody else ends this


def _wait_as_long_as_it_takes() -> None:
    _alarm(0)


if __name__ == "__main__":
    sys.exit(main())
