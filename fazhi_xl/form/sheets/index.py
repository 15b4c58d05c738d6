"""法治环境指数: for reference; the notice asks units to keep the data at hand and not to report it."""

from __future__ import annotations

from collections.abc import Iterator

from fazhi_xl.form.model import Column, Label, Row, Sheet
from fazhi_xl.form.sheets.brief import Brief, band, head_row, heading

NAME = "法治环境指数"
FACTOR, PROJECT, NO, INDICATOR = "因素", "项目", "序号", "指标"
COLUMNS = (
    Column(code=FACTOR, width=20),
    Column(code=PROJECT, width=34),
    Column(code=NO, width=8),
    Column(code=INDICATOR, width=86),
)


def sheet(brief: Brief) -> Sheet:
    index = brief.notice.index
    rows = [
        *heading(brief, COLUMNS, index.title, brief.notice.about.texts.index_clause),
        head_row({FACTOR: FACTOR, PROJECT: PROJECT, NO: NO, INDICATOR: INDICATOR}),
        *_rows(brief),
        band(COLUMNS, "本表供参考,无需填写,也无需报送。", "note"),
    ]
    return Sheet(name=NAME, columns=COLUMNS, rows=tuple(rows), tab="muted", coded=False)


def _rows(brief: Brief) -> Iterator[Row]:
    for project in brief.notice.index.projects:
        for indicator in project.indicators:
            cells = {
                FACTOR: Label(project.factor, "text"),
                PROJECT: Label(project.name, "text"),
                NO: Label(str(indicator.no), "measure"),
                INDICATOR: Label(indicator.text, "text"),
            }
            yield Row(cells=cells)
