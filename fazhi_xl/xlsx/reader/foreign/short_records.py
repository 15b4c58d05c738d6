"""Writes the short cell records of an .xlsb out in full, and errors as texts: calamine passes over them, and they would be lost in silence.

Libraries write them (SheetJS does): a cell that stands beside the one before it has no column number of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from struct import pack, unpack_from
from zipfile import ZIP_STORED, BadZipFile, ZipFile

from fazhi_xl.xlsx.reader.foreign.signs import sign_of

_SHEET = re.compile(r"xl/worksheets/[^/]+\.bin", re.IGNORECASE)
_ROW = 0  # BrtRowHdr
_LONG = range(1, 12)  # the records of cells and formulas that begin with a column ([MS-XLSB] 2.3.1)
# BrtShortBlank, Rk, Error, Bool, Real, St, Isst, and each in full.
_IN_FULL = {12: 1, 13: 2, 14: 3, 15: 4, 16: 5, 17: 6, 18: 7}
_ERROR, _FORMULA_ERROR, _TEXT = 3, 11, 6  # BrtCellError, BrtFmlaError, BrtCellSt
# Bytes that each has at least: of shorter ones calamine reads what stood in the record before.
_LEAST = {_ROW: 4, 1: 8, 2: 12, 3: 9, 4: 9, 5: 16, 6: 12, 7: 12, 8: 12, 9: 16, 10: 9, 11: 9}


class CutRecordError(Exception):
    """A record has less than its kind needs."""


def with_full_records(data: bytes) -> bytes:
    """Give the workbook with records in full; any other file as it is. Raises CutRecordError."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            if not any(map(_SHEET.fullmatch, archive.namelist())):
                return data
            parts = {info.filename: archive.read(info) for info in archive.infolist() if not info.is_dir()}
    except (BadZipFile, OSError, ValueError):
        return data
    full = {name: _full(part) if _SHEET.fullmatch(name) else part for name, part in parts.items()}
    return data if full == parts else _packed(full)


def _full(part: bytes) -> bytes:
    """Rewrite one sheet's records; as they are where none is short, and none an error."""
    written: list[bytes] = []
    column, kept = -1, 0
    for kind, start, body, end in _records(part):
        if end - body < _LEAST.get(kind, _LEAST.get(_IN_FULL.get(kind, -1), 4) - 4):
            raise CutRecordError
        if kind == _ROW:
            column = -1
        if kind in _LONG:
            column = unpack_from("<I", part, body)[0]
        elif kind in _IN_FULL:
            column += 1
        if kind in _IN_FULL or kind in {_ERROR, _FORMULA_ERROR}:
            content = pack("<I", column) * (kind in _IN_FULL) + part[body:end]
            number, content = _readable(_IN_FULL.get(kind, kind), content)
            written += part[kept:start], bytes([number]), bytes(_small(len(content))), content
            kept = end
    return b"".join([*written, part[kept:]])


def _readable(number: int, content: bytes) -> tuple[int, bytes]:
    """Give a record, of an error as one of its sign."""
    if number not in {_ERROR, _FORMULA_ERROR}:
        return number, content
    sign = sign_of(content[8])
    return _TEXT, content[:8] + pack("<I", len(sign)) + sign.encode("utf-16-le")


def _records(part: bytes) -> Iterator[tuple[int, int, int, int]]:
    """Give each record's number, where it begins, and where its content begins and ends ([MS-XLSB] 2.1.4)."""
    at = 0
    while at < len(part):
        kind, size_at = _read(part, at, 2)
        size, body = _read(part, size_at, 4)
        if body + size > len(part):
            raise CutRecordError
        yield kind, at, body, body + size
        at = body + size


def _read(part: bytes, at: int, most: int) -> tuple[int, int]:
    """Read a number in groups of seven bits, the lowest first, and where it ends."""
    number = 0
    for no, byte in enumerate(part[at : at + most]):
        number |= (byte & 127) << (7 * no)
        if byte < 128:
            return number, at + no + 1
    raise CutRecordError


def _small(number: int) -> Iterator[int]:
    while number > 127:
        yield number & 127 | 128
        number >>= 7
    yield number


def _packed(parts: dict[str, bytes]) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return made.getvalue()
