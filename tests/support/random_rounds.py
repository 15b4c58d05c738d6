"""Whole rounds by chance: what units returned and what the office decided, as plain data and as the program holds it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from random import Random

from fazhi_xl.answers.read import Answers
from fazhi_xl.form.expression import Value
from fazhi_xl.form.model import Form
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.ranking.alternatives import ScoredRound, alternative_rankings
from fazhi_xl.office.review.decision_log import Decision
from fazhi_xl.office.review.display import claimed, claims, penalties, rulings
from fazhi_xl.office.review.dossier import counting_returns, dossier_of
from fazhi_xl.office.review.effects import Decisions
from fazhi_xl.office.review.values import readers_of, values_of
from fazhi_xl.points import Hundredths, figure, show
from fazhi_xl.rounds.file import FileResult
from fazhi_xl.rounds.round import Round
from fazhi_xl.rounds.status import Status
from tests.support.campaign import forms, the_notice
from tests.support.rounds import NOW
from tests.support.standings import standing, still_open

Said = dict[str, str]
MATTERS = ("全国先进", "省级先进", " 全国 先进", "经验推广甲", "经验推广乙", "ＡＢ奖", "ab奖")


@dataclass(kw_only=True)
class Raw:
    """One unit's part of a round: points in hundredths by sub-point, None where it said nothing."""

    own: dict[str, Hundredths | None] = field(default_factory=dict)
    decided: dict[str, Hundredths | str] = field(default_factory=dict)  # a score, 核准 or 不核准
    claimed: list[tuple[str, str, str]] = field(default_factory=list)  # matter, verdict, joined
    refused: list[date] = field(default_factory=list)  # 交办登记
    news: list[tuple[date, bool]] = field(default_factory=list)  # 信息采用


@dataclass(kw_only=True)
class Chance:
    """A round by chance; `offences` are unit, situation, degree, matter, verdict."""

    notice: Notice
    units: dict[str, Raw | None]  # None returned nothing
    offences: list[tuple[str, str, str, str, str]]

    @property
    def forms(self) -> tuple[Form, ...]:
        return tuple(forms()[unit] for unit in self.units)

    @property
    def files(self) -> tuple[FileResult, ...]:
        return tuple(_file(unit, raw) for unit, raw in self.units.items() if raw)

    @property
    def decided(self) -> Decisions:
        decisions = {each.key: each for each in _decisions(self)}
        answers = {each.unit: each.answers for each in self.files if each.unit and each.answers}
        return Decisions(notice=self.notice, decisions=decisions, answers=answers)

    @property
    def round(self) -> Round:
        """Put it together as collecting does."""
        files, decided = self.files, self.decided
        dossier = dossier_of(self.notice, counting_returns(self.notice, files), "")
        stand = standing(self.notice, self.forms, files, decided)
        basis, units = stand.basis, stand.units
        return Round(
            notice=self.notice,
            generated=NOW,
            basis=basis,
            files=files,
            units=units,
            reviewed=stand.reviewed,
            open=still_open(self.notice, files, decided),
            version="1",
            rulings=rulings(decided, dossier),
            claims=tuple(claims(decided, dossier, basis, claimed(files))),
            penalties=tuple(penalties(decided, dossier)),
            on_self=stand.first,
            alternatives=tuple(
                alternative_rankings(ScoredRound(forms=self.forms, files=files, decided=decided, standing=stand))
            ),
        )


def a_chance(seed: int, *, scoring: Mapping[str, object] | None = None, most: int = 6) -> Chance:
    """Make a round by chance: small ones, large scores and small ones, reviewed whole, in part or not at all."""
    dice, notice = Random(seed), the_notice()
    if scoring:
        about = notice.about.model_copy(update={"scoring": notice.about.scoring.model_copy(update=dict(scoring))})
        notice = notice.model_copy(update={"about": about})
    names = dice.sample([unit.short for unit in notice.units], dice.randint(1, most))
    order = [unit.short for unit in notice.units if unit.short in names]
    share = dice.choice([0.0, 0.5, 1.0, 1.0, 1.0])
    units = {name: None if dice.random() < 0.15 else _raw(dice, notice, name, share) for name in order}
    return Chance(notice=notice, units=units, offences=list(_offences(dice, notice, order)))


