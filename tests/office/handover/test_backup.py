"""A backup holds all that a round needs, is tested when it is made, and gives the very same folder again, or none."""

from __future__ import annotations

import errno
import json
import os
import shutil
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from fazhi_xl.errors import WrongUseError
from fazhi_xl.office.handover import write as writing
from fazhi_xl.office.handover.layout import CONTENT, README, Item
from fazhi_xl.office.handover.read import open_box
from fazhi_xl.office.workspace.catalogue import issued_catalogue, keep_copy
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.office.workspace.lock import locked
from tests.office.handover.conftest import CAMPAIGN, FILES, LEFT, PASSWORD, Round, tree, write
from tests.support.progress import Heard
from tests.support.systems import links, modes

Json = dict[str, Any]


def paths(root: Path) -> set[str]:
    return {name for name, (data, *_) in tree(root).items() if data is not None}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "别处" / "out"


class TestThereAndBack:
    @modes
    def test_the_same(self, made: Round, out: Path) -> None:
        """Contents, times to the nanosecond, rights and empty folders come back; the catalogue in use stands in the folder."""
        before = {name: facts for name, facts in tree(made.space.root).items() if name not in LEFT and name != "演练"}
        done = made.backup()
        restored = made.restore(out)
        after = tree(out)
        note = f"存档/目录/{CAMPAIGN}.来源.txt"
        changed = {note, "存档/目录", "交接.jsonl"}
        assert {name: facts for name, facts in after.items() if name in before and name not in changed} == {
            name: facts for name, facts in before.items() if name not in changed
        }
        assert {name for name in after if name not in before} == {
            "交接.jsonl", "工作目录", f"工作目录/{CAMPAIGN}", f"工作目录/{CAMPAIGN}/notice.toml",
            f"工作目录/{CAMPAIGN}/items", f"工作目录/{CAMPAIGN}/items/01.toml",
        }  # fmt: skip
        assert issued_catalogue(Workspace(out)) == out / "工作目录" / CAMPAIGN
        assert done.files == 11
        assert restored.files == done.files
        assert restored.catalogue == f"工作目录/{CAMPAIGN}"

    def test_moved_on(self, made: Round, out: Path, tmp_path: Path) -> None:
        """The restored folder can be moved once more, and reads the catalogue that is in it."""
        made.backup()
        made.restore(out)
        shutil.rmtree(made.catalogue)
        moved = shutil.move(out, tmp_path / "又一处")
        assert issued_catalogue(Workspace(Path(moved))) == tmp_path / "又一处" / "工作目录" / CAMPAIGN

    def test_the_round_goes_on(self, made: Round) -> None:
        """A backup changes nothing of the round but a line in its record, and another can follow."""
        before = paths(made.space.root)
        first = made.backup()
        assert paths(made.space.root) == (before | {"交接.jsonl"}) - {".排名汇总.xlsx.abcd1234.tmp"}
        made.backup(target=made.target.with_name("第二份.zip"))
        held = [json.loads(line) for line in (made.space.root / "交接.jsonl").read_text("utf-8").splitlines()]
        assert [each["done"] for each in held] == ["backup", "backup"]
        assert held[0]["sha256"] == first.sha256
        with locked(made.space):
            pass

    def test_what_is_left_out(self, made: Round) -> None:
        """What is made again by itself, belongs to an open program or is a rehearsal stays behind, and that is said."""
        done = made.backup()
        with open_box(made.target, PASSWORD) as box:
            held = {member.path for member in box.members()}
        assert not {f"轮次/{name}" for name in LEFT} & held
        assert "轮次/回收/2020-11-18/~$表.xlsx" in held
        assert f"工作目录/{CAMPAIGN}/私人.txt" not in held
        assert "演练(编造的数据)" in done.left

    def test_a_rehearsal_itself(self, made: Round) -> None:
        """A rehearsal can be backed up as the round that it is."""
        made.backup()
        play = Workspace(made.space.root / "演练")
        for name in ("campaign.json", "campaign.key"):
            write(play.root / name, FILES[name])
        (play.root / "存档" / "目录").mkdir(parents=True)
        keep_copy(play, made.catalogue)
        other = Round(space=play, catalogue=made.catalogue, target=made.target.with_name("演练.zip"))
        assert other.backup().files == 7

    def test_what_a_stranger_learns(self, made: Round) -> None:
        """Without the password the zip tells no name of a unit or a file, and neither it nor the record holds the password."""
        done = made.backup()
        with zipfile.ZipFile(made.target) as archive:
            assert archive.namelist() == [README, CONTENT]
            assert "collect.py --restore" in archive.read(README).decode("utf-8-sig")
            with pytest.raises((RuntimeError, NotImplementedError)):
                archive.read(CONTENT)
        kept = made.target.read_bytes() + (made.space.root / "交接.jsonl").read_bytes()
        assert PASSWORD.encode() not in kept
        assert b"campaign.key" not in kept
        assert PASSWORD not in repr(done) + str(done.as_json) + str(list(done.lines))

    @modes
    def test_its_own_rights(self, made: Round) -> None:
        """The file is for its owner alone."""
        made.backup()
        assert made.target.stat().st_mode & 0o777 == 0o600

    @links
    def test_links(self, made: Round, tmp_path: Path, out: Path) -> None:
        """What a link leads to goes along; one that leads nowhere, or in a circle, is named."""
        write(tmp_path / "别的盘" / "一.pdf", b"pdf")
        (made.space.root / "回收" / "链接").symlink_to(tmp_path / "别的盘")
        (made.space.root / "回收" / "圈").symlink_to(made.space.root)
        (made.space.root / "回收" / "断").symlink_to(tmp_path / "没有")
        (made.space.root / "回收" / "又").symlink_to(tmp_path / "别的盘")
        done = made.backup()
        assert done.left[-2:] == ("绕成了圈的链接 轮次/回收/圈", "不是文件的 轮次/回收/断")
        made.restore(out)
        assert (out / "回收" / "链接" / "一.pdf").read_bytes() == b"pdf"
        assert (out / "回收" / "又" / "一.pdf").read_bytes() == b"pdf"
        assert not (out / "回收" / "链接").is_symlink()

    def test_a_drive_that_numbers_no_files(self, made: Round, monkeypatch: pytest.MonkeyPatch) -> None:
        """On a drive that gives all files the same number, as some shared ones do, nothing is taken for a link."""
        real = Path.stat

        def stat(self: Path, **more: bool) -> os.stat_result:
            facts = real(self, **more)
            return os.stat_result((facts.st_mode, 0, 0, *facts[3:]), {"st_mtime_ns": facts.st_mtime_ns})

        monkeypatch.setattr(Path, "stat", stat)
        assert made.backup().files == 11

    @pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
    def test_odd_names(self, made: Round, out: Path) -> None:
        """Names that are no text, or not for Windows, come back as they are where the system takes them."""
        odd = (os.fsdecode(b"\xff.xlsx"), "a:b\\c.xlsx", "行\n尾.xlsx", "e\u0301.xlsx", "x" * 200 + ".xlsx")
        for name in odd:
            write(made.space.returns / name, name.encode(errors="surrogateescape"))
        made.backup()
        made.restore(out)
        for name in odd:
            assert (out / "回收" / name).read_bytes() == name.encode(errors="surrogateescape")


