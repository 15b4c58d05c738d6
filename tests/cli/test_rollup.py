"""collect.py --rollup: what it takes, what it says, and how it ends."""

from __future__ import annotations

import builtins
import json
from pathlib import Path
from typing import Any

import pytest

from fazhi_xl.cli import collect_command
from fazhi_xl.notice.model import Notice
from tests.support.districts import districts
from tests.support.offices import few


@pytest.fixture(autouse=True)
def cities(notice: Notice, tmp_path: Path) -> Path:
    """Put two districts that have finished, and one that has not, into a folder each."""
    districts(tmp_path / "各区", few(notice), "甲区", "乙区")
    districts(tmp_path / "未完", few(notice), "丙区", official=False)
    return tmp_path


def ended(*options: str) -> int:
    return collect_command.main(["--rollup", "--jobs", "1", *options])


def test_all_ranked(capsys: pytest.CaptureFixture[str]) -> None:
    """Where all are ranked it ends with 0, says who is first and last, and writes beside the rounds."""
    assert ended("各区") == 0
    said = capsys.readouterr().err
    assert "2个地区,平均得分率" in said
    assert "汇总排名:out/汇总/汇总排名.xlsx" in said.replace("\\", "/")
    assert Path("out/汇总/rollup.json").is_file()


def test_one_is_not_ranked(capsys: pytest.CaptureFixture[str]) -> None:
    """Where one is not, it ends with 1, and says which, why, and what to do; as JSON as well."""
    Path("名单.txt").write_text("甲区\n乙区\n丙区\n丁区\n", "utf-8")
    assert ended("各区", "未完", "--expect", "名单.txt", "--out", "全市") == 1
    said = capsys.readouterr().err
    assert "没有计入(还是预排名)的1个:丙区。请该地区在审核表里把未定的核定完" in said
    assert "没有计入(没有报来)的1个:丁区。请该地区报来这一轮的文件夹" in said
    assert ended("各区", "未完", "--out", "全市", "--json") == 1
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert found["counts"] == {"expected": None, "districts": 2, "unfinished": 1, "apart": 0, "units": 12}
    assert [each["rank"] for each in found["districts"]] == [1, 2]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "没有写各地区的文件夹。请写各地区这一轮的文件夹"),
        (("没有",), "没有找到 没有"),
        (("各区", "--expect", "没有.txt"), "没有.txt 读不出来:没有这个文件或文件夹"),
        (("各区", "--expect", "空.txt"), "里没有可以用的地区名称"),
        (("各区", "--expect", "图.png"), "图.png 的文字读不出来"),
        (("各区", "--reviewer", "全部"), "--rollup 只读各地区的结果,不能和 --reviewer 一起用"),
        (("各区", "--campaign", "没有的"), "没有的"),
    ],
)
def test_wrong_use(options: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What cannot be done ends with 2 and one line that says what to do."""
    Path("空.txt").write_text("\n \n", "utf-8")
    Path("图.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\xff")
    assert ended(*options) == 2
    assert said in capsys.readouterr().err


def test_expect_goes_with_rollup(capsys: pytest.CaptureFixture[str]) -> None:
    """A list of districts means nothing to a collect."""
    assert collect_command.main(["--expect", "名单.txt"]) == 2
    assert "--expect 只和 --rollup 一起用" in capsys.readouterr().err


def test_without_its_libraries(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Where what a roll-up needs is not installed, it says how to install it."""
    real = builtins.__import__

    def absent(name: str, *rest: Any, **more: Any) -> Any:  # noqa: ANN401 - as the built-in
        if name.startswith("fazhi_xl.rollup"):
            raise ModuleNotFoundError(name="duckdb")
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", absent)
    assert ended("各区") == 2
    assert "没有装 duckdb,汇总不了。请先运行 uv sync --extra rollup。" in capsys.readouterr().err
