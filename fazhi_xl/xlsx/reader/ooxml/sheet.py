"""The cells of one worksheet, with its protection and its merges."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import islice

from lxml import etree

from fazhi_xl.xlsx.reader.model import Bounds, CellPlace, CellTuple, rejected
from fazhi_xl.xlsx.reader.ooxml.markup import elements, local, truth
from fazhi_xl.xlsx.reader.ooxml.strings import SharedStrings, crossed_out, decoded, rich_text
from fazhi_xl.xlsx.reader.ooxml.styles import Look

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,400}\.?[0-9]{0,400}|\.[0-9]{1,400})(?:[eE][+-]?[0-9]{1,3})?", re.ASCII)
_BOOLEANS = {"1": "1", "0": "0", "true": "1", "false": "0", "TRUE": "1", "FALSE": "0"}
_WANTED = ("{*}row", "{*}sheetProtection", "{*}mergeCells", "{*}cols", "{*}filterColumn")
_PLAIN = Look(struck=False, disguised=False)
_MOST_COLUMNS = 16384  # a sheet has no more
_MOST_AREAS = 100  # array formulas over several cells; each is compared with each cell
_Value = tuple[str, str, bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Legend:
    """What cells refer to by number: the shared strings, and those formats that are odd."""

    strings: SharedStrings
    looks: Mapping[str, Look]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetContent:
    cells: tuple[CellTuple, ...]
    outside: int
    protected: bool
    merges: tuple[str, ...]
    filtered: bool
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]
    struck: frozenset[CellPlace]
    disguised: frozenset[CellPlace]


@dataclass(frozen=True, slots=True)
class _Tags:
    value: str
    formula: str
    inline: str


def read_sheet(data: bytes, name: str, legend: Legend, bounds: Bounds) -> SheetContent:
    """Read a worksheet's part. Raises RejectedError and XMLSyntaxError."""
    reader = _Reader(name, legend, bounds, striking=b"strike" in data)
    for element in elements(data, *_WANTED):
        reader.take(element)
    return reader.finished()


class _Reader:
    """Gathers cells row by row; a row or cell without its number follows the one before it."""

    def __init__(self, name: str, legend: Legend, bounds: Bounds, *, striking: bool) -> None:
        self._name = name
        self._strings = legend.strings.texts
        self._legend = legend
        self._bounds = bounds
        self._looking = striking or bool(legend.looks) or bool(legend.strings.struck)
        self._row = self._outside = 0
        self._protected = self._filtered = False
        self._merges: list[str] = []
        self._cells: list[CellTuple] = []
        self._arrays: list[str] = []
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._struck: set[CellPlace] = set()
        self._disguised: set[CellPlace] = set()

    def take(self, element: etree._Element) -> None:
        match local(element):
            case "row":
                self.row(element)
            case "mergeCells":
                left = self._bounds.merges - len(self._merges)
                self._merges += [area.get("ref", "") for area in islice(element.iterchildren("{*}mergeCell"), left)]
            case "sheetProtection":
                self._protected = truth(element.get("sheet"))
            case "filterColumn":
                self._filtered = True
            case "cols":
                for column in islice(element.iterchildren("{*}col"), _MOST_COLUMNS):
                    if truth(column.get("hidden")):
                        self._hidden_columns.update(_span(column, self._bounds.columns))

    def row(self, element: etree._Element) -> None:
        stated = element.get("r", "")
        self._row = (int(stated) if stated.isdecimal() else 0) or self._row + 1
        if self._row <= self._bounds.rows and truth(element.get("hidden")):
            self._hidden_rows.add(self._row)
        tags = _tags(element.tag[: -len("row")])
        column = 0
        for cell in element:
            row, column = position(cell.get("r", "")) or (self._row, column + 1)
            if len(cell) and (value := self._value(cell, tags)) is not None:
                self._add(row, column, value)
                if self._looking:
                    self._look(cell, (self._name, row, column))

    def finished(self) -> SheetContent:
        """Give what was gathered. Raises RejectedError if one address has two cells."""
        kept = {cell[:3] for cell in self._cells}
        return SheetContent(
            cells=self._finished_cells(),
            outside=self._outside,
            protected=self._protected,
            merges=tuple(self._merges),
            filtered=self._filtered,
            hidden_rows=frozenset(self._hidden_rows),
            hidden_columns=frozenset(self._hidden_columns),
            struck=frozenset(self._struck & kept),
            disguised=frozenset(self._disguised & kept),
        )

    def _look(self, cell: etree._Element, place: CellPlace) -> None:
        look = self._legend.looks.get(cell.get("s", "0"), _PLAIN)
        shared = cell.get("t") == "s" and (cell.findtext("{*}v") or "").strip() in self._legend.strings.struck
        if look.struck or shared or crossed_out(cell):
            self._struck.add(place)
        if look.disguised:
            self._disguised.add(place)

    def _finished_cells(self) -> tuple[CellTuple, ...]:
        if len({cell[1:3] for cell in self._cells}) < len(self._cells):
            raise rejected("file-damaged", detail=f"“{self._name}”中同一单元格出现两次")
        areas = [area for reference in self._arrays if (area := _area(reference))][:_MOST_AREAS]
        return tuple(_in_array(cell, areas) for cell in self._cells) if areas else tuple(self._cells)

    def _add(self, row: int, column: int, value: _Value) -> None:
        if row > self._bounds.rows or column > self._bounds.columns:
            self._outside += 1
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


def _span(column: etree._Element, most: int) -> range:
    """Give the columns, within the bounds, that a `col` speaks of."""
    ends = [
        int(text) if text.isdecimal() and len(text) <= 7 else 0
        for text in (column.get("min", ""), column.get("max", ""))
    ]
    return range(max(ends[0], 1), min(ends[1], most) + 1)


def _date(text: str) -> tuple[str, str]:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return "s", text
    return "d", text


@lru_cache(maxsize=1 << 16)
def position(reference: str) -> tuple[int, int] | None:
    """Give the row and the column of a reference such as `$C$5`, None where it is none."""
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
    corners = position(first), position(last)
    return None if corners[0] is None or corners[1] is None else (*corners[0], *corners[1])


def _in_array(cell: CellTuple, areas: list[tuple[int, int, int, int]]) -> CellTuple:
    """Only the first cell of an array formula says so in the file; the others hold it as well."""
    name, row, column, kind, text, formula = cell
    return (name, row, column, kind, text, formula or any(a <= row <= c and b <= column <= d for a, b, c, d in areas))
