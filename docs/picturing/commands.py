"""Plays what an office and its units do, by the commands that they use."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

from openpyxl import load_workbook

from fazhi_xl.form.expression import Value
from fazhi_xl.office.workspace.folder import Workspace

PROJECT = Path(__file__).resolve().parents[2]
CATALOGUE = "zhonglou-2020"
UNITS = ("司法局", "法院", "团委")
"""The units whose forms are drawn."""
BOOK = "审核表"


def played(folder: Path) -> Path:
    """Play a whole round, where none has been played in this folder; gives its folder."""
    round_ = folder / "演练"
    if round_.exists():
        return round_
    command = [sys.executable, str(PROJECT / "collect.py"), "--rehearse", "--quiet", "--out", str(folder)]
    subprocess.run(command, check=True)
    return round_


def build(*arguments: str | Path, status: int = 0) -> None:
    """Issue forms, or what else this command does. Raises SystemExit where it ends otherwise than with this status."""
    command = [sys.executable, PROJECT / "build_workbooks.py", *arguments, "--quiet"]
    ended = subprocess.run(command, check=False, capture_output=True, text=True)
    if ended.returncode != status:
        raise SystemExit(ended.stderr)


def collect(space: Workspace, *arguments: str) -> None:
    """Collect, whatever is found: a round that is drawn has faults."""
    command = [sys.executable, str(PROJECT / "collect.py"), "--quiet", "--out", str(space.root), *arguments]
    subprocess.run(command, check=False)


def enter(path: Path, entries: Mapping[str, Value], target: Path) -> None:
    """Write into a workbook's coded cells, by field code, and save it elsewhere; an empty text empties a cell."""
    book = load_workbook(path)
    for sheet in book.worksheets:
        columns = {cell.value: cell.column or 0 for cell in sheet[1]}
        for code, *_ in sheet.iter_rows(min_row=2, max_col=1):
            for column, at in columns.items():
                value = entries.get(f"{code.value}.{column}")
                if value is not None and code.row:
                    sheet.cell(code.row, at).value = float(value) if isinstance(value, Fraction) else value or None
    target.parent.mkdir(parents=True, exist_ok=True)
    book.save(target)
