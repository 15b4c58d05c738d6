"""What would move if a request were granted is told before anyone decides: own total and place, and whoever is passed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from fazhi_xl.answers.read import Answers
from fazhi_xl.notice.choices import Kind
from fazhi_xl.office.appeals.told import ShownMoves, shown_moves
from fazhi_xl.office.ranking.what_if import WhatIf, moves
from fazhi_xl.office.review.decision_log import Decision
from fazhi_xl.office.review.effects import Decisions
from fazhi_xl.office.review.values import readers_of, values_of
from fazhi_xl.points import show
from fazhi_xl.scoring.from_answers import sub_point_scores
from tests.support.campaign import forms, the_notice
from tests.support.rounds import returned_file

CODE = "15.6"


@cache
def group() -> tuple[str, ...]:
    """Name three units of one group whose forms ask for the sub-point."""
    asked = [unit for unit in the_notice().units if CODE in forms()[unit.short].shape.sub_points]
    first = asked[0].ranking_group
    return tuple(unit.short for unit in asked if unit.ranking_group == first)[:3]


@cache
def answers(unit: str) -> Answers:
    made = returned_file(unit).answers
    assert made
    return made


def what(scores: Mapping[str, str]) -> WhatIf:
    """Give a round in which each unit has the full points on all but the one sub-point."""
    held: dict[tuple[str, str], Decision] = {}
    for unit in scores:
        for score in sub_point_scores(the_notice(), answers(unit)):
            said = {"核定": scores[unit] if score.code == CODE else show(score.points)}
            values = values_of(said, readers_of(the_notice())(score.code))
            held[unit, score.code] = Decision(
                no=1, unit=unit, row=score.code, values=values, book="审核表.xlsx", sha256="", basis="", seen={}, replaces=None,
                bulk=False, recorded="2020-12-01T09:00:00",
            )  # fmt: skip
    came = {unit: answers(unit) for unit in scores}
    decided = Decisions(notice=the_notice(), decisions=held, answers=came)
    return WhatIf(forms=tuple(forms()[unit] for unit in scores), decided=decided, came=came)


def shown(made: WhatIf, unit: str) -> ShownMoves:
    return shown_moves(made, the_notice().units_by_short[unit], the_notice().sub_points[CODE])


def test_who_is_passed_is_named() -> None:
    """The unit rises past those that stood above it with less, and they are named with both places."""
    first, second, third = group()
    made = what({first: "0", second: "0.5", third: "0.9"})
    told = shown(made, first)
    before = {unit.unit: unit.group_rank for unit in made.units}
    after = {unit.unit: unit.group_rank for unit in made.with_score(first, CODE, 100)}
    assert (before[first], after[first]) == (3, 1)
    assert told.now.split(",")[1] == "第3名(组内第3名)"
    assert told.granted.startswith("按满分1.00分:总分100.00,第1名(组内第1名)")
    passed = sorted((before[unit], unit) for unit in (second, third))
    assert told.others == "、".join(f"{unit} {rank}→{after[unit]},组内{rank}→{after[unit]}" for rank, unit in passed)


def test_who_is_passed_in_another_group() -> None:
    """A unit of another group that is passed among all units is named too, its place in its own group being the same."""
    first, *_ = group()
    own = the_notice().units_by_short[first].ranking_group
    other = next(
        unit.short
        for unit in the_notice().units
        if unit.ranking_group != own and CODE in forms()[unit.short].shape.sub_points
    )
    told = shown(what({first: "0", other: "0.5"}), first)
    assert (told.now.split(",")[1], told.granted.split(",")[1]) == ("第2名(组内第1名)", "第1名(组内第1名)")
    assert told.others == f"{other} 1→2"


def test_nobody_moves() -> None:
    """Where no place changes, that is said; what is shown changes nothing of the round."""
    first, second, third = group()
    made = what({first: "0.9", second: "0.1", third: "0"})
    units = made.units
    assert shown(made, first).others == "名次都不变"
    assert (made.units, moves(units, made.units, grouped=True)) == (units, ())


def test_what_a_unit_claimed_itself() -> None:
    """A unit asks for its own score where that is less than the full points; for the full ones where it gave itself no more than it has."""
    first, *_ = group()
    inputs = forms()[first].shape.fields
    own = f"{CODE}.自评"
    assert inputs[own].kind is Kind.DECIMAL
    low = returned_file(first, {own: 0.6}).answers
    assert low
    made = what({first: "0.3"})
    claimed = WhatIf(
        forms=made.forms,
        decided=Decisions(notice=the_notice(), decisions=made.decided.decisions, answers={first: low}),
        came={first: low},
    )
    assert shown(claimed, first).granted.startswith("按自评0.60分:")
    assert shown(made, first).granted.startswith("按满分1.00分:")
