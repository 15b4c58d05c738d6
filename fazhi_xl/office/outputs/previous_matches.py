"""存档/上期对应.xlsx: which of this round's units and sub-points the earlier round's were taken for, and what was taken over."""

from __future__ import annotations

from collections.abc import Iterator

from fazhi_xl.notice.model import Notice
from fazhi_xl.office.history.earlier_answers import Earlier
from fazhi_xl.office.history.matches import How, Match, UnitMatch
from fazhi_xl.office.workspace.folder import Json, Workspace
from fazhi_xl.office.workspace.own_books import MATCHES_FILE, MATCHES_SHEET
from fazhi_xl.reports.media.workbook import Cell, Column, ReportBook, ReportSheet, Sentence, Table
from fazhi_xl.xlsx.writer.report import report_bytes

FILE = MATCHES_FILE
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
    space.write(space.archive / FILE, report_bytes(_book(notice, earlier), notice.theme))


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


def matches_json(earlier: Earlier) -> Json:
    """Give the same for other programs."""
    return {
        "units": [
            {"before": each.before, "unit": each.now and each.now.short, "how": each.how.value}
            for each in earlier.units
        ],
        "sub_points": [
            {
                "before": each.before.code,
                "code": each.now and each.now.code,
                "how": each.how.value,
                "taken": each.taken,
            }
            for each in earlier.matches
        ],
    }


def told(earlier: Earlier, *, most: int = 20) -> Iterator[str]:
    """Say what was matched, and how: how many of each kind, and in lines of their own those that are not plain."""
    counts = {how: sum(each.how is how for each in earlier.matches) for how in How}
    yield "上期得分点的对应:" + "、".join(f"{how}{count}个" for how, count in counts.items() if count) + "。"
    renamed = [each for each in earlier.units if each.now and each.now.short != each.before]
    lines = [f"上期{each.before} → 本期{each.now.short}({each.how})" for each in renamed if each.now]
    lines += [each.text for each in earlier.matches if each.how in {How.LIKE, How.NONE}]
    yield from (f"  {line}" for line in lines[:most])
    if len(lines) > most:
        yield f"  另有{len(lines) - most}条,见“{FILE}”。"
