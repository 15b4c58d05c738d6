"""What is wrong with a catalogue's workbook, and what is odd: the same checks as of the TOML folder, placed at the cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum
from pathlib import Path
from types import MappingProxyType

from fazhi_xl.errors import BrokenCatalogueError, Problem
from fazhi_xl.notice.load import notice_of, source_problems
from fazhi_xl.notice.model import Notice
from fazhi_xl.notice.remark import LintRemark
from fazhi_xl.office.commands.check import check as check_notice
from fazhi_xl.setup.book.declared.sheets import TABLES
from fazhi_xl.setup.book.open_book import OpenedBook
from fazhi_xl.setup.book.taken import RowFault, Spot
from fazhi_xl.setup.book.wording import worded
from fazhi_xl.xlsx.kept.model import Fault, Wrong


class Weight(Enum):
    """How much a remark weighs."""

    WRONG = "要改"
    ODD = "请核实"


@dataclass(frozen=True, slots=True, kw_only=True)
class BookRemark:
    """What is wrong or odd: the sheet as it is called now, the cell, what, and how to mend it."""

    weight: Weight
    sheet: str
    cell: str
    what: str
    mend: str = ""

    @property
    def told(self) -> str:
        """The remark in one line."""
        where = f"“{self.sheet}”{self.cell}" if self.cell else f"“{self.sheet}”"
        mend = f"。{self.mend}" if self.mend else ""
        return f"{self.weight.value} {where}:{self.what}{mend}".replace("\n", "↵")


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """A workbook that was checked: the notice that it makes where nothing is wrong, and the remarks, the faults first."""

    book: OpenedBook
    notice: Notice | None
    remarks: tuple[BookRemark, ...]

    @property
    def wrong(self) -> int:
        """How many places have to be mended before the catalogue can be issued."""
        return sum(each.weight is Weight.WRONG for each in self.remarks)

    @property
    def said(self) -> str:
        """Say in one line whether the catalogue can be issued."""
        odd = len(self.remarks) - self.wrong
        more = f"另有{odd}处请核实" if odd else ""
        if self.wrong:
            return f"目录有{self.wrong}处要改,改好以前不能发放。{more and more + '。'}"
        return f"目录没有错误,可以发放{',' + more if more else ''}。"


def examine(book: OpenedBook, folder: Path) -> Examined:
    """Check a workbook as if its tables stood in the folder."""
    faults = (*_structure(book), *_rows(book))
    problems = () if _broken(book) else source_problems(book.taken.source)
    wrong = [*faults, *(_placed(book, problem, Weight.WRONG) for problem in problems)]
    notice = None if wrong else notice_of(book.taken.source, folder)
    odd: list[BookRemark] = list(_unused(book))
    if notice:
        try:
            odd += [_placed(book, remark, Weight.ODD) for remark in check_notice(notice)]
        except BrokenCatalogueError as broken:
            wrong += [_placed(book, problem, Weight.WRONG) for problem in broken.problems]
            notice = None
    return Examined(book=book, notice=notice, remarks=tuple(dict.fromkeys((*wrong, *odd))))


def _broken(book: OpenedBook) -> bool:
    """Say whether so much of the workbook is gone that what is missing would be told for every row."""
    return any(fault.what is Wrong.NO_SHEET for fault in book.read.faults)


def _placed(book: OpenedBook, said: Problem | LintRemark, weight: Weight) -> BookRemark:
    sheet, cell = book.cell(book.spot(said.file, said.path))
    what, mend = worded(said, book)
    return BookRemark(weight=weight, sheet=sheet, cell=cell, what=what, mend=mend)


# The workbook itself ----------------------------------------------------------------------------------------------------

_STRUCTURE: Mapping[Wrong, tuple[str, str]] = MappingProxyType(
    {
        Wrong.NO_SHEET: (
            "没有“{sheet}”这张表",
            "用“撤销”恢复,或者从以前的一份里复制回来;通知没有这一部分的,表留着不填,在“通知”里把它写成“没有”",
        ),
        Wrong.NO_COLUMN: ("没有“{title}”这一栏", "在表头这一行最右边添一格,写“{title}”,再检查一次"),
        Wrong.TWICE: ("有两栏都叫“{title}”", "只留一栏,另一栏改名或者删去"),
        Wrong.ERROR: ("“{title}”里是公式的错误值 {said}", "删去公式,写上内容"),
        Wrong.UNCALCULATED: ("“{title}”里是公式,没有算出的值", "写上内容,或者用 Excel 打开算一次再保存"),
        Wrong.ACROSS: ("几栏的单元格合并了", "取消合并,每一栏写自己的内容"),
        Wrong.TOO_MANY: ("行数太多,后面的没有读", "删去表下面多余的行"),
    }
)


def _structure(book: OpenedBook) -> Iterator[BookRemark]:
    for fault in book.read.faults:
        what, mend = (
            text.format(sheet=fault.sheet, title=fault.title, said=fault.said) for text in _STRUCTURE[fault.what]
        )
        yield BookRemark(weight=Weight.WRONG, sheet=fault.sheet, cell=_cell(fault), what=what, mend=mend)


def _cell(fault: Fault) -> str:
    return "" if fault.what is Wrong.NO_SHEET else fault.cell


def _rows(book: OpenedBook) -> Iterator[BookRemark]:
    for fault in book.taken.faults:
        sheet, cell = book.cell(fault.spot)
        yield BookRemark(weight=Weight.WRONG, sheet=sheet, cell=cell, what=_unknown(fault), mend=_instead(fault))


def _unknown(fault: RowFault) -> str:
    return f"“{fault.names}”表里没有“{fault.said}”" if fault.said else f"没有写{fault.spot.head}"


def _instead(fault: RowFault) -> str:
    near = get_close_matches(fault.said, fault.known, n=1)
    hint = f"是不是“{near[0]}”?" if near else ""
    return (
        f"{hint}写“{fault.names}”表里有的,例如“{fault.known[0]}”" if fault.known else f"先在“{fault.names}”表里加一行"
    )


def _unused(book: OpenedBook) -> Iterator[BookRemark]:
    parts = {table.sheet: table.part for table in TABLES}
    for name, rows in book.taken.unused.items():
        sheet, _ = book.cell(Spot(sheet=name))
        what = f"“通知”里写着没有{parts[name]},这张表的{rows}行都不用"
        yield BookRemark(weight=Weight.ODD, sheet=sheet, cell="", what=what, mend="要用的,在“通知”里改成“有”")
