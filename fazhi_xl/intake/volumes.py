"""Archives that were split into several files: they are not put together here, and told once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from struct import unpack_from

from fazhi_xl.findings import Code, Finding, finding
from fazhi_xl.intake.arrival import Arrival

_NUMBERED = re.compile(r"(.+?)(?:\.part(\d{1,4})\.(?:rar|zip|7z|exe)|\.[zr](\d\d)|\.(\d{3}))", re.IGNORECASE)
_BARE = re.compile(r"(.+?)\.(?:zip|rar)", re.IGNORECASE)  # the last volume of a zip, the first of an old RAR
_ARCHIVES = (b"PK\x03\x04", b"PK\x07\x08", b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")
_SPLIT = b"PK\x07\x08"  # opens the first volume of a zip (APPNOTE 8.5.3)
_END, _ONE_FILE = b"PK\x05\x06", {0, 0xFFFF}  # the number of the last volume, in the end of the directory (4.3.16)


def volume_trouble(data: bytes) -> Finding | None:
    """Give the finding for a volume of a zip that its own content tells, the first or the last; None for any other file."""
    return _unopened(1) if data.startswith(_SPLIT) or is_last_volume(data) else None


def is_last_volume(data: bytes) -> bool:
    """Say whether a zip's directory is that of an archive in several files."""
    end = data.rfind(_END)
    return 0 <= end <= len(data) - 22 and unpack_from("<H", data, end + 4)[0] not in _ONE_FILE


def told_once(found: Iterable[Arrival]) -> Iterator[Arrival]:
    """Let the first volume of an archive say what it is, and the others that they belong to it."""
    every = list(found)
    volumes = {each.path: each for own in _sets(every) for each in _told(own)}
    yield from (volumes.get(each.path, each) for each in every)


def _sets(every: Sequence[Arrival]) -> Iterator[list[Arrival]]:
    """Give the volumes of each archive by their numbers; one that is numbered, alone and whole is none."""
    sets: defaultdict[str, dict[int, Arrival]] = defaultdict(dict)
    for each in every:
        if (match := _NUMBERED.fullmatch(each.path)) and not each.litter:
            sets[match[1].lower()][int(next(filter(None, match.groups()[1:])))] = each
    for each in every:
        if (match := _BARE.fullmatch(each.path)) and match[1].lower() in sets and not each.litter:
            sets[match[1].lower()].setdefault(-1 if each.path.lower().endswith(".rar") else 10_000, each)
    for own in sets.values():
        if any(_is_archive(each) for each in own.values()):
            yield [own[no] for no in sorted(own)]


def _is_archive(arrival: Arrival) -> bool:
    large = arrival.trouble is not None and arrival.trouble.code is Code.FILE_TOO_LARGE
    return large or (arrival.data or b"").startswith(_ARCHIVES)


def _told(own: Sequence[Arrival]) -> Iterator[Arrival]:
    first, *others = own
    yield replace(first, trouble=_unopened(len(own)))
    yield from (replace(each, trouble=None, part_of=first.path) for each in others)


def _unopened(count: int) -> Finding:
    return finding(Code.ARCHIVE_UNOPENED, kind=f"分成{count}卷的压缩包" if count > 1 else "分卷压缩包的一卷")
