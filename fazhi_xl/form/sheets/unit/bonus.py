"""加分申报: the matters a unit claims a bonus for. Deductions are never asked of the unit itself."""

from __future__ import annotations

from dataclasses import replace

from fazhi_xl.findings import Code
from fazhi_xl.form import expression as x
from fazhi_xl.form.expression import Const, Expr, Ref, Span
from fazhi_xl.form.model import STATUS_COLUMN, Check, Computed, Content, Field, Label, Row, Sheet, SheetColumn
from fazhi_xl.form.sheets.common.context import Brief, code_cell, head_row, heading
from fazhi_xl.form.sheets.common.inputs import choice_input, day_input, text_input
from fazhi_xl.form.sheets.common.rows import entry, repeated_above, row_status
from fazhi_xl.points import short

NAME = "加分申报"
SITUATION, MATTER, AUTHORITY, LEVEL, DOCUMENT, DATED, RECOGNISED, NOTE, COUNTED, STATUS = (
    "情形", "事项", "机关", "级别", "文号", "日期", "认可", "备注", "计分", STATUS_COLUMN,
)  # fmt: skip
COLUMNS = (
    SheetColumn(code="编号", width=11),
    SheetColumn(code=SITUATION, width=16, title="加分情形"),
    SheetColumn(code=MATTER, width=40, title="事项名称"),
    SheetColumn(code=AUTHORITY, width=26, title="表彰或推广机关"),
    SheetColumn(code=LEVEL, width=10, title="级别"),
    SheetColumn(code=DOCUMENT, width=22, title="文号"),
    SheetColumn(code=DATED, width=14, title="日期"),
    SheetColumn(code=RECOGNISED, width=13, title="上级认可"),
    SheetColumn(code=NOTE, width=20, title="备注"),
    SheetColumn(code=COUNTED, width=10, title="申报计分"),
    SheetColumn(code=STATUS, width=26),
)
LEVELS = ("国家级", "省部级")
RECOGNITIONS = ("已获认可", "等待认可", "没有认可")
TOTAL = "加分.合计"
_ROWS = 12


def codes() -> tuple[str, ...]:
    """Give the row codes of the claims."""
    return tuple(f"加分.{no:02d}" for no in range(1, _ROWS + 1))


def total_field() -> str:
    """Give the field code of the claimed bonus, capped, in points."""
    return f"{TOTAL}.{COUNTED}"


def sheet(brief: Brief) -> Sheet:
    """Draw up the sheet."""
    about = brief.notice.about
    note = "\n".join((about.texts.bonus_clause, *(f"{each.no}.{each.text}" for each in brief.notice.bonus)))
    rows = [
        *heading(brief, COLUMNS, f"{about.short_title}加分申报表", note),
        head_row(COLUMNS),
        *(_row(brief, position) for position in range(_ROWS)),
        _total(brief),
    ]
    return Sheet(name=NAME, columns=COLUMNS, rows=tuple(rows), tab="input")


def _row(brief: Brief, position: int) -> Row:
    code = codes()[position]
    again = repeated_above(codes(), position, MATTER)  # 加分情形为同一事项的,不重复加分
    fields = _fields(brief, code, again)
    cells: dict[str, Content] = {
        **code_cell(code),
        **{field.column: field for field in fields},
        COUNTED: Computed(_counted(brief, code, again), "computed"),
        STATUS: row_status(fields),
    }
    return Row(code=code, cells=cells, height=30)


def _counted(brief: Brief, code: str, again: Expr) -> Expr:
    refused = x.equal(Ref(f"{code}.{RECOGNISED}"), Const(RECOGNITIONS[-1]))
    named = x.both(*(x.negate(x.blank(Ref(f"{code}.{column}"))) for column in (SITUATION, MATTER)), x.negate(refused))
    each = x.points(brief.notice.bonus[0].points)
    return x.when(x.both(named, x.negate(again)), each, x.ZERO)


def _fields(brief: Brief, code: str, again: Expr) -> tuple[Field, ...]:
    needed = frozenset({SITUATION, MATTER, AUTHORITY, LEVEL, DATED})
    fields = entry(_plain_fields(brief, code), needed)
    if again == x.FALSE:
        return fields
    repeated = Check(code=Code.MATTER_REPEATED, when=again, words={"row": code})
    return tuple(replace(f, checks=(*f.checks, repeated)) if f.column == MATTER else f for f in fields)


def _plain_fields(brief: Brief, code: str) -> tuple[Field, ...]:
    situations = tuple(each.label for each in brief.notice.bonus)
    recognised = "在监测评价系统里报送后,上级是否认可;还不知道的留空。以上级认可为准,选“没有认可”的不计分。"
    return (
        choice_input(code, SITUATION, "加分情形", situations, "通知规定的加分情形。"),
        text_input(code, MATTER, "事项名称", "填表彰、称号或推广的名称。同一事项只填一次。"),
        text_input(code, AUTHORITY, "表彰或推广机关", "填省部级以上机关的全称。"),
        choice_input(code, LEVEL, "级别", LEVELS, "表彰或推广机关的级别。"),
        text_input(code, DOCUMENT, "文号", "填文件编号;没有的留空。"),
        day_input(code, DATED, "日期", brief.notice.about.dates.period, "填文件或报道的日期。"),
        choice_input(code, RECOGNISED, "上级认可", RECOGNITIONS, recognised),
        text_input(code, NOTE, "备注", "其他需要说明的情况。"),
    )


def _total(brief: Brief) -> Row:
    cap = x.points(brief.notice.about.scoring.bonus_cap or 0)
    counted = x.call("sum", Span(tuple(f"{code}.{COUNTED}" for code in codes())))
    cells: dict[str, Content] = {
        **code_cell(TOTAL),
        MATTER: Label(
            f"申报加分合计(以{short(brief.notice.about.scoring.bonus_cap or 0)}分为限,以上级认可为准)", "total"
        ),
        COUNTED: Computed(x.call("minimum", cap, counted), "total_points"),
    }
    return Row(code=TOTAL, cells=cells, height=24)
