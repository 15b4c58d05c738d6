"""Zip archives: the ways in which their files are packed, as programs name them, and what is not the system's in them."""

from __future__ import annotations

import struct
from typing import BinaryIO
from zipfile import ZipFile

_METHODS = {
    9: "Deflate64",
    12: "BZIP2",
    14: "LZMA",
    93: "Zstandard",
    95: "XZ",
    96: "JPEG",
    97: "WavPack",
    98: "PPMd",
    99: "AES",
}


def packing_method(number: int) -> str:
    """Name a way of packing by its number (APPNOTE 4.4.5)."""
    return _METHODS.get(number, f"第{number}种方式")


# Of the central directory (APPNOTE 4.3.12): the system, the lengths of name, extra field and comment, and the rights.
_ENTRY = struct.Struct("<5xB22x3H4xL4x")
_UNIX, _RIGHTS = 3, 0o600 << 16


def made_alike(archive: BinaryIO) -> None:
    """Let an archive name the same system and rights wherever it was made, or the same input would not give the same bytes."""
    with ZipFile(archive) as opened:
        at, entries = opened.start_dir, len(opened.infolist())
    for _ in range(entries):
        archive.seek(at)
        _, *lengths, _ = _ENTRY.unpack(archive.read(_ENTRY.size))
        for place, form, value in ((5, "B", _UNIX), (38, "<L", _RIGHTS)):
            archive.seek(at + place)
            archive.write(struct.pack(form, value))
        at += _ENTRY.size + sum(lengths)
