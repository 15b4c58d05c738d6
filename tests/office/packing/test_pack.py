"""上报 on disk: whole files only, verified and completed by the next run; what people did there is kept and told."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace

import pytest

from fazhi_xl.errors import WrongUseError
from fazhi_xl.intake.arrival import Arrival
from fazhi_xl.intake.reopened import Reopened
from fazhi_xl.limits import SIZE_LIMIT
from fazhi_xl.office.packing.manifest import Journal, manifest_bytes, read_manifest
from fazhi_xl.office.packing.pack import INDEX
from fazhi_xl.rounds.inspected import Inspected
from tests.support.locking import OPENS_WITH, locked_by_aes, packed
from tests.support.mails import mail
from tests.support.packing import FIRST, PDF, SECOND, PackingDesk

IN, OTHER = "15_法治宣传教育/02_人大常委会机关", "15_法治宣传教育/04_政协机关"
NOTHING_NEW = "都已在,没有重新复制"


@pytest.fixture
def two(desk: PackingDesk) -> PackingDesk:
    """Give a round with two files, packed once."""
    desk.put(f"{FIRST}/15/a.pdf", PDF + b"1")
    desk.put(f"{FIRST}/15/b.pdf", PDF + b"2")
    desk.lists(FIRST, "15.1", f"{FIRST}/15/a.pdf", f"{FIRST}/15/b.pdf")
    desk.pack()
    return desk


A, B = f"{IN}/15.1_a.pdf", f"{IN}/15.1_b.pdf"


def verified(desk: PackingDesk) -> bool:
    """Say whether every line of the manifest holds, as sha256sum would, and nothing unfinished lies there."""
    lines = (desk.packed / "manifest-sha256.txt").read_text("utf-8").splitlines()
    pairs = [line.split("  ", 1) for line in lines]
    right = all(sha256((desk.packed / path).read_bytes()).hexdigest() == digest for digest, path in pairs)
    return right and INDEX in {path for _, path in pairs} and not (desk.packed / ".未完成").exists()


def everything(desk: PackingDesk) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in desk.packed.rglob("*") if path.is_file()}


class TestFiles:
    def test_from_wherever_they_came(self, desk: PackingDesk) -> None:
        """Files of folders, archives (with their passwords) and mails are there byte for byte, a scan that is large too."""
        large = PDF + bytes(range(256)) * 1000
        desk.passwords = (OPENS_WITH,)
        desk.put(f"{FIRST}/15/a.pdf", large + b"1")
        desk.put("包.zip", locked_by_aes({f"{FIRST}/15/b.pdf": large + b"2"}))
        inside = packed({f"{SECOND}/15/c.pdf": large + b"3", f"{SECOND}/15/d.txt": b"4"})
        desk.put("信.eml", mail({"包.zip": inside}).as_bytes())
        desk.pack()
        assert desk.files() == {
            f"{IN}/a.pdf": large + b"1", f"{IN}/b.pdf": large + b"2", f"{OTHER}/c.pdf": large + b"3", f"{OTHER}/d.txt": b"4",
        }  # fmt: skip
        assert verified(desk)

    @pytest.mark.long
    def test_larger_than_is_read(self, desk: PackingDesk) -> None:
        """A file that is too large to be read, of which nothing is known but its size, is packed and verified all the same."""
        large = bytes(SIZE_LIMIT + 1)
        desk.put(f"{FIRST}/15/录像.bin", large)
        desk.pack()
        assert desk.files() == {f"{IN}/录像.bin": large}
        assert desk.index.sheets["目录"].cells["M4"].text == sha256(large).hexdigest()
        assert NOTHING_NEW in desk.pack()[1][-1]

    def test_again(self, two: PackingDesk) -> None:
        """Packed again, everything is verified and nothing is written: not a byte and not a file's time."""
        before = {path: path.stat().st_mtime_ns for path in two.packed.rglob("*")}
        attention, said = two.pack()
        assert not attention
        assert said == [f"上报材料2份(20 字节),{NOTHING_NEW}:{two.packed}。目录在 目录.xlsx;再运行一次就逐个核对。"]
        assert {path: path.stat().st_mtime_ns for path in two.packed.rglob("*")} == before

    def test_same_bytes(self, two: PackingDesk, tmp_path: Path) -> None:
        """The same evidence gives the same bytes in another folder: files, index and manifest."""
        other = PackingDesk(tmp_path / "other", two.listed)
        for name in ("a.pdf", "b.pdf"):
            other.put(f"{FIRST}/15/{name}", (two.space.returns / FIRST / "15" / name).read_bytes())
        other.pack()
        assert list(everything(other).values()) == list(everything(two).values())

    def test_index(self, two: PackingDesk) -> None:
        """The index says of each file what it is for, where it came, and leads to it."""
        part = two.index.sheets["目录"]
        assert [part.cells[f"{column}5"].text for column in "ABCDEFGHIJKLMN"] == [
            "2", "15", "法治宣传教育", "15.1", FIRST, "材料", "15.1_b.pdf", "b.pdf", f"{FIRST}/15/b.pdf", "3", "—", "10",
            sha256(PDF + b"2").hexdigest(), "—",
        ]  # fmt: skip

    def test_nothing(self, desk: PackingDesk) -> None:
        """Where there is no evidence one line says so."""
        desk.space.returns.mkdir(parents=True)
        _, said = desk.pack()
        assert said[0] == "没有可以上报的材料。请把佐证材料放进以项目序号命名的文件夹,和表一起收,再运行一次。"


