"""The front page's grid, and the round as its panels take it."""

from __future__ import annotations

from dataclasses import dataclass

from fazhi_xl.points import Hundredths
from fazhi_xl.reports.ranking.front import figures
from fazhi_xl.reports.ranking.front.figures import Group
from fazhi_xl.rounds.round import Round
from fazhi_xl.scoring.model import UnitScore

GRID = (46, 132, 186, 24, 152, 52, 140, 70, 24, 104, 50, 50, 50, 50, 50)
LAST = len(GRID) - 1
LEFT, MIDDLE, RIGHT = (0, 2), (4, 7), (9, 14)
POINTS = "0.00"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A round as its front page takes it; `tall` is a table row's height in points, `strip` that of the strip."""

    round_: Round
    groups: tuple[Group, ...]
    tall: float = 18.5
    strip: float = 121

    @property
    def compared(self) -> tuple[UnitScore, ...]:
        return figures.compared(self.round_.units)

    @property
    def totals(self) -> list[Hundredths]:
        return figures.totals(self.compared)

    @property
    def bounds(self) -> tuple[Hundredths, ...]:
        """The bounds of the grades; those beyond the fourth are not drawn."""
        return tuple(band.at_least for band in self.round_.notice.about.grades[:5] if band.at_least is not None)

    @property
    def places(self) -> int:
        return self.round_.notice.about.scoring.places
