"""Every file of the given folders arrives once, with its name, its day and its bytes, and stays as it was."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from datetime import date
from io import BytesIO
from itertools import count
from pathlib import Path
from zipfile import ZipFile

import pytest

from fazhi_xl.intake.arrival import Arrival, ChangedError
from fazhi_xl.intake.returns_folder import arrivals, decoded
from tests.support.offices import dated
from tests.support.systems import removed_open

OWN = date(2020, 11, 5)


def put(path: Path, data: bytes = b"x", day: date = OWN) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    dated(path, day)
    return path


def arrived(*places: Path) -> dict[str, Arrival]:
    found = list(arrivals(places))
    by_path = {each.path: each for each in found}
    assert len(by_path) == len(found), "a path names one file"
    return by_path


@pytest.mark.parametrize(
    ("folder", "day"),
    [
        ("2020-11-18", date(2020, 11, 18)),
        ("20201118", date(2020, 11, 18)),
        ("2020年11月18日", date(2020, 11, 18)),
        ("2020.11.18", date(2020, 11, 18)),
        ("2020_11_18", date(2020, 11, 18)),
        ("2020-1-8", date(2020, 1, 8)),
        ("2020年1月8日", date(2020, 1, 8)),
        ("2020-11-18 第二批", date(2020, 11, 18)),
        ("20201118补报", date(2020, 11, 18)),
        ("2020-11-18/区委办", date(2020, 11, 18)),
        ("2020-11-18/2020-11-19", date(2020, 11, 19)),
        ("2020-11-18/2020-13-45", date(2020, 11, 18)),
        ("2020-02-30", OWN),
        ("2020-13-01", OWN),
        ("202011181", OWN),
        ("2020111", OWN),  # the 1st of November or the 11th of January
        ("2020-11", OWN),
        ("1918-11-18", OWN),
        ("收表", OWN),
        ("11月3日", date(OWN.year, 11, 3)),
        ("11月3日收", date(OWN.year, 11, 3)),
        ("11-03", date(OWN.year, 11, 3)),
        ("12月30日", date(OWN.year - 1, 12, 30)),
        ("13月3日", OWN),
        ("11.03", OWN),  # may be a sub-point
        ("15-2 材料", OWN),
    ],
)
def test_day_of_receipt(tmp_path: Path, folder: str, day: date) -> None:
    """A file was received on the day that its folder's name begins with, the nearest one first, else on its own day."""
    put(tmp_path / folder / "表.xlsx")
    assert arrived(tmp_path)[f"{folder}/表.xlsx"].received == day


def test_day_of_a_named_folder(tmp_path: Path) -> None:
    """The date in the name of the folder that was given counts too, and so does the folder of a file that was given."""
    file = put(tmp_path / "2020-11-18" / "表.xlsx")
    assert arrived(file.parent)["表.xlsx"].received == date(2020, 11, 18)
    assert arrived(file)["表.xlsx"].received == date(2020, 11, 18)


def test_day_of_folders_above(tmp_path: Path) -> None:
    """A date in a folder above the one that was given says nothing about the receipt."""
    put(tmp_path / "2019-01-01" / "回收" / "表.xlsx")
    assert arrived(tmp_path / "2019-01-01" / "回收")["表.xlsx"].received == OWN


def test_own_time(tmp_path: Path) -> None:
    """A file carries its own time, so that those of one day can be told apart."""
    dated(put(tmp_path / "a.xlsx"), OWN, hour=9)
    dated(put(tmp_path / "b.xlsx"), OWN, hour=15)
    found = arrived(tmp_path)
    assert found["a.xlsx"].moment < found["b.xlsx"].moment


def test_bytes_and_fingerprint(tmp_path: Path) -> None:
    """A file arrives with its bytes and their SHA-256, and is not changed, its time included."""
    path = put(tmp_path / "子" / "表.xlsx", b"abc")
    before = path.stat()
    found = arrived(tmp_path)["子/表.xlsx"]
    assert (found.data, found.sha256) == (b"abc", hashlib.sha256(b"abc").hexdigest())
    after = path.stat()
    assert (path.read_bytes(), after.st_mtime_ns, after.st_mode) == (b"abc", before.st_mtime_ns, before.st_mode)


