"""Makes up what a unit would fill in. The same seed gives the same answers; everything is invented."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random

from fazhi_xl.form.expression import Value
from fazhi_xl.form.model import Field, Shape
from fazhi_xl.form.sheets.unit import bonus, information, ledger, tasks
from fazhi_xl.notice.choices import Kind
from fazhi_xl.notice.model import Notice, SubPoint
from fazhi_xl.notice.rules import NOT_APPLICABLE, YES, Input

Answers = dict[str, Value]
_YEARS_BACK = 3


def answers(notice: Notice, shape: Shape, random: Random) -> Answers:
    """Fill in a whole form as a unit of some diligence would, and as its checks ask."""
    diligence = random.uniform(0.72, 1.0)
    made: Answers = {}
    for code in shape.sub_points:
        sub = notice.sub_points[code]
        facts: Answers = {}
        for fact in sub.inputs:
            field = shape.fields.get(key := tasks.fact_field(code, fact.key))
            if field is not None and (fact.required or random.random() < 0.5):
                facts[key] = _fact(notice, sub, fact, field, facts, (diligence, random))
        made |= facts
    made |= _reports(notice, diligence, random)
    made |= _ledger(notice, shape, random)
    if random.random() < 0.4:
        made |= _bonus(notice, random)
    return made | dict(_scores(shape, made, random))


def _fact(notice: Notice, sub: SubPoint, fact: Input, field: Field, made: Answers, mood: tuple[float, Random]) -> Value:
    diligence, random = mood
    if fact.kind is Kind.CHOICE:
        return _choice(fact, diligence, random)
    if fact.kind is Kind.DATE:
        return _date(notice, sub, fact, field, made, random)
    if fact.kind is Kind.TEXT:
        return f"【演练】{fact.label}"
    limit = made.get(tasks.fact_field(sub.code, fact.not_more_than or ""))
    if isinstance(limit, int):
        return limit if random.random() < diligence else max(0, limit - random.randint(1, 3))
    if fact.kind is Kind.DECIMAL:
        return Fraction(random.randint(max(1, int(fact.minimum * 100)), 9_000), 100)
    return random.randint(4, 30) if random.random() < diligence else random.randint(0, 3)


def _choice(fact: Input, diligence: float, random: Random) -> str:
    if NOT_APPLICABLE in fact.options and random.random() < 0.06:
        return NOT_APPLICABLE
    usual = YES if YES in fact.options else fact.options[0]
    others = [option for option in fact.options if option not in {usual, NOT_APPLICABLE}]
    return usual if random.random() < diligence else random.choice(others)


def _date(notice: Notice, sub: SubPoint, fact: Input, field: Field, made: Answers, random: Random) -> date:
    start = made.get(tasks.fact_field(sub.code, fact.not_before or ""))
    first = notice.about.dates.period_start
    day = start + timedelta(days=random.randint(50, 90)) if isinstance(start, date) else first + timedelta(days=150)
    return min(day, field.maximum) if isinstance(field.maximum, date) else day


def _reports(notice: Notice, diligence: float, random: Random) -> Answers:
    made: Answers = {}
    year = notice.about.dates.period_start.year
    for month in range(1, notice.about.dates.ledger_due.month + 1):
        if random.random() < diligence * 0.6:
            code, taken = f"信息.{month:02d}", random.random() < 0.1
            made[f"{code}.{information.TITLE}"] = f"【演练】{month}月法治建设工作信息"
            made[f"{code}.{information.SENT}"] = date(year, month, random.randint(3, 18))
            made[f"{code}.{information.ADOPTED}"] = information.TAKEN if taken else information.NOT_TAKEN
            if taken:
                made[f"{code}.{information.ISSUE}"] = f"第{random.randint(1, 40)}期"
    return made


def _ledger(notice: Notice, shape: Shape, random: Random) -> Answers:
    made: Answers = {}
    end = notice.about.dates.ledger_due
    for no, sub in enumerate(shape.sub_points, 1):
        row, rules = f"台账.{no:03d}", random.random() < 0.3
        back = random.randint(200, 365 * _YEARS_BACK) if rules else random.randint(0, 250)
        made[f"{row}.{ledger.TITLE}"] = f"【演练】第{sub}项佐证材料"
        made[f"{row}.{ledger.SORT}"] = ledger.RULES if rules else ledger.OTHER
        made[f"{row}.{ledger.DATED}"] = end - timedelta(days=back)
        made[f"{row}.{ledger.FILE}"] = f"{sub.split('.')[0]}/演练材料{no}.pdf"
        made[f"{row}.{ledger.PAGES}"] = random.randint(1, 40)
    return made


def _bonus(notice: Notice, random: Random) -> Answers:
    made: Answers = {}
    for no, code in enumerate(bonus.codes()[: random.randint(1, 3)], 1):
        made[f"{code}.{bonus.SITUATION}"] = random.choice(notice.bonus).label
        made[f"{code}.{bonus.MATTER}"] = f"【演练】法治建设先进经验之{no}"
        made[f"{code}.{bonus.AUTHORITY}"] = "【演练】省级机关"
        made[f"{code}.{bonus.LEVEL}"] = bonus.LEVELS[1]
        made[f"{code}.{bonus.DATED}"] = notice.about.dates.period_start + timedelta(days=random.randint(30, 300))
    return made


def _scores(shape: Shape, made: Answers, random: Random) -> Iterator[tuple[str, Value]]:
    """Enter the computed score as self-score, now and then a little less, or more with a reason."""
    evaluator = shape.evaluator(made)
    for code in shape.sub_points:
        own = shape.fields[tasks.self_field(code)]
        auto, out = evaluator.field(tasks.auto_field(code)), evaluator.value(own.waived)
        reason = any(made.get(key) == NOT_APPLICABLE for key, f in shape.fields.items() if f.sub_point == code)
        if not out and isinstance(auto, int | Fraction):
            full = Fraction(own.maximum) if isinstance(own.maximum, Decimal) else auto
            chance = random.random()
            more, less = chance < 0.05 and auto < full, chance > 0.97 and (Fraction(auto) * 50).denominator == 1
            reason = reason or more
            yield own.key, Fraction(full if more else auto) / (2 if less else 1)
        if reason:
            yield f"{code}.{tasks.REMARK}", "【演练】理由见台账材料。"


def wrong(shape: Shape, made: Answers, random: Random) -> dict[str, str | int]:
    """Spoil a few answers as people do: text in a number's cell, a score over the points, a blank."""
    whole = [key for key, field in shape.fields.items() if field.kind is Kind.WHOLE and field.sub_point and key in made]
    scores = [tasks.self_field(code) for code in shape.sub_points if tasks.self_field(code) in made]
    spoilt: dict[str, str | int] = {random.choice(whole): "约5次", random.choice(scores): 99}
    spoilt[random.choice([key for key in scores if key not in spoilt])] = ""
    return spoilt
