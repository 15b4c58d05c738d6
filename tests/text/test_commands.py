"""Commands and options in texts for users."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from fazhi_xl.errors import WrongUseError
from fazhi_xl.text.commands import Command, worded

OFFICE = Path(__file__).resolve().parents[2] / "fazhi_xl" / "office"
NAMED = re.compile(r"(?:^|[^-])--[a-z]|(?:build_workbooks|collect)\.py")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def test_wording() -> None:
    """A command has the name given for it; text that reads the same, and a command without a name, stay."""
    parts = ("/data/--out:", Command.OUT, Command.BY)
    assert worded(parts, {Command.OUT: "“输出文件夹”"}) == "/data/--out:“输出文件夹”--by"


def test_an_error_in_parts() -> None:
    """An error reads as on a terminal, and keeps its parts for others."""
    error = WrongUseError("请先运行 ", Command.ISSUE, "。")
    assert str(error) == "请先运行 build_workbooks.py。"
    assert error.parts == ("请先运行 ", Command.ISSUE, "。")


def test_the_office_names_commands_as_data() -> None:
    """No text of the use cases, which a terminal and the console show, has a command or an option written into it."""
    texts = (
        (path.name, node.value)
        for path in sorted(OFFICE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    assert [found for found in texts if NAMED.search(found[1]) and CHINESE.search(found[1])] == []
