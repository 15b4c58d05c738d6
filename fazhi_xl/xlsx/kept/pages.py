"""Pages of a kept workbook that hold no table: lines of text, drawn anew each time."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from openpyxl import Workbook
from openpyxl.styles import Alignment

from fazhi_xl.xlsx.kept.heights import heighten
from fazhi_xl.xlsx.kept.look import Look
from fazhi_xl.xlsx.kept.model import link_to


class Weight(Enum):
    """How a line is set."""

    TITLE = auto()
    HEAD = auto()
    TEXT = auto()
    LINK = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLine:
    """A line: its text in the second column, what stands before it in the first, and the sheet that the first one leads to."""

    text: str
    weight: Weight = Weight.TEXT
    before: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of lines."""

    name: str
    lines: tuple[PageLine, ...]


def draw_page(book: Workbook, page: Page, look: Look) -> None:
    """Draw a page in its place; a new one comes first."""
    at = book.sheetnames.index(page.name) if page.name in book.sheetnames else 0
    if page.name in book.sheetnames:
        del book[page.name]
    worksheet = book.create_sheet(page.name, at)
    worksheet.column_dimensions["A"].width, worksheet.column_dimensions["B"].width = 16, 100
    for no, line in enumerate(page.lines, 1):
        before, text = worksheet.cell(no, 1), worksheet.cell(no, 2)
        before.value, text.value = line.before or None, line.text or None
        before.font = text.font = look.text()
        before.alignment = text.alignment = Alignment(vertical="top", wrap_text=True)
        if line.weight is Weight.TITLE:
            before.value, text.value = line.text, None
            look.title(before)
            before.alignment = Alignment(vertical="center", wrap_text=False)
            worksheet.row_dimensions[no].height = 32
        elif line.weight is Weight.HEAD:
            before.value, text.value = line.text, None
            before.font = look.font(look.theme.head_font, 12, "title")
            before.alignment = Alignment(vertical="bottom", wrap_text=False)
            worksheet.row_dimensions[no].height = 26
        elif line.text:
            heighten(worksheet, no, anew=True)
        if line.to:
            before.hyperlink = link_to(line.to)
            before.font = look.text(link=True)
    look.page(worksheet, head_row=0, tab="title")
    worksheet.page_setup.orientation = "portrait"
