"""The parts of 得分矩阵: the largest group and the others, each with the sub-points that all in it have, and what only a few have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from fazhi_xl.reports.media.titles import grouped
from fazhi_xl.rounds.round import Round
from fazhi_xl.scoring.model import UnitScore

MATRIX = "得分矩阵"
MAIN, OTHERS, SPECIAL = 1, 2, 3


Special = tuple[UnitScore, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocks:
    """`units` and `codes` are those of the two tables without gaps, `special` the rows of the third: a unit and its points of one item."""

    titles: Mapping[int, str]
    units: Mapping[int, tuple[UnitScore, ...]]
    codes: Mapping[int, tuple[str, ...]]
    parts: Mapping[tuple[str, str], int]  # of a unit's sub-point: in which of the three it stands
    special: tuple[Special, ...]


def blocks_of(round_: Round) -> Blocks:
    """Part the scores of a round; without groups all units are one."""
    units = _units(round_)
    codes = {no: _shared(round_, own) for no, own in units.items()}
    parts = {
        (unit.unit, score.code): no if score.code in codes[no] else SPECIAL
        for no, own in units.items()
        for unit in own
        for score in unit.sub_points
    }
    numerals = dict(zip((no for no in (MAIN, OTHERS, SPECIAL) if no == SPECIAL or codes[no]), "一二三", strict=False))
    names = {MAIN: _name(round_, units[MAIN]), OTHERS: "其他单位", SPECIAL: "专项得分点"}
    return Blocks(
        titles={no: f"{numerals[no]}、{names[no]}" if no in numerals else names[no] for no in names},
        units=units,
        codes=codes,
        parts=parts,
        special=tuple(_special(round_, parts)),
    )


def _units(round_: Round) -> dict[int, tuple[UnitScore, ...]]:
    count = Counter(unit.group for unit in round_.scored)
    largest = max(count, key=lambda group: count[group], default="")
    main = tuple(unit for unit in round_.scored if unit.group == largest)
    return {MAIN: main, OTHERS: tuple(unit for unit in round_.scored if unit.group != largest)}


def _name(round_: Round, main: Sequence[UnitScore]) -> str:
    if not grouped(round_.notice) or not main:
        return "全部单位"
    return next(group.name for group in round_.notice.ranking_groups if group.code == main[0].group)


def _shared(round_: Round, units: Sequence[UnitScore]) -> tuple[str, ...]:
    """Name the sub-points that all the units have, in the notice's order."""
    count = Counter(score.code for unit in units for score in unit.sub_points)
    return tuple(code for code in round_.notice.sub_points if count[code] == len(units) > 0)


def _special(round_: Round, parts: Mapping[tuple[str, str], int]) -> Iterator[Special]:
    """Give, item by item, each unit with those of its sub-points that stand in neither of the other parts."""
    for item in round_.notice.items:
        for unit in round_.scored:
            codes = tuple(
                score.code
                for score in unit.sub_points
                if round_.notice.item_of[score.code].no == item.no and parts[unit.unit, score.code] == SPECIAL
            )
            if codes:
                yield unit, codes
