"""A workbook as its parts: what the XML says, without a spreadsheet library in between."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from io import BytesIO
from pathlib import Path

from lxml import etree

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """`style` is the place of its format, `text` what it shows, `formula` without the equals sign, `stored` the raw value."""

    style: int
    kind: str
    text: str | None
    formula: str | None
    stored: str | None

    @property
    def result(self) -> str | bool | Fraction:
        """What a formula came to; XlsxWriter stores no text as a blank number."""
        if self.kind == "str" or not self.stored:
            return self.stored or ""
        return self.stored == "1" if self.kind == "b" else Fraction(self.stored)


@dataclass(frozen=True, slots=True, kw_only=True)
class Validation:
    kind: str
    operator: str
    first: str
    second: str
    attributes: Mapping[str, str]
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """One worksheet."""

    root: etree._Element
    strings: tuple[str, ...]

    def one(self, tag: str) -> Mapping[str, str]:
        """Give the attributes of the one element of a tag, none where it is absent."""
        found = self.root.find(f".//{{{MAIN}}}{tag}")
        return {} if found is None else {str(key): str(value) for key, value in found.attrib.items()}

    def every(self, tag: str) -> list[etree._Element]:
        return list(self.root.iter(f"{{{MAIN}}}{tag}"))

    def text(self, tag: str) -> str:
        return self.root.findtext(f".//{{{MAIN}}}{tag}", "")

    @cached_property
    def cells(self) -> Mapping[str, Cell]:
        return {str(each.get("r")): self._cell(each) for each in self.every("c")}

    def _cell(self, each: etree._Element) -> Cell:
        kind, stored = str(each.get("t", "n")), each.findtext(f"{{{MAIN}}}v")
        inline = "".join(str(text.text or "") for text in each.iter(f"{{{MAIN}}}t"))
        text = self.strings[int(stored)] if kind == "s" and stored else (inline or stored)
        formula = each.findtext(f"{{{MAIN}}}f")
        return Cell(style=int(each.get("s", "0")), kind=kind, text=text, formula=formula, stored=stored)

    @cached_property
    def heights(self) -> Mapping[int, float]:
        return {int(row.get("r", "0")): float(row.get("ht", "0")) for row in self.every("row") if row.get("ht")}

    @cached_property
    def merges(self) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(spread(str(each.get("ref")))) for each in self.every("mergeCell"))

    @cached_property
    def validations(self) -> tuple[Validation, ...]:
        return tuple(map(_validation, self.every("dataValidation")))


def _validation(each: etree._Element) -> Validation:
    return Validation(
        kind=str(each.get("type")),
        operator=str(each.get("operator", "between")),
        first=each.findtext(f"{{{MAIN}}}formula1", ""),
        second=each.findtext(f"{{{MAIN}}}formula2", ""),
        attributes={str(key): str(value) for key, value in each.attrib.items()},
        cells=tuple(cell for area in str(each.get("sqref")).split() for cell in spread(area)),
    )


class Package:
    """A workbook's file; sheets by their names, in their order."""

    def __init__(self, source: Path | bytes) -> None:
        data = source if isinstance(source, bytes) else source.read_bytes()
        with zipfile.ZipFile(BytesIO(data)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
            self.stamps = {info.date_time for info in archive.infolist()}

    def xml(self, name: str) -> etree._Element:
        return etree.fromstring(self.parts[name])

    @cached_property
    def strings(self) -> tuple[str, ...]:
        if "xl/sharedStrings.xml" not in self.parts:
            return ()
        items = self.xml("xl/sharedStrings.xml").iter(f"{{{MAIN}}}si")
        return tuple("".join(str(text.text or "") for text in each.iter(f"{{{MAIN}}}t")) for each in items)

    @cached_property
    def sheets(self) -> Mapping[str, Part]:
        targets = {each.get("Id"): _part(str(each.get("Target"))) for each in self.xml("xl/_rels/workbook.xml.rels")}
        sheets = self.xml("xl/workbook.xml").iter(f"{{{MAIN}}}sheet")
        return {str(each.get("name")): Part(self.xml(targets[each.get(RELATION)]), self.strings) for each in sheets}

    @cached_property
    def names(self) -> tuple[tuple[str, str], ...]:
        """Defined names with what they refer to, in their order; those of one sheet carry its number."""
        found = self.xml("xl/workbook.xml").iter(f"{{{MAIN}}}definedName")
        return tuple((str(each.get("name")), str(each.text)) for each in found)

    @cached_property
    def formats(self) -> tuple[Mapping[str, str], ...]:
        """Each cell format's font and its size, fill, number format and lock."""
        return tuple(_formats(self.xml("xl/styles.xml")))


def _part(target: str) -> str:
    return target[1:] if target.startswith("/") else f"xl/{target}"


def _formats(styles: etree._Element) -> Iterator[Mapping[str, str]]:
    codes = {str(each.get("numFmtId")): str(each.get("formatCode")) for each in styles.iter(f"{{{MAIN}}}numFmt")}
    fills = [_colour(each) for each in styles.iterfind(f"{{{MAIN}}}fills/{{{MAIN}}}fill")]
    fonts = [_font(each) for each in styles.iterfind(f"{{{MAIN}}}fonts/{{{MAIN}}}font")]
    for each in styles.iterfind(f"{{{MAIN}}}cellXfs/{{{MAIN}}}xf"):
        protection = each.find(f"{{{MAIN}}}protection")
        number = str(each.get("numFmtId"))
        yield {
            "locked": "1" if protection is None else str(protection.get("locked", "1")),
            "number": codes.get(number, number),
            "fill": fills[int(each.get("fillId", "0"))],
            **fonts[int(each.get("fontId", "0"))],
        }


def _colour(fill: etree._Element) -> str:
    front = fill.find(f".//{{{MAIN}}}fgColor")
    return "" if front is None else str(front.get("rgb", ""))[-6:]


def _font(font: etree._Element) -> dict[str, str]:
    values = {str(each.tag).rpartition("}")[2]: str(each.get("val", "")) for each in font}
    return {"font": values.get("name", ""), "size": values.get("sz", ""), "bold": "1" if "b" in values else ""}


def spread(area: str) -> Iterator[str]:
    """Give the cells of an area such as `B2:C9`."""
    first, _, last = area.replace("$", "").partition(":")
    (left, top), (right, bottom) = place(first), place(last or first)
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            yield f"{letters(column)}{row}"


def place(cell: str) -> tuple[int, int]:
    """Give a cell's column and row, from 1."""
    text = cell.rstrip("0123456789")
    column = 0
    for letter in text:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column, int(cell[len(text) :])


def letters(column: int) -> str:
    before, rest = divmod(column - 1, 26)
    return (letters(before) if before else "") + chr(ord("A") + rest)
