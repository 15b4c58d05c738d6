"""What the commands say of themselves: a help page in Chinese, with every option in its group."""

from __future__ import annotations

import re
from types import ModuleType

import pytest
import typer.main

from fazhi_xl.cli import build_command, collect_command
from fazhi_xl.cli.chinese import _broken

BOTH = pytest.mark.parametrize("command", [build_command, collect_command])
NAMES = r"--[a-z-]+|[A-Z]{2,}|ask\|accept\|refuse|ask|accept|refuse|report\.json|zhonglou-2020|fazhi_xl\.xlsm|LibreOffice|Excel|xlwings|out"


def page(command: ModuleType, capsys: pytest.CaptureFixture[str]) -> str:
    assert command.main(["--help"]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    return said.out


@BOTH
def test_the_page_is_chinese(command: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    """Apart from names of options, files and programs there is no English on the page, and no type of a program."""
    lines = page(command, capsys).splitlines()
    assert re.match(r"用法:.* \[选项 …\] \[(CAMPAIGN|RETURNS …)\]$", lines[0])
    text = re.sub(NAMES, "", "\n".join(lines[1:]))
    assert re.findall("[A-Za-z]{2,}|[<>\\[\\]]", text) == []


@BOTH
def test_every_option_stands_on_the_page(command: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    """Each option has a line that begins with it."""
    lines = page(command, capsys).splitlines()
    options = [each.opts[0] for each in typer.main.get_command(command.app).params if each.opts[0].startswith("--")]
    assert [name for name in (*options, "--help") if not any(line.startswith(f"  {name} ") for line in lines)] == []


def test_groups_and_defaults(capsys: pytest.CaptureFixture[str]) -> None:
    """Options stand in groups, with defaults and limits in words."""
    text = page(collect_command, capsys)
    assert re.findall(r"^(\w+):$", text, re.MULTILINE) == [
        "参数",
        "收表",
        "审核",
        "发给单位",
        "许多地区",
        "演练",
        "汇总各地区",
        "归档",
        "备份和交接",
        "输出",
    ]
    assert re.search(r"^  --jobs N                     同时使用的进程数。\(默认 \d+,至少 1\)$", text, re.MULTILINE)
    assert "  --out DIR                    这一轮的文件夹。(默认 out)\n" in text
    assert "  --seed N                     随机种子,和 --rehearse 或 --second 一起用;不写就是 2020。\n" in text


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("一二三四五", ["一二三四五"]),
        ("一二三四五六七", ["一二三四五", "六七"]),
        ("一二三;四五六七", ["一二三;", "四五六七"]),
        ("", [""]),
    ],
)
def test_long_lines(text: str, lines: list[str]) -> None:
    """A long explanation goes on in the next line, behind a punctuation mark where there is one."""
    assert _broken(text, 10) == lines
