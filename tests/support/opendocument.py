"""Spreadsheets in OpenDocument, put together by hand: close together or with line breaks, with any first day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby

from fazhi_xl.cells import CellKind, RawCell
from tests.support.spoiling import zipped

_MEDIA = "application/vnd.oasis.opendocument.spreadsheet"
_NAMES = "".join(
    f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "manifest")
)


def ods(sheets: Iterable[str], cells: Iterable[RawCell], *, between: str = "", first_day: str = "1899-12-30") -> bytes:
    """Make a spreadsheet; `between` is written between its elements, numbers and texts are kept, days are counted from the first."""
    held = list(cells)
    tables = "".join(_table(name, [cell for cell in held if cell.sheet == name]) for name in sheets)
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


def _table(name: str, cells: list[RawCell]) -> str:
    rows, last = "", 0
    for row, own in groupby(sorted(cells, key=lambda cell: cell.place), key=lambda cell: cell.row):
        skipped = row - last - 1
        empty = (
            f'<table:table-row table:number-rows-repeated="{skipped}"><table:table-cell/></table:table-row>'
            if skipped
            else ""
        )
        rows, last = f"{rows}{empty}<table:table-row>{''.join(_cells(own))}</table:table-row>", row
    return f'<table:table table:name="{escape(name)}">{rows}</table:table>'


def _cells(cells: Iterable[RawCell]) -> Iterator[str]:
    last = 0
    for cell in cells:
        if skipped := cell.column - last - 1:
            yield f'<table:table-cell table:number-columns-repeated="{skipped}"/>'
        last = cell.column
        if cell.kind is CellKind.NUMBER:
            yield f'<table:table-cell office:value-type="float" office:value="{cell.text}"><text:p>{cell.text}</text:p></table:table-cell>'
        else:
            lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in cell.text.splitlines())
            yield f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'
