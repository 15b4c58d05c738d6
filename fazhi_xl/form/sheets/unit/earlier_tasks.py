"""任务分解表 as the first two drafts laid it out: rounds that were issued so are compared with it."""

from __future__ import annotations

from dataclasses import replace

from fazhi_xl.form.model import Label, Row, Sheet, SheetColumn
from fazhi_xl.form.sheets.common.context import Brief, head_row
from fazhi_xl.form.sheets.unit.item_row import earlier_band

_POINTS, _HINT = "分值", "说明"
_ORDER = ("编号", "项目", _POINTS, "填报", "单位", "上期", "测算", "自评", _HINT, "校验")
_TITLES = {"项目": "得分点 / 填报指标"}


def as_issued(brief: Brief, sheet: Sheet) -> Sheet:
    """Lay out today's sheet so: the points left of the answers, hints among the remarks, an item's basis in its own row, no merges."""
    ordered = sorted(sheet.columns, key=lambda column: _ORDER.index(column.code))
    columns = tuple(replace(column, title=_title(column)) for column in ordered)
    bands = {str(item.no): earlier_band(brief, columns, item) for item in brief.items}
    kept = (row for row in sheet.rows if not any(content.style == "basis" for content in row.cells.values()))
    rows = (head_row(columns) if row.head else bands.get(row.code) or _unmerged(row) for row in kept)
    return replace(sheet, columns=columns, rows=tuple(rows))


def _title(column: SheetColumn) -> str:
    return _TITLES.get(column.code, column.title.partition("\n")[0])


def _unmerged(row: Row) -> Row:
    hint = row.cells.get(_POINTS)
    moved = {_POINTS: Label(""), _HINT: hint} if isinstance(hint, Label) else {}
    return replace(row, cells={**row.cells, **moved}, stretched={})
