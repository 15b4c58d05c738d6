"""What a unit's own figures are held against: the median and the best of its ranking group, named by no unit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from fazhi_xl.points import Hundredths, Kept
from fazhi_xl.rounds.rates import median, rate_of
from fazhi_xl.rounds.round import Round
from fazhi_xl.scoring.model import SubPointScore, UnitScore

_Key = TypeVar("_Key")
LEAST = 3  # fewer units than these are not summed up: it would tell the score of a single one


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The median and the highest figure of a group's units."""

    middle: Hundredths
    best: Hundredths


@dataclass(frozen=True, slots=True, kw_only=True)
class Peers:
    """The standing of each ranking group by its code: totals in points, rates in hundredths of a per cent, of all and item by item.

    What fewer than three units have a figure of is not there.
    """

    totals: Mapping[str, Standing]
    rates: Mapping[str, Standing]
    items: Mapping[tuple[str, int], Standing]

    @classmethod
    def of(cls, round_: Round) -> Peers:
        kept, pairs = round_.notice.about.scoring.kept, [(unit, dict(_rates(round_, unit))) for unit in round_.compared]
        totals = _standing(((unit.group, unit.total) for unit, _ in pairs), kept)
        rates = _standing(((unit.group, _rate(round_, unit.sub_points)) for unit, _ in pairs), Kept())
        items = _standing((((unit.group, no), rate) for unit, own in pairs for no, rate in own.items()), Kept())
        return cls(totals=totals, rates=rates, items=items)


def _rates(round_: Round, unit: UnitScore) -> Iterator[tuple[int, int | None]]:
    """Give a unit's rate of each of its items."""
    own: dict[int, list[SubPointScore]] = {}
    for score in unit.sub_points:
        own.setdefault(round_.notice.item_of[score.code].no, []).append(score)
    yield from ((no, _rate(round_, scores)) for no, scores in own.items())


def _rate(round_: Round, scores: Iterable[SubPointScore]) -> int | None:
    return rate_of(scores, round_.basis, round_.notice.about.scoring)


def _standing(figures: Iterable[tuple[_Key, Hundredths | None]], kept: Kept) -> dict[_Key, Standing]:
    found: dict[_Key, list[Hundredths]] = {}
    for key, figure in figures:
        if figure is not None:
            found.setdefault(key, []).append(figure)
    return {
        key: Standing(middle=median(own, kept) or 0, best=max(own)) for key, own in found.items() if len(own) >= LEAST
    }
