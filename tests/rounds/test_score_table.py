"""What is added up over many units is exact, and is what the scores one by one come to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest

from fazhi_xl.points import figure
from fazhi_xl.rounds import rates as stats
from fazhi_xl.rounds.losses import full_marks, lost
from fazhi_xl.rounds.round import Round
from fazhi_xl.rounds.score_table import Losers, Sums, score_table
from fazhi_xl.scoring.model import Basis, SubPointScore
from tests.support.campaign import the_notice
from tests.support.rounds import a_round, returned_file

UNITS = ("信访局", "财政局", "法院", "科协")


@pytest.fixture(scope="module")
def returned() -> Round:
    return a_round(list(UNITS), [returned_file(unit) for unit in UNITS])


def sums(round_: Round, scores: Iterable[SubPointScore]) -> Sums:
    """Add up one score after the other, as a table has to."""
    held = list(scores)
    return Sums(
        full=sum(full_marks(round_, score) for score in held),
        counted=sum(stats.counted(score, round_.basis) for score in held),
    )


def chance(random: Random, score: SubPointScore) -> SubPointScore:
    """Give a sub-point another score, of up to three places, or none."""
    points = None if random.random() < 0.2 else figure(Fraction(random.randrange(3_000), 10))
    return replace(score, self_score=points, out=random.random() < 0.3)


@pytest.mark.parametrize("seed", range(3))
def test_sums_are_those_of_the_scores(seed: int, returned: Round) -> None:
    """Whatever units score, with three places and without any, by item, aspect, sub-point and unit."""
    random = Random(seed)
    units = tuple(
        replace(unit, sub_points=tuple(chance(random, score) for score in unit.sub_points)) for unit in returned.units
    )
    round_ = replace(returned, units=units)
    every = [score for unit in round_.compared for score in unit.sub_points]
    item_of = the_notice().item_of
    assert round_.table.every.whole() == sums(round_, every)
    for no, found in round_.table.by_item().items():
        own = [score for score in every if item_of[score.code].no == no]
        assert found == round_.table.of_item(no).whole() == sums(round_, own)
    for aspect, found in round_.table.by_aspect().items():
        own = [score for score in every if item_of[score.code].aspect == aspect]
        assert found == round_.table.of_aspect(aspect).whole() == sums(round_, own)
    for code, found in round_.table.by_code().items():
        own = [score for score in every if score.code == code]
        losses = [points for score in own if (points := lost(round_, score)) > 0]
        assert found == sums(round_, own)
        assert round_.table.losers().get(code) == (Losers(units=len(losses), points=sum(losses)) if losses else None)
        assert round_.table.scored([code]) == sum(full_marks(round_, score) > 0 for score in own)
    assert round_.table.every.by_unit() == {unit.unit: sums(round_, unit.sub_points) for unit in round_.compared}
    assert round_.table.every.whole_units() == sum(
        sums(round_, unit.sub_points).full > 0 and all(lost(round_, score) <= 0 for score in unit.sub_points)
        for unit in round_.compared
    )


def test_of_nobody() -> None:
    """Where no unit is compared, each item and aspect is there without points, in the notice's order, and has no rate."""
    table = score_table(the_notice(), (), Basis.SELF)
    assert table.every.whole() == Sums()
    assert list(table.by_item()) == list(range(1, 22))
    assert list(table.by_aspect()) == list(the_notice().aspects)
    assert list(table.by_code()) == list(the_notice().sub_points)
    assert {found.rate for found in table.by_item().values()} == {None}
    assert (table.every.by_unit(), table.losers(), table.scored(["1.1"]), table.every.whole_units()) == ({}, {}, 0, 0)


def test_what_no_catalogue_keeps(returned: Round) -> None:
    """A score of more than three places is none that could have been read; it is not rounded in silence."""
    unit = returned.units[0]
    fine = tuple(replace(score, self_score=Fraction(1, 100)) for score in unit.sub_points)
    with pytest.raises(ValueError, match="more than three places"):
        score_table(the_notice(), (replace(unit, sub_points=fine),), Basis.SELF)
