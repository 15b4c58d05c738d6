"""报送情况: who sent what, and when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from fazhi_xl.reports.book import Block, Cell, Column, ReportSheet, Sentence, Table
from fazhi_xl.reports.round import STATUS_WORDS, Round
from fazhi_xl.reports.titles import title
from fazhi_xl.scoring.model import UnitScore


def returns_sheet(done: Round) -> ReportSheet:
    columns = (
        Column(title="序号", width=8, style="whole"),
        Column(title="单位", width=22),
        Column(title="情况", width=16, style="centre"),
        Column(title="收到日期", width=14, style="centre"),
        Column(title="按时", width=9, style="centre"),
        Column(title="收到份数", width=10, style="whole"),
        Column(title="须改正", width=9, style="whole"),
        Column(title="请核实", width=9, style="whole"),
        Column(title="计入的文件", width=46),
    )
    rows = tuple(_return_row(done, unit) for unit in done.units)
    late = f"截止日期{done.notice.about.dates.ledger_due}"
    blocks: list[Block] = [
        Sentence(f"应报{len(done.units)}家,已报{len(done.returned)}家,未报{len(done.missing)}家。{late}。")
    ]
    if done.missing:
        blocks.append(Sentence("催报名单:" + "、".join(unit.unit for unit in done.missing) + "。"))
    blocks += [Table(columns=columns, rows=rows), *_unplaced(done, columns)]
    return ReportSheet(name="报送情况", title=title(done, "报送情况"), blocks=tuple(blocks))


def _return_row(done: Round, unit: UnitScore) -> tuple[Cell, ...]:
    number = next(each.no for each in done.notice.units if each.short == unit.unit)
    own = [file for file in done.files if file.unit == unit.unit]
    file = done.file_of(unit.unit)
    if file is None:
        return (number, unit.unit, "未报", None, None, len(own), None, None, None)
    on_time = "按时" if file.received <= done.notice.about.dates.ledger_due else "迟报"
    severities = [str(finding.severity) for finding in file.findings]
    counts = severities.count("error"), severities.count("confirm")
    return (number, unit.unit, STATUS_WORDS[file.status], str(file.received), on_time, len(own), *counts, file.path)


def _unplaced(done: Round, columns: tuple[Column, ...]) -> Iterator[Table]:
    """List what did not count: rejected, superseded, duplicate and ignored files. Nothing is lost."""
    rest = [file for file in done.files if not file.counts]
    if rest:
        titles = tuple(replace(column, title="" if 4 <= no <= 7 else column.title) for no, column in enumerate(columns))
        rows = tuple(
            (None, file.unit, STATUS_WORDS[file.status], str(file.received), "", "", "", "", file.path) for file in rest
        )
        yield Table(title="没有计入的文件", columns=(*titles[:-1], replace(titles[-1], title="文件")), rows=rows)
