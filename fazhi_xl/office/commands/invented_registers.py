"""Makes up the rows of the registers that a unit keeps; everything is invented."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from fazhi_xl.form.expression import Value, add_months
from fazhi_xl.form.model import Field, Shape
from fazhi_xl.form.sheets.common.registers import MONTHS, period_start
from fazhi_xl.form.sheets.unit.register import row_codes
from fazhi_xl.notice.choices import Kind
from fazhi_xl.notice.model import Notice
from fazhi_xl.notice.registers import Register, RegisterColumn
from fazhi_xl.office.commands.invented_facts import Mood

_SOME = 6  # rows of a register without periods that may be filled in


def invented_rows(notice: Notice, register: Register, shape: Shape, mood: Mood) -> dict[str, Value]:
    """List what a register asks for, mostly in time: the months or quarters until the forms are due, else a few rows."""
    made: dict[str, Value] = {}
    months = list(_report_months(notice, register))
    for no, code in enumerate(row_codes(register)[: len(months) if register.periods else _SOME]):
        if mood.random.random() < mood.diligence * 0.6:
            row = [field for field in shape.fields.values() if field.row == code]
            made |= _listed(register, row, months[no] if months else None, mood.random)
    return made


def _report_months(notice: Notice, register: Register) -> Iterator[date]:
    """Give the first day of the month in which each period is reported, up to the day that the forms are due."""
    dates, rule, periods = notice.about.dates, register.on_time, register.periods
    if periods is None:
        return
    after = MONTHS[periods] - 1 + (rule.months_after if rule else 0)
    for no in range(1, 12 // MONTHS[periods] + 1):
        month = add_months(period_start(register, dates, no), after)
        if month <= dates.ledger_due:
            yield month


def _listed(register: Register, row: list[Field], month: date | None, random: Random) -> dict[str, Value]:
    """Fill in a row: its choices first, on which other columns may depend."""
    columns = {column.key: column for column in register.columns}
    made: dict[str, Value] = {}
    for field in sorted(row, key=lambda field: field.kind is not Kind.CHOICE):
        column = columns[field.column]
        asked = all(made.get(key) == said for key, said in column.required_with.items())
        if field.kind is Kind.CHOICE or (asked and (column.required or column.required_with)):
            made[field.column] = _cell(register, column, field, month, random)
    return {field.key: made[field.column] for field in row if field.column in made}


def _cell(register: Register, column: RegisterColumn, field: Field, month: date | None, random: Random) -> Value:
    match field.kind:
        case Kind.CHOICE:
            first, *others = field.options
            return first if random.random() < 0.1 else others[0] if len(others) == 1 else random.choice(others)
        case Kind.DATE:
            return _day_in(field, month, random)
        case Kind.TEXT:
            number = random.randint(1, 40) if column.required_with else ""
            return f"【演练】{register.name}{column.heading}{number}"[: field.length]
    low, high = (int(Decimal(str(bound))) for bound in (field.minimum, field.maximum))
    return random.randint(low, min(high, low + 8))


def _day_in(field: Field, month: date | None, random: Random) -> date:
    first, last = field.minimum, field.maximum
    if not (isinstance(first, date) and isinstance(last, date)):
        raise TypeError(field.key)
    day = month.replace(day=random.randint(3, 18)) if month else first + timedelta(days=random.randint(10, 200))
    return min(max(day, first), last)
