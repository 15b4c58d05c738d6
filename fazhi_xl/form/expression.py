"""One expression, two readings: a spreadsheet formula and an exact Python value.

Scores, checks and remarks are declared once as expressions over fields. `to_formula` writes them with functions that Excel 2010,
WPS and LibreOffice share; `Evaluator` computes them with integers and fractions. Where a formula would compute with text, both
give an error: `#VALUE!` there, `FormulaError` here, so a check asks for the type first.
"""

from __future__ import annotations

import calendar
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import reduce
from math import ceil, floor
from typing import Any

from fazhi_xl.points import Hundredths, round_half_up, show

Value = int | Fraction | str | bool | date | None

_EPOCH = date(1899, 12, 30)  # the spreadsheet's day 0, right from 1900-03-01 on


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
    """An operation of `_MEANINGS` over its arguments."""

    op: str
    args: tuple[Expr, ...]


Expr = Const | Ref | Span | Call
ZERO, ONE, EMPTY, TRUE, FALSE = Const(0), Const(1), Const(""), Const(value=True), Const(value=False)


def serial(day: date) -> int:
    """Give the number by which a spreadsheet counts the day (1900 date system)."""
    return (day - _EPOCH).days


def number(value: Value) -> Fraction:
    """Give the number a formula would compute with: a blank is 0, a date its day number, text an error."""
    if isinstance(value, str):
        raise FormulaError(value)
    if isinstance(value, date):
        return Fraction(serial(value))
    return Fraction(value or 0)


def text(value: Value) -> str:
    """Give the text a formula would join: numbers without trailing zeros."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str | None):
        return value or ""
    exact = number(value)
    return str(exact.numerator) if exact.denominator == 1 else str(float(exact))


def _same(left: Value, right: Value) -> bool:
    """Compare as a spreadsheet does: case does not count, and a blank equals 0 and an empty text alike."""
    if isinstance(left, str | None) and isinstance(right, str | None):
        return (left or "").lower() == (right or "").lower()
    if isinstance(left, str) or isinstance(right, str):
        return False
    return number(left) == number(right)


def _less(left: Value, right: Value) -> bool:
    """Compare as a spreadsheet does: every text is greater than every number, and a blank equals 0 and the empty text."""
    if isinstance(left, str | None) and isinstance(right, str | None):
        return (left or "").lower() < (right or "").lower()
    if isinstance(left, str) or isinstance(right, str):
        return isinstance(right, str)
    return number(left) < number(right)


def _is_number(value: Value) -> bool:
    return not isinstance(value, bool | str | None)


def add_months(day: date, months: int) -> date:
    """Move by whole months, to the month's last day where the day does not exist, as EDATE does."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, calendar.monthrange(years, month + 1)[1]))


def _day(value: Value) -> date:
    exact = number(value)
    if not 0 < exact < 2_958_466:  # 9999-12-31
        raise FormulaError(text(value))
    return _EPOCH + timedelta(days=floor(exact))


def _read(value: Value) -> Fraction:
    """Read a number from a text, as what is filled into a slot is one."""
    try:
        return Fraction(text(value))
    except ValueError:
        raise FormulaError(value) from None


def _divide(left: Value, right: Value) -> Fraction:
    if number(right) == 0:
        raise FormulaError("#DIV/0!")
    return number(left) / number(right)


def _round_places(value: Value, places: Value) -> Fraction:
    scale = 10 ** int(number(places))
    return Fraction(round_half_up(number(value) * scale), scale)


@dataclass(frozen=True, slots=True)
class _Meaning:
    formula: str  # over the arguments; `{*}` stands for all of them, separated by commas
    python: Callable[..., Value]


def _infix(sign: str, python: Callable[..., Value]) -> _Meaning:
    return _Meaning(f"({{0}}{sign}{{1}})", python)


def _rows(pairs: tuple[Any, ...]) -> list[bool]:
    stretches = ([_same(cell, value) for cell in cells] for cells, value in zip(pairs[::2], pairs[1::2], strict=True))
    return [all(row) for row in zip(*stretches, strict=True)]


def _sum_where(amounts: list[Value], *pairs: Any) -> Fraction:  # noqa: ANN401 - stretches and values in turn
    rows = zip(amounts, _rows(pairs), strict=True)
    return sum((number(amount) for amount, kept in rows if kept and _is_number(amount)), Fraction(0))


def _place_of(wanted: Value, cells: list[Value]) -> int:
    found = next((no for no, cell in enumerate(cells, 1) if _same(cell, wanted)), None)
    if found is None:
        raise FormulaError("#N/A")
    return found


