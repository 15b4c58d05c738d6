"""Rounds over small catalogues, scored by chance: what units have and the office decided, without any form."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from decimal import Decimal
from fractions import Fraction
from random import Random

from fazhi_xl.answers.read import Answers
from fazhi_xl.form.model import Shape
from fazhi_xl.notice.assignment import assign
from fazhi_xl.notice.choices import Missing
from fazhi_xl.notice.model import Notice, Unit
from fazhi_xl.points import Hundredths, figure
from fazhi_xl.rounds.caps import capped_losses
from fazhi_xl.rounds.decisions import Adjustment
from fazhi_xl.rounds.file import FileResult
from fazhi_xl.rounds.round import Round
from fazhi_xl.rounds.status import Status
from fazhi_xl.scoring.model import Basis, SubPointScore, UnitScore
from fazhi_xl.scoring.ranking import ranked
from fazhi_xl.scoring.score import all_decided, missing_score, preliminary, unit_score, zeroed
from tests.support.catalogues import Files, full
from tests.support.rounds import NOW

_NO_FORM = Shape(name="无", sub_points=(), sheets=())


def departments(count: int = 6, **changes: object) -> Files:
    """Give a catalogue of two classes with full marks of their own, limits and a veto, without bonus and self-scores."""
    files = deepcopy(full(count))
    scoring = {
        "full": 100,
        "self_score": False,
        "places": 3,
        "rounding": "down",
        "deduction_cap": Decimal("7.5"),
        **changes,
    }
    about, units = files["notice.toml"], files["units.toml"]
    for group, marks in zip(units["ranking_groups"], (40, 39), strict=True):
        group["full"] = marks
    caps = [
        {"text": "走访和材料累计扣分不超过4分。", "sub_points": ["2.1", "2.2"], "at_most": 4},
        {"text": "第4项累计扣分不超过2.5分。", "sub_points": ["4.1", "4.2", "4.3"], "at_most": Decimal("2.5")},
    ]
    grades = [{"name": "甲等", "at_least": 80}, {"name": "乙等", "at_least": 60}, {"name": "丙等"}]
    files["notice.toml"] = {**about, "scoring": scoring, "loss_caps": caps, "grades": grades}
    files["notice.toml"]["texts"].pop("bonus_clause")
    files["adjustments.toml"].pop("bonus")
    files["adjustments.toml"].pop("limits")
    return files


def scored_round(notice: Notice, seed: int) -> Round:
    """Put a round together by chance: units missing, vetoed, reviewed in part and wholly, and values of the office that are not there."""
    dice = Random(seed)
    done = dice.random() < 0.5
    asked = assign(notice)
    own = {unit.short: _scores(dice, notice, unit, asked[unit.short], done=done) for unit in notice.units}
    gone = {unit.short for unit in notice.units if dice.random() < 0.15 and notice.items}
    decided = [scores for unit, scores in own.items() if scores and unit not in gone]
    first = preliminary(notice.about.scoring) if notice.items else Basis.COMPUTED
    whole = all(map(all_decided, decided)) and bool(decided) if notice.items else done
    basis = Basis.REVIEWED if whole else first
    vetoes = {unit.short: _vetoes(dice, notice) for unit in notice.units}
    penalties = tuple(_penalties(dice, notice))
    claims = tuple(_claims(dice, notice, gone))

    def units(on: Basis) -> tuple[UnitScore, ...]:
        return ranked(
            [
                _missing(
                    notice,
                    missing_score(
                        unit.short, unit.ranking_group, _asked(notice, unit, asked[unit.short]), vetoes[unit.short]
                    ),
                    deduction=_sum(penalties, unit) if on is Basis.REVIEWED else 0,
                )
                if unit.short in gone
                else unit_score(
                    unit.short,
                    unit.ranking_group,
                    own[unit.short],
                    bonus=_sum(claims, unit),
                    deduction=_sum(penalties, unit) if on is Basis.REVIEWED or not notice.items else 0,
                    scoring=notice.about.scoring,
                    basis=on,
                    caps=capped_losses(notice),
                    vetoes=vetoes[unit.short],
                )
                for unit in notice.units
            ],
            notice.about.scoring.ties,
            notice.apart,
        )

    return Round(
        notice=notice,
        generated=NOW,
        basis=basis,
        files=tuple(_file(unit.short) for unit in notice.units if unit.short not in gone and notice.items),
        units=units(basis),
        reviewed=units(basis),
        version="1",
        claims=claims,
        penalties=penalties,
        on_self=units(first),
        unasked=frozenset() if notice.items else frozenset(unit.short for unit in notice.units),
    )


def _missing(notice: Notice, score: UnitScore, deduction: Hundredths) -> UnitScore:
    scoring = notice.about.scoring
    return zeroed(score, deduction, scoring) if scoring.missing is Missing.ZERO else score


def _scores(
    dice: Random, notice: Notice, unit: Unit, codes: tuple[str, ...], *, done: bool
) -> tuple[SubPointScore, ...]:
    asked = notice.sub_points_of(unit.short)
    return tuple(_score(dice, notice, code, asked[code].points, done=done) for code in codes)


def _score(dice: Random, notice: Notice, code: str, points: Hundredths, *, done: bool) -> SubPointScore:
    sub, scoring = notice.sub_points[code], notice.about.scoring
    least, most = sub.least, max(points, sub.most or 0)

    def some() -> Hundredths:
        steps = scoring.kept.units
        return figure(
            dice.choice([points, points, least, Fraction(dice.randint(int(least * steps), int(most * steps)), steps)])
        )

    by_office = code in notice.scored_by_office
    reviewed = some() if dice.random() < (0.9 if by_office else 0.6) or done else None
    out = not by_office and dice.random() < 0.1
    approved = dice.choice([True, False]) if out and reviewed is not None else None
    return SubPointScore(
        code=code,
        points=points,
        auto=dice.choice([None, some(), some()]),
        self_score=dice.choice([None, some(), some()]) if scoring.self_score and not by_office else None,
        reviewed=reviewed if approved is None else None if approved else 0,
        out=out,
        approved=approved,
        by_office=by_office,
    )


def _asked(notice: Notice, unit: Unit, codes: tuple[str, ...]) -> Hundredths:
    asked = notice.sub_points_of(unit.short)
    return sum(asked[code].points for code in codes if code not in notice.scored_by_office)


def _vetoes(dice: Random, notice: Notice) -> tuple[str, ...]:
    return tuple(veto.label for veto in notice.vetoes if dice.random() < 0.2)


def _penalties(dice: Random, notice: Notice) -> Iterator[Adjustment]:
    for no, unit in enumerate(notice.units):
        for situation in notice.deductions:
            if dice.random() < 0.5:
                yield _adjustment(
                    unit, f"减分登记.{no:03d}", situation.label, situation.points * dice.choice([1, 1, 2])
                )


def _claims(dice: Random, notice: Notice, gone: set[str]) -> Iterator[Adjustment]:
    for unit in (each for each in notice.units if each.short not in gone):
        for no, situation in enumerate(notice.bonus, 1):
            if dice.random() < 0.5:
                yield _adjustment(unit, f"加分.{no:02d}", situation.label, situation.points)


def _adjustment(unit: Unit, row: str, situation: str, points: Hundredths) -> Adjustment:
    return Adjustment(
        unit=unit.short, row=row, source=unit.short, situation=situation, matter=f"{situation}一件", counted=points
    )


def _sum(entries: tuple[Adjustment, ...], unit: Unit) -> Hundredths:
    return sum(each.counted for each in entries if each.unit == unit.short)


def _file(unit: str) -> FileResult:
    answers = Answers(shape=_NO_FORM, values={"其他": "有"}, findings=())
    return FileResult(
        path=f"{unit}.xlsx",
        sha256="0" * 64,
        received=date(2032, 1, 10),
        unit=unit,
        status=Status.ACCEPTED,
        answers=answers,
    )
