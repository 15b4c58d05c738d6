"""Points are exact numbers of hundredths of a point everywhere inside the program, and are rounded here alone."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

Hundredths = int | Fraction
"""An int wherever it is whole; a fraction, in tenths of a hundredth, where a catalogue with three places has a third one."""

FINEST = 3
"""The most places that a catalogue may keep scores to, and that an amount in a rule may have."""


def figure(hundredths: Hundredths) -> Hundredths:
    """Give the same number as an int where it is whole."""
    return int(hundredths) if hundredths.denominator == 1 else hundredths


def round_half_up(value: Fraction | Decimal | int) -> int:
    """Round to the nearest integer, halves away from zero, as the spreadsheet's ROUND does."""
    over, under = value.as_integer_ratio()
    magnitude = (2 * abs(over) + under) // (2 * under)
    return magnitude if over >= 0 else -magnitude


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """How a catalogue keeps scores: to so many places (2 or 3), rounded half up, or cut (`down`)."""

    places: int = 2
    down: bool = False

    @property
    def units(self) -> int:
        """How many of the smallest units that are kept make a hundredth of a point."""
        return 1 if self.places == 2 else 10

    def round(self, hundredths: Hundredths) -> Hundredths:
        """Round once, as the spreadsheet's ROUND or ROUNDDOWN does: halves away from zero, or towards zero."""
        exact = Fraction(hundredths) * self.units
        return figure(Fraction(int(exact) if self.down else round_half_up(exact), self.units))


USUAL = Kept()
"""How scores are kept where nothing else is said: in hundredths, halves rounded up."""


def show(hundredths: Hundredths) -> str:
    """Write points with two places, and the third where it is not zero: 150 → "1.50", 25/2 → "0.125"."""
    thousandths = int(abs(Fraction(hundredths)) * 10)
    sign = "-" if hundredths < 0 else ""
    return f"{sign}{thousandths // 1000}.{thousandths % 1000:03d}".removesuffix("0")


def show_or_dash(hundredths: Hundredths | None) -> str:
    """Write points as `show` does, and a dash where there are none."""
    return "—" if hundredths is None else show(hundredths)


def percent(rate: int | None) -> str:
    """Write a rate, in hundredths of a per cent: 9474 → "94.74%"; a dash where there is none."""
    return f"{show_or_dash(rate)}%"


def short(hundredths: Hundredths) -> str:
    """Write points as the notice prints them: 150 → "1.5", 1000 → "10", 25/2 → "0.125"."""
    return show(hundredths).rstrip("0").rstrip(".")


def in_points(hundredths: Hundredths) -> Decimal:
    """Give the points themselves: 150 → 1.5."""
    return Decimal(hundredths.numerator) / (100 * hundredths.denominator)


_LARGEST = 6  # the power of ten above which a figure is no score, and costs time and room
_MOST_PLACES = {2: "分值最多两位小数,例如 0.25", FINEST: "分值最多三位小数,例如 0.125"}


def from_decimal(points: Decimal, places: int = 2) -> Hundredths:
    """Turn points into hundredths; the value must have at most so many places, 2 or 3 (ValueError otherwise)."""
    if points.adjusted() > _LARGEST:
        message = "分值太大,例如应为 100"
        raise ValueError(message)
    scaled = points.scaleb(places)
    if scaled != scaled.to_integral_value():
        raise ValueError(_MOST_PLACES[places])
    return figure(Fraction(int(scaled), 10 ** (places - 2)))
