"""Makes up what a unit writes on its feedback sheet to ask for a review; everything is invented."""

from __future__ import annotations

from random import Random

from fazhi_xl.answers.locate import locate
from fazhi_xl.form.appeal_form import ASKED, ASKS, MATERIAL, REASON, sub_point_of
from fazhi_xl.xlsx.fill import fill
from fazhi_xl.xlsx.reader import read

_REASONS = (
    "实际次数比核定的多,签到表和照片当时没有归档,现已补齐,与工作台账一致。",
    "材料原来放在别的文件夹里,没有列进台账目录,现按编号补报。",
    "文件是年度内印发的,原来报的扫描件缺最后一页,现补报全文。",
)


def invented_request(sheet: bytes, random: Random) -> bytes | None:
    """Fill in one row of a unit's feedback sheet; None for one on which nothing can be asked."""
    located = locate(read(sheet).cells)
    rows = [code for code in located.rows if sub_point_of(code)]
    if not rows:
        return None
    row = random.choice(rows)
    said = {ASKED: ASKS, REASON: random.choice(_REASONS), MATERIAL: "补报材料(扫描件)"}
    spots = {column: located.spot(f"{row}.{column}") for column in said}
    return fill(sheet, [(spot.sheet, spot.cell, said[column]) for column, spot in spots.items() if spot])
