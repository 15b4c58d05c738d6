"""Limits for zip packages: the directory is checked before anything is read, and what is inflated is counted."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from fazhi_xl.findings import Code
from fazhi_xl.limits import MB
from fazhi_xl.text.packing import packing_method
from fazhi_xl.xlsx.reader.model import RejectedError, rejected

UNZIPPING_ERRORS = (
    BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)
_LOCAL = b"PK\x03\x04"  # opens each part
_ENTRY = b"PK\x01\x02"  # opens each entry of the directory
_END = b"PK\x05\x06"  # and its end
_ROOT = re.compile(r"^(?:\.?/+)+")  # `/xl/…` and `./xl/…`, as some programs write names
_ENCRYPTED, _UTF_8 = 0x1, 0x800
_USUAL_FLAGS = 0x80E  # how hard it was packed, sizes after the part, names in UTF-8
_HEADER = struct.Struct("<4s2xHH16xHH")  # of a part: mark, flags, method, length of the name and of what follows it
_CHUNK = MB


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Sizes in bytes. `unpacked` and `part` leave out pictures, which are never inflated, and worksheets.

    Genuine worksheets grow to hundreds of megabytes of empty rows. They are streamed: what is kept of them counts
    towards `unpacked`, and what is only scanned towards `scanned`. Optional parts (styles, comments, drawings,
    properties) are read while they fit into `aside`, and are no reason for a refusal.

    Time and memory grow with the number of tags, attributes and escapes rather than with bytes: `marks` of them are parsed
    (two attributes count as one), and `marks_aside` of the optional parts.
    """

    entries: int = 2000
    unpacked: int = 64 * MB
    part: int = 32 * MB
    ratio: int = 200
    ratio_from: int = MB
    scanned: int = 160 * MB
    aside: int = 8 * MB
    marks: int = 600_000
    marks_aside: int = 150_000


LIMITS = Limits()


class EstimateError(Exception):
    """What is kept may be over the limits: the package has to be read again, and all of it counted."""


class Package:
    r"""An admitted zip package; part names are compared without case, and `\\` is `/`.

    Counting takes as long as reading. An `estimated` package takes a part for what it may be at most, and keeps all of it.
    """

    def __init__(self, archive: ZipFile, limits: Limits, *, estimated: bool = False) -> None:
        self._archive = archive
        # Not its own buffer: a file in memory is not let go of quietly while somebody looks at that.
        self._held = memoryview(archive.fp.getvalue() if isinstance(archive.fp, BytesIO) else b"")
        # Folders are left out; zipfile's `is_dir` fails on an entry without a name.
        named = ((part_name(info), info) for info in archive.infolist())
        self._parts = {name: info for name, info in named if name[-1:] not in {"", "/"}}
        self._left = limits.unpacked
        self.scan_left = limits.scanned
        self._part_limit = limits.part
        self._aside = limits.aside
        self._marks = limits.marks
        self._marks_aside = limits.marks_aside
        self._estimated = estimated

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._parts

    @property
    def names(self) -> Iterable[str]:
        """The parts' names in lower case."""
        return self._parts.keys()

    def info(self, name: str) -> ZipInfo:
        """Give the directory's entry of a part. Raises KeyError if there is none."""
        return self._parts[name.lower()]

    def read(self, name: str, most: int | None = None, less: Callable[[bytes], bytes] = bytes) -> bytes:
        """Inflate one whole part of at most so many bytes; what `less` leaves out of it is not kept, and counts for nothing.

        Raises KeyError if there is none, RejectedError over the limits, EstimateError where an estimate may be over them.
        """
        limit = min(most or self._part_limit, self._left)
        data = self._inflated(self.info(name), limit + 1)
        if len(data) > limit:
            raise EstimateError if self._estimated else rejected(Code.FILE_UNSAFE, detail=f"{name} 解压后过大")
        kept = data if self._estimated else less(data)
        self.keep(kept)
        return kept

    def peek(self, name: str) -> bytes | None:
        """Inflate an optional part; None where it is absent, damaged or too large."""
        if name not in self or self.info(name).file_size > self._aside:
            return None
        self._aside -= self.info(name).file_size
        try:
            data = self._inflated(self.info(name), self.info(name).file_size)
        except RejectedError:
            return None
        self._marks_aside -= _marks(data)
        return data if self._marks_aside >= 0 else None

    def _inflated(self, info: ZipInfo, most: int) -> bytes:
        """Inflate a part, or its first bytes. Raises RejectedError for damage."""
        if info.file_size <= most and (data := inflated(self._held, info)) is not None:
            return data
        with _whole(), self._archive.open(info) as stream:
            return stream.read(most)

    def stream(self, name: str) -> Iterator[bytes]:
        """Inflate a part in pieces of 1 MB; the reader stops where its budget ends. Raises RejectedError for damage."""
        with _whole(), self._archive.open(self.info(name)) as stream:
            while chunk := stream.read(_CHUNK):
                yield chunk

    def keep(self, data: bytes, scanned: int = 0) -> None:
        """Count bytes that are kept, and bytes that were only scanned. Raises RejectedError over the limits."""
        self._left -= len(data)
        self._marks -= _most_marks(data) if self._estimated else _marks(data)
        self.scan_left -= scanned
        if self._estimated and min(self._left, self._marks) < 0:
            raise EstimateError
        if self._left < 0:
            raise rejected(Code.FILE_UNSAFE, detail="解压后过大")
        if self._marks < 0:
            raise rejected(Code.FILE_UNSAFE, detail="内容过于繁杂")


