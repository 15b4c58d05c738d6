"""One bounded pass over an Office Open XML workbook."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import chain

from lxml import etree

from fazhi_xl.findings import Code
from fazhi_xl.xlsx.reader.gate import Package
from fazhi_xl.xlsx.reader.model import Bounds, RawBook, RawSheet, rejected
from fazhi_xl.xlsx.reader.ooxml.blank_cells import without_blank_cells
from fazhi_xl.xlsx.reader.ooxml.extras import comments_of, extras_of, has_pictures_in_cells, properties_of
from fazhi_xl.xlsx.reader.ooxml.markup import WHOLE
from fazhi_xl.xlsx.reader.ooxml.outline import SheetEntry, read_outline
from fazhi_xl.xlsx.reader.ooxml.regular_sheet import RegularSheets
from fazhi_xl.xlsx.reader.ooxml.regular_strings import regular_strings
from fazhi_xl.xlsx.reader.ooxml.row_limit import Cut, cut_rows
from fazhi_xl.xlsx.reader.ooxml.sheet import Legend, SheetContent, read_sheet
from fazhi_xl.xlsx.reader.ooxml.strings import SharedStrings, shared_strings
from fazhi_xl.xlsx.reader.ooxml.styles import odd_looks

_NO_STYLES = b"<none/>"


def read_ooxml(package: Package, kind: str, bounds: Bounds) -> RawBook:
    """Read an admitted package. Raises MetadataError where its sheets are not found, RejectedError otherwise."""
    outline = read_outline(package)
    strings = _strings(package, outline.strings, bounds)
    looks = odd_looks((package.peek(outline.styles) if outline.styles else None) or _NO_STYLES)
    legend = Legend(strings=strings, looks=looks, pictures=has_pictures_in_cells(package))
    read, rest = outline.sheets[: bounds.sheets], outline.sheets[bounds.sheets :]
    sheets = _sheets(package, read, legend, bounds)
    unread = (RawSheet(name=each.name, state=each.state, protected=False, merges=(), cut=True) for each in rest)
    contents = [content for _, content in sheets]
    return RawBook(
        kind=kind,
        sheets=(*(described for described, _ in sheets), *unread),
        cells=tuple(chain.from_iterable(content.cells for content in contents)),
        names=outline.names,
        date1904=outline.date1904,
        outside=sum(content.outside for content in contents),
        client=outline.client,
        properties=properties_of(package),
        comments=comments_of(package, read, bounds),
        struck=frozenset(chain.from_iterable(content.struck for content in contents)),
        disguised=frozenset(chain.from_iterable(content.disguised for content in contents)),
        formats={place: code for content in contents for place, code in content.formats.items()},
        extras=extras_of(package, [text for content in contents for *_, text, _ in content.cells]),
    )


def _strings(package: Package, part: str | None, bounds: Bounds) -> SharedStrings:
    if part is None:
        return SharedStrings()
    data = package.read(part)
    try:
        return regular_strings(data, bounds) or shared_strings(data, bounds)
    except etree.XMLSyntaxError as error:
        raise rejected(Code.FILE_DAMAGED, detail="文字表读不出来") from error


def _sheets(
    package: Package, entries: Iterable[SheetEntry], legend: Legend, bounds: Bounds
) -> list[tuple[RawSheet, SheetContent]]:
    """Read sheet by sheet; together they may have as many cells as one."""
    sheets: list[tuple[RawSheet, SheetContent]] = []
    regular, left = RegularSheets(legend, bounds), bounds.cells
    for entry in entries:
        part = _part(package, entry.part, bounds)
        content = regular.read(part.data, entry.name, left) or _irregular(
            part.data, entry.name, legend, replace(bounds, cells=left)
        )
        sheets.append(_described(entry, part, content))
        left -= len(content.cells)
    return sheets


def _irregular(data: bytes, name: str, legend: Legend, bounds: Bounds) -> SheetContent:
    """Let the parser read a worksheet."""
    try:
        return read_sheet(without_blank_cells(data), name, legend, bounds)
    except etree.XMLSyntaxError as error:
        raise rejected(Code.FILE_DAMAGED, detail=f"工作表“{name}”读不出来") from error


def _described(entry: SheetEntry, part: Cut, content: SheetContent) -> tuple[RawSheet, SheetContent]:
    described = RawSheet(
        name=entry.name,
        state=entry.state,
        protected=content.protected,
        merges=content.merges,
        cut=not part.complete,
        hidden_rows=content.hidden_rows,
        hidden_columns=content.hidden_columns,
        filtered=content.filtered,
    )
    return described, replace(content, outside=content.outside + part.outside)


def _part(package: Package, name: str, bounds: Bounds) -> Cut:
    if package.info(name).file_size <= WHOLE:
        data = package.read(name, less=without_blank_cells)
        return Cut(data=data, outside=0, skipped=0, complete=True)
    cut = cut_rows(package.stream(name), bounds.rows, package.scan_left)
    package.keep(cut.data, cut.skipped)
    return cut
