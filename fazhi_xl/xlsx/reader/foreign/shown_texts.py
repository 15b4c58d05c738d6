"""What an OpenDocument spreadsheet shows of its numbers, which it stores beside them (OpenDocument 1.3 part 3, 9.1.4), and of errors."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

from lxml import etree

from fazhi_xl.xlsx.reader.foreign.binary_formats import CellFormat
from fazhi_xl.xlsx.reader.foreign.signs import SIGNS, WRONG_VALUE
from fazhi_xl.xlsx.reader.model import Bounds

_CONTENT = "content.xml"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TYPE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}value-type"
_VALUE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}value"
_FORMULA = f"{_TABLE}formula"
_ERROR = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_NUMBERS = {"float", "percentage", "currency", "date"}
_DIGITS = re.compile(r"[-+]?(?:0|[1-9][0-9,]*)(?:\.[0-9]+)?")
_PERCENT = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?%")
_FIGURES = re.compile(r"([^0-9]*)([0-9]+(?:,[0-9]{3})*)(\.[0-9]+)?([^0-9]*)", re.DOTALL)
_MONTH = re.compile(r"[0-9]{4}\s*[-/.年]\s*[0-9]{1,2}月?")


def shown_texts(data: bytes, bounds: Bounds) -> Iterator[CellFormat]:
    """Give, as a number format, what is seen of each number and day within the bounds where that is more than its digits.

    Raises what lxml and zipfile raise.
    """
    return _said(data, bounds, lambda cell: _code(cell) if cell.get(_TYPE) in _NUMBERS else "")


def shown_errors(data: bytes, bounds: Bounds) -> Iterator[CellFormat]:
    """Give the signs of the errors within the bounds (`#N/A`), whatever is stored as their value. Raises as `shown_texts` does."""
    return _said(data, bounds, _sign)


def _said(data: bytes, bounds: Bounds, say: Callable[[etree._Element], str]) -> Iterator[CellFormat]:
    """Give what is said of the cells within the bounds of which anything is."""
    with ZipFile(BytesIO(data)) as archive:
        content = archive.read(_CONTENT) if _CONTENT in archive.namelist() else b""
    name, row, sheets = "", 0, 0
    for event, element in _elements(content):
        if event == "start":
            name, row, sheets = element.get(f"{_TABLE}name", ""), 0, sheets + 1
            continue
        times = int(element.get(f"{_TABLE}number-rows-repeated", "1"))
        if sheets <= bounds.sheets and row < bounds.rows:
            seen = list(_row(element, bounds.columns, say))
            yield from ((name, row + no, *each) for no in range(1, min(times, bounds.rows - row) + 1) for each in seen)
        row += times
        element.clear()


def _elements(content: bytes) -> Iterator[tuple[str, etree._Element]]:
    """Give each table as it begins, and each row as it ends."""
    if not content:
        return
    events = etree.iterparse(
        BytesIO(content), events=("start", "end"), tag=(f"{_TABLE}table", f"{_TABLE}table-row"), resolve_entities=False
    )
    for event, element in events:
        if (event == "start") == (element.tag == f"{_TABLE}table"):
            yield event, element


def _row(row: etree._Element, columns: int, say: Callable[[etree._Element], str]) -> Iterator[tuple[int, str]]:
    column = 0
    for cell in row.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
        times = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        code = say(cell)
        if code:
            yield from ((column + no, code) for no in range(1, min(times, columns - column) + 1))
        column += times


def _seen(cell: etree._Element) -> str:
    return "\n".join("".join(map(str, line.itertext())) for line in cell.iterchildren("{*}p")).strip()


def _sign(cell: etree._Element) -> str:
    """Give the sign of an error; that of a wrong value for those that other programs do not know (`Err:502`)."""
    if cell.get(_ERROR) != "error" and _FORMULA not in cell.attrib:
        return ""
    seen = _seen(cell)
    return seen if seen in SIGNS else WRONG_VALUE if cell.get(_ERROR) == "error" else ""


def _code(cell: etree._Element) -> str:
    """Give a format that shows what the cell shows; blank where that is the number's own digits."""
    seen = _seen(cell)
    if not seen or _DIGITS.fullmatch(seen):
        return ""
    if found := _PERCENT.fullmatch(seen):
        return f"0{re.sub('[0-9]', '0', found[1] or '')}%"
    if cell.get(_TYPE) == "date" and _MONTH.fullmatch(seen):
        return 'yyyy"年"m"月"'
    plain = seen.replace('"', "")
    figures = _FIGURES.fullmatch(plain)
    return _around(figures, cell.get(_VALUE, "")) if figures else f'"{plain}"'


def _around(figures: re.Match[str], value: str) -> str:
    """Give the format with words around the figures that are the stored number; the words alone where they are another."""
    before, whole, point, after = figures.groups(default="")
    with suppress(ArithmeticError):
        if round(Decimal(value), max(len(point) - 1, 0)) == Decimal(f"{whole.replace(',', '')}{point}"):
            digits = "#,##0" if "," in whole else "0" * len(whole)
            return f'"{before}"{digits}{re.sub("[0-9]", "0", point)}"{after}"'
    return f'"{figures[0]}"'
