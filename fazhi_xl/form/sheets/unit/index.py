"""The index: indicators for reference, of which units keep the data at hand and report nothing."""

from __future__ import annotations

from collections.abc import Iterator

from fazhi_xl.form.model import Label, Row, Sheet, SheetColumn
from fazhi_xl.form.sheets.common.context import Brief, band, head_row, heading

FACTOR, PROJECT, NO, INDICATOR, KEEP = "因素", "项目", "序号", "指标", "平时备好的资料(建议)"
COLUMNS = (
    SheetColumn(code=FACTOR, width=18),
    SheetColumn(code=PROJECT, width=28),
    SheetColumn(code=NO, width=7),
    SheetColumn(code=INDICATOR, width=60),
    SheetColumn(code=KEEP, width=48),
)


def sheet(brief: Brief) -> Sheet:
    """Draw up the sheet, which has no inputs."""
    index = brief.index
    rows = [
        *heading(brief, COLUMNS, index.title, brief.notice.about.texts.index_clause),
        head_row(COLUMNS),
        *_rows(brief),
        band(COLUMNS, "本表供参考,无需填写,也无需报送。", "note"),
    ]
    return Sheet(name=index.sheet, columns=COLUMNS, rows=tuple(rows), tab="muted", coded=False)


def _rows(brief: Brief) -> Iterator[Row]:
    for project in brief.index.projects:
        for indicator in project.indicators:
            cells = {
                FACTOR: Label(project.factor, "text"),
                PROJECT: Label(project.name, "text"),
                NO: Label(str(indicator.no), "measure"),
                INDICATOR: Label(indicator.text, "text"),
                KEEP: Label(indicator.keep, "text"),
            }
            yield Row(cells=cells)
