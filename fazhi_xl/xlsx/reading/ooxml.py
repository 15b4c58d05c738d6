"""One bounded pass over an Office Open XML workbook."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain

from lxml import etree

from fazhi_xl.xlsx.reading.cut import Cut, cut_rows
from fazhi_xl.xlsx.reading.gate import Package
from fazhi_xl.xlsx.reading.markup import WHOLE
from fazhi_xl.xlsx.reading.model import Bounds, CellTuple, RawBook, RawSheet, rejected
from fazhi_xl.xlsx.reading.outline import SheetEntry, read_outline
from fazhi_xl.xlsx.reading.sheet import read_sheet
from fazhi_xl.xlsx.reading.strings import shared_strings


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    described: RawSheet
    cells: tuple[CellTuple, ...]
    outside: int


def read_ooxml(package: Package, kind: str, bounds: Bounds) -> RawBook:
    """Read an admitted package. Raises MetadataError where its sheets are not found, RejectedError otherwise."""
    outline = read_outline(package)
    strings = _strings(package, outline.strings, bounds)
    sheets: list[_Sheet] = []
    for entry in outline.sheets[: bounds.sheets]:
        left = bounds.cells - sum(len(sheet.cells) for sheet in sheets)
        sheets.append(_sheet(package, entry, strings, replace(bounds, cells=left)))
    return RawBook(
        kind=kind,
        sheets=(*(sheet.described for sheet in sheets), *map(_unread, outline.sheets[bounds.sheets :])),
        cells=tuple(chain.from_iterable(sheet.cells for sheet in sheets)),
        names=outline.names,
        date1904=outline.date1904,
        outside=sum(sheet.outside for sheet in sheets),
        client=outline.client,
    )


def _strings(package: Package, part: str | None, bounds: Bounds) -> tuple[str, ...]:
    if part is None:
        return ()
    try:
        return shared_strings(package.read(part), bounds)
    except etree.XMLSyntaxError as error:
        raise rejected("file-damaged", detail="文字表读不出来") from error


def _sheet(package: Package, entry: SheetEntry, strings: tuple[str, ...], bounds: Bounds) -> _Sheet:
    part = _part(package, entry.part, bounds)
    try:
        content = read_sheet(part.data, entry.name, strings, bounds)
    except etree.XMLSyntaxError as error:
        raise rejected("file-damaged", detail=f"工作表“{entry.name}”读不出来") from error
    described = RawSheet(
        name=entry.name,
        state=entry.state,
        protected=content.protected,
        merges=content.merges,
        cut=not part.complete,
    )
    return _Sheet(described=described, cells=content.cells, outside=content.outside + part.outside)


def _part(package: Package, name: str, bounds: Bounds) -> Cut:
    if package.info(name).file_size <= WHOLE:
        return Cut(data=package.read(name), outside=0, skipped=0, complete=True)
    cut = cut_rows(package.stream(name), bounds.rows, package.scan_left)
    package.keep(len(cut.data), cut.skipped)
    return cut


def _unread(entry: SheetEntry) -> RawSheet:
    return RawSheet(name=entry.name, state=entry.state, protected=False, merges=(), cut=True)
