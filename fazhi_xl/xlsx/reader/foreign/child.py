"""A child process, which may run out of memory or time: `python -m fazhi_xl.xlsx.reader.foreign.child`.

It reads one file after the other, until its standard input ends. A task is a `ChildTask` as one line of JSON, a line with the size of the
file, and the file. The answer is a line of three numbers: the size of a line of JSON, that of an opened file, and 1 where the child
ends after it, since its memory has grown. Then come both. The line is `{"sheets", "cells", "outside", "date1904", "formats"}` for `read`,
`{}` for `decrypt`, and `{"refused": code, "detail"}` for a file that cannot be read. No such line means that the process was stopped.
"""

from __future__ import annotations

import json
import os
import re
import signal
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from math import ceil
from pathlib import Path
from typing import Any, BinaryIO

from python_calamine import PasswordError

from fazhi_xl.findings import Code
from fazhi_xl.limits import MB
from fazhi_xl.xlsx.reader.foreign.calamine_values import TooManyCellsError, read_foreign
from fazhi_xl.xlsx.reader.foreign.child_task import ChildTask
from fazhi_xl.xlsx.reader.foreign.compound import MAGIC
from fazhi_xl.xlsx.reader.foreign.decrypt import NoPasswordFitsError, decrypted, is_encrypted
from fazhi_xl.xlsx.reader.foreign.short_records import CutRecordError

try:
    import resource
except ImportError:  # on Windows the parent's clock has to do
    resource = None  # type: ignore[assignment]

_STATUS, _PEAK = Path("/proc/self/status"), re.compile(rb"VmHWM:\s*(\d+)")
_GROWTH = 32 * MB  # over what the process has from the beginning
_LATEST = 20  # times the processor time of a file; the parent waits for less
_Answer = tuple[Mapping[str, Any], bytes]


def main() -> int:
    source, sink = sys.stdin.buffer, _own_output()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is interrupted as well, and ends this
    most = _peak() + _GROWTH
    last = False
    while not last and (line := source.readline()):
        order = ChildTask.from_line(line)
        size = int(source.readline())
        _limit(order)
        answer, rest = _answered(order, source.read(size))
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
    if resource is None:
        return 0
    with suppress(OSError):  # what Linux says of its resources counts the parent's memory as well
        return int(_PEAK.findall(_STATUS.read_bytes())[0]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _limit(order: ChildTask) -> None:
    """Limit what the next file may take. The limits are those at which a process is stopped: processor time counts from the beginning."""
    if resource is None:
        return
    for kind, most in (
        (resource.RLIMIT_AS, order.memory),
        (resource.RLIMIT_CPU, ceil(time.process_time() + order.cpu)),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        with suppress(ValueError, OSError):  # a stricter limit is in force already
            resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
    signal.alarm(_LATEST * order.cpu)  # where the parent was killed, nobody else ends this


def _wait_as_long_as_it_takes() -> None:
    if resource is not None:
        signal.alarm(0)


def _answered(order: ChildTask, data: bytes) -> _Answer:
    try:
        if order.task == "decrypt":
            return {}, decrypted(data, order.passwords)
        if data.startswith(MAGIC) and is_encrypted(data):  # one of the older formats
            data = decrypted(data, order.passwords)
        return asdict(read_foreign(data, order.bounds)), b""
    except MemoryError:
        raise
    except (NoPasswordFitsError, PasswordError):
        return {"refused": Code.FILE_ENCRYPTED}, b""
    except TooManyCellsError:
        return {"refused": Code.FILE_UNSAFE, "detail": "单元格过多"}, b""
    except CutRecordError:
        return {"refused": Code.FILE_DAMAGED, "detail": "这是 .xlsb,里面的单元格写得不完整,像是别的程序生成的"}, b""
    except BaseException as error:  # noqa: BLE001 - readers raise what they like about a damaged file; calamine's panics are no Exception
        return {"refused": Code.FILE_DAMAGED, "detail": f"内容读不出来,{type(error).__name__}"}, b""


if __name__ == "__main__":
    sys.exit(main())
