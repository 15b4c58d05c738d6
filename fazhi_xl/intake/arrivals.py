"""What came back: every file of the given folders, and what zip archives hold, one level deep. Nothing is changed or extracted."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path, PurePosixPath

_LITTER = re.compile(r"^(~\$.*|\.~lock\..*|.*\.tmp|thumbs\.db|desktop\.ini|\.ds_store|\._.*|\..*)$", re.IGNORECASE)
_DATED = re.compile(r"(20\d\d)[-._年]?(\d{1,2})[-._月]?(\d{1,2})日?")
_ZIP = b"PK\x03\x04"
_ENTRY_LIMIT = 500
_SIZE_LIMIT = 20 * 1024 * 1024
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """One file that came back. `path` is its name within the returns; `data` is None where it was not read, and `trouble` says why."""

    path: str
    received: date
    data: bytes | None
    litter: bool = False
    trouble: str = ""

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data or b"").hexdigest()


def arrivals(returns: Sequence[Path]) -> Iterator[Arrival]:
    """Give every file in the folders (or the files named themselves), in the order of their names.

    The day of receipt is the date in a folder's name (`2020-11-18`), else the file's own. Where several folders are given, a file's
    path begins with its folder.
    """
    for place in returns:
        base = place if place.is_dir() else place.parent
        stem = f"{place}/" if len(returns) > 1 and place.is_dir() else ""
        for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if path.is_file():
                yield from _arrived(path, stem + path.relative_to(base).as_posix())


def _arrived(path: Path, name: str) -> Iterator[Arrival]:
    received = _received(path, name)
    if _is_litter(name):
        yield Arrival(path=name, received=received, data=b"", litter=True)
        return
    try:
        data = _read(path)
    except OSError as error:
        yield Arrival(path=name, received=received, data=None, trouble=error.strerror or type(error).__name__)
        return
    yield from _opened(Arrival(path=name, received=received, data=data))


def _read(path: Path) -> bytes:
    """Read a file, or one byte more than the limit of a file that is too large anyway."""
    with path.open("rb") as file:
        return file.read(_SIZE_LIMIT + 1)


def _is_litter(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return bool(_LITTER.match(parts[-1])) or "__MACOSX" in parts


def _received(path: Path, name: str) -> date:
    for part in reversed(PurePosixPath(name).parts[:-1]):
        match = _DATED.fullmatch(part)
        day = _day(*match.groups()) if match else None
        if day:
            return day
    return datetime.fromtimestamp(path.stat().st_mtime).astimezone().date()


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


# Archives ------------------------------------------------------------------------------------------------------------


def _opened(arrival: Arrival) -> Iterator[Arrival]:
    """Give the members of an archive in its place; anything else as it is."""
    archive = _archive(arrival.data or b"")
    if archive is None:
        yield arrival
        return
    members = [info for info in archive.infolist() if not info.is_dir()]
    if len(members) > _ENTRY_LIMIT:
        yield Arrival(
            path=arrival.path, received=arrival.received, data=None, trouble=f"压缩包里有{len(members)}个文件"
        )
        return
    for info in members:
        yield _member(arrival, archive, info)


def _archive(data: bytes) -> zipfile.ZipFile | None:
    """Open a zip that is no workbook itself; its members are read, never extracted."""
    if not data.startswith(_ZIP):
        return None
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return None
    names = {name.lower() for name in archive.namelist()}
    return None if names & {"[content_types].xml", "mimetype"} else archive


def _member(arrival: Arrival, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Arrival:
    name = f"{arrival.path}/{_member_name(info)}"
    if _is_litter(name):
        return Arrival(path=name, received=arrival.received, data=b"", litter=True)
    if info.flag_bits & _ENCRYPTED:
        return Arrival(path=name, received=arrival.received, data=None, trouble="压缩包设了密码")
    try:
        with archive.open(info) as stream:
            return Arrival(path=name, received=arrival.received, data=stream.read(_SIZE_LIMIT + 1))
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, RuntimeError) as error:
        return Arrival(path=name, received=arrival.received, data=None, trouble=f"压缩包已损坏:{type(error).__name__}")


def _member_name(info: zipfile.ZipInfo) -> str:
    """Undo zipfile's guess: Windows programs write names in GBK without saying so."""
    if info.flag_bits & _UTF8_NAME:
        return info.filename
    raw = info.filename.encode("cp437", errors="replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename
