"""Points as hundredths: rounding, writing, reading."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi_xl.points import FINEST, Hundredths, Kept, figure, from_decimal, in_points, round_half_up, short, show

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
        (Fraction(25, 2), "0.125", "0.125"),
        (Fraction(1, 10), "0.001", "0.001"),
        (Fraction(-1, 10), "-0.001", "-0.001"),
        (Fraction(15, 1), "0.15", "0.15"),
        (Fraction(100_001, 10), "100.001", "100.001"),
        (Fraction(99_999, 10), "99.999", "99.999"),
    ],
)
def test_points_are_written(hundredths: Hundredths, shown: str, shortened: str) -> None:
    """Reports write two places, and a third that is not zero; the notice's own style drops trailing zeros, but never those of ten."""
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


def test_a_fourth_place_is_refused_where_three_are_kept() -> None:
    """With three places allowed, 0.005 is half a hundredth, and 0.0005 is refused."""
    assert from_decimal(Decimal("0.005"), FINEST) == Fraction(1, 2)
    with pytest.raises(ValueError, match="分值最多三位小数"):
        from_decimal(Decimal("0.0005"), FINEST)


@pytest.mark.parametrize("points", ["1e7", "-1e7", "1e999999"])
def test_a_figure_without_measure_is_refused(points: str) -> None:
    """What is far above any score is refused at once, and not computed with."""
    with pytest.raises(ValueError, match="分值太大"):
        from_decimal(Decimal(points), FINEST)


@given(st.integers(-(10**7), 10**7))
def test_thousandths_read_back(thousandths: int) -> None:
    """What is written with a third place reads back, and is an int wherever it is whole."""
    hundredths = figure(Fraction(thousandths, 10))
    assert isinstance(hundredths, int) == (thousandths % 10 == 0)
    for text in (show(hundredths), short(hundredths), str(in_points(hundredths))):
        back = from_decimal(Decimal(text), FINEST)
        assert (back, type(back)) == (hundredths, type(hundredths))


@given(st.fractions(-(10**6), 10**6), st.sampled_from([2, 3]))
def test_scores_are_kept_as_the_catalogue_says(hundredths: Fraction, places: int) -> None:
    """Half up is the nearest figure, down the nearest towards zero; what is kept already stays as it is."""
    step = Fraction(1, 10 ** (places - 2))
    near, cut = Kept(places=places).round(hundredths), Kept(places=places, down=True).round(hundredths)
    assert abs(near - hundredths) <= step / 2
    assert abs(Fraction(cut)) <= abs(hundredths)
    assert abs(hundredths - cut) < step
    assert (near / step).denominator == (cut / step).denominator == 1
    assert Kept(places=places, down=True).round(near) == Kept(places=places).round(near) == near


@pytest.mark.parametrize(
    ("exact", "half_up", "down"),
    [
        (Fraction(200, 3), (67, Fraction(667, 10)), (66, Fraction(666, 10))),
        (Fraction(1, 2), (1, Fraction(1, 2)), (0, Fraction(1, 2))),
        (Fraction(1, 20), (0, Fraction(1, 10)), (0, 0)),
        (Fraction(-1, 2), (-1, Fraction(-1, 2)), (0, Fraction(-1, 2))),
    ],
)
def test_two_places_and_three(exact: Fraction, half_up: tuple[Hundredths, ...], down: tuple[Hundredths, ...]) -> None:
    """Two thirds of a point are 0.67 or 0.667, cut 0.66 or 0.666."""
    assert tuple(Kept(places=places).round(exact) for places in (2, 3)) == half_up
    assert tuple(Kept(places=places, down=True).round(exact) for places in (2, 3)) == down
