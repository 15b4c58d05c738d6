"""A document of an older office program, or one that was encrypted: a compound file ([MS-CFB]). It has no pages that could be counted."""

from __future__ import annotations

import struct
from typing import BinaryIO

from olefile import OleFileIO

from fazhi_xl.evidence.opened import TEXT_LIMIT, CannotOpenError, Opened
from fazhi_xl.limits import MB
from fazhi_xl.rounds.inspected import Fault

_STREAM = 16 * MB  # of a stream that is looked through
_FILE_PASS, _BEGIN = 0x2F, 0x0809  # records of [MS-XLS]
_FLAGS, _ENCRYPTED = 0x0A, 0x0100  # of the header of [MS-DOC]
_KINDS = {"WordDocument": "Word", "Workbook": "Excel", "Book": "Excel", "PowerPoint Document": "PowerPoint"}


def opened_compound(file: BinaryIO) -> Opened:
    """Open a compound file. Raises CannotOpenError, and what olefile raises."""
    with OleFileIO(file) as compound:
        if compound.exists("EncryptedPackage"):
            raise CannotOpenError("Office", Fault.ENCRYPTED)
        main = next((name for name in _KINDS if compound.exists(name)), None)
        if main is None:
            return Opened(kind="")
        with compound.openstream(main) as stream:
            data = stream.read(_STREAM)
        if _is_locked(main, data):
            raise CannotOpenError(_KINDS[main], Fault.ENCRYPTED)
        return Opened(kind=_KINDS[main], empty=not data, text=_texts(data))


def _is_locked(main: str, data: bytes) -> bool:
    if main == "WordDocument":
        return bool(struct.unpack_from("<H", data, _FLAGS)[0] & _ENCRYPTED)
    return _KINDS[main] == "Excel" and _has_password(data)


def _has_password(data: bytes) -> bool:
    """Say whether the second record of a workbook is that of a password; some programs put one before it."""
    at = 0
    for _ in range(4):
        if at + 4 > len(data):
            return False
        kind, size = struct.unpack_from("<HH", data, at)
        if kind == _FILE_PASS:
            return True
        at += 4 + size
    return False


def _texts(data: bytes) -> str:
    """Give the text as each of the ways in which it may be stored: a byte a character, or two, from an even or an odd place."""
    some = data[: TEXT_LIMIT * 2]
    return "\n".join(
        (some.decode("latin-1"), some.decode("utf-16-le", "replace"), some[1:].decode("utf-16-le", "replace"))
    )
