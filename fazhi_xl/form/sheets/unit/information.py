"""信息报送: one row per piece of information reported, month by month, and the two counts that a tally takes from it."""

from __future__ import annotations

from dataclasses import replace

from fazhi_xl.findings import Code
from fazhi_xl.form import expression as x
from fazhi_xl.form.checks import date_in_bounds, with_checks
from fazhi_xl.form.expression import EMPTY, Const, Expr, Ref, Span
from fazhi_xl.form.model import STATUS_COLUMN, Check, Computed, Content, Field, Label, Row, Sheet, SheetColumn
from fazhi_xl.form.sheets.common.context import Brief, band, code_cell, head_row, heading
from fazhi_xl.form.sheets.common.inputs import choice_input, day_input, text_input
from fazhi_xl.form.sheets.common.rows import entry, needed_where, row_status
from fazhi_xl.notice.choices import KeptBy
from fazhi_xl.notice.model import Notice
from fazhi_xl.notice.registers import Register

NAME = "信息报送"
MONTH, TITLE, SENT, ADOPTED, ISSUE, COUNTED, STATUS = "月份", "标题", "报送日期", "录用", "期号", "计分", STATUS_COLUMN
COLUMNS = (
    SheetColumn(code="编号", width=11),
    SheetColumn(code=MONTH, width=8, title="月份"),
    SheetColumn(code=TITLE, width=52, title="信息标题"),
    SheetColumn(code=SENT, width=14, title="报送日期"),
    SheetColumn(code=ADOPTED, width=11, title="录用情况"),
    SheetColumn(code=ISSUE, width=18, title="简报期号"),
    SheetColumn(code=COUNTED, width=10, title="计分情况"),
    SheetColumn(code=STATUS, width=48),
)
ON_TIME, LATE = "按时", "迟报"
TAKEN, NOT_TAKEN = "已录用", "未录用"
_ROWS = 24  # twelve months, and as many again for months with a second piece


def _codes() -> tuple[str, ...]:
    return tuple(f"信息.{no:02d}" for no in range(1, _ROWS + 1))


def on_time() -> Expr:
    """Count the pieces reported by the monthly day."""
    return x.call("count_equal", Span(tuple(f"{code}.{COUNTED}" for code in _codes())), Const(ON_TIME))


def adopted() -> Expr:
    """Count the pieces that the provincial bulletin took."""
    return x.call("count_equal", Span(tuple(f"{code}.{ADOPTED}" for code in _codes())), Const(TAKEN))


def sheet(brief: Brief) -> Sheet:
    """Draw up the sheet."""
    about = brief.notice.about
    total = x.join(Const("按时报送"), on_time(), Const("篇,录用"), adopted(), Const("篇。得分见任务分解表。"))
    rows = [
        *heading(brief, COLUMNS, f"{about.short_title}综合信息报送情况", reports(brief.notice).note),
        head_row(COLUMNS),
        *(_row(brief, no, code) for no, code in enumerate(_codes(), 1)),
        Row(code="信息.合计", cells={**code_cell("信息.合计"), TITLE: Computed(total, "total")}, height=24),
        band(COLUMNS, reports(brief.notice).foot, "note"),
    ]
    return Sheet(name=NAME, columns=COLUMNS, rows=tuple(rows), tab="input")


def _row(brief: Brief, no: int, code: str) -> Row:
    month = no if no <= 12 else 0
    title, sent, taken, issue = fields = _fields(brief, code, month)
    day = Ref(sent.key)
    usable = x.both(x.is_number(day), date_in_bounds(sent))
    counted = x.when(by_monthly_day(brief.notice, day), Const(ON_TIME), Const(LATE))
    cells: dict[str, Content] = {
        **code_cell(code),
        MONTH: Label(f"{month}月" if month else "补充", "measure"),
        TITLE: title,
        SENT: sent,
        ADOPTED: taken,
        ISSUE: issue,
        COUNTED: Computed(x.when(usable, counted, EMPTY), "computed_text"),
        STATUS: row_status(fields),
    }
    return Row(code=code, cells=cells, height=22)


def _fields(brief: Brief, code: str, month: int) -> tuple[Field, Field, Field, Field]:
    asked = f"填向{brief.notice.about.office}报送的日期。"
    plain = (
        text_input(code, TITLE, "信息标题", "填报送的综合信息的标题。"),
        day_input(code, SENT, "报送日期", brief.notice.about.dates.period, asked),
        choice_input(code, ADOPTED, "录用情况", (TAKEN, NOT_TAKEN), f"被简报采用的选“{TAKEN}”,并填期号。"),
        text_input(code, ISSUE, "简报期号", "例如:第15期。", length=60),
    )
    title, sent, taken, issue = entry(plain, frozenset({TITLE, SENT}))
    issue = with_checks(replace(issue, checks=()), needed_where(issue, x.equal(Ref(taken.key), Const(TAKEN))))
    return title, replace(sent, checks=(*sent.checks, *_month_check(sent, month))), taken, issue


def _month_check(sent: Field, month: int) -> tuple[Check, ...]:
    """Compare the day with the row's month; the rows for further pieces have none."""
    if not month:
        return ()
    cell = Ref(sent.key)
    wrong = x.when(x.is_number(cell), x.negate(x.equal(x.call("month", cell), Const(month))), x.FALSE)
    return (Check(code=Code.MONTH_WRONG, when=wrong, words={"row": sent.row, "month": f"{month}月"}),)


def by_monthly_day(notice: Notice, sent: Expr) -> Expr:
    """Say whether a piece was reported by the day of the month that the notice names, that day included."""
    rule = reports(notice).on_time
    return x.at_most(x.call("day", sent), Const(rule.day if rule else 31))


def reports(notice: Notice) -> Register:
    """Give the register of reports."""
    return notice.registers_of(KeptBy.UNIT)[0]
