"""What an archive holds arrives member by member; nothing is extracted, and a bad member never stops the others."""

from __future__ import annotations

import random
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from hashlib import sha256
from io import BytesIO
from os import urandom
from pathlib import Path

import pytest

from fazhi_xl.intake.arrival import Arrival
from fazhi_xl.intake.returns_folder import arrivals
from tests.support.locking import ENCRYPTED, OPENS_WITH, flagged, locked_as_of_old, locked_by_aes, packed


def renamed(archive: bytes, old: bytes, new: bytes, *, utf8: bool = False) -> bytes:
    """Change a member's name in its raw bytes, with or without the mark of UTF-8, as programs of Windows write it."""
    assert len(old) == len(new)
    changed = bytearray(archive.replace(old, new))
    for magic, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        struct.pack_into("<H", changed, changed.index(magic) + flag, 0x800 if utf8 else 0)
    return bytes(changed)


MEMBERS = {"甲.xlsx": b"a" * 99, "子/乙.xlsx": b"b"}
LOCKED = {"aes": locked_by_aes, "old": locked_as_of_old}


def with_passwords(folder: Path, data: bytes, *passwords: str) -> dict[str, Arrival]:
    return opened(folder, data, passwords)


def opened(folder: Path, data: bytes, passwords: Sequence[str] = ()) -> dict[str, Arrival]:
    """Put an archive into a folder and list what arrives, by path."""
    (folder / "包.zip").write_bytes(data)
    found = list(arrivals([folder], passwords=passwords))
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


def test_names_in_private_characters(tmp_path: Path) -> None:
    """A name whose two bytes stood in the private-use area once has the standard's character."""
    raw = b"\xfe\x59\xd7\xdc\xbd\xe1.xlsx"
    data = renamed(packed({"n" * len(raw): b"a"}), b"n" * len(raw), raw)
    assert list(opened(tmp_path, data)) == ["包.zip/龴总结.xlsx"]


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


@pytest.mark.parametrize(
    ("method", "called"), [(9, "Deflate64"), (93, "Zstandard"), (97, "WavPack"), (77, "第77种方式")]
)
def test_unknown_compression(tmp_path: Path, method: int, called: str) -> None:
    """A member packed in a way that this program cannot undo is named by that way, and the others are read."""
    changed = bytearray(packed({"甲.xlsx": b"a", "乙.xlsx": b"b"}))
    for magic, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        struct.pack_into("<H", changed, changed.index(magic) + offset, method)
    found = opened(tmp_path, bytes(changed))
    assert code(found["包.zip/甲.xlsx"]) == "archive-unopened"
    assert found["包.zip/甲.xlsx"].trouble.message.startswith(f"这是用 {called} 压缩的文件,拆不开。")  # type: ignore[union-attr]
    assert found["包.zip/乙.xlsx"].data == b"b"


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
    """An archive with more than 2000 files is refused as a whole, with its own fingerprint."""
    data = packed({f"{no}.xlsx": b"" for no in range(2001)})
    found = opened(tmp_path, data)["包.zip"]
    assert (code(found), found.content()) == ("archive-too-much", data)
    assert len(opened(tmp_path, packed({f"{no}.xlsx": b"" for no in range(1000)}))) == 1000


def test_too_much_unpacked(tmp_path: Path) -> None:
    """An archive that would unpack to more than 1 GB is refused before anything is unpacked."""
    data = bytearray(packed({f"{no}.xlsx": b"x" for no in range(300)}))
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        struct.pack_into("<L", data, at + 24, 4 * 1024 * 1024)
        at = data.find(b"PK\x01\x02", at + 4)
    found = opened(tmp_path, bytes(data))["包.zip"]
    assert code(found) == "archive-too-much"
    assert "解压后有1200MB" in (found.trouble.message if found.trouble else "")


