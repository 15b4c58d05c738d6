"""Whole rounds by chance, computed once more from the plain entries, by the notice's words and in fractions."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from math import floor

import pytest

from fazhi_xl.notice.choices import AssessorRank, Conversion, EarlyBonus, Graver, Rounding, Ties
from fazhi_xl.notice.model import Scoring
from fazhi_xl.scoring.model import Basis, UnitScore
from tests.support.campaign import the_notice
from tests.support.random_rounds import Chance, Raw, a_chance
from tests.support.standings import standing

ROUNDS = 50  # of each scale, times what is asked
SCALES: tuple[dict[str, object], ...] = (
    {},
    {"percent": Conversion.HUNDRED_MINUS_LOST},
    {"percent": Conversion.RAW},
    {"index_coefficient": Decimal("1.037"), "total_cap": 10_000},
    {
        "ties": Ties.DENSE,
        "graver": Graver.WITH_LIGHTER,
        "early_bonus": EarlyBonus.RECOGNISED,
        "assessor": AssessorRank.APART,
    },
    {"places": 3, "index_coefficient": Decimal("0.997")},
    {"places": 3, "rounding": Rounding.DOWN, "index_coefficient": Decimal("1.037")},
    {"rounding": Rounding.DOWN},
)
NAMES = ("percent", "lost", "raw", "index", "others", "thousandths", "cut", "cut to two")
POINTS = {code: Fraction(sub.points, 100) for code, sub in the_notice().sub_points.items()}
Figures = tuple[Fraction, Fraction, Fraction, Fraction]  # points that apply, bonus, deduction, total


def rounded(value: Fraction, scoring: Scoring) -> Fraction:
    """Round as a spreadsheet does, to the catalogue's places: halves away from zero, or towards zero."""
    scale, half = 10**scoring.places, Fraction(0 if scoring.rounding == "down" else 1, 2)
    away = floor(abs(value) * scale + half)
    return Fraction(away if value >= 0 else -away, scale)


def name_of(matter: str) -> str:
    return "".join(unicodedata.normalize("NFKC", matter).split()).lower()


def is_official(chance: Chance) -> bool:
    came = [raw for raw in chance.units.values() if raw]
    return bool(came) and all(_whole(raw) for raw in came)


def _whole(raw: Raw) -> bool:
    settled = {*raw.decided, *(("20.7",) if raw.refused else ()), *(("20.6",) if raw.news else ())}
    ruled = all(verdict for _, verdict, _ in raw.claimed)
    return settled >= set(raw.own) and ruled and not any(_contradicted(raw, code) for code in _registered(raw))


def _contradicted(raw: Raw, code: str) -> bool:
    """Say whether the reviewer decided otherwise than the register."""
    said = raw.decided.get(code)
    if isinstance(said, str):
        return said == "核准"
    return said is not None and Fraction(said, 100) != _by_register(raw, code)


def figures(chance: Chance, unit: str, raw: Raw, *, official: bool) -> Figures:
    out = {c for c, said in raw.decided.items() if said == "核准" and official} - _registered(raw)
    full = sum((points for c, points in POINTS.items() if c in raw.own and c not in out), Fraction(0))
    won = sum((_won(raw, c, official=official) for c in raw.own if c not in out), Fraction(0))
    scoring = chance.notice.about.scoring
    by_office = official or scoring.early_bonus == "recognised"
    bonus = Fraction(min(10, _recognised(raw) if by_office else _claimed(raw)))
    taken = Fraction(_taken(chance, unit) if official else 0)
    total = _scaled(chance, full, won) + bonus - taken
    return full, bonus, taken, total if scoring.total_cap is None else min(total, Fraction(scoring.total_cap, 100))


def _recognised(raw: Raw) -> int:
    return len({name_of(joined or matter) for matter, verdict, joined in raw.claimed if verdict == "认可"})


def _claimed(raw: Raw) -> int:
    """Count the matters claimed: in the form texts that read alike, but for case, are one."""
    return len({matter.lower() for matter, _, _ in raw.claimed})


