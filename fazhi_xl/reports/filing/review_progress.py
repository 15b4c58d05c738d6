"""审核情况: how far the office's review has come, and what there is to look at in its books."""

from __future__ import annotations

from collections.abc import Iterator

from fazhi_xl.reports.media.titles import title
from fazhi_xl.reports.media.workbook import Block, Column, ReportSheet, Sentence, Table
from fazhi_xl.rounds.round import Round
from fazhi_xl.scoring.model import Basis
from fazhi_xl.scoring.score import preliminary

SHEET = "审核情况"


def begun(round_: Round) -> bool:
    """Say whether the office has decided anything, or has something to look at."""
    return bool(round_.review) or any(score.decided for unit in round_.reviewed for score in unit.sub_points)


def progress(round_: Round) -> str:
    """Say how much of what was returned has been reviewed."""
    asked = [unit for unit in round_.reviewed if unit.sub_points]
    scores = [score for unit in asked for score in unit.sub_points]
    units = sum(unit.reviewed is not None for unit in asked)
    points = sum(score.decided for score in scores)
    said = f"已核定{units}家(共{len(asked)}家)、{points}个得分点(共{len(scores)}个)。"
    return said if round_.official else f"{said}全部核定以前按{round_.basis.value}预排,核定分不计入名次。"


_FOUND_COLUMNS = (
    Column(title="审核表", width=22),
    Column(title="程度", width=14, style="centre"),
    Column(title="工作表", width=14),
    Column(title="编号", width=18),
    Column(title="问题和怎样改", width=70),
)


def review_sheets(round_: Round) -> Iterator[ReportSheet]:
    """Give the sheet once the review has begun."""
    if not begun(round_):
        return
    first = preliminary(round_.notice.about.scoring)
    columns = (
        Column(title="单位", width=22),
        Column(title="得分点", width=14, style="whole"),
        Column(title="已核定", width=14, style="whole"),
        Column(title=f"{first.value}分", width=18, style="figure"),
        Column(title="核定分", width=70, style="figure"),
    )
    units = Table(
        columns=columns,
        rows=tuple(
            (
                unit.unit,
                len(unit.sub_points),
                sum(s.decided for s in unit.sub_points),
                unit.self_score if first is Basis.SELF else unit.auto,
                unit.reviewed,
            )
            for unit in round_.reviewed
            if unit.total is not None
        ),
        title="各单位",
    )
    found = Table(
        columns=_FOUND_COLUMNS,
        rows=tuple(
            (book, each.severity.word, each.place.sheet, each.place.field, each.message) for book, each in round_.review
        ),
        title="审核表里的问题",
    )
    # Without items there are only registers to review.
    of_units: tuple[Block, ...] = (Sentence(progress(round_)), units) if round_.notice.items else ()
    blocks = (*of_units[:1], *((found,) if round_.review else ()), *of_units[1:])
    yield ReportSheet(name=SHEET, title=title(round_, SHEET), blocks=blocks)
