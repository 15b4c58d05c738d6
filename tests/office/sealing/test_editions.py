"""What stands in 定稿/ is held against what was sealed: everything that is otherwise is told by name, and nothing is touched."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from shutil import copytree

import pytest

from fazhi_xl.disk import remove_own
from fazhi_xl.office.sealing.edition import ABOUT_KEYS, Before, Sealed, SealedRecord, SealedReturn
from fazhi_xl.office.sealing.editions import is_sealed, read_editions, remember, remember_all
from fazhi_xl.office.workspace.folder import Workspace
from tests.support.systems import seen

FILES = {"结果/排名汇总.xlsx": b"ranking", "结果/report.json": b"{}", "定稿说明.txt": b"about"}


def made(no: int, name: str, **changes: object) -> Sealed:
    files = {path: sha256(data).hexdigest() for path, data in FILES.items()}
    sealed = Sealed(
        no=no, name=name, by="张三", sealed=f"2020-11-2{no}T09:00:00+08:00", generated="", about=dict.fromkeys(ABOUT_KEYS), returns=(),
        record=SealedRecord(count=0, sha256="", last=""), readings={}, units=(), files=files,
    )  # fmt: skip
    return replace(sealed, **changes)  # type: ignore[arg-type]


def put(space: Workspace, sealed: Sealed, *, known: bool = True) -> Path:
    """Write an edition as sealing does."""
    folder, data = space.sealed / sealed.folder, sealed.data
    for path, content in {**FILES, "定稿.json": data, "manifest-sha256.txt": sealed.manifest(data)}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    if known:
        remember(space, sealed, data)
    return folder


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    """Give a workspace with one edition."""
    space = Workspace(tmp_path)
    put(space, made(1, "第一稿"))
    return space


def faults(space: Workspace) -> list[str]:
    return [seen(line, space.root) for line in read_editions(space).faults]


def tree(space: Workspace) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in space.root.rglob("*") if path.is_file()}


def test_editions_as_they_were_sealed(space: Workspace) -> None:
    """Sound editions are read in their order, and nothing is said."""
    put(space, made(2, "第二稿", before=Before(no=1, name="第一稿", manifest="0" * 64)))
    read = read_editions(space)
    assert (read.faults, [each.folder for each in read.sealed]) == ((), ["01_第一稿", "02_第二稿"])
    assert read.newest
    assert (read.newest.name, read.newest.before) == ("第二稿", Before(no=1, name="第一稿", manifest="0" * 64))
    assert read.newest == made(2, "第二稿", before=read.newest.before)


def test_nothing_is_sealed(tmp_path: Path) -> None:
    """A workspace without editions has none, and every return is admitted."""
    space = Workspace(tmp_path)
    read = read_editions(space)
    assert (is_sealed(space), read.sealed, read.newest, read.admitted) == (False, (), None, None)


BACK = "程序没有动它。定稿以后文件只看,不要改;请从备份恢复。"


def _changed(folder: Path) -> None:
    (folder / "结果/report.json").write_bytes(b"{ }")


def _gone(folder: Path) -> None:
    for name in ("结果/report.json", "定稿说明.txt"):
        (folder / name).unlink()


def _added(folder: Path) -> None:
    (folder / "结果/我的.xlsx").write_bytes(b"x")


def _more_added(folder: Path) -> None:
    for no in range(5):
        (folder / f"{no}.txt").write_bytes(b"x")


def _told_otherwise(folder: Path) -> None:
    """Change 定稿.json and the manifest, so that they fit each other."""
    forged = made(1, "第一稿", by="李四")
    (folder / "定稿.json").write_bytes(forged.data)
    (folder / "manifest-sha256.txt").write_bytes(forged.manifest(forged.data))


def _no_json(folder: Path) -> None:
    (folder / "定稿.json").write_bytes(b"{")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_changed, f"out/定稿/01_第一稿 里改动过的文件:结果/report.json。{BACK}"),
        (_gone, f"out/定稿/01_第一稿 里不见了的文件:定稿说明.txt、结果/report.json。{BACK}"),
        (_added, "out/定稿/01_第一稿 里多出来的文件:结果/我的.xlsx。程序没有动它,请移到别处。"),
        (_more_added, "out/定稿/01_第一稿 里多出来的文件:0.txt、1.txt、2.txt等5个。程序没有动它,请移到别处。"),
        (_told_otherwise, f"out/定稿/01_第一稿 里改动过的文件:manifest-sha256.txt、定稿.json。{BACK}"),
        (_no_json, f"out/定稿/01_第一稿 里改动过的文件:定稿.json。{BACK}"),
    ],
)
def test_files_that_are_otherwise(space: Workspace, spoil: Callable[[Path], None], said: str) -> None:
    """Files that were changed, removed or added are named, nothing is mended, and what was sealed is known still."""
    spoil(space.sealed / "01_第一稿")
    before = tree(space)
    assert faults(space) == [said]
    assert tree(space) == before
    newest = read_editions(space).newest
    assert newest
    assert newest.by == "张三"


def test_an_edition_that_is_gone(space: Workspace) -> None:
    """An edition that was removed, or with all of 定稿/, is missed, and what was sealed is known still."""
    remove_own(space.sealed)
    assert faults(space) == ["out/定稿/01_第一稿 不见了。请从备份恢复这个文件夹;在这以前按存档里的记录比较。"]
    assert is_sealed(space)
    assert read_editions(space).newest == made(1, "第一稿")


def test_a_folder_that_was_renamed(space: Workspace) -> None:
    """An edition under another folder's name is recognised, and said to be so."""
    (space.sealed / "01_第一稿").rename(space.sealed / "01_最终稿")
    assert faults(space) == ["out/定稿/01_最终稿 改了名,原来是 01_第一稿。请改回来。"]


