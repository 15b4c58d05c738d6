"""The list of districts that results are expected of: a text, a CSV file or a workbook, one district a row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from fazhi_xl.errors import WrongUseError
from fazhi_xl.office.workspace.folder import reading
from fazhi_xl.text.characters import folded_width
from fazhi_xl.text.commands import Command
from fazhi_xl.text.one_line import one_line
from fazhi_xl.xlsx.reader import Bounds, RejectedError, read

_HEADS = frozenset({"地区", "区县", "名称", "单位", "地区名称", "区县名称", "序号", "名单"})
_WORKBOOKS = (b"PK", b"\xd0\xcf")
_LIST = Bounds(rows=20_000, columns=8, sheets=1)


def expected_districts(path: Path) -> tuple[str, ...]:
    """Give the names of a list, each once. Raises WrongUseError where it cannot be read, or holds none."""
    with reading(path):
        data = path.read_bytes()
    rows = _of_workbook(path, data) if data.startswith(_WORKBOOKS) else _of_text(path, data)
    names = dict.fromkeys(name for row in rows if (name := _name(row)))
    if not names:
        raise WrongUseError(f"{path} 里没有地区名称。请写成一行一个,例如“天宁区”,再用 ", Command.EXPECT, " 指明。")
    return tuple(names)


def folded(name: str) -> str:
    """Give a name as names are compared: without white space, in characters of one width."""
    return "".join(folded_width(name).split())


def _name(row: Iterable[str]) -> str:
    """Give the district that a row names: its first cell that is no number; blank for a head."""
    cells = [text for each in row if (text := one_line(each)) and not text.rstrip(".、").isdigit()]
    return "" if not cells or cells[0] in _HEADS else cells[0]


def _of_text(path: Path, data: bytes) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(_decoded(path, data)), delimiter="\t" if b"\t" in data else ",")


def _decoded(path: Path, data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise WrongUseError(f"{path} 不是文本、CSV 或 Excel 文件。请另存为其中一种,一行一个地区。")


def _of_workbook(path: Path, data: bytes) -> Iterator[list[str]]:
    try:
        book = read(data, bounds=_LIST)
    except RejectedError as error:
        raise WrongUseError(f"{path} 读不出来:{error}") from error
    rows: dict[int, list[str]] = {}
    for cell in book.cells:
        rows.setdefault(cell.row, []).append(cell.text)
    return iter(rows.values())
