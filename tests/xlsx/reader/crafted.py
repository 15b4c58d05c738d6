"""Workbooks made by hand, part by part, so that each test shows what is odd about its own."""

from __future__ import annotations

import struct
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"

TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
ROOT_RELS = (
    f'<Relationships xmlns="{PACKAGE}">'
    f'<Relationship Id="r1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
BOOK = (
    f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'
    '<sheet name="表" sheetId="1" r:id="r1"/></sheets></workbook>'
)
BOOK_RELS = (
    f'<Relationships xmlns="{PACKAGE}">'
    f'<Relationship Id="r1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="r2" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
)
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"


def zipped(*parts: tuple[str | ZipInfo, str | bytes]) -> bytes:
    """Put parts into a zip file, in their order; a name may come twice."""
    data = BytesIO()
    with ZipFile(data, "w", ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return data.getvalue()


def workbook(changed: dict[str, str | bytes | None] | None = None) -> bytes:
    """Make a workbook of one sheet 表 with the number 1 in A1; `changed` replaces, adds and, with None, drops parts."""
    parts: dict[str, str | bytes | None] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": ROOT_RELS,
        "xl/workbook.xml": BOOK,
        "xl/_rels/workbook.xml.rels": BOOK_RELS,
        SHEET: worksheet('<row r="1"><c r="A1"><v>1</v></c></row>'),
    }
    parts.update(changed or {})
    return zipped(*((name, content) for name, content in parts.items() if content is not None))


def worksheet(rows: str, after: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'


def with_rows(rows: str, after: str = "", strings: str | None = None) -> bytes:
    """Make a workbook whose sheet has these rows, and what else follows them."""
    sst = None if strings is None else f'<sst xmlns="{MAIN}">{strings}</sst>'
    return workbook({SHEET: worksheet(rows, after), STRINGS: sst})


def with_cell(cell: str, strings: str | None = None) -> bytes:
    """Make a workbook whose sheet has one row with this XML of a cell."""
    return with_rows(f'<row r="1">{cell}</row>', strings=strings)


def compound(*names: str) -> bytes:
    """Make an OLE compound file with empty streams of these names: header, allocation table, directory."""
    header = bytearray(512)
    header[:8] = bytes.fromhex("d0cf11e0a1b11ae1")
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<III", header, 44, 1, 1, 0)  # one sector of the table, the directory in sector 1
    struct.pack_into("<IIIII", header, 56, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    directory = [_entry("Root Entry", 5, child=1 if names else 0xFFFFFFFF)]
    directory += [
        _entry(name, 2, right=place + 1 if place < len(names) else 0xFFFFFFFF)
        for place, name in enumerate(names, start=1)
    ]
    sectors = -(-len(directory) // 4)
    chain = [0xFFFFFFFD, *range(2, sectors + 1), 0xFFFFFFFE]
    table = struct.pack("<128I", *chain, *[0xFFFFFFFF] * (128 - len(chain)))
    return bytes(header) + table + b"".join(directory).ljust(sectors * 512, b"\x00")


def _entry(name: str, kind: int, *, right: int = 0xFFFFFFFF, child: int = 0xFFFFFFFF) -> bytes:
    encoded = name.encode("utf-16-le") + b"\x00\x00"
    return struct.pack("<64sHBBIII", encoded, len(encoded), kind, 1, 0xFFFFFFFF, right, child).ljust(128, b"\x00")
