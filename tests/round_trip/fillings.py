"""Ways to fill in a form: blank, by chance, with the longest entries, and wrong in every cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from random import Random

from fazhi_xl.form.expression import Value
from fazhi_xl.form.model import Field, Shape
from fazhi_xl.notice.choices import Kind
from tests.round_trip.random_answers import random_values

Values = Mapping[str, Value]
WRONG: tuple[Value, ...] = (
    "约五",
    "*",
    "<3",
    "?",
    "~",
    -1,
    1_000_000,
    Fraction(1, 8),
    "错误:",
    "待填",
    date(1999, 1, 1),
)


def longest(field: Field) -> Value:
    """Give the longest entry that an input takes, or the largest."""
    if field.kind is Kind.TEXT:
        return "满" * field.length
    if field.kind is Kind.CHOICE:
        return max(field.options, key=len)
    most = field.maximum
    return Fraction(most) if isinstance(most, Decimal) else most


def _wrong(shape: Shape) -> Values:
    return {key: WRONG[no % len(WRONG)] for no, key in enumerate(shape.fields)}


FILLINGS: Mapping[str, Callable[[Shape], Values]] = {
    "blank": lambda _: {},
    "by chance": lambda shape: random_values(shape, Random(shape.name)),
    "longest": lambda shape: {key: longest(field) for key, field in shape.fields.items()},
    "wrong": _wrong,
}
