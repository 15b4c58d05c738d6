"""What would move if a request were granted, in words: before anyone decides, and by the round's own ranking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fazhi_xl.notice.model import Notice, SubPoint, Unit
from fazhi_xl.office.ranking.score_units import Units
from fazhi_xl.office.ranking.what_if import WhatIf, moves, place
from fazhi_xl.points import Hundredths, show
from fazhi_xl.rounds.rates import counted
from fazhi_xl.scoring.grades import grade_of
from fazhi_xl.scoring.model import Basis, SubPointScore, UnitScore

_NAMED = 8  # units whose places are named


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownMoves:
    """Total and place now, with the score that is asked for, and whose places change besides; blank where nobody can tell."""

    now: str = ""
    granted: str = ""
    others: str = ""


def shown_moves(what: WhatIf, unit: Unit, sub: SubPoint) -> ShownMoves:
    """Say what would move if a unit got on a sub-point what it claimed, or else the full points; all else stays as it is."""
    score = what.score(unit.short, sub.code)
    if score is None:
        return ShownMoves()
    notice, grouped = what.decided.notice, len(what.decided.notice.ranking_groups) > 1
    points, said = _asked_for(notice, score)
    after = what.with_score(unit.short, sub.code, points)
    before, then = what.unit(unit.short), next(each for each in after if each.unit == unit.short)
    moved = _moved(what.units, after, unit.short, grouped=grouped)
    return ShownMoves(
        now=_standing(notice, before, grouped=grouped),
        granted=f"{said}:{_standing(notice, then, grouped=grouped)}",
        others=_named(moved) if moved else "名次都不变",
    )


def _moved(before: Units, after: Units, own: str, *, grouped: bool) -> dict[str, str]:
    """Say of each other unit whose place changes how: among all units, and where they are `grouped` in its group."""
    said = {each.unit: f"{each.before}→{each.after}" for each in moves(before, after, grouped=False)}
    within = (
        {each.unit: f"组内{each.before}→{each.after}" for each in moves(before, after, grouped=True)} if grouped else {}
    )
    every = (unit for unit in dict.fromkeys([*said, *within]) if unit != own)
    return {unit: ",".join(filter(None, (said.get(unit), within.get(unit)))) for unit in every}


def _asked_for(notice: Notice, score: SubPointScore) -> tuple[Hundredths | None, str]:
    """Give the score that a unit asks for: its own where that is more than it has, else the full points; None where it claims 不涉及."""
    if score.out and score.approved is False:
        return None, "核准不涉及"
    own, has = score.self_score, counted(score, Basis.REVIEWED)
    if notice.about.scoring.self_score and own is not None and has < own < score.points:
        return own, f"按自评{show(own)}分"
    return score.points, f"按满分{show(score.points)}分"


def _standing(notice: Notice, unit: UnitScore, *, grouped: bool) -> str:
    if unit.total is None:
        return "没有总分"
    at, within = place(unit, grouped=False), place(unit, grouped=True)
    grade = grade_of(unit.total, notice.about.grades)
    of_group = f"(组内第{within}名)" if grouped and within is not None else ""
    placed = f",第{at}名{of_group}" if at is not None else ",不排名"
    return f"总分{show(unit.total)}{placed}" + (f",{grade}" if grade else "")


def _named(moved: Mapping[str, str]) -> str:
    """Name who moves, from which place to which: 法院 5→6,组内2→3、科技局 6→7."""
    more = f"等{len(moved)}家" if len(moved) > _NAMED else ""
    return "、".join(f"{unit} {said}" for unit, said in list(moved.items())[:_NAMED]) + more
