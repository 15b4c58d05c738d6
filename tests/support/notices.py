"""Notices laid out as files: the 2020 notice, and made-up ones in other layouts, as documents and workbooks with real merged cells.

A notice is text: a paragraph a line, tables between `<table>` and `</table>`, cells parted by ` | `, `↵` for a line's end, and
`↑` and `←` for a cell that the one above or on the left goes on in.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path

import docx
import openpyxl
from docx.table import Table

from fazhi_xl.docx.read import read_paper
from fazhi_xl.text.papers import Paper

DATA = Path(__file__).parents[1] / "data" / "notices"
ABOVE, LEFT = "↑", "←"
Grid = list[list[str]]


@cache
def notice_text(name: str = "2020") -> str:
    return (DATA / f"{name}.txt").read_text("utf-8")


@cache
def notice_docx(name: str = "2020") -> bytes:
    return as_docx(notice_text(name))


@cache
def notice_paper(name: str = "2020") -> Paper:
    return read_paper(notice_docx(name))


def blocks(text: str) -> Iterator[str | Grid]:
    """Take a notice apart into its paragraphs and tables."""
    rows: Grid | None = None
    for line in text.splitlines():
        if line == "<table>":
            rows = []
        elif line == "</table>":
            yield rows or []
            rows = None
        elif rows is None:
            yield line
        else:
            rows.append([cell.strip() for cell in line.split("|")])


def as_docx(text: str) -> bytes:
    """Lay a notice out as a document."""
    document = docx.Document()
    for block in blocks(text):
        if isinstance(block, str):
            document.add_paragraph(block)
        else:
            _fill(document.add_table(rows=len(block), cols=len(block[0]), style="Table Grid"), block)
    memory = io.BytesIO()
    document.save(memory)
    return memory.getvalue()


def _fill(table: Table, grid: Grid) -> None:
    cells = [list(row.cells) for row in table.rows]
    for (first_row, first), (last_row, last) in _merged(grid):
        cells[first_row][first].merge(cells[last_row][last])
    for row, texts in enumerate(grid):
        for column, text in enumerate(texts):
            if text not in {ABOVE, LEFT}:
                lines = text.split("↵")
                cells[row][column].text = lines[0]
                for line in lines[1:]:
                    cells[row][column].add_paragraph(line)


def _merged(grid: Grid) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Yield the corners of the merged cells."""
    own = {(row, column): _anchor(grid, row, column) for row in range(len(grid)) for column in range(len(grid[0]))}
    for anchor, places in groupby(sorted(own, key=lambda place: (own[place], place)), key=own.__getitem__):
        last = max(places)
        if last != anchor:
            yield anchor, last


def _anchor(grid: Grid, row: int, column: int) -> tuple[int, int]:
    while grid[row][column] in {ABOVE, LEFT}:
        row, column = (row - 1, column) if grid[row][column] == ABOVE else (row, column - 1)
    return row, column


def as_xlsx(text: str, *, one_sheet: bool = False) -> bytes:
    """Lay a notice out as a workbook: a sheet for its text, and one for each table; or everything on one sheet."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "正文"
    row = 1
    for block in blocks(text):
        if isinstance(block, str):
            sheet.cell(row=row, column=1, value=block)
            row += 1
            continue
        if not one_sheet:
            sheet, row = book.create_sheet(f"表{len(book.worksheets)}"), 1
        for at, texts in enumerate(block):
            for column, text_of in enumerate(texts):
                if text_of not in {ABOVE, LEFT, ""}:
                    sheet.cell(row=row + at, column=column + 1, value=text_of.replace("↵", "\n"))
        for (top, left), (bottom, right) in _merged(block):
            sheet.merge_cells(start_row=row + top, end_row=row + bottom, start_column=left + 1, end_column=right + 1)
        row += len(block)
    memory = io.BytesIO()
    book.save(memory)
    return memory.getvalue()
