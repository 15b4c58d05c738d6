"""How the units stand, as an edition remembers it: enough to say later what is otherwise, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fazhi_xl.office.workspace.folder import Json
from fazhi_xl.points import Hundredths, show
from fazhi_xl.rounds import rates
from fazhi_xl.rounds.round import Round
from fazhi_xl.scoring.grades import grade_of
from fazhi_xl.scoring.model import Basis, SubPointScore, UnitScore


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What a sub-point counts, as text, and the number of the decision that says so; None where none does."""

    code: str
    counted: str
    decision: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitStanding:
    """A unit's figures as texts, blank where there are none, and its return that counts; `marks` by the sub-points' ids."""

    id: str
    unit: str
    figures: Mapping[str, str]
    file: str = ""
    sha256: str = ""
    marks: Mapping[str, Mark] = field(default_factory=dict)

    @property
    def as_json(self) -> Json:
        marks = {key: {"code": m.code, "counted": m.counted, "decision": m.decision} for key, m in self.marks.items()}
        own = {"id": self.id, "unit": self.unit, "file": self.file, "sha256": self.sha256}
        return {**own, "figures": dict(self.figures), "sub_points": marks}

    @classmethod
    def of_json(cls, held: Json) -> UnitStanding:
        """Read a unit of 定稿.json. Raises KeyError, TypeError and the like where it is damaged."""
        return cls(
            id=str(held["id"]),
            unit=str(held["unit"]),
            figures={str(key): str(value) for key, value in held["figures"].items()},
            file=str(held["file"]),
            sha256=str(held["sha256"]),
            marks={key: _mark(each) for key, each in held["sub_points"].items()},
        )


def _mark(held: Json) -> Mark:
    no = held["decision"]
    return Mark(code=str(held["code"]), counted=str(held["counted"]), decision=None if no is None else int(no))


def standings(round_: Round) -> tuple[UnitStanding, ...]:
    """Give how each unit stands; a sub-point as the office has decided it, whatever the ranking's basis is."""
    return tuple(_unit(round_, unit) for unit in round_.units)


def _unit(round_: Round, unit: UnitScore) -> UnitStanding:
    file, own = round_.file_of(unit.unit), round_.notice.units_by_short[unit.unit]
    marks = ((score, round_.rulings.get((unit.unit, score.code))) for score in round_.reviewed_of(unit).sub_points)
    return UnitStanding(
        id=own.id,
        unit=unit.unit,
        figures=_figures(round_, unit),
        file=file.path if file else "",
        sha256=file.sha256 if file else "",
        marks={
            round_.notice.sub_points[score.code].id: Mark(
                code=score.code, counted=_counted(score), decision=ruling.no if ruling else None
            )
            for score, ruling in marks
        },
    )


def _figures(round_: Round, unit: UnitScore) -> dict[str, str]:
    """Give the figures that are compared, by the value of their kind of difference."""
    return {
        "total": _points(unit.total),
        "rank": _rank(unit.rank),
        "group_rank": _rank(unit.group_rank),
        "grade": grade_of(unit.total, round_.notice.about.grades) or "",
        "bonus": _points(unit.bonus),
        "deduction": _points(unit.deduction),
        "veto": "、".join(unit.vetoes),
    }


def _counted(score: SubPointScore) -> str:
    if not score.decided:
        return "未核定"
    return "不涉及" if score.approved else show(rates.counted(score, Basis.REVIEWED))


def _points(points: Hundredths | None) -> str:
    return "" if points is None else show(points)


def _rank(rank: int | None) -> str:
    return "" if rank is None else str(rank)
