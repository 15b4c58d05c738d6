"""The ways in which files of a zip archive are packed, as programs name them."""

from __future__ import annotations

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
