"""Random contents for every input of a form: blanks, edges, ordinary values, and some that must be refused."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random

from fazhi_xl.form.expression import Value
from fazhi_xl.form.model import Field, Form, Shape
from fazhi_xl.notice.choices import Kind
from tests.clients.libreoffice import Input

COUNTS = (0, 0, 1, 2, 3, 4, 5, 10, 12, 18, 19, 20, 95, 100, 9_999)


def random_values(shape: Shape, random: Random, *, spoilt: float = 0.05) -> dict[str, Value]:
    """Give what the cells hold; `spoilt` is the share of contents that a unit should not have entered."""
    blank = random.choice((0.0, 0.1, 0.3))
    made: dict[str, Value] = {}
    for key, field in shape.fields.items():
        if random.random() >= blank:
            made[key] = _bad(random) if random.random() < spoilt else _good(field, random)
    return {**made, **_around_a_threshold(made, random)}


def _around_a_threshold(made: Mapping[str, Value], random: Random) -> dict[str, Value]:
    """Put a rate right at, above or below 95 %, or give it nothing to divide by."""
    both = ("6.1.应出庭.填报", "6.1.已出庭.填报")
    if not set(both) <= made.keys():
        return {}
    edges = ((19, 18), (20, 19), (0, 0), (1_000, 949), (1_000, 950), (3, 4), (10_000, 9_499))
    return dict(zip(both, random.choice(edges), strict=True))


def _good(field: Field, random: Random) -> Value:
    if field.kind is Kind.CHOICE:
        return random.choice(field.options)
    if field.kind is Kind.TEXT:
        return random.choice(("一般文字", "=1+1", "<3", "*", "0103", "a" * 30, "甲" * 20))
    if isinstance(field.minimum, date) and isinstance(field.maximum, date):
        days = (field.maximum - field.minimum).days
        return field.minimum + timedelta(
            days=random.choice((0, days, random.randint(0, days), random.randint(0, days)))
        )
    if field.kind is Kind.WHOLE:
        low, high = (int(Decimal(str(bound))) for bound in (field.minimum, field.maximum))
        return min(max(random.choice(COUNTS), low), high)
    low, high = (int(Decimal(str(bound)) * 100) for bound in (field.minimum, field.maximum))
    return _plain(Fraction(random.choice((low, high, random.randint(low, high))), 100))


def _bad(random: Random) -> Value:
    return random.choice(("约5次", "是否", 1_000_000, -1, Fraction(1, 8), date(1999, 1, 1), "没有"))


def _plain(value: Fraction) -> Value:
    return int(value) if value.denominator == 1 else value


def as_inputs(form: Form, values: Mapping[str, Value]) -> list[Input]:
    """Say how the client enters the values."""
    return [_input(form, key, value) for key, value in values.items()]


def _input(form: Form, key: str, value: Value) -> Input:
    place = form.shape.places[key]
    if isinstance(value, str):
        return Input(sheet=place.sheet, cell=place.cell, kind="text", value=value)
    if isinstance(value, date):
        return Input(sheet=place.sheet, cell=place.cell, kind="date", value=value)
    return Input(sheet=place.sheet, cell=place.cell, kind="number", value=float(Fraction(value or 0)))
