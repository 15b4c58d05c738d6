"""The cells of one worksheet, with its protection and its merges."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from lxml import etree

from fazhi_xl.xlsx.reading.markup import elements, truth
from fazhi_xl.xlsx.reading.model import Bounds, CellTuple, rejected
from fazhi_xl.xlsx.reading.strings import decoded, rich_text

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,400}\.?[0-9]{0,400}|\.[0-9]{1,400})(?:[eE][+-]?[0-9]{1,3})?", re.ASCII)
_BOOLEANS = {"1": "1", "0": "0", "true": "1", "false": "0", "TRUE": "1", "FALSE": "0"}
_MOST_AREAS = 100  # array formulas over several cells; each is compared with each cell
_Value = tuple[str, str, bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetContent:
    cells: tuple[CellTuple, ...]
    outside: int
    protected: bool
    merges: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Tags:
    value: str
    formula: str
    inline: str


def read_sheet(data: bytes, name: str, strings: tuple[str, ...], bounds: Bounds) -> SheetContent:
    """Read a worksheet's part. Raises RejectedError and XMLSyntaxError."""
    reader = _Reader(name, strings, bounds)
    protected = False
    merges: list[str] = []
    for element in elements(data, "{*}row", "{*}sheetProtection", "{*}mergeCell"):
        if element.tag.endswith("row"):
            reader.row(element)
        elif element.tag.endswith("mergeCell"):
            merges.append(element.get("ref", ""))
        else:
            protected = truth(element.get("sheet"))
    return SheetContent(
        cells=reader.finished(), outside=reader.outside, protected=protected, merges=tuple(merges[: bounds.merges])
    )


class _Reader:
    """Gathers cells row by row; a row or cell without its number follows the one before it."""

    def __init__(self, name: str, strings: tuple[str, ...], bounds: Bounds) -> None:
        self.outside = 0
        self._name = name
        self._strings = strings
        self._bounds = bounds
        self._row = 0
        self._cells: list[CellTuple] = []
        self._arrays: list[str] = []

    def row(self, element: etree._Element) -> None:
        stated = element.get("r", "")
        self._row = (int(stated) if stated.isdecimal() else 0) or self._row + 1
        tags = _tags(element.tag[: -len("row")])
        column = 0
        for cell in element:
            row, column = _position(cell.get("r", "")) or (self._row, column + 1)
            if len(cell) and (value := self._value(cell, tags)) is not None:
                self._add(row, column, value)

    def finished(self) -> tuple[CellTuple, ...]:
        """Give the cells. Raises RejectedError if one address has two."""
        if len({cell[1:3] for cell in self._cells}) < len(self._cells):
            raise rejected("file-damaged", detail=f"“{self._name}”中同一单元格出现两次")
        areas = [area for reference in self._arrays if (area := _area(reference))][:_MOST_AREAS]
        return tuple(_in_array(cell, areas) for cell in self._cells) if areas else tuple(self._cells)

    def _add(self, row: int, column: int, value: _Value) -> None:
        if row > self._bounds.rows or column > self._bounds.columns:
            self.outside += 1
        elif len(self._cells) < self._bounds.cells:
            self._cells.append((self._name, row, column, *value))
        else:
            raise rejected("file-unsafe", detail="单元格过多")

    def _value(self, cell: etree._Element, tags: _Tags) -> _Value | None:
        text, formula, kind = "", False, cell.get("t", "n")
        for child in cell:
            tag = child.tag
            if tag == tags.value:
                text = child.text or ""
            elif tag == tags.formula:
                formula = True
                if child.get("t") == "array":
                    self._arrays.append(child.get("ref", ""))
            elif tag == tags.inline:
                text, kind = rich_text(child), "inlineStr"
        if text:
            kind, text = self._typed(kind, text)
        if text:
            return kind, text if kind == "n" else text[: self._bounds.text + 1], formula
        return ("s", "", True) if formula else None

    def _typed(self, kind: str, text: str) -> tuple[str, str]:
        if kind == "s":
            return "s", self._shared(text)
        if kind == "n":
            return number(text)
        if kind == "b":
            return ("b", _BOOLEANS[text]) if text in _BOOLEANS else ("s", text)
        if kind == "d":
            return _date(text.strip())
        if kind == "e":
            return "e", text.strip()
        return "s", text if kind == "inlineStr" else decoded(text)

    def _shared(self, text: str) -> str:
        index = int(text) if text.strip().isdecimal() else len(self._strings)
        if index >= len(self._strings):
            raise rejected("file-damaged", detail=f"“{self._name}”中的文字缺失")
        return self._strings[index]


def number(text: str) -> tuple[str, str]:
    """Keep a number's text; what is no number is handed on as text, and white space as nothing."""
    plain = text.strip()
    return ("n", plain) if _NUMBER.fullmatch(plain) else ("s", text if plain else "")


def _date(text: str) -> tuple[str, str]:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return "s", text
    return "d", text


@lru_cache(maxsize=1 << 16)
def _position(reference: str) -> tuple[int, int] | None:
    found = _REFERENCE.fullmatch(reference.upper())
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column


@lru_cache
def _tags(namespace: str) -> _Tags:
    return _Tags(f"{namespace}v", f"{namespace}f", f"{namespace}is")


def _area(reference: str) -> tuple[int, int, int, int] | None:
    """Give the corners of an array formula's range, if it covers more than its own cell."""
    first, _, last = reference.partition(":")
    corners = _position(first), _position(last)
    return None if corners[0] is None or corners[1] is None else (*corners[0], *corners[1])


def _in_array(cell: CellTuple, areas: list[tuple[int, int, int, int]]) -> CellTuple:
    """Only the first cell of an array formula says so in the file; the others hold it as well."""
    name, row, column, kind, text, formula = cell
    return (name, row, column, kind, text, formula or any(a <= row <= c and b <= column <= d for a, b, c, d in areas))
