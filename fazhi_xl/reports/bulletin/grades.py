"""Units by group and grade, in the order of Annex 1: what may be told of single units."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fazhi_xl.rounds.round import Round
from fazhi_xl.scoring.grades import grade_of
from fazhi_xl.scoring.model import UnitScore

RETURNED, MISSING = "已报送", "未报送"
GRADE, REPORTED = "参考等次", "报送情况"
DRAFT = "草稿,未全部核定,不得印发"


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupGrades:
    """A ranking group: its units that have a score, by grade from the best, and those that returned nothing."""

    name: str
    grades: tuple[tuple[str, tuple[str, ...]], ...]
    missing: tuple[str, ...]

    @property
    def count(self) -> int:
        return sum(len(units) for _, units in self.grades) + len(self.missing)

    @property
    def lines(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Give grades and 未报送, each with its units; a line without units only for a grade."""
        return (*self.grades, *(((MISSING, self.missing),) if self.missing else ()))


def published_figure(round_: Round) -> str:
    """Name what is published of single units: their grades, or where the office gives none, whether they reported."""
    return GRADE if round_.notice.about.grades else REPORTED


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
    named = {unit.unit: grade_of(unit.total, bands) or RETURNED for unit in own if unit.total is not None}
    grades = tuple(band.name for band in bands) or (RETURNED,)
    return GroupGrades(
        name=name,
        grades=tuple((grade, tuple(unit for unit, held in named.items() if held == grade)) for grade in grades),
        missing=tuple(unit.unit for unit in own if unit.total is None),
    )


def counted_words(grades: GroupGrades) -> str:
    """Say how many units have each grade: 优秀3家、良好2家、一般0家."""
    return "、".join(f"{grade}{len(units)}家" for grade, units in grades.grades)
