"""Gives the members of a zip archive. Nothing is extracted to disk, and names are not trusted."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

from fazhi_xl.findings import Code, finding
from fazhi_xl.intake.arrival import ENTRY_LIMIT, UNPACKED_LIMIT, Arrival, Budget, is_litter
from fazhi_xl.limits import MB, SIZE_LIMIT

ZIP = b"PK\x03\x04"
_DOCUMENTS = frozenset({"[content_types].xml", "mimetype", "ofd.xml"})  # a zip with one of these is a document itself
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1


def archive_of(data: bytes) -> zipfile.ZipFile | None:
    """Open a zip that holds files; None for a document that is a zip itself, and for anything else."""
    if not data.startswith(ZIP):
        return None
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except Exception:  # noqa: BLE001 - a damaged archive may raise anything; the reader says what is wrong with it
        return None
    names = {name.lower() for name in archive.namelist()}
    return None if names & _DOCUMENTS or not _files(archive) else archive


def members(arrival: Arrival, archive: zipfile.ZipFile, budget: Budget) -> Iterator[Arrival]:
    """Give the files of an archive, or the archive itself where they are too many or too large."""
    files = _files(archive)
    if budget.take(len(files), sum(info.file_size for info in files)):
        yield from (_member(arrival, archive, info) for info in files)
    else:
        many = len(files) > ENTRY_LIMIT
        detail = f"压缩包里有{len(files)}个文件" if many else f"压缩包解压后超过{UNPACKED_LIMIT // MB}MB"
        yield replace(arrival, trouble=finding(Code.FILE_UNSAFE, detail=detail))


def _files(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    return [info for info in archive.infolist() if not info.is_dir()]


def _member(arrival: Arrival, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Arrival:
    name = _name(info).replace("\\", "/")  # old Windows programs separate folders so
    inner = arrival.within(name)
    if is_litter(inner.path):
        return replace(inner, litter=True)
    if info.flag_bits & _ENCRYPTED:
        return replace(inner, trouble=finding(Code.FILE_ENCRYPTED))
    try:
        with archive.open(info) as stream:
            return replace(inner, data=stream.read(SIZE_LIMIT + 1))
    except Exception as error:  # noqa: BLE001 - whatever a damaged member raises, the others are read
        return replace(inner, trouble=finding(Code.FILE_DAMAGED, detail=f"压缩包已损坏,{type(error).__name__}"))


def _name(info: zipfile.ZipInfo) -> str:
    """Decode a member's name anew where zipfile took it for CP437: Windows programs write GBK without declaring it."""
    if info.flag_bits & _UTF8_NAME:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:  # zipfile took it from an extra field
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        with suppress(UnicodeDecodeError):
            return raw.decode(encoding)
    return info.filename
