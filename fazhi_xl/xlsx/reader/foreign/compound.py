"""The directory of an OLE compound file ([MS-CFB]), read far enough to tell what the file is."""

from __future__ import annotations

from dataclasses import dataclass
from struct import Struct, error, unpack_from

MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
_DIFAT_IN_HEADER = 109
_LAST_SECTOR = 0xFFFFFFFA  # from here on a sector number says that there is none
_NO_ENTRY = 0xFFFFFFFF
_ENTRY = Struct("<64sHBBIII")
_ENTRY_SIZE = 128
_SHIFTS = {9, 12}  # sectors of 512 and 4096 bytes
_MOST_SECTORS = 1024  # of a directory; real ones have a handful
_MOST_TABLES = 4  # in the chain of sectors about the allocation table; 20 MB need two


class BrokenCompoundError(Exception):
    """The directory cannot be followed."""


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    left: int
    right: int
    child: int


def root_names(data: bytes) -> frozenset[str]:
    """Give the names of the streams and storages at the top, in lower case. Raises BrokenCompoundError."""
    try:
        entries = _entries(data)
        names: dict[int, str] = {}
        waiting = [entries[0].child]
        while waiting:  # a tree of siblings; an entry visited before ends its branch
            number = waiting.pop()
            if number != _NO_ENTRY and number not in names:
                names[number] = entries[number].name.lower()
                waiting += entries[number].left, entries[number].right
    except (error, IndexError, OverflowError) as fault:
        raise BrokenCompoundError from fault
    return frozenset(names.values())


def _entries(data: bytes) -> list[_Entry]:
    shift: int = unpack_from("<H", data, 30)[0]
    if shift not in _SHIFTS:
        raise BrokenCompoundError
    size = 1 << shift
    sector: int = unpack_from("<I", data, 48)[0]
    entries: list[_Entry] = []
    for _ in range(_MOST_SECTORS):
        start = (sector + 1) * size
        for place in range(start, min(start + size, len(data) - 127), _ENTRY_SIZE):
            name, length, _, _, *links = _ENTRY.unpack_from(data, place)
            entries.append(_Entry(name[: max(length - 2, 0)].decode("utf-16-le", "replace"), *links))
        block, place = divmod(sector, size // 4)
        sector = unpack_from("<I", data, (_table_sector(data, block, size) + 1) * size + 4 * place)[0]
        if sector >= _LAST_SECTOR:
            return entries
    raise BrokenCompoundError


def _table_sector(data: bytes, block: int, size: int) -> int:
    """Find the sector that holds a block of the allocation table; files over 7 MB list the later ones in the DIFAT chain."""
    if block < _DIFAT_IN_HEADER:
        return int(unpack_from("<I", data, 76 + 4 * block)[0])
    chain, rest = divmod(block - _DIFAT_IN_HEADER, size // 4 - 1)
    if chain > _MOST_TABLES:
        raise BrokenCompoundError
    sector = unpack_from("<I", data, 68)[0]
    for _ in range(chain):
        sector = unpack_from("<I", data, (sector + 2) * size - 4)[0]
    return int(unpack_from("<I", data, (sector + 1) * size + 4 * rest)[0])
