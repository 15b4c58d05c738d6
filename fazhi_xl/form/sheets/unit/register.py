"""A register that each unit keeps: a row for each thing listed, by month or quarter where the catalogue says so.

What its rows feed to the sub-points is said here once, as formulas over its columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from fazhi_xl.findings import Code
from fazhi_xl.form import expression as x
from fazhi_xl.form.checks import date_in_bounds
from fazhi_xl.form.expression import EMPTY, Const, Expr, Ref, Span
from fazhi_xl.form.model import STATUS_COLUMN, Check, Computed, Content, Field, Label, Row, Sheet, SheetColumn
from fazhi_xl.form.sheets.common.context import Brief, band, code_cell, head_row, heading
from fazhi_xl.form.sheets.common.counts import count_where, sum_where
from fazhi_xl.form.sheets.common.registers import (
    MONTHS,
    column_input,
    days_of,
    in_time,
    needed,
    period_start,
    with_conditions,
)
from fazhi_xl.form.sheets.common.rows import entry, row_status
from fazhi_xl.notice.choices import KeptBy, Periods
from fazhi_xl.notice.model import Notice
from fazhi_xl.notice.registers import Feed, Register

ON_TIME, LATE = "按时", "迟报"
_ROWS = 12
_FURTHER = "补充"  # rows without a period
_WIDTH, _STATUS = 160, (26.0, 48.0)  # of all columns, and the least and the most of the result's


def row_codes(register: Register) -> tuple[str, ...]:
    """Give the codes of its rows: `信息.01`."""
    rows = register.rows or _ROWS
    return tuple(f"{register.code}.{no:0{max(2, len(str(rows)))}d}" for no in range(1, rows + 1))


def total_code(register: Register) -> str:
    """Give the code of the row that sums it up."""
    return f"{register.code}.合计"


# What it feeds -------------------------------------------------------------------------------------------------------


def source_of(notice: Notice, sub_point: str, key: str) -> tuple[Register, Feed]:
    """Find the register that gives an input of a sub-point, named by its id. Raises StopIteration where there is none."""
    kept = ((each, feed) for each in notice.registers_of(KeptBy.UNIT) for feed in each.feeding(sub_point))
    return next((each, feed) for each, feed in kept if feed.input == key)


def quantity(register: Register, feed: Feed) -> Expr:
    """Give the number that the rows feed: how many match, or the sum of a column over those that match."""
    codes = row_codes(register)

    def column(key: str) -> Span:
        return Span(tuple(f"{code}.{key}" for code in codes))

    pairs = [(column(key), said) for key, said in feed.where.items()]
    if feed.on_time and register.on_time:
        pairs.insert(0, (column(register.on_time.counted), ON_TIME))
    if feed.sum:
        return sum_where(column(feed.sum), pairs)
    if not pairs:
        named = next((each.key for each in register.columns if each.key in needed(register)), register.columns[0].key)
        return x.subtract(Const(len(codes)), x.call("count_blank", column(named)))
    return count_where(pairs)


# The sheet -----------------------------------------------------------------------------------------------------------


def sheet(brief: Brief, register: Register) -> Sheet:
    """Draw up the sheet of a register."""
    about, columns = brief.notice.about, _columns(register)
    rows = [
        *heading(brief, columns, f"{about.short_title}{register.heading}", register.note),
        head_row(columns),
        *(_row(brief, register, no, code) for no, code in enumerate(row_codes(register), 1)),
        *_total(register),
        *((band(columns, register.foot, "note"),) if register.foot else ()),
    ]
    return Sheet(name=register.name, columns=columns, rows=tuple(rows), tab="input")


def _columns(register: Register) -> tuple[SheetColumn, ...]:
    rule, periods = register.on_time, register.periods
    columns = [
        SheetColumn(code="编号", width=max(11, 2 * len(register.code) + 5)),
        *((SheetColumn(code=periods.word, width=8, title=periods.word),) if periods else ()),
        *(SheetColumn(code=each.key, width=each.width, title=each.heading) for each in register.columns),
        *((SheetColumn(code=rule.counted, width=10, title=rule.title),) if rule else ()),
    ]
    least, most = _STATUS
    left = _WIDTH - sum(column.width for column in columns)
    return (*columns, SheetColumn(code=STATUS_COLUMN, width=min(most, max(least, left))))


def _row(brief: Brief, register: Register, no: int, code: str) -> Row:
    periods = register.periods
    period = no if periods and no <= 12 // MONTHS[periods] else 0
    fields = _fields(brief, register, code, period)
    cells: dict[str, Content] = {
        **code_cell(code),
        **({periods.word: Label(_name(periods, period), "measure")} if periods else {}),
        **{field.column: field for field in fields},
        **_counted(brief, register, fields, period),
        STATUS_COLUMN: row_status(fields, brief.weights),
    }
    return Row(code=code, cells=cells, height=22)


def _name(periods: Periods, period: int) -> str:
    """Write a row's month or quarter."""
    if not period:
        return _FURTHER
    return f"{period}月" if periods is Periods.MONTH else f"第{period}季度"


