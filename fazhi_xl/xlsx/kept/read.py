"""Reads the tables of a workbook that people keep, whatever they did to it, and tells what cannot be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel
from openpyxl.workbook import Workbook

from fazhi_xl.xlsx.kept.find import MOST_ROWS, Found, find, is_copy, last_row
from fazhi_xl.xlsx.kept.model import Fault, ReadLine, ReadSheet, Sheet, Value, Wrong
from fazhi_xl.xlsx.kept.opened import cells_of, opened


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBook:
    """What was read: the tables by the names of their sheets, the faults, the sheets that are none of these, and what it is of."""

    sheets: Mapping[str, ReadSheet]
    faults: tuple[Fault, ...]
    others: tuple[str, ...]
    properties: Mapping[str, str]


def read_book(data: bytes, sheets: Iterable[Sheet]) -> ReadBook:
    """Read the tables out of a workbook's bytes. Raises whatever openpyxl raises where they are none."""
    reading = _Reading(data)
    read = {sheet.name: table for sheet in sheets if (table := reading.table(sheet))}
    names = {each.name for each in read.values()}
    others = tuple(title for title in reading.book.sheetnames if title not in names)
    copies = [(other, sheet) for other in others for sheet in read if is_copy(other, read[sheet].name)]
    reading.faults += (Fault(what=Wrong.COPY, sheet=other, said=read[sheet].name) for other, sheet in copies)
    said = dict(_properties(reading.book))
    return ReadBook(sheets=read, faults=tuple(reading.faults), others=others, properties=said)


def _properties(book: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - a Workbook, whose stubs lack what is asked
    yield from ((str(each.name), str(each.value)) for each in book.custom_doc_props.props)


class _Reading:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self.book = opened(data)
        self.faults: list[Fault] = []

    @cached_property
    def _values(self) -> Workbook:
        """The workbook with what its formulas came to: opened only where one stands in a table."""
        return opened(self._data, data_only=True)

    def table(self, sheet: Sheet) -> ReadSheet | None:
        found = find(self.book, sheet)
        if found is None:
            self.faults += [] if sheet.spare else [Fault(what=Wrong.NO_SHEET, sheet=sheet.name)]
            return None
        self.faults += _head_faults(found, sheet)
        homes = dict(self._merged(found))
        rows = _rows(found, homes)
        if len(rows) > MOST_ROWS:
            where = f"A{rows[MOST_ROWS]}"
            self.faults.append(Fault(what=Wrong.TOO_MANY, sheet=found.sheet.title, cell=where, said=str(len(rows))))
        lines = tuple(line for at in rows[:MOST_ROWS] if (line := self._line(found, sheet, homes, at)))
        letters = {title: get_column_letter(column) for title, column in found.columns.items()}
        return ReadSheet(name=found.sheet.title, head_row=found.head_row, letters=letters, lines=lines)

    def _line(
        self, found: Found, sheet: Sheet, homes: dict[tuple[int, int], tuple[int, int]], at: int
    ) -> ReadLine | None:
        cells = {
            title: self._cell(found, title, homes.get((at, column), (at, column)), at)
            for title, column in found.columns.items()
        }
        key = str(cells.pop(sheet.mark, None) or "")
        if all(value is None for value in cells.values()):
            return None
        found_links = ((title, found.sheet.cell(at, column).hyperlink) for title, column in found.columns.items())
        links = {title: str(link.target) for title, link in found_links if link and link.target}
        return ReadLine(at=at, key=key, cells=cells, links=links)

    def _cell(self, found: Found, title: str, home: tuple[int, int], at: int) -> Value:
        cell = found.sheet.cell(*home)
        where = f"{get_column_letter(found.columns[title])}{at}"
        name, value, kind = found.sheet.title, cell.value, cell.data_type
        if kind == "f":
            held = self._values[name].cell(*home)
            value, kind = held.value, held.data_type
            if value is None:
                self.faults.append(Fault(what=Wrong.UNCALCULATED, sheet=name, cell=where, title=title))
        if kind == "e":
            self.faults.append(Fault(what=Wrong.ERROR, sheet=name, cell=where, title=title, said=str(value)))
            return None
        return _plain(_as_shown(value, cell))

    def _merged(self, found: Found) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
        """Say which cell speaks for a merged one below it; cells merged over several columns are a fault."""
        for area in found.sheet.merged_cells.ranges:
            if area.max_row <= found.head_row:
                continue
            if area.min_col != area.max_col:
                self.faults.append(Fault(what=Wrong.ACROSS, sheet=found.sheet.title, cell=area.coord))
            for at in range(area.min_row, min(area.max_row, area.min_row + MOST_ROWS) + 1):
                yield (at, area.min_col), (area.min_row, area.min_col)


def _rows(found: Found, homes: Iterable[tuple[int, int]]) -> list[int]:
    """Give the rows below the heads on which anything stands, also what was merged from above."""
    bottom = last_row(found.sheet)
    filled = {cell.row for cell in cells_of(found.sheet) if cell.value is not None}
    return sorted(at for at in filled.union(at for at, _ in homes if at <= bottom) if at > found.head_row)


def _head_faults(found: Found, sheet: Sheet) -> Iterator[Fault]:
    name, cell = found.sheet.title, f"A{found.head_row}"
    missing = (head.title for head in sheet.heads if head.title not in {*found.columns, sheet.mark})
    yield from (Fault(what=Wrong.NO_COLUMN, sheet=name, cell=cell, title=title) for title in missing)
    yield from (Fault(what=Wrong.TWICE, sheet=name, cell=cell, title=title) for title in found.twice)


def number(value: float) -> int | Decimal:
    """Give a number as it was typed: spreadsheets keep fifteen figures, and some programs write noise behind them."""
    return Decimal(f"{value:.15g}") if value % 1 else int(value)


def _as_shown(value: Any, cell: Any) -> Any:  # noqa: ANN401 - whatever openpyxl gives
    """Give a number that is shown in per cent as it is read, 95% as 95."""
    if "%" in cell.number_format and isinstance(value, int | float) and not isinstance(value, bool):
        return float(number(value) * 100)
    return value


_FIRST_YEAR = 1910
"""What is shown as a day of an earlier one is a number in a cell that has got the format of a day."""


def _plain(value: Any) -> Value:  # noqa: ANN401 - whatever openpyxl gives
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return number(value)
    if isinstance(value, datetime) and value.year < _FIRST_YEAR:
        return number(float(to_excel(value)))  # type: ignore[no-untyped-call]
    if isinstance(value, datetime):
        return value if value.time() != datetime.min.time() else value.date()
    if isinstance(value, int | Decimal | date):
        return value
    return None if value is None or not str(value).strip() else str(value)
