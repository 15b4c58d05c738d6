"""报送情况 and 催报: who sent what, and when, and what to write to those who still have to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from fazhi_xl.findings import Severity
from fazhi_xl.reports.media.titles import title
from fazhi_xl.reports.media.workbook import Block, Cell, Column, ReportSheet, Sentence, Table
from fazhi_xl.rounds.file import FileResult
from fazhi_xl.rounds.round import Round
from fazhi_xl.rounds.status import Status
from fazhi_xl.scoring.model import UnitScore
from fazhi_xl.text.dates import chinese_date, day_or_blank

# 报送情况 ------------------------------------------------------------------------------------------------------------


_COLUMNS = (
    Column(title="序号", width=8, style="whole"),
    Column(title="单位", width=22),
    Column(title="情况", width=16, style="centre"),
    Column(title="收到日期", width=14, style="centre"),
    Column(title="按时", width=9, style="centre"),
    Column(title="收到份数", width=10, style="whole"),
    Column(title="其中重复", width=10, style="whole"),
    Column(title="须改正", width=9, style="whole"),
    Column(title="请核实", width=9, style="whole"),
    Column(title="计入的文件", width=46),
)


def returns_sheet(round_: Round) -> ReportSheet:
    rows = tuple(_return_row(round_, unit) for unit in round_.due)
    late = f"截止日期{round_.notice.about.dates.ledger_due}"
    blocks: list[Block] = [
        Sentence(f"应报{len(round_.due)}家,已报{len(round_.returned)}家,未报{len(round_.missing)}家。{late}。")
    ]
    if round_.missing:
        blocks.append(Sentence("催报名单:" + "、".join(unit.unit for unit in round_.missing) + "。"))
    blocks += [Table(columns=_COLUMNS, rows=rows), *_unplaced(round_)]
    return ReportSheet(name="报送情况", title=title(round_, "报送情况"), blocks=tuple(blocks))


def _return_row(round_: Round, unit: UnitScore) -> tuple[Cell, ...]:
    number = next(each.no for each in round_.notice.units if each.short == unit.unit)
    own = round_.files_of(unit.unit)
    file = round_.file_of(unit.unit)
    again = sum(each.status is Status.DUPLICATE for each in own)
    if file is None:
        refused = round_.refused_of(unit.unit)
        state, day = ("不能使用", str(refused.received)) if refused else ("未报", None)
        return (number, unit.unit, state, day, None, len(own), again, None, None, None)
    on_time = "迟报" if round_.late(file) else "按时"
    severities = [finding.severity for finding in file.findings]
    counts = severities.count(Severity.ERROR), severities.count(Severity.CONFIRM)
    state = "退回(没有填写)" if _blank(file) else file.status.word
    return (number, unit.unit, state, str(file.received), on_time, len(own), again, *counts, file.path)


def _blank(file: FileResult) -> bool:
    return file.answers is not None and file.answers.blank


def _unplaced(round_: Round) -> Iterator[Table]:
    """List what did not count: rejected, superseded, duplicate and ignored files. Nothing is lost."""
    rest = [file for file in round_.files if not file.counts]
    if rest:
        last = len(_COLUMNS) - 1
        titles = tuple(
            replace(column, title="" if 4 <= no < last else column.title) for no, column in enumerate(_COLUMNS)
        )
        rows = tuple(
            (None, file.unit, file.status.word, str(file.received), *[""] * (last - 4), file.path) for file in rest
        )
        yield Table(title="没有计入的文件", columns=(*titles[:-1], replace(titles[-1], title="文件")), rows=rows)


# 催报 ----------------------------------------------------------------------------------------------------------------


_REMINDER_COLUMNS = (
    Column(title="情况", width=16, style="centre"),
    Column(title="家数", width=8, style="whole"),
    Column(title="催报文字(整格复制即可)", width=120),
)


def reminders_sheet(round_: Round) -> ReportSheet:
    rows = tuple(
        (state, len(units), f"{'、'.join(units)}:{text}") for state, units, text in _reminders(round_) if units
    )
    said = "每种情况一段,可直接粘贴发送。" if rows else "没有需要催报的单位。"
    blocks = (Sentence(said), Table(columns=_REMINDER_COLUMNS, rows=rows))
    return ReportSheet(name="催报", title=title(round_, "催报"), blocks=blocks)


def _reminders(round_: Round) -> Iterator[tuple[str, Sequence[str], str]]:
    """Give each state with the units in it, and what to write to them."""
    about = round_.notice.about
    form, end = f"《{about.short_title}任务分解表》", f"报送至{about.office}。"
    ledger = "和台账资料" if about.texts.evidence else ""
    due = f"通知的报送期限是{chinese_date(about.dates.ledger_due)},"
    files = {unit.unit: round_.file_of(unit.unit) for unit in round_.due}
    absent = [unit for unit, file in files.items() if file is None]
    refused = [unit for unit in absent if round_.refused_of(unit)]
    missing = [unit for unit in absent if unit not in refused]
    yield "未报", missing, f"至今还没有收到你单位的{form}{ledger}。{due}请尽快填好下发的表,{end}"
    unusable = "你单位发来的文件不能使用,原因和空白表已另行发给你单位。"
    yield "不能使用", refused, f"{unusable}{due}请用下发的原表填好{form},尽快{end}"
    blank = [unit for unit, file in files.items() if file and _blank(file)]
    yield "没有填写", blank, f"收到的{form}里没有填写任何内容,可能是发错了文件。{due}请填好后尽快重新{end}"
    wrong = {unit: _errors(file) for unit, file in files.items() if file and unit not in blank and _errors(file)}
    counted = "、".join(f"{unit}{count}处" for unit, count in wrong.items())
    back = f"你单位的{form}已收到,还有须改正的内容({counted}),退回修改的表已另行发给你单位。"
    by = day_or_blank(about.dates.corrections_due)
    yield "退回修改", list(wrong), f"{back}请照“需修改事项”改好,于{by}前{end}"


def _errors(file: FileResult) -> int:
    return sum(found.severity is Severity.ERROR for found in file.findings)
