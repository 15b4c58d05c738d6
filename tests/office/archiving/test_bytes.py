"""A package's bytes: whichever is changed, added or lost, the file it belongs to is named."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from fazhi_xl.errors import WrongUseError
from fazhi_xl.office.archiving.trouble import Wrong
from fazhi_xl.reports.packing_list import MANIFEST
from tests.support.archives import SMALL, flipped, named, packed, unpacked, zipped

TABLE, README, EMPTY = "定稿/表.xlsx", "说明.txt", "重现/回收/空.txt"


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return packed(tmp_path / "包.zip")


def owner(data: bytes, at: int) -> str:
    """Name the file whose header or bytes a byte is in; blank for one of the directory, or behind it."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    begun = [(info.header_offset, info.filename) for info in archive.infolist() if info.header_offset <= at]
    return max(begun)[1] if at < archive.start_dir else ""


def assert_named(package: Path, places: Iterable[int]) -> None:
    """Flip a bit of each of these bytes; the file that it is of is named, or that the directory is spoilt."""
    data, spoilt = package.read_bytes(), package.with_name("spoilt.zip")
    for at in places:
        spoilt.write_bytes(flipped(data, at))
        own, names = owner(data, at), {name for _, name in named(spoilt)}
        assert names, at
        assert own in names or not own, (at, own, names)


def test_a_package_that_is_whole(package: Path, tmp_path: Path) -> None:
    """Nothing is wrong with one as it was written, with the folder that it is unpacked into, nor with that packed by another program."""
    folder = unpacked(package, tmp_path / "开")
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    again = zipped(tmp_path / "again.zip", {f"包/{name}": data for name, data in files.items()})
    assert files.keys() == {*SMALL, MANIFEST}
    assert [named(place) for place in (package, folder, tmp_path / "开", again)] == [set()] * 4


def test_a_byte_that_is_flipped(package: Path) -> None:
    """A bit that is changed anywhere in the archive is found, and the file named that it stands in."""
    assert_named(package, range(0, package.stat().st_size, 23))


@pytest.mark.exhaustive
def test_every_byte_flipped(package: Path) -> None:
    """So is that of any byte."""
    assert_named(package, range(package.stat().st_size))


@pytest.mark.parametrize("path", [*SMALL, MANIFEST])
def test_a_flipped_byte_in_a_folder(package: Path, tmp_path: Path, path: str) -> None:
    """In the folder too the file is named; of the manifest, the file whose line it is."""
    folder = unpacked(package, tmp_path / "开")
    file = folder / path
    file.write_bytes(flipped(file.read_bytes(), 5) if file.stat().st_size else b"x")
    changed = {(Wrong.CHANGED, path)} if path != MANIFEST else {(Wrong.CHANGED, README)}
    assert named(folder) & changed or named(folder) >= {(Wrong.CHANGED, TABLE)}


def test_what_is_lost_and_what_is_added(package: Path, tmp_path: Path) -> None:
    """A file that is gone is named, and one that somebody added; what a system puts beside files is no fault."""
    folder = unpacked(package, tmp_path / "开")
    (folder / TABLE).unlink()
    (folder / "定稿" / "另.xlsx").write_bytes(b"x")
    (folder / ".DS_Store").write_bytes(b"x")
    assert named(folder) == {(Wrong.MISSING, TABLE), (Wrong.EXTRA, "定稿/另.xlsx")}


def test_an_archive_without_its_end(package: Path) -> None:
    """An archive that was cut off is told as one that is spoilt at its end."""
    package.chmod(0o644)
    package.write_bytes(package.read_bytes()[:-30])
    assert named(package) == {(Wrong.ENDING, "")}


def test_bytes_that_are_added(package: Path) -> None:
    """Bytes in front of the archive, and behind it, are found."""
    data = package.read_bytes()
    package.chmod(0o644)
    package.write_bytes(b"x" * 7 + data)
    assert (Wrong.GAP, README) in named(package)
    package.write_bytes(data[:-2] + b"\x01\x00x")
    assert (Wrong.ENDING, "") in named(package)


def test_a_line_of_the_manifest_that_is_none(tmp_path: Path) -> None:
    """A line of the manifest that cannot be read is told by its number."""
    folder = tmp_path / "包"
    folder.mkdir()
    (folder / MANIFEST).write_text(f"{'0' * 64}  ../说明.txt\n什么\n", "utf-8")
    assert named(folder) == {(Wrong.LINE, MANIFEST)}


@pytest.mark.parametrize("made", ["nothing.zip", "text.zip", "other.zip", "folder"])
def test_what_is_no_package(tmp_path: Path, made: str) -> None:
    """What is not there, no archive, or none of this program's, is refused."""
    (tmp_path / "text.zip").write_bytes(b"text")
    zipped(tmp_path / "other.zip", {"照片.jpg": b"x"})
    (tmp_path / "folder").mkdir()
    with pytest.raises(WrongUseError, match=r"不是归档包|读不出来|nothing\.zip 这个文件"):
        named(tmp_path / made)


def test_little_is_told_of_one_cause(package: Path) -> None:
    """What stands in front of a package, and a manifest that cannot be read, are told as one thing each, and not with every file."""
    data = package.read_bytes()
    package.write_bytes(b"prefix" + data)
    assert len(named(package)) == 1
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        info = held.getinfo(MANIFEST)
    package.write_bytes(flipped(data, info.header_offset + 30 + len(MANIFEST) + 10))
    assert {path for _, path in named(package)} == {MANIFEST}
