"""复核情况: what units asked to be reviewed, what was decided and by whom, and which share was upheld."""

from __future__ import annotations

from collections.abc import Iterator

from fazhi_xl.points import percent
from fazhi_xl.reports.media.titles import title
from fazhi_xl.reports.media.workbook import Cell, Column, ReportSheet, Sentence, Table
from fazhi_xl.rounds.appeals import Appeal, Appeals
from fazhi_xl.rounds.round import Round

SHEET = "复核情况"
_COLUMNS = (
    Column(title="单位", width=15),
    Column(title="得分点", width=34),
    Column(title="申请时", width=8, style="figure"),
    Column(title="申请理由", width=34),
    Column(title="新的材料", width=22),
    Column(title="收到", width=11, style="centre"),
    Column(title="决定", width=11, style="centre"),
    Column(title="现在", width=8, style="figure"),
    Column(title="决定的理由", width=34),
    Column(title="审核人", width=9, style="centre"),
    Column(title="审核日期", width=11, style="centre"),
)


def appeal_sheets(round_: Round) -> Iterator[ReportSheet]:
    """Give the sheet once a unit has asked for a review."""
    held = round_.appeals
    if held.taken or held.refused:
        table = Table(columns=_COLUMNS, rows=tuple(map(_row, held.taken)))
        yield ReportSheet(
            name=SHEET, title=title(round_, SHEET), blocks=(Sentence(appeal_words(held)), table), filtered=True, held=1
        )


def appeal_words(held: Appeals) -> str:
    """Say in one sentence how many requests there are, what became of them, and which share was upheld."""
    decided, granted = len(held.decided), len(held.granted)
    units = len({each.unit for each in held.taken})
    said = f"受理复核申请{len(held.taken)}项({units}家)"
    if decided:
        said += f",已决定{decided}项:维持{decided - granted}项,改分{granted}项,维持率{percent(held.upheld_rate)}"
    waiting = len(held.taken) - decided
    said += f",待决定{waiting}项" if waiting else ""
    return said + (f";不予受理{held.refused}项,见“问题清单”。" if held.refused else "。")


def _row(each: Appeal) -> tuple[Cell, ...]:
    return (
        each.unit,
        f"{each.code} {each.text}",
        each.mark,
        each.reason,
        each.material or None,
        str(each.received),
        each.ruling or "待决定",
        each.now,
        each.note or None,
        each.reviewer or None,
        each.day or None,
    )
