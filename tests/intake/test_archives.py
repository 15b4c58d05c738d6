"""What an archive holds arrives member by member; nothing is extracted, and a bad member never stops the others."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO
from os import urandom
from pathlib import Path

import pytest

from fazhi_xl.intake.arrival import Arrival
from fazhi_xl.intake.returns_folder import arrivals

ENCRYPTED = 0x1


def packed(members: Mapping[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    memory = BytesIO()
    with zipfile.ZipFile(memory, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return memory.getvalue()


def renamed(archive: bytes, old: bytes, new: bytes, *, utf8: bool = False) -> bytes:
    """Change a member's name in its raw bytes, with or without the mark of UTF-8, as programs of Windows write it."""
    assert len(old) == len(new)
    changed = bytearray(archive.replace(old, new))
    for magic, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        struct.pack_into("<H", changed, changed.index(magic) + flag, 0x800 if utf8 else 0)
    return bytes(changed)


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


def opened(folder: Path, data: bytes) -> dict[str, Arrival]:
    """Put an archive into a folder and list what arrives, by path."""
    (folder / "包.zip").write_bytes(data)
    found = list(arrivals([folder]))
    assert len({each.path for each in found}) == len(found), "a path names one file"
    return {each.path: each for each in found}


def code(arrival: Arrival) -> str:
    return arrival.trouble.code if arrival.trouble else ""


def test_members(tmp_path: Path) -> None:
    """Members come with their names within the archive, their bytes and the archive's day; folders are no members."""
    found = opened(tmp_path, packed({"甲.xlsx": b"a", "子/": b"", "子/乙.xlsx": b"b"}))
    assert {path: each.data for path, each in found.items()} == {"包.zip/甲.xlsx": b"a", "包.zip/子/乙.xlsx": b"b"}
    assert len({each.received for each in found.values()}) == 1


def test_archive_in_a_dated_folder(tmp_path: Path) -> None:
    """A member was received on the day of its archive's folder, whatever folders the archive has."""
    inner = tmp_path / "2020-11-18"
    inner.mkdir()
    (inner / "包.zip").write_bytes(packed({"2020-01-01/甲.xlsx": b"a"}))
    (found,) = arrivals([tmp_path])
    assert (found.path, str(found.received)) == ("2020-11-18/包.zip/2020-01-01/甲.xlsx", "2020-11-18")


def test_archive_named_otherwise(tmp_path: Path) -> None:
    """An archive is known by its content, and its name does not matter."""
    (tmp_path / "表.xlsx").write_bytes(packed({"甲.xlsx": b"a"}))
    assert [each.path for each in arrivals([tmp_path])] == ["表.xlsx/甲.xlsx"]


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_names_without_a_mark(tmp_path: Path, encoding: str) -> None:
    """Names in GBK or UTF-8 that the archive does not mark as such are read right."""
    raw = "区委办_任务分解表.xlsx".encode(encoding)
    data = renamed(packed({"n" * len(raw): b"a"}), b"n" * len(raw), raw)
    assert list(opened(tmp_path, data)) == ["包.zip/区委办_任务分解表.xlsx"]


def test_names_with_a_mark(tmp_path: Path) -> None:
    """Names marked as UTF-8 are taken as they are."""
    raw = "区委办.xlsx".encode()
    data = renamed(packed({"n" * len(raw): b"a"}), b"n" * len(raw), raw, utf8=True)
    assert list(opened(tmp_path, data)) == ["包.zip/区委办.xlsx"]


def test_names_told_twice(tmp_path: Path) -> None:
    """A name that is told in UTF-8 too, beside the one in GBK, is read right by every version of zipfile."""
    raw = "区委办.xlsx".encode("gbk")
    again = struct.pack("<BL", 1, zlib.crc32(raw)) + "区委办.xlsx".encode()
    info = zipfile.ZipInfo("n" * len(raw))
    info.extra = struct.pack("<HH", 0x7075, len(again)) + again
    memory = BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        archive.writestr(info, b"a")
    data = renamed(memory.getvalue(), b"n" * len(raw), raw)
    assert list(opened(tmp_path, data)) == ["包.zip/区委办.xlsx"]


def test_names_that_nobody_can_read(tmp_path: Path) -> None:
    """Bytes that are neither UTF-8 nor GBK still give some name."""
    data = renamed(packed({"nn.xlsx": b"a"}), b"nn", b"\xff\xfe")
    (found,) = opened(tmp_path, data).values()
    assert found.data == b"a"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_members_of_one_name(tmp_path: Path) -> None:
    """Members of one name are told apart by a number, so that each is accounted for."""
    memory = BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        for data in (b"a", b"b", b"c"):
            archive.writestr("表.xlsx", data)
    found = opened(tmp_path, memory.getvalue())
    assert {path: each.data for path, each in found.items()} == {
        "包.zip/表.xlsx": b"a",
        "包.zip/表.xlsx#2": b"b",
        "包.zip/表.xlsx#3": b"c",
    }


@pytest.mark.parametrize("name", ["../../外.xlsx", "/etc/外.xlsx", "C:/外.xlsx", "..\\..\\外.xlsx"])
def test_names_that_lead_outside(tmp_path: Path, name: str) -> None:
    """A member's name leads nowhere: it is only shown, with plain slashes, and nothing is written."""
    inside = tmp_path / "甲" / "乙" / "回收"
    inside.mkdir(parents=True)
    (found,) = opened(inside, packed({name: b"a"})).values()
    assert (found.path, found.data) == ("包.zip/" + name.replace("\\", "/"), b"a")
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["包.zip"]


