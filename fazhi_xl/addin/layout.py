"""The console's layout, declared once for the writer of the file, the actions, and the adapter to Excel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fazhi_xl.form.sheets.review import common, scores
from fazhi_xl.office.review.console_entries import COLUMNS as TYPED
from fazhi_xl.office.workspace.own_books import CONSOLE_FILE, CONSOLE_SHEET
from fazhi_xl.reports import status_lines
from fazhi_xl.reports.media.workbook import Column

FILE = CONSOLE_FILE  # its stem is the module whose main() the button calls
SHEET, CONF_SHEET = CONSOLE_SHEET, "xlwings.conf"
PREFIX = "fz_"  # of the workbook's defined names
VERSION_PROPERTY = "xlwings"  # the document's property that says by which xlwings it was made

ACTION, CAMPAIGN, OUT, RETURNS, UNITS, PREVIOUS, CHECKED, PASSWORDS, BOOK, SENT = (
    "动作", "工作目录", "输出文件夹", "收回文件夹", "单位", "上一轮文件夹", "要读的文件", "密码清单", "目录工作簿", "发什么",
)  # fmt: skip
SETTINGS: Mapping[str, str] = {
    CAMPAIGN: "自带的写名称,自己的写完整路径",
    OUT: "完整路径;发放、回收、结果都在里面",
    RETURNS: "空着就是 输出文件夹\\回收",
    UNITS: "用顿号隔开;空着就是全部单位",
    PREVIOUS: "上一轮的输出文件夹,或上年的目录",
    CHECKED: "“校验一份”的表,“从通知起草”的通知",
    PASSWORDS: "文本文件,一行一个密码;没有就空着",
    BOOK: "空着就是 输出文件夹\\目录_名称.xlsx",
    SENT: "“发送”发的,从列表里选",
}

SENDABLE = ("任务分解表", "回执", "反馈单", "通报")  # what the office calls them; the first where the setting is blank

STATUS, FINDINGS, QUEUE, LOG = "单位状态", "校验结果", "待审清单", "消息"
RESULT = "记录结果"


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A table of the console: its columns, and for how many rows there is room."""

    name: str
    columns: tuple[Column, ...]
    room: int

    @property
    def titles(self) -> tuple[str, ...]:
        return tuple(column.title for column in self.columns)


_SHOWN = ("编号", scores.UNIT, scores.TEXT, scores.POINTS, scores.AUTO, scores.SELF, scores.FACTS, scores.EVIDENCE,
          scores.DOUBTS)  # fmt: skip
QUEUE_CODES = (*_SHOWN, *TYPED, RESULT, common.BASIS, common.DECIDED)
"""The queue's columns, by the codes of the review book's sheet 审核."""
_WIDTHS = {"编号": 9, scores.TEXT: 56, scores.FACTS: 50, scores.DOUBTS: 26, RESULT: 40, common.BASIS: 11}
_STYLES = {
    scores.POINTS: "figure", scores.AUTO: "figure", scores.SELF: "figure", scores.EVIDENCE: "whole",
    **dict.fromkeys(TYPED, "input"),
}  # fmt: skip


_QUEUE = tuple(
    Column(
        title=RESULT if code == RESULT else scores.TITLES[code],
        width=_WIDTHS.get(code) or {**common.WIDTHS, **scores.WIDTHS}[code],
        style=_STYLES.get(code, "text"),
    )
    for code in QUEUE_CODES
)
AREAS: Mapping[str, Area] = {
    area.name: area
    for area in (
        Area(name=STATUS, columns=status_lines.COLUMNS, room=120),
        Area(
            name=FINDINGS,
            columns=(
                Column(title="程度", width=9, style="centre"),
                Column(title="工作表", width=14),
                Column(title="单元格", width=14),
                Column(title="填的内容", width=18),
                Column(title="问题和怎样改", width=70),
            ),
            room=400,
        ),
        Area(name=QUEUE, columns=_QUEUE, room=1500),
        Area(name=LOG, columns=(Column(title="消息", width=125),), room=9),
    )
}
_KEYS = {
    ACTION: "action", CAMPAIGN: "campaign", OUT: "out", RETURNS: "returns", UNITS: "units", PREVIOUS: "previous",
    CHECKED: "checked", PASSWORDS: "passwords", BOOK: "book", SENT: "sent",
    STATUS: "status", FINDINGS: "findings", QUEUE: "queue", LOG: "log",
}  # fmt: skip


def defined_name(name: str) -> str:
    """Give the workbook's defined name of a setting or a table: rows that people insert move it along."""
    return PREFIX + _KEYS[name]
