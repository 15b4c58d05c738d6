"""A catalogue is written as its folder of TOML files, whole or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from random import Random
from shutil import copytree
from typing import NoReturn

import pytest

from fazhi_xl.errors import WrongUseError
from fazhi_xl.notice.remarks import read_remarks
from fazhi_xl.notice.source import Source, read_source
from fazhi_xl.notice.write import Written, write_catalogue
from tests.notice.campaigns import CAMPAIGN, SHIPPED, TEMPLATES
from tests.support.catalogues import Files, full, minimal, negative_list, write
from tests.support.random_catalogues import random_catalogue
from tests.support.systems import links


def source_of(folder: Path) -> Source:
    source, problems = read_source(folder)
    assert problems == ()
    return source


def changed(source: Source, file: str, **values: object) -> Source:
    """Give the source with values of a file's table changed."""
    return replace(source, files={**source.files, file: {**source.table(file), **values}})


def held(folder: Path) -> dict[str, bytes]:
    """Give all files of a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Make a small catalogue with every part, beside which nothing stands."""
    return write(tmp_path / "里" / "示例-2031", full())


MANY = [each if each == SHIPPED[0] else pytest.param(each, marks=pytest.mark.long) for each in SHIPPED]


# What is written ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", MANY)
def test_shipped_catalogues(name: str, tmp_path: Path) -> None:
    """The tables of each shipped catalogue are written to a new folder, comments and all, where its texts are followed."""
    source = source_of(TEMPLATES / name)
    written = write_catalogue(source, tmp_path / "新" / name, like=TEMPLATES / name)
    assert written == Written(changed=tuple(source.files), gone=())
    kept = {file: data for file, data in held(TEMPLATES / name).items() if file != "README.md"}
    assert held(tmp_path / "新" / name) == kept


def test_tables_and_remarks_alone(tmp_path: Path) -> None:
    """Written from its tables and remarks alone, the catalogue of 2020 has the same of both."""
    source = source_of(CAMPAIGN)
    remarks = read_remarks(CAMPAIGN, source)
    assert remarks["departments.toml", 'departments."钟楼生态环境局"'] == "市派出机构,名称不带“区”"
    assert remarks["items/15.toml", ""] == "“ 谁主管谁普法”前的空格是原文所有。"
    write_catalogue(source, tmp_path / "新", remarks)
    again = source_of(tmp_path / "新")
    assert (again, read_remarks(tmp_path / "新", again)) == (source, remarks)


@pytest.mark.parametrize("files", [minimal(), full(), negative_list()], ids=["minimal", "full", "negative list"])
def test_small_catalogues(files: Files, tmp_path: Path) -> None:
    """A catalogue has the files that it has tables for, and no others."""
    source = source_of(write(tmp_path / "旧", files))
    write_catalogue(source, tmp_path / "新")
    assert source_of(tmp_path / "新") == source
    assert set(held(tmp_path / "新")) == set(files)


def _read_otherwise(seeds: range, folder: Path) -> Iterator[int]:
    """Write catalogues drawn by chance; yield those that are not read as they were written."""
    for seed in seeds:
        source = Source(files=random_catalogue(seed))
        write_catalogue(source, folder / str(seed))
        if read_source(folder / str(seed))[0].files != source.files:
            yield seed


