"""The child process, which may run out of memory or time: `python -m fazhi_xl.xlsx.reader.foreign.child`.

Standard input is a `ChildTask` as one line of JSON, and then the file. Standard output is one line of JSON, and then,
for a decryption, the opened file. The line is `{"sheets", "cells", "outside", "date1904", "formats"}` for `read`, `{}` for `decrypt`, and
`{"refused": code, "detail"}` for a file that cannot be read. No such line means that the process was stopped.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from python_calamine import PasswordError

from fazhi_xl.findings import Code
from fazhi_xl.xlsx.reader.foreign.calamine_values import TooManyCellsError, read_foreign
from fazhi_xl.xlsx.reader.foreign.child_task import ChildTask
from fazhi_xl.xlsx.reader.foreign.compound import MAGIC
from fazhi_xl.xlsx.reader.foreign.decrypt import NoPasswordFitsError, decrypted, is_encrypted
from fazhi_xl.xlsx.reader.foreign.short_records import CutRecordError

_Answer = tuple[Mapping[str, Any], bytes]


def main() -> int:
    order = ChildTask.from_line(sys.stdin.buffer.readline())
    _limit(order)
    answer, rest = _answered(order, sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + rest)
    return 0


def _limit(order: ChildTask) -> None:
    try:
        import resource  # noqa: PLC0415 - absent on Windows, where the parent's clock has to do
    except ImportError:
        return
    for kind, most in (
        (resource.RLIMIT_AS, order.memory),
        (resource.RLIMIT_CPU, order.cpu),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(ValueError, OSError):  # a stricter limit is in force already
            resource.setrlimit(kind, (most, most))


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