def test_large_files_are_let_go(tmp_path: Path) -> None:
    """Of a file in the folder only the beginning stays in memory; its bytes are there when they are asked for, and only its own."""
    data = b"PK" + bytes(range(256)) * 9
    path = put(tmp_path / "表.xlsx", data)
    found = arrived(tmp_path)["表.xlsx"]
    assert (found.data, found.sha256) == (data[:512], hashlib.sha256(data).hexdigest())
    assert found.content() == data
    path.write_bytes(data + b"x")
    with pytest.raises(ChangedError):
        found.content()


def test_scans_are_let_go(tmp_path: Path) -> None:
    """Of a scan no more is read again than was kept of it at first."""
    data = b"%PDF-1.7" + bytes(100_000)
    put(tmp_path / "扫描.pdf", data)
    found = arrived(tmp_path)["扫描.pdf"]
    assert (found.data, found.content()) == (data[:512], data[: 64 * 1024])


def test_order_is_by_name(tmp_path: Path) -> None:
    """Files come in the order of their names, folder by folder."""
    for name in ("b.xlsx", "a/2.xlsx", "a/1.xlsx", "c.xlsx"):
        put(tmp_path / name)
    assert list(arrived(tmp_path)) == ["a/1.xlsx", "a/2.xlsx", "b.xlsx", "c.xlsx"]


@pytest.mark.parametrize(
    "name",
    [
        "~$表.xlsx", ".~lock.表.xlsx#", "表.tmp", "Thumbs.db", "THUMBS.DB", "desktop.ini", ".DS_Store", "._表.xlsx",
        "__MACOSX/表.xlsx", "子/__MACOSX/表.xlsx", "子/~$表.xlsx", ".hidden",
    ],
)  # fmt: skip
def test_litter(tmp_path: Path, name: str) -> None:
    """Lock files and what systems leave behind are named as litter, and not read."""
    put(tmp_path / name)
    found = arrived(tmp_path)[name]
    assert (found.litter, found.data, found.sha256) == (True, None, "")


def test_no_litter(tmp_path: Path) -> None:
    """A file that merely looks a little like litter is read."""
    put(tmp_path / "表~$.xlsx")
    put(tmp_path / "tmp.xlsx")
    assert not any(each.litter for each in arrived(tmp_path).values())


def test_several_places(tmp_path: Path) -> None:
    """With several places a file's path begins with its place, so that equal names stay apart."""
    for folder in ("一", "二"):
        put(tmp_path / folder / "表.xlsx", folder.encode())
    found = arrived(tmp_path / "一", tmp_path / "二" / "表.xlsx")
    assert {path: each.data for path, each in found.items()} == {
        f"{tmp_path.as_posix()}/一/表.xlsx": "一".encode(),
        f"{tmp_path.as_posix()}/二/表.xlsx": "二".encode(),
    }


def test_files_of_one_name(tmp_path: Path) -> None:
    """Files named themselves stay apart even where their names are equal."""
    files = [put(tmp_path / folder / "表.xlsx", folder.encode()) for folder in ("一", "二")]
    assert {each.data for each in arrived(*files).values()} == {"一".encode(), "二".encode()}


def test_each_file_once(tmp_path: Path) -> None:
    """A folder given twice, or within another one, brings each file once."""
    put(tmp_path / "子" / "表.xlsx")
    assert len(list(arrivals([tmp_path, tmp_path / "子", tmp_path, tmp_path / "子" / "表.xlsx"]))) == 1


def test_no_files(tmp_path: Path) -> None:
    """A folder without files brings nothing."""
    assert arrived(tmp_path) == {}


