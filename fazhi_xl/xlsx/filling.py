"""Fills in an issued workbook with openpyxl, as any other program could with campaign.json at hand."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date

import openpyxl

Entry = tuple[str, str, str | int | float | date]
"""Sheet, cell, value."""


def fill(workbook: bytes, entries: Iterable[Entry]) -> bytes:
    """Write the entries into the workbook. Text stays text, even where it begins with an equals sign."""
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    for sheet, cell, value in entries:
        target = book[sheet][cell]
        target.value = value
        if isinstance(value, str):
            target.data_type = "s"
    filled = io.BytesIO()
    book.save(filled)
    return filled.getvalue()
