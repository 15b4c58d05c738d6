"""与定稿的差异: what differs from the newest sealed edition, what it was and is, and why."""

from __future__ import annotations

from collections.abc import Iterator

from fazhi_xl.reports.media.titles import title
from fazhi_xl.reports.media.workbook import Cell, Column, ReportSheet, Sentence, Table
from fazhi_xl.rounds.round import Round
from fazhi_xl.rounds.sealed import DIFFERENCES, Difference

_COLUMNS = (
    Column(title="单位", width=20, parting=True),
    Column(title="哪一项", width=13, style="centre"),
    Column(title="得分点或行", width=14, style="centre"),
    Column(title="内容", width=34),
    Column(title="定稿时", width=24),
    Column(title="现在", width=24),
    Column(title="为什么", width=40),
)


def sealed_sheets(round_: Round) -> Iterator[ReportSheet]:
    """Give the sheet where results were sealed and something differs."""
    sealed = round_.sealed
    if sealed is None or sealed.same:
        return
    blocks = (
        Sentence(f"比较的是{sealed.called},{sealed.day},{sealed.by}定稿。{sealed.counted}。"),
        Sentence("定稿不会改动。要以现在的结果为准,另出一稿,新的定稿会写明改了什么。"),
        Table(columns=_COLUMNS, rows=tuple(_row(each) for each in sealed.differences)),
    )
    yield ReportSheet(name=DIFFERENCES, title=title(round_, DIFFERENCES), blocks=blocks, filtered=True, held=2)


def _row(each: Difference) -> tuple[Cell, ...]:
    about = (each.unit or "(整轮)", each.kind.word, each.row or None, each.what or None)
    return (*about, each.before or None, each.now or None, each.why)