def _fields(brief: Brief, register: Register, code: str, period: int) -> tuple[Field, ...]:
    days = days_of(register, brief.notice.about.dates)
    plain = (column_input(code, column, days) for column in register.columns)
    fields = with_conditions(register, entry(plain, needed(register)))
    reported = register.on_time.column if register.on_time else ""
    return tuple(
        replace(each, checks=(*each.checks, *_period_check(brief, register, each, period)))
        if each.column == reported
        else each
        for each in fields
    )


def _period_check(brief: Brief, register: Register, day: Field, period: int) -> Iterator[Check]:
    """Compare the day with the row's month, or with the first day of what is reported later; further rows have none."""
    periods, rule = register.periods, register.on_time
    if not (period and periods and rule):
        return
    cell = Ref(day.key)
    if periods is Periods.MONTH and not rule.months_after:
        apart = x.negate(x.equal(x.call("month", cell), Const(period)))
    else:
        apart = x.less(cell, Const(period_start(register, brief.notice.about.dates, period)))
    wrong = x.when(x.is_number(cell), apart, x.FALSE)
    words = {"row": day.row, "of": day.label, "period": _name(periods, period), "periods": periods.word}
    yield Check(code=Code.MONTH_WRONG, when=wrong, words=words)


def _counted(brief: Brief, register: Register, fields: tuple[Field, ...], period: int) -> dict[str, Content]:
    """Say in the register's own column whether a row's day is on time; blank where the day cannot stand."""
    rule = register.on_time
    if rule is None:
        return {}
    sent = next(field for field in fields if field.column == rule.column)
    usable = x.both(x.is_number(Ref(sent.key)), date_in_bounds(sent))
    early = in_time(register, rule, brief.notice.about.dates, Ref(sent.key), period)
    said = x.when(usable, x.when(early, Const(ON_TIME), Const(LATE)), EMPTY)
    return {rule.counted: Computed(said, "computed_text")}


def _total(register: Register) -> Iterator[Row]:
    if not register.summary:
        return
    code, widest = total_code(register), max(register.columns, key=lambda each: each.width)
    first, *others = (column.code for column in _columns(register))
    cells: dict[str, Content] = {first: Label(code, "total_code"), **{each: Label("", "total") for each in others}}
    cells[widest.key] = Computed(_summary(register), "total")
    yield Row(code=code, cells=cells, height=24)


def _summary(register: Register) -> Expr:
    """Write its numbers into its summary, each in the place of its input's key."""
    numbers = {feed.input: quantity(register, feed) for feed in reversed(register.feeds)}
    parts = re.split(r"\{(\w+)\}", register.summary)
    said = (numbers.get(part, Const(part)) if no % 2 else Const(part) for no, part in enumerate(parts))
    return x.join(*(part for part in said if part != EMPTY))
