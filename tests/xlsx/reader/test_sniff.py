from __future__ import annotations

import struct

import pytest

from fazhi_xl.xlsx.reader import FileKind, sniff
from tests.xlsx.reader.crafted import TYPES, compound, workbook, zipped

ODS = "application/vnd.oasis.opendocument.spreadsheet"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", FileKind.EMPTY),
        (workbook(), FileKind.XLSX),
        (workbook({"xl/vbaProject.bin": b""}), FileKind.XLSM),
        (zipped(("[CONTENT_TYPES].XML", TYPES), ("XL/Workbook.xml", "")), FileKind.XLSX),
        (zipped(("[Content_Types].xml", TYPES), ("xl\\workbook.xml", "")), FileKind.XLSX),
        (zipped(("[Content_Types].xml", TYPES), ("/xl/workbook2.xml", "")), FileKind.XLSX),
        (zipped(("[Content_Types].xml", TYPES), ("xl/workbook.bin", "")), FileKind.XLSB),
        (zipped(("[Content_Types].xml", TYPES), ("word/document.xml", "")), FileKind.WORD),
        (zipped(("[Content_Types].xml", TYPES), ("ppt/presentation.xml", "")), FileKind.SLIDES),
        (zipped(("mimetype", ODS)), FileKind.ODS),
        (zipped(("mimetype", f"{ODS}-template")), FileKind.ODS),
        (zipped(("mimetype", "application/vnd.oasis.opendocument.text")), FileKind.DOCUMENT),
        (zipped(("OFD.xml", "")), FileKind.OFD),
        (zipped(("任务分解表.xlsx", workbook())), FileKind.ZIP),
        (zipped(("xl/workbook.xml", "")), FileKind.ZIP),
        (zipped(), FileKind.EMPTY_ZIP),
        (zipped(("任务/", "")), FileKind.EMPTY_ZIP),
        (workbook()[:-30], FileKind.BROKEN_ZIP),
        (b"PK\x03\x04", FileKind.BROKEN_ZIP),
        (compound("Workbook"), FileKind.XLS),
        (compound("ETExtData", "Workbook", "ETCellImageData"), FileKind.XLS),
        (compound("BOOK"), FileKind.XLS),
        (compound("\x06DataSpaces", "EncryptionInfo", "EncryptedPackage"), FileKind.ENCRYPTED),
        (compound("WordDocument", "1Table"), FileKind.DOCUMENT),
        (compound("__properties_version1.0"), FileKind.DOCUMENT),
        (compound(), FileKind.DOCUMENT),
        (compound("Workbook")[:600], FileKind.BROKEN_OLE),
        (b"Rar!\x1a\x07\x00", FileKind.RAR),
        (b"Rar!\x1a\x07\x01\x00", FileKind.RAR),
        (b"7z\xbc\xaf\x27\x1c\x00\x04", FileKind.SEVEN_ZIP),
        (b"\x1f\x8b\x08\x00", FileKind.GZIP),
        (b"BZh91AY&SY", FileKind.BZIP2),
        (b"BZh is how this text begins", FileKind.TEXT),
        (b"\xfd7zXZ\x00", FileKind.XZ),
        (b"\x28\xb5\x2f\xfd\x24", FileKind.ZSTD),
        (b"MSCF\x00\x00\x00\x00", FileKind.CAB),
        (b"\x20\x10-lh5-", FileKind.LZH),
        (bytes(257) + b"ustar\x00", FileKind.TAR),
        (b"PK\x07\x08PK\x03\x04", FileKind.VOLUME),
        (b"%TSD-Header-###%\x00\x01", FileKind.SEALED_LVDUN),
        (b"b\x14#e\x00\x00E-SafeNet\x00LOCK", FileKind.SEALED_YISAITONG),
        (b"\xef\xbb\xbfb\x14#e+\x00E-SafeNet\x00LOCK", FileKind.SEALED_YISAITONG),
        (compound("EncryptedPackage", "\x06DataSpaces"), FileKind.RIGHTS_MANAGED),
        (compound("Workbook", "\x09DRMContent"), FileKind.RIGHTS_MANAGED),
        (b"\r\n" + workbook(), FileKind.XLSX),
        (zipped(("./[Content_Types].xml", TYPES), ("./xl/workbook.xml", "")), FileKind.XLSX),
        (b"%PDF-1.7\n%\xe2\xe3", FileKind.PDF),
        (b"\x89PNG\r\n\x1a\n\x00", FileKind.IMAGE),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", FileKind.IMAGE),
        (b"GIF89a\x01\x00", FileKind.IMAGE),
        (b"BM\x36\x00\x00\x00\x00\x00\x00\x00\x36\x00\x00\x00", FileKind.IMAGE),
        (b"II*\x00\x08\x00", FileKind.IMAGE),
        (b"MM\x00*\x00\x00", FileKind.IMAGE),
        (b"{\\rtf1\\ansi", FileKind.DOCUMENT),
        (b"L\x00\x00\x00\x01\x14\x02\x00\x00", FileKind.SHORTCUT),
        (b"[InternetShortcut]\r\nURL=http://", FileKind.SHORTCUT),
        (b"<html xmlns:x='urn:schemas-microsoft-com:office:excel'>", FileKind.HTML),
        (b"\xef\xbb\xbf \r\n<!DOCTYPE HTML>\n<TABLE>", FileKind.HTML),
        (b"<table border=1><tr>", FileKind.HTML),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", FileKind.HTML),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Table >', FileKind.XML),
        ("﻿序号,任务,自评\r\n1,甲,5\r\n".encode(), FileKind.TEXT),
        ("序号,任务,自评\r\n1,甲,5\r\n".encode("gb18030"), FileKind.TEXT),
        ("序号\t任务".encode("utf-16"), FileKind.TEXT),
        (("a" + "任" * 3000).encode(), FileKind.TEXT),
        (b"BM is how this text begins", FileKind.TEXT),
        (b"\x00\x01\x02\x03", FileKind.UNKNOWN),
        (b"\xff\xff\xff\xff\xff\xff\xff\xff", FileKind.UNKNOWN),
    ],
)
def test_content_tells_the_kind(data: bytes, kind: FileKind) -> None:
    """A file is what its content is, whatever it is called."""
    assert sniff(data) is kind


