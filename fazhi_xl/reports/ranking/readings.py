"""口径说明: how each question that the notice leaves open was answered."""

from __future__ import annotations

from fazhi_xl.reports.media.titles import title
from fazhi_xl.reports.media.workbook import Column, ReportSheet, Sentence, Table
from fazhi_xl.rounds.round import Round


def method_sheet(round_: Round) -> ReportSheet:
    columns = (
        Column(title="序号", width=7, style="whole"),
        Column(title="问题", width=44),
        Column(title="采用的口径", width=44),
        Column(title="理由", width=60),
        Column(title="其他口径", width=44),
        Column(title="确认", width=12, style="centre"),
    )
    rows = tuple(
        (
            no,
            reading.question,
            reading.choice.text,
            reading.reason if reading.chosen == reading.options[0].key else f"改选;原口径的理由:{reading.reason}",
            ";".join(option.text for option in reading.options if option.key != reading.chosen) or None,
            "已确认" if reading.confirmed else "待确认",
        )
        for no, reading in enumerate(round_.notice.readings, 1)
    )
    return ReportSheet(
        name="口径说明",
        title=title(round_, "口径说明"),
        blocks=(
            Sentence("通知没有写明的,按下列口径处理;改变口径改目录数据即可,不改程序。"),
            Table(columns=columns, rows=rows),
        ),
    )