def test_file_over_the_limit(tmp_path: Path) -> None:
    """A file over 20 MB is named with its own size, and not kept."""
    with put(tmp_path / "大.xlsx").open("wb") as file:
        file.truncate(300 * 1024 * 1024)
    found = arrived(tmp_path)["大.xlsx"]
    assert found.data is None
    assert found.trouble is not None
    assert found.trouble.message.startswith("文件有300.0MB,超过20MB。")


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
class TestLinks:
    def test_link_to_a_folder(self, tmp_path: Path) -> None:
        """A link to a folder is named and not followed, so a loop ends."""
        put(tmp_path / "回收" / "表.xlsx")
        (tmp_path / "回收" / "圈").symlink_to(tmp_path / "回收", target_is_directory=True)
        found = arrived(tmp_path / "回收")
        assert list(found) == ["圈", "表.xlsx"]
        assert found["圈"].trouble
        assert found["圈"].trouble.code == "file-unreadable"

    def test_link_to_nothing(self, tmp_path: Path) -> None:
        """A link that leads nowhere is named as unreadable."""
        (tmp_path / "断.xlsx").symlink_to(tmp_path / "没有.xlsx")
        assert arrived(tmp_path)["断.xlsx"].trouble

    def test_link_to_a_file(self, tmp_path: Path) -> None:
        """A link to a file brings what the file holds."""
        put(tmp_path / "外" / "表.xlsx", b"abc")
        (tmp_path / "回收").mkdir()
        (tmp_path / "回收" / "表.xlsx").symlink_to(tmp_path / "外" / "表.xlsx")
        assert arrived(tmp_path / "回收")["表.xlsx"].data == b"abc"

    def test_linked_place(self, tmp_path: Path) -> None:
        """The folder given may itself be a link."""
        put(tmp_path / "真" / "表.xlsx", b"abc")
        (tmp_path / "回收").symlink_to(tmp_path / "真", target_is_directory=True)
        assert arrived(tmp_path / "回收")["表.xlsx"].data == b"abc"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_pipe(tmp_path: Path) -> None:
    """A pipe is named as unreadable and never opened, which would wait for ever."""
    os.mkfifo(tmp_path / "管道.xlsx")
    assert arrived(tmp_path)["管道.xlsx"].trouble


def test_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that the system refuses is named with the reason, and the others arrive."""
    put(tmp_path / "a.xlsx")
    put(tmp_path / "b.xlsx")
    refuse(monkeypatch, "a.xlsx")
    found = arrived(tmp_path)
    assert found["a.xlsx"].trouble
    assert "没有权限" in found["a.xlsx"].trouble.message
    assert (found["a.xlsx"].sha256, found["b.xlsx"].data) == ("", b"x")


def refuse(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    real = Path.open

    def opening(self: Path, *args: object, **kwargs: object) -> object:
        if self.name == name:
            raise PermissionError(13, "拒绝访问")
        return real(self, *args, **kwargs)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", opening)


def test_unreadable_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that cannot be entered is named, so that nobody takes it for empty."""
    put(tmp_path / "开" / "表.xlsx")
    put(tmp_path / "锁" / "表.xlsx")
    real = os.scandir

    def listing(path: str) -> object:
        if Path(path).name == "锁":
            raise PermissionError(13, "拒绝访问", path)
        return real(path)

    monkeypatch.setattr(os, "scandir", listing)
    found = arrived(tmp_path)
    assert list(found) == ["开/表.xlsx", "锁"]
    assert found["锁"].trouble


def test_vanished_file(tmp_path: Path) -> None:
    """A file that is gone before it is looked at is named as unreadable."""
    assert arrived(tmp_path / "没有.xlsx")["没有.xlsx"].trouble


@pytest.mark.skipif(os.name == "nt" or os.fsencode("表") != "表".encode(), reason="names are no bytes here")
def test_undecoded_names(tmp_path: Path) -> None:
    """A name in GBK bytes, as unpacked from an old archive, is read as GBK and can be written into reports."""
    folder = os.fsencode(tmp_path) + b"/" + "区委办".encode("gbk")
    os.makedirs(folder)  # noqa: PTH103 - a name that is no text
    with open(folder + b"/" + "表".encode("gbk") + b".xlsx", "wb") as file:  # noqa: PTH123
        file.write(b"abc")
    assert arrived(tmp_path)["区委办/表.xlsx"].data == b"abc"


@pytest.mark.skipif(os.name == "nt" or os.fsencode("表") != "表".encode(), reason="names are no bytes here")
def test_undecoded_names_of_parts(tmp_path: Path) -> None:
    """So is that of a part of a workbook that somebody unpacked."""
    folder = os.fsencode(tmp_path) + b"/a"
    os.makedirs(folder + b"/xl")  # noqa: PTH103 - a name that is no text
    for name in (b"[Content_Types].xml", b"xl/workbook.xml", b"xl/" + "表".encode("gbk") + b".xml"):
        with open(folder + b"/" + name, "wb") as file:  # noqa: PTH123
            file.write(b"<x/>")
    held = ZipFile(BytesIO(arrived(tmp_path)["a.xlsx"].data or b""))
    assert held.namelist() == ["[Content_Types].xml", "xl/workbook.xml", "xl/表.xml"]


