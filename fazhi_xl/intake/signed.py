"""Takes the mail out of a signed one whose content and signature are one block (RFC 8551, section 3.5.2). The signature is not checked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

_SIGNED = b"\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"  # 1.2.840.113549.1.7.2, as its bytes
_OCTETS, _SEQUENCE, _OBJECT, _TAGGED = 0x04, 0x30, 0x06, 0xA0
_CONSTRUCTED = 0x20
_DEEPEST = 20
_HEAD = 40  # bytes within which the block says what it is


def signed_file(data: bytes) -> bytes | None:
    """Give the file in a signed block that lies there by itself (.p7m); None for anything else."""
    if not data.startswith(b"\x30") or _SIGNED not in data[:_HEAD]:
        return None
    with suppress(ValueError):
        return content(data)
    return None


def content(data: bytes) -> bytes | None:
    """Give what was signed; None where it is no such block (an encrypted one, say). Raises ValueError where it is damaged."""
    whole = _first(data, _SEQUENCE)
    if whole is None or _first(whole, _OBJECT) != _SIGNED:
        return None
    signed = _path(whole, _TAGGED, _SEQUENCE, _SEQUENCE, _TAGGED)
    return None if signed is None else b"".join(_octets(signed, _DEEPEST))


def _path(data: bytes, *tags: int) -> bytes | None:
    for tag in tags:
        found = _first(data, tag)
        if found is None:
            return None
        data = found
    return data


def _first(data: bytes, tag: int) -> bytes | None:
    return next((held for own, held in _elements(data) if own == tag), None)


def _octets(data: bytes, depth: int) -> Iterator[bytes]:
    """Put a string together that may come in pieces, and pieces of pieces."""
    if not depth:
        raise ValueError(data[:20])
    for tag, held in _elements(data):
        if tag == _OCTETS:
            yield held
        elif tag == _OCTETS | _CONSTRUCTED:
            yield from _octets(held, depth - 1)


def _elements(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Give the tags and contents of the elements that stand one after another (X.690; tags of one byte)."""
    at = 0
    while at + 2 <= len(data) and data[at : at + 2] != b"\0\0":
        tag, start, end, after = _element(data, at, _DEEPEST)
        yield tag, data[start:end]
        at = after


def _element(data: bytes, at: int, depth: int) -> tuple[int, int, int, int]:
    """Give an element's tag, where its content begins and ends, and where the next one begins."""
    if at + 2 > len(data) or not depth:
        raise ValueError(at)
    tag, length, start = data[at], data[at + 1], at + 2
    if length == 0x80:  # of no length: up to two zero bytes
        end = start
        while data[end : end + 2] != b"\0\0":
            end = _element(data, end, depth - 1)[3]
        return tag, start, end, end + 2
    if length > 0x80:
        start, length = start + length - 0x80, int.from_bytes(data[start : start + length - 0x80], "big")
    if start + length > len(data):
        raise ValueError(at)
    return tag, start, start + length, start + length
