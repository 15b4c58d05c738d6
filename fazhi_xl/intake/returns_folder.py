"""Lists the files that came back: those of the given folders, and what zip archives and mails hold. Nothing is changed or extracted."""

from __future__ import annotations

import os
import re
import stat
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from itertools import chain, count
from pathlib import Path

from fazhi_xl.findings import Code, finding
from fazhi_xl.intake.archives import ZIP, archive_of, members
from fazhi_xl.intake.arrival import PACKAGE_LIMIT, Arrival, Budget, failure, is_litter
from fazhi_xl.intake.mails import attached, is_mail, mail_trouble, nested_mail
from fazhi_xl.limits import SIZE_LIMIT
from fazhi_xl.rounds.day_basis import DayBasis
from fazhi_xl.text.system_errors import system_error

_DATED = re.compile(r"(20\d\d)(?:(\d\d)(\d\d)|[-._年](\d{1,2})[-._月](\d{1,2}))(?!\d)")
_UNKNOWN_DAY = date(1970, 1, 1)
_ODD = re.compile("[\ud800-\udfff]")  # how Python writes the bytes of a name that is no UTF-8
_TRIES, _PAUSE = 3, 0.1  # seconds
_SCANS = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"RIFF", b"ID3", b"\x00\x00\x01\xba")
_FILM = b"ftyp"  # of MP4, MOV and HEIC, after the length of the first box


class _ChangingError(OSError):
    """The file changed while it was read, at every attempt."""


def arrivals(returns: Sequence[Path], *, bulky: Callable[[Arrival], bool] = lambda _: False) -> Iterator[Arrival]:
    """Give every file in the folders (or the files named themselves), in the order of their names, each once.

    The day of receipt is that of the mail, else the date that a folder's name begins with (`2031-11-18`), else the file's own.
    Where several places are given, a file's path begins with its place. Links to folders are named and not followed. What is
    `bulky` by its place, and a scan, a picture or a film, is not kept in memory.
    """
    for each in _distinct(chain.from_iterable(_arrived(*place) for place in _found(returns))):
        data = each.data or b""
        if data and not each.trouble and bulky(each) and (data.startswith(_SCANS) or data[4:8] == _FILM):
            yield replace(each, data=None, fingerprint=each.sha256 if len(data) <= SIZE_LIMIT else "")
        else:
            yield each


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
    """List the files, the links to folders, and the folders that cannot be opened."""
    closed: list[Path] = []
    found = (
        Path(base, name)
        for base, folders, files in os.walk(folder, onerror=lambda error: closed.append(Path(error.filename)))
        for name in (*files, *(each for each in folders if Path(base, each).is_symlink()))
    )
    return sorted([*found, *closed])


def _words(path: Path) -> str:
    """Decode a path; names that came over from a system with another encoding are taken for GB 18030."""
    return "/".join(
        os.fsencode(name).decode("gb18030", errors="replace") if _ODD.search(name) else name
        for name in path.as_posix().split("/")
    )


def _distinct(found: Iterable[Arrival]) -> Iterator[Arrival]:
    """Add a number to the paths of files with the same name, as an archive may hold."""
    known: set[str] = set()
    for each in found:
        again = (f"{each.path}#{number}" for number in count(2))
        path = next(path for path in chain([each.path], again) if path not in known)
        known.add(path)
        yield replace(each, path=path)


def _arrived(path: Path, name: str, folders: Sequence[str]) -> Iterator[Arrival]:
    facts: os.stat_result | None = None
    for look in (path.lstat, path.stat):  # of a link that leads nowhere, the link's own
        with suppress(OSError):
            facts = look()
    received, basis = _received(folders, facts)
    arrival = Arrival(path=name, received=received, basis=basis, moment=facts.st_mtime_ns if facts else 0)
    if is_litter(name):
        yield replace(arrival, litter=True)
        return
    try:
        data = _read(path, facts)
    except FileNotFoundError:
        yield replace(arrival, trouble=finding(Code.FILE_VANISHED))
    except _ChangingError:
        yield replace(arrival, trouble=finding(Code.FILE_CHANGING))
    except OSError as error:
        yield replace(arrival, trouble=finding(Code.FILE_UNREADABLE, detail=system_error(error)))
    else:
        yield from _survived(replace(arrival, data=data))


def _read(path: Path, facts: os.stat_result | None) -> bytes:
    """Read a file, at most one byte more than its limit; where it changes meanwhile, it is read again.

    Raises OSError.
    """
    if facts and not stat.S_ISREG(facts.st_mode):
        raise OSError(0, "是文件夹、链接或设备,不是文件")
    for again in range(_TRIES):
        time.sleep(_PAUSE if again else 0)
        before = _identity(path)
        with path.open("rb") as file:
            data = file.read(SIZE_LIMIT + 1)
            if len(data) > SIZE_LIMIT and (data.startswith(ZIP) or is_mail(path.name, data)):
                data += file.read(PACKAGE_LIMIT - SIZE_LIMIT)
        if _identity(path) == before:
            return data
    raise _ChangingError


def _identity(path: Path) -> tuple[int, int, int]:
    facts = path.stat()
    return facts.st_ino, facts.st_size, facts.st_mtime_ns


def _received(folders: Sequence[str], facts: os.stat_result | None) -> tuple[date, DayBasis]:
    """Give the day of the innermost folder that begins with one, else the file's own."""
    for match in filter(None, map(_DATED.match, reversed(folders))):
        year, *written = filter(None, match.groups())
        with suppress(ValueError):
            return date(int(year), *map(int, written)), DayBasis.FOLDER
    own = datetime.fromtimestamp(facts.st_mtime).astimezone().date() if facts else _UNKNOWN_DAY
    return own, DayBasis.FILE


def _survived(arrival: Arrival) -> Iterator[Arrival]:
    """Open a file; where the program itself fails over it, what was found until then stays, and the file is told."""
    try:
        yield from _opened(arrival, Budget())
    except Exception as error:  # noqa: BLE001 - whatever an archive or a mail sets off, the other files are read
        trouble, trace = failure(error)
        yield replace(arrival, trouble=trouble, trace=trace)


def _opened(arrival: Arrival, budget: Budget, *, packed: bool = False, posted: bool = False) -> Iterator[Arrival]:
    """Replace an archive or a mail by what it holds, also an archive in a mail or a mail in an archive; any other file stays."""
    data = arrival.data or b""
    archive, mail = archive_of(data), is_mail(arrival.path, data)
    if archive and not packed:
        inner, packed = members(arrival, archive, budget), True
    elif mail and not posted:
        inner, posted = attached(arrival, budget), True
    else:
        deep = finding(Code.ARCHIVE_IN_ARCHIVE) if archive else nested_mail() if mail else None
        yield replace(arrival, trouble=deep or mail_trouble(arrival.path, data))
        return
    for each in inner:
        yield from [each] if each.trouble else _opened(each, budget, packed=packed, posted=posted)