@pytest.mark.parametrize("moment", [10**12, -(10**12), -(10**10)])
def test_time_that_cannot_be(tmp_path: Path, moment: int) -> None:
    """A time that no calendar has tells no day, and stops nothing."""
    path = put(tmp_path / "a.xlsx")
    try:
        os.utime(path, (moment, moment))
    except OSError:
        pytest.skip("no such time here")
    assert arrived(tmp_path)["a.xlsx"].received == date(1970, 1, 1)


def test_whatever_reading_raises(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file on which reading itself fails is named, with the traceback, and the others arrive."""
    put(tmp_path / "坏.xlsx")
    put(tmp_path / "好.xlsx")
    real = Path.open

    def fail(self: Path, *rest: object, **options: object) -> object:
        if self.name == "坏.xlsx":
            raise MemoryError
        return real(self, *rest, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", fail)
    found = arrived(tmp_path)
    assert found["好.xlsx"].trouble is None
    assert "MemoryError" in found["坏.xlsx"].trace
    assert found["坏.xlsx"].trouble.code == "file-failed"  # type: ignore[union-attr]


def test_thousands_of_files(tmp_path: Path) -> None:
    """Thousands of files arrive, each with its own name."""
    for folder in range(20):
        (tmp_path / f"{folder:02d}").mkdir()
        for no in range(100):
            (tmp_path / f"{folder:02d}" / f"{no:03d}.xlsx").touch()
    assert len(arrived(tmp_path)) == 2000


class TestWhileReading:
    @staticmethod
    def disturb(monkeypatch: pytest.MonkeyPatch, change: Callable[[Path, int], object]) -> None:
        """Let something happen to a file each time it has been opened."""
        real, times = Path.open, count(1)

        def opening(self: Path, mode: str = "r") -> object:
            file = real(self, mode)
            if mode == "rb":
                change(self, next(times))
            return file

        monkeypatch.setattr(Path, "open", opening)

    @removed_open
    def test_replaced_once(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A file that is replaced while it is read is read again, whole."""
        path = put(tmp_path / "表.xlsx", b"old" * 1000)

        def replace_once(_: Path, time: int) -> None:
            if time == 1:
                (tmp_path / "新.tmp").write_bytes(b"new")
                (tmp_path / "新.tmp").replace(path)

        self.disturb(monkeypatch, replace_once)
        assert arrived(tmp_path)["表.xlsx"].data == b"new"

    def test_growing(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A file that is still being copied after three tries is named, and not read in part."""
        put(tmp_path / "表.xlsx", b"x")
        self.disturb(monkeypatch, lambda path, time: path.write_bytes(b"x" * (time + 1)))
        found = arrived(tmp_path)["表.xlsx"]
        assert (found.trouble and found.trouble.code, found.data, found.sha256) == ("file-changing", None, "")

    @removed_open
    def test_taken_away(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A file that is taken away while it is read is named."""
        put(tmp_path / "表.xlsx", b"x")
        self.disturb(monkeypatch, lambda path, _: path.unlink())
        found = arrived(tmp_path)["表.xlsx"]
        assert (found.trouble and found.trouble.code, found.data) == ("file-vanished", None)


def test_empty_folders(tmp_path: Path) -> None:
    """A folder with nothing in it is told after the files, by its path; one that holds another folder or a file is not."""
    (tmp_path / "甲" / "6").mkdir(parents=True)
    (tmp_path / "甲" / "8").mkdir()
    (tmp_path / "甲" / "8" / "a.pdf").write_bytes(b"%PDF-1.4")
    assert [(each.path, each.hollow) for each in arrivals([tmp_path])] == [
        ("甲/8/a.pdf", False),
        ("甲/6/(空文件夹)", True),
    ]


@pytest.mark.parametrize(
    ("name", "read"), [("表.xlsx", "表.xlsx"), ("\udcb1\udced.xlsx", "表.xlsx"), ("表\ud83d.xlsx", "表�.xlsx")]
)
def test_names_of_other_systems(name: str, read: str) -> None:
    """A name that Linux had as bytes of GBK is read on every system, and one that Windows had with half a character."""
    assert decoded(name) == read
