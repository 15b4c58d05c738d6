"""The number formats of an .xls or .et workbook's numbers ([MS-XLS]), of which calamine says only what is a day, and its errors."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from io import BytesIO

from olefile import OleFileIO

from fazhi_xl.text.number_format import BUILT_IN
from fazhi_xl.xlsx.reader.foreign.signs import sign_of
from fazhi_xl.xlsx.reader.model import Bounds

CellFormat = tuple[str, int, int, str]
"""Sheet, row and column from 1, and the format."""
_BOF, _END, _SHEET, _FORMAT, _XF = 0x0809, 0x0A, 0x85, 0x041E, 0xE0
_NUMBERS = {0x0203, 0x027E, 0x06}  # NUMBER, RK and FORMULA: row, column and format first
_FORMULA, _TRUTH_OR_ERROR = 0x06, 0x0205
_MANY = 0xBD  # MULRK: a row's numbers side by side, each of six bytes
_BIFF8 = b"\x00\x06"
_STREAM = "Workbook"  # older ones are called Book
_Record = tuple[int, bytes]


def binary_formats(data: bytes, bounds: Bounds) -> Iterator[CellFormat]:
    """Give the formats of the numbers within the bounds, other than the general one. Raises OSError and struct.error."""
    stream = _stream(data)
    heads = list(_records(stream, 0)) if stream else []
    codes = _codes(heads)
    for place, name in _sheets(heads, bounds):
        for row, column, look in _cells(stream, place, bounds.rows):
            if column < bounds.columns and look in codes:
                yield name, row + 1, column + 1, codes[look]


def binary_errors(data: bytes, bounds: Bounds) -> Iterator[CellFormat]:
    """Give the signs of the errors within the bounds (`#N/A`). Raises as `binary_formats` does."""
    stream = _stream(data)
    for place, name in _sheets(_records(stream, 0), bounds) if stream else ():
        for kind, content in _records(stream, place):
            if sign := _sign(kind, content):
                row, column = struct.unpack_from("<HH", content)
                if row < bounds.rows and column < bounds.columns:
                    yield name, row + 1, column + 1, sign


def _stream(data: bytes) -> bytes:
    """Give the records of a workbook; none of an older edition."""
    with OleFileIO(BytesIO(data)) as file:
        stream = file.openstream(_STREAM).read() if file.exists(_STREAM) else b""
    return stream if stream[4:6] == _BIFF8 else b""


def _sheets(heads: Iterable[_Record], bounds: Bounds) -> list[tuple[int, str]]:
    return [_sheet(content) for kind, content in heads if kind == _SHEET][: bounds.sheets]


def _sign(kind: int, content: bytes) -> str:
    """Give the sign of an error that a record has as a value (2.4.24) or as a formula's result (2.5.133); blank for any other."""
    if kind == _TRUTH_OR_ERROR and content[7:8] == b"\x01":
        return sign_of(content[6])
    if kind == _FORMULA and content[6:7] == b"\x02" and content[12:14] == b"\xff\xff":
        return sign_of(content[8])
    return ""


def _records(stream: bytes, at: int) -> Iterator[_Record]:
    """Give kind and content of the records up to the end of their part."""
    kind = 0
    while kind != _END and at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _sheet(content: bytes) -> tuple[int, str]:
    return struct.unpack_from("<I", content)[0], _text(content[7:], content[6])


def _text(content: bytes, length: int) -> str:
    """Read a text after its length: whether it has two bytes a character, and the characters."""
    wide = content[0] & 1
    return content[1 : 1 + length * (1 + wide)].decode("utf-16-le" if wide else "latin-1")


def _codes(heads: list[_Record]) -> dict[int, str]:
    """Give the formats by the number that cells state."""
    own = {
        struct.unpack_from("<H", content)[0]: _text(content[4:], struct.unpack_from("<H", content, 2)[0])
        for kind, content in heads
        if kind == _FORMAT
    }
    known = {**{int(number): code for number, code in BUILT_IN.items()}, **own}
    looks = (struct.unpack_from("<H", content, 2)[0] for kind, content in heads if kind == _XF)
    return {look: known[number] for look, number in enumerate(looks) if number in known}


def _cells(stream: bytes, start: int, rows: int) -> Iterator[tuple[int, int, int]]:
    """Give row and column from 0 and the format's number of each number of a sheet, up to the first row beyond."""
    for kind, content in _records(stream, start):
        if kind in _NUMBERS or kind == _MANY:
            row, column, look = struct.unpack_from("<HHH", content)
            if row >= rows:
                return
            yield row, column, look
        if kind == _MANY:
            later = range(1, (len(content) - 6) // 6)
            yield from ((row, column + no, struct.unpack_from("<H", content, 4 + 6 * no)[0]) for no in later)