def test_too_much_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No more than so much of what may be forms is kept of one archive: what goes beyond is named, the others are read."""
    monkeypatch.setattr("fazhi_xl.intake.arrival.KEPT_LIMIT", 50_000)
    found = opened(tmp_path, packed({f"{no}.xlsx": bytes(19_000) for no in range(4)}))
    assert [code(each) for each in found.values()] == ["", "", "archive-too-much", "archive-too-much"]


def test_photographs(tmp_path: Path) -> None:
    """An archive of photographs beside a form may be large: of each the beginning is kept, and the fingerprint of all."""
    photo = b"\xff\xd8\xff\xe0" + random.Random(1).randbytes(70_000)
    files = {"甲.xlsx": b"a", **{f"照片/{no}.jpg": photo for no in range(600)}}
    found = opened(tmp_path, packed(files, method=zipfile.ZIP_STORED))
    assert len(found) == 601
    assert found["包.zip/甲.xlsx"].data == b"a"
    kept = found["包.zip/照片/599.jpg"]
    assert (kept.data, kept.sha256) == (photo[: 64 * 1024], sha256(photo).hexdigest())


STUBS = [b"MZ" + bytes(3000), b"\xef\xbb\xbf", b"HTTP/1.1 200 OK\r\n\r\n", bytes(60_000)]


@pytest.mark.parametrize("before", STUBS)
def test_bytes_before(tmp_path: Path, before: bytes) -> None:
    """What stands before an archive, a program that unpacks itself too, does not hide it."""
    data = before + packed({"甲.xlsx": b"a"})
    assert [each.data for each in opened(tmp_path, data).values()] == [b"a"]


class TestPasswords:
    @pytest.fixture(params=["aes", "old"])
    def locked(self, request: pytest.FixtureRequest) -> bytes:
        """Lock an archive with a password as programs do it today, and as Windows made it."""
        return LOCKED[request.param](MEMBERS)

    def test_right(self, tmp_path: Path, locked: bytes) -> None:
        """An archive with a password that the office has given is opened, whichever in its list it is."""
        found = with_passwords(tmp_path, locked, "别的", OPENS_WITH, "")
        assert {path: each.data for path, each in found.items()} == {
            f"包.zip/{name}": data for name, data in MEMBERS.items()
        }

    @pytest.mark.parametrize("passwords", [(), ("别的",), ("",), tuple(str(no) for no in range(300))])
    def test_wrong(self, tmp_path: Path, locked: bytes, passwords: tuple[str, ...]) -> None:
        """Without it each of its files says so."""
        found = with_passwords(tmp_path, locked, *passwords)
        assert {code(each) for each in found.values()} == {"file-encrypted"}


def test_large_member(tmp_path: Path) -> None:
    """A member over 20 MB is named with its own size, and not kept."""
    found = opened(tmp_path, packed({"甲.xlsx": bytes(30 * 1024 * 1024)}))["包.zip/甲.xlsx"]
    assert (code(found), found.data) == ("file-too-large", None)
    assert found.trouble.message.startswith("文件有30.0MB,超过20MB。")  # type: ignore[union-attr]


def test_large_archive(tmp_path: Path) -> None:
    """An archive may be larger than a workbook, with the evidence beside it."""
    parts = {name: urandom(13 * 1024 * 1024) for name in ("甲.pdf", "乙.pdf")}
    assert list(opened(tmp_path, packed(parts, method=zipfile.ZIP_STORED))) == ["包.zip/甲.pdf", "包.zip/乙.pdf"]


def test_empty_folders(tmp_path: Path) -> None:
    """A folder of an archive with nothing in it is told beside its files, and is none of them."""
    with zipfile.ZipFile(tmp_path / "包.zip", "w") as archive:
        for name in ("6/", "8/", "8/a.txt", "9/", "9/1/"):
            archive.writestr(name, b"a" if name.endswith("t") else b"")
    found = {each.path: each.hollow for each in arrivals([tmp_path])}
    assert found == {"包.zip/6/(空文件夹)": True, "包.zip/9/1/(空文件夹)": True, "包.zip/8/a.txt": False}
