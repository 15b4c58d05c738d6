"""Tells what a file is by its content; its name is not looked at."""

from __future__ import annotations

import re
from collections.abc import Callable
from zipfile import ZipFile

from fazhi_xl.text.worded import Worded
from fazhi_xl.xlsx.reader.foreign.compound import MAGIC, BrokenCompoundError, root_names
from fazhi_xl.xlsx.reader.gate import UNZIPPING_ERRORS, open_archive, part_name
from fazhi_xl.xlsx.reader.model import RejectedError


class FileKind(Worded):
    """What a file is, with the name that messages use."""

    XLSX = "xlsx", "Excel 工作簿(.xlsx)"
    XLSM = "xlsm", "带宏的 Excel 工作簿(.xlsm)"
    XLSB = "xlsb", "二进制 Excel 工作簿(.xlsb)"
    ODS = "ods", "ODS 电子表格"
    XLS = "xls", "旧版 Excel 或 WPS 表格(.xls、.et)"
    ENCRYPTED = "encrypted", "设了打开密码的文件"
    RIGHTS_MANAGED = "rights-managed", "设了权限管理(IRM)的 Office 文件"
    SEALED_YISAITONG = "sealed-yisaitong", "亿赛通加密的文件"
    SEALED_LVDUN = "sealed-lvdun", "绿盾加密的文件"
    PROTECTED = "protected", "设了权限管理的文件(.pfile)"
    ENCRYPTED_MAIL = "encrypted-mail", "加密的邮件(S/MIME)"
    PGP = "pgp", "PGP 加密的文件"
    WORD = "word", "Word 文档"
    SLIDES = "slides", "演示文稿"
    OFD = "ofd", "OFD 版式文件"
    DOCUMENT = "document", "Word 文档或其他文件"
    ZIP = "zip", "ZIP 压缩包"
    BROKEN_ZIP = "broken-zip", "不完整的压缩结构"
    BROKEN_OLE = "broken-ole", "不完整的旧版 Office 文件"
    RAR = "rar", "RAR 压缩包"
    SEVEN_ZIP = "7z", "7z 压缩包"
    GZIP = "gzip", "GZIP 压缩包"
    BZIP2 = "bzip2", "BZ2 压缩包"
    XZ = "xz", "XZ 压缩包"
    ZSTD = "zstd", "Zstandard 压缩包"
    TAR = "tar", "TAR 归档包"
    CAB = "cab", "CAB 压缩包"
    LZH = "lzh", "LZH 压缩包"
    VOLUME = "volume", "分卷压缩包的一卷"
    PROGRAM = "program", "程序或自解压的压缩包(.exe)"
    OTHER_ARCHIVE = "other-archive", "不常见格式的压缩包"
    EMPTY_ZIP = "empty-zip", "空的压缩包(里面没有文件)"
    PDF = "pdf", "PDF 文件"
    IMAGE = "image", "图片"
    HTML = "html", "网页文件"
    XML = "xml", "XML 文件"
    TEXT = "text", "文本文件(CSV、TXT 等)"
    SHORTCUT = "shortcut", "快捷方式(只是指向文件的链接,没有内容)"
    EMPTY = "empty", "空文件"
    UNKNOWN = "unknown", "无法识别的文件"

    @property
    def is_workbook(self) -> bool:
        """Say whether it is a workbook, of whatever format, also one with a password."""
        return self in _WORKBOOKS


