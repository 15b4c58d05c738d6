"""The cells of one worksheet, with its protection and its merges."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from lxml import etree

from fazhi_xl.cells import CellKind, CellPlace, RawCell
from fazhi_xl.findings import Code
from fazhi_xl.text.characters import in_font
from fazhi_xl.xlsx.reader.model import Bounds, rejected
from fazhi_xl.xlsx.reader.ooxml.markup import elements, local, truth
from fazhi_xl.xlsx.reader.ooxml.strings import SharedStrings, crossed_out, decoded, rich_text
from fazhi_xl.xlsx.reader.ooxml.styles import Looks, OddFormat
from fazhi_xl.xlsx.reader.ooxml.surroundings import WANTED, Surroundings

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,400}\.?[0-9]{0,400}|\.[0-9]{1,400})(?:[eE][+-]?[0-9]{1,3})?", re.ASCII)
_BOOLEANS = {"1": "1", "0": "0", "true": "1", "false": "0", "TRUE": "1", "FALSE": "0"}
NUMBER, TEXT = CellKind.NUMBER, CellKind.TEXT
# A picture in a cell is a rich value beside this error, which older programs show ([MS-XLSX] 2.3.6.1); it is told as WPS writes its own.
_STANDS_FOR_A_PICTURE, PICTURE = "#VALUE!", '=DISPIMG("图片",1)'
_PLAIN = OddFormat(struck=False, disguised=False)
_MOST_AREAS = 100  # array formulas over several cells; each is compared with each cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Legend:
    """What cells refer to by number: shared strings, and the formats that cross out or disguise.

    `pictures` says that there are values that are pictures (Excel's 放置在单元格中).
    """

    strings: SharedStrings
    looks: Looks
    pictures: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetContent:
    """What was read of a sheet; `outside` counts the cells with content beyond the bounds."""

    cells: tuple[RawCell, ...]
    outside: int
    protected: bool
    merges: tuple[str, ...]
    filtered: bool
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]
    struck: frozenset[CellPlace]
    disguised: frozenset[CellPlace]
    formats: Mapping[CellPlace, str]


@dataclass(frozen=True, slots=True)
class _Tags:
    value: str
    formula: str
    inline: str


def read_sheet(data: bytes, name: str, legend: Legend, bounds: Bounds) -> SheetContent:
    """Read a worksheet's part. Raises RejectedError and XMLSyntaxError."""
    reader = _Reader(name, legend, bounds, striking=b"strike" in data)
    for element in elements(data, *WANTED):
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
        self._around = Surroundings(bounds)
        self._cells: list[RawCell] = []
        self._arrays: list[str] = []
        self._hidden_rows: set[int] = set()
        self._struck: set[CellPlace] = set()
        self._disguised: set[CellPlace] = set()
        self._formats: dict[CellPlace, str] = {}

    def take(self, element: etree._Element) -> None:
        if local(element) == "row":
            self.row(element)
        else:
            self._around.take(element)

    def row(self, element: etree._Element) -> None:
        stated = element.get("r", "")
        self._row = (int(stated) if stated.isdecimal() else 0) or self._row + 1
        if self._row <= self._bounds.rows and truth(element.get("hidden")):
            self._hidden_rows.add(self._row)
        tags = _tags(element.tag[: -len("row")])
        column = 0
        for cell in element:
            row, column = position(cell.get("r", "")) or (self._row, column + 1)
            if len(cell) and (read := self._read(cell, row, column, tags)) is not None:
                if row > self._bounds.rows or column > self._bounds.columns:
                    self._outside += 1
                    continue
                if len(self._cells) >= self._bounds.cells:
                    raise rejected(Code.FILE_UNSAFE, detail="单元格过多")
                self._cells.append(self._looked_at(cell, read) if self._looking else read)

    def finished(self) -> SheetContent:
        """Give what was gathered. Raises RejectedError if one address has two cells."""
        if len({cell.place for cell in self._cells}) < len(self._cells):
            raise rejected(Code.FILE_DAMAGED, detail=f"“{self._name}”中同一单元格出现两次")
        ends = (reference.partition(":") for reference in self._arrays)
        corners = ((position(first), position(last)) for first, _, last in ends)  # none of an array in one cell
        areas = [(*first, *last) for first, last in corners if first and last][:_MOST_AREAS]
        for no, cell in enumerate(self._cells if areas else ()):
            # Only the first cell of an array formula says so in the file; the others hold it as well.
            covered = any(a <= cell.row <= c and b <= cell.column <= d for a, b, c, d in areas)
            self._cells[no] = cell._replace(formula=cell.formula or covered)
        return SheetContent(
            cells=tuple(self._cells),
            outside=self._outside,
            protected=self._around.protected,
            merges=tuple(self._around.merges),
            filtered=self._around.filtered,
            hidden_rows=frozenset(self._hidden_rows),
            hidden_columns=frozenset(self._around.hidden_columns),
            struck=frozenset(self._struck),
            disguised=frozenset(self._disguised),
            formats=self._formats,
        )

    def _looked_at(self, cell: etree._Element, read: RawCell) -> RawCell:
        """Note how a cell looks, and give it with the signs that letters are shown as."""
        place = read.place
        look = self._legend.looks.get(cell.get("s", "0"), _PLAIN)
        shared = cell.get("t") == "s" and (cell.findtext("{*}v") or "").strip() in self._legend.strings.struck
        if look.struck or shared or crossed_out(cell):
            self._struck.add(place)
        if look.disguised:
            self._disguised.add(place)
        if look.code and read.kind is NUMBER:
            self._formats[place] = look.code
        return read._replace(text=in_font(read.text, look.symbols)) if look.symbols and read.kind is TEXT else read

    def _read(self, cell: etree._Element, row: int, column: int, tags: _Tags) -> RawCell | None:
        text, formula, stored = "", False, cell.get("t", "n")
        for child in cell:
            tag = child.tag
            if tag == tags.value:
                text = child.text or ""
            elif tag == tags.formula:
                formula = True
                if child.get("t") == "array":
                    self._arrays.append(child.get("ref", ""))
            elif tag == tags.inline:
                text, stored = rich_text(child), "inlineStr"
        if self._legend.pictures and stored == "e" and text.strip() == _STANDS_FOR_A_PICTURE and "vm" in cell.attrib:
            return RawCell(self._name, row, column, TEXT, PICTURE, formula)
        if text:
            kind, text = self._typed(stored, text)
        if text:
            kept = text if kind is NUMBER else text[: self._bounds.text + 1]
            return RawCell(self._name, row, column, kind, kept, formula)
        return RawCell(self._name, row, column, TEXT, "", formula) if formula else None

    def _typed(self, stored: str, text: str) -> tuple[CellKind, str]:
        """Read a value by the cell's `t` (ECMA-376 part 1, 18.18.11)."""
        if stored == "s":
            index = int(text) if text.strip().isdecimal() else len(self._strings)
            if index >= len(self._strings):
                raise rejected(Code.FILE_DAMAGED, detail=f"“{self._name}”中的文字缺失")
            return TEXT, self._strings[index]
        if stored == "n":
            return number_cell(text)
        if stored == "b":
            return boolean_cell(text)
        if stored == "d":
            return _date(text.strip())
        if stored == "e":
            return CellKind.ERROR, text.strip()
        return TEXT, text if stored == "inlineStr" else decoded(text)


def number_cell(text: str) -> tuple[CellKind, str]:
    """Give a number with its text as stored; other text stays text, and white space becomes blank."""
    plain = text.strip()
    return (NUMBER, plain) if _NUMBER.fullmatch(plain) else (TEXT, text if plain else "")


def boolean_cell(text: str) -> tuple[CellKind, str]:
    """Give a truth value as `1` or `0`; other text stays text."""
    return (CellKind.BOOLEAN, _BOOLEANS[text]) if text in _BOOLEANS else (TEXT, text)


def _date(text: str) -> tuple[CellKind, str]:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return TEXT, text
    return CellKind.DATE, text


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
