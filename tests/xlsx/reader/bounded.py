"""Run as a process of its own: read each workbook in a fork with no more memory and time than a file may take.

Standard input has, on a line before each workbook, the seconds of processor time, those of the process apart, and the size. The answer
is a line: `read`, the number of cells and how many lie outside, or the code of the refusal, or how the fork ended that was killed.
"""

from __future__ import annotations

import os
import resource
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))

from fazhi_xl.xlsx.reader import RejectedError, read
from tests.xlsx.reader.patience import give_child

MEMORY = 300 * 1024 * 1024


def main() -> None:
    while line := sys.stdin.buffer.readline():
        seconds, apart, size = map(int, line.split())
        data = sys.stdin.buffer.read(size)
        child = os.fork()
        if not child:
            give_child(apart)
            _read(data, seconds)
            os._exit(0)
        del data
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if status:
            print(f"stopped with {status}", flush=True)  # noqa: T201 - the answer to the test


def _read(data: bytes, seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    try:
        book = read(data)
    except RejectedError as refusal:
        print(refusal.finding.code, flush=True)  # noqa: T201 - the answer to the test
    else:
        print("read", len(book.cells), book.outside, flush=True)  # noqa: T201 - the answer to the test


if __name__ == "__main__":
    main()
