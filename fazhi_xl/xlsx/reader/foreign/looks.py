"""How numbers look in formats that calamine reads as what is stored: .xls, .et and .ods."""

from __future__ import annotations

import struct
from contextlib import suppress
from zipfile import BadZipFile

from lxml import etree

from fazhi_xl.text.number_format import says_more
from fazhi_xl.xlsx.reader.foreign.binary_formats import CellFormat, binary_formats
from fazhi_xl.xlsx.reader.foreign.compound import MAGIC
from fazhi_xl.xlsx.reader.foreign.shown_texts import shown_texts
from fazhi_xl.xlsx.reader.model import Bounds


def telling_formats(data: bytes, bounds: Bounds) -> tuple[CellFormat, ...]:
    """Give the formats that say more than a number's digits; none where they cannot be read."""
    found = binary_formats if data.startswith(MAGIC) else shown_texts
    # what makes no sense here was read by calamine, or refused: the formats are only beside it
    with suppress(OSError, BadZipFile, etree.LxmlError, struct.error, LookupError, ValueError):
        return tuple(each for each in found(data, bounds) if says_more(each[3]))
    return ()