SEALED = frozenset(
    {
        FileKind.RIGHTS_MANAGED, FileKind.SEALED_YISAITONG, FileKind.SEALED_LVDUN, FileKind.PROTECTED, FileKind.ENCRYPTED_MAIL,
        FileKind.PGP,
    }
)  # fmt: skip
PACKED = frozenset(
    {
        FileKind.RAR, FileKind.SEVEN_ZIP, FileKind.GZIP, FileKind.BZIP2, FileKind.XZ, FileKind.ZSTD, FileKind.TAR, FileKind.CAB,
        FileKind.LZH, FileKind.VOLUME, FileKind.PROGRAM, FileKind.OTHER_ARCHIVE,
    }
)  # fmt: skip
"""Archives that are not opened here."""
_HOLDING = frozenset(
    {FileKind.RAR, FileKind.SEVEN_ZIP, FileKind.TAR}
)  # a workbook that shows in one is one of several files
_WORKBOOKS = frozenset({FileKind.XLSX, FileKind.XLSM, FileKind.XLSB, FileKind.ODS, FileKind.XLS, FileKind.ENCRYPTED})
_MAGIC: tuple[tuple[bytes, FileKind], ...] = (
    (b"Rar!\x1a\x07", FileKind.RAR),
    (b"7z\xbc\xaf\x27\x1c", FileKind.SEVEN_ZIP),
    (b"\x1f\x8b", FileKind.GZIP),
    (b"\xfd7zXZ\x00", FileKind.XZ),
    (b"\x28\xb5\x2f\xfd", FileKind.ZSTD),
    (b"MSCF\x00\x00\x00\x00", FileKind.CAB),
    (b"PK\x07\x08", FileKind.VOLUME),  # of a zip in several files, the first (APPNOTE 8.5.3)
    (b"%TSD-Header-###%", FileKind.SEALED_LVDUN),
    (b"b\x14#e", FileKind.SEALED_YISAITONG),
    (b".pfile", FileKind.PROTECTED),
    (b"-----BEGIN PGP MESSAGE-----", FileKind.PGP),
    (b"\x1f\x9d", FileKind.OTHER_ARCHIVE),  # .Z
    (b"\x04\x22\x4d\x18", FileKind.OTHER_ARCHIVE),  # .lz4
    (b"MSWIM\x00\x00\x00", FileKind.OTHER_ARCHIVE),
    (b"EGGA", FileKind.OTHER_ARCHIVE),
    (b"ALZ\x01", FileKind.OTHER_ARCHIVE),
    (b"%PDF-", FileKind.PDF),
    (b"\x89PNG\r\n\x1a\n", FileKind.IMAGE),
    (b"\xff\xd8\xff", FileKind.IMAGE),
    (b"GIF87a", FileKind.IMAGE),
    (b"GIF89a", FileKind.IMAGE),
    (b"II*\x00", FileKind.IMAGE),
    (b"MM\x00*", FileKind.IMAGE),
    (b"L\x00\x00\x00\x01\x14\x02\x00", FileKind.SHORTCUT),
    (b"[InternetShortcut]", FileKind.SHORTCUT),
    (b"[Desktop Entry]", FileKind.SHORTCUT),
    (b"{\\rtf", FileKind.DOCUMENT),
)
# Kinds that more than the first bytes tell. `BM` and `BZ` open ordinary words too; a bitmap has reserved zeros.
_PATTERNS: tuple[tuple[re.Pattern[bytes], FileKind], ...] = (
    (re.compile(rb"BM.{4}\0{4}", re.DOTALL), FileKind.IMAGE),
    (re.compile(rb"BZh[1-9]1AY&SY"), FileKind.BZIP2),
    (re.compile(rb"..-lh[0-9d]-", re.DOTALL), FileKind.LZH),
    (re.compile(rb".{257}ustar", re.DOTALL), FileKind.TAR),
    (re.compile(rb".{7}\*\*ACE\*\*", re.DOTALL), FileKind.OTHER_ARCHIVE),
    (re.compile(rb"\x60\xea..[\x1e-\x40]", re.DOTALL), FileKind.OTHER_ARCHIVE),  # .arj
    (re.compile(rb"]\0\0.{2}(?:\xff{8}|.{5}\0{3})", re.DOTALL), FileKind.OTHER_ARCHIVE),  # .lzma
    (re.compile(rb"MZ.{0,60}?\0", re.DOTALL), FileKind.PROGRAM),
    # An enveloped block (RFC 5652, section 6), after its own length.
    (re.compile(rb"\x30.{1,9}?\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03", re.DOTALL), FileKind.ENCRYPTED_MAIL),
    (re.compile(rb".{0,500}?E-SafeNet\0", re.DOTALL), FileKind.SEALED_YISAITONG),
)
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_WORKBOOK = re.compile(r"(?:.*/)?workbook[0-9]*\.(xml|bin)")
_HTML = re.compile(rb"<(?:!doctype html|html|head|body|table|meta)[\s>]", re.IGNORECASE)
_MAIL = re.compile(rb"(?:mime-version|content-type|from|received):", re.IGNORECASE)
ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")  # the second opens an empty archive
_TYPES = "[content_types].xml"
_HEAD = 4096
_PREAMBLE = 64 * 1024
_NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def sniff(data: bytes) -> FileKind:
    """Tell what a file is. Never raises; where the directory cannot be read it is `BROKEN_ZIP` or `BROKEN_OLE`."""
    data = without_preamble(data)
    if data.startswith(ZIP_MAGIC):
        try:
            return archive_kind(open_archive(data))
        except RejectedError:
            return FileKind.BROKEN_ZIP
    return plain_kind(data)


