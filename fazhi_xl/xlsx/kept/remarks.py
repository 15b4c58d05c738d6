"""What a check of a kept workbook finds: remarks, the sheet 检查 that links to them, marks of cells, and texts of what cannot be read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from fazhi_xl.xlsx.kept.find import MOST_ROWS
from fazhi_xl.xlsx.kept.model import Head, Line, Sheet, Wrong, link_to

CHECK = "检查"


class Weight(Enum):
    """How much a remark weighs."""

    WRONG = "要改"
    ODD = "请核实"
    HINT = "提示"  # nothing needs to be done


@dataclass(frozen=True, slots=True, kw_only=True)
class BookRemark:
    """What is wrong or odd: the sheet as it is called now, the cell, what, and how to mend it; `urgent` is told before all."""

    weight: Weight
    sheet: str
    cell: str
    what: str
    mend: str = ""
    urgent: bool = False

    @property
    def order(self) -> tuple[bool, int]:
        """What remarks are sorted by: those first that matter most."""
        return not self.urgent, [*Weight].index(self.weight)

    @property
    def told(self) -> str:
        """The remark in one line."""
        where = f"“{self.sheet}”{self.cell}" if self.cell else f"“{self.sheet}”"
        mend = f"。{self.mend}" if self.mend else ""
        return f"{self.weight.value} {where}:{self.what}{mend}".replace("\n", "↵")


FAULT_TEXTS: Mapping[Wrong, tuple[str, str]] = MappingProxyType(
    {
        Wrong.NO_SHEET: (
            "没有“{sheet}”这张表",
            "表改了名的,改回“{sheet}”;删了的,用“撤销”恢复,或者从以前的一份里复制回来;再检查一次。",
        ),
        Wrong.NO_COLUMN: (
            "没有“{title}”这一栏",
            "表头改了字的,改回“{title}”;整栏删了的,用“撤销”恢复,或者在表头这一行最右边添一格,写“{title}”;再检查一次。",
        ),
        Wrong.TWICE: ("有两栏都叫“{title}”", "只留一栏,另一栏改名或者删去。"),
        Wrong.ERROR: ("“{title}”里是公式的错误值 {said}", "删去公式,写上内容。"),
        Wrong.UNCALCULATED: ("“{title}”里是公式,没有算出的值", "写上内容,或者用 Excel 打开算一次再保存。"),
        Wrong.ACROSS: ("几栏的单元格合并了", "取消合并,每一栏写自己的内容。"),
        Wrong.TOO_MANY: (f"有{{said}}行,一张表最多{MOST_ROWS}行,后面的没有读", "删去多余的行,再检查一次。"),
        Wrong.COPY: ("这张表像是“{said}”的副本,没有读", "要改的写在“{said}”里;副本不用的删去,留着的改个名称。"),
    }
)
"""What is wrong with a workbook before its cells are understood, and how to mend it."""


def check_sheet(remarks: Iterable[BookRemark], said: str = "还没有检查过。") -> Sheet:
    """Give the sheet that lists remarks, each with a link to its cell."""
    heads = (
        Head(title="序号", width=6),
        Head(title="轻重", width=10),
        Head(title="表", width=14),
        Head(title="单元格", width=10),
        Head(title="是什么", width=70),
        Head(title="怎么改", width=60),
    )
    lines = tuple(_check_line(no, each) for no, each in enumerate(remarks, 1))
    return Sheet(name=CHECK, key="check", says=said, heads=heads, lines=lines, tab="state")


def _check_line(no: int, remark: BookRemark) -> Line:
    cells = {
        "序号": no,
        "轻重": remark.weight.value,
        "表": remark.sheet,
        "单元格": remark.cell or None,
        "是什么": remark.what,
        "怎么改": remark.mend or None,
    }
    place = link_to(remark.sheet, remark.cell)
    return Line(key="", cells=cells, links={"单元格" if remark.cell else "表": place})


def marks(remarks: Iterable[BookRemark]) -> Mapping[str, Mapping[str, str]]:
    """Give the roles of the theme by which cells are coloured, by sheet and cell: of several remarks on a cell the first decides.

    Hints colour nothing.
    """
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for each in remarks:
        if each.cell and each.weight is not Weight.HINT:
            found[each.sheet].setdefault(each.cell, "wrong" if each.weight is Weight.WRONG else "ask_fill")
    return found
