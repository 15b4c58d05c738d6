"""What is measured of a look is found in a workbook that has it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from tests.looks.measure import faults

LINE = {"bottom": 1}
GOOD: dict[str, object] = {
    "align": "left",
    "indent": 1,
    "valign": "vcenter",
    "font_size": 10.5,
    "font_name": "宋体",
    **LINE,
}


def written(
    path: Path, text: str, look: dict[str, object], more: Callable[[Worksheet], object] = lambda _: None
) -> Path:
    """Write one cell with a look, on a sheet that prints one page wide."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("表")
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_column(0, 0, 20)
        sheet.write_string(1, 0, text, book.add_format({**GOOD, **look}))
        more(sheet)
    return path


@pytest.mark.parametrize(
    ("text", "look", "expected"),
    [
        ("单位", {}, []),
        ("单位", {"font_size": 8}, ["表!A2: font of 8 points"]),
        ("单位", {"font_color": "#7F7F7F"}, ["表!A2: contrast of 4.0"]),
        ("单位", {"font_color": "#4D4D4D", "bg_color": "#1F3864"}, ["表!A2: contrast of 1.4"]),
        ("单位", {"indent": 0}, ["表!A2: text touches the border"]),
        ("12.00", {"align": "right", "indent": 0}, ["表!A2: figure touches the border"]),
        ("12.00", {"align": "right", "indent": 0, "num_format": "@__"}, []),
        ("单位", {"align": "", "indent": 0}, ["表!A2: no alignment"]),
        ("钟楼区委全面依法治区委员会办公室", {}, ["表!A2: 224 pixels of text in 130: 钟楼区委全面依法治区委员会办公室"]),
        ("钟楼区委全面依法治区委员会办公室", {"text_wrap": True}, ["表!A2: 25 points of text in 15: 钟楼区委全面依法治区委员会办公室"]),
    ],
)  # fmt: skip
def test_cells(tmp_path: Path, text: str, look: dict[str, object], expected: list[str]) -> None:
    """Small, pale, crowded and cut texts are named with their cells; what is as it should be is not."""
    assert faults(written(tmp_path / "表.xlsx", text, look)) == expected


def test_print(tmp_path: Path) -> None:
    """A sheet that is wider than its paper prints smaller, and its texts with it."""
    broad = written(tmp_path / "表.xlsx", "单位", {}, lambda sheet: sheet.set_column(0, 3, 60))
    narrow = written(
        tmp_path / "窄.xlsx", "单位", {}, lambda sheet: (sheet.set_column(0, 3, 60), sheet.print_area(0, 0, 1, 0))
    )
    assert faults(broad) == []  # columns without cells are not printed
    wide = written(
        tmp_path / "宽.xlsx", "单位", {}, lambda sheet: (sheet.set_column(0, 3, 60), sheet.print_area(0, 0, 1, 3))
    )
    assert faults(narrow) == []
    assert faults(wide) == ["表!A2: font of 10.5 points printed at 39%: 4.1"]


@pytest.mark.parametrize(("options", "number"), [({"description": "各单位总分"}, 0), ({}, 1)])
def test_charts(tmp_path: Path, options: dict[str, object], number: int) -> None:
    """A chart without a description says nothing to who cannot see it."""
    with xlsxwriter.Workbook(tmp_path / "图.xlsx") as book:
        sheet = book.add_worksheet("图")
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "=图!$A$1:$A$2"})
        sheet.insert_chart(3, 0, chart, options)
    assert len(faults(tmp_path / "图.xlsx")) == number