def _registered(raw: Raw) -> set[str]:
    return {*(["20.7"] if raw.refused else []), *(["20.6"] if raw.news else [])}


def _won(raw: Raw, code: str, *, official: bool) -> Fraction:
    if not official:
        return Fraction(raw.own[code] or 0, 100)
    if code in _registered(raw):
        return _by_register(raw, code)
    said = raw.decided[code]
    return Fraction(0) if isinstance(said, str) else Fraction(said, 100)


def _by_register(raw: Raw, code: str) -> Fraction:
    if code == "20.7":
        return Fraction(max(0, 5 - len(raw.refused)))
    in_time = sum(day.day <= 15 for day, _ in raw.news)
    return min(Fraction(4), Fraction(in_time, 2) + 2 * sum(taken for _, taken in raw.news))


def _taken(chance: Chance, unit: str) -> int:
    own = [each for each in chance.offences if each[0] == unit and each[4] != "不减分"]
    matters = {name_of(matter) for _, _, _, matter, verdict in own if verdict == "减分"}
    grave = {name_of(matter) for _, _, degree, matter, _ in own if degree == "依法被追究刑事责任的"}
    light = {name_of(matter) for _, _, degree, matter, _ in own if degree != "依法被追究刑事责任的"}
    if chance.notice.about.scoring.graver == "with_lighter":
        return sum(5 * (matter in grave) + 3 * (matter in light) for matter in matters)
    return sum(5 if matter in grave else 3 for matter in matters)


def _scaled(chance: Chance, full: Fraction, won: Fraction) -> Fraction:
    scoring = chance.notice.about.scoring
    scale = {
        "percent": 100 * won / full if full else Fraction(0),
        "hundred_minus_lost": 100 - (full - won),
        "raw": won,
    }[scoring.percent]
    return rounded(rounded(scale, scoring) * Fraction(scoring.index_coefficient), scoring)


def place(chance: Chance, own: Figures, rivals: Iterable[Figures]) -> int:
    better = [each[3] for each in rivals if each[3] > own[3]]
    return 1 + len(set(better) if chance.notice.about.scoring.ties == "dense" else better)


def _shown(unit: UnitScore) -> Figures | None:
    values = (unit.full_marks, unit.bonus or 0, unit.deduction or 0, unit.total)
    full, bonus, deduction, total = (Fraction(value or 0, 100) for value in values)
    return None if unit.total is None else (full, bonus, deduction, total)


@pytest.mark.parametrize(
    "scale",
    [
        scale if name in {"percent", "lost", "others", "cut"} else pytest.param(scale, marks=pytest.mark.exhaustive)
        for name, scale in zip(NAMES, SCALES, strict=True)
    ],
    ids=NAMES,
)
def test_every_figure(scale: dict[str, object], rounds: int) -> None:
    """Basis, points, bonus, deductions, totals and ranks are what the notice's words give, round by round."""
    seen = set()
    for seed in range(ROUNDS * rounds):
        chance = a_chance(seed, scoring=scale)
        stand = standing(chance.notice, chance.forms, chance.files, chance.decided)
        basis, units = stand.basis, stand.units
        official = is_official(chance)
        assert basis is (Basis.REVIEWED if official else Basis.SELF), seed
        expected = {n: figures(chance, n, raw, official=official) for n, raw in chance.units.items() if raw}
        ranking = {name: each for name, each in expected.items() if name not in chance.notice.apart}
        groups = {unit.short: unit.ranking_group for unit in chance.notice.units}
        for unit in units:
            own = expected.get(unit.unit)
            assert _shown(unit) == own, (seed, unit.unit)
            if unit.unit in chance.notice.apart:
                assert (unit.rank, unit.group_rank) == (None, None), seed
                continue
            assert unit.rank == (own and place(chance, own, ranking.values())), seed
            rivals = [each for name, each in ranking.items() if groups[name] == groups[unit.unit]]
            assert unit.group_rank == (own and place(chance, own, rivals)), seed
        seen.add((official, len(expected) > 1, any(own[2] for own in expected.values())))
    assert len(seen) >= 5  # rounds of every sort came up