def test_a_copy_inside(space: Workspace) -> None:
    """A copy beside an edition is told, and the edition counts once."""
    copytree(space.sealed / "01_第一稿", space.sealed / "01_第一稿 - 副本")
    assert faults(space) == ["out/定稿/01_第一稿 - 副本 是 01_第一稿 的另一份,没有读。请移到别处。"]
    assert len(read_editions(space).sealed) == 1


def test_what_people_put_there(space: Workspace) -> None:
    """Files and folders of people are named and left alone; what programs put beside open files is no matter."""
    (space.sealed / "领导批示.pdf").write_bytes(b"x")
    (space.sealed / "草稿").mkdir()
    (space.sealed / "01_第一稿" / "结果" / "~$排名汇总.xlsx").write_bytes(b"x")
    (space.sealed / "Thumbs.db").write_bytes(b"x")
    (space.sealed / ".02_第二稿.tmp").mkdir()
    assert faults(space) == [
        "out/定稿/草稿 不是程序写的定稿,没有读。请移到别处。",
        "out/定稿/领导批示.pdf 不是程序写的定稿,没有读。请移到别处。",
    ]


def test_nothing_tells_of_an_edition(space: Workspace) -> None:
    """An edition of which neither 定稿.json nor a copy can be read is told, and is none of those that are known."""
    remove_own(space.archive)
    _no_json(space.sealed / "01_第一稿")
    read = read_editions(space)
    assert faults(space) == ["out/定稿/01_第一稿 里的 定稿.json 读不出来,没有和它比较。请从备份恢复这个文件夹。"]
    assert (read.sealed, read.unread) == ((), ("01_第一稿",))


def test_a_copy_is_kept_of_sound_editions_alone(tmp_path: Path) -> None:
    """Of an edition that no copy tells of yet one is made where it is whole, and not where it was changed."""
    space = Workspace(tmp_path)
    put(space, made(1, "第一稿"), known=False)
    spoiled = put(space, made(2, "第二稿"), known=False)
    _changed(spoiled)
    remember_all(space, read_editions(space))
    assert [path.name for path in (space.archive / "定稿").iterdir()] == ["01_第一稿.json"]


def test_which_files_need_no_reason(space: Workspace) -> None:
    """Every file that was judged before a sealing is admitted, by its SHA-256; one that waited for a reason is not."""
    came = [
        SealedReturn(
            path=f"{no}.xlsx",
            sha256=str(no) * 64,
            unit="法院",
            status="accepted",
            received="2020-11-20",
            admitted=no < 3,
        )
        for no in (1, 2, 3)
    ]
    put(space, made(2, "第二稿", returns=tuple(came)))
    assert read_editions(space).admitted == frozenset({"1" * 64, "2" * 64})
