"""Two returns are compared input by input, in the form's order and words, by what they mean."""

from __future__ import annotations

from fractions import Fraction

from fazhi_xl.answers.compare import Difference, differences
from tests.support.campaign import shape_of
from tests.support.returns import read, right

SHAPE = shape_of("信访局")
FACT = "15.6.次数.填报"


def test_differences() -> None:
    """A value changed, one added and one taken away are told, each with its label; the rest is left out."""
    before = read(SHAPE, right(SHAPE, {FACT: 5, "台账.001.页数": 3}))
    after = read(SHAPE, right(SHAPE, {FACT: 7, "台账.001.页数": None, "台账.002.页数": 4}))
    for _ in range(2):
        assert [
            each for each in differences(before, after) if each.field in {FACT, "台账.001.页数", "台账.002.页数"}
        ] == [
            Difference(field=FACT, label="“法律八进”活动", old="5", new="7"),
            Difference(field="台账.001.页数", label="页数", old="3", new=None),
            Difference(field="台账.002.页数", label="页数", old=None, new="4"),
        ]


def test_same_meaning() -> None:
    """However a value was written, what it is understood as is compared."""
    before, after = (read(SHAPE, right(SHAPE, {FACT: value})) for value in ("５次", Fraction(5)))
    assert differences(before, after) == ()
    assert differences(before, before) == ()


def test_blank() -> None:
    """Against a blank return every answer is new."""
    filled = read(SHAPE, right(SHAPE))
    assert {each.field for each in differences(read(SHAPE, {}), filled)} == filled.values.keys()