def test_embedded_documents_do_not_count() -> None:
    """A Word document with a workbook inside is no workbook: only the streams at the top count."""
    outer = bytearray(compound("WordDocument", "ObjectPool", "Workbook"))
    right = 512 + 512 + 2 * 128 + 72
    struct.pack_into("<I", outer, right, 0xFFFFFFFF)
    struct.pack_into("<I", outer, right + 4, 3)

    assert sniff(bytes(outer)) is FileKind.DOCUMENT


def test_every_kind_has_a_name() -> None:
    """Messages can call every kind of file by a name."""
    assert all(kind.word for kind in FileKind)


@pytest.mark.parametrize("place", [30, 48, 76])
def test_hostile_compound_files_end(place: int) -> None:
    """A directory that points anywhere, also at itself, is given up."""
    data = bytearray(compound("Workbook"))
    data[place : place + 4] = b"\xff\xff\xff\x7f"

    assert sniff(bytes(data)) is FileKind.BROKEN_OLE


def test_circular_directories_end() -> None:
    """A chain of directory sectors that bites its tail is given up."""
    data = bytearray(compound("Workbook"))
    struct.pack_into("<I", data, 512 + 4, 1)

    assert sniff(bytes(data)) is FileKind.BROKEN_OLE


def test_directories_of_large_files_are_found() -> None:
    """Beyond 7 MB the allocation table has sectors that the header does not list."""
    small = compound("Workbook")
    data = bytearray(small[:512]) + bytes(512 * 14_010)
    struct.pack_into("<I", data, 48, 14_000)
    struct.pack_into("<I", data, 68, 5)
    struct.pack_into("<I", data, 6 * 512, 7)
    struct.pack_into("<I", data, 8 * 512 + 4 * (14_000 - 109 * 128), 0xFFFFFFFE)
    data[14_001 * 512 : 14_001 * 512 + 512] = small[1024:1536]

    assert sniff(bytes(data)) is FileKind.XLS


def test_circular_siblings_end() -> None:
    """Siblings that point at each other are each met once."""
    data = bytearray(compound("Workbook"))
    struct.pack_into("<I", data, 1024 + 128 + 68, 1)

    assert sniff(bytes(data)) is FileKind.XLS
