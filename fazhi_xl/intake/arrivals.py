"""What came back: every file of the given folders, and what zip archives hold, one level deep. Nothing is changed or extracted."""

from __future__ import annotations

import hashlib
import io
import os
import re
import stat
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import chain, count
from pathlib import Path, PurePosixPath

from fazhi_xl.findings import Finding, finding

_LITTER = re.compile(r"^(~\$.*|\.~lock\..*|.*\.tmp|thumbs\.db|desktop\.ini|\.ds_store|\._.*|\..*)$", re.IGNORECASE)
_DATED = re.compile(r"(20\d\d)(?:(\d\d)(\d\d)|[-._年](\d{1,2})[-._月](\d{1,2}))(?!\d)")
_ZIP = b"PK\x03\x04"
_DOCUMENTS = frozenset({"[content_types].xml", "mimetype", "ofd.xml"})  # a zip with one of these is a document itself
_MB = 1024 * 1024
_ENTRY_LIMIT = 500
_SIZE_LIMIT = 20 * _MB
_UNPACKED_LIMIT = 200 * _MB
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_UNKNOWN_DAY = date(1970, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """One file that came back. `path` is its name within the returns, and no other's.

    `modified` is the file's own time, by which those of one day are ordered. `data` is None where the file was not read; where
    `trouble` stands, it cannot be used.
    """

    path: str
    received: date
    modified: int = 0  # nanoseconds
    data: bytes | None = None
    litter: bool = False
    trouble: Finding | None = None

    @property
    def sha256(self) -> str:
        """Give the fingerprint; of a file that was not read there is none."""
        return "" if self.data is None else hashlib.sha256(self.data).hexdigest()


def arrivals(returns: Sequence[Path]) -> Iterator[Arrival]:
    """Give every file in the folders (or the files named themselves), in the order of their names, each once.

    The day of receipt is the date that a folder's name begins with (`2020-11-18`), else the file's own. Where several places are
    given, a file's path begins with its place. Links to folders are named and not followed.
    """
    return _distinct(chain.from_iterable(_arrived(*each) for each in _found(returns)))


def _found(returns: Sequence[Path]) -> Iterator[tuple[Path, str, Sequence[str]]]:
    """Give each file with its name within the returns, and the folders it lies in."""
    known: set[Path] = set()
    for place in returns:
        base = place if place.is_dir() else place.parent
        for path in _files(place) if place.is_dir() else [place]:
            if path.absolute() not in known:
                known.add(path.absolute())
                inner = _words(path.relative_to(base))
                name = _words(path) if len(returns) > 1 else inner
                yield path, name, (base.absolute().name, *inner.split("/")[:-1])


def _files(folder: Path) -> list[Path]:
    """Give what is no folder, what is a link to one, and the folders that cannot be entered."""
    closed: list[Path] = []
    found = (
        Path(base, name)
        for base, folders, files in os.walk(folder, onerror=lambda error: closed.append(Path(error.filename)))
        for name in (*files, *(each for each in folders if Path(base, each).is_symlink()))
    )
    return sorted([*found, *closed])


def _words(path: Path) -> str:
    return "/".join(map(_word, path.as_posix().split("/")))


def _word(name: str) -> str:
    """Read a name that came over from a system with another encoding: its bytes are GBK, as far as anyone can tell."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return os.fsencode(name).decode("gb18030", errors="replace")
    return name


def _distinct(found: Iterable[Arrival]) -> Iterator[Arrival]:
    """Give files of one name, as an archive may hold them, a number."""
    known: set[str] = set()
    for each in found:
        again = (f"{each.path}#{number}" for number in count(2))
        path = next(path for path in chain([each.path], again) if path not in known)
        known.add(path)
        yield replace(each, path=path)


def _arrived(path: Path, name: str, folders: Sequence[str]) -> Iterator[Arrival]:
    facts = _facts(path)
    arrival = Arrival(path=name, received=_received(folders, facts), modified=facts.st_mtime_ns if facts else 0)
    if _is_litter(name):
        yield replace(arrival, litter=True)
        return
    try:
        data = _read(path, facts)
    except OSError as error:
        yield replace(arrival, trouble=finding("file-unreadable", detail=error.strerror or type(error).__name__))
        return
    yield from _opened(replace(arrival, data=data))


def _facts(path: Path) -> os.stat_result | None:
    """Ask about the file, or about the link where it leads nowhere."""
    for look in (path.stat, path.lstat):
        with suppress(OSError):
            return look()
    return None


def _read(path: Path, facts: os.stat_result | None) -> bytes:
    """Read a file, or one byte more than the limit of a file that is too large anyway. Raises OSError."""
    if facts and not stat.S_ISREG(facts.st_mode):
        raise OSError(0, "是文件夹、链接或设备,不是文件")
    with path.open("rb") as file:
        return file.read(_SIZE_LIMIT + 1)


def _is_litter(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return bool(_LITTER.match(parts[-1])) or "__MACOSX" in parts


def _received(folders: Sequence[str], facts: os.stat_result | None) -> date:
    named = (_day(match) for name in reversed(folders) if (match := _DATED.match(name)))
    own = datetime.fromtimestamp(facts.st_mtime).astimezone().date() if facts else _UNKNOWN_DAY
    return next(filter(None, named), own)


def _day(match: re.Match[str]) -> date | None:
    year, *written = filter(None, match.groups())
    try:
        return date(int(year), *map(int, written))
    except ValueError:
        return None


# Archives ------------------------------------------------------------------------------------------------------------


def _opened(arrival: Arrival) -> Iterator[Arrival]:
    """Give the members of an archive in its place; anything else as it is."""
    archive = _archive(arrival.data or b"")
    members = [info for info in archive.infolist() if not info.is_dir()] if archive else []
    if archive is None or not members:
        yield arrival
    elif too_much := _too_much(members):
        yield replace(arrival, trouble=finding("file-unsafe", detail=too_much))
    else:
        yield from (_member(arrival, archive, info) for info in members)


def _archive(data: bytes) -> zipfile.ZipFile | None:
    """Open a zip that is no document itself; its members are read, never extracted."""
    if not data.startswith(_ZIP):
        return None
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except Exception:  # noqa: BLE001 - a damaged archive may raise anything; the reader says what is wrong with it
        return None
    names = {name.lower() for name in archive.namelist()}
    return None if names & _DOCUMENTS else archive


def _too_much(members: Sequence[zipfile.ZipInfo]) -> str:
    if len(members) > _ENTRY_LIMIT:
        return f"压缩包里有{len(members)}个文件"
    if sum(info.file_size for info in members) > _UNPACKED_LIMIT:
        return f"压缩包解压后超过{_UNPACKED_LIMIT // _MB}MB"
    return ""


def _member(arrival: Arrival, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Arrival:
    name = _member_name(info).replace("\\", "/")  # old Windows programs part folders their own way
    inner = replace(arrival, path=f"{arrival.path}/{name}", data=None)
    if _is_litter(inner.path):
        return replace(inner, litter=True)
    if info.flag_bits & _ENCRYPTED:
        return replace(inner, trouble=finding("file-encrypted"))
    try:
        with archive.open(info) as stream:
            return replace(inner, data=stream.read(_SIZE_LIMIT + 1))
    except Exception as error:  # noqa: BLE001 - whatever a damaged member raises, the others are read
        return replace(inner, trouble=finding("file-damaged", detail=f"压缩包已损坏,{type(error).__name__}"))


def _member_name(info: zipfile.ZipInfo) -> str:
    """Undo zipfile's guess: Windows programs write names in GBK without saying so."""
    if info.flag_bits & _UTF8_NAME:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:  # zipfile knew better, from an extra field
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        with suppress(UnicodeDecodeError):
            return raw.decode(encoding)
    return info.filename
