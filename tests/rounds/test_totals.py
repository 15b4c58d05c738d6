"""Totals and ranks of rounds by chance, computed once more in fractions, by the words of the catalogues."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import floor

import pytest

from fazhi_xl.notice.model import Notice
from fazhi_xl.rounds.round import Round
from fazhi_xl.scoring.model import Basis, State, SubPointScore, UnitScore
from tests.support.catalogues import Files, catalogue, full, minimal, negative_list
from tests.support.scored_rounds import departments, scored_round

ROUNDS = 60
CATALOGUES: Mapping[str, Files] = {
    "minimal": minimal(5),
    "negative list": negative_list(8),
    "full": full(7),
    "departments": departments(9),
    "one unit": minimal(1),
}


def points(hundredths: object) -> Fraction:
    assert isinstance(hundredths, int | Fraction)
    return Fraction(hundredths) / 100


def kept(notice: Notice, exact: Fraction) -> Fraction:
    """Round half up, or cut, to the places of the catalogue."""
    scoring = notice.about.scoring
    steps = abs(exact) * 10**scoring.places
    whole = floor(steps) if scoring.rounding == "down" else floor(steps + Fraction(1, 2))
    return Fraction(whole if exact >= 0 else -whole, 10**scoring.places)


def won(score: SubPointScore, basis: Basis) -> Fraction | None:
    """Give what a sub-point earned; None where it counts neither as earned nor as due."""
    if score.approved is True or (score.by_office and score.reviewed is None):
        return None
    said = {Basis.SELF: score.self_score, Basis.COMPUTED: score.auto, Basis.REVIEWED: score.reviewed}
    return points((score.reviewed if score.by_office else said[basis]) or 0)


def total(done: Round, unit: UnitScore) -> tuple[Fraction, Fraction, Fraction]:
    """Give the points that apply, what goes back, and the total."""
    notice, scoring = done.notice, done.notice.about.scoring
    earned = {score.code: won(score, done.basis) for score in unit.sub_points}
    due = {score.code: points(score.points) for score in unit.sub_points if earned[score.code] is not None}
    back = Fraction(0)
    for cap in notice.about.loss_caps:
        codes = [notice.sub_points_by_id[name].code for name in cap.sub_points]
        lost = [due[code] - (earned[code] or 0) for code in codes if code in due]
        back += max(Fraction(0), sum((each for each in lost if each > 0), Fraction(0)) - points(cap.at_most))
    awarded = sum((each for each in earned.values() if each is not None), Fraction(0)) + back
    marks = sum(due.values(), Fraction(0))
    scale = scaled(notice, awarded, marks) if unit.sub_points else points(scoring.full)
    more = min([_sum(done.claims, unit.unit), *_cap(scoring.bonus_cap)])
    off = min([_sum(done.penalties, unit.unit), *_cap(scoring.deduction_cap)])
    taken = off if done.official or not notice.items else Fraction(0)
    return (marks if unit.sub_points else points(scoring.full)), back, scale + more - taken


def scaled(notice: Notice, awarded: Fraction, marks: Fraction) -> Fraction:
    whole = points(notice.about.scoring.full)
    if notice.about.scoring.percent == "hundred_minus_lost":
        return whole - (marks - awarded)
    return kept(notice, whole * awarded / marks) if marks else Fraction(0)


def _cap(cap: object) -> list[Fraction]:
    return [] if cap is None else [points(cap)]


def _sum(entries: object, unit: str) -> Fraction:
    assert isinstance(entries, tuple)
    return sum((points(each.counted) for each in entries if each.unit == unit), Fraction(0))


def rivals(done: Round) -> Iterator[UnitScore]:
    yield from (unit for unit in done.units if unit.total is not None and not unit.vetoes)


@pytest.mark.parametrize("name", CATALOGUES)
def test_every_total(tmp_path_factory: pytest.TempPathFactory, name: str, rounds: int) -> None:
    """Points that apply, what goes back, totals and ranks are what the catalogue's words give, round by round."""
    notice = catalogue(tmp_path_factory.mktemp("catalogue") / "c", CATALOGUES[name])
    groups = {unit.short: unit.ranking_group for unit in notice.units}
    seen = set()
    for seed in range(ROUNDS * rounds):
        done = scored_round(notice, seed)
        others = {unit.unit: total(done, unit)[2] for unit in rivals(done)}
        for unit in done.units:
            if unit.total is None:
                assert (unit.state, unit.rank) == (State.MISSING, None)
                continue
            shown = points(unit.full_marks), points(unit.refund), points(unit.total)
            assert shown == total(done, unit), (seed, unit.unit)
            mine = others.get(unit.unit)
            better = {other for other, each in others.items() if mine is not None and each > mine}
            in_group = sum(groups[other] == groups[unit.unit] for other in better)
            place = (None, None) if mine is None else (len(better) + 1, in_group + 1)
            assert (unit.rank, unit.group_rank) == place, (seed, unit.unit)
            assert (unit.state is State.VETOED) == bool(unit.vetoes)
            seen.add((bool(unit.refund), bool(unit.vetoes), any(score.pending for score in unit.sub_points)))
    assert len(seen) == {"full": 8, "departments": 8}.get(name, 1)
