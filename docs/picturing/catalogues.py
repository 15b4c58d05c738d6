"""A catalogue's workbook as an office fills it in, its switches, and what it differs in from the year before."""

from __future__ import annotations

import shutil
from pathlib import Path

from openpyxl import load_workbook

from docs.picturing.commands import CATALOGUE, PROJECT, build
from docs.picturing.drawing import BEGINNING, WHOLE, Drawn, draw
from fazhi_xl.setup.book.trial import NAME as TRIAL
from fazhi_xl.setup.workbooks import check_workbook

NEXT, YEAR, BOOK, CHANGES = "钟楼-2021", "2021", "目录", "差异"
SHOWN = {
    "新年度": (*WHOLE, "-W", "877", "-H", "430"),
    "通知": BEGINNING,
    "说明": (*WHOLE, "-W", "620", "-H", "590"),
    "得分点": BEGINNING,
    "填报指标": BEGINNING,
    "计分规则": BEGINNING,
    "试算": WHOLE,
    "检查": (*WHOLE, "-W", "877", "-H", "180"),
}
TRIED: dict[str, str | int] = {  # in the trial, by the code of the row
    "1.1.会议": 2,
    "1.2.中心组学习": "是",
    "1.2.干部培训": "否",
    "1.3.审查制度": "是",
    "1.3.应备案": 4,
    "1.3.报备": 5,
    "1.3.及时报备": 4,
}
MISTAKES = {("得分点", "分值", 1): "一分", ("计分规则", "填报指标", 2): "中心组", ("得分点", "编号", 4): None}
"""What is written into the workbook before it is checked, by sheet, title and the number of the row."""
SWITCHES = {"规则开关": (*WHOLE, "-W", "877", "-H", "225")}
SWITCHED = """
[[switches]]
finding = "reason-for-more"
severity = "confirm"
since = 2020-11-15
reason = "多数单位的理由写在台账里,逐条退回没有必要。"
by = "领导小组办公室"

[[switches]]
finding = "swing"
severity = "off"
since = 2020-11-01
reason = "上期的统计口径不同,数不可比。"
by = "领导小组办公室"

[[switches]]
finding = "pictures-pasted"
severity = "error"
since = 2020-11-01
reason = "图片里的数据读不出来,单位要另填一遍。"
by = "领导小组办公室"
"""
"""What the office has made of a few rules, invented."""


def catalogue_books(folder: Path) -> Drawn:
    """Draw the catalogue's workbook as an office has filled it in, its switches, and what it differs in from the year before."""
    book = _next_year(folder)
    changes = list(draw(CHANGES, _changes(book), folder, {CHANGES: (*WHOLE, "-H", "560")}))
    filled = [*draw(BOOK, _filled_in(book), folder, SHOWN), *draw(BOOK, _switched(folder), folder, SWITCHES)]
    return {CHANGES: changes, BOOK: filled}


def _next_year(folder: Path) -> Path:
    """Move a catalogue to the next year, as a workbook."""
    path = folder / f"{BOOK}_{NEXT}.xlsx"
    build("--new-year", CATALOGUE, path, YEAR)
    return path


def _changes(book: Path) -> Path:
    """Compare the catalogue with last year's."""
    build("--diff", CATALOGUE, book, "--out", book.parent)
    return book.parent / f"{CHANGES}.xlsx"


def _filled_in(path: Path) -> Path:
    """Try some of a workbook's rules, make mistakes, and check it."""
    book = load_workbook(path)
    for code, _, fact in book[TRIAL].iter_rows(max_col=3):
        if code.value in TRIED:
            fact.value = TRIED[str(code.value)]
    for (sheet, title, number), content in MISTAKES.items():
        row, column = next((cell.row, cell.column) for cells in book[sheet] for cell in cells if cell.value == title)
        book[sheet].cell(row + number, column).value = content
    book.save(path)
    check_workbook(path)
    return path


def _switched(folder: Path) -> Path:
    """Write a catalogue with a few switches as a workbook."""
    copied = folder / "开关" / CATALOGUE
    shutil.copytree(PROJECT / "workbook_templates" / CATALOGUE, copied)
    (copied / "switches.toml").write_text(SWITCHED.lstrip(), encoding="utf-8")
    build(copied, "--catalogue", "--to", folder / f"{BOOK}_开关.xlsx")
    return folder / f"{BOOK}_开关.xlsx"
