"""The program's own workbooks, which are no notices: told by what they are, also where another program saved them."""

from __future__ import annotations

from fazhi_xl.form.identity import NUMBER_PROPERTY, find_form_number
from fazhi_xl.form.review_form import TITLE
from fazhi_xl.office.returns.own_files import BY_SHEET
from fazhi_xl.office.workspace.own_books import MATCHES_SHEET
from fazhi_xl.setup.book.book import VERSION_NAME
from fazhi_xl.setup.book.declared.sheets import TABLES
from fazhi_xl.text.commands import Command
from fazhi_xl.xlsx.reader import RawBook

_MOST = 5  # sheets of a catalogue's workbook, at least: a notice's own may be called as one of them
_TOP = 4  # rows in which a form's number stands
_REVIEW_SHEETS = frozenset({"进度", "审核"})


def own_book(book: RawBook) -> tuple[str | Command, ...]:
    """Say what a workbook of the program is and what to do, in parts; nothing of any other workbook."""
    names = [sheet.name for sheet in book.sheets]
    if VERSION_NAME in book.properties or len({table.sheet for table in TABLES}.intersection(names)) >= _MOST:
        return "是目录工作簿,不是通知,没有读。检查它用 ", Command.CHECK, ",写成工作目录用 ", Command.FROM_CATALOGUE
    if NUMBER_PROPERTY in book.properties or any(
        find_form_number(cell.text) for cell in book.cells if cell.row <= _TOP
    ):
        called = TITLE if set(names) >= _REVIEW_SHEETS else "发给单位填的表"
        return (f"是程序做的{called},不是通知,没有读。请写通知的文件(.docx、.xlsx 或 .pdf)",)
    own = BY_SHEET.get(names[0]) if names and names[0] != MATCHES_SHEET else None
    return (f"是程序做的{own.called},不是通知,没有读。请写通知的文件(.docx、.xlsx 或 .pdf)",) if own else ()
