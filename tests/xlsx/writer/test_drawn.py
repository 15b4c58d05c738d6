"""What is written past XlsxWriter's own methods is what these write."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.packager import Packager
from xlsxwriter.worksheet import Worksheet

from fazhi_xl.notice.model import Notice
from fazhi_xl.xlsx.writer.book import BookWriter
from fazhi_xl.xlsx.writer.drawn import Constant, DrawnBook, DrawnSheet, _HandedOver
from fazhi_xl.xlsx.writer.form import draw
from tests.support.campaign import shape_of


def put(sheet: Worksheet, row: int, column: int, value: Constant | None, look: Format) -> None:
    """Write a constant with the library's own methods."""
    if value is None:
        sheet.write_blank(row, column, None, look)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, look)
    else:
        sheet.write_number(row, column, value, look)


def put_formula(sheet: Worksheet, row: int, column: int, formula: str, look: Format, result: Constant) -> None:
    sheet.write_formula(row, column, f"={formula}", look, result)


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Leave everything to the library."""
    with monkeypatch.context() as patch:
        patch.setattr(DrawnSheet, "put", put)
        patch.setattr(DrawnSheet, "put_formula", put_formula)
        patch.setattr(DrawnSheet, "_write_rows", Worksheet._write_rows)  # noqa: SLF001
        patch.setattr(DrawnBook, "name_cell", xlsxwriter.Workbook.define_name)
        patch.setattr(DrawnBook, "_write_defined_name", xlsxwriter.Workbook._write_defined_name)  # noqa: SLF001
        patch.setattr(_HandedOver, "_write_shared_strings_file", Packager._write_shared_strings_file)  # noqa: SLF001
        yield patch


def test_a_form(notice: Notice, plain: pytest.MonkeyPatch) -> None:
    """A form is the same to the byte."""
    shape = shape_of("信访局")  # a small one with all kinds of sheets
    slow = draw(shape, notice.theme, title="表")
    plain.undo()
    assert draw(shape, notice.theme, title="表") == slow


def written(notice: Notice, text: str, name: str) -> dict[str, bytes]:
    """Write all kinds of cells, some without a format or in rows that the library has to write."""
    book = BookWriter(notice.theme, title="书")
    sheet, look = book.sheet("表", tab="band"), book.style("text")
    sheet.set_row(0, 20)
    for no, value in enumerate((None, text, "=1", 0.5, True, 3)):
        sheet.put(0, no, value, look)
    results: tuple[Constant, ...] = ("", "#N/A", "<&>", False, 1.5)
    for no, result in enumerate(results):
        sheet.put_formula(0, 6 + no, '"<"&A1', look, result)
    sheet.set_row(1, 30)
    sheet.set_row(40, 30, None, {"hidden": True})
    sheet.write_boolean(42, 1, True)  # noqa: FBT003 - the library's
    sheet.write_string(42, 0, "没有格式")
    book.raw.name_cell(name, "'表'!$A$1")
    return dict(book.parts())


@pytest.mark.parametrize("text", ["文字", " 前后有空格 ", "a\x01_x0041_", "甲" * 20_000])
@pytest.mark.parametrize("name", ["f_甲", "f_①", "f_" + "长" * 200])
def test_cells_and_names(notice: Notice, plain: pytest.MonkeyPatch, text: str, name: str) -> None:
    """So are cells of every kind, whatever they hold, and names of any length."""
    slow = written(notice, text, name)
    plain.undo()
    assert written(notice, text, name) == slow


def test_comments(notice: Notice, plain: pytest.MonkeyPatch) -> None:
    """So is a sheet with comments, and a book without a text."""

    def commented() -> dict[str, bytes]:
        book = BookWriter(notice.theme, title="书")
        book.sheet("表", tab="band").write_comment(3, 1, "说明")
        return dict(book.parts())

    slow = commented()
    plain.undo()
    assert commented() == slow


def test_refused(notice: Notice) -> None:
    """What the library would only drop, or cut, is an error."""
    book = BookWriter(notice.theme, title="书")
    sheet = book.sheet("表", tab="band")
    sheet.set_row(0, 20)
    with pytest.raises(ValueError, match="refused with -2"):
        sheet.put(0, 0, "甲" * 32_768, book.style("text"))
    with pytest.raises(ValueError, match="refused with -1"), pytest.warns(UserWarning, match="Invalid"):
        book.raw.name_cell("1甲", "'表'!$A$1")
