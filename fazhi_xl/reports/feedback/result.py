"""One unit's result as its feedback sheet takes it: what may be told, and the columns that its tables share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fazhi_xl.notice.model import Unit
from fazhi_xl.reports.feedback.peers import Peers
from fazhi_xl.reports.media.privacy import OtherUnits, without_phones
from fazhi_xl.reports.media.workbook import Column
from fazhi_xl.rounds.round import Round
from fazhi_xl.scoring.model import UnitScore
from fazhi_xl.text.one_line import one_line

SAID = 150  # characters of a line that the one page shows
_FIGURE, _SAYING = 7.5, 31.5  # widths of a column of points, and of the one that says why they were lost


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitResult:
    """One unit's result, and what has to be kept from it. `day` is the day that the sheet bears."""

    round_: Round
    unit: Unit
    score: UnitScore
    others: OtherUnits
    day: date
    peers: Peers

    def said(self, text: str) -> str:
        """Give what somebody wrote as the unit may read it: in one line, without telephone numbers and other units' names."""
        return without_phones(self.others.hidden(one_line(text), self.unit.short))

    def phoneless(self, text: str) -> str:
        """Give what names units that stand in it anyhow, as the number of a court's document."""
        return without_phones(one_line(text))

    def documents(self, code: str) -> str:
        """Name the documents that the catalogue wants for a sub-point; none for what only the office records, or where it wants none."""
        notice = self.round_.notice
        office = notice.scored_by_office | notice.recorded_by_office
        return notice.sub_points[code].evidence if notice.about.texts.evidence and code not in office else ""

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns that the tables of items and of losses share; without self-scores their room goes to the last column.

        What counts is the last but one, under one name: the office's scores stand on no sheet before all is decided.
        """
        counted = "核定" if self.round_.official else "得分"
        points = ("分值", "测算", *(("自评",) if self.self_scored else ()), counted, "失分")
        return tuple(Column(title=name, width=_FIGURE, style="figure") for name in points)

    @property
    def self_scored(self) -> bool:
        return self.round_.notice.about.scoring.self_score

    @property
    def widths(self) -> tuple[float, ...]:
        """The widths of the sheet's columns."""
        return 6, 35, *(column.width for column in self.columns), self.saying

    @property
    def saying(self) -> float:
        """The width of the last column."""
        return _SAYING if self.self_scored else _SAYING + _FIGURE
