"""collect.py --archive and --verify as they are typed: what goes together, what is printed, and the exit statuses."""

from __future__ import annotations

import json
from pathlib import Path
from shutil import copytree

import pytest

from fazhi_xl.cli.collect_command import main
from fazhi_xl.office.commands import archive, verify_package
from tests.support.archived import here, played
from tests.support.archives import flipped, packed
from tests.support.once import Once


@pytest.mark.parametrize(
    "options",
    [
        ("--archive", "--seal", "年终"),
        ("--archive", "--pack"),
        ("--verify", "包.zip", "--archive"),
        ("--verify", "包.zip", "--out", "x"),
    ],
)
def test_what_does_not_go_together(options: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    """Archiving and verifying collect nothing, so that other options are refused."""
    assert main([*options]) == 2
    assert "不能和" in capsys.readouterr().err


def test_what_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A package that is not there, and a round that is not there, are wrong use."""
    assert main(["--verify", str(tmp_path / "包.zip")]) == 2
    assert main(["--archive", "--out", str(tmp_path / "空")]) == 2
    assert capsys.readouterr().err.splitlines() == [
        f"没有 {tmp_path / '包.zip'} 这个文件。请核对 collect.py --verify 后面写的路径和名称(在 U 盘、网盘上的,看连上了没有),再运行一次。",
        f"{tmp_path / '空'} 里没有 campaign.json,还没有发放过表。请先运行 build_workbooks.py,或用 --out 指明输出文件夹。",
    ]


def test_a_few_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What a package lacks is printed, a line for each, with the path of its file; with --json as JSON. The status is 1."""
    path = packed(tmp_path / "包.zip")
    assert main(["--verify", str(path), "--quiet"]) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[2] == "安全性:通过"
    assert "  不符 元数据.xml:归档包应该有的,包里没有" in said
    assert said[-1] == "结论:四项检测有6处不符。请查清:别人交来的,换一份完好的;自己做的,再运行 collect.py --archive。"
    assert main(["--verify", str(path), "--json"]) == 1
    held = json.loads(capsys.readouterr().out)
    assert (held["package"], held["passed"]) == (str(path), False)
    assert [(each["check"], each["name"], each["passed"]) for each in held["checks"]] == [
        ("safe", "安全性", True),
        ("authentic", "真实性", False),
        ("complete", "完整性", False),
        ("usable", "可用性", False),
    ]
    assert held["checks"][2]["faults"][0] == {"check": "complete", "code": "needed", "path": "元数据.xml", "detail": ""}


@pytest.mark.long
def test_archived_and_verified(
    once: Once, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sealed round is archived with status 1 where LibreOffice is absent, verified with 0, and with 1 once a byte is flipped."""
    for command in (archive, verify_package):
        monkeypatch.setattr(command, "regenerate", here)
    root = once("sealed for the archive", played)
    copytree(root, tmp_path / "轮")
    assert main(["--archive", "--out", str(tmp_path / "轮" / "out"), "--jobs", "1"]) == 1
    (package,) = (tmp_path / "轮" / "out" / "归档").iterdir()
    assert "结论:真实性、完整性、可用性、安全性四项检测都通过。" in capsys.readouterr().out
    assert main(["--archive", "--out", str(tmp_path / "轮" / "out"), "--json"]) == 0
    held = json.loads(capsys.readouterr().out)
    assert (held["anew"], held["said"]) == (False, [f"已经归档,包是完整的:{package}"])
    alone = tmp_path / "别处.zip"
    alone.write_bytes(package.read_bytes())
    assert main(["--verify", str(alone), "--quiet"]) == 0
    data = alone.read_bytes()
    alone.write_bytes(flipped(data, data.index("回收/01社区.xlsx".encode()) + 500))
    capsys.readouterr()
    assert main(["--verify", str(alone), "--quiet"]) == 1
    assert "  不符 重现/回收/01社区.xlsx:读不出来(校验和不对)" in capsys.readouterr().out.splitlines()
