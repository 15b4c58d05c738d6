"""Spreadsheets in OpenDocument, put together by hand: close together or with line breaks, with any first day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from itertools import groupby
from types import MappingProxyType

from fazhi_xl.cells import CellKind, CellPlace, RawCell
from tests.support.spoiling import zipped

_MEDIA = "application/vnd.oasis.opendocument.spreadsheet"
_NAMES = (
    "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "manifest")
    )
    + ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
)


def ods(
    sheets: Iterable[str],
    cells: Iterable[RawCell],
    *,
    between: str = "",
    first_day: str = "1899-12-30",
    shown: Mapping[CellPlace, str] = MappingProxyType({}),
) -> bytes:
    """Make a spreadsheet; numbers, days, errors and texts are kept.

    `between` is written between its elements, days are counted from the first, `shown` is what is seen of numbers and days.
    """
    held = list(cells)
    tables = "".join(_table(name, [cell for cell in held if cell.sheet == name], shown) for name in sheets)
    settings = (
        f'<table:calculation-settings><table:null-date table:date-value="{first_day}"/></table:calculation-settings>'
    )
    content = (
        f'<office:document-content{_NAMES} office:version="1.3"><office:body><office:spreadsheet>{settings}{tables}'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    spread = re.sub(r"(?<=>)(?=</?(?:table|office):|<text:p)", lambda _: between, content)
    entry = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_MEDIA}"/>'
    manifest = f"<manifest:manifest{_NAMES}>{entry}</manifest:manifest>"
    return zipped(
        {"mimetype": _MEDIA.encode(), "META-INF/manifest.xml": manifest.encode(), "content.xml": spread.encode()}
    )


_VALUES = {
    CellKind.NUMBER: 'office:value-type="float" office:value="{}"',
    CellKind.ERROR: 'table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error"',
    CellKind.DATE: 'office:value-type="date" office:date-value="{}"',
}


def _table(name: str, cells: list[RawCell], shown: Mapping[CellPlace, str]) -> str:
    rows, last = "", 0
    for row, own in groupby(sorted(cells, key=lambda cell: cell.place), key=lambda cell: cell.row):
        skipped = row - last - 1
        empty = (
            f'<table:table-row table:number-rows-repeated="{skipped}"><table:table-cell/></table:table-row>'
            if skipped
            else ""
        )
        rows, last = f"{rows}{empty}<table:table-row>{''.join(_cells(own, shown))}</table:table-row>", row
    return f'<table:table table:name="{escape(name)}">{rows}</table:table>'


def _cells(cells: Iterable[RawCell], shown: Mapping[CellPlace, str]) -> Iterator[str]:
    last = 0
    for cell in cells:
        if skipped := cell.column - last - 1:
            yield f'<table:table-cell table:number-columns-repeated="{skipped}"/>'
        last = cell.column
        if attributes := _VALUES.get(cell.kind):
            seen = escape(shown.get(cell.place, cell.text))
            yield f"<table:table-cell {attributes.format(cell.text)}><text:p>{seen}</text:p></table:table-cell>"
        else:
            lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in cell.text.splitlines())
            yield f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'
