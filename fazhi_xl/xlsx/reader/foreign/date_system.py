"""Whether a workbook counts its days from 1904 (an old Mac's setting): calamine says so of no format."""

from __future__ import annotations

import re
import struct
from contextlib import suppress
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from olefile import OleFileIO

from fazhi_xl.xlsx.reader.foreign.compound import MAGIC

_DATE_MODE, _END = 0x22, 0x0A  # records of the stream Workbook ([MS-XLS] 2.4.77, 2.4.103)
_STREAMS = ("Workbook", "Book")
_HEAD = 4_000_000  # bytes of the workbook's own records, which come before those of the sheets
_ODD = re.escape(bytes(range(1, 256, 2)))
_STATED = {  # the part that says so, and how
    "content.xml": re.compile(rb"""<table:null-date\b[^<>]*date-value\s*=\s*["']1904-01-0[12]"""),
    "xl/workbook.xml": re.compile(rb"""<(?:\w+:)?workbookPr\b[^<>]*date1904\s*=\s*["'](?:1|true|on)["']"""),
    "xl/workbook.bin": re.compile(
        rb"\A.{0,1000}?\x99\x01[\x08-\x7f][" + _ODD + rb"]", re.DOTALL
    ),  # BrtWbProp ([MS-XLSB] 2.4.822)
}


def counts_from_1904(data: bytes) -> bool:
    """Say whether the days of a workbook, of any format that is read apart, count from 1904; False where it cannot be read."""
    with suppress(OSError, BadZipFile, ValueError, struct.error):
        return _older(data) if data.startswith(MAGIC) else _package(data)
    return False


def _older(data: bytes) -> bool:
    with OleFileIO(BytesIO(data)) as file:
        name = next((each for each in _STREAMS if file.exists(each)), None)
        return name is not None and _date_mode(file.openstream(name).read(_HEAD))


def _date_mode(records: bytes) -> bool:
    at = 0
    while at + 4 <= len(records):
        kind, size = struct.unpack_from("<HH", records, at)
        if kind == _DATE_MODE:
            return records[at + 4 : at + 6] == b"\x01\x00"
        if kind == _END:
            return False
        at += 4 + size
    return False


def _package(data: bytes) -> bool:
    with ZipFile(BytesIO(data)) as archive:
        parts = {name.lower(): name for name in archive.namelist()}
        return any(
            pattern.search(archive.read(parts[name])[:_HEAD]) for name, pattern in _STATED.items() if name in parts
        )