class TestSeen:
    def test_numbers(self, two: PackingDesk) -> None:
        """Files with citizens' identity numbers, in them or in their names, are told before anything is packed, and marked in the index."""
        two.put(f"{FIRST}/15/张三11010519491231002X.pdf", PDF + b"3")
        seen = {f"{FIRST}/15/a.pdf": Inspected(kind="PDF", pages=2, numbers=("1101************2X",))}
        _, said = two.pack(replace(two.order(), seen=seen))
        assert said[0] == (
            "有2份材料的内容或名称里有公民身份号码,交出去之前先请单位遮去、改名后重新报送:"
            f"{FIRST}/15/a.pdf、{FIRST}/15/张三1101************2X.pdf。"
        )
        cells = two.index.sheets["目录"].cells
        assert [cells[f"{column}4"].text for column in "JKN"] == ["3", "2", "有公民身份号码(1101************2X)"]
        assert cells["N6"].text == "台账目录没有列出;有公民身份号码(1101************2X)"


class TestPeople:
    def test_changed(self, two: PackingDesk) -> None:
        """What people changed in 上报 is put right from the original; theirs stays beside it, and both are told."""
        (two.packed / A).write_bytes(b"theirs")
        attention, said = two.pack()
        assert attention
        assert said[0] == f"在 上报 里被改动过的1份已用原件重新放好,改动过的另存在旁边:{A} → 15.1_a_改动.pdf。"
        assert two.files() == {A: PDF + b"1", f"{IN}/15.1_a_改动.pdf": b"theirs", B: PDF + b"2"}
        assert verified(two)

    def test_deleted(self, two: PackingDesk) -> None:
        """What was deleted there is there again, and told."""
        (two.packed / A).unlink()
        _, said = two.pack()
        assert said[0] == f"上次放好以后被删掉的1份已重新放好:{A}。"
        assert two.files() == {A: PDF + b"1", B: PDF + b"2"}

    def test_foreign(self, two: PackingDesk) -> None:
        """A file that people put there stays, whatever becomes of the evidence, and every run tells it; a system's own notes are not."""
        (two.packed / IN / "说明.txt").write_bytes(b"theirs")
        (two.packed / "Thumbs.db").write_bytes(b"x")
        (two.space.returns / FIRST / "15" / "b.pdf").unlink()
        told = "上报 里有1个不是由本命令放的文件,没有动,也不在目录和 manifest-sha256.txt 里:" + f"{IN}/说明.txt。"
        assert told in two.pack()[1]
        assert told in two.pack()[1]
        assert two.files() == {A: PDF + b"1", f"{IN}/说明.txt": b"theirs", "Thumbs.db": b"x"}

    def test_their_own_in_a_files_place(self, desk: PackingDesk) -> None:
        """A file that was there before, in the place of one that comes, is kept beside it."""
        (desk.packed / IN).mkdir(parents=True)
        (desk.packed / IN / "a.pdf").write_bytes(b"theirs")
        desk.put(f"{FIRST}/15/a.pdf")
        desk.pack()
        assert desk.files() == {f"{IN}/a.pdf": PDF, f"{IN}/a_改动.pdf": b"theirs"}

    def test_index_in_use(self, two: PackingDesk) -> None:
        """The index that somebody wrote into is kept as well."""
        (two.packed / INDEX).write_bytes(b"theirs")
        two.pack()
        assert (two.packed / "目录_改动.xlsx").read_bytes() == b"theirs"
        assert verified(two)