_MEANINGS: Mapping[str, _Meaning] = {
    "add": _infix("+", lambda a, b: number(a) + number(b)),
    "subtract": _infix("-", lambda a, b: number(a) - number(b)),
    "multiply": _infix("*", lambda a, b: number(a) * number(b)),
    "divide": _infix("/", _divide),
    "equal": _infix("=", _same),
    "less": _infix("<", _less),
    "at_most": _infix("<=", lambda a, b: not _less(b, a)),
    "and": _Meaning("AND({*})", lambda *xs: all(map(bool, xs))),
    "or": _Meaning("OR({*})", lambda *xs: any(map(bool, xs))),
    "not": _Meaning("NOT({0})", operator.not_),
    "minimum": _Meaning("MIN({*})", lambda *xs: min(map(number, xs))),
    "maximum": _Meaning("MAX({*})", lambda *xs: max(map(number, xs))),
    "round": _Meaning("ROUND({0},0)", lambda x: round_half_up(number(x))),
    "round_down": _Meaning("ROUNDDOWN({0},0)", lambda x: int(number(x))),
    "round_places": _Meaning("ROUND({0},{1})", _round_places),
    "floor": _Meaning("INT({0})", lambda x: floor(number(x))),
    "round_up": _Meaning("ROUNDUP({0},0)", lambda x: ceil(abs(number(x))) * (1 if number(x) > 0 else -1)),
    "is_number": _Meaning("ISNUMBER({0})", _is_number),
    "length": _Meaning("LEN({0})", lambda x: len(text(x))),
    "day": _Meaning("DAY({0})", lambda x: _day(x).day),
    "month": _Meaning("MONTH({0})", lambda x: _day(x).month),
    "months_later": _Meaning("EDATE({0},{1})", lambda d, n: add_months(_day(d), int(number(n)))),
    "join": _Meaning("({0}&{1})", lambda a, b: text(a) + text(b)),
    "read": _Meaning("VALUE({0})", _read),
    "fixed": _Meaning('TEXT({0},"0.00")', lambda x: show(round_half_up(number(x) * 100))),
    "sum": _Meaning("SUM({0})", lambda xs: sum((number(x) for x in xs if _is_number(x)), Fraction(0))),
    "begins": _Meaning("(LEFT({0},LEN({1}))={1})", lambda x, start: text(x).lower().startswith(text(start).lower())),
    # A pattern such as "*" may be found in its place, but is no cell's text; `contains` asks for that.
    "contains": _Meaning("IFERROR(INDEX({0},MATCH({1},{0},0))={1},FALSE)", lambda xs, y: any(_same(x, y) for x in xs)),
    # What a unit typed is never a condition, which would take "<3" or "*" for one: see sheets/common/counts.py.
    "count_where": _Meaning("COUNTIFS({*})", lambda *pairs: sum(_rows(pairs))),
    "sum_where": _Meaning("SUMIFS({*})", _sum_where),
    "count_blank": _Meaning("COUNTBLANK({0})", lambda xs: sum(_same(x, "") for x in xs)),
    "place_of": _Meaning("MATCH({0},{1},0)", _place_of),
    "at_place": _Meaning("INDEX({0},{1})", lambda xs, place: xs[int(number(place)) - 1]),
    "repeat": _Meaning("REPT({0},{1})", lambda word, times: text(word) * int(number(times))),
    # Links: {0} begins the address. To a cell, to the row of a cell, to a place in the stretch that begins with a cell.
    "go_to": _Meaning("HYPERLINK({0},{1})", lambda *args: args[-1]),
    "go_to_row": _Meaning("HYPERLINK({0}&ROW({1}),{2})", lambda *args: args[-1]),
    "go_to_place": _Meaning("HYPERLINK({0}&(ROW({1})-1+{2}),{3})", lambda *args: args[-1]),
    "if": _Meaning("IF({0},{1},{2})", lambda *_: None),  # evaluated lazily, as a spreadsheet does
}


_OVER_CELLS = frozenset({"minimum", "maximum"})
"""What passes over a blank cell that it is given as such, where everything else takes a blank for 0."""


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


def _literal(value: Value) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, date):
        return f"DATE({value.year},{value.month},{value.day})"
    if isinstance(value, str):
        return '"' + value.replace('"', '""') + '"'
    return str(value)


def to_formula(expr: Expr, address: Callable[[str], str]) -> str:
    """Write the expression as a formula without its equals sign; `address` gives a field's cell as the formula's sheet sees it."""
    if isinstance(expr, Call):
        args = [to_formula(arg, address) for arg in expr.args]
        if expr.op in _OVER_CELLS:
            args = [f"({cell}+0)" if isinstance(arg, Ref) else cell for arg, cell in zip(expr.args, args, strict=True)]
        template = _MEANINGS[expr.op].formula
        return template.replace("{*}", ",".join(args)) if "{*}" in template else template.format(*args)
    if isinstance(expr, Ref):
        return address(expr.field)
    if isinstance(expr, Span):
        return f"{address(expr.fields[0])}:{address(expr.fields[-1]).rpartition('!')[2]}"
    return _literal(expr.value)


class Evaluator:
    """Computes expressions over the values of a form's inputs; computed fields are looked up in `formulas` and kept once known.

    Raises FormulaError where the spreadsheet would show an error value.
    """

    def __init__(self, values: Mapping[str, Value], formulas: Mapping[str, Expr]) -> None:
        self._values = values
        self._formulas = formulas
        self._known: dict[str, Value] = {}

    def field(self, field: str) -> Value:
        """Give the value of a field, computed or entered; None for a blank."""
        if field not in self._formulas:
            return self._values.get(field)
        if field not in self._known:
            self._known[field] = self.value(self._formulas[field])
        return self._known[field]

    def value(self, expr: Expr) -> Value:
        """Evaluate an expression. Raises FormulaError, and TypeError for a span."""
        # In the order of frequency, since checking returns spends most of its time here.
        if isinstance(expr, Call):
            if expr.op == "if":
                condition, then, otherwise = expr.args
                return self.value(then if self.value(condition) else otherwise)
            return _MEANINGS[expr.op].python(
                *[list(map(self.field, arg.fields)) if isinstance(arg, Span) else self.value(arg) for arg in expr.args]
            )
        if isinstance(expr, Const):
            return expr.value
        if isinstance(expr, Ref):
            return self.field(expr.field)
        raise TypeError(expr)  # a span is an argument, not a value