@pytest.mark.parametrize("name", ["__MACOSX/._甲.xlsx", "~$甲.xlsx", "子/.DS_Store", "Thumbs.db"])
def test_litter_in_an_archive(tmp_path: Path, name: str) -> None:
    """Litter in an archive is named and not read."""
    (found,) = opened(tmp_path, packed({name: b"a"})).values()
    assert (found.litter, found.data) == (True, None)


def test_encrypted_member(tmp_path: Path) -> None:
    """A member with a password asks for one without, as an encrypted workbook does."""
    (found,) = opened(tmp_path, flagged(packed({"甲.xlsx": b"a"}), ENCRYPTED)).values()
    assert (found.path, code(found)) == ("包.zip/甲.xlsx", "file-encrypted")


def test_damaged_member(tmp_path: Path) -> None:
    """A member whose compressed bytes are damaged is named, and the others are read."""
    data = bytearray(packed({"甲.xlsx": b"a" * 500, "乙.xlsx": b"b"}))
    start = data.index("甲.xlsx".encode()) + len("甲.xlsx".encode())
    data[start : start + 4] = b"\xff\xff\xff\xff"
    with pytest.raises(zlib.error):
        zipfile.ZipFile(BytesIO(data)).read("甲.xlsx")
    found = opened(tmp_path, bytes(data))
    assert code(found["包.zip/甲.xlsx"]) == "file-damaged"
    assert found["包.zip/乙.xlsx"].data == b"b"


def test_wrong_checksum(tmp_path: Path) -> None:
    """A member whose checksum does not fit is damaged."""
    data = packed({"甲.xlsx": b"abcdef"}, method=zipfile.ZIP_STORED).replace(b"abcdef", b"abcdeg")
    assert code(opened(tmp_path, data)["包.zip/甲.xlsx"]) == "file-damaged"


def test_unknown_compression(tmp_path: Path) -> None:
    """A member compressed in a way that nobody here knows is damaged as far as we can tell."""
    changed = bytearray(packed({"甲.xlsx": b"a"}))
    for magic, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        struct.pack_into("<H", changed, changed.index(magic) + offset, 97)
    assert code(opened(tmp_path, bytes(changed))["包.zip/甲.xlsx"]) == "file-damaged"


@pytest.mark.parametrize("cut", [30, 60, 100])
def test_truncated_archive(tmp_path: Path, cut: int) -> None:
    """An archive that broke off arrives as it is, for the reader to say what is wrong with it."""
    data = packed({"甲.xlsx": bytes(range(256))})[:cut]
    assert opened(tmp_path, data)["包.zip"].data == data


@pytest.mark.parametrize("members", [{}, {"子/": b""}])
def test_empty_archive(tmp_path: Path, members: Mapping[str, bytes]) -> None:
    """An archive without files arrives itself, so that it is accounted for."""
    assert list(opened(tmp_path, packed(members))) == ["包.zip"]


@pytest.mark.parametrize("name", ["[Content_Types].xml", "[CONTENT_TYPES].XML", "mimetype", "OFD.xml"])
def test_documents_are_no_archives(tmp_path: Path, name: str) -> None:
    """A workbook, an OpenDocument and an OFD are zip files and no archives."""
    assert list(opened(tmp_path, packed({name: b"", "甲": b""}))) == ["包.zip"]


def test_archive_in_an_archive(tmp_path: Path) -> None:
    """Archives are opened one level deep; one inside another is named, with its own fingerprint."""
    inner = packed({"甲.xlsx": b"a"})
    found = opened(tmp_path, packed({"内.zip": inner}))["包.zip/内.zip"]
    assert (code(found), found.data) == ("archive-in-archive", inner)


def test_too_many_members(tmp_path: Path) -> None:
    """An archive with more than 500 files is refused as a whole, with its own fingerprint."""
    data = packed({f"{no}.xlsx": b"" for no in range(501)})
    found = opened(tmp_path, data)["包.zip"]
    assert (code(found), found.data) == ("file-unsafe", data)
    assert len(opened(tmp_path, packed({f"{no}.xlsx": b"" for no in range(500)}))) == 500


def test_too_much_unpacked(tmp_path: Path) -> None:
    """An archive that would unpack to more than 200 MB is refused before anything is unpacked."""
    blank = bytes(19 * 1024 * 1024)
    found = opened(tmp_path, packed({f"{no}.xlsx": blank for no in range(11)}))["包.zip"]
    assert code(found) == "file-unsafe"
    assert "200MB" in (found.trouble.message if found.trouble else "")


def test_large_member(tmp_path: Path) -> None:
    """Of a member over 20 MB no more is unpacked than shows that it is too large."""
    data = opened(tmp_path, packed({"甲.xlsx": bytes(30 * 1024 * 1024)}))["包.zip/甲.xlsx"].data
    assert data is not None
    assert len(data) == 20 * 1024 * 1024 + 1


def test_large_archive(tmp_path: Path) -> None:
    """An archive may be larger than a workbook, with the evidence beside it."""
    parts = {name: urandom(13 * 1024 * 1024) for name in ("甲.pdf", "乙.pdf")}
    assert list(opened(tmp_path, packed(parts, method=zipfile.ZIP_STORED))) == ["包.zip/甲.pdf", "包.zip/乙.pdf"]
