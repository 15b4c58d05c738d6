"""A workbook of tables is updated in place, whatever people did to its cells."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.worksheet.table import TableColumn
from openpyxl.worksheet.worksheet import Worksheet

from fazhi_xl.notice.theme import Theme
from fazhi_xl.xlsx.kept.model import Head, Line, Sheet, Use
from fazhi_xl.xlsx.kept.read import read_book
from fazhi_xl.xlsx.kept.write import Written, write_book

SHEET = "指标"


def table(*rows: tuple[str, str, str]) -> Sheet:
    """Make a table of keys, what they belong to, and what they say."""
    heads = (Head(title="得分点", text=True), Head(title="名称"), Head(title="标识", use=Use.HIDDEN))
    lines = tuple(Line(key=key, cells={"得分点": of, "名称": name}) for key, of, name in rows)
    return Sheet(name=SHEET, key="inputs", says="一行一个。", heads=heads, lines=lines, mark="标识")


def written(sheet: Sheet, held: bytes | None = None, **more: object) -> bytes:
    return write_book(Written(sheets=(sheet,), **more), Theme(), held)  # type: ignore[arg-type]


def changed(data: bytes, change: Callable[[Worksheet], None]) -> bytes:
    book: Workbook = load_workbook(BytesIO(data))
    change(book[SHEET])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def sheet_of(data: bytes) -> Worksheet:
    return load_workbook(BytesIO(data))[SHEET]


def said(data: bytes) -> list[tuple[object, ...]]:
    return list(sheet_of(data).iter_rows(min_row=4, max_col=2, values_only=True))


def put(sheet: Worksheet, held: CellRichText | str | time | datetime) -> None:
    sheet.cell(4, 2, held)


ROWS = (("a", "1.1", "甲"), ("b", "1.1", "乙"), ("c", "1.2", "丙"))


def test_cells_merged_downwards() -> None:
    """Cells that were merged since they say the same stay so, and are parted once they do not."""
    held = changed(written(table(*ROWS)), lambda sheet: sheet.merge_cells("A4:A5"))
    same = written(table(*ROWS), held)
    assert [each.coord for each in sheet_of(same).merged_cells.ranges] == ["A4:A5"]
    renamed = written(table(("a", "1.1", "甲"), ("b", "1.3", "乙"), ("c", "1.2", "丙")), held)
    assert not sheet_of(renamed).merged_cells.ranges
    assert said(renamed) == [("1.1", "甲"), ("1.3", "乙"), ("1.2", "丙")]


def test_single_cells_of_merged_ones() -> None:
    """So do cells of which a check writes some alone."""
    held = changed(written(table(*ROWS)), lambda sheet: sheet.merge_cells("A4:A6"))
    data = write_book(Written(sheets=(), cells={SHEET: {"A4": "1.1", "A5": "1.1", "A6": "1.2"}}), Theme(), held)
    assert said(data) == [("1.1", "甲"), ("1.1", "乙"), ("1.2", "丙")]


@pytest.mark.parametrize(
    "held",
    [CellRichText("5", TextBlock(InlineFont(b=True), "分")), "五", True, time(8, 0), datetime(2031, 1, 2)],  # noqa: DTZ001
)
def test_a_number_over_anything(held: CellRichText | str | time | datetime) -> None:
    """A number is written whatever stands there: a text in two fonts, a time, a tick."""
    sheet = replace(table(), lines=(Line(key="a", cells={"得分点": "1.1", "名称": 5}),))
    data = changed(written(sheet), lambda own: put(own, held))
    assert said(written(sheet, data)) == [("1.1", 5)]


def test_a_number_shown_as_a_day() -> None:
    """A number in a cell that has got the format of a day is the number that was typed; a day of our time is a day."""

    def typed(sheet: Worksheet) -> None:
        for at, number in enumerate((5, 2.5, 47850), 4):
            sheet.cell(at, 2, number).number_format = "yyyy/m/d"

    (sheet,) = read_book(changed(written(table(*ROWS)), typed), (table(),)).sheets.values()
    assert [line.cells["名称"] for line in sheet.lines] == [5, Decimal("2.5"), date(2031, 1, 2)]


def test_a_head_that_is_blank() -> None:
    """A column that was put into a table without a title gets one by any writing, and the table knows its columns by their heads."""

    def inserted(sheet: Worksheet) -> None:
        own = sheet.tables["inputs"]
        sheet.insert_cols(2)
        own.ref = "A3:D6"
        sheet["D3"] = "标\n识"
        own.tableColumns = [
            TableColumn(id=no, name=name) for no, name in enumerate(("得分点", "Column2", "名称", "标识"), 1)
        ]

    data = write_book(Written(sheets=()), Theme(), changed(written(table(*ROWS)), inserted))
    sheet = sheet_of(data)
    assert [cell.value for cell in sheet[3]] == ["得分点", "栏2", "名称", "标\n识"]
    assert sheet.tables["inputs"].column_names == ["得分点", "栏2", "名称", "标\n识"]


def test_a_filter_over_a_table() -> None:
    """A filter that stands on the sheet, as LibreOffice saves it, is the table's: Excel would take the file for broken."""

    def filtered(sheet: Worksheet) -> None:
        sheet.auto_filter.ref = "B3:D6"
        sheet.auto_filter.add_filter_column(0, ["甲"])
        sheet.row_dimensions[5].hidden = True

    sheet = sheet_of(write_book(Written(sheets=()), Theme(), changed(written(table(*ROWS)), filtered)))
    assert sheet.auto_filter.ref is None
    held = sheet.tables["inputs"].autoFilter
    assert held is not None
    assert (held.ref, [(each.colId, each.filters.filter) for each in held.filterColumn]) == ("A3:C6", [(1, ["甲"])])
    assert sheet.row_dimensions[5].hidden


def test_drop_downs() -> None:
    """Lists stand on other sheets and go by names: one that names cells of another sheet is lost once Excel has saved it."""
    sheet = replace(
        table(*ROWS), heads=(*table().heads[:2], Head(title="种类", options=("甲", "乙")), table().heads[2])
    )
    book = load_workbook(BytesIO(written(sheet, written(sheet))))
    lists = [each.formula1 for each in book[SHEET].data_validations.dataValidation if each.type == "list"]
    assert lists == ["下拉_1"]
    assert book.defined_names["下拉_1"].attr_text == "'下拉'!$A$1:$A$2"
    assert [cell.value for cell in book["下拉"]["A"]] == ["甲", "乙"]


def test_a_long_comment() -> None:
    """A comment's box shows all of it: how large it was is not kept."""
    held = changed(written(table(*ROWS)), lambda sheet: setattr(sheet["B4"], "comment", Comment("请核对。" * 40, "王")))
    with ZipFile(BytesIO(written(table(*ROWS), held))) as package:
        (drawing,) = (package.read(name).decode() for name in package.namelist() if name.endswith(".vml"))
    height = re.search(r"height:([0-9.]+)px", drawing)
    assert height
    assert float(height[1]) > 200


def test_heights_stay() -> None:
    """A height that somebody gave a row stays while only its hidden mark changes, and is found anew with what is seen."""

    def heighten(sheet: Worksheet) -> None:
        sheet.row_dimensions[4].height = sheet.row_dimensions[5].height = 77

    held = changed(written(table(*ROWS)), heighten)
    data = write_book(Written(sheets=(), cells={SHEET: {"C4": "另一个", "B5": "另一个"}}), Theme(), held)
    heights = sheet_of(data).row_dimensions
    assert heights[4].height == 77
    assert heights[5].height != 77
