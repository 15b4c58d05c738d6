"""Scores and ranks under the catalogue's other readings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fazhi_xl.notice.assignment import assign
from fazhi_xl.notice.load import alternatives
from fazhi_xl.notice.model import Notice
from fazhi_xl.rounds.caps import capped_losses
from fazhi_xl.rounds.round import Alternative
from fazhi_xl.scoring.alternative import rescored
from fazhi_xl.scoring.model import Basis, UnitScore
from fazhi_xl.scoring.ranking import ranked


def alternative_rankings(notice: Notice, units: Iterable[UnitScore], basis: Basis) -> Iterator[Alternative]:
    """Score and rank the units under each other option of each reading, over the sub-points that they were asked for."""
    kept = tuple(units)
    for reading, option, instead in alternatives(notice.folder):
        try:
            asked = assign(instead)
        except KeyError:  # an option that nobody chose may name a department that is not there yet
            continue
        scoring = instead.about.scoring
        groups = {each.short: each.ranking_group for each in instead.units}
        points = {
            unit.unit: {
                code: instead.sub_points[code].of_group(groups.get(unit.unit, unit.group)).points
                for code in asked.get(unit.unit, ())
            }
            for unit in kept
        }
        caps = capped_losses(instead)
        answered = {unit.unit: {each.code for each in unit.sub_points} for unit in kept if unit.sub_points}
        more = frozenset(unit for unit, codes in answered.items() if points[unit].keys() - codes)
        yield Alternative(
            reading=reading.key,
            option=option.text,
            units=ranked(
                [
                    rescored(unit, groups.get(unit.unit, unit.group), points[unit.unit], scoring, basis, caps)
                    for unit in kept
                ],
                scoring.ties,
                instead.apart,
            ),
            unanswered=more,
        )
