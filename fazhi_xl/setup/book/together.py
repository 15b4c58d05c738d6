"""Puts remarks that say the same of several cells of a sheet into one: one mistake, made all the way down a column, is one line."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from fazhi_xl.xlsx.kept.remarks import BookRemark

_CELL = re.compile(r"([A-Z]+)(\d+)")
_NAMED = 6  # cells or ranges


def together(remarks: Iterable[BookRemark]) -> Iterator[BookRemark]:
    """Give each remark once, at the place of the first, with all its cells."""
    same: defaultdict[BookRemark, list[str]] = defaultdict(list)
    for remark in remarks:
        same[replace(remark, cell="")].append(remark.cell)
    for remark, cells in same.items():
        yield replace(remark, cell=_cells(cells))


def _cells(cells: Sequence[str]) -> str:
    """Name cells as a spreadsheet does, E4:E23; of many pieces the first, and how many cells there are."""
    pieces = list(_pieces(cells))
    more = f"等{len(cells)}格" if len(pieces) > _NAMED else ""
    return "、".join(pieces[:_NAMED]) + more


def _pieces(cells: Sequence[str]) -> Iterator[str]:
    first = last = ""
    for cell in cells:
        if last and cell == _below(last):
            last = cell
            continue
        yield from _range(first, last)
        first = last = cell
    yield from _range(first, last)


def _range(first: str, last: str) -> Iterator[str]:
    if first:
        yield first if first == last else f"{first}:{last}"


def _below(cell: str) -> str:
    found = _CELL.fullmatch(cell)
    return f"{found[1]}{int(found[2]) + 1}" if found else ""
