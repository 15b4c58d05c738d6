"""Points are integers, in hundredths of a point, everywhere inside the program."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

Hundredths = int


def round_half_up(value: Fraction | Decimal | int) -> int:
    """Round to the nearest integer, halves away from zero, as the spreadsheet's ROUND does."""
    exact = Fraction(value)
    magnitude = (abs(exact) * 2 + 1) // 2
    return int(magnitude if exact >= 0 else -magnitude)


def show(hundredths: Hundredths) -> str:
    """Write points with two places: 150 → "1.50"."""
    sign = "-" if hundredths < 0 else ""
    return f"{sign}{abs(hundredths) // 100}.{abs(hundredths) % 100:02d}"


def show_or_dash(hundredths: Hundredths | None) -> str:
    """Write points with two places, and a dash where there are none."""
    return "—" if hundredths is None else show(hundredths)


def percent(rate: int | None) -> str:
    """Write a rate, in hundredths of a per cent: 9474 → "94.74%"; a dash where there is none."""
    return f"{show_or_dash(rate)}%"


def short(hundredths: Hundredths) -> str:
    """Write points as the notice prints them: 150 → "1.5", 1000 → "10"."""
    return show(hundredths).rstrip("0").rstrip(".")


def from_decimal(points: Decimal) -> Hundredths:
    """Turn points into hundredths; the value must have at most two places (ValueError otherwise)."""
    scaled = points * 100
    if scaled != scaled.to_integral_value():
        message = "分值最多两位小数"
        raise ValueError(message)
    return int(scaled)
