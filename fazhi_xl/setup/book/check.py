"""What is wrong with a catalogue's workbook, and what is odd: the same checks as of the TOML folder, placed at the cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fazhi_xl.errors import Problem
from fazhi_xl.notice.lint_remark import LintRemark
from fazhi_xl.notice.load import notice_of, source_problems
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.commands.check import form_problems, remarks
from fazhi_xl.office.workspace.kept_file import original_of
from fazhi_xl.setup.book.cascade import leading, left_blank, left_out
from fazhi_xl.setup.book.declared.sheets import TABLES
from fazhi_xl.setup.book.open_book import OpenedBook
from fazhi_xl.setup.book.structure import (
    asides,
    doubted,
    left_aside,
    needed,
    renamed,
    rows,
    structure,
    unlisted,
)
from fazhi_xl.setup.book.taken import Spot
from fazhi_xl.setup.book.wording import spot_of, worded
from fazhi_xl.xlsx.kept.model import Wrong
from fazhi_xl.xlsx.kept.package import unkept
from fazhi_xl.xlsx.kept.remarks import BookRemark, Weight


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
    problems = () if _broken(book) else source_problems(book.taken.source)
    telling = (each for each in leading(problems) if not (left_blank(book, each) or left_out(book, each)))
    wrong = [
        *structure(book),
        *rows(book),
        *unlisted(book),
        *(_placed(book, problem, Weight.WRONG) for problem in telling),
    ]
    notice = None if wrong else notice_of(book.taken.source, folder)
    odd = [*_unkept(book), *_shifted(book), *renamed(book), *asides(book), *left_aside(book), *doubted(book)]
    if notice and (undrawable := form_problems(notice)):
        wrong += [_placed(book, problem, Weight.WRONG) for problem in undrawable]
        notice = None
    if notice:
        odd += [_placed(book, remark, Weight.ODD) for remark in remarks(notice, book.taken.source)]
    return Examined(book=book, notice=notice, remarks=tuple(dict.fromkeys((*wrong, *odd))))


def _broken(book: OpenedBook) -> bool:
    """Say whether a sheet is gone or too long, or lacks a column by which rows name others: all that names them would be told."""
    names = {(table.sheet, table.name) for table in TABLES} | {
        (table.sheet, up.column.head) for table in TABLES for up in table.of
    }
    called = {sheet.name: name for name, sheet in book.read.sheets.items()}
    return any(
        fault.what in {Wrong.NO_SHEET, Wrong.TOO_MANY}
        or (fault.what is Wrong.NO_COLUMN and (called[fault.sheet], fault.title) in names)
        for fault in needed(book)
    )


def _placed(book: OpenedBook, said: Problem | LintRemark, weight: Weight) -> BookRemark:
    sheet, cell = book.cell(spot_of(said, book))
    what, mend = worded(said, book)
    return BookRemark(weight=weight, sheet=sheet, cell=cell, what=what, mend=mend)


def _unkept(book: OpenedBook) -> Iterator[BookRemark]:
    for what in unkept(book.data):
        said = f"工作簿里有{what},程序更新时留不住"
        mend = f"原来的一份留在 {original_of(book.path).name};要用的自己存到别的工作簿里"
        yield BookRemark(weight=Weight.ODD, sheet=book.first_sheet, cell="", what=said, mend=mend)


def _shifted(book: OpenedBook) -> Iterator[BookRemark]:
    for name, count in book.taken.shifted.items():
        sheet, _ = book.cell(Spot(sheet=name))
        said = f"{count}行的隐藏“标识”和看得见的内容错开了(多半是排序、粘贴时只动了看得见的栏),按内容认"
        mend = "逐行核对编号、次序对不对;不对的,用“撤销”恢复,整行移动"
        yield BookRemark(weight=Weight.ODD, sheet=sheet, cell="", what=said, mend=mend)
