"""Whether a file is open in a spreadsheet program, and who has it open: by the lock file beside it, or by Windows' refusal of writing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_MARKS = ("~${}", ".~{}", ".~lock.{}#")  # Excel's, WPS's and LibreOffice's
_MOST, _LONGEST = 1000, 60  # bytes that are read of one, and characters that are shown of a name
_ANSI, _UNICODE = 1, 57  # where Excel's has the name, behind its length: in the system's code page, and in UTF-16
_ROOM = 54  # characters that there is room for
_ESCAPED = re.compile(r"\\(.)")


def owner_marks(path: Path) -> Iterator[Path]:
    """Give the lock files of Excel, WPS and LibreOffice that lie beside the file."""
    yield from (mark for each in _MARKS if (mark := path.with_name(each.format(path.name))).exists())


def opened_by(path: Path) -> str:
    """Say who has a file open, in brackets; blank where nobody can tell."""
    for mark in owner_marks(path):
        with suppress(OSError), mark.open("rb") as file:
            data = file.read(_MOST)
            if said := _in_libreoffice(data) if mark.name.endswith("#") else _in_excel(data):
                return f"(打开的人:{said})"
    return ""


def _in_excel(data: bytes) -> str:
    """Read the user's name, which stands there twice: with its length in characters, and in the older code page."""
    length = int.from_bytes(data[_UNICODE - 2 : _UNICODE], "little")
    name = data[_UNICODE : _UNICODE + 2 * length] if length <= _ROOM else b""
    old = data[_ANSI : _ANSI + data[0]] if data and data[0] <= _ROOM else b""
    return _legible(name.decode("utf-16-le", errors="replace")) or _legible(old.decode("gb18030", errors="replace"))


def _in_libreoffice(data: bytes) -> str:
    """Read the name that the user gave there, or else that of the account, and the computer."""
    fields = re.split(r"(?<!\\),", data.decode("utf-8", errors="replace"))
    named, account, computer = (_legible(_ESCAPED.sub(r"\1", each)) for each in (*fields, "", "", "")[:3])
    who = named or account
    return f"{who},电脑 {computer}" if who and computer else who


def _legible(name: str) -> str:
    return "".join(each for each in name if each.isprintable() and each != "\ufffd").strip()[:_LONGEST]


def is_open(path: Path) -> bool:
    """Say whether a file seems to be open; one that does not exist is not."""
    if next(owner_marks(path), None):
        return True
    try:
        with path.open("r+b"):
            return False
    except FileNotFoundError:
        return False
    except OSError:
        return True
