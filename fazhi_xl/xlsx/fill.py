"""Fills in a workbook cell by cell, as any other program could with campaign.json at hand; nothing else in it is touched.

The results of formulas are stored in the same way.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from posixpath import join, normpath

from lxml import etree

from fazhi_xl.form.expression import serial

CellEntry = tuple[str, str, str | int | float | date | None]
"""Sheet, cell, value; None clears the cell."""

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"


def fill(workbook: bytes, entries: Iterable[CellEntry]) -> bytes:
    """Write the entries into the workbook. Text stays text, even where it begins with an equals sign."""
    return _with_cells(workbook, entries, _filled)


def store_results(workbook: bytes, results: Iterable[CellEntry]) -> bytes:
    """Store what formulas come to beside them, as programs show it that compute nothing; cells without a formula stay."""
    return _with_cells(workbook, results, _stored)


def _with_cells(
    workbook: bytes, entries: Iterable[CellEntry], change: Callable[[bytes, Iterable[CellEntry]], bytes]
) -> bytes:
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        relations = etree.fromstring(old.read(_RELATIONS))
        targets = {each.get("Id"): normpath(join("xl", str(each.get("Target")))).lstrip("/") for each in relations}
        sheets = etree.fromstring(old.read(_BOOK)).iterfind(".//{*}sheet")
        parts = {str(sheet.get("name")): targets[sheet.get(_ID)] for sheet in sheets}
        by_part: defaultdict[str, list[CellEntry]] = defaultdict(list)
        for entry in entries:
            by_part[parts[entry[0]]].append(entry)
        for info in old.infolist():
            data = old.read(info)
            new.writestr(info, change(data, by_part[info.filename]) if info.filename in by_part else data)
    return changed.getvalue()


def _filled(part: bytes, entries: Iterable[CellEntry]) -> bytes:
    root = etree.fromstring(part)
    (data,) = root.iterfind("{*}sheetData")
    cells = {str(cell.get("r")): cell for cell in data.iterfind("{*}row/{*}c")}
    for _, at, value in entries:
        if at not in cells:  # a new one in its row's order
            number = int(at.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
            row = _placed(data, "row", str(number), [int(str(each.get("r"))) < number for each in data])
            cells[at] = _placed(row, "c", at, [_order(str(each.get("r"))) < _order(at) for each in row])
        _enter(cells[at], value)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _stored(part: bytes, results: Iterable[CellEntry]) -> bytes:
    root = etree.fromstring(part)
    formulas = {str(cell.get("r")): cell for cell in root.iterfind("{*}sheetData/{*}row/{*}c[{*}f]")}
    for _, at, value in results:
        if at in formulas and value is not None:
            _store(formulas[at], value)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _store(cell: etree._Element, value: str | float | date) -> None:
    for child in cell.findall("{*}v"):
        cell.remove(child)
    if isinstance(value, str):
        cell.set("t", "str")
    elif "t" in cell.attrib:
        del cell.attrib["t"]
    etree.SubElement(cell, _tag("v")).text = str(serial(value) if isinstance(value, date) else value)


def _enter(cell: etree._Element, value: str | float | date | None) -> None:
    """Replace the cell's value; its style stays."""
    for child in list(cell):
        cell.remove(child)
    if "t" in cell.attrib:
        del cell.attrib["t"]
    if isinstance(value, str):
        cell.set("t", "inlineStr")
        said = etree.SubElement(etree.SubElement(cell, _tag("is")), _tag("t"))
        said.set(_SPACE, "preserve")
        said.text = value
    elif value is not None:
        etree.SubElement(cell, _tag("v")).text = str(serial(value) if isinstance(value, date) else value)


def _placed(parent: etree._Element, tag: str, at: str, before: list[bool]) -> etree._Element:
    """Give the child with the reference `at`, or insert one after those that come `before` it."""
    found = next((each for each in parent if each.get("r") == at), None)
    if found is None:
        found = etree.Element(_tag(tag), r=at)
        parent.insert(sum(before), found)
    return found


def _order(at: str) -> tuple[int, str]:
    letters = re.sub("[0-9]", "", at)
    return len(letters), letters


def _tag(name: str) -> str:
    return f"{{{_MAIN}}}{name}"
