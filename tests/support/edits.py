"""Changes to a returned workbook as clients and people make them: to the raw XML of cells, or with openpyxl to the structure."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from itertools import groupby

import openpyxl
from lxml import etree
from openpyxl.workbook import Workbook

from tests.support.packages import MAIN, Package, letters, place
from tests.support.returns import Typed


class Raw(str):
    """What stands between `<c>` and `</c>`."""

    __slots__ = ()


Address = tuple[str, str]
"""Sheet and cell."""
_TYPES = {"n": "n", "b": "b", "e": "e", "d": "d"}


def with_parts(workbook: bytes, parts: Mapping[str, bytes]) -> bytes:
    """Put other bytes into parts of the package, or add parts."""
    held = {**Package(workbook).parts, **parts}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, data in held.items():
            archive.writestr(name, data)
    return out.getvalue()


def part_of(workbook: bytes, sheet: str) -> str:
    """Name the part of a sheet."""
    return f"xl/worksheets/sheet{list(Package(workbook).sheets).index(sheet) + 1}.xml"


def with_cells(workbook: bytes, cells: Mapping[Address, Typed | Raw]) -> bytes:
    """Store cells as a file stores them, locked or not."""
    for sheet in dict.fromkeys(sheet for sheet, _ in cells):
        name = part_of(workbook, sheet)
        root = Package(workbook).xml(name)
        for (of, cell), value in cells.items():
            if of == sheet:
                _store(_cell(root, cell), value)
        workbook = with_parts(workbook, {name: etree.tostring(root, encoding="UTF-8", standalone=True)})
    return workbook


def _cell(root: etree._Element, address: str) -> etree._Element:
    """Find a cell, or make it at its row's end: the reader goes by addresses."""
    found = root.find(f".//{{{MAIN}}}c[@r='{address}']")
    if found is not None:
        return found
    number = address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    row = root.find(f".//{{{MAIN}}}row[@r='{number}']")
    if row is None:
        data = root.find(f".//{{{MAIN}}}sheetData")
        assert data is not None
        row = etree.SubElement(data, f"{{{MAIN}}}row", r=number)
    return etree.SubElement(row, f"{{{MAIN}}}c", r=address)


def _store(cell: etree._Element, value: Typed | Raw) -> None:
    for child in list(cell):
        cell.remove(child)
    if isinstance(value, Raw):
        holder = etree.fromstring(f'<c xmlns="{MAIN}">{value}</c>'.encode())
        cell.set("t", "inlineStr" if holder.find(f"{{{MAIN}}}is") is not None else "str")
        cell.extend(list(holder))
        return
    if value.formula:
        etree.SubElement(cell, f"{{{MAIN}}}f").text = "1+1"
    if value.kind == "s" and not value.formula:
        cell.set("t", "inlineStr")
        text = etree.SubElement(etree.SubElement(cell, f"{{{MAIN}}}is"), f"{{{MAIN}}}t")
        text.text = value.text
        return
    cell.set("t", _TYPES.get(value.kind, "str"))
    if value.text:
        etree.SubElement(cell, f"{{{MAIN}}}v").text = value.text


def edited(workbook: bytes, edit: Callable[[Workbook], object]) -> bytes:
    """Change a workbook with openpyxl."""
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    edit(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


Move = Callable[[int, int], tuple[int, int] | None]


def moved(workbook: bytes, sheet: str, move: Move) -> bytes:
    """Move a sheet's cells, and the defined names with them, as clients do; where `move` gives None they are deleted."""
    name = part_of(workbook, sheet)
    root, book = Package(workbook).xml(name), Package(workbook).xml("xl/workbook.xml")
    data = root.find(f".//{{{MAIN}}}sheetData")
    assert data is not None
    cells = [(place(str(each.get("r"))), each) for each in data.iter(f"{{{MAIN}}}c")]
    for row in list(data):
        data.remove(row)
    kept = sorted(((to, each) for (column, row), each in cells if (to := move(row, column))), key=lambda pair: pair[0])
    for number, group in groupby(kept, key=lambda pair: pair[0][0]):
        row = etree.SubElement(data, f"{{{MAIN}}}row", r=str(number))
        for (_, column), each in group:
            each.set("r", f"{letters(column)}{number}")
            row.append(each)
    for merges in root.findall(f"{{{MAIN}}}mergeCells"):
        root.remove(merges)
    for each in book.iter(f"{{{MAIN}}}definedName"):
        each.text = _pointed(str(each.text), sheet, move)
    return with_parts(workbook, {name: etree.tostring(root), "xl/workbook.xml": etree.tostring(book)})


def _pointed(reference: str, sheet: str, move: Move) -> str:
    before, mark, cell = reference.rpartition("!")
    if before.strip("'") != sheet or ":" in cell:
        return reference
    column, row = place(cell.replace("$", ""))
    to = move(row, column)
    return f"{before}{mark}${letters(to[1])}${to[0]}" if to else "#REF!"


def without_protection(workbook: bytes, *sheets: str) -> bytes:
    parts = {part_of(workbook, sheet): b"" for sheet in sheets}
    held = Package(workbook).parts
    return with_parts(workbook, {name: re.sub(rb"<sheetProtection[^>]*/>", b"", held[name]) for name in parts})


def in_book(workbook: bytes, old: str, new: str) -> bytes:
    """Replace a pattern in the part that lists sheets and names."""
    text = Package(workbook).xml("xl/workbook.xml")
    plain = re.sub(old, new, etree.tostring(text, encoding="unicode"))
    return with_parts(workbook, {"xl/workbook.xml": plain.encode()})
