"""A whole round: forms that came, the results and what is given out; receipts, more time, and forms put together."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from docs.picturing.commands import UNITS, build, collect, played
from docs.picturing.drawing import WHOLE, Drawn, cut_out, draw, draw_pages, pdf_of, sheet_of, texts_of
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.rounds.replies import FRONT_SHEET
from fazhi_xl.xlsx.fill import fill

TOLD = ("司法局", "科协")  # units whose feedback sheet is shown
DRAFT = "通报稿"
RECEIPT, REGISTER, EXTENDED = "回执", "收到登记", "延期"
GRANTED = (
    ("科协", "2020.11.27", "张晓明", "机构改革,人员还没有到位"),
    ("团委", "2020-11-27", "张晓明", "办公楼搬迁,内网停用三天"),
    ("法元", "2020-11-27", "张晓明", "同上"),
    ("检察院", "2020-11-27", "", "系统升级"),
)
"""What the office grants, two rows of them with mistakes."""
MERGED, CODED, MAIN = "合并", "校验码", "任务分解表"
SAID_OTHERWISE = {"6.1.应出庭.填报": 21, "11.3.移送.填报": 34}
"""What the second half of a form says otherwise than the first."""


def whole_round(folder: Path) -> Drawn:
    """Draw three units' forms, the ranking workbook, and what is given out, every sheet."""
    round_ = played(folder)
    books = {unit: max(round_.glob(f"回收/*/[0-9][0-9]_{unit}_*.xlsx")) for unit in UNITS}
    books["排名汇总"] = round_ / "结果" / "排名汇总.xlsx"
    books |= {f"{unit}反馈单": max(round_.glob(f"结果/反馈单/[0-9][0-9]_{unit}_*.xlsx")) for unit in TOLD}
    books["通报版"] = round_ / "结果" / "通报" / "通报版.xlsx"
    drawn = {name: list(draw(name, book, folder)) for name, book in books.items()}
    drawn[DRAFT] = draw_pages(DRAFT, round_ / "结果" / "通报" / f"{DRAFT}.docx", folder)
    return drawn


def receipts(folder: Path) -> Drawn:
    """Grant some units more time, collect once more, and draw a receipt and the register."""
    round_ = played(folder)
    book = load_workbook(round_ / f"{REGISTER}.xlsx")
    for at, row in enumerate(GRANTED, 4):
        for column, value in enumerate(row, 1):
            book[EXTENDED].cell(at, column).value = value or None
    book.save(round_ / f"{REGISTER}.xlsx")
    collect(Workspace(round_))
    receipt = max(round_.glob(f"结果/{RECEIPT}/[0-9][0-9]_{TOLD[0]}_*.xlsx"))
    whole = {EXTENDED: (*WHOLE, "-H", "420")}
    return {
        f"{TOLD[0]}{RECEIPT}": list(draw(f"{TOLD[0]}{RECEIPT}", receipt, folder)),
        REGISTER: list(draw(REGISTER, round_ / f"{REGISTER}.xlsx", folder, whole)),
    }


def together(folder: Path) -> Drawn:
    """Put a return together with one that says some of it otherwise; draw what has to be settled, and where the code stands on paper."""
    round_ = played(folder)
    one, unit = max(round_.glob(f"回收/*/[0-9][0-9]_{UNITS[1]}_*.xlsx")), UNITS[1]
    record = Workspace(round_).campaign() or {}
    shape = next(each["shape"] for each in record["units"] if each["unit"] == unit)
    places = {f"{each['row']}.{each['column']}": each for each in record["shapes"][shape]["inputs"]}
    entries = [(places[key]["sheet"], places[key]["cell"], value) for key, value in SAID_OTHERWISE.items()]
    first, second = folder / "张三填的.xlsx", folder / "李四填的.xlsx"
    first.write_bytes(one.read_bytes())
    second.write_bytes(fill(one.read_bytes(), entries))
    build("--out", round_, "--merge", first, second, status=1)
    pdf = pdf_of(one, folder)
    last = max(no for no, page in enumerate(texts_of(pdf), 1) if sheet_of(page) == MAIN)
    cut_out(pdf, last, f"{CODED}-{MAIN}")
    front = {FRONT_SHEET: (*WHOLE, "-H", "330")}
    merged = max((round_ / MERGED).glob("*.xlsx"))
    return {MERGED: list(draw(MERGED, merged, folder, front)), CODED: [f"{CODED}-{MAIN}"]}
