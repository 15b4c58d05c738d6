"""Units by group and grade, in the order of the notice's list: what may be told of single units."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fazhi_xl.reports.media.titles import VETO
from fazhi_xl.rounds.round import Round
from fazhi_xl.scoring.grades import grade_of
from fazhi_xl.scoring.model import UnitScore

RETURNED, MISSING, SCORED = "已报送", "未报送", "已计分"
REPORTED, COUNTED = "报送情况", "计分情况"
DRAFT = "草稿,未全部核定,不得印发"


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupGrades:
    """A ranking group: its units that have a score, by grade from the best, those after a veto, and those without a score."""

    name: str
    grades: tuple[tuple[str, tuple[str, ...]], ...]
    missing: tuple[str, ...]
    vetoed: tuple[str, ...] = ()  # with what takes them out of the ranking
    count: int = 0

    @property
    def lines(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Give grades, 一票否决 and 未报送, each with its units; a line without units only for a grade."""
        others = ((VETO, self.vetoed), (MISSING, self.missing))
        return (*self.grades, *((name, units) for name, units in others if units))


def published_figure(round_: Round) -> str:
    """Name what is published of single units: their grades, or where there are none, whether they reported what they have to."""
    if round_.notice.about.grades:
        return round_.notice.about.words.grade
    return REPORTED if round_.due else COUNTED


def group_grades(round_: Round) -> tuple[GroupGrades, ...]:
    """Give the groups that have units; where the office gives no grades, those that returned stand together."""
    groups = (
        (group, [unit for unit in round_.units if unit.group == group.code]) for group in round_.notice.ranking_groups
    )
    return tuple(_group(round_, group.name, units) for group, units in groups if units)


def whole_grades(round_: Round) -> GroupGrades:
    """Give the same over all units."""
    return _group(round_, "", round_.units)


def _group(round_: Round, name: str, units: Iterable[UnitScore]) -> GroupGrades:
    own, bands = tuple(units), round_.notice.about.grades
    other = RETURNED if round_.due else SCORED
    named = {unit.unit: grade_of(unit.total, bands) or other for unit in own if unit.compared and not unit.zeroed}
    grades = tuple(band.name for band in bands) or (other,)
    return GroupGrades(
        name=name,
        grades=tuple((grade, tuple(unit for unit, held in named.items() if held == grade)) for grade in grades),
        missing=tuple(unit.unit for unit in own if (unit.total is None or unit.zeroed) and not unit.vetoes),
        vetoed=tuple(f"{unit.unit}({'、'.join(unit.vetoes)})" for unit in own if unit.vetoes),
        count=len(own),
    )


def counted_words(grades: GroupGrades) -> str:
    """Say how many units have each grade that any has, and how many have none after a veto: 优秀3家、良好2家; blank of no units."""
    return "、".join(f"{grade}{len(units)}家" for grade, units in (*grades.grades, (VETO, grades.vetoed)) if units)
