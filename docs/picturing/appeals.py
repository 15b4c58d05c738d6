"""A request for a review, as a unit fills it in and as the office sees it."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from pathlib import Path
from random import Random

from docs.picturing.commands import BOOK, CATALOGUE, PROJECT, build, collect, enter
from docs.picturing.drawing import WHOLE, Drawn, draw
from fazhi_xl.form.expression import Value
from fazhi_xl.form.identity import Edition
from fazhi_xl.form.unit_form import unit_forms
from fazhi_xl.notice.assignment import assign
from fazhi_xl.notice.load import load
from fazhi_xl.office.commands.invented_answers import answers
from fazhi_xl.office.workspace.folder import Workspace

APPEAL, ASKING = "复核", ("人大常委会机关", "政协机关", "检察院", "信访局")
LOST = {"02/15.6": Fraction(1, 5), "04/15.6": Fraction(1, 2)}
"""What the office gives two units less than they claim, by the rows of the review book."""
REQUESTED = {
    "复核申请.15.6.申请复核": "申请",
    "复核申请.15.6.理由": "“法律八进”活动实际开展4次,第三、四次的签到表和照片当时没有归档,现已补齐,与工作台账一致。",
    "复核申请.15.6.新的材料": "两次活动的签到表、照片(共6页)",
}


def appeals(folder: Path) -> Drawn:
    """Let a few units return, decide all, let one ask for a review, and draw its sheet and the office's register."""
    space = Workspace(folder / APPEAL)
    build("--out", space.root, *(option for unit in ASKING for option in ("--unit", unit)))
    notice = load(PROJECT / "workbook_templates" / CATALOGUE)
    edition = Edition.of_record(space.issued_campaign())
    for form in unit_forms(notice, assign(notice), edition=edition, key=space.key()):
        if form.unit in ASKING:
            made = answers(notice, form.shape, Random(form.unit))  # noqa: S311 - answers are invented, nothing is secret
            kept = {key: value for key, value in made.items() if not key.startswith(("加分.", "减分."))}
            enter(next(space.issued.glob(f"*_{form.unit}_*")), kept, space.returns / f"{form.unit}.xlsx")
    collect(space, "--accept-self", "全部", "--by", "王芳")
    book = space.review / f"{BOOK}.xlsx"
    day = datetime.now().astimezone().date()
    said: dict[str, Value] = {"原因": "佐证材料不足", "审核人": "张晓明", "审核日期": day}
    scores = {f"{row}.{key}": value for row, score in LOST.items() for key, value in {**said, "核定": score}.items()}
    enter(book, scores, book)
    collect(space)
    sheet = next(space.results.glob(f"反馈单/*_{ASKING[0]}_*.xlsx"))
    asked = space.returns / "复核.xlsx"
    enter(sheet, REQUESTED, asked)
    collect(space)
    cut = {"复核申请": (*WHOLE, "-H", "420")}
    return {
        APPEAL: list(draw(APPEAL, asked, folder, cut)),
        f"{APPEAL}登记": list(draw(f"{APPEAL}登记", book, folder, {"复核申请": (*WHOLE, "-H", "300")})),
    }
