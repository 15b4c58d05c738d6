"""A report workbook as values: sheets of titles, sentences, tables and charts. How they look is for `xlsx` to say."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A text that leads to a cell of a sheet of the same workbook."""

    text: str
    sheet: str
    cell: str = "A1"


Cell = str | int | Link | None  # None is written as —; a column of points holds hundredths


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """`style`: text, centre, whole, figure (points, in hundredths) or input (the office types)."""

    title: str
    width: float
    style: str = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table that begins at a column of the sheet, counted from 0; `total` is its last, bold row."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] = ()
    title: str = ""
    at: int = 0
    beside: bool = False  # stands beside the block before it and not below


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Bars of one column of a table on the same sheet, named by another."""

    title: str
    table: Table
    names: int
    values: int
    at: int
    rows: int = 14
    width: int = 620


@dataclass(frozen=True, slots=True)
class Sentence:
    text: str
    style: str = "note"


Block = Table | Chart | Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSheet:
    """`one_page` fits the sheet on one printed page; `filtered` puts a filter on its one table."""

    name: str
    title: str
    blocks: tuple[Block, ...]
    widths: tuple[float, ...] = ()  # of the sheet's columns; those of the first table where empty
    tab: str = "band"
    one_page: bool = False
    filtered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportBook:
    title: str
    sheets: tuple[ReportSheet, ...]
    footer: str
