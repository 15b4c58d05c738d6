"""Positions of the blocks of a report, and the addresses by which formulas and charts refer to tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from fazhi_xl.form.model import column_letters
from fazhi_xl.reports.media.panel import PageSheet
from fazhi_xl.reports.media.workbook import Block, ReportBook, ReportSheet, Sentence, Table

_REFERENCE = re.compile(
    r'"(?:[^"]|"")*"'  # a text, in which nothing refers to anything
    r"|(?P<table>[^\W\d]\w*)?\[(?P<own>@)?(?P<column>[^\]]+)\]"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A table's place: its sheet, the first of its rows, and its columns by what formulas call them; rows and columns count from 0."""

    sheet: str
    first: int
    rows: int
    columns: Mapping[str, int]

    @property
    def last(self) -> int:
        """Give the last row; a table without rows keeps one, so that formulas over it have a range."""
        return self.first + max(self.rows, 1) - 1


def placed(sheet: ReportSheet) -> Iterator[tuple[Block, int]]:
    """Give each block of a sheet with the row that it begins in; the title stands in row 0, the line under it in row 1."""
    following, before = 0 if sheet.bare else 1 + bool(sheet.meta), 0
    for block in sheet.blocks:
        match block:
            case Sentence():
                yield block, following
                following += 1
            case Table():
                before = before if block.beside else following
                yield block, before
                following = max(following, end_of(block, before) + bool(block.title))


def head_of(table: Table, row: int) -> int:
    """Give the row of a table's head, from 0; a title stands above it, and so do heads over several columns."""
    return row + bool(table.title) + any(column.over for column in table.columns) * (not table.headless)


def first_of(table: Table, row: int) -> int:
    """Give the first of a table's rows; a band stands above it, and the head where it has one."""
    return head_of(table, row) + (not table.headless) + bool(table.band)


def end_of(table: Table, row: int) -> int:
    """Give the row below a table that begins in this one."""
    kept = len(table.rows) or bool(table.name)
    return first_of(table, row) + kept + bool(table.total)


def spots(report: ReportBook) -> dict[str, Spot]:
    """Give the place of every named table of a report, and of the named rows of those beside a page."""
    beside = (found for sheet in report.sheets if isinstance(sheet, PageSheet) for found in _beside(sheet))
    return {**_named(report), **dict(beside)}


def _beside(sheet: PageSheet) -> Iterator[tuple[str, Spot]]:
    for figures in sheet.beside:
        table = figures.table
        columns = {column.called: no for no, column in enumerate(table.columns, table.at)}
        for name, (first, count) in {table.name: (0, len(table.rows)), **figures.slices}.items():
            yield name, Spot(sheet=sheet.name, first=first + 1, rows=count, columns=columns)


def _named(report: ReportBook) -> dict[str, Spot]:
    found = ((sheet, block, row) for sheet in report.sheets for block, row in placed(sheet))
    return {
        table.name: Spot(
            sheet=sheet.name,
            first=first_of(table, row),
            rows=len(table.rows),
            columns={column.called: no for no, column in enumerate(table.columns, table.at)},
        )
        for sheet, table, row in found
        if isinstance(table, Table) and table.name
    }


def quoted_sheet(name: str) -> str:
    """Write a sheet's name as formulas and links do."""
    doubled = name.replace("'", "''")
    return f"'{doubled}'"


def addressed(text: str, tables: Mapping[str, Spot], table: str, row: int) -> str:
    """Put addresses in the place of a formula's references; it stands in a row of the named table, or outside of any."""
    return "".join(part if isinstance(part, str) else _address(part, tables, table, row) for part in _parts(text))


class _Reference(NamedTuple):
    """A column of a table, of the formula's own where it is blank: all of it, or what stands in the formula's own row."""

    table: str
    own: bool
    column: str


@lru_cache(maxsize=4_096)  # a table says the same in each of its rows
def _parts(text: str) -> tuple[str | _Reference, ...]:
    parts: list[str | _Reference] = []
    end = 0
    for found in _REFERENCE.finditer(text):
        if found["column"]:
            parts += [text[end : found.start()], _Reference(found["table"] or "", bool(found["own"]), found["column"])]
            end = found.end()
    return (*parts, text[end:])


def _address(named: _Reference, tables: Mapping[str, Spot], table: str, row: int) -> str:
    spot = tables[named.table or table]
    letters = column_letters(spot.columns[named.column] + 1)
    if named.own:
        return f"${letters}{row + 1}"
    return f"{quoted_sheet(spot.sheet)}!${letters}${spot.first + 1}:${letters}${spot.last + 1}"
