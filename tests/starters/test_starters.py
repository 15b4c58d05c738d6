"""What is double-clicked runs its command by the folder's settings, and says what it did and what comes next."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from fazhi_xl.errors import WrongUseError
from fazhi_xl.office.workspace.catalogue import DEFAULT
from fazhi_xl.starters import main
from fazhi_xl.starters.prepare import prepare
from fazhi_xl.starters.settings import FILE, Settings, settings_in
from fazhi_xl.text.commands import STARTED, Starter

PROJECT = Path(__file__).parents[2]
SMALL = "chengchuan-xiangzhen-2023"


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


class TestSettings:
    """设置.txt is a clerk's file."""

    def test_as_they_come(self) -> None:
        """What the installer writes is read back, and is never written over what is there."""
        assert settings_in(Path()) == Settings()
        assert "写了 设置.txt。" in list(prepare())
        assert settings_in(Path()) == Settings(campaign=f"目录/{DEFAULT}", out=Path("out"))

    def test_what_people_changed(self) -> None:
        """The settings and the catalogues that are there stay; what is missing is added."""
        Path(FILE).write_text("这一轮的文件夹 = 明年", "utf-8")
        own = Path("目录", DEFAULT, "notice.toml")
        own.parent.mkdir(parents=True)
        own.write_text("改过的", "utf-8")
        said = list(prepare())
        assert said == [
            f"“目录”里放了通知写成的目录:{'、'.join(sorted(each.name for each in Path('目录').iterdir() if each != own.parent))}。"
        ]
        assert (own.read_text("utf-8"), settings_in(Path()).out) == ("改过的", Path("明年"))
        assert list(prepare()) == []

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
    def test_of_any_editor(self, encoding: str) -> None:
        """Whatever encoding an editor saves, full-width marks, blanks and quotation marks are no trap."""
        Path(FILE).write_text("\uff03 说明\n\n 工作目录\uff1d “我的 目录” \n这一轮的文件夹 = D:\\考核\\out\n", encoding)
        assert settings_in(Path()) == Settings(campaign="我的 目录", out=Path("D:\\考核\\out"))

    def test_a_file_that_is_no_text(self) -> None:
        """It is said how a fresh one is had."""
        Path(FILE).write_bytes(b"\xff\xff\x80")
        with pytest.raises(WrongUseError, match="不是文本,读不出来。请删去它,再双击“安装”,会重新写一份。"):
            settings_in(Path())

    @pytest.mark.parametrize("written", ["", "工作目录 =\n", f"工作目录 = {DEFAULT}\n", f"工作目录 = 目录/{DEFAULT}\n"])
    def test_what_people_change_goes_first(self, written: str) -> None:
        """However a catalogue is named, that of the folder in which people change them is meant, where it is there."""
        assert settings_in(Path()).campaign == DEFAULT
        list(prepare())
        Path(FILE).write_text(written, "utf-8")
        assert Path(settings_in(Path()).campaign) == Path("目录", DEFAULT)

    def test_from_another_folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """What is typed elsewhere finds the folder's own round and catalogue."""
        list(prepare())
        (tmp_path / "别处").mkdir()
        monkeypatch.chdir(tmp_path / "别处")
        assert settings_in(tmp_path) == Settings(campaign=str(tmp_path / "目录" / DEFAULT), out=tmp_path / "out")

    def test_left_blank(self) -> None:
        """A setting that is left blank is as it comes."""
        Path(FILE).write_text("工作目录 =\n", "utf-8")
        assert settings_in(Path()) == Settings()

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("工作目录", f"{FILE} 第1行“工作目录”看不懂。每行写“名称 = 值”,名称是 工作目录 或 这一轮的文件夹"),
            ("\n输出 = a", f"{FILE} 第2行“输出 = a”看不懂。"),
            ("工作目录 = --help", f"{FILE} 第1行“工作目录 = --help”看不懂。"),
            (
                "这一轮的文件夹 = program",
                f"{FILE} 里的“这一轮的文件夹”写的是“program”,那里是程序自己的文件夹。请写另一个名称",
            ),
            ("这一轮的文件夹 = 目录/今年", f"{FILE} 里的“这一轮的文件夹”写的是“目录/今年”,"),
            ("这一轮的文件夹 = .", f"{FILE} 里的“这一轮的文件夹”写的是“.”,"),
            ("工作目录 = a\n工作目录 = b", f"{FILE} 第2行又写了一次“工作目录”。只留一行"),
        ],
    )
    def test_lines_that_say_nothing(self, text: str, said: str) -> None:
        """A line that cannot be used is named with its number and an example."""
        Path(FILE).write_text(text, "utf-8")
        with pytest.raises(WrongUseError) as refused:
            settings_in(Path())
        assert str(refused.value).startswith(said)


