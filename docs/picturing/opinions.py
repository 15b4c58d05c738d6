"""Second opinions on what was reviewed, and what changes after the results are sealed."""

from __future__ import annotations

import shutil
from datetime import datetime
from fractions import Fraction
from pathlib import Path

from openpyxl import load_workbook

from docs.picturing.commands import BOOK, collect, enter, played
from docs.picturing.drawing import WHOLE, Drawn, draw
from fazhi_xl.form.expression import Value
from fazhi_xl.office.workspace.folder import Workspace

BLIND, SEALED = "复审表", "定稿以后"
SAME, RULED = "同数不同分", "复审裁定"
FINER = ("-r", "95", "-x", "30", "-W", "1510")  # for sheets of many columns, on A3
IN_REVIEW = {
    SAME: (*FINER, "-H", "600"),
    RULED: (*FINER, "-H", "600"),
}
UNSEEN = {"复审": (*FINER, "-H", "600")}
DIFFERENT = {"与定稿的差异": (*WHOLE, "-H", "270")}
SCORES = "审核"


def second_opinions(folder: Path) -> Drawn:
    """Draw the sheets of a played round on which alike facts got unlike scores and reviewers differ, and the blind book."""
    space = Workspace(played(folder))
    blind = next(space.review.glob(f"复审/{BLIND}_*.xlsx"))
    return {
        BOOK: list(draw(BOOK, space.review / f"{BOOK}.xlsx", folder, IN_REVIEW)),
        BLIND: list(draw(BLIND, blind, folder, UNSEEN)),
    }


def after_sealing(folder: Path) -> Drawn:
    """Change a decision in a copy of a round that is sealed, collect once more, and draw what differs."""
    space = Workspace(Path(shutil.copytree(played(folder), folder / SEALED)))
    book = space.review / f"{BOOK}.xlsx"
    enter(book, _as_claimed(book), book)
    collect(space)
    return {SEALED: list(draw(SEALED, space.results / "排名汇总.xlsx", folder, DIFFERENT))}


def _as_claimed(book: Path) -> dict[str, Value]:
    """Give a unit what it claimed, where a reviewer first gave less for want of evidence."""
    titles, *rows = load_workbook(book)[SCORES].iter_rows(values_only=True)
    cases = (dict(zip(titles, row, strict=True)) for row in rows)
    case = next(each for each in cases if each["原因"] and isinstance(each["核定"], int | float) and each["核定"])
    said: dict[str, Value] = {
        "核定": Fraction(str(case["自评"])),
        "原因": "",
        "说明": "定稿后补来的材料核对属实,按自评分。",
        "审核人": "张晓明",
        "审核日期": datetime.now().astimezone().date(),
    }
    return {f"{case['编号']}.{column}": value for column, value in said.items()}
