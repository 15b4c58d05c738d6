"""Archives that somebody made to do harm: nothing in them is opened that could, and each is named."""

from __future__ import annotations

import stat
import struct
import zipfile
from pathlib import Path

import pytest

from fazhi_xl.office.archiving.opened import open_package
from fazhi_xl.office.archiving.trouble import Check, Wrong
from tests.support.archives import zipped
from tests.support.systems import links

README = {"说明.txt": b"x"}


def refused(path: Path) -> list[tuple[Wrong, str]]:
    """Give what of an archive is not opened; all else is."""
    with open_package(path) as package:
        assert list(package.sizes) == ["说明.txt"]
        assert {each.check for each in package.troubles} == {Check.SAFE}
        return [(each.wrong, each.path) for each in package.troubles]


@pytest.mark.parametrize("name", ["../外.txt", "/etc/x", "a/../../x", "C:/x", "定稿/\x07.txt"])
def test_names_that_lead_elsewhere(tmp_path: Path, name: str) -> None:
    """A name that leads out of the folder, to a drive, or that no one can read, is named and not opened."""
    shown = name.replace("\x07", "�")
    assert refused(zipped(tmp_path / "x.zip", {**README, name: b"x"})) == [(Wrong.NAME, shown)]


def test_names_that_come_twice(tmp_path: Path) -> None:
    """Of two names that some system takes for one the second is not opened."""
    path = zipped(tmp_path / "x.zip", {**README, "说明.TXT": b"y"})
    assert refused(path) == [(Wrong.TWICE, "说明.TXT")]


def test_links(tmp_path: Path) -> None:
    """A link is no file of an archive."""
    info = zipfile.ZipInfo("链接")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    path = zipped(tmp_path / "x.zip", README)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(info, "/etc/passwd")
    assert refused(path) == [(Wrong.LINK, "链接")]


@links
def test_links_in_a_folder(tmp_path: Path) -> None:
    """A link is no file of a folder that a package was unpacked into."""
    folder = tmp_path / "开"
    folder.mkdir()
    (folder / "说明.txt").write_bytes(b"x")
    (folder / "链接").symlink_to("/etc/passwd")
    assert refused(folder) == [(Wrong.LINK, "链接")]


def test_bombs(tmp_path: Path) -> None:
    """What unpacks to far more than it is, and what claims the place of another, is not opened."""
    path = zipped(tmp_path / "x.zip", {**README, "大.txt": bytes(4_000_000)})
    assert refused(path) == [(Wrong.BOMB, "大.txt")]
    path = zipped(tmp_path / "y.zip", {**README, "一": b"1" * 50, "二": b"2" * 50}, zipfile.ZIP_STORED)
    data = bytearray(path.read_bytes())
    at = data.rindex(b"PK\x01\x02")
    begin = struct.unpack_from("<I", data, data.rindex(b"PK\x01\x02", 0, at) + 42)[0]
    data[at + 42 : at + 46] = struct.pack("<I", begin)
    path.write_bytes(data)
    with open_package(path) as package:
        assert [each.wrong for each in package.troubles] == [Wrong.OVERLAPS]


def test_ways_of_packing(tmp_path: Path) -> None:
    """A file with a password, and one packed in a way that not every system knows, is not opened."""
    path = zipped(tmp_path / "x.zip", README)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_LZMA) as archive:
        archive.writestr("难.txt", b"x" * 100)
    assert refused(path) == [(Wrong.PACKED, "难.txt")]
    path = zipped(tmp_path / "y.zip", {**README, "锁.txt": b"x"})
    data = bytearray(path.read_bytes())
    at = data.rindex(b"PK\x01\x02")
    data[at + 8] |= 1
    path.write_bytes(data)
    assert refused(path) == [(Wrong.LOCKED, "锁.txt")]
