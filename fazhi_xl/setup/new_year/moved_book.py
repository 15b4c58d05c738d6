"""The new year's catalogue as a workbook, with what the office has to look at on a sheet of its own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from fazhi_xl.notice.load import notice_of
from fazhi_xl.notice.shape import path_text
from fazhi_xl.office.workspace.kept_file import write_file
from fazhi_xl.setup.book.check import examine
from fazhi_xl.setup.book.declared.table import NOTE
from fazhi_xl.setup.book.keep import book_of, with_check
from fazhi_xl.setup.book.names import name_of
from fazhi_xl.setup.book.open_book import OpenedBook, opened_book
from fazhi_xl.setup.new_year.move import NewYear
from fazhi_xl.setup.new_year.remark import Kind, Remark
from fazhi_xl.setup.open_source import OpenedSource
from fazhi_xl.xlsx.kept.model import Head, Line, Sheet, Use, Value, link_to

NAME = "新年度"
_KINDS = {Kind.TEXT: "还写着去年的", Kind.NOTE: "备注还写着去年的", Kind.DECISION: "重新定"}
_HEADS = (
    Head(title="序号", width=6, use=Use.COMPUTED),
    Head(title="为什么", width=18, use=Use.COMPUTED),
    Head(title="表", width=14, use=Use.COMPUTED),
    Head(title="单元格", width=10, use=Use.COMPUTED),
    Head(title="现在的", width=56, use=Use.COMPUTED),
    Head(title="怎么改", width=56, use=Use.COMPUTED),
    Head(title="核对情况", width=24),
)
_SAYS = "由 {old} 推到{year}年。日期、年度、表号开头已改,标识已写上,确认过的口径改回没有确认;文字没有改。逐条核对,改在各表里。"


def write_moved(old: OpenedSource, moved: NewYear, path: Path) -> OpenedBook:
    """Write the workbook of a catalogue that was moved, and give it."""
    name = name_of(path)
    folder = path.parent / name
    data = book_of(moved.source, name, notice_of(moved.source, folder), notes=old.comments)
    book = opened_book(path, data)
    write_file(path, with_check(examine(book, folder), more=(_sheet(old, of_book(moved, book), book),)))
    return book


def of_book(moved: NewYear, book: OpenedBook) -> NewYear:
    """Leave out the comments that a workbook has no cell for."""
    kept = {(file, path_text(*place)) for file, place in book.taken.notes}
    remarks = (each for each in moved.remarks if each.kind is not Kind.NOTE or (each.file, each.path) in kept)
    return replace(moved, remarks=tuple(remarks))


def told_in(book: OpenedBook, remark: Remark) -> str:
    """Say a remark with its sheet and cell."""
    sheet, cell = place_in(book, remark)
    return f"“{sheet}”{cell}:{remark.told}".replace("\n", "↵")


def place_in(book: OpenedBook, remark: Remark) -> tuple[str, str]:
    """Give the sheet and the cell that a remark is on."""
    spot = book.spot(remark.file, remark.path)
    return book.cell(replace(spot, head=NOTE) if remark.kind is Kind.NOTE else spot)


def _sheet(old: OpenedSource, moved: NewYear, book: OpenedBook) -> Sheet:
    says = _SAYS.format(old=old.name, year=moved.source.table("notice.toml")["year"])
    lines = tuple(_line(no, each, book) for no, each in enumerate(moved.remarks, 1))
    return Sheet(name=NAME, key="new_year", says=says, heads=_HEADS, lines=lines, tab="state")


def _line(no: int, remark: Remark, book: OpenedBook) -> Line:
    sheet, cell = place_in(book, remark)
    cells: dict[str, Value] = {
        "序号": no,
        "为什么": _KINDS[remark.kind],
        "表": sheet,
        "单元格": cell or None,
        "现在的": remark.text,
        "怎么改": remark.suggestion,
    }
    return Line(key="", cells=cells, links={"单元格" if cell else "表": link_to(sheet, cell)})
