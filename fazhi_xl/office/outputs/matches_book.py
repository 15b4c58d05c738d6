"""存档/上期对应.xlsx: which of this round's units and sub-points the earlier round's were taken for, and what was taken over."""

from __future__ import annotations

from fazhi_xl.notice.model import Notice
from fazhi_xl.office.history.earlier_answers import Earlier
from fazhi_xl.office.history.matches import Match, UnitMatch
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.office.workspace.own_books import MATCHES_FILE, MATCHES_SHEET
from fazhi_xl.reports.media.workbook import Cell, Column, ReportBook, ReportSheet, Sentence, Table
from fazhi_xl.xlsx.writer.report import report_bytes

_UNITS = (
    Column(title="上期单位", width=24),
    Column(title="本期单位", width=24),
    Column(title="依据", width=24),
)
_SUB_POINTS = (
    Column(title="上期编号", width=10, style="centre"),
    Column(title="上期得分点", width=46),
    Column(title="本期编号", width=10, style="centre"),
    Column(title="本期得分点", width=46),
    Column(title="依据", width=22),
    Column(title="上期的数", width=12, style="centre"),
)
_NOTE = (
    "上期的填报数和得分按下表印在本期填报项旁边。“只是文字相同或相近”的,由办公室核对是不是同一个得分点;"
    "核对无误的,重新发放时同意带入。没有带入的,“上期填报”栏空着。"
)


def write_matches(space: Workspace, notice: Notice, earlier: Earlier) -> None:
    """Write the table beside the record of what was issued. Raises WrongUseError where that cannot be done."""
    space.make(space.archive)
    space.write(space.archive / MATCHES_FILE, report_bytes(_book(notice, earlier), notice.theme))


def _book(notice: Notice, earlier: Earlier) -> ReportBook:
    title = f"{notice.about.short_title} 与上期的对应"
    sub_points = Table(columns=_SUB_POINTS, rows=tuple(map(_sub_point, earlier.matches)))
    units = Table(columns=_UNITS, rows=tuple(map(_unit, earlier.units)))
    return ReportBook(
        title=title,
        sheets=(
            ReportSheet(name=MATCHES_SHEET, title=title, blocks=(Sentence(_NOTE), sub_points), filtered=True),
            ReportSheet(name="单位", title=title, blocks=(units,), filtered=True),
        ),
        footer=title,
    )


def _sub_point(each: Match) -> tuple[Cell, ...]:
    taken = "带入" if each.taken else "待核对" if each.asked else None
    now = (each.now.code, each.now.text) if each.now else (None, None)
    return each.before.code, each.before.text or None, *now, each.how.value, taken


def _unit(each: UnitMatch) -> tuple[Cell, ...]:
    return each.before, each.now.short if each.now else None, each.how.value
