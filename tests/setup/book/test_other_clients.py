"""Workbooks that other programs have saved are read and updated as those of this one."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment

from fazhi_xl.setup.book.trial import NAME as TRIAL
from fazhi_xl.setup.open_source import open_source
from fazhi_xl.setup.workbooks import bring_back, check_workbook, write_workbook
from tests.support import catalogues


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a small catalogue with every part, and its workbook."""
    folder = tmp_path_factory.mktemp("office")
    write_workbook(open_source(str(catalogues.write(folder / "甲县", catalogues.full()))), folder / "目录_甲县.xlsx")
    return folder


@pytest.fixture
def book(made: Path, tmp_path: Path) -> Path:
    return copytree(made, tmp_path / "office") / "目录_甲县.xlsx"


def saved_again(path: Path, change: Callable[[Workbook], None]) -> None:
    workbook = load_workbook(path)
    change(workbook)
    workbook.save(path)


def as_one(workbook: Workbook) -> None:
    """Save neighbours of one width as one column, as Excel and LibreOffice do."""
    for worksheet in workbook.worksheets:
        widths = worksheet.column_dimensions
        for letter, after in (("A", "B"), ("D", "E")):
            widths[letter].min, widths[letter].max = ord(letter) - 64, ord(after) - 64
            widths.pop(after, None)


@pytest.mark.long
def test_columns_saved_as_one(book: Path) -> None:
    """Columns that were saved as one keep their width, and none has two: Excel takes such a file for broken."""
    saved_again(book, as_one)
    check_workbook(book)
    write_workbook(open_source(str(book.with_name("甲县"))), book)
    with ZipFile(book) as package:
        for name in filter(re.compile("xl/worksheets/sheet").match, package.namelist()):
            places = re.findall(rb'<col [^>]*min="(\d+)" max="(\d+)"', package.read(name))
            columns = [at for first, last in places for at in range(int(first), int(last) + 1)]
            assert sorted(set(columns)) == columns, name
    widths = load_workbook(book)["单位"].column_dimensions
    assert (widths["E"].width, widths["D"].width) == (12, 12)


def with_fonts(workbook: Workbook) -> None:
    """Save texts letter by letter in two fonts, as LibreOffice saves those in which Chinese and other letters stand."""
    for name in ("通知", "单位", "得分点", TRIAL):
        for row in workbook[name].iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.data_type == "s" and len(cell.value) > 1:
                    font = InlineFont(rFont="Noto Sans CJK SC")
                    cell.value = CellRichText(TextBlock(font, cell.value[:1]), cell.value[1:])


@pytest.mark.long
def test_texts_in_two_fonts(book: Path) -> None:
    """Such texts say what they say: nothing has changed, and what was typed into the trial is still there."""
    typed: list[str] = []

    def filled(workbook: Workbook) -> None:
        for row in workbook[TRIAL].iter_rows():
            for cell in row:
                if not cell.protection.locked:
                    cell.value = "甲x"
                    typed.append(cell.coordinate)
        with_fonts(workbook)

    saved_again(book, filled)
    assert typed
    brought = bring_back(book, None)
    assert brought.written is not None
    assert (brought.written.changed, brought.written.gone) == ((), ())
    assert {load_workbook(book)[TRIAL][cell].value for cell in typed} == {"甲x"}


def test_looks_of_what_the_files_changed(book: Path) -> None:
    """What people made of a row stays with it, whatever its thing is called in the catalogue's files by now."""

    def coloured(workbook: Workbook) -> None:
        workbook["单位"]["C5"].comment = Comment("请核对", "王")

    saved_again(book, coloured)
    units = book.with_name("甲县") / "units.toml"
    units.write_text(
        units.read_text("utf-8").replace('"short" = "02社区"', '"short" = "新社区", "id" = "02社区"'), "utf-8"
    )
    write_workbook(open_source(str(book.with_name("甲县"))), book)
    cell = load_workbook(book)["单位"]["C5"]
    assert (cell.value, cell.comment and cell.comment.text) == ("新社区", "请核对")
