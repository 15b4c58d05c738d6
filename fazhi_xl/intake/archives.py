"""Gives the members of a zip archive. Nothing is extracted to disk, and names are not trusted."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePosixPath
from typing import IO

from fazhi_xl.findings import Code, Finding, finding
from fazhi_xl.intake.arrival import (
    ENTRY_LIMIT,
    HEAD,
    KEPT_LIMIT,
    Arrival,
    Budget,
    hollow_in,
    in_system_folder,
    is_archive_of_others,
    is_scan,
    sifted,
    too_large,
)
from fazhi_xl.intake.locked_members import LockedMembers
from fazhi_xl.intake.source import Kind, Step
from fazhi_xl.intake.unpacked import PARTS_LIMIT, UnpackedBook, plain, put_together, unpacked_books
from fazhi_xl.intake.volumes import is_last_volume
from fazhi_xl.limits import MB, SIZE_LIMIT
from fazhi_xl.text.characters import public
from fazhi_xl.text.packing import packing_method

ZIP = b"PK\x03\x04"
_RATIO = 100  # photographs and scans hardly shrink, and workbooks are packed already
_START = 64 * 1024  # what a gateway, or a program that unpacks itself, puts before an archive
_DOCUMENTS = frozenset({"[content_types].xml", "mimetype", "ofd.xml"})  # a zip with one of these is a document itself
_OF_THE_WHOLE = frozenset({Code.FILE_ENCRYPTED, Code.ARCHIVE_UNOPENED})
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_AT_ONCE = frozenset(
    {zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA}
)  # zipfile unpacks all that it reads of these, however much that comes to
_STEP, _CAREFUL_STEP = MB, 4096  # bytes; the second may still come to 100 MB


def archive_of(data: bytes) -> zipfile.ZipFile | None:
    """Open a zip that holds files, whatever stands before it; None for a document that is a zip itself, and for anything else."""
    if not data.startswith(ZIP) and (is_scan(data) or ZIP not in data[:_START]):
        return None
    if is_archive_of_others(data) or is_last_volume(data):
        return None
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except Exception:  # noqa: BLE001 - a damaged archive may raise anything; the reader says what is wrong with it
        return None
    names = {plain(name).lower() for name in archive.namelist()}
    locked = any(map(is_locked, archive.infolist()))  # parts of a document, packed anew with a password
    return None if (names & _DOCUMENTS and not locked) or not _files(archive) else archive


def members(
    arrival: Arrival, archive: zipfile.ZipFile, budget: Budget, passwords: Sequence[str] = ()
) -> Iterator[Arrival]:
    """Give the files of an archive, or the archive itself where they are too many or too large."""
    files = _files(archive)
    unpacked = sum(info.file_size for info in files)
    bomb = unpacked > max(KEPT_LIMIT, _RATIO * arrival.size)
    if bomb or not budget.take(len(files), unpacked):
        many = f"有{len(files)}个文件" if len(files) > ENTRY_LIMIT else ""
        detail = many or f"压缩包有{arrival.size / MB:.1f}MB,解压后有{unpacked / MB:.0f}MB"
        yield replace(arrival, trouble=_too_much(detail))
        return
    yield from (replace(arrival.within(name, None, size=0), hollow=True) for name in _empty(archive, files))
    opened = _Opened(archive=archive, locked=LockedMembers(io.BytesIO(arrival.data or b""), passwords), budget=budget)
    books = unpacked_books(map(member_name, files))
    loose = (info for info in files if not any(member_name(info) in book for book in books))
    yield from _told_once(
        arrival,
        [
            *(opened.book(arrival, book, [info for info in files if member_name(info) in book]) for book in books),
            *(opened.member(arrival, info) for info in loose),
        ],
    )


def _told_once(arrival: Arrival, found: Sequence[Arrival]) -> Iterator[Arrival]:
    """Let the archive itself say what is wrong with several of its files: one password, one way of packing."""
    causes = Counter(each.trouble for each in found if each.trouble and each.trouble.code in _OF_THE_WHOLE)
    shared = [trouble for trouble, count in causes.items() if count > 1]
    yield from (replace(arrival, trouble=trouble) for trouble in shared)
    yield from (each for each in found if each.trouble not in shared)


def _empty(archive: zipfile.ZipFile, files: Sequence[zipfile.ZipInfo]) -> Iterator[str]:
    """Give what the folders with nothing in them would hold."""
    folders = [member_name(info) for info in archive.infolist() if info.is_dir()][:ENTRY_LIMIT]
    full = {str(above) for name in (*map(member_name, files), *folders) for above in PurePosixPath(name).parents}
    yield from (hollow_in(name) for name in folders if str(PurePosixPath(name)) not in full)


def _files(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    return [info for info in archive.infolist() if not info.is_dir()]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opened:
    archive: zipfile.ZipFile
    locked: LockedMembers
    budget: Budget

    def member(self, arrival: Arrival, info: zipfile.ZipInfo) -> Arrival:
        inner = arrival.within(member_name(info), Step(Kind.MEMBER, info.header_offset), size=info.file_size)
        return replace(inner, litter=True) if in_system_folder(inner.path) else sifted(self._read(inner, info))

    def book(self, arrival: Arrival, book: UnpackedBook, infos: Sequence[zipfile.ZipInfo]) -> Arrival:
        """Give a workbook that lies there in parts, or what is wrong with one of them."""
        size = sum(info.file_size for info in infos)
        inner = arrival.within(book.name, None, size=size)
        if size > PARTS_LIMIT:
            return replace(inner, trouble=too_large(size, PARTS_LIMIT))
        if len(infos) > len(book.parts):
            return replace(inner, trouble=finding(Code.FILE_UNSAFE, detail="内部文件重名"))
        read = {book.part(member_name(info)): self._read(inner, info, whole=True) for info in infos}
        spoilt = next((each for each in read.values() if each.trouble), None)
        data = b"" if spoilt else put_together({part: each.data or b"" for part, each in read.items()})
        return spoilt or replace(inner, data=data, size=len(data))

    def _read(self, inner: Arrival, info: zipfile.ZipInfo, *, whole: bool = False) -> Arrival:
        try:
            stream = self.locked.open(info) if is_locked(info) else self.archive.open(info)
            if stream is None:
                return replace(inner, trouble=finding(Code.FILE_ENCRYPTED))
            with stream:
                return _unpacked(inner, partial(_taken, stream, step_of(info)), self.budget, whole=whole)
        except NotImplementedError:  # so zipfile says that it does not know the way of packing
            return replace(inner, trouble=_packed_so(info))
        except Exception as error:  # noqa: BLE001 - whatever a damaged member raises, the others are read
            return replace(inner, trouble=finding(Code.FILE_DAMAGED, detail=f"压缩包已损坏,{type(error).__name__}"))


def is_locked(info: zipfile.ZipInfo) -> bool:
    """Say whether a member has a password."""
    return bool(info.flag_bits & _ENCRYPTED)


def step_of(info: zipfile.ZipInfo) -> int:
    """Give how many bytes of a member are read at once, so that what they unpack to has a bound."""
    return _CAREFUL_STEP if info.compress_type in _AT_ONCE else _STEP


def _taken(stream: IO[bytes], step: int, size: int) -> bytes:
    """Read so many bytes, at most a step at a time."""
    held = bytearray()
    while len(held) < size and (chunk := stream.read(min(step, size - len(held)))):
        held += chunk
    return bytes(held)


def _unpacked(inner: Arrival, take: Callable[[int], bytes], budget: Budget, *, whole: bool) -> Arrival:
    """Keep a member's bytes; of a scan, a picture or a film the beginning, and the fingerprint of all, where not the whole is wanted."""
    data = take(HEAD)
    if is_scan(data) and not whole:
        digest = hashlib.sha256(data)
        while chunk := take(MB):
            digest.update(chunk)
        return replace(inner, data=data, fingerprint=digest.hexdigest())
    data += take(SIZE_LIMIT + 1 - len(data))
    if not budget.keep(len(data)):
        return replace(inner, trouble=_too_much(f"除图片、扫描件外超过{KEPT_LIMIT // MB}MB"))
    return replace(inner, data=data)


def _too_much(detail: str) -> Finding:
    return finding(Code.ARCHIVE_TOO_MUCH, kind="压缩包", detail=detail)


def _packed_so(info: zipfile.ZipInfo) -> Finding:
    return finding(Code.ARCHIVE_UNOPENED, kind=f"用 {packing_method(info.compress_type)} 压缩的文件")


def member_name(info: zipfile.ZipInfo) -> str:
    """Give a member's name, with slashes between folders, where old Windows programs have backslashes."""
    return public(_decoded(info)).replace("\\", "/")


def _decoded(info: zipfile.ZipInfo) -> str:
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
