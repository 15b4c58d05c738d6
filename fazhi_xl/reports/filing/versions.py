"""What a unit changed between two returns, cell by cell."""

from __future__ import annotations

from fazhi_xl.answers.compare import differences
from fazhi_xl.reports.media.workbook import Cell, Column, ReportSheet, Sentence, Table
from fazhi_xl.rounds.round import Round
from fazhi_xl.rounds.status import Status

SHEET = "两次报送差异"
_PRIVATE = "(联络信息,见原件)"  # telephone numbers stay where they belong


def difference_sheet(round_: Round, title: str) -> ReportSheet:
    """List what every superseded return said otherwise than the one that counts; one that said nothing is left out."""
    rows: list[tuple[Cell, ...]] = []
    for file in round_.files:
        counting = round_.file_of(file.unit) if file.unit and file.status is Status.SUPERSEDED else None
        if counting is None or counting.answers is None or file.answers is None or file.answers.blank:
            continue
        fields = counting.answers.shape.fields
        for each in differences(file.answers, counting.answers):
            private = fields[each.field].private
            old, new = (_PRIVATE if private and value else value for value in (each.old, each.new))
            rows.append((file.unit, each.field, each.label, old, new, file.path, counting.path))
    said = "同一单位先后报送的,以最后收到的为准;先前的各份与它逐格比较。" if rows else "没有先后报送而内容不同的。"
    return ReportSheet(
        name=SHEET,
        title=title,
        blocks=(Sentence(said), Table(columns=_COLUMNS, rows=tuple(rows))),
        filtered=True,
    )


_COLUMNS = (
    Column(title="单位", width=15),
    Column(title="编号", width=16),
    Column(title="填报指标", width=24),
    Column(title="先前填的", width=26),
    Column(title="现在填的", width=26),
    Column(title="先前的文件", width=29, style="small"),
    Column(title="计入的文件", width=29, style="small"),
)
