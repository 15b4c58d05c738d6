"""What a file is, by its content; its name is never asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from zipfile import ZipFile

from fazhi_xl.xlsx.reader.foreign.compound import MAGIC, BrokenCompoundError, root_names
from fazhi_xl.xlsx.reader.gate import UNZIPPING_ERRORS, open_archive, part_name
from fazhi_xl.xlsx.reader.model import RejectedError


class Kind(StrEnum):
    XLSX = "xlsx"
    XLSM = "xlsm"
    XLSB = "xlsb"
    ODS = "ods"
    XLS = "xls"
    ENCRYPTED = "encrypted"
    WORD = "word"
    SLIDES = "slides"
    OFD = "ofd"
    DOCUMENT = "document"
    ZIP = "zip"
    BROKEN_ZIP = "broken-zip"
    BROKEN_OLE = "broken-ole"
    RAR = "rar"
    SEVEN_ZIP = "7z"
    GZIP = "gzip"
    PDF = "pdf"
    IMAGE = "image"
    HTML = "html"
    XML = "xml"
    TEXT = "text"
    SHORTCUT = "shortcut"
    EMPTY = "empty"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """The name by which messages call it."""
        return _LABELS[self]


_LABELS: Mapping[Kind, str] = {
    Kind.XLSX: "Excel 工作簿(.xlsx)",
    Kind.XLSM: "带宏的 Excel 工作簿(.xlsm)",
    Kind.XLSB: "二进制 Excel 工作簿(.xlsb)",
    Kind.ODS: "ODS 电子表格",
    Kind.XLS: "旧版 Excel 或 WPS 表格(.xls、.et)",
    Kind.ENCRYPTED: "设了打开密码的文件",
    Kind.WORD: "Word 文档",
    Kind.SLIDES: "演示文稿",
    Kind.OFD: "OFD 版式文件",
    Kind.DOCUMENT: "Word 文档或其他文件",
    Kind.ZIP: "ZIP 压缩包",
    Kind.BROKEN_ZIP: "不完整的压缩结构",
    Kind.BROKEN_OLE: "不完整的旧版 Office 文件",
    Kind.RAR: "RAR 压缩包",
    Kind.SEVEN_ZIP: "7z 压缩包",
    Kind.GZIP: "GZIP 压缩包",
    Kind.PDF: "PDF 文件",
    Kind.IMAGE: "图片",
    Kind.HTML: "网页文件",
    Kind.XML: "XML 文件",
    Kind.TEXT: "文本文件(CSV、TXT 等)",
    Kind.SHORTCUT: "快捷方式",
    Kind.EMPTY: "空文件",
    Kind.UNKNOWN: "无法识别的文件",
}
_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"Rar!\x1a\x07", Kind.RAR),
    (b"7z\xbc\xaf\x27\x1c", Kind.SEVEN_ZIP),
    (b"\x1f\x8b", Kind.GZIP),
    (b"%PDF-", Kind.PDF),
    (b"\x89PNG\r\n\x1a\n", Kind.IMAGE),
    (b"\xff\xd8\xff", Kind.IMAGE),
    (b"GIF87a", Kind.IMAGE),
    (b"GIF89a", Kind.IMAGE),
    (b"II*\x00", Kind.IMAGE),
    (b"MM\x00*", Kind.IMAGE),
    (b"L\x00\x00\x00\x01\x14\x02\x00", Kind.SHORTCUT),
    (b"[InternetShortcut]", Kind.SHORTCUT),
    (b"{\\rtf", Kind.DOCUMENT),
)
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_WORKBOOK = re.compile(r"(?:.*/)?workbook[0-9]*\.(xml|bin)")
_HTML = re.compile(rb"<(?:!doctype html|html|head|body|table|meta)[\s>]", re.IGNORECASE)
_MAIL = re.compile(rb"(?:mime-version|content-type|from|received):", re.IGNORECASE)
ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")  # the second opens an empty archive
_TYPES = "[content_types].xml"
_HEAD = 4096
_NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def sniff(data: bytes) -> Kind:
    """Tell what a file is. Never raises; where the directory cannot be read it is `BROKEN_ZIP` or `BROKEN_OLE`."""
    if data.startswith(ZIP_MAGIC):
        try:
            return archive_kind(open_archive(data))
        except RejectedError:
            return Kind.BROKEN_ZIP
    return plain_kind(data)


def archive_kind(archive: ZipFile) -> Kind:
    """Tell what a zip file is by the names of its parts."""
    names = {part_name(info) for info in archive.infolist()}
    return next((kind for kind, holds in _PACKAGES if holds(archive, names)), Kind.ZIP)


def plain_kind(data: bytes) -> Kind:
    """Tell what a file is that is no zip file."""
    if not data:
        return Kind.EMPTY
    if data.startswith(MAGIC):
        return _compound_kind(data)
    if _bitmap(data):
        return Kind.IMAGE
    return next((kind for magic, kind in _MAGIC if data.startswith(magic)), None) or _text_kind(data[:_HEAD])


def _compound_kind(data: bytes) -> Kind:
    try:
        names = root_names(data)
    except BrokenCompoundError:
        return Kind.BROKEN_OLE
    if {"encryptedpackage", "encryptioninfo"} & names:
        return Kind.ENCRYPTED
    return Kind.XLS if {"workbook", "book"} & names else Kind.DOCUMENT


def _bitmap(data: bytes) -> bool:
    """`BM` opens ordinary words too; a bitmap states its own reserved zeros."""
    return data.startswith(b"BM") and data[6:10] == b"\x00\x00\x00\x00"


def _text_kind(head: bytes) -> Kind:
    text = _decoded(head)
    if text is None:
        return Kind.UNKNOWN
    start = text.lstrip("\ufeff \t\r\n").encode()
    if _HTML.match(start) or _MAIL.match(start) or (start.startswith(b"<") and b"<html" in start.lower()):
        return Kind.HTML
    return Kind.XML if start.startswith(b"<") else Kind.TEXT


def _decoded(head: bytes) -> str | None:
    """Decode the beginning of a text file; the last character may be cut."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[: len(head) // 2 * 2].decode("utf-16", "replace")
    for encoding in ("utf-8", "gb18030"):
        for cut in range(min(4, len(head))):
            try:
                text = head[: len(head) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
            return None if _NOT_TEXT.search(text) else text
    return None


def _workbook(ending: str) -> Callable[[ZipFile, set[str]], bool]:
    def holds(_: ZipFile, names: set[str]) -> bool:
        found = [match[1] for name in names if (match := _WORKBOOK.fullmatch(name))]
        return _TYPES in names and ending in found

    return holds


def _with_macros(archive: ZipFile, names: set[str]) -> bool:
    return "xl/vbaproject.bin" in names and _workbook("xml")(archive, names)


def _opendocument(archive: ZipFile, names: set[str]) -> bool:
    return "mimetype" in names and _mimetype(archive) in {_ODS, _ODS + b"-template"}


def _mimetype(archive: ZipFile) -> bytes:
    try:
        with archive.open("mimetype") as stream:
            return stream.read(100).strip()
    except (KeyError, *UNZIPPING_ERRORS):
        return b""


def _folder(prefix: str) -> Callable[[ZipFile, set[str]], bool]:
    def holds(_: ZipFile, names: set[str]) -> bool:
        return _TYPES in names and any(name.startswith(prefix) for name in names)

    return holds


_PACKAGES: tuple[tuple[Kind, Callable[[ZipFile, set[str]], bool]], ...] = (
    (Kind.XLSB, _workbook("bin")),
    (Kind.XLSM, _with_macros),
    (Kind.XLSX, _workbook("xml")),
    (Kind.ODS, _opendocument),
    (Kind.WORD, _folder("word/")),
    (Kind.SLIDES, _folder("ppt/")),
    (Kind.OFD, lambda _, names: "ofd.xml" in names),
    (Kind.DOCUMENT, lambda _, names: "mimetype" in names),
)