@contextmanager
def _whole() -> Iterator[None]:
    """Turn the exceptions of zipfile and zlib into RejectedError."""
    try:
        yield
    except UNZIPPING_ERRORS as error:
        raise rejected(Code.FILE_DAMAGED, detail="压缩结构不完整") from error


def _marks(data: bytes) -> int:
    return data.count(b"<") + data.count(b"_x") + data.count(b"=") // 2


def _most_marks(data: bytes) -> int:
    """Give the most that there can be: each but `<` takes two bytes at least."""
    tags = data.count(b"<")
    return tags + (len(data) - tags) // 2


def inflated(held: memoryview, info: ZipInfo) -> bytes | None:
    """Inflate a whole part at once, in two thirds of zipfile's time; None where not all is as its directory says: zipfile tells why."""
    start = info.header_offset + _HEADER.size
    if info.compress_type != ZIP_DEFLATED or not _HEADER.size <= start <= len(held):
        return None
    mark, flags, method, length, more = _HEADER.unpack_from(held, info.header_offset)
    name = bytes(held[start : start + length])
    if (mark, flags, method, name) != (
        _LOCAL,
        info.flag_bits,
        ZIP_DEFLATED,
        stored_name(info),
    ) or flags & ~_USUAL_FLAGS:
        return None
    packed = held[start + length + more :][: info.compress_size]
    try:
        data = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, info.file_size + 1)
    except zlib.error:
        return None
    return data if len(data) == info.file_size and zlib.crc32(data) == info.CRC else None


def stored_name(info: ZipInfo) -> bytes:
    """Give a part's name as the directory stores it (APPNOTE 4.4.17, appendix D)."""
    return info.orig_filename.encode("utf-8" if info.flag_bits & _UTF_8 else "cp437")


def part_name(info: ZipInfo) -> str:
    """Give the name by which a part is compared."""
    return _ROOT.sub("", info.filename.replace("\\", "/")).lower()


def open_archive(data: bytes, limits: Limits = LIMITS) -> ZipFile:
    """Read the directory of a zip file. Raises RejectedError if it is damaged or too long to be read at all."""
    if data.count(_ENTRY) > limits.entries:
        raise rejected(Code.FILE_UNSAFE, detail=f"内部文件超过{limits.entries}个")
    with _whole():
        archive = ZipFile(BytesIO(data))
    if not archive.infolist() and not data.startswith(_END):  # another directory was taken for its own
        raise rejected(Code.FILE_DAMAGED, detail="压缩结构不完整")
    return archive


def admit(archive: ZipFile, limits: Limits = LIMITS, *, estimated: bool = False) -> Package:
    """Check a package's directory against the limits, and give the package. Raises RejectedError.

    Refused are names that come twice, encrypted or oddly packed parts, and ratios and sizes over the limits.
    """
    infos = archive.infolist()
    inflated = [info for info in infos if not part_name(info).startswith("xl/media/")]
    whole = [info.file_size for info in inflated if not part_name(info).startswith("xl/worksheets/")]
    if len({part_name(info) for info in infos}) < len(infos):
        raise rejected(Code.FILE_UNSAFE, detail="内部文件重名")
    if any(info.flag_bits & _ENCRYPTED for info in infos):
        raise rejected(Code.FILE_ENCRYPTED)
    if odd := next(
        (info.compress_type for info in infos if info.compress_type not in {ZIP_STORED, ZIP_DEFLATED}), None
    ):
        raise rejected(Code.FILE_REPACKED, kind=packing_method(odd))
    if any(info.file_size > max(limits.ratio_from, limits.ratio * info.compress_size) for info in inflated):
        raise rejected(Code.FILE_UNSAFE, detail=f"压缩比超过{limits.ratio}")
    if sum(whole) > limits.unpacked or max(whole, default=0) > limits.part:
        raise rejected(Code.FILE_UNSAFE, detail="解压后过大")
    return Package(archive, limits, estimated=estimated)
