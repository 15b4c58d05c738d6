"""The folder of a round: its secret is kept, its record is whole or refused, its files appear whole."""

from __future__ import annotations

import json
import os
import re
import stat
from pathlib import Path

import pytest

from fazhi_xl.errors import WrongUseError
from fazhi_xl.office.workspace.folder import Workspace, reading, writing
from tests.support.offices import Office
from tests.support.windows import open_in_excel, refused


def test_places(tmp_path: Path) -> None:
    """Everything of a round stands in its folder, under the names that the office knows."""
    space = Workspace(tmp_path)
    places = (space.issued, space.returns, space.results, space.archive, space.campaign_file, space.key_file)
    assert [path.relative_to(tmp_path).as_posix() for path in places] == [
        "发放", "回收", "结果", "存档", "campaign.json", "campaign.key",
    ]  # fmt: skip


class TestKey:
    def test_new(self, tmp_path: Path) -> None:
        """The key is made once, of 32 random bytes, and then stays."""
        key = Workspace(tmp_path).key()
        assert len(key) == 32
        assert Workspace(tmp_path).key() == key
        assert re.fullmatch(r"[0-9a-f]{64}\n", (tmp_path / "campaign.key").read_text())

    def test_each_round_has_its_own(self, tmp_path: Path) -> None:
        """Two rounds have two keys."""
        for name in "ab":
            (tmp_path / name).mkdir()
        assert Workspace(tmp_path / "a").key() != Workspace(tmp_path / "b").key()

    @pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
    def test_mode(self, tmp_path: Path) -> None:
        """Only its owner can read the key."""
        Workspace(tmp_path).key()
        assert stat.S_IMODE((tmp_path / "campaign.key").stat().st_mode) == 0o600

    @pytest.mark.parametrize("content", ["", "\n", "abc", "zz" * 32, "ab" * 31, "ab" * 33, "密钥"])
    def test_damaged(self, tmp_path: Path, content: str) -> None:
        """A damaged key is refused and not replaced: what it would make is no longer what was issued."""
        (tmp_path / "campaign.key").write_text(content, "utf-8")
        with pytest.raises(WrongUseError, match=r"campaign\.key 的内容不对,请从备份恢复这个文件。"):
            Workspace(tmp_path).key()
        assert (tmp_path / "campaign.key").read_text("utf-8") == content

    def test_lost(self, office: Office) -> None:
        """Once forms are out, a lost key is not made anew: every return would look forged."""
        office.space.key_file.unlink()
        with pytest.raises(WrongUseError, match=r"campaign\.key 不见了.*请从备份恢复"):
            office.space.key()
        assert not office.space.key_file.exists()


class TestRecord:
    def test_none(self, tmp_path: Path) -> None:
        """Before anything was issued there is no record."""
        assert Workspace(tmp_path).campaign() is None

    def test_whole(self, office: Office) -> None:
        """The record is what was written."""
        assert office.space.campaign() == office.record

    @pytest.mark.parametrize(
        "content",
        [
            "", "{", "[]", "null", "3", '"x"', "{}", '{"units": []}', "\xff\xfe",
            '{"campaign": "c", "version": "x", "units": [], "shapes": {}}',
            '{"campaign": "c", "version": 1, "units": [], "shapes": {}}',
            '{"campaign": null, "version": "1", "units": [], "shapes": {}}',
            '{"campaign": "c", "version": "1", "units": ["a"], "shapes": {}}',
            '{"campaign": "c", "version": "1", "units": [{"unit": "a", "shape": "S1"}], "shapes": {}}',
            '{"campaign": "c", "version": "1", "units": [{"unit": "a", "shape": "S1"}], "shapes": {"S1": {"inputs": 3}}}',
        ],
    )  # fmt: skip
    def test_damaged(self, tmp_path: Path, content: str) -> None:
        """A damaged record is refused with one line that says what to do."""
        (tmp_path / "campaign.json").write_bytes(content.encode("latin-1"))
        with pytest.raises(WrongUseError, match=r"campaign\.json 读不出来\(\w+\)。请从备份恢复这个文件,不要重新发放。"):
            Workspace(tmp_path).campaign()