def test_before_anything_was_issued(capsys: pytest.CaptureFixture[str]) -> None:
    """A step that cannot be done yet says so, and by which starter it goes on."""
    assert main(Path(), Starter.COLLECT) == 2
    assert capsys.readouterr().out.splitlines()[-2:] == [
        "做了什么:没有做成,原因写在上面。",
        "接下来:  按上面写的改好,再双击“3 收表”。上面写着 fazhi-build、fazhi-collect 或 -- 开头的,双击“命令行”再输入。",
    ]
    assert main(Path(), Starter.SHOW) == 2
    assert capsys.readouterr().out.splitlines()[-1] == "接下来:  先双击“3 收表”,再双击“4 打开结果”。"


def test_checked(capsys: pytest.CaptureFixture[str]) -> None:
    """The first step changes nothing, and leads to the next."""
    Path(FILE).write_text(f"工作目录 = {SMALL}", "utf-8")
    assert main(Path(), Starter.CHECK) == 0
    last = capsys.readouterr().out.splitlines()[-2:]
    assert last[0] == f"做了什么:检查了工作目录 {SMALL},什么也没有改动。"
    assert "没有要改的,双击“2 发放”。" in last[1]
    assert [path.name for path in Path().iterdir()] == [FILE]


def test_settings_that_cannot_be_read(capsys: pytest.CaptureFixture[str]) -> None:
    """A fault in the settings is told like any other, and stops the step."""
    Path(FILE).write_text("?", "utf-8")
    assert main(Path(), Starter.ISSUE) == 2
    assert "设置.txt 第1行" in capsys.readouterr().err


def test_what_is_typed(tmp_path: Path) -> None:
    """A command that is typed in the bundle takes the folder's settings where it says nothing else."""
    Path(FILE).write_text(f"工作目录 = {SMALL}\n这一轮的文件夹 = 今年", "utf-8")
    called = f"typed(Path({str(tmp_path)!r}), 'collect', [])"
    code = f"import sys; from pathlib import Path; from fazhi_xl.starters import typed; sys.exit({called})"
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), STARTED: "1", "PYTHONUTF8": "1"}
    ended = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert (ended.returncode, ended.stderr.splitlines()) == (
        2,
        ["今年 里没有 campaign.json,还没有发放过表。请先运行 “2 发放”,或在 设置.txt 里写明“这一轮的文件夹”。"],
    )


@pytest.mark.long
def test_a_round_by_double_clicks(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Issuing, collecting and looking lead from one to the next, and a second issue changes nothing."""
    monkeypatch.delenv("DISPLAY", raising=False)
    Path(FILE).write_text(f"工作目录 = {SMALL}\n这一轮的文件夹 = 今年", "utf-8")
    said: dict[Starter, list[tuple[int, str]]] = {}
    for starter in (Starter.ISSUE, Starter.ISSUE, Starter.COLLECT, Starter.SHOW):
        status = main(Path(), starter)
        said.setdefault(starter, []).append((status, capsys.readouterr().out.splitlines()[-1]))
    assert [status for status, _ in said[Starter.ISSUE]] == [0, 2]
    assert all("再双击“3 收表”" in line for _, line in said[Starter.ISSUE])
    assert "输入 fazhi-build --force" in said[Starter.ISSUE][1][1]
    assert said[Starter.COLLECT][0][0] in {0, 1}
    assert "双击“4 打开结果”看排名。" in said[Starter.COLLECT][0][1]
    assert said[Starter.SHOW][0][0] == 0
