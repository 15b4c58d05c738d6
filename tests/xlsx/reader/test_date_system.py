"""Days counted from 1904 are told in every format that is read apart."""

from __future__ import annotations

import struct

import pytest

from fazhi_xl.cells import CellKind, RawCell
from fazhi_xl.xlsx.reader import read
from fazhi_xl.xlsx.reader.foreign.date_system import counts_from_1904
from tests.support.binary import compound, xlsb
from tests.support.opendocument import ods
from tests.support.spoiling import parts, with_parts
from tests.xlsx.reader.crafted import BOOK, workbook

CELL = RawCell("表", 1, 1, CellKind.NUMBER, "42679", formula=False)
BEGINNING = struct.pack("<HH", 0x809, 4) + bytes(4)
END = struct.pack("<HH", 0x0A, 0)


def older(mode: bytes) -> bytes:
    return compound({"Workbook": BEGINNING + mode + END + mode_record(1)})


def mode_record(from_1904: int) -> bytes:
    return struct.pack("<HHH", 0x22, 2, from_1904)


def binary(flags: int) -> bytes:
    made = xlsb(["表"], [CELL])
    book = parts(made)["xl/workbook.bin"]
    return with_parts(
        made, {"xl/workbook.bin": book[:3] + b"\x99\x01\x0c" + struct.pack("<III", flags, 0, 0) + book[3:]}
    )


@pytest.mark.parametrize(
    ("data", "from_1904"),
    [
        (older(mode_record(1)), True),
        (older(mode_record(0)), False),
        (older(b""), False),  # what comes after the end of the workbook's own records says nothing
        (compound({"Book": BEGINNING + mode_record(1) + END}), True),
        (compound({"WordDocument": b""}), False),
        (ods(["表"], [CELL], first_day="1904-01-01"), True),
        (ods(["表"], [CELL], first_day="1904-01-01", between="\n  "), True),
        (ods(["表"], [CELL]), False),
        (binary(0x00010121), True),
        (binary(0x00010120), False),
        (workbook({"xl/workbook.xml": BOOK.replace("<sheets>", '<workbookPr date1904="1"/><sheets>')}), True),
        (workbook(), False),
        (b"PK\x03\x04", False),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), False),
        (b"", False),
    ],
)
def test_the_first_day(data: bytes, from_1904: bool) -> None:  # noqa: FBT001 - a column of the table
    """A workbook says itself from which year its days count; one that cannot be read says nothing."""
    assert counts_from_1904(data) is from_1904


@pytest.mark.parametrize("data", [ods(["表"], [CELL], first_day="1904-01-01"), binary(0x00010121)])
def test_the_reader_says_so(data: bytes) -> None:
    """What is read of such a workbook says so, and leaves the number as it is."""
    book = read(data)
    assert (book.date1904, book.cells) == (True, (CELL,))


@pytest.mark.parametrize("between", ["", " ", "\n", "\r\n\t  "])
def test_white_space_between_elements(between: str) -> None:
    """A spreadsheet written with line breaks between its elements has the same cells as one without."""
    cells = (
        CELL,
        RawCell("表", 2, 3, CellKind.TEXT, "甲\n 乙", formula=False),
        RawCell("表", 5, 1, CellKind.TEXT, "丙", formula=False),
    )
    assert read(ods(["表"], cells, between=between)).cells == read(ods(["表"], cells)).cells == cells
