"""问题清单: everything that was found, the gravest first."""

from __future__ import annotations

from fazhi_xl.reports.book import Column, ReportSheet, Table
from fazhi_xl.reports.round import SEVERITY_WORDS, Round
from fazhi_xl.reports.titles import title


def problems_sheet(done: Round) -> ReportSheet:
    columns = (
        Column(title="单位", width=18),
        Column(title="程度", width=11, style="centre"),
        Column(title="工作表", width=14),
        Column(title="单元格", width=9, style="centre"),
        Column(title="编号", width=20),
        Column(title="填报内容", width=22),
        Column(title="问题和怎样改", width=70),
        Column(title="文件", width=40),
    )
    rows = tuple(
        (
            file.unit,
            SEVERITY_WORDS[finding.severity],
            finding.place.sheet,
            finding.place.cell,
            finding.place.field,
            finding.value,
            finding.message,
            file.path,
        )
        for severity in SEVERITY_WORDS
        for file in done.files
        for finding in file.findings
        if finding.severity == severity
    )
    return ReportSheet(
        name="问题清单",
        title=title(done, "问题清单"),
        blocks=(Table(columns=columns, rows=rows),),
        tab="error",
        filtered=True,
    )
