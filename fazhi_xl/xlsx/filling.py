"""Fills in an issued workbook with openpyxl, as any other program could with campaign.json at hand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import date

import openpyxl
from lxml import etree

Entry = tuple[str, str, str | int | float | date]
"""Sheet, cell, value."""

_STYLES = "xl/styles.xml"
# The order the schema asks for within a font; openpyxl writes its own, and a strict reader objects.
_FONT_ORDER = (
    "b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz", "color", "name", "family",
    "charset", "scheme",
)  # fmt: skip


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
    return _with_ordered_fonts(filled.getvalue())


def _with_ordered_fonts(workbook: bytes) -> bytes:
    ordered = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(ordered, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            data = old.read(info)
            new.writestr(info, _order_fonts(data) if info.filename == _STYLES else data)
    return ordered.getvalue()


def _order_fonts(styles: bytes) -> bytes:
    root = etree.fromstring(styles)
    for font in root.iterfind(".//{*}font"):
        font[:] = sorted(font, key=lambda child: _FONT_ORDER.index(etree.QName(child).localname))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
