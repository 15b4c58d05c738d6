"""单位明细: every unit of every district, on a sheet of the workbook, or in further workbooks where they are many, listed on an index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from fazhi_xl.reports.media.workbook import Cell, Column, Link, ReportSheet, Sentence, Table, pixels
from fazhi_xl.rollup.book.common import Sheets
from fazhi_xl.rollup.questions import DETAIL, Questions, hundredths
from fazhi_xl.rollup.records import STATES
from fazhi_xl.rollup.sorting import Member
from fazhi_xl.scoring.model import State

SHEET = "单位明细"
IN_BOOK = 5_000
"""How many rows stand in the workbook itself, which is drawn in memory."""
IN_ONE = 100_000
"""How many rows a further workbook holds; Excel takes 1,048,576."""
COLUMNS = (
    Column(title="地区", width=pixels(170)),
    Column(title="单位序号", width=pixels(74), style="count"),
    Column(title="单位", width=pixels(150)),
    Column(title="分组", width=pixels(190), style="small"),
    Column(title="口径", width=pixels(52), style="centre"),
    *(
        Column(title=name, width=pixels(70), style="figure")
        for name in ("应得分", "得分", "得分率(%)", "折算分", "加分", "减分")
    ),
    Column(title="总分", width=pixels(70), style="strong"),
    *(Column(title=name, width=pixels(72), style="whole") for name in ("本区名次", "组内名次", "同类名次", "同类家数")),
    Column(title="报送", width=pixels(110), style="centre"),
)
_SAID = "每个地区的每家单位一行。本区名次、组内名次取自该地区的排名汇总;同类名次是在各地区同一种单位里按总分的名次。"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitBook:
    """A further workbook: its file's name, the first and the last of its districts, and how many rows it has."""

    file: str
    first: str
    last: str
    districts: int
    rows: int


def unit_rows(base: Questions) -> Iterator[tuple[Cell, ...]]:
    """Give a row for each unit, district by district."""
    for row in base.rows(DETAIL):
        district, no, unit, group, basis, *rest = row
        points, (rank, in_group, among, of, state, _) = rest[:7], rest[7:]
        yield (
            str(district),
            int(str(no)),
            str(unit),
            str(group),
            str(basis),
            *(None if each is None else hundredths(each) for each in points),
            *(None if each is None else int(str(each)) for each in (rank, in_group, among, of)),
            STATES[State(str(state))],
        )


def unit_books(members: Iterable[Member], most: int = IN_ONE) -> tuple[UnitBook, ...]:
    """Share the districts out among as many workbooks as their units take; no district is parted."""
    groups: list[list[Member]] = []
    for each in sorted(members, key=lambda each: each.no):
        if not groups or sum(other.figures.units for other in (*groups[-1], each)) > most:
            groups.append([])
        groups[-1].append(each)
    return tuple(_book(no, group) for no, group in enumerate(groups, 1))


def _book(no: int, group: Sequence[Member]) -> UnitBook:
    rows = sum(each.figures.units for each in group)
    file = f"{SHEET}_{no:02d}.xlsx"
    return UnitBook(file=file, first=group[0].name, last=group[-1].name, districts=len(group), rows=rows)


def units_sheet(sheets: Sheets, base: Questions) -> ReportSheet:
    """List all units in the workbook itself."""
    return _detail(sheets, tuple(unit_rows(base)))


def book_sheet(sheets: Sheets, book: UnitBook) -> ReportSheet:
    """Give the sheet of a further workbook, to which its rows are added as they come."""
    return _detail(sheets, (), f"本册{book.districts}个地区,从{book.first}到{book.last},共{book.rows}行。")


def _detail(sheets: Sheets, rows: tuple[tuple[Cell, ...], ...], more: str = "") -> ReportSheet:
    return ReportSheet(
        name=SHEET,
        title=sheets.title(SHEET),
        meta=sheets.meta,
        blocks=(
            Sentence(f"{_SAID}{more}"),
            Table(columns=COLUMNS, rows=rows, name=SHEET if rows else "", native=bool(rows), tall=16.5),
        ),
        held=3,
    )


def index_sheet(sheets: Sheets, books: Sequence[UnitBook], folder: str) -> ReportSheet:
    """List the further workbooks, each with what is in it."""
    columns = (
        Column(title="序号", width=pixels(46), style="count"),
        Column(title="工作簿", width=pixels(220)),
        Column(title="从", width=pixels(190)),
        Column(title="到", width=pixels(190)),
        *(Column(title=name, width=pixels(80), style="whole") for name in ("地区数", "行数")),
    )
    rows = tuple(
        (
            no,
            Link(text=each.file, file=f"{folder}/{each.file}", sheet=SHEET),
            each.first,
            each.last,
            each.districts,
            each.rows,
        )
        for no, each in enumerate(books, 1)
    )
    whole = sum(each.rows for each in books)
    said = f"共{whole}行,按地区分在{len(books)}个工作簿里,点名称打开。要在一处查,用 明细 里的 Parquet 文件。"
    return ReportSheet(
        name=SHEET,
        title=sheets.title(f"{SHEET}(索引)"),
        meta=sheets.meta,
        blocks=(Sentence(said), Table(columns=columns, rows=rows, name=SHEET, native=True)),
        held=2,
    )