class TestChanges:
    def test_no_longer_wanted(self, two: PackingDesk) -> None:
        """What is no longer evidence is removed where it is as this program wrote it, with folders that are empty then."""
        two.listed.clear()
        (two.space.returns / FIRST / "15" / "b.pdf").unlink()
        (two.space.returns / FIRST / "15" / "a.pdf").replace(two.put(f"{SECOND}/15/a.pdf"))
        _, said = two.pack()
        assert "撤走不再需要的2份" in said[-1]
        assert two.files() == {f"{OTHER}/a.pdf": PDF + b"1"}
        assert not (two.packed / IN).exists()

    def test_no_longer_wanted_and_changed(self, two: PackingDesk) -> None:
        """One that people changed stays, and is told."""
        (two.packed / B).write_bytes(b"theirs")
        two.listed.clear()
        two.lists(FIRST, "15.1", f"{FIRST}/15/a.pdf")
        (two.space.returns / FIRST / "15" / "b.pdf").unlink()
        attention, said = two.pack()
        assert attention
        assert said[0] == f"不再需要、但被改动过的1份没有动,请自己看要不要删:{B}。"
        assert (two.packed / B).read_bytes() == b"theirs"

    def test_new_original(self, two: PackingDesk) -> None:
        """A new original takes the place of the old one, which nobody changed."""
        two.put(f"{FIRST}/15/a.pdf", PDF + b"new")
        attention, _ = two.pack()
        assert not attention
        assert two.files() == {A: PDF + b"new", B: PDF + b"2"}

    @pytest.mark.parametrize("gone", [True, False])
    def test_changed_since_it_was_listed(self, two: PackingDesk, gone: bool) -> None:  # noqa: FBT001 - a column
        """An original that changed or went between listing and copying is told and not packed; the next run packs it."""
        late = two.put(f"{FIRST}/15/c.pdf", PDF + b"3")
        order = two.order()
        if gone:
            late.unlink()
        else:
            late.write_bytes(PDF + b"4")
        attention, said = two.pack(order)
        assert attention
        assert said[0] == f"收表以后原件变了或读不出来的1份,没有放进 上报:{IN}/c.pdf。请再运行一次。"
        assert two.files() == {A: PDF + b"1", B: PDF + b"2"}
        assert verified(two)
        assert (two.pack()[0], verified(two)) == (False, True)
        assert two.files().get(f"{IN}/c.pdf") == (None if gone else PDF + b"4")

    def test_what_an_archive_does_not_give(self, two: PackingDesk) -> None:
        """A file that has a password nobody gave is told for what it is, in the index too; nothing says to run again."""
        two.put(f"{FIRST}/台账.zip", locked_by_aes({"15/c.pdf": PDF + b"3"}))
        for _ in range(2):
            attention, said = two.pack()
            assert attention
            assert said[0] == (
                f"设了密码或已损坏、读不出来的1份,没有放进 上报:{IN}/c.pdf。请单位重新报送;压缩包有密码的,收表时给出密码。"
            )
        assert two.index.sheets["目录"].cells["N6"].text == "台账目录没有列出;设了密码,打不开,没有放进来"
        two.passwords = (OPENS_WITH,)
        assert (two.pack()[0], two.files().get(f"{IN}/c.pdf")) == (False, PDF + b"3")

    def test_a_large_scan_that_changed(self, two: PackingDesk) -> None:
        """Of a scan whose SHA-256 was not reckoned when it was listed, another size or time is noticed; it is verified by its bytes."""
        path, order = two.put(f"{FIRST}/15/c.pdf", PDF + b"3"), two.order()
        files = (replace(each, fingerprint="") if each.path.endswith("c.pdf") else each for each in order.arrivals)
        order = replace(order, arrivals=tuple(files))
        assert two.pack(order)[0] is False
        assert NOTHING_NEW in two.pack(order)[1][-1]
        os.utime(path, ns=(0, 0))
        assert two.pack(order)[0] is True
        path.write_bytes(PDF + b"longer")
        assert two.pack(order)[0] is True


