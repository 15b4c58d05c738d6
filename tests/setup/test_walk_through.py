"""docs/catalogue.md, followed literally: from last year's folder to issued forms, without an editor."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from functools import reduce
from pathlib import Path

import pytest
from openpyxl import load_workbook

from fazhi_xl.notice.load import load
from tests.support import catalogues

PROJECT = Path(__file__).parents[2]
DOCUMENT = PROJECT / "docs" / "catalogue.md"
_BLOCK = re.compile(r"^ *```\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
SMALLER = {
    "zhonglou-2020": "社区-2031",
    "钟楼-2021": "社区-2032",
    " 2021": " 2032",
    "out-2021": "out-2032",
    "out-2020": "out-2031",
}
"""What a small catalogue calls what the document says of a large one."""


def _commands(heading: str) -> Iterator[list[str]]:
    text = DOCUMENT.read_text("utf-8").split(f"\n## {heading}\n")[1].split("\n## ")[0]
    for block in _BLOCK.findall(text):
        small = reduce(lambda said, names: said.replace(*names), SMALLER.items(), block)
        yield from (shlex.split(line.strip().removeprefix("uv run ")) for line in small.strip().splitlines())


def _run(folder: Path, script: str, *arguments: str) -> str:
    """Run a command where it finds no LibreOffice, which would print what its rehearsal archives."""
    command = [sys.executable, str(PROJECT / script), *arguments]
    alone = {**os.environ, "PATH": ""}
    done = subprocess.run(command, cwd=folder, env=alone, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, f"{shlex.join(command)}\n{done.stdout}\n{done.stderr}"
    return done.stdout + done.stderr


@pytest.mark.long
def test_next_year(tmp_path: Path) -> None:
    """Each command of the walk-through does what the document says, and what was entered in the workbook is on the forms."""
    catalogues.write(tmp_path / "社区-2031", catalogues.full())
    _run(tmp_path, "build_workbooks.py", "社区-2031", "--out", "out-2031")
    _run(tmp_path, "collect.py", "--out", "out-2031")
    said = {}
    for script, *arguments in _commands("明年怎样做"):
        said[" ".join(arguments)] = _run(tmp_path, script, *arguments)
        if arguments[0] == "--new-year":
            _enter(tmp_path / "目录_社区-2032.xlsx")
    notice = load(tmp_path / "社区-2032")
    assert (notice.about.year, notice.about.short_title) == (2032, "示例县2032年社区服务考核")
    assert notice.units[0].name == "第一社区"
    assert len(list((tmp_path / "out-2032" / "发放").glob("*.xlsx"))) == len(notice.units)
    assert (tmp_path / "out-2032" / "存档" / "上期对应.xlsx").exists()
    assert (tmp_path / "out" / "差异.xlsx").exists()
    assert "可以发放" in said["目录_社区-2032.xlsx --check"]


def _enter(path: Path) -> None:
    """Write what the office writes in step 2."""
    book = load_workbook(path)
    fields = {str(row[1].value): row[2] for row in book["通知"].iter_rows(min_row=4) if row[0].value == "通知"}
    for name in ("标题", "简称"):
        fields[name].value = str(fields[name].value).replace("2031", "2032")
    book["单位"]["B4"].value = "第一社区"
    book.save(path)


@pytest.mark.long
def test_in_excel(tmp_path: Path) -> None:
    """So do the commands by which a catalogue goes to the workbook and back."""
    catalogues.write(tmp_path / "社区-2031", catalogues.minimal())
    first, *rest = _commands("在 Excel 里改")
    for script, *arguments in (first, *(each for each in rest if "--import" not in each)):
        _run(tmp_path, script, *arguments)
    assert load(tmp_path / "社区-2032").about == load(tmp_path / "社区-2031").about