def test_random_catalogues(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is written is read again as the same tables."""
    monkeypatch.setattr(os, "fsync", int)  # a real one is as slow as the disk
    assert list(_read_otherwise(range(40), tmp_path)) == []


@pytest.mark.exhaustive
def test_many_random_catalogues(tmp_path: Path) -> None:
    """The same, drawn anew."""
    first = Random().randrange(10**9)  # another draw each time
    assert list(_read_otherwise(range(first, first + 500), tmp_path)) == []


# What stays -----------------------------------------------------------------------------------------------------------


def test_only_what_changed_is_written(folder: Path) -> None:
    """One value of one file: every other file stays as it was, with its times, and so does what else stands there."""
    (folder / "草稿").mkdir()
    (folder / "草稿" / "记录.txt").write_text("甲", "utf-8")
    before, times = held(folder), {path: path.stat().st_mtime_ns for path in folder.rglob("*.*")}
    written = write_catalogue(changed(source_of(folder), "contacts.toml", sheet="联系人"), folder)
    assert written == Written(changed=("contacts.toml",), gone=())
    expected = before["contacts.toml"].replace('sheet = "联络员名单"'.encode(), 'sheet = "联系人"'.encode())
    assert held(folder) == {**before, "contacts.toml": expected}
    assert [path.name for path, time in times.items() if path.stat().st_mtime_ns != time] == ["contacts.toml"]
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


def test_nothing_changed(folder: Path) -> None:
    """Where nothing changed, nothing is written."""
    place = folder.stat().st_ino
    assert write_catalogue(source_of(folder), folder) == Written(changed=(), gone=())
    assert folder.stat().st_ino == place


def test_files_that_are_gone(folder: Path) -> None:
    """What the tables have no more is taken out: a part of the notice, an item; items behind it keep their comments."""
    source = source_of(folder)
    items = [deepcopy(source.table(file)) for file in source.items if file != "items/09.toml"]
    for no, item in enumerate(items, 1):
        item["no"] = no
    files = {file: table for file, table in source.files.items() if not file.startswith("items/")}
    del files["index.toml"]
    files |= {f"items/{no:02d}.toml": item for no, item in enumerate(items, 1)}
    written = write_catalogue(replace(source, files=files), folder)
    assert written.gone == ("index.toml", "items/21.toml")
    assert source_of(folder).files == files
    before = (CAMPAIGN / "items/15.toml").read_text("utf-8")
    assert (folder / "items/14.toml").read_text("utf-8") == before.replace("no = 15\n", "no = 14\n")


def test_line_ends_stay(folder: Path) -> None:
    """A changed file keeps the line ends of the editor that wrote it."""
    path = folder / "theme.toml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    write_catalogue(changed(source_of(folder), "theme.toml", body_font="宋体"), folder)
    lines = path.read_bytes().split(b"\n")
    assert all(line.endswith(b"\r") for line in lines[:-1])
    assert source_of(folder).table("theme.toml")["body_font"] == "宋体"


# What is refused ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("within", ["别的.txt", "甲/乙.toml"])
def test_another_folder(within: str, tmp_path: Path) -> None:
    """A folder that holds something else is not written to."""
    (tmp_path / "别的" / within).parent.mkdir(parents=True)
    (tmp_path / "别的" / within).write_text("甲", "utf-8")
    with pytest.raises(WrongUseError, match="不是空的,也不是工作目录"):
        write_catalogue(Source(files=minimal()), tmp_path / "别的")
    assert [path.name for path in tmp_path.iterdir()] == ["别的"]


def test_from_within(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever works inside the folder is asked to leave it: it is put in the place of another."""
    monkeypatch.chdir(small / "items")
    source = source_of(small)
    write_catalogue(source, Path(".."))
    with pytest.raises(WrongUseError, match="请先退到外面"):
        write_catalogue(changed(source, "contacts.toml", sheet="联系人"), Path(".."))
    assert source_of(small) == source


def test_an_empty_folder(tmp_path: Path) -> None:
    """An empty folder is as good as a new one."""
    (tmp_path / "空").mkdir()
    write_catalogue(Source(files=minimal()), tmp_path / "空")
    assert source_of(tmp_path / "空").files == minimal()


def test_a_file_for_a_folder(tmp_path: Path) -> None:
    """A file is no folder, nor is what stands under one."""
    (tmp_path / "甲").write_text("乙", "utf-8")
    for target in (tmp_path / "甲", tmp_path / "甲" / "丙"):
        with pytest.raises(WrongUseError, match="不能当作文件夹"):
            write_catalogue(Source(files=minimal()), target)


def test_a_file_that_cannot_be_read(folder: Path) -> None:
    """A file that was half written by hand is not overwritten."""
    (folder / "theme.toml").write_text("body_font = '宋体\n", "utf-8")
    with pytest.raises(WrongUseError, match=r"theme\.toml 读不出来,写了就会丢掉里面的内容"):
        write_catalogue(source_of(CAMPAIGN), folder)


def test_texts_that_no_file_holds(tmp_path: Path) -> None:
    """Half of a character of two cannot be stored; the file is named."""
    with pytest.raises(WrongUseError, match=r"notice\.toml 里有不能保存的字符"):
        write_catalogue(changed(Source(files=minimal()), "notice.toml", title="\ud800"), tmp_path / "新")
    assert not (tmp_path / "新").exists()


# What goes wrong ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "told"),
    [(errno.ENOSPC, "磁盘满了,原来的文件没有动"), (errno.EACCES, "里面有文件正在别的程序里打开的,请先关闭")],
)
@pytest.mark.parametrize("call", ["fsync", "link", "rename", "second rename"])
def test_a_fault_of_the_system(call: str, number: int, told: str, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever fails on the way, the folder is as it was, and nothing is left beside it."""
    before, source = held(small), changed(source_of(small), "contacts.toml", sheet="联系人")
    left = [1 if call == "second rename" else 0]

    def fail(*_: object, **__: object) -> NoReturn:
        raise OSError(number, os.strerror(number))

    real = Path.rename

    def rename(path: Path, target: Path) -> Path:
        left[0] -= 1
        return fail() if left[0] == -1 else real(path, target)

    if "rename" in call:
        monkeypatch.setattr(Path, "rename", rename)
    else:
        monkeypatch.setattr(os, call, fail)
        monkeypatch.setattr("shutil.copy2", fail)
    with pytest.raises(WrongUseError, match=told):
        write_catalogue(source, small)
    assert held(small) == before
    assert [path.name for path in small.parent.iterdir()] == [small.name]


def test_a_disk_without_links(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where files cannot be linked they are copied."""
    before, source = held(small), changed(source_of(small), "contacts.toml", sheet="联系人")
    monkeypatch.setattr(os, "link", lambda *_, **__: (_ for _ in ()).throw(OSError(errno.EPERM, "no")))
    write_catalogue(source, small)
    assert {file for file, data in held(small).items() if data != before[file]} == {"contacts.toml"}


def test_nobody_sees_a_half(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever looks sees the old folder, for a moment none, and then the new one."""
    seen: list[object] = []
    real = Path.rename

    def rename(path: Path, target: Path) -> Path:
        seen.append(source_of(small).files if small.exists() else None)
        return real(path, target)

    monkeypatch.setattr(Path, "rename", rename)
    old = source_of(small)
    new = changed(changed(old, "contacts.toml", sheet="联系人"), "theme.toml", body_font="宋体")
    write_catalogue(new, small)
    assert (*seen, source_of(small).files) == (old.files, None, new.files)


def test_changed_meanwhile(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What somebody saves while the folder is made anew is not lost."""
    source, real = source_of(small), os.fsync

    def fsync(handle: int) -> None:
        (small / "theme.toml").write_text('body_font = "楷体"\n', "utf-8")
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(WrongUseError, match="刚刚被别人改过,这次没有写"):
        write_catalogue(changed(source, "contacts.toml", sheet="联系人"), small)
    assert (small / "theme.toml").read_text("utf-8") == 'body_font = "楷体"\n'


@links
def test_a_link_to_a_folder(small: Path) -> None:
    """A link to a catalogue stays one."""
    link = small.with_name("链接")
    link.symlink_to(copytree(small, small.with_name("真的")))
    write_catalogue(changed(source_of(small), "contacts.toml", sheet="联系人"), link)
    assert link.is_symlink()
    assert source_of(link).table("contacts.toml")["sheet"] == "联系人"
