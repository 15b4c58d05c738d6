"""The foot that a workbook of this program's prints on its pages, which says when it was made; the rest of it is not read."""

from __future__ import annotations

import re
import zipfile
import zlib
from html import unescape
from pathlib import Path

_SHEET, _MOST = "xl/worksheets/sheet1.xml", 8_000_000  # bytes that are looked through
_FOOT = re.compile(rb"<oddFooter>([^<]{0,2000})</oddFooter>")
_FAULTS = (
    OSError,
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    KeyError,
    RuntimeError,
    NotImplementedError,
    EOFError,
    zlib.error,
)


def printed_foot(path: Path) -> str | None:
    """Give the foot of a workbook's first sheet; None where there is no such workbook, or it says none."""
    try:
        with zipfile.ZipFile(path) as packed, packed.open(_SHEET) as sheet:
            found = _FOOT.search(sheet.read(_MOST))
    except _FAULTS:
        return None
    return unescape(found[1].decode("utf-8", "replace")) if found else None
