"""A backup is restored whole or not at all; one that is damaged, of another kind, or hostile is told as what it is."""

from __future__ import annotations

import errno
import io
import json
import shutil
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pyzipper import WZ_AES, ZIP_DEFLATED, AESZipFile

from fazhi_xl.errors import WrongUseError
from fazhi_xl.office.handover import restore as restoring
from fazhi_xl.office.handover.layout import CONTENT, HEAD, LIST, README
from fazhi_xl.office.handover.read import open_box
from fazhi_xl.office.workspace import path_room
from tests.office.handover.conftest import CAMPAIGN, PASSWORD, Round, tree, write
from tests.support.systems import names
from tests.support.windows import on_windows

Json = dict[str, Any]


def paths(root: Path) -> set[str]:
    return {name for name, (data, *_) in tree(root).items() if data is not None}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "别处" / "out"


@pytest.fixture(autouse=True)
def _there(made: Round, backed_up: bytes) -> None:
    made.target.write_bytes(backed_up)


class TestRestoring:
    def test_over_a_round(self, made: Round) -> None:
        """Nothing is ever restored over what is there."""
        before = tree(made.space.root)
        with pytest.raises(WrongUseError, match=r"不是空的文件夹,没有恢复.*例如 --out .*out_恢复"):
            made.restore(made.space.root)
        assert tree(made.space.root) == before
        for target in (made.target, made.target / "x"):
            with pytest.raises(WrongUseError) as refused:
                made.restore(target)
            assert str(refused.value) == (
                f"{made.target} 是一个文件,没有恢复。请写一个新的文件夹,例如 --out {made.target}_恢复"
            )

    def test_an_empty_folder(self, made: Round, out: Path) -> None:
        """An empty folder is taken, and what a run left that was killed is removed."""
        out.mkdir(parents=True)
        write(out.with_name(".out.恢复_0123abcd.tmp") / "campaign.key", b"x")
        made.restore(out)
        assert [path.name for path in out.parent.iterdir()] == ["out"]

    def test_wrong_password(self, made: Round, out: Path) -> None:
        """Another password is told as such."""
        with pytest.raises(WrongUseError, match=r"密码不对,.*没有打开"):
            made.restore(out, "something else 12")
        assert not out.exists()

    @pytest.mark.parametrize("at", [0.1, 0.3, 0.5, 0.7, 0.9, 0.99])
    def test_a_spoilt_byte(self, made: Round, out: Path, at: float) -> None:
        """A byte that is spoilt anywhere in the content is found, and nothing is left."""
        data = bytearray(made.target.read_bytes())
        with zipfile.ZipFile(made.target) as archive:
            info = archive.getinfo(CONTENT)
        data[info.header_offset + 80 + int(at * (info.compress_size - 100))] ^= 1
        made.target.write_bytes(data)
        with pytest.raises(WrongUseError, match=r"损坏|清单不一致"):
            made.restore(out)
        assert not out.exists()
        assert not out.parent.exists() or not any(out.parent.iterdir())

    def test_a_spoilt_directory(self, made: Round) -> None:
        """A byte that is spoilt in what the end of the file says of it is told as damage, not as another kind of file."""
        data, said = made.target.read_bytes(), list[str]()
        for at in range(data.rindex(b"PK\x01\x02", 0, data.rindex(b"PK\x01\x02")), len(data), 5):
            made.target.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
            try:
                with open_box(made.target, PASSWORD):
                    pass
            except WrongUseError as refused:
                said.append(str(refused))
        assert len(said) > 10
        assert [each for each in said if "损坏" not in each] == []

    @pytest.mark.parametrize(
        ("spoil", "said"),
        [
            (lambda data: data[: len(data) // 2], "不完整,多半没有复制完"),
            (lambda _: b"no zip at all", "不是备份文件"),
            (lambda _: b"", "不是备份文件"),
            (lambda _: packed({"表.xlsx": b"x"}), "不是这个程序做的备份"),
            (lambda _: packed({README: b"x", CONTENT: b"x"}), "不是这个程序做的备份"),
            (lambda data: data + b"x" * 70000, "不是备份文件|不完整"),
        ],
    )
    def test_no_backup(self, made: Round, out: Path, spoil: Callable[[bytes], bytes], said: str) -> None:
        """What is no backup, or only a part of one, is told as what it is."""
        made.target.write_bytes(spoil(made.target.read_bytes()))
        with pytest.raises(WrongUseError, match=said):
            made.restore(out)
        assert not out.exists()

    def test_not_there(self, made: Round, out: Path) -> None:
        """A file that is not there is told."""
        made.target.unlink()
        with pytest.raises(WrongUseError) as refused:
            made.restore(out)
        assert str(refused.value) == (
            f"没有 {made.target} 这个文件。请核对 collect.py --restore 后面写的路径和名称(在 U 盘、网盘上的,看连上了没有),再运行一次。"
        )

    def test_no_room(self, made: Round, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A disk without room is told before anything is unpacked."""
        usage = shutil.disk_usage(made.target.parent)._replace(free=1000)
        monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
        with pytest.raises(WrongUseError, match=r"恢复要 .*只剩 1000 字节"):
            made.restore(out)
        assert not any(out.parent.iterdir())

    def test_too_deep(self, made: Round, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where Windows would not take the paths, that is told before anything is unpacked."""
        monkeypatch.setattr(path_room, "longest_path", lambda: 60)
        with pytest.raises(WrongUseError, match=r"太长了:Windows 的路径最多60个字符"):
            made.restore(out)
        assert not any(out.parent.iterdir())

    @pytest.mark.parametrize("failing", ["mkdir", "rename"])
    def test_cannot_be_written(self, made: Round, out: Path, failing: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where the folder cannot be made or put in place, nothing is left."""

        def full(*_: object, **__: object) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        if failing == "rename":
            monkeypatch.setattr(restoring, "rename", full)
        else:
            monkeypatch.setattr(restoring, "_write_all", full)
        with pytest.raises(WrongUseError, match="磁盘满了"):
            made.restore(out)
        assert not any(out.parent.iterdir())

    @names
    def test_a_name_that_windows_does_not_take(self, made: Round, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where Windows would take a name as something else, the restore stops with it."""
        write(made.space.returns / "CON.xlsx", b"x")
        made.target.unlink()
        made.backup()
        on_windows(monkeypatch)
        with pytest.raises(WrongUseError, match=r"轮次/回收/CON\.xlsx 的名称 Windows 不能用"):
            made.restore(out)
        assert not any(out.parent.iterdir())


def packed(members: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return made.getvalue()


HEAD_OF: Json = {
    "format": 1, "id": "1", "version": "9", "program": "", "made": "2020-11-21T09:30:00", "round": "", "campaign": CAMPAIGN,
    "from": {"host": "", "user": "", "path": ""}, "catalogue": f"轮次/存档/目录/{CAMPAIGN}", "files": 1, "items": 1, "size": 1000,
    "longest": 9,
}  # fmt: skip


def forged(target: Path, head: Json, *members: tarfile.TarInfo, listed: Json | None = None) -> None:
    """Write a backup as somebody might who knows the password."""
    with AESZipFile(target, "w", compression=ZIP_DEFLATED) as archive:
        archive.writestr(README, b"")
        archive.setencryption(WZ_AES, nbits=256)
        archive.setpassword(PASSWORD.encode())
        with archive.open(CONTENT, "w") as stream, tarfile.open(fileobj=stream, mode="w|") as tar:
            _told(tar, HEAD, head)
            for each in members:
                tar.addfile(each, io.BytesIO(bytes(each.size)))
            _told(tar, LIST, listed or {"files": [], "folders": []})


def _told(tar: tarfile.TarFile, name: str, value: Json) -> None:
    data = json.dumps(value).encode()
    tar.addfile(member(name, len(data)), io.BytesIO(data))


def member(name: str, size: int = 0, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size, info.type, info.linkname = size, kind, link
    return info


class TestHostile:
    @pytest.mark.parametrize(
        "hostile",
        [
            member("轮次/../../x"),
            member("/etc/x"),
            member("轮次//x"),
            member("轮次/./x"),
            member("别的/x"),
            member("轮次"),
            member("轮次/x", kind=tarfile.SYMTYPE, link="/etc"),
            member("轮次/x", kind=tarfile.LNKTYPE, link="轮次/y"),
            member("轮次/x", kind=tarfile.FIFOTYPE),
            member("轮次/x", kind=tarfile.CHRTYPE),
        ],
        ids=lambda each: f"{each.name} {each.type.decode()}",
    )
    def test_names_and_kinds(self, made: Round, out: Path, hostile: tarfile.TarInfo) -> None:
        """What would be written elsewhere, or is neither file nor folder, is refused with its name."""
        forged(made.target, HEAD_OF, hostile)
        with pytest.raises(WrongUseError, match="或者不是这个程序做的,没有恢复"):
            made.restore(out)
        assert not any(out.parent.iterdir())

    @pytest.mark.parametrize(
        ("members", "said"),
        [
            ((member("轮次/x", 2000),), "比它自己写明的多"),
            ((member("轮次/x"), member("轮次/x")), "备份里有两个 轮次/x"),
            ((member("轮次/x"),), "和它的清单不一致,没有恢复:轮次/x"),
        ],
    )
    def test_more_than_it_says(self, made: Round, out: Path, members: tuple[tarfile.TarInfo, ...], said: str) -> None:
        """What a backup holds is what it says of itself, no more, and nothing twice."""
        forged(made.target, HEAD_OF, *members)
        with pytest.raises(WrongUseError, match=said):
            made.restore(out)
        assert not any(out.parent.iterdir())

    def test_a_bomb(self, made: Round, out: Path) -> None:
        """What unpacks to far more than any file does is not unpacked."""
        with AESZipFile(made.target, "w", compression=ZIP_DEFLATED) as archive:
            archive.writestr(README, b"")
            archive.setencryption(WZ_AES, nbits=256)
            archive.setpassword(PASSWORD.encode())
            archive.writestr(CONTENT, b"x")
            info = archive.getinfo(CONTENT)
            info.file_size = 1 << 40
        with pytest.raises(WrongUseError, match="大得不像备份"):
            made.restore(out)

    def test_a_newer_program(self, made: Round, out: Path) -> None:
        """A backup that a later version made in another way is told as such."""
        forged(made.target, {**HEAD_OF, "format": 2})
        with pytest.raises(WrongUseError, match=r"是更新版本的程序\(9\)做的备份"):
            made.restore(out)

    @pytest.mark.parametrize("head", [{}, {"format": "x"}, {**HEAD_OF, "size": -1}])
    def test_a_head_that_says_nothing(self, made: Round, out: Path, head: Json) -> None:
        """A head that cannot be read is damage."""
        forged(made.target, head)
        with pytest.raises(WrongUseError, match="打不开"):
            made.restore(out)

    def test_more_in_the_end(self, made: Round, out: Path) -> None:
        """A list that tells of files that are not there is damage."""
        said = {"files": [{"path": "轮次/y", "size": 1, "sha256": "", "mtime_ns": 0, "mode": 0}], "folders": []}
        forged(made.target, HEAD_OF, listed=said)
        with pytest.raises(WrongUseError, match="没有恢复:轮次/y"):
            made.restore(out)
