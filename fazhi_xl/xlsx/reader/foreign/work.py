"""What the child process does: a file of another format is read, or one that has a password opened.

The answer is `{"sheets", "cells", "outside", "date1904", "formats"}` for `read`, `{}` and the opened file for `decrypt`, and
`{"refused": code, "detail"}` for a file that cannot be read.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from python_calamine import PasswordError

from fazhi_xl.bounded.task import Answer
from fazhi_xl.findings import Code
from fazhi_xl.xlsx.reader.foreign.calamine_values import TooManyCellsError, read_foreign
from fazhi_xl.xlsx.reader.foreign.compound import MAGIC
from fazhi_xl.xlsx.reader.foreign.decrypt import NoPasswordFitsError, decrypted, is_encrypted
from fazhi_xl.xlsx.reader.foreign.short_records import CutRecordError
from fazhi_xl.xlsx.reader.model import Bounds


def work(data: dict[str, Any], content: bytes) -> Answer:
    """Do the task that `parent` gives: its name, bounds and passwords. Raises MemoryError."""
    try:
        return _worked(data["task"], Bounds(**data["bounds"]), tuple(data["passwords"]), content)
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


def _worked(task: str, bounds: Bounds, passwords: tuple[str, ...], content: bytes) -> Answer:
    if task == "decrypt":
        return {}, decrypted(content, passwords)
    if content.startswith(MAGIC) and is_encrypted(content):  # one of the older formats
        content = decrypted(content, passwords)
    return asdict(read_foreign(content, bounds)), b""
