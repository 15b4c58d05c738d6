"""Scores, checks and remarks are declared once, as expressions over fields; here they are made, and the values that they have.

An expression has three readings. `to_formula` (`meanings`) writes it with functions that Excel 2010, WPS and LibreOffice share;
the compiled one (`compiled`) computes it with integers and fractions; what each operation means to both stands in one table
(`meanings`). Where a formula would compute with text, both give an error: `#VALUE!` there, `FormulaError` here, so a check asks for
the type first.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import reduce

from fazhi_xl.points import Hundredths

Value = int | Fraction | str | bool | date | None

EPOCH = date(1899, 12, 30)  # the spreadsheet's day 0, right from 1900-03-01 on


class FormulaError(ArithmeticError):
    """The formula would show an error value."""


@dataclass(frozen=True, slots=True)
class Const:
    """A number, text, truth value or day; dates count as day numbers."""

    value: int | str | bool | date


@dataclass(frozen=True, slots=True)
class Ref:
    """A cell, by its field (`15.4.自评`): row code, a full stop, column code."""

    field: str


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one column, from the first field's cell to the last one's."""

    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """An operation of `MEANINGS` over its arguments."""

    op: str
    args: tuple[Expr, ...]


Expr = Const | Ref | Span | Call
ZERO, ONE, EMPTY, TRUE, FALSE = Const(0), Const(1), Const(""), Const(value=True), Const(value=False)


def serial(day: date) -> int:
    """Give the number by which a spreadsheet counts the day (1900 date system)."""
    return (day - EPOCH).days


def number(value: Value) -> int | Fraction:
    """Give the number a formula would compute with: a blank is 0, a date its day number, text an error."""
    if type(value) is int or type(value) is Fraction:  # most are; to ask `isinstance` of a fraction takes longer
        return value
    if isinstance(value, str):
        raise FormulaError(value)
    if isinstance(value, date):
        return serial(value)
    return int(value or 0)


def text(value: Value) -> str:
    """Give the text a formula would join: numbers without trailing zeros."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str | None):
        return value or ""
    exact = number(value)
    return str(exact.numerator) if exact.denominator == 1 else str(float(exact))


def add_months(day: date, months: int) -> date:
    """Move by whole months, to the month's last day where the day does not exist, as EDATE does."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, calendar.monthrange(years, month + 1)[1]))


def call(op: str, *args: Expr) -> Expr:
    """Make a call of an operation that has no function here."""
    return Call(op, args)


def add(*terms: Expr) -> Expr:
    """Add terms; zeros are left out."""
    kept = [term for term in terms if term != ZERO]
    return reduce(lambda a, b: Call("add", (a, b)), kept) if kept else ZERO


def subtract(left: Expr, right: Expr) -> Expr:
    """Subtract; zero is left out."""
    return left if right == ZERO else Call("subtract", (left, right))


def multiply(*factors: Expr) -> Expr:
    """Multiply factors; constants are multiplied here."""
    if ZERO in factors:
        return ZERO
    constant = 1
    kept: list[Expr] = []
    for factor in factors:
        if isinstance(factor, Const) and isinstance(factor.value, int):
            constant *= factor.value
        else:
            kept.append(factor)
    if constant != 1 or not kept:
        kept.insert(0, Const(constant))
    return reduce(lambda a, b: Call("multiply", (a, b)), kept)


def divide(left: Expr, right: Expr) -> Expr:
    """Divide; a divisor of one is left out."""
    return left if right == ONE else Call("divide", (left, right))


def points(hundredths: Hundredths) -> Expr:
    """Give points, which are known in hundredths, as the quotient of two whole numbers."""
    return divide(Const(hundredths.numerator), Const(100 * hundredths.denominator))


def equal(left: Expr, right: Expr) -> Expr:
    """Compare as a spreadsheet does: without case, and a blank equals 0 and the empty text."""
    return Call("equal", (left, right))


def less(left: Expr, right: Expr) -> Expr:
    """Compare as a spreadsheet does: any text is greater than any number."""
    return Call("less", (left, right))


def at_most(left: Expr, right: Expr) -> Expr:
    """Compare as `less` does, equal values included."""
    return Call("at_most", (left, right))


def both(*conditions: Expr) -> Expr:
    """All of the conditions; with none, true."""
    return _junction("and", TRUE, FALSE, conditions)


def either(*conditions: Expr) -> Expr:
    """At least one of the conditions; with none, false."""
    return _junction("or", FALSE, TRUE, conditions)


def _junction(op: str, neutral: Expr, decisive: Expr, conditions: tuple[Expr, ...]) -> Expr:
    """Join conditions; one that is `neutral` is left out, and one that is `decisive` is the result."""
    kept = tuple(condition for condition in conditions if condition != neutral)
    if decisive in kept:
        return decisive
    if len(kept) < 2:
        return kept[0] if kept else neutral
    return Call(op, kept)


def negate(condition: Expr) -> Expr:
    """Negate a condition; a constant is negated here."""
    if isinstance(condition, Const):
        return Const(value=not condition.value)
    return Call("not", (condition,))


def when(condition: Expr, then: Expr, otherwise: Expr) -> Expr:
    """Choose between two values; only the chosen one is evaluated."""
    if isinstance(condition, Const):
        return then if condition.value else otherwise
    return Call("if", (condition, then, otherwise))


def first_of(cases: tuple[tuple[Expr, Expr], ...], otherwise: Expr) -> Expr:
    """Give the value of the first case whose condition holds."""
    return reduce(lambda rest, case: when(case[0], case[1], rest), reversed(cases), otherwise)


def blank(expr: Expr) -> Expr:
    """Give the condition that a cell is blank, or holds the empty text."""
    return equal(expr, EMPTY)


def is_number(expr: Expr) -> Expr:
    """Give the condition that a cell holds a number or a day."""
    return Call("is_number", (expr,))


def join(*parts: Expr) -> Expr:
    """Join texts; numbers are written without trailing zeros."""
    return reduce(lambda a, b: Call("join", (a, b)), parts)
