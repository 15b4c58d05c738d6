"""The bytes of a package's archive that belong to no file: each is decided by what the files are called and come to.

Programs that read zip archives leave most of them unread, so that one of them may change and nobody notices.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import IO

from fazhi_xl.office.archiving.opened import Package
from fazhi_xl.office.archiving.trouble import Check, Trouble, Wrong
from fazhi_xl.office.archiving.zip_format import Entry, ending


def is_ours(package: Package) -> bool:
    """Say whether an archive was written by this program, and not packed anew by another one."""
    entries = _entries(package)
    file = _file(package)
    return 2 * sum(_read(file, each.offset, len(each.header)) == each.header for each in entries) > len(entries)


def header_troubles(package: Package) -> Iterator[Trouble]:
    """Name what is not as this program writes it, in an archive that it wrote."""
    entries, file = _entries(package), _file(package)
    in_place = sorted(entries, key=lambda each: each.offset)
    for each in in_place:
        if _read(file, each.offset, len(each.header)) != each.header:
            yield _trouble(Wrong.HEADER, each.path)
    if in_place and in_place[0].offset:
        yield _trouble(Wrong.GAP, in_place[0].path)
    for before, after in pairwise(in_place):
        if before.end != after.offset:
            yield _trouble(Wrong.GAP, after.path)
    yield from _of_ending(entries, file)


def _of_ending(entries: Sequence[Entry], file: IO[bytes]) -> Iterator[Trouble]:
    """Compare the directory and its end, line by line."""
    at = max(each.end for each in entries)
    before = min(each.offset for each in entries)  # put in front of all, which is told
    wanted = ending([replace(each, offset=each.offset - before) for each in entries])
    found = _read(file, at, len(wanted) + 1)
    if found == wanted:
        return
    start = 0
    for each in entries:
        stop = start + len(each.record)
        if found[start:stop] != wanted[start:stop]:
            yield _trouble(Wrong.DIRECTORY, each.path)
        start = stop
    if found[start:] != wanted[start:]:
        yield _trouble(Wrong.ENDING)


def _entries(package: Package) -> list[Entry]:
    infos = package.archive.infolist() if package.archive else []
    return [Entry(path=info.filename, offset=info.header_offset, size=info.file_size, crc=info.CRC) for info in infos]


def _file(package: Package) -> IO[bytes]:
    if package.archive is None or package.archive.fp is None:
        raise ValueError(package.place)
    return package.archive.fp


def _read(file: IO[bytes], at: int, size: int) -> bytes:
    file.seek(at)
    return file.read(size)


def _trouble(wrong: Wrong, path: str = "") -> Trouble:
    return Trouble(check=Check.AUTHENTIC, wrong=wrong, path=path)
