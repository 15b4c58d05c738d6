"""Makes up what a unit would fill in. The same seed gives the same answers; everything is invented."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random

from fazhi_xl.form.expression import Value
from fazhi_xl.form.model import Shape
from fazhi_xl.form.sheets.unit import bonus, ledger, tasks
from fazhi_xl.notice.choices import KeptBy, Kind
from fazhi_xl.notice.model import Notice
from fazhi_xl.notice.rules import NOT_APPLICABLE
from fazhi_xl.office.commands.invented_facts import Mood, invented_facts
from fazhi_xl.office.commands.invented_registers import invented_rows

Answers = dict[str, Value]
_YEARS_BACK = 3


def answers(notice: Notice, shape: Shape, random: Random) -> Answers:
    """Fill in a whole form as a unit of some diligence would, and as its checks ask."""
    diligence = random.uniform(0.72, 1.0)
    mood = Mood(diligence=diligence, random=random, first_day=notice.about.dates.period_start)
    made: Answers = {}
    for code in shape.sub_points:
        made |= invented_facts(notice.sub_points[code], shape, mood)
    kept = {sheet.name for sheet in shape.sheets}
    for each in (each for each in notice.registers_of(KeptBy.UNIT) if each.name in kept):
        made |= invented_rows(notice, each, shape, mood)
    made |= _ledger(notice, shape, random)
    if notice.bonus and random.random() < 0.4:
        made |= _bonus(notice, random)
    return made | dict(_scores(shape, made, random))


def _ledger(notice: Notice, shape: Shape, random: Random) -> Answers:
    """List a document for each sub-point, made within the period unless it is a rule, and within the bounds of its day."""
    made: Answers = {}
    dates = notice.about.dates
    for no, (row, sub) in enumerate(ledger.prefilled(shape).items(), 1):
        rules = random.random() < 0.3
        back = random.randint(200, 365 * _YEARS_BACK) if rules else random.randint(0, 250)
        day = dates.ledger_due - timedelta(days=back)
        made[f"{row}.{ledger.TITLE}"] = f"【演练】第{sub}项佐证材料"
        made[f"{row}.{ledger.SORT}"] = ledger.RULES if rules else ledger.OTHER
        made[f"{row}.{ledger.DATED}"] = day if rules else max(day, dates.period_start)
        made[f"{row}.{ledger.FILE}"] = f"{sub.split('.')[0]}/演练材料{no}.pdf"
        made[f"{row}.{ledger.PAGES}"] = random.randint(1, 40)
    return made


def _bonus(notice: Notice, random: Random) -> Answers:
    made: Answers = {}
    for no, code in enumerate(bonus.codes()[: random.randint(1, 3)], 1):
        situation = random.choice(notice.bonus)
        made[f"{code}.{bonus.SITUATION}"] = situation.label
        made[f"{code}.{bonus.MATTER}"] = f"【演练】先进经验之{no}"
        made[f"{code}.{bonus.AUTHORITY}"] = f"【演练】{notice.bonus_form.authority}"
        if levels := bonus.levels_of(notice, situation):
            made[f"{code}.{bonus.LEVEL}"] = levels[-1]
        made[f"{code}.{bonus.DATED}"] = notice.about.dates.period_start + timedelta(days=random.randint(30, 300))
    return made


def _scores(shape: Shape, made: Answers, random: Random) -> Iterator[tuple[str, Value]]:
    """Enter the computed score as self-score, now and then a little less, or more with a reason; none where none is asked."""
    evaluator = shape.evaluator(made)
    for code in shape.sub_points:
        own = shape.fields.get(tasks.self_field(code))
        reason = any(made.get(key) == NOT_APPLICABLE for key, f in shape.fields.items() if f.sub_point == code)
        auto = evaluator.field(tasks.auto_field(code)) if own else None
        if own and isinstance(auto, int | Fraction) and not evaluator.value(own.waived):
            full = Fraction(own.maximum) if isinstance(own.maximum, Decimal) else auto
            chance = random.random()
            more = chance < 0.05 and auto < full
            less = chance > 0.97 and auto >= 0 and (Fraction(auto) * 50).denominator == 1
            reason = reason or more
            yield own.key, Fraction(full if more else auto) / (2 if less else 1)
        if reason and (remark := f"{code}.{tasks.REMARK}") in shape.fields:
            yield remark, "【演练】理由见台账材料。"


def wrong(shape: Shape, made: Answers, random: Random) -> dict[str, str | int]:
    """Spoil a few answers as people do: text in a number's cell, a score over the points, a blank."""
    whole = [key for key, field in shape.fields.items() if field.kind is Kind.WHOLE and field.sub_point and key in made]
    scores = [tasks.self_field(code) for code in shape.sub_points if tasks.self_field(code) in made]
    spoilt: dict[str, str | int] = {}
    if whole:
        spoilt[random.choice(whole)] = "约5次"
    if scores:
        over = random.choice(scores)
        spoilt[over] = max(99, int(shape.fields[over].maximum or 0) + 1)  # type: ignore[arg-type] # of a score: a number
    left = [key for key in scores if key not in spoilt]
    left = left or [key for key, field in shape.fields.items() if field.required and key in made and key not in spoilt]
    if left:
        spoilt[random.choice(left)] = ""
    return spoilt