class TestRefused:
    def test_a_file_that_is_there(self, made: Round) -> None:
        """A file that is there is not written over."""
        made.target.write_bytes(b"x")
        with pytest.raises(WrongUseError) as refused:
            made.backup()
        assert str(refused.value) == (
            f"已经有 {made.target},没有覆盖它,这一次没有备份。请换一个名称,例如 "
            f"collect.py --backup {Path.home() / '备份' / '11月30日.zip'} --out {made.space.root}"
        )
        assert made.target.read_bytes() == b"x"

    @pytest.mark.parametrize(
        ("name", "said"),
        [
            ("区里/out/备份.zip", "备份不能放在"),
            ("区里/out/回收/备份.zip", "备份不能放在"),
            ("没有/备份.zip", "没有 .* 这个文件夹"),
            ("U盘", r"请写明备份文件的名称,以 \.zip 结尾"),
            ("U盘/备份.7z", r"以 \.zip 结尾"),
        ],
    )
    def test_places(self, made: Round, tmp_path: Path, name: str, said: str) -> None:
        """A backup has a name, and stands where a round's folder that is lost does not take it along."""
        with pytest.raises(WrongUseError, match=said):
            made.backup(target=tmp_path / name)

    @pytest.mark.parametrize(
        ("password", "said"),
        [
            ("", "密码只有0个字,至少要12个"),
            ("一二三四五六七八九十一", "密码只有11个字,至少要12个:备份里有密钥和全部材料"),
            ("abababababab", "密码里只有2种字,至少要5种"),
        ],
    )
    def test_weak(self, made: Round, password: str, said: str) -> None:
        """A weak password is refused with the reason."""
        with pytest.raises(WrongUseError, match=said):
            made.backup(password=password)
        assert not made.target.exists()

    def test_nothing_issued(self, made: Round) -> None:
        """What is no round is not backed up."""
        for name in ("campaign.json", "campaign.key"):
            (made.space.root / name).unlink()
        with pytest.raises(WrongUseError, match=r"不是一轮的文件夹,它里面有\(例如 演练\)。请逐个备份"):
            made.backup()
        (made.space.root / "演练" / "campaign.json").unlink()
        with pytest.raises(WrongUseError, match="还没有发放过表"):
            made.backup()

    def test_in_use(self, made: Round) -> None:
        """A round that another computer uses is not backed up."""
        record = {"host": "PC-02", "user": "李四", "doing": "收表", "since": "9:00", "run": "1"}
        (made.space.root / ".lock").write_bytes(b"\n" + json.dumps(record).encode())
        with pytest.raises(WrongUseError, match="PC-02"):
            made.backup()


