"""What every operation of an expression means, said once: as a spreadsheet's formula, and in Python.

An operation takes its arguments as something (numbers, texts, as they are), which is an error where they are something else, and gives
something of a known kind. The compiled reading leaves out what is known already: it tests no number twice.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from fractions import Fraction
from functools import partial
from math import ceil, floor
from typing import Any

from fazhi_xl.form.digest import (
    PLACES,
    bare_digest,
    bare_digest_formula,
    digest,
    digest_formula,
    long_digest,
    long_digest_formula,
)
from fazhi_xl.form.expression import EPOCH, Const, Expr, FormulaError, Ref, Span, Value, add_months, number, text
from fazhi_xl.points import round_half_up, show

Number = int | Fraction
Cells = Sequence[Value]


class Kind(Enum):
    """What is known of a value before it is computed."""

    ANY = "any value"
    TRUTH = "true or false"
    WHOLE = "a whole number"
    NUMBER = "a number that is no day"
    TEXT = "a text"


class Takes(Enum):
    """What an operation takes an argument for; in Python a function that gives it of any value."""

    VALUE = "value"
    CELLS = "cells"
    TRUTH = "truth"
    NUMBER = "number"
    WHOLE = "whole"
    TEXT = "text"
    DAY = "day"


def whole(value: Value) -> int:
    """Give a number without its fraction."""
    return int(number(value))


def day_of(value: Value) -> date:
    """Give the day that a number counts."""
    exact = number(value)
    if not 0 < exact < 2_958_466:  # 9999-12-31
        raise FormulaError(text(value))
    return EPOCH + timedelta(days=floor(exact))


TAKEN: Mapping[Takes, Callable[[Any], Any]] = {
    Takes.VALUE: lambda value: value,
    Takes.CELLS: lambda cells: cells,
    Takes.TRUTH: bool,
    Takes.NUMBER: number,
    Takes.WHOLE: whole,
    Takes.TEXT: text,
    Takes.DAY: day_of,
}


def same(left: Value, right: Value) -> bool:
    """Compare as a spreadsheet does: case does not count, and a blank equals 0 and an empty text alike."""
    if not (isinstance(left, str) or isinstance(right, str)):
        return number(left) == number(right)
    if isinstance(left, str | None) and isinstance(right, str | None):
        return (left or "").lower() == (right or "").lower()
    return False


def is_less(left: Value, right: Value) -> bool:
    """Compare as a spreadsheet does: every text is greater than every number, and a blank equals 0 and the empty text."""
    if not (isinstance(left, str) or isinstance(right, str)):
        one, other = number(left), number(right)
        return one.numerator * other.denominator < other.numerator * one.denominator  # as fractions do, in less time
    if isinstance(left, str | None) and isinstance(right, str | None):
        return (left or "").lower() < (right or "").lower()
    return isinstance(right, str)


def is_number(value: Value) -> bool:
    """Tell a number or a day from everything else, a truth value too."""
    return not isinstance(value, bool | str | None)


def _read(value: str) -> Fraction:
    """Read a number from a text, as what is filled into a slot is one."""
    try:
        return Fraction(value)
    except ValueError:
        raise FormulaError(value) from None


def _divide(left: Number, right: Number) -> Number:
    if right == 0:
        raise FormulaError("#DIV/0!")
    if isinstance(left, int) and isinstance(right, int) and left % right == 0:
        return left // right
    return Fraction(left, right)


def _remainder(left: Number, right: Number) -> Number:
    if right == 0:
        raise FormulaError("#DIV/0!")
    return left % right


def _round_places(value: Number, places: int) -> Number:
    scale = 10**places
    return value if isinstance(value, int) else Fraction(round_half_up(value * scale), scale)


def _away_from_zero(value: Number) -> int:
    return ceil(value) if value > 0 else floor(value)


def _alike(cells: Cells, value: Value) -> list[bool]:
    """Say of each cell whether it is the `same`."""
    if isinstance(value, str) and value:
        small = value.lower()
        return [isinstance(cell, str) and cell.lower() == small for cell in cells]
    return [same(cell, value) for cell in cells]


def _rows(pairs: tuple[Any, ...]) -> list[bool]:
    stretches = (_alike(cells, value) for cells, value in zip(pairs[::2], pairs[1::2], strict=True))
    return [all(row) for row in zip(*stretches, strict=True)]


def _numbers(cells: Iterable[Value]) -> Iterable[Number]:
    return (number(cell) for cell in cells if is_number(cell))


def _sum_where(amounts: Cells, *pairs: Any) -> Number:  # noqa: ANN401 - stretches and values in turn
    return sum(_numbers(amount for amount, kept in zip(amounts, _rows(pairs), strict=True) if kept))


def _letter(letters: str, place: int) -> str:
    if place < 1:
        raise FormulaError(letters)
    return letters[place - 1 : place]


def _place_of(wanted: Value, cells: Cells) -> int:
    found = next((no for no, cell in enumerate(cells, 1) if same(cell, wanted)), None)
    if found is None:
        raise FormulaError("#N/A")
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """An operation's formula and its value in Python, which is computed of arguments taken for what `takes` says.

    The last of `takes` is that of all further arguments. Where there is a `sign`, it is Python's as well, for two numbers. What is
    `safe` gives no error, whatever it takes.
    """

    formula: str  # over the arguments; `{*}` stands for all of them, separated by commas
    takes: tuple[Takes, ...]
    gives: Kind
    python: Callable[..., Value]
    sign: str = ""
    safe: bool = False

    def value(self, args: Sequence[Any]) -> Value:
        """Give the value over the values of the arguments, of a stretch those of its cells."""
        taken = (*self.takes, *[self.takes[-1]] * (len(args) - len(self.takes)))
        return self.python(*[TAKEN[as_what](arg) for as_what, arg in zip(taken, args, strict=True)])


def _function(
    formula: str, takes: Takes | tuple[Takes, ...], gives: Kind, python: Callable[..., Value], *, safe: bool = False
) -> Meaning:
    each = takes if isinstance(takes, tuple) else (takes,)
    return Meaning(formula=formula, takes=each, gives=gives, python=python, safe=safe)


def _arithmetic(sign: str, python: Callable[..., Value]) -> Meaning:
    both = (Takes.NUMBER, Takes.NUMBER)
    return Meaning(formula=f"({{0}}{sign}{{1}})", takes=both, gives=Kind.NUMBER, python=python, sign=sign)


def _comparison(sign: str, python: Callable[..., Value], in_python: str = "") -> Meaning:
    both, formula = (Takes.VALUE, Takes.VALUE), f"({{0}}{sign}{{1}})"
    return Meaning(formula=formula, takes=both, gives=Kind.TRUTH, python=python, sign=in_python or sign, safe=True)


_ANY, _TRUTH, _WHOLE, _NUMBER, _TEXT = Kind.ANY, Kind.TRUTH, Kind.WHOLE, Kind.NUMBER, Kind.TEXT
_VALUE, _CELLS, _IN_TURN = Takes.VALUE, Takes.CELLS, (Takes.VALUE,)
MEANINGS: Mapping[str, Meaning] = {
    "add": _arithmetic("+", operator.add),
    "subtract": _arithmetic("-", operator.sub),
    "multiply": _arithmetic("*", operator.mul),
    "divide": _function("({0}/{1})", Takes.NUMBER, _NUMBER, _divide),
    "equal": _comparison("=", same, "=="),
    "less": _comparison("<", is_less),
    "at_most": _comparison("<=", lambda a, b: not is_less(b, a)),
    "and": _function("AND({*})", Takes.TRUTH, _TRUTH, lambda *xs: all(xs), safe=True),
    "or": _function("OR({*})", Takes.TRUTH, _TRUTH, lambda *xs: any(xs), safe=True),
    "not": _function("NOT({0})", Takes.TRUTH, _TRUTH, operator.not_, safe=True),
    "minimum": _function("MIN({*})", Takes.NUMBER, _NUMBER, lambda *xs: min(xs)),
    "maximum": _function("MAX({*})", Takes.NUMBER, _NUMBER, lambda *xs: max(xs)),
    "round": _function("ROUND({0},0)", Takes.NUMBER, _WHOLE, round_half_up),
    "round_down": _function("ROUNDDOWN({0},0)", Takes.NUMBER, _WHOLE, int),
    "round_places": _function("ROUND({0},{1})", (Takes.NUMBER, Takes.WHOLE), _NUMBER, _round_places),
    "floor": _function("INT({0})", Takes.NUMBER, _WHOLE, floor),
    "round_up": _function("ROUNDUP({0},0)", Takes.NUMBER, _WHOLE, _away_from_zero),
    "is_number": _function("ISNUMBER({0})", _VALUE, _TRUTH, is_number, safe=True),
    "length": _function("LEN({0})", Takes.TEXT, _WHOLE, len, safe=True),
    "day": _function("DAY({0})", Takes.DAY, _WHOLE, lambda day: day.day),
    "month": _function("MONTH({0})", Takes.DAY, _WHOLE, lambda day: day.month),
    "months_later": _function("EDATE({0},{1})", (Takes.DAY, Takes.WHOLE), _ANY, add_months),
    "join": _function("({0}&{1})", Takes.TEXT, _TEXT, operator.add, safe=True),
    "read": _function("VALUE({0})", Takes.TEXT, _NUMBER, _read),
    "fixed": _function('TEXT({0},"0.00")', Takes.NUMBER, _TEXT, lambda x: show(round_half_up(x * 100))),
    "sum": _function("SUM({0})", _CELLS, _NUMBER, lambda cells: sum(_numbers(cells)), safe=True),
    "begins": _function(
        "(LEFT({0},LEN({1}))={1})",
        Takes.TEXT,
        _TRUTH,
        lambda x, start: x.lower().startswith(start.lower()),
        safe=True,
    ),
    # A pattern such as "*" may be found in its place, but is no cell's text; `contains` asks for that.
    "contains": _function(
        "IFERROR(INDEX({0},MATCH({1},{0},0))={1},FALSE)",
        (_CELLS, _VALUE),
        _TRUTH,
        lambda cells, y: any(_alike(cells, y)),
        safe=True,
    ),
    # What a unit typed is never a condition, which would take "<3" or "*" for one: see sheets/common/counts.py.
    "count_where": _function("COUNTIFS({*})", _IN_TURN, _WHOLE, lambda *pairs: sum(_rows(pairs)), safe=True),
    "sum_where": _function("SUMIFS({*})", _IN_TURN, _NUMBER, _sum_where, safe=True),
    "count_blank": _function("COUNTBLANK({0})", _CELLS, _WHOLE, lambda xs: sum(same(x, "") for x in xs), safe=True),
    "place_of": _function("MATCH({0},{1},0)", (_VALUE, _CELLS), _WHOLE, _place_of),
    "at_place": _function("INDEX({0},{1})", (_CELLS, Takes.WHOLE), _ANY, lambda xs, place: xs[place - 1]),
    "remainder": _function("MOD({0},{1})", Takes.NUMBER, _NUMBER, _remainder),
    "letter": _function("MID({0},{1},1)", (Takes.TEXT, Takes.WHOLE), _TEXT, _letter),
    # What a cell holds, as a number: see `digest`. The cell stands in the formula many times, so nothing else is digested.
    "digest": _function(long_digest_formula(), _VALUE, _WHOLE, long_digest, safe=True),
    "bare_digest": _function(bare_digest_formula(), _VALUE, _WHOLE, bare_digest, safe=True),
    **{
        f"digest_{places}": _function(digest_formula(places), _VALUE, _WHOLE, partial(digest, places), safe=True)
        for places in range(1, PLACES + 1)
    },
    "repeat": _function("REPT({0},{1})", (Takes.TEXT, Takes.WHOLE), _TEXT, operator.mul),
    # Links: {0} begins the address. To a cell, to the row of a cell, to a place in the stretch that begins with a cell.
    "go_to": _function("HYPERLINK({0},{1})", _VALUE, _ANY, lambda *args: args[-1]),
    "go_to_row": _function("HYPERLINK({0}&ROW({1}),{2})", _VALUE, _ANY, lambda *args: args[-1]),
    "go_to_place": _function("HYPERLINK({0}&(ROW({1})-1+{2}),{3})", _VALUE, _ANY, lambda *args: args[-1]),
    # Only the one that is chosen is evaluated, as a spreadsheet does: see `compiled`.
    "if": _function("IF({0},{1},{2})", _VALUE, _ANY, lambda chosen, then, otherwise: then if chosen else otherwise),
}


_OVER_CELLS = frozenset({"minimum", "maximum"})
"""What passes over a blank cell that it is given as such, where everything else takes a blank for 0."""


def literal(value: Value) -> str:
    """Write a constant as formulas do."""
    if isinstance(value, str):
        return '"' + value.replace('"', '""') + '"'
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, date):
        return f"DATE({value.year},{value.month},{value.day})"
    return str(value)


def _filling(template: str) -> Callable[[Sequence[str]], str]:
    """Give what fills a formula with its arguments."""
    before, _, after = template.partition("{*}")
    if before != template:
        return lambda args: f"{before}{','.join(args)}{after}"
    if _ARGUMENT.findall(template) != sorted(set(_ARGUMENT.findall(template))):  # not each once, in turn
        return lambda args: template.format(*args)
    in_turn = _ARGUMENT.sub("%s", template)
    return lambda args: in_turn % (*args,)


_ARGUMENT = re.compile(r"{\d}")
_FILLINGS = {op: _filling(meaning.formula) for op, meaning in MEANINGS.items()}


def to_formula(expr: Expr, address: Callable[[str], str]) -> str:
    """Write the expression as a formula without its equals sign; `address` gives a field's cell as the formula's sheet sees it."""
    if isinstance(expr, Ref):
        return address(expr.field)
    if isinstance(expr, Const):
        return literal(expr.value)
    if isinstance(expr, Span):
        return f"{address(expr.fields[0])}:{address(expr.fields[-1]).rpartition('!')[2]}"
    return operation_text(
        expr.op, [to_formula(arg, address) for arg in expr.args], [isinstance(arg, Ref) for arg in expr.args]
    )


def operation_text(op: str, args: Sequence[str], cells: Sequence[bool]) -> str:
    """Write an operation over its arguments' texts; `cells` says which of them are single cells."""
    if op in _OVER_CELLS:
        args = [f"({text}+0)" if cell else text for text, cell in zip(args, cells, strict=True)]
    return _FILLINGS[op](args)