def without_preamble(data: bytes) -> bytes:
    """Leave out what a gateway wrote before a workbook; any other file is given as it is.

    Where the beginning of a package is lost, the first entry that is left does not lie where its directory says.
    """
    start = data.find(ZIP_MAGIC[0], 1, _PREAMBLE)
    if start < 0 or data.startswith((*ZIP_MAGIC, MAGIC)) or plain_kind(data) in _HOLDING:
        return data
    try:
        archive = open_archive(data)
    except RejectedError:
        return data
    first = min((info.header_offset for info in archive.infolist()), default=-1)
    return data[start:] if first == start and archive_kind(archive) in _WORKBOOKS else data


def archive_kind(archive: ZipFile) -> FileKind:
    """Recognise a zip file by the names of its parts."""
    names = {part_name(info) for info in archive.infolist()}
    if all(name.endswith("/") for name in names):
        return FileKind.EMPTY_ZIP
    return next((kind for kind, holds in _PACKAGES if holds(archive, names)), FileKind.ZIP)


def plain_kind(data: bytes) -> FileKind:
    """Recognise a file that is no zip file by its first bytes."""
    if not data:
        return FileKind.EMPTY
    if data.startswith(MAGIC):
        try:
            names = root_names(data)
        except BrokenCompoundError:
            return FileKind.BROKEN_OLE
        return _compound_kind(names)
    head = data[:_HEAD]
    known = (kind for pattern, kind in _PATTERNS if pattern.match(head))
    return next((kind for magic, kind in _MAGIC if data.startswith(magic)), None) or next(known, _text_kind(head))


def _compound_kind(names: frozenset[str]) -> FileKind:
    if any("drm" in name for name in names) or ("encryptedpackage" in names and "encryptioninfo" not in names):
        return FileKind.RIGHTS_MANAGED  # [MS-OFFCRYPTO] 2.2: the licence stands in the data spaces, and no password
    if {"encryptedpackage", "encryptioninfo"} & names:
        return FileKind.ENCRYPTED
    return FileKind.XLS if {"workbook", "book"} & names else FileKind.DOCUMENT


def _text_kind(head: bytes) -> FileKind:
    text = _decoded(head)
    if text is None:
        return FileKind.UNKNOWN
    start = text.lstrip("\ufeff \t\r\n").encode()
    if _HTML.match(start) or _MAIL.match(start) or (start.startswith(b"<") and b"<html" in start.lower()):
        return FileKind.HTML
    return FileKind.XML if start.startswith(b"<") else FileKind.TEXT


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


def _is_spreadsheet(archive: ZipFile, names: set[str]) -> bool:
    """Tell an OpenDocument spreadsheet by its media type (OpenDocument 1.3 part 2, 3.3)."""
    try:
        with archive.open("mimetype") as stream:
            return "mimetype" in names and stream.read(100).strip() in {_ODS, _ODS + b"-template"}
    except (KeyError, *UNZIPPING_ERRORS):
        return False


def _folder(prefix: str) -> Callable[[ZipFile, set[str]], bool]:
    def holds(_: ZipFile, names: set[str]) -> bool:
        return _TYPES in names and any(name.startswith(prefix) for name in names)

    return holds


_PACKAGES: tuple[tuple[FileKind, Callable[[ZipFile, set[str]], bool]], ...] = (
    (FileKind.XLSB, _workbook("bin")),
    (FileKind.XLSM, lambda archive, names: "xl/vbaproject.bin" in names and _workbook("xml")(archive, names)),
    (FileKind.XLSX, _workbook("xml")),
    (FileKind.ODS, _is_spreadsheet),
    (FileKind.WORD, _folder("word/")),
    (FileKind.SLIDES, _folder("ppt/")),
    (FileKind.OFD, lambda _, names: "ofd.xml" in names),
    (FileKind.DOCUMENT, lambda _, names: "mimetype" in names),
)