class TestNothingHalf:
    """Whatever goes wrong, nothing half stays."""

    def left(self, made: Round) -> list[str]:
        return sorted(path.name for path in made.target.parent.iterdir())

    def test_a_file_that_changes(self, made: Round, monkeypatch: pytest.MonkeyPatch) -> None:
        """A file that is written to meanwhile is named."""
        real, path = writing._open, made.space.review / "决定.jsonl"  # noqa: SLF001 - its edge

        def open_(item: Item) -> Any:  # noqa: ANN401 - a file
            if item.source == path:
                with path.open("ab") as file:
                    file.write(b"{}\n")
            return real(item)

        monkeypatch.setattr(writing, "_open", open_)
        with pytest.raises(WrongUseError, match=r"决定\.jsonl 在备份的时候变了,没有备份"):
            made.backup()
        assert self.left(made) == []

    def test_no_room(self, made: Round, monkeypatch: pytest.MonkeyPatch) -> None:
        """A disk without room is told before anything is written."""
        usage = shutil.disk_usage(made.target.parent)._replace(free=1000)
        monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
        with pytest.raises(WrongUseError, match=r"备份最多要 .*只剩 1000 字节"):
            made.backup()
        assert self.left(made) == []

    def test_a_full_disk(self, made: Round, monkeypatch: pytest.MonkeyPatch) -> None:
        """A disk that is full in the end is told."""

        def full(_: int) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(WrongUseError, match=r"备份\.zip:磁盘满了"):
            made.backup()
        assert self.left(made) == []

    def test_killed(self, made: Round) -> None:
        """What a run left that was killed is removed by the next that makes the same file."""
        write(made.target.with_name(".备份[1].zip.0123abcd.tmp"), b"half")
        made.backup(target=made.target.with_name("备份[1].zip"))
        assert self.left(made) == ["备份[1].zip"]

    def test_a_disk_that_lies(self, made: Round, monkeypatch: pytest.MonkeyPatch) -> None:
        """What reads back otherwise than it was read is no backup."""
        monkeypatch.setattr(writing, "listed", lambda *_: {"files": [], "folders": []})
        monkeypatch.setattr(writing._Digesting, "finished", lambda _: "0" * 64)  # noqa: SLF001 - its edge
        with pytest.raises(WrongUseError, match="备份写完读回来核对,和原来的不一样"):
            made.backup()
        assert self.left(made) == []

    def test_no_record(self, made: Round) -> None:
        """Where the record cannot be written, the backup stays and that is said."""
        (made.space.root / "交接.jsonl").mkdir()
        with pytest.raises(WrongUseError, match=r"备份已经做好.*但是没有能在这里记下"):
            made.backup()
        assert self.left(made) == ["备份.zip"]


