"""Reads the modules of a VBA project (MS-OVBA 2.4.1), to see what stands in the one that the console carries."""

from __future__ import annotations

import io
import re

import olefile


def modules(project: bytes) -> dict[str, str]:
    """Give the source of every module that has one, by its stream's name."""
    with olefile.OleFileIO(io.BytesIO(project)) as held:
        streams = {path[-1]: held.openstream(path).read() for path in held.listdir() if path[0] == "VBA"}
    found = {name: _source(data) for name, data in streams.items() if not name.startswith(("_", "dir"))}
    return {name: text for name, text in found.items() if text}


def _source(stream: bytes) -> str:
    """Find the compressed container, which a cache of unknown length may stand before: it begins with the module's attributes."""
    for at in (match.start() for match in re.finditer(rb"\x01.[\xb0-\xbf]", stream, re.DOTALL)):
        try:
            text = _decompressed(stream[at:]).decode("cp1252")
        except (IndexError, ValueError):
            continue
        if text.startswith("Attribute VB_Name"):
            return text
    return ""


def _decompressed(container: bytes) -> bytes:
    done, at = bytearray(), 1
    while at < len(container):
        header = int.from_bytes(container[at : at + 2], "little")
        end, start = min(len(container), at + (header & 0xFFF) + 3), len(done)
        at += 2
        if not header & 0x8000:
            done += container[at : at + 4096]
            at += 4096
        while at < end:
            at = _tokens(container, at, end, done, start)
    return bytes(done)


def _tokens(container: bytes, at: int, end: int, done: bytearray, start: int) -> int:
    flags, at = container[at], at + 1
    for bit in range(8):
        if at >= end:
            break
        if not flags >> bit & 1:
            done.append(container[at])
            at += 1
            continue
        token = int.from_bytes(container[at : at + 2], "little")
        at += 2
        bits = max(4, (len(done) - start - 1).bit_length())
        length, offset = (token & (0xFFFF >> bits)) + 3, (token >> (16 - bits)) + 1
        if offset > len(done):
            raise ValueError(offset)
        for _ in range(length):
            done.append(done[-offset])
    return at
