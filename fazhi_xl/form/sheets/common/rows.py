"""Rows of a list, which are either blank or complete."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from fazhi_xl.findings import Code
from fazhi_xl.findings.adjustable import NO_WEIGHTS, Weights
from fazhi_xl.form import expression as x
from fazhi_xl.form.checks import PASSED, status, with_checks
from fazhi_xl.form.expression import EMPTY, Expr, Ref
from fazhi_xl.form.model import Check, Computed, Field


def filled(field: Field) -> Expr:
    """Give the condition that an input is not blank."""
    return x.negate(x.blank(Ref(field.key)))


def entry(fields: Iterable[Field], needed: frozenset[str]) -> tuple[Field, ...]:
    """Give a row's fields their checks; the `needed` columns must be filled once any other one is."""
    row = tuple(fields)
    conditions = {field.column: filled(field) for field in row}
    return tuple(entered(field, conditions, needed) for field in row)


def entered(field: Field, conditions: Mapping[str, Expr], needed: frozenset[str]) -> Field:
    """Give one of a row's fields its checks; `conditions` say by its columns, in their order, which of them are filled in."""
    if field.column not in needed:
        return with_checks(field)
    others = (condition for column, condition in conditions.items() if column != field.column)
    return with_checks(field, needed_where(field, x.either(*others)))


def needed_where(field: Field, condition: Expr) -> Check:
    """Give the check that asks for the field where the condition holds."""
    return Check(code=Code.ENTRY_INCOMPLETE, when=_blank_where(field, condition), words={"label": field.label})


def needed_because(field: Field, condition: Expr, because: str) -> Check:
    """Give the check that asks a reviewer for the field where the condition holds, and says in a clause why."""
    told = {"row": field.row, "missing": field.label, "because": because, "how": field.prompt.rstrip("。")}
    return Check(code=Code.REVIEW_INCOMPLETE, when=_blank_where(field, condition), words=told)


def _blank_where(field: Field, condition: Expr) -> Expr:
    return x.both(x.blank(Ref(field.key)), condition)


@lru_cache(maxsize=256)  # the same in every shape
def repeated_above(codes: tuple[str, ...], position: int, column: str, *more: str) -> Expr:
    """Give the condition that a row above has the same text in the column, and in `more` where it is named."""
    own = {each: Ref(f"{codes[position]}.{each}") for each in (column, *more)}
    same = (x.both(*(x.equal(Ref(f"{code}.{each}"), cell) for each, cell in own.items())) for code in codes[:position])
    return x.both(*(x.negate(x.blank(cell)) for cell in own.values()), x.either(*same))


def row_status(fields: Iterable[Field], weights: Weights = NO_WEIGHTS) -> Computed:
    """Show the row's first fault, as the office has weighed it; 通过 where it is filled in, nothing where it is blank."""
    row = tuple(fields)
    used = x.either(*map(filled, row))
    checks = (check for field in row for check in field.checks)
    return Computed(status(checks, x.when(used, x.Const(PASSED), EMPTY), weights), "status")
