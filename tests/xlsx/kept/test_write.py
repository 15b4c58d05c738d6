"""A workbook of tables is updated in place, whatever people did to its cells."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from fazhi_xl.notice.theme import Theme
from fazhi_xl.xlsx.kept.model import Head, Line, Sheet, Use
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


def test_heights_stay() -> None:
    """A height that somebody gave a row stays while only its hidden mark changes, and is found anew with what is seen."""

    def heighten(sheet: Worksheet) -> None:
        sheet.row_dimensions[4].height = sheet.row_dimensions[5].height = 77

    held = changed(written(table(*ROWS)), heighten)
    data = write_book(Written(sheets=(), cells={SHEET: {"C4": "另一个", "B5": "另一个"}}), Theme(), held)
    heights = sheet_of(data).row_dimensions
    assert heights[4].height == 77
    assert heights[5].height != 77
