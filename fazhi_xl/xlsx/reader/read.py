"""Reads a returned file by its content: a workbook of any format, or a finding that says why it is refused."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from fazhi_xl.findings import Code
from fazhi_xl.limits import MB, SIZE_LIMIT
from fazhi_xl.xlsx.reader.foreign.compound import root_names
from fazhi_xl.xlsx.reader.foreign.parent import open_apart, read_apart
from fazhi_xl.xlsx.reader.gate import EstimateError, Package, admit, open_archive
from fazhi_xl.xlsx.reader.model import WHOLE_FORM, Bounds, Extra, RawBook, RejectedError, rejected
from fazhi_xl.xlsx.reader.ooxml.extras import extras_of, properties_of
from fazhi_xl.xlsx.reader.ooxml.outline import MetadataError
from fazhi_xl.xlsx.reader.ooxml.read_book import read_ooxml
from fazhi_xl.xlsx.reader.sniff import PACKED, SEALED, ZIP_MAGIC, FileKind, archive_kind, plain_kind, without_preamble

_MANIFEST = "META-INF/manifest.xml"
_MACROS = "_vba_project_cur"  # the storage of an .xls with macros, in lower case


def read(data: bytes, *, bounds: Bounds = WHOLE_FORM, passwords: Sequence[str] = ()) -> RawBook:
    """Read a workbook from its bytes, by its content. Raises RejectedError with the one finding that says why not."""
    try:
        with _unswept():
            return _read(data, bounds, passwords)
    except RejectedError:
        raise
    except MemoryError as error:  # which may pass
        raise rejected(Code.FILE_READER_STOPPED, detail="内存不够") from error
    except Exception as error:
        # A hostile file may make a parser raise anything. It must not stop the run over the other files.
        raise rejected(Code.FILE_DAMAGED, detail=f"内容读不出来,{type(error).__name__}") from error


@contextmanager
def _unswept() -> Iterator[None]:
    """Let nobody look for garbage in cycles while thousands of cells come to be, all of which are kept; it takes a fifth of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _read(data: bytes, bounds: Bounds, passwords: Sequence[str]) -> RawBook:
    if not data:
        raise rejected(Code.FILE_EMPTY)
    if len(data) > SIZE_LIMIT:
        raise rejected(Code.FILE_TOO_LARGE, size=f"{len(data) / MB:.1f}", limit=SIZE_LIMIT // MB)
    data = without_preamble(data)
    if data.startswith(ZIP_MAGIC):
        return _read_zip(data, bounds)
    kind = plain_kind(data)
    if kind is FileKind.ENCRYPTED:
        return _read_zip(open_apart(data, passwords), bounds)
    if kind is FileKind.XLS:
        macros = _MACROS in root_names(data)
        extras = frozenset({Extra.MACROS} if macros else ())
        return replace(read_apart(data, kind, bounds, passwords), extras=extras)
    raise _refusal(kind)


def _refusal(kind: FileKind) -> RejectedError:
    """Say of a file that holds no workbook, or one that cannot be opened here, what it is."""
    if kind in PACKED:
        return rejected(Code.ARCHIVE_UNOPENED, kind=kind.word)
    if kind in SEALED:
        return rejected(Code.FILE_SEALED, kind=kind.word)
    if kind is FileKind.BROKEN_OLE:
        return rejected(Code.FILE_DAMAGED, detail=kind.word)
    if kind is FileKind.UNKNOWN:
        return rejected(Code.FILE_UNRECOGNISED)
    return rejected(Code.FILE_NOT_A_WORKBOOK, kind=kind.word)


def _read_zip(data: bytes, bounds: Bounds) -> RawBook:
    archive = open_archive(data)
    kind = archive_kind(archive)
    if kind not in {FileKind.XLSX, FileKind.XLSM, FileKind.XLSB, FileKind.ODS}:
        raise rejected(Code.FILE_NOT_A_WORKBOOK, kind=kind.word)
    try:
        return _read_package(admit(archive, estimated=True), kind, data, bounds)
    except EstimateError:
        return _read_package(admit(archive), kind, data, bounds)


def _read_package(package: Package, kind: FileKind, data: bytes, bounds: Bounds) -> RawBook:
    # An OpenDocument with a password (OpenDocument 1.3 part 2, 3.4.2) cannot be opened here.
    if kind is FileKind.ODS and _MANIFEST in package and b":encryption-data" in package.read(_MANIFEST):
        raise rejected(Code.FILE_ENCRYPTED)
    try:
        if kind in {FileKind.XLSX, FileKind.XLSM}:
            return read_ooxml(package, kind, bounds)
    except MetadataError:
        pass
    book = read_apart(data, kind, bounds)
    return replace(
        book, properties=properties_of(package), extras=extras_of(package, (cell.text for cell in book.cells))
    )
