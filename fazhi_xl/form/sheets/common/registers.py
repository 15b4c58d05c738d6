"""What a row of a register asks for, whoever keeps it, and when it is on time: one declaration for both books."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from fazhi_xl.form import expression as x
from fazhi_xl.form.checks import with_checks
from fazhi_xl.form.expression import Const, Expr, Ref, add_months
from fazhi_xl.form.model import Field
from fazhi_xl.form.sheets.common.inputs import choice_input, day_input, text_input
from fazhi_xl.form.sheets.common.rows import needed_where
from fazhi_xl.notice.choices import Kind, Periods
from fazhi_xl.notice.model import Dates
from fazhi_xl.notice.registers import OnTime, Register, RegisterColumn

MONTHS = {Periods.MONTH: 1, Periods.QUARTER: 3}
"""How many months a period has."""


def column_input(row: str, column: RegisterColumn, days: tuple[date, date]) -> Field:
    """Ask for what stands in a column, in the row with this code; `days` bound a date where the catalogue does not."""
    match column.kind:
        case Kind.TEXT:
            return text_input(row, column.key, column.heading, column.hint, length=column.length)
        case Kind.CHOICE:
            return choice_input(row, column.key, column.heading, column.options, column.hint)
        case Kind.DATE:
            bounds = column.earliest or days[0], column.latest or days[1]
            return day_input(row, column.key, column.heading, bounds, column.hint)
    return Field(
        row=row,
        column=column.key,
        label=column.heading,
        kind=column.kind,
        minimum=column.minimum,
        maximum=column.maximum,
        places=column.places,
        measure=column.measure,
        prompt=column.hint,
    )


def with_conditions(register: Register, fields: Iterable[Field]) -> Iterator[Field]:
    """Ask for a column that is needed with a value of another one just where that one has it."""
    conditions = {column.key: column.required_with for column in register.columns}
    for field in fields:
        where = [
            x.equal(Ref(f"{field.row}.{key}"), Const(value)) for key, value in conditions.get(field.column, {}).items()
        ]
        yield with_checks(replace(field, checks=()), needed_where(field, *where)) if where else field


def needed(register: Register) -> frozenset[str]:
    """Name the columns that must be filled once any other one is."""
    return frozenset(each.key for each in register.columns if each.required and not each.required_with)


# On time -------------------------------------------------------------------------------------------------------------


def in_time(register: Register, rule: OnTime, dates: Dates, day: Expr, period: int = 0) -> Expr:
    """Give the condition that a row's day is on time; `period` is the number of the row's month or quarter, 0 without one.

    A row for a further piece of a quarter belongs to the quarter in which its day falls, or would without the months allowed.
    """
    early = x.at_most(x.call("day", day), Const(rule.day))
    if register.periods is not Periods.QUARTER and not (period and rule.months_after):
        return early
    if period:
        return x.at_most(day, Const(_last_day(register, rule, dates, period)))
    ends = (Const((month + rule.months_after - 1) % 12 + 1) for month in (3, 6, 9, 12))
    return x.either(x.negate(x.either(*(x.equal(x.call("month", day), month) for month in ends))), early)


def _last_day(register: Register, rule: OnTime, dates: Dates, period: int) -> date:
    months = MONTHS[register.periods or Periods.MONTH]
    return add_months(_first(dates, period * months, rule.day), rule.months_after)


def period_start(register: Register, dates: Dates, period: int) -> date:
    """Give the first day of a month or a quarter of the assessment period, by its number."""
    months = MONTHS[register.periods or Periods.MONTH]
    return add_months(_first(dates, period * months, 1), 1 - months)


def _first(dates: Dates, month: int, day: int) -> date:
    """Give this day of a month of the assessment period: its first year's, or the next year's where that began later."""
    start = dates.period_start
    return date(start.year + (month < start.month), month, day)


def days_of(register: Register, dates: Dates) -> tuple[date, date]:
    """Give the days that a register of a unit may name: the period, and the time that its rows have after it."""
    rule = register.on_time
    if rule is None or not rule.months_after:
        return dates.period
    return dates.period_start, max(
        dates.period_end, add_months(dates.period_end.replace(day=rule.day), rule.months_after)
    )
