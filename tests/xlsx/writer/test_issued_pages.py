"""How an issued workbook looks on the screen and on paper."""

from __future__ import annotations

import re
from collections.abc import Mapping

from openpyxl.workbook import Workbook

from fazhi_xl.form.model import Form
from fazhi_xl.text.measure import lines
from tests.support.packages import Package, place

Packages = Mapping[str, Package]
Forms = Mapping[str, Form]
ONE_PAGE = {"填报说明"}
A4 = "9"


def test_paper(packages: Packages) -> None:
    """Every sheet prints on A4 across, one page wide and as many long as it takes; the instructions fit on one."""
    for package in packages.values():
        for name, part in package.sheets.items():
            setup = part.one("pageSetup")
            assert (setup["paperSize"], setup["orientation"]) == (A4, "landscape"), name
            assert (setup.get("fitToWidth", "1"), setup.get("fitToHeight", "1")) == (
                "1",
                "1" if name in ONE_PAGE else "0",
            )
            assert part.one("pageSetUpPr") == {"fitToPage": "1"}
            assert part.one("printOptions")["horizontalCentered"] == "1"


def test_repeated_rows(one_of_each: Forms, packages: Packages) -> None:
    """The heading of each table is repeated on every printed page, with the line above it that bears the form number."""
    for form in one_of_each.values():
        titles = {target for name, target in packages[form.unit].names if name == "_xlnm.Print_Titles"}
        numbers = {
            sheet.name: [no for no, row in enumerate(sheet.rows, sheet.first_row) if row.head]
            for sheet in form.shape.sheets
        }
        heads = {f"'{name}'!${own[0]}:${own[-1]}" for name, own in numbers.items() if own}
        assert {len(own) for own in numbers.values()} == {0, 1, 2}
        assert {re.sub(r"^([^'].*)!", r"'\1'!", target) for target in titles} == heads


def test_frozen_panes(one_of_each: Forms, packages: Packages) -> None:
    """What is above and in the heading stays in view, and in sheets with inputs the first two columns."""
    for form in one_of_each.values():
        for sheet in form.shape.sheets:
            pane = packages[form.unit].sheets[sheet.name].one("pane")
            heads = [no for no, row in enumerate(sheet.rows, sheet.first_row) if row.head]
            if heads:
                assert (pane["ySplit"], pane["state"]) == (str(heads[-1]), "frozen")
                assert pane.get("xSplit") == ("2" if sheet.coded else None)


def test_grid_lines(packages: Packages) -> None:
    """Grid lines are hidden; the tables have their own."""
    for package in packages.values():
        assert {part.one("sheetView").get("showGridLines") for part in package.sheets.values()} == {"0"}


def test_first_view(packages: Packages) -> None:
    """A workbook opens at its first sheet, and only there is a sheet chosen."""
    for package in packages.values():
        chosen = [name for name, part in package.sheets.items() if part.one("sheetView").get("tabSelected") == "1"]
        assert chosen == ["填报说明"]
        assert b"activeTab=" not in package.parts["xl/workbook.xml"]
        assert b"firstSheet=" not in package.parts["xl/workbook.xml"]


def test_row_heights(packages: Packages) -> None:
    """No row is higher than the 409 points that Excel allows."""
    assert max(max(part.heights.values()) for package in packages.values() for part in package.sheets.values()) <= 409


def test_texts_fit(one_of_each: Forms, packages: Packages) -> None:
    """A row is as high as the longest of its texts needs, by the size of its letters."""
    for form in one_of_each.values():
        for sheet in form.shape.sheets:
            part = packages[form.unit].sheets[sheet.name]
            merged = {area[0] for area in part.merges}
            for at, cell in part.cells.items():
                column, row = place(at)
                if cell.kind == "s" and cell.text and at not in merged and row in part.heights:
                    size = float(packages[form.unit].formats[cell.style]["size"])
                    needed = lines(cell.text, sheet.columns[column - 1].width * 11 / size) * size * 1.1
                    assert part.heights[row] >= needed, (sheet.name, at, cell.text)


def test_fonts(packages: Packages, one_of_each: Forms) -> None:
    """Titles, headings, sentences, texts and figures are in the theme's fonts, and nothing drawn is in another."""
    theme = {"方正小标宋简体", "黑体", "仿宋", "宋体", "Arial"}
    for form in one_of_each.values():
        package = packages[form.unit]
        used = {cell.style for part in package.sheets.values() for cell in part.cells.values()}
        assert {package.formats[style]["font"] for style in used} == theme


def test_page_setup_with_openpyxl(books: Mapping[str, Workbook]) -> None:
    """Another library sees the same page setup."""
    for book in books.values():
        for sheet in book:
            assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
            assert (sheet.page_setup.fitToWidth or 1) == 1
            assert sheet.sheet_view.showGridLines is False
            assert sheet.protection.sheet is True
