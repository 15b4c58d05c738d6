"""Points as hundredths: rounding, writing, reading."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi_xl.points import from_decimal, round_half_up, short, show

decimals = st.decimals(min_value=-(10**9), max_value=10**9, allow_nan=False, places=4)


@pytest.mark.parametrize(
    ("value", "rounded"),
    [
        ("0", 0),
        ("0.4999", 0),
        ("0.5", 1),
        ("1.5", 2),
        ("2.5", 3),
        ("2.4999", 2),
        ("-0.4999", 0),
        ("-0.5", -1),
        ("-1.5", -2),
        ("-2.5", -3),
        ("66.6667", 67),
        ("133.3333", 133),
    ],
)
def test_halves_are_rounded_away_from_zero(value: str, rounded: int) -> None:
    """Halves go away from zero, as ROUND does in a spreadsheet, and not to the even neighbour."""
    assert round_half_up(Decimal(value)) == rounded
    assert round_half_up(Fraction(value)) == rounded


@given(decimals)
def test_rounding_is_decimals_half_up(value: Decimal) -> None:
    """On every decimal the rounding is ROUND_HALF_UP, whose halves go away from zero."""
    assert round_half_up(value) == int(value.quantize(Decimal(1), ROUND_HALF_UP))


@given(st.integers(-(10**6), 10**6), st.integers(1, 10**4))
def test_rounding_a_fraction_is_off_by_a_half_at_most(over: int, under: int) -> None:
    """A fraction that no decimal can hold is rounded exactly as well, and symmetrically."""
    value = Fraction(over, under)
    assert abs(round_half_up(value) - value) <= Fraction(1, 2)
    assert round_half_up(-value) == -round_half_up(value)


@pytest.mark.parametrize(
    ("hundredths", "shown", "shortened"),
    [
        (0, "0.00", "0"),
        (5, "0.05", "0.05"),
        (50, "0.50", "0.5"),
        (67, "0.67", "0.67"),
        (100, "1.00", "1"),
        (150, "1.50", "1.5"),
        (1000, "10.00", "10"),
        (10000, "100.00", "100"),
        (-5, "-0.05", "-0.05"),
        (-300, "-3.00", "-3"),
    ],
)
def test_points_are_written(hundredths: int, shown: str, shortened: str) -> None:
    """Reports write two places; the notice's own style drops trailing zeros, but never those of ten."""
    assert show(hundredths) == shown
    assert short(hundredths) == shortened


@given(st.integers(-(10**7), 10**7))
def test_what_is_written_reads_back(hundredths: int) -> None:
    """Both ways of writing give the same hundredths back."""
    assert from_decimal(Decimal(show(hundredths))) == hundredths
    assert from_decimal(Decimal(short(hundredths))) == hundredths


@pytest.mark.parametrize("points", ["0.005", "1.001", "33.333"])
def test_a_third_place_is_refused(points: str) -> None:
    """Points have at most two places; nothing is cut off silently."""
    with pytest.raises(ValueError, match="分值最多两位小数"):
        from_decimal(Decimal(points))