class TestHandedOver:
    def test_the_round_goes_on_elsewhere(self, made: Round, out: Path) -> None:
        """Once handed over, a round is not gone on with where it was, until somebody decides so; elsewhere it is."""
        done = made.backup(hand_over=True)
        path = made.space.root / "已交出.txt"
        with pytest.raises(WrongUseError) as refused, locked(made.space):
            pass
        assert str(refused.value).startswith(
            f"{made.space.root} 里的这一轮已经交给别处接着做,这里没有运行。2020-11-21 09:30 由电脑 "
        )
        assert f"备份文件 {made.target},SHA-256 {done.sha256}。" in str(refused.value)
        assert f"再删去 {path},重新运行。" in str(refused.value)
        made.restore(out)
        with locked(Workspace(out)):
            pass
        made.backup(target=made.target.with_name("再一份.zip"))
        with pytest.raises(WrongUseError, match="已经交给别处接着做,这里没有运行"):
            made.backup(target=made.target.with_name("另一个人.zip"), hand_over=True)
        assert not made.target.with_name("另一个人.zip").exists()
        path.unlink()
        with locked(made.space):
            pass

    @pytest.mark.skipif(os.name == "nt", reason="who may enter a folder is said otherwise there")
    def test_who_may_enter(self, made: Round, out: Path) -> None:
        """A folder that only its owner may enter is such a one again; a link leads to the folder that is meant."""
        made.space.root.chmod(0o700)
        made.backup()
        (out.parent / "盘").mkdir(parents=True)
        out.symlink_to(out.parent / "盘")
        made.restore(out)
        assert (out.is_symlink(), out.stat().st_mode & 0o777) == (True, 0o700)

    def test_where_the_command_runs(self, made: Round, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """The folder in which the command runs cannot be exchanged, so another one is asked for."""
        made.backup()
        out.mkdir(parents=True)
        monkeypatch.chdir(out)
        with pytest.raises(
            WrongUseError, match=r"是正在里面运行命令的文件夹,换不成恢复出来的,没有恢复。请写它里面的一个新的文件夹"
        ):
            made.restore(Path())
        assert list(out.iterdir()) == []

    def test_both_are_there(self, made: Round, out: Path) -> None:
        """A folder that was restored where the old one still stands says so; both tell where the round came from."""
        made.backup()
        told = ["".join(line) for line in made.restore(out).lines]
        assert (
            f"原来的文件夹还在这台电脑上:{made.space.root}。不要两边都做:以后只用这里的,把那个文件夹改名或者移走。"
            in told
        )
        assert told[-1] == f"下一步:collect.py --out {out}"
        held = [json.loads(line) for line in (out / "交接.jsonl").read_text("utf-8").splitlines()]
        assert (held[-1]["done"], held[-1]["from_path"]) == ("restore", str(made.space.root))

    def test_the_old_one_is_gone(self, made: Round, out: Path) -> None:
        """Where it cannot be seen, that the old one must rest is said all the same."""
        made.backup()
        made.space.root.rename(made.space.root.with_name("旧"))
        told = ["".join(line) for line in made.restore(out).lines]
        assert any(f"的 {made.space.root},那里不要再收表、发放" in line for line in told)


def test_the_lock_is_held(made: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a backup is made, the folder says so to others."""
    seen: list[str] = []
    real = writing._write  # noqa: SLF001 - its edge

    def write_(*arguments: Any) -> None:  # noqa: ANN401 - as the function has them
        seen.append(json.loads((made.space.root / ".lock").read_bytes())["doing"])
        real(*arguments)

    monkeypatch.setattr(writing, "_write", write_)
    made.backup()
    assert seen == ["备份"]


def test_what_is_told(made: Round) -> None:
    """What was made, how large, its digest, what is not in it, and what comes next are said in so many words."""
    done = made.backup()
    told = ["".join(line) for line in done.lines]
    assert told[0] == f"已备份:{made.target}"
    assert told[1].startswith("里面有11个文件,共 5.2 KB;备份文件 ")
    assert told[2] == f"SHA-256 {done.sha256}"
    assert told[3].startswith("没有放进去的:程序自己会重新生成的(.lock、.cache.sqlite)和没有写完的临时文件;")
    assert told[5] == "恢复:在另一台电脑上装好程序,运行 collect.py --restore 备份.zip --out 新的文件夹"
    assert "--hand-over" in told[6]
    assert done.as_json == {
        "file": str(made.target), "sha256": done.sha256, "size": made.target.stat().st_size, "files": 11,
        "holds": done.holds, "left_out": list(done.left), "handed_over": False,
    }  # fmt: skip
    assert Heard().lines == []
