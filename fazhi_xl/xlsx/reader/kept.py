"""A workbook as read, to be kept: as JSON, from which it comes back equal."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from typing import Any

from fazhi_xl.cells import CellKind, CellPlace, RawCell
from fazhi_xl.xlsx.reader.model import Comment, Extra, RawBook, RawSheet, SheetState

_KINDS = {kind.value: kind for kind in CellKind}
_FAST = 1  # of zlib's levels: a form is a fifth of its length then


def book_to_bytes(book: RawBook) -> bytes:
    held = {
        "plain": [book.kind, book.date1904, book.outside, book.client, book.formulas_known, book.sent_back],
        "sheets": list(map(_sheet, book.sheets)),
        "cells": book.cells,
        "front": book.front,
        "names": dict(book.names),
        "properties": dict(book.properties),
        "comments": [[each.sheet, each.row, each.column, each.text, each.author] for each in book.comments],
        "struck": sorted(book.struck),
        "disguised": sorted(book.disguised),
        "formats": [[*place, code] for place, code in book.formats.items()],
        "extras": sorted(book.extras),
    }
    return zlib.compress(
        json.dumps(held, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"), _FAST
    )


def book_of_bytes(data: bytes) -> RawBook:
    """Give the workbook back. Raises ValueError, KeyError and the like for what is none."""
    held = json.loads(zlib.decompress(data).decode("utf-8", "surrogatepass"))
    kind, date1904, outside, client, formulas_known, sent_back = held["plain"]
    return RawBook(
        kind=kind,
        sheets=tuple(map(_sheet_of, held["sheets"])),
        cells=_cells(held["cells"]),
        names=held["names"],
        date1904=date1904,
        outside=outside,
        client=client,
        formulas_known=formulas_known,
        properties=held["properties"],
        comments=tuple(
            Comment(sheet=sheet, row=row, column=column, text=text, author=author)
            for sheet, row, column, text, author in held["comments"]
        ),
        struck=_places(held["struck"]),
        disguised=_places(held["disguised"]),
        formats={(sheet, row, column): code for sheet, row, column, code in held["formats"]},
        extras=frozenset(map(Extra.of, held["extras"])),
        sent_back=sent_back,
        front=_cells(held["front"]),
    )


def _cells(held: Iterable[Any]) -> tuple[RawCell, ...]:
    return tuple(
        RawCell(sheet, row, column, _KINDS[kind], text, formula) for sheet, row, column, kind, text, formula in held
    )


def _sheet(sheet: RawSheet) -> list[object]:
    hidden = sorted(sheet.hidden_rows), sorted(sheet.hidden_columns)
    return [sheet.name, sheet.state, sheet.protected, sheet.merges, sheet.cut, *hidden, sheet.filtered]


def _sheet_of(held: Iterable[Any]) -> RawSheet:
    name, state, protected, merges, cut, rows, columns, filtered = held
    return RawSheet(
        name=name,
        state=SheetState(state),
        protected=protected,
        merges=tuple(merges),
        cut=cut,
        hidden_rows=frozenset(rows),
        hidden_columns=frozenset(columns),
        filtered=filtered,
    )


def _places(held: Iterable[tuple[str, int, int]]) -> frozenset[CellPlace]:
    return frozenset((sheet, row, column) for sheet, row, column in held)
