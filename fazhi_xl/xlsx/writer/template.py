"""A workbook compiled once and filled in many times: what is the same in every copy is compressed once, and copied as it is.

A part is cut at its slots. Each piece between them is a run of deflate blocks that ends on a byte and refers to nothing before it, and a
slot's own text is a stored block, so that the pieces of a copy need only be put one behind the other (RFC 1951, 3.2).
"""

from __future__ import annotations

import io
import json
import re
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape

_OPEN, _CLOSE = "\ue000", "\ue001"  # of Unicode's private use: in no text that a form prints
_TOKEN = re.compile(f"{_OPEN}([^{_CLOSE}]*){_CLOSE}")
_LEVEL = 6  # zlib's own; more takes a tenth of what drawing a shape takes, and saves a fiftieth
_FLUSHED = b"\x00\x00\xff\xff"  # the end of an empty stored block, with which each piece ends
_END = b"\x03\x00"  # an empty last block
_STORED = 0xFFFF  # bytes that a stored block holds at most


def token(slot: str) -> str:
    """Write the place of a slot into a text that is drawn."""
    return f"{_OPEN}{slot}{_CLOSE}"


@dataclass(frozen=True, slots=True)
class _Piece:
    """What is the same in every copy: its bytes, where a checksum still has to be taken over them, and compressed."""

    raw: bytes
    packed: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A part of the package: its first piece, whose checksum is known, then slots and the pieces behind them in turn."""

    name: str
    head: _Piece
    checksum: int
    rest: tuple[tuple[str, _Piece], ...]

    @property
    def pieces(self) -> Iterator[_Piece]:
        yield self.head
        yield from (piece for _, piece in self.rest)


@dataclass(frozen=True, slots=True)
class Template:
    """A workbook with slots."""

    parts: tuple[_Part, ...]

    @classmethod
    def of(cls, parts: Iterable[tuple[str, bytes]]) -> Template:
        """Compile a package's parts, in whose texts `token` has marked the slots."""
        return cls(tuple(_part(name, data) for name, data in parts))

    def fill(self, slots: Mapping[str, str]) -> bytes:
        """Give one copy. The same slots give the same bytes."""
        texts = {name: escape(text, quote=False).encode() for name, text in slots.items()}
        return b"".join(_package(_filled(part, texts) for part in self.parts))

    def packed(self) -> bytes:
        """Write the template, so that `unpacked` gives it again: a line that says how long the pieces are, and the pieces, compressed."""
        listed = [
            [part.name, len(part.head.packed), [(slot, len(piece.packed)) for slot, piece in part.rest]]
            for part in self.parts
        ]
        pieces = (piece.packed for part in self.parts for piece in part.pieces)
        return b"".join((json.dumps(listed).encode(), b"\n", *pieces))

    @classmethod
    def unpacked(cls, held: bytes) -> Template:
        """Read a template that was written. Raises ValueError, TypeError or zlib.error where it is none."""
        listed, _, pieces = held.partition(b"\n")
        cut = io.BytesIO(pieces)
        return cls(
            tuple(
                _made_of(
                    name,
                    _unpacked(cut.read(head), head),
                    [(slot, _unpacked(cut.read(length), length)) for slot, length in rest],
                )
                for name, head, rest in json.loads(listed)
            )
        )


def _part(name: str, data: bytes) -> _Part:
    first, *others = _TOKEN.split(data.decode()) if _OPEN.encode() in data else [data]
    return _made_of(
        name, _piece(first), [(str(slot), _piece(text)) for slot, text in zip(others[::2], others[1::2], strict=True)]
    )


def _made_of(name: str, head: _Piece, rest: Iterable[tuple[str, _Piece]]) -> _Part:
    return _Part(name=name, head=head, checksum=zlib.crc32(head.raw), rest=tuple(rest))


def _unpacked(packed: bytes, length: int) -> _Piece:
    if len(packed) != length or not packed.endswith(_FLUSHED):
        raise ValueError(length)
    return _Piece(zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed), packed)


def _piece(text: str | bytes) -> _Piece:
    raw = text.encode() if isinstance(text, str) else text
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return _Piece(raw, packer.compress(raw) + packer.flush(zlib.Z_FULL_FLUSH))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Member:
    """A part as it stands in the package: its name, its compressed bytes, and the checksum and size of what they hold."""

    name: bytes
    packed: tuple[bytes, ...]
    checksum: int
    size: int


def _filled(part: _Part, texts: Mapping[str, bytes]) -> _Member:
    packed, checksum, size = [part.head.packed], part.checksum, len(part.head.raw)
    for slot, piece in part.rest:
        text = texts[slot]
        packed += [*_stored(text), piece.packed]
        checksum = zlib.crc32(piece.raw, zlib.crc32(text, checksum))
        size += len(text) + len(piece.raw)
    return _Member(name=part.name.encode(), packed=(*packed, _END), checksum=checksum, size=size)


def _stored(text: bytes) -> Iterator[bytes]:
    for start in range(0, len(text), _STORED):
        block = text[start : start + _STORED]
        yield struct.pack("<xHH", len(block), len(block) ^ _STORED) + block


# The package (APPNOTE.TXT 4.3): each member under a header, then the directory of all -----------------------------------

_MADE_BY, _NEEDED, _UTF8, _DEFLATED, _DAY, _READABLE = 3 << 8 | 20, 20, 1 << 11, 8, 0x21, 0o600 << 16  # 1980-01-01
_HEADER, _ENTRY, _TAIL = "<4s5H3L2H", "<4s6H3L5H2L", "<4s4H2LH"


def _package(members: Iterable[_Member]) -> Iterator[bytes]:
    directory, at = [], 0
    for member in members:
        flags = 0 if member.name.isascii() else _UTF8
        packed = sum(map(len, member.packed))
        common = (_NEEDED, flags, _DEFLATED, 0, _DAY, member.checksum, packed, member.size, len(member.name), 0)
        head = struct.pack(_HEADER, b"PK\x03\x04", *common) + member.name
        yield head
        yield from member.packed
        directory.append(struct.pack(_ENTRY, b"PK\x01\x02", _MADE_BY, *common, 0, 0, 0, _READABLE, at) + member.name)
        at += len(head) + packed
    listed = b"".join(directory)
    yield listed
    yield struct.pack(_TAIL, b"PK\x05\x06", 0, 0, len(directory), len(directory), len(listed), at, 0)
