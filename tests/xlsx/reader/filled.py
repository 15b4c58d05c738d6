"""A workbook with one of each kind of value, and the cells that a reader of values finds in it."""

from __future__ import annotations

from datetime import date, time
from functools import lru_cache
from io import BytesIO

import openpyxl
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl.worksheet.worksheet import Worksheet

CELLS = (
    ("任务分解表", 4, 3, "s", "甲", False),
    ("任务分解表", 4, 4, "n", "5", False),
    ("任务分解表", 4, 5, "n", "8.5", False),
    ("任务分解表", 4, 6, "s", "0103", False),
    ("任务分解表", 4, 7, "s", "NA", False),
    ("任务分解表", 4, 10, "d", "2025-03-05", False),
    ("任务分解表", 4, 11, "n", "0.25", False),
    ("任务分解表", 4, 12, "s", "  ", False),
    ("任务分解表", 9, 2, "s", "末", False),
)


def filled() -> bytes:
    """Make a workbook whose first rows and columns are empty, with one of each kind of value."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "任务分解表"
    for row in ([], [], [], [None, None, "甲", 5, 8.5, "0103", "NA", "", "=1+1", date(2025, 3, 5), time(6), "  "]):
        sheet.append(row)
    sheet.cell(row=9, column=2, value="末")
    sheet.merge_cells("C11:D12")
    book.create_sheet("空")
    book.create_sheet("藏").sheet_state = "hidden"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@lru_cache(maxsize=16)  # its key takes half a second
def locked(data: bytes, password: str) -> bytes:
    out = BytesIO()
    OOXMLFile(BytesIO(data)).encrypt(password, out)
    return out.getvalue()