def _raw(dice: Random, notice: Notice, unit: str, share: float) -> Raw:
    raw = Raw()
    for code in forms()[unit].shape.sub_points:
        points = int(notice.sub_points[code].points)
        raw.own[code] = dice.choice([None, 0, points, points, _some_of(dice, points, notice)])
        if dice.random() < share or share == 1.0:
            scores = (0, points, points, _some_of(dice, points, notice))
            raw.decided[code] = dice.choice(("核准", "不核准")) if dice.random() < 0.3 else dice.choice(scores)
    raw.own[code] = points  # a return without any answer would be a blank one
    raw.claimed = [
        (dice.choice(MATTERS), dice.choice(_verdicts(dice, share)), dice.choice(["", "", "归并"]))
        for _ in range(dice.choice([0, 0, 1, 3, 12]))
    ]
    raw.refused = [date(2020, 3, 1)] * (dice.choice([0, 0, 0, 1, 2, 7]) if "20.7" in raw.own else 0)
    pieces = dice.choice([0, 0, 1, 2, 9]) if "20.6" in raw.own else 0
    raw.news = [(date(2020, 5, dice.choice([1, 15, 16, 31])), dice.random() < 0.3) for _ in range(pieces)]
    for code in (*(("20.7",) if raw.refused else ()), *(("20.6",) if raw.news else ())):
        if dice.random() < 0.95:  # else the reviewer may contradict the register
            raw.decided.pop(code, None)
    return raw


def _verdicts(dice: Random, share: float) -> list[str]:
    """Give the verdicts that a claim may get; where all is reviewed, it is rare that one is missing."""
    return ["认可", "认可", "不认可", "重复", *([""] if share < 1.0 or dice.random() < 0.02 else [])]


def _some_of(dice: Random, points: int, notice: Notice) -> Hundredths:
    """Give some of the points, as finely as the catalogue keeps them."""
    some, units = dice.randint(0, points), notice.about.scoring.kept.units
    return some if units == 1 else figure(Fraction(dice.randint(0, some * units), units))


def _offences(dice: Random, notice: Notice, units: list[str]) -> Iterator[tuple[str, str, str, str, str]]:
    for _ in range(dice.choice([0, 0, 1, 4])):
        situation = dice.choice(notice.deductions)
        degree = dice.choice(situation.levels).name if situation.levels else ""
        verdict = dice.choice(["减分", "减分", "不减分", "重复"])
        yield dice.choice(units), situation.label, degree, dice.choice(["甲事", " 甲 事", "乙事"]), verdict


def _file(unit: str, raw: Raw) -> FileResult:
    values: dict[str, Value] = {f"{c}.自评": Fraction(p, 100) for c, p in raw.own.items() if p is not None}
    for no, (matter, _, _) in enumerate(raw.claimed, 1):
        values |= {f"加分.{no:02d}.情形": the_notice().bonus[0].label, f"加分.{no:02d}.事项": matter}
    answers = Answers(shape=forms()[unit].shape, values=values, findings=())
    return FileResult(
        path=f"{unit}.xlsx",
        sha256="0" * 64,
        received=date(2020, 11, 10),
        unit=unit,
        status=Status.ACCEPTED,
        answers=answers,
    )


def _decisions(chance: Chance) -> Iterator[Decision]:
    yield from (_decision(*each) for each in _said(chance))


def _said(chance: Chance) -> Iterator[tuple[str, str, Said, Said]]:
    for unit, raw in chance.units.items():
        yield from _of_unit(unit, raw) if raw else ()
    for no, (unit, situation, degree, matter, verdict) in enumerate(chance.offences, 1):
        values = {"单位": unit, "情形": situation, "程度": degree, "事项": matter, "认定": verdict}
        yield "", f"减分登记.{no:03d}", {key: text for key, text in values.items() if text}, {}
    for name, entries in (("交办登记", _tasks(chance)), ("信息采用", _news(chance))):
        yield from (("", f"{name}.{no:03d}", values, {}) for no, values in enumerate(entries, 1))


def _of_unit(unit: str, raw: Raw) -> Iterator[tuple[str, str, Said, Said]]:
    for code, said in raw.decided.items():
        values = {"不涉及": said} if isinstance(said, str) else {"核定": show(said)}
        yield unit, code, values, {}
    for no, (matter, verdict, joined) in enumerate(raw.claimed, 1):
        values = {"认定": verdict, "归并": joined}
        if verdict:
            yield unit, f"加分.{no:02d}", {key: text for key, text in values.items() if text}, {"事项": matter}


def _tasks(chance: Chance) -> Iterator[Said]:
    for unit, raw in chance.units.items():
        yield from ({"单位": unit, "日期": day.isoformat()} for day in (raw.refused if raw else ()))


def _news(chance: Chance) -> Iterator[Said]:
    for unit, raw in chance.units.items():
        for day, taken in raw.news if raw else ():
            yield {"单位": unit, "报送日期": day.isoformat(), "录用": "已录用" if taken else "未录用"}


def _decision(unit: str, row: str, values: Said, seen: Said) -> Decision:
    typed = values_of(values, readers_of(the_notice())(row))
    return Decision(
        no=1, unit=unit, row=row, values=typed, book="审核表.xlsx", sha256="", basis="", seen=seen, replaces=None, bulk=False,
        recorded="2020-12-01T09:00:00",
    )  # fmt: skip
