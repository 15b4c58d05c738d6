"""Zip archives that have a password."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO

from pyzipper import WZ_AES, AESZipFile

OPENS_WITH = "密码1234"
ENCRYPTED = 0x1


def packed(members: Mapping[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Write a zip archive as Python's own library does."""
    memory = BytesIO()
    with zipfile.ZipFile(memory, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return memory.getvalue()


def flagged(archive: bytes, flag: int) -> bytes:
    """Set a flag of every member."""
    changed = bytearray(archive)
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.find(magic)
        while at >= 0:
            (old,) = struct.unpack_from("<H", changed, at + offset)
            struct.pack_into("<H", changed, at + offset, old | flag)
            at = changed.find(magic, at + 4)
    return bytes(changed)


def locked_by_aes(members: Mapping[str, bytes]) -> bytes:
    """Lock members as programs do today, with a password in UTF-8."""
    memory = BytesIO()
    with AESZipFile(memory, "w", compression=zipfile.ZIP_DEFLATED, encryption=WZ_AES) as archive:
        archive.setpassword(OPENS_WITH.encode())
        for name, data in members.items():
            archive.writestr(name, data)
    return memory.getvalue()


def locked_by_several(members: Mapping[str, bytes]) -> bytes:
    """Lock each member by a password of its own: the first by the known one, the others by their numbers."""
    memory = BytesIO()
    with AESZipFile(memory, "w", compression=zipfile.ZIP_DEFLATED, encryption=WZ_AES) as archive:
        for no, (name, data) in enumerate(members.items(), 1):
            archive.setpassword(OPENS_WITH.encode() if no == 1 else str(no).encode())
            archive.writestr(name, data)
    return memory.getvalue()


def locked_as_of_old(members: Mapping[str, bytes]) -> bytes:
    """Lock members as APPNOTE 6.1 has it, with the password in the bytes of a Chinese Windows."""
    plain = packed(members, method=zipfile.ZIP_STORED)
    infos = zipfile.ZipFile(BytesIO(plain)).infolist()
    memory = BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_STORED) as archive:
        for info in infos:
            check = bytes(11) + bytes([info.CRC >> 24])
            archive.writestr(info.filename, enciphered(check + members[info.filename], OPENS_WITH.encode("gb18030")))
    changed = bytearray(flagged(memory.getvalue(), ENCRYPTED))
    start, entry = 0, 0
    for info in infos:
        start, entry = changed.index(b"PK\x03\x04", start), changed.index(b"PK\x01\x02", entry)
        struct.pack_into("<LLL", changed, start + 14, info.CRC, info.file_size + 12, info.file_size)
        struct.pack_into("<LLL", changed, entry + 16, info.CRC, info.file_size + 12, info.file_size)
        start, entry = start + 4, entry + 4
    return bytes(changed)


def enciphered(data: bytes, password: bytes) -> bytes:
    keys = [0x12345678, 0x23456789, 0x34567890]

    def crc(value: int, byte: int) -> int:
        return (zlib.crc32(bytes([byte]), value ^ 0xFFFFFFFF) ^ 0xFFFFFFFF) & 0xFFFFFFFF

    def update(byte: int) -> None:
        keys[0] = crc(keys[0], byte)
        keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = crc(keys[2], keys[1] >> 24)

    out = bytearray()
    for byte in password:
        update(byte)
    for byte in data:
        stirred = (keys[2] | 2) & 0xFFFF
        out.append(byte ^ (stirred * (stirred ^ 1) >> 8 & 0xFF))
        update(byte)
    return bytes(out)


def packed_as(archive: bytes, method: int) -> bytes:
    """Say of every member that it is packed in another way, as an archive does that this program cannot undo."""
    changed = bytearray(archive)
    for magic, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        at = changed.find(magic)
        while at >= 0:
            struct.pack_into("<H", changed, at + offset, method)
            at = changed.find(magic, at + 4)
    return bytes(changed)
