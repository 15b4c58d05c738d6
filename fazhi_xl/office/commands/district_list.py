"""The list of districts that one notice's rounds are issued for: a text, a CSV or a workbook, one district a row.

In the first column, beside one of numbers (序号), or where the head says, stands the district's name, which its folder will have; in the
next, where it has a notice of its own, the name or folder of its catalogue. A row that cannot be used is named, and left out; a title too.
"""

from __future__ import annotations

import csv
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from fazhi_xl.errors import WrongUseError
from fazhi_xl.limits import SIZE_LIMIT
from fazhi_xl.office.commands.district_list_head import Row, parted
from fazhi_xl.office.workspace.folder import reading
from fazhi_xl.text.characters import folded_width
from fazhi_xl.text.decode import decoded
from fazhi_xl.text.file_names import SIGNS, Unfit, unfit
from fazhi_xl.text.one_line import cut, one_line

_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_LENGTH = 60  # characters: with what lies in the folder, within what Windows takes of a path
_MOST = 100_000  # rows
_COLUMNS = 10  # of a workbook, in one of which the names stand
_QUOTED = 30  # characters of what a message repeats

Cells = tuple[str, ...]
_Rows = Iterable[Row]


class Use(Enum):
    """What a list is read for: what it means that a row cannot be used, and what else a list may say."""

    ISSUE = ("没有做", "有自己的工作目录的,第二列写目录的名称或文件夹。")
    EXPECT = ("这一行没有算进应报的地区", "名称写地区名或文件夹名。")

    def __init__(self, left_out: str, more: str) -> None:
        self.left_out, self.more = left_out, more


@dataclass(frozen=True, slots=True, kw_only=True)
class District:
    """A district: its name, and its catalogue's name or folder, blank where it has that of all."""

    name: str
    catalogue: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictList:
    """The districts in their order, why each of the other rows cannot be used, and which were left out as titles."""

    districts: tuple[District, ...]
    faults: tuple[str, ...]
    titles: tuple[str, ...] = ()


def read_districts(path: Path, use: Use = Use.ISSUE) -> DistrictList:
    """Read a list. Raises WrongUseError where it cannot be read, or not one row of it can be used."""
    with reading(path):
        data = path.read_bytes()
    districts: list[District] = []
    faults: list[str] = []
    seen: dict[str, int] = {}
    above, rows = parted(_rows(path, data))
    titles = tuple(_title(path, no, cells) for no, cells in above)
    for no, cells in rows:
        name, catalogue = _named(cells, path.parent)
        same = seen.setdefault(folded_width(name).casefold(), no)
        if why := _fault(name) or (f"和第{same}行重复" if same != no else ""):
            faults.append(f"{path.name} 第{no}行“{_quoted(name)}”:{why},{use.left_out}。")
        else:
            districts.append(District(name=name, catalogue=catalogue))
    if not districts:
        why = f"{path} 里没有可以用的地区名称。名单一行写一个地区,例如“示例县”;{use.more}"
        raise WrongUseError("\n".join((*titles, *faults, why)))
    return DistrictList(districts=tuple(districts), faults=tuple(faults), titles=titles)


def _title(path: Path, no: int, cells: Cells) -> str:
    words = _quoted("、".join(filter(None, map(str.strip, cells))))
    return f"{path.name} 第{no}行“{words}”当作标题,没有当作地区。如果是地区,请移到标题和表头的下面。"


def _named(cells: Cells, beside: Path) -> tuple[str, str]:
    """Give the name and the catalogue; one that lies beside the list is named by its folder."""
    name, catalogue = (unicodedata.normalize("NFC", each.strip()) for each in (*cells, "", "")[:2])
    there = catalogue and any((beside / catalogue).glob("*.toml"))
    return name, str((beside / catalogue).resolve()) if there else catalogue


def _quoted(name: str) -> str:
    return cut(one_line(name), _QUOTED)


# Names ---------------------------------------------------------------------------------------------------------------


def _fault(name: str) -> str:
    """Say why a name cannot be a folder's on every system; blank where it can."""
    if why := unfit(name):
        return _FAULTS[why]
    return f"最多{_LENGTH}个字" if len(name) > _LENGTH else ""


_FAULTS = {
    Unfit.EMPTY: "没有写名称",
    Unfit.UNSEEN: "有看不见的字符,请删去重打",
    Unfit.SIGN: f"不能有 {' '.join(SIGNS)},它们不能用在文件夹名称里",
    Unfit.EDGE: "开头不能是“.”或“~”,末尾不能是“.”",
    Unfit.RESERVED: "是 Windows 保留的名称,不能用作文件夹",
}


# Rows ----------------------------------------------------------------------------------------------------------------


def _rows(path: Path, data: bytes) -> _Rows:
    if len(data) > SIZE_LIMIT:
        message = f"{path} 太大,不像是地区名单。请核对是不是选错了文件。"
        raise WrongUseError(message)
    return _of_workbook(path, data) if data.startswith(_WORKBOOKS) else _of_text(path, data)


def _of_text(path: Path, data: bytes) -> _Rows:
    """Read lines; columns are parted by a tab, or else by a comma."""
    text = _decoded(path, data)
    lines = text.splitlines()[:_MOST]
    parted = csv.reader(lines, delimiter="\t" if "\t" in text else ",", strict=False)
    with reading(path):
        try:
            return [(parted.line_num, tuple(cells) or ("",)) for cells in parted]
        except csv.Error as error:
            raise ValueError(str(error)) from error


def _decoded(path: Path, data: bytes) -> str:
    try:
        return decoded(data)
    except ValueError as error:
        message = f"{path} 的文字读不出来。请另存为 UTF-8 编码的文本、CSV 或 .xlsx。"
        raise WrongUseError(message) from error


def _of_workbook(path: Path, data: bytes) -> _Rows:
    """Read the first columns of a workbook's first sheet."""
    # Only a list that is a workbook needs what reads one.
    from fazhi_xl.bounded.children import end_children  # noqa: PLC0415
    from fazhi_xl.xlsx.reader import Bounds, RejectedError, read  # noqa: PLC0415

    try:
        book = read(data, bounds=Bounds(rows=_MOST, columns=_COLUMNS, sheets=1))
    except RejectedError as error:
        message = f"{path} 不是完整的表格文件,读不出来。请另存为 .xlsx、CSV 或文本,再运行一次。"
        raise WrongUseError(message) from error
    finally:
        end_children()
    rows: defaultdict[int, list[str]] = defaultdict(lambda: [""] * _COLUMNS)
    for cell in book.cells:
        if cell.sheet == book.sheets[0].name and cell.column <= _COLUMNS:
            rows[cell.row][cell.column - 1] = cell.text
    return sorted((no, tuple(cells)) for no, cells in rows.items())