class TestStopped:
    def test_killed(self, desk: PackingDesk, monkeypatch: pytest.MonkeyPatch) -> None:
        """Stopped at any step, files are whole or not there; the next run copies only those that are not, and removes what it left."""
        for no in range(3):
            desk.put(f"{FIRST}/15/{no}.pdf", PDF + bytes([no]))
        for steps in range(1, 12):
            with monkeypatch.context() as patch:
                _stop_after(patch, steps)
                with pytest.raises(KeyboardInterrupt):
                    desk.pack()
            files = {path: data for path, data in desk.files().items() if ".未完成" not in path}
            assert files == {f"{IN}/{no}.pdf": PDF + bytes([no]) for no in range(len(files))}
            if len(files) == 3:
                break
        desk.put(f"{FIRST}/15/0.pdf", PDF + b"new")
        (desk.space.returns / FIRST / "15" / "1.pdf").unlink()
        attention, said = desk.pack()
        assert not attention
        assert "这次复制1份,撤走不再需要的1份" in said[-1]
        assert desk.files() == {f"{IN}/0.pdf": PDF + b"new", f"{IN}/2.pdf": PDF + b"\x02"}
        assert verified(desk)

    def test_no_room(self, two: PackingDesk, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where the files do not fit on the disk none is copied, and one line says how much is missing."""
        two.put(f"{FIRST}/15/c.pdf", PDF + bytes(3000))
        monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1024))
        with pytest.raises(WrongUseError) as caught:
            two.pack()
        assert str(caught.value) == (
            f"{two.packed} 还要放 1 份材料,共 3.0 KB;磁盘只剩 1.0 KB,放不下,一份也没有复制。请腾出空间再运行一次,接着做。"
        )
        assert two.files() == {A: PDF + b"1", B: PDF + b"2"}

    def test_full_disk(self, desk: PackingDesk, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where the disk is full all the same, the run stops with one line, what is there is whole, and the next run goes on."""
        for no in range(3):
            desk.put(f"{FIRST}/15/{no}.pdf", PDF + bytes([no]))
        with monkeypatch.context() as patch:
            _fail_at(patch, "1.pdf", OSError(errno.ENOSPC, "No space left on device"))
            with pytest.raises(WrongUseError, match="磁盘满了") as caught:
                desk.pack()
        assert str(caught.value).splitlines()[1:] == ["已经放好的都在,处理后再运行一次,接着做。"]
        assert "这次复制2份" in desk.pack()[1][-1]
        assert verified(desk)

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
    @pytest.mark.parametrize("size", [10, 100_000])
    def test_full_disk_as_a_file_is_closed(self, desk: PackingDesk, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
        """A disk that shows only as a file is closed that it is full stops the run in the same way."""
        desk.put(f"{FIRST}/15/a.pdf", PDF + bytes(size))
        opened = Path.open
        full = lambda path, *how, **more: opened(Path("/dev/full") if path.name == "正在写" else path, *how, **more)  # noqa: E731
        with monkeypatch.context() as patch:
            patch.setattr(Path, "open", full)
            with pytest.raises(WrongUseError, match="磁盘满了"):
                desk.pack()
        desk.pack()
        assert verified(desk)

    def test_open_elsewhere(self, two: PackingDesk, monkeypatch: pytest.MonkeyPatch) -> None:
        """A file that is open elsewhere cannot be replaced: the old one stays, all others are done, and a line says what to do."""
        two.put(f"{FIRST}/15/a.pdf", PDF + b"new")
        two.put(f"{FIRST}/15/c.pdf", PDF + b"3")
        with monkeypatch.context() as patch:
            _fail_at(patch, "15.1_a.pdf", PermissionError(errno.EACCES, "Permission denied"))
            with pytest.raises(WrongUseError) as caught:
                two.pack()
        assert str(caught.value).splitlines() == [
            f"不能写入 {two.packed / A}。请检查文件夹权限;如果文件正在 Excel 或 WPS 里打开,请先关闭。",
            "已经放好的都在,处理后再运行一次,接着做。",
        ]
        assert two.files() == {A: PDF + b"1", B: PDF + b"2", f"{IN}/c.pdf": PDF + b"3"}
        assert verified(two)
        two.pack()
        assert two.files()[A] == PDF + b"new"

    @pytest.mark.parametrize("code", [errno.EROFS, errno.EACCES])
    def test_read_only(self, desk: PackingDesk, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
        """Where nothing can be written one line says so, and no file is tried."""
        desk.put(f"{FIRST}/15/a.pdf")
        desk.put(f"{FIRST}/15/b.pdf", PDF + b"2")
        make = Path.mkdir

        def refused(self: Path, mode: int = 0o777, *, parents: bool = False, exist_ok: bool = False) -> None:
            if self.name == ".未完成":
                raise OSError(code, "refused")
            make(self, mode, parents=parents, exist_ok=exist_ok)

        monkeypatch.setattr(Path, "mkdir", refused)
        with pytest.raises(WrongUseError, match="不能写入") as caught:
            desk.pack()
        assert len(str(caught.value).splitlines()) == 1
        assert desk.files() == {}

    def test_many_that_fail(self, desk: PackingDesk, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where paths are too long, a few lines name some, one counts the others, and what could be written is there."""
        for no in range(7):
            desk.put(f"{FIRST}/15/{no}.pdf", PDF + bytes([no]))
        desk.put(f"{FIRST}/20/a.pdf", PDF + b"a")
        with monkeypatch.context() as patch:
            for no in range(7):
                _fail_at(patch, f"{no}.pdf", OSError(errno.ENAMETOOLONG, "File name too long"))
            with pytest.raises(WrongUseError, match="名称太长") as caught:
                desk.pack()
        assert str(caught.value).splitlines()[5:] == [
            "另有2个文件也没有写成。",
            "已经放好的都在,处理后再运行一次,接着做。",
        ]
        assert list(desk.files().values()) == [PDF + b"a"]
        assert verified(desk)
        assert desk.index.sheets["目录"].cells["N4"].text == "台账目录没有列出;没有可以计分的表;没有写成"

    def test_pieces(self, desk: PackingDesk, monkeypatch: pytest.MonkeyPatch) -> None:
        """A file is copied piece by piece, whatever its size: never more than a megabyte of it is in memory."""
        desk.put(f"{FIRST}/15/a.pdf", PDF + bytes(3 << 20))
        sizes: list[int] = []
        real = Reopened.pieces

        def pieces(self: Reopened, arrival: Arrival) -> Iterator[bytes]:
            for piece in real(self, arrival):
                sizes.append(len(piece))
                yield piece

        monkeypatch.setattr(Reopened, "pieces", pieces)
        desk.pack()
        assert (max(sizes), len(sizes)) == (1 << 20, 4)


def _stop_after(patch: pytest.MonkeyPatch, steps: int) -> None:
    """Let the run be stopped before its n-th note or move."""
    left = [steps]
    note, move = Journal.note, Path.replace

    def count() -> None:
        left[0] -= 1
        if left[0] <= 0:
            raise KeyboardInterrupt

    def noted(self: Journal, path: str, sha: str) -> None:
        count()
        note(self, path, sha)

    def moved(self: Path, target: Path) -> Path:
        count()
        return move(self, target)

    patch.setattr(Journal, "note", noted)
    patch.setattr(Path, "replace", moved)


def _fail_at(patch: pytest.MonkeyPatch, name: str, error: OSError) -> None:
    move = Path.replace

    def moved(self: Path, target: Path) -> Path:
        if target.name == name:
            raise error
        return move(self, target)

    patch.setattr(Path, "replace", moved)


class TestManifest:
    def test_form(self, two: PackingDesk) -> None:
        """The manifest has a line for each file, in the order of the paths, as sha256sum and BagIt write it."""
        one, other, index = (
            sha256(each).hexdigest() for each in (PDF + b"1", PDF + b"2", (two.packed / INDEX).read_bytes())
        )
        assert (two.packed / "manifest-sha256.txt").read_text(
            "utf-8"
        ) == f"{one}  {A}\n{other}  {B}\n{index}  目录.xlsx\n"

    def test_read(self, tmp_path: Path) -> None:
        """What others wrote into it, and paths that lead out of the folder, are no files of ours."""
        known = "a" * 64
        text = (
            manifest_bytes({"甲/a.pdf": known})
            + f"注\n{known}  ../x\n{known}  /etc/x\n{known} *b.pdf\n{known}  \n".encode()
        )
        (tmp_path / "manifest-sha256.txt").write_bytes(text)
        assert read_manifest(tmp_path) == {"甲/a.pdf": known, "b.pdf": known}

    def test_lost(self, two: PackingDesk) -> None:
        """Without the manifest nothing is copied again that is right, and nothing is removed that nobody wants: it is told."""
        (two.packed / "manifest-sha256.txt").unlink()
        (two.space.returns / FIRST / "15" / "b.pdf").unlink()
        two.listed.clear()
        two.lists(FIRST, "15.1", f"{FIRST}/15/a.pdf")
        _, said = two.pack()
        assert NOTHING_NEW in said[-1]
        assert {A, B} <= set(two.files())
        assert f"上报 里有1个不是由本命令放的文件,没有动,也不在目录和 manifest-sha256.txt 里:{B}。" in said

    def test_a_line_that_was_not_finished(self, tmp_path: Path) -> None:
        """A record whose last line was torn tells of all others, and goes on on a line of its own."""
        journal = Journal(tmp_path)
        journal.begin()
        journal.note("a.pdf", "1")
        with (tmp_path / ".未完成" / "登记.jsonl").open("ab") as file:
            file.write(b'{"path": "b.p')
        journal.note("c.pdf", "3")
        assert journal.read() == {"a.pdf": "1", "c.pdf": "3"}
