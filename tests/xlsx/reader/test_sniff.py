from __future__ import annotations

import struct

import pytest

from fazhi_xl.xlsx.reader import Kind, sniff
from tests.xlsx.reader.crafted import TYPES, compound, workbook, zipped

ODS = "application/vnd.oasis.opendocument.spreadsheet"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", Kind.EMPTY),
        (workbook(), Kind.XLSX),
        (workbook({"xl/vbaProject.bin": b""}), Kind.XLSM),
        (zipped(("[CONTENT_TYPES].XML", TYPES), ("XL/Workbook.xml", "")), Kind.XLSX),
        (zipped(("[Content_Types].xml", TYPES), ("xl\\workbook.xml", "")), Kind.XLSX),
        (zipped(("[Content_Types].xml", TYPES), ("/xl/workbook2.xml", "")), Kind.XLSX),
        (zipped(("[Content_Types].xml", TYPES), ("xl/workbook.bin", "")), Kind.XLSB),
        (zipped(("[Content_Types].xml", TYPES), ("word/document.xml", "")), Kind.WORD),
        (zipped(("[Content_Types].xml", TYPES), ("ppt/presentation.xml", "")), Kind.SLIDES),
        (zipped(("mimetype", ODS)), Kind.ODS),
        (zipped(("mimetype", f"{ODS}-template")), Kind.ODS),
        (zipped(("mimetype", "application/vnd.oasis.opendocument.text")), Kind.DOCUMENT),
        (zipped(("OFD.xml", "")), Kind.OFD),
        (zipped(("任务分解表.xlsx", workbook())), Kind.ZIP),
        (zipped(("xl/workbook.xml", "")), Kind.ZIP),
        (zipped(), Kind.ZIP),
        (workbook()[:-30], Kind.BROKEN_ZIP),
        (b"PK\x03\x04", Kind.BROKEN_ZIP),
        (compound("Workbook"), Kind.XLS),
        (compound("ETExtData", "Workbook", "ETCellImageData"), Kind.XLS),
        (compound("BOOK"), Kind.XLS),
        (compound("\x06DataSpaces", "EncryptionInfo", "EncryptedPackage"), Kind.ENCRYPTED),
        (compound("WordDocument", "1Table"), Kind.DOCUMENT),
        (compound("__properties_version1.0"), Kind.DOCUMENT),
        (compound(), Kind.DOCUMENT),
        (compound("Workbook")[:600], Kind.BROKEN_OLE),
        (b"Rar!\x1a\x07\x00", Kind.RAR),
        (b"Rar!\x1a\x07\x01\x00", Kind.RAR),
        (b"7z\xbc\xaf\x27\x1c\x00\x04", Kind.SEVEN_ZIP),
        (b"\x1f\x8b\x08\x00", Kind.GZIP),
        (b"%PDF-1.7\n%\xe2\xe3", Kind.PDF),
        (b"\x89PNG\r\n\x1a\n\x00", Kind.IMAGE),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", Kind.IMAGE),
        (b"GIF89a\x01\x00", Kind.IMAGE),
        (b"BM\x36\x00\x00\x00\x00\x00\x00\x00\x36\x00\x00\x00", Kind.IMAGE),
        (b"II*\x00\x08\x00", Kind.IMAGE),
        (b"MM\x00*\x00\x00", Kind.IMAGE),
        (b"{\\rtf1\\ansi", Kind.DOCUMENT),
        (b"L\x00\x00\x00\x01\x14\x02\x00\x00", Kind.SHORTCUT),
        (b"[InternetShortcut]\r\nURL=http://", Kind.SHORTCUT),
        (b"<html xmlns:x='urn:schemas-microsoft-com:office:excel'>", Kind.HTML),
        (b"\xef\xbb\xbf \r\n<!DOCTYPE HTML>\n<TABLE>", Kind.HTML),
        (b"<table border=1><tr>", Kind.HTML),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", Kind.HTML),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Table >', Kind.XML),
        ("﻿序号,任务,自评\r\n1,甲,5\r\n".encode(), Kind.TEXT),
        ("序号,任务,自评\r\n1,甲,5\r\n".encode("gb18030"), Kind.TEXT),
        ("序号\t任务".encode("utf-16"), Kind.TEXT),
        (("a" + "任" * 3000).encode(), Kind.TEXT),
        (b"BM is how this text begins", Kind.TEXT),
        (b"\x00\x01\x02\x03", Kind.UNKNOWN),
        (b"\xff\xff\xff\xff\xff\xff\xff\xff", Kind.UNKNOWN),
    ],
)
def test_content_tells_the_kind(data: bytes, kind: Kind) -> None:
    """A file is what its content is, whatever it is called."""
    assert sniff(data) is kind


def test_embedded_documents_do_not_count() -> None:
    """A Word document with a workbook inside is no workbook: only the streams at the top count."""
    outer = bytearray(compound("WordDocument", "ObjectPool", "Workbook"))
    right = 512 + 512 + 2 * 128 + 72
    struct.pack_into("<I", outer, right, 0xFFFFFFFF)
    struct.pack_into("<I", outer, right + 4, 3)

    assert sniff(bytes(outer)) is Kind.DOCUMENT


def test_every_kind_has_a_name() -> None:
    """Messages can call every kind of file by a name."""
    assert all(kind.label for kind in Kind)


@pytest.mark.parametrize("place", [30, 48, 76])
def test_hostile_compound_files_end(place: int) -> None:
    """A directory that points anywhere, also at itself, is given up."""
    data = bytearray(compound("Workbook"))
    data[place : place + 4] = b"\xff\xff\xff\x7f"

    assert sniff(bytes(data)) is Kind.BROKEN_OLE


def test_circular_directories_end() -> None:
    """A chain of directory sectors that bites its tail is given up."""
    data = bytearray(compound("Workbook"))
    struct.pack_into("<I", data, 512 + 4, 1)

    assert sniff(bytes(data)) is Kind.BROKEN_OLE


def test_directories_of_large_files_are_found() -> None:
    """Beyond 7 MB the allocation table has sectors that the header does not list."""
    small = compound("Workbook")
    data = bytearray(small[:512]) + bytes(512 * 14_010)
    struct.pack_into("<I", data, 48, 14_000)
    struct.pack_into("<I", data, 68, 5)
    struct.pack_into("<I", data, 6 * 512, 7)
    struct.pack_into("<I", data, 8 * 512 + 4 * (14_000 - 109 * 128), 0xFFFFFFFE)
    data[14_001 * 512 : 14_001 * 512 + 512] = small[1024:1536]

    assert sniff(bytes(data)) is Kind.XLS


def test_circular_siblings_end() -> None:
    """Siblings that point at each other are each met once."""
    data = bytearray(compound("Workbook"))
    struct.pack_into("<I", data, 1024 + 128 + 68, 1)

    assert sniff(bytes(data)) is Kind.XLS