class TestReading:
    def test_open_elsewhere(self, tmp_path: Path) -> None:
        """A file that WPS keeps to itself is to be closed; nothing is said of rights or of a backup."""
        with pytest.raises(WrongUseError) as raised, reading(tmp_path / "甲.xlsx"):
            raise refused(32)
        assert (
            str(raised.value)
            == f"{tmp_path / '甲.xlsx'} 读不出来:正在 Excel、WPS 或别的程序里打开。请存盘、关闭它,再运行一次。"
        )


class TestWriting:
    def test_failure(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where the disk is full the old file stays whole, nothing is left beside it, and one line says so."""
        space = Workspace(tmp_path)
        space.write_json(tmp_path / "甲.json", {"a": 1})

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(Path, "replace", full)
        with pytest.raises(WrongUseError, match=r"不能写入 .*甲\.json:磁盘满了。请检查磁盘空间"):
            space.write_json(tmp_path / "甲.json", {"a": 2})
        assert json.loads((tmp_path / "甲.json").read_text("utf-8")) == {"a": 1}
        assert [path.name for path in tmp_path.iterdir()] == ["甲.json"]

    def test_open_elsewhere(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A file that is open in Excel is named, with what to do."""

        def held(*_: object) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "replace", held)
        with pytest.raises(WrongUseError, match=r"不能写入 .*甲\.xlsx。.*如果文件正在 Excel 或 WPS 里打开,请先关闭"):
            Workspace(tmp_path).write(tmp_path / "甲.xlsx", b"")

    def test_open_in_excel(self, tmp_path: Path) -> None:
        """Where Windows says that a file is open, nothing else is guessed, and the old file stays whole."""
        path = tmp_path / "甲.xlsx"
        path.write_bytes(b"old")
        with open_in_excel(path.__eq__), pytest.raises(WrongUseError) as raised:
            Workspace(tmp_path).write(path, b"new")
        assert str(raised.value) == f"{path} 正在 Excel、WPS 或别的程序里打开,没有写。请存盘、关闭它,再运行一次。"
        assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [("甲.xlsx", b"old")]

    def test_read_only(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A file that somebody made read-only stays as it is on Windows, and it is said what to do."""
        path = tmp_path / "甲.xlsx"
        path.write_bytes(b"old")
        path.chmod(0o444)

        def denied(*_: object) -> None:
            raise refused(5, path)

        monkeypatch.setattr(Path, "replace", denied)
        with pytest.raises(WrongUseError) as raised:
            Workspace(tmp_path).write(path, b"new")
        assert str(raised.value) == f"{path} 是只读文件,没有写。请在它的“属性”里去掉“只读”,再运行一次。"
        assert path.read_bytes() == b"old"

    def test_folder_to_be_opened(self, tmp_path: Path) -> None:
        """Windows calls a folder that is opened as a file not permitted; that it is a folder is said all the same."""
        with pytest.raises(WrongUseError) as raised, writing(tmp_path):
            raise refused(0, tmp_path)
        assert str(raised.value) == (
            f"不能写入 {tmp_path}:这是一个文件夹,不是文件。请把这个文件夹移走或改名,再运行一次。"
        )

    @pytest.mark.parametrize("place", ["out", "out/发放"])
    def test_file_in_the_way(self, tmp_path: Path, place: str) -> None:
        """A file where a folder has to be is named."""
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_text("")
        space = Workspace(tmp_path / "out")
        with pytest.raises(WrongUseError, match=f"{re.escape(str(Path(place)))} 已经是一个文件,不能当作文件夹"):
            space.make(space.issued)

    def test_folder_in_the_way(self, tmp_path: Path) -> None:
        """A folder where a file has to be is named."""
        (tmp_path / "甲.xlsx").mkdir()
        with pytest.raises(WrongUseError, match=r"不能写入 .*甲\.xlsx"):
            Workspace(tmp_path).write(tmp_path / "甲.xlsx", b"")
