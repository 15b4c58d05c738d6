"""How numbers look in formats that calamine reads as what is stored, and the errors that it leaves out: .xls, .et and .ods."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable
from contextlib import suppress
from zipfile import BadZipFile

from lxml import etree

from fazhi_xl.text.number_format import says_more
from fazhi_xl.xlsx.reader.foreign.binary_formats import CellFormat, binary_errors, binary_formats
from fazhi_xl.xlsx.reader.foreign.compound import MAGIC
from fazhi_xl.xlsx.reader.foreign.shown_texts import shown_errors, shown_texts
from fazhi_xl.xlsx.reader.model import Bounds

_Found = Callable[[bytes, Bounds], Iterable[CellFormat]]


def telling_formats(data: bytes, bounds: Bounds) -> tuple[CellFormat, ...]:
    """Give the formats that say more than a number's digits; none where they cannot be read."""
    found = binary_formats if data.startswith(MAGIC) else shown_texts
    return tuple(each for each in _read(found, data, bounds) if says_more(each[3]))


def error_signs(data: bytes, bounds: Bounds) -> tuple[CellFormat, ...]:
    """Give the places and signs of the cells that hold an error; none where they cannot be read."""
    return _read(binary_errors if data.startswith(MAGIC) else shown_errors, data, bounds)


def _read(found: _Found, data: bytes, bounds: Bounds) -> tuple[CellFormat, ...]:
    # what makes no sense here was read by calamine, or refused: the looks are only beside it
    with suppress(OSError, BadZipFile, etree.LxmlError, struct.error, LookupError, ValueError):
        return tuple(found(data, bounds))
    return ()
