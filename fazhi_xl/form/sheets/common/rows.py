"""Rows of a list, which are either blank or complete."""

from __future__ import annotations

from collections.abc import Iterable

from fazhi_xl.findings import Code
from fazhi_xl.form import expression as x
from fazhi_xl.form.checks import PASSED, status, with_checks
from fazhi_xl.form.expression import EMPTY, Expr, Ref, Span
from fazhi_xl.form.model import Check, Computed, Field


def filled(field: Field) -> Expr:
    """Give the condition that an input is not blank."""
    return x.negate(x.blank(Ref(field.key)))


def entry(fields: Iterable[Field], needed: frozenset[str]) -> tuple[Field, ...]:
    """Give a row's fields their checks; the `needed` columns must be filled once any other one is."""
    row = tuple(fields)
    return tuple(
        with_checks(field, needed_where(field, x.either(*(filled(other) for other in row if other is not field))))
        if field.column in needed
        else with_checks(field)
        for field in row
    )


def needed_where(field: Field, condition: Expr) -> Check:
    """Give the check that asks for the field where the condition holds."""
    blank = x.both(x.blank(Ref(field.key)), condition)
    return Check(code=Code.ENTRY_INCOMPLETE, when=blank, words={"label": field.label})


def repeated_above(codes: tuple[str, ...], position: int, column: str, *more: str) -> Expr:
    """Give the condition that a row above has the same text in the column, and in `more` where it is named."""
    if position == 0:
        return x.FALSE
    columns = (column, *more)
    own = [Ref(f"{codes[position]}.{each}") for each in columns]
    above = [Span(tuple(f"{code}.{each}" for code in codes[:position])) for each in columns]
    pairs = (part for pair in zip(above, own, strict=True) for part in pair)
    same = x.call("count_both" if more else "count_equal", *pairs)
    return x.both(*(x.negate(x.blank(each)) for each in own), x.less(x.ZERO, same))


def row_status(fields: Iterable[Field]) -> Computed:
    """Show the row's first fault; 通过 where it is filled in, nothing where it is blank."""
    row = tuple(fields)
    used = x.either(*map(filled, row))
    checks = (check for field in row for check in field.checks)
    return Computed(status(checks, x.when(used, x.Const(PASSED), EMPTY)), "status")
