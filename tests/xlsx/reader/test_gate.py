from __future__ import annotations

import struct
from zipfile import ZIP_BZIP2, ZipInfo

import pytest

from fazhi_xl.limits import MB
from fazhi_xl.xlsx.reader.gate import LIMITS, Limits, admit, open_archive
from fazhi_xl.xlsx.reader.model import RejectedError
from tests.xlsx.reader.crafted import SHEET, workbook, zipped

SMALL = Limits(entries=4, unpacked=3000, part=2000, ratio=20, ratio_from=1000, scanned=0)


def packed_with(method: int) -> ZipInfo:
    info = ZipInfo("a")
    info.compress_type = method
    return info


def encrypted() -> bytes:
    data = bytearray(zipped(("a", "")))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "detail"),
    [
        (zipped(*((f"{number}", "") for number in range(5))), "内部文件超过4个"),
        (zipped(("a", bytes(range(256)) * 8)), "解压后过大"),
        (zipped(*((name, bytes(range(256)) * 5) for name in "abc")), "解压后过大"),
        (zipped(("a", b" " * 1900)), "压缩比超过20"),
        (zipped((SHEET, b" " * 1900)), "压缩比超过20"),
        (zipped(("xl/a.xml", ""), ("XL/A.xml", "")), "内部文件重名"),
        (zipped(("xl/a.xml", ""), ("xl\\a.xml", "")), "内部文件重名"),
        (zipped(("xl/a.xml", ""), ("/xl/a.xml", "")), "内部文件重名"),
    ],
)
def test_unsound_packages_are_refused(data: bytes, detail: str) -> None:
    """Too many, too large, too dense and double parts are refused before reading."""
    with pytest.raises(RejectedError) as refusal:
        admit(open_archive(data, SMALL), SMALL)

    assert refusal.value.finding.code == "file-unsafe"
    assert detail in refusal.value.finding.message


@pytest.mark.parametrize(
    ("data", "code"),
    [(encrypted(), "file-encrypted"), (zipped((packed_with(ZIP_BZIP2), "")), "file-repacked")],
)
def test_what_was_packed_anew(data: bytes, code: str) -> None:
    """Parts with a password or packed in another way come of packing anew, and are told as that."""
    with pytest.raises(RejectedError) as refusal:
        admit(open_archive(data, SMALL), SMALL)

    assert refusal.value.finding.code == code


@pytest.mark.parametrize(
    "data",
    [
        zipped(("xl/media/image1.png", bytes(range(256)) * 20)),
        zipped((SHEET, bytes(range(256)) * 20)),
        zipped(("xl/", ""), ("xl/a.xml", b" " * 900)),
    ],
)
def test_sound_packages_pass(data: bytes) -> None:
    """Pictures are never inflated, worksheets are bounded when they are read, and small parts may be dense."""
    archive = open_archive(data, SMALL)
    package = admit(archive, SMALL)
    assert [name for name in archive.namelist() if not name.endswith("/") and name not in package] == []


def test_figures() -> None:
    """The limits are those with which every genuine file of the trial was read."""
    assert Limits(entries=2000, unpacked=64 * MB, part=32 * MB, ratio=200, ratio_from=MB, scanned=160 * MB,
        aside=8 * MB, marks=600_000, marks_aside=150_000,
    ) == LIMITS  # fmt: skip


def claiming(data: bytes, size: int) -> bytes:
    """Let the first entry of the directory claim another size."""
    changed = bytearray(data)
    struct.pack_into("<I", changed, data.index(b"PK\x01\x02") + 24, size)
    return bytes(changed)


def test_claims_are_not_believed() -> None:
    """A part that inflates to more than its directory says is not read: its checksum is wrong where it was cut."""
    data = claiming(zipped(("a", b" " * 5000)), 10)
    package = admit(open_archive(data, SMALL), SMALL)

    with pytest.raises(RejectedError, match="压缩结构不完整"):
        package.read("a")


def test_what_is_inflated_counts() -> None:
    """Reading one part again and again uses up what a package may give."""
    package = admit(open_archive(zipped(("a", bytes(range(256)) * 5)), SMALL), SMALL)
    package.read("a")
    package.read("A")

    with pytest.raises(RejectedError) as refusal:
        package.read("a")

    assert refusal.value.finding.code == "file-unsafe"


def test_kept_bytes_count() -> None:
    """What a reader keeps of a streamed part counts as well."""
    package = admit(open_archive(zipped((SHEET, bytes(range(256)) * 20)), SMALL), SMALL)

    with pytest.raises(RejectedError):
        package.keep(b"".join(package.stream(SHEET)))


@pytest.mark.parametrize("data", [workbook()[:-30], workbook()[:100], b"PK\x03\x04"])
def test_half_a_file_is_damaged(data: bytes) -> None:
    """A file that was cut on its way has lost its directory."""
    with pytest.raises(RejectedError) as refusal:
        open_archive(data)

    assert refusal.value.finding.code == "file-damaged"


@pytest.mark.parametrize("part", ["<a/>" * 11, "_x0041_" * 11, "<" + " a=''" * 20])
def test_marks_count(part: str) -> None:
    """Tags, escapes and attributes are what costs time, and use up what a package may hold."""
    package = admit(open_archive(zipped(("a", part), ("b", "<b/>"))), Limits(marks=10, marks_aside=10))

    assert (package.peek("a"), package.peek("b")) == (None, None)
    with pytest.raises(RejectedError) as refusal:
        package.read("a")
    assert "内容过于繁杂" in refusal.value.finding.message
